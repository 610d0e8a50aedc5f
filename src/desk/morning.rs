//! The morning list 早会清单: what dispatchers must look after today. PURE.
use chrono_tz::Tz;

use super::figures::midnight;
use super::ticket::Ticket;
use crate::vocabulary::input::Millis;

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;
/// A ticket that has not moved for so long is stuck, unless a visit is planned.
pub const STUCK: Millis = DAY;

/// Why a ticket is on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What was promised is over, and nobody has contacted the customer.
    Missed,
    /// The customer does not answer the phone, or receives no messages any more: somebody must phone.
    Unreachable,
    /// Somebody is expected today.
    Today,
    /// Nothing has happened for a day, and nothing is planned.
    Stuck,
}

/// The sections, in their order.
pub const SECTIONS: [Section; 4] = [Section::Missed, Section::Unreachable, Section::Today, Section::Stuck];

/// What is known of a ticket besides itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The customer has stopped the bot.
    pub stopped: bool,
    /// When somebody is expected there.
    pub planned: Option<Millis>,
}

/// Where a ticket stands on the list of a day that began at `today`; in two places if somebody goes there today although
/// something is wrong, in none if it goes its way.
pub fn sections(ticket: &Ticket, known: Known, today: Millis, now: Millis) -> Vec<Section> {
    let d = &ticket.details;
    let is_today = known.planned.is_some_and(|at| (today..today + DAY).contains(&at));
    let ahead = known.planned.is_some_and(|at| at >= today);
    let trouble = if ticket.promise.is_some_and(|by| by <= now) && d.contacted.is_none() {
        Some(Section::Missed)
    } else if d.unreached.is_some() || known.stopped {
        Some(Section::Unreachable)
    } else if !ahead && now - ticket.updated >= STUCK {
        Some(Section::Stuck)
    } else {
        None
    };
    trouble.into_iter().chain(is_today.then_some(Section::Today)).collect()
}

/// The next time that it is this hour.
pub fn next(now: Millis, zone: Tz, hour: i64) -> Millis {
    let today = midnight(now, zone, 0) + hour * HOUR;
    // Twenty-six hours after a midnight it is the next day, whatever the clocks do.
    if today > now { today } else { midnight(midnight(now, zone, 0) + 26 * HOUR, zone, 0) + hour * HOUR }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::example::ticket;

    /// Monday, 2 March 2026, 00:00 in Shanghai.
    const MONDAY: Millis = 1_772_380_800_000;
    const EIGHT: Millis = MONDAY + 8 * HOUR;

    #[test]
    fn each_ticket_stands_where_somebody_must_act() {
        let of = |ticket: &Ticket, known| sections(ticket, known, MONDAY, EIGHT);
        let at = |planned| Known { planned: Some(planned), ..Known::default() };
        let fresh = ticket(EIGHT - HOUR);
        assert_eq!(of(&fresh, Known::default()), [], "it goes its way");
        assert_eq!(of(&fresh, at(MONDAY + 10 * HOUR)), [Section::Today]);
        assert_eq!(of(&fresh, at(MONDAY + DAY)), []);
        assert_eq!(of(&fresh, Known { stopped: true, planned: Some(MONDAY) }), [Section::Unreachable, Section::Today]);
        let old = ticket(EIGHT - STUCK);
        assert_eq!(of(&old, Known::default()), [Section::Stuck]);
        assert_eq!(of(&old, at(MONDAY + 3 * DAY)), [], "planned, and nothing to do until then");
        assert_eq!(of(&old, at(MONDAY - 1)), [Section::Stuck], "was planned, and nothing came of it");
        let late = Ticket { promise: Some(EIGHT), ..ticket(EIGHT - HOUR) };
        assert_eq!(of(&late, Known::default()), [Section::Missed]);
        let mut answered = late.clone();
        answered.details.contacted = Some(EIGHT - 1);
        assert_eq!(of(&answered, Known::default()), []);
        let mut silent = ticket(EIGHT - HOUR);
        silent.details.unreached = Some(EIGHT - 1);
        assert_eq!(of(&silent, Known::default()), [Section::Unreachable]);
    }

    #[test]
    fn mornings_come_once_a_day_also_when_clocks_change() {
        let zone = chrono_tz::Asia::Shanghai;
        assert_eq!(next(EIGHT - 1, zone, 8), EIGHT);
        assert_eq!(next(EIGHT, zone, 8), EIGHT + DAY);
        assert_eq!(next(EIGHT + 5, zone, 0), MONDAY + DAY);
        // Berlin, the days of 2026 on which clocks change: 29 March and 25 October.
        for sunday in [1_774_735_200_000, 1_792_879_200_000] {
            let zone = chrono_tz::Europe::Berlin;
            let mut at = sunday - 3 * DAY;
            for _ in 0..6 {
                let then = next(at, zone, 8);
                assert!((22 * HOUR..=26 * HOUR).contains(&(then - at)) || at == sunday - 3 * DAY, "{at} {then}");
                at = then;
            }
        }
    }
}
