//! Figures: how quickly tickets find somebody, and whether we keep what we promise. Arithmetic only.
use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::vocabulary::input::Millis;

/// How a ticket was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// When it was submitted.
    pub created: Millis,
    /// By when somebody answers, as it stands now; `None` where nothing is promised.
    pub promise: Option<Millis>,
    /// When a technician first claimed it.
    pub claimed: Option<Millis>,
    /// When a technician first contacted the customer.
    pub contacted: Option<Millis>,
    /// Whether it waits for somebody to claim it.
    pub waits: bool,
    /// Whether the promised time ever passed with nobody having contacted the customer.
    pub overdue: bool,
}

/// What happened since some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tickets submitted.
    pub new: i64,
    /// Tickets that are over: done, closed, called off.
    pub ended: i64,
    /// Of these, the ones that were called off.
    pub cancelled: i64,
}

/// What the database knows of today and of the last seven days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Tickets that are not over now.
    pub open: i64,
    /// Of these, the ones that nobody has claimed.
    pub unclaimed: i64,
    /// Since midnight.
    pub today: Counts,
    /// Since the midnight six days before.
    pub week: Counts,
    /// Tickets submitted in the last seven days, the newest ones if there are very many.
    pub tickets: Vec<Answered>,
}

/// How well tickets were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Half of the first claims came within this time; `None` without any.
    pub median: Option<Millis>,
    /// Nine of ten first claims came within this time.
    pub p90: Option<Millis>,
    /// Promises kept.
    pub kept: i64,
    /// Promises of which it is known whether they were kept.
    pub decided: i64,
}

/// How tickets submitted since `from` were answered, as seen at `now`.
pub fn answers(tickets: &[Answered], from: Millis, now: Millis) -> Answers {
    let counted: Vec<&Answered> = tickets.iter().filter(|t| t.created >= from).collect();
    let mut waits: Vec<Millis> = counted.iter().filter_map(|t| t.claimed.map(|at| (at - t.created).max(0))).collect();
    waits.sort_unstable();
    let decided: Vec<bool> = counted.iter().filter_map(|t| kept(t, now)).collect();
    let count = |wanted: bool| decided.iter().filter(|kept| **kept == wanted).count() as i64;
    Answers {
        median: percentile(&waits, 50),
        p90: percentile(&waits, 90),
        kept: count(true),
        decided: count(true) + count(false),
    }
}

/// Whether the promise of a ticket was kept; `None`: nothing was promised, or nobody can say yet.
///
/// A ticket that was released after the customer was contacted is promised anew: it was kept if it was never overdue, and the
/// first contact came in time. One that ended before anybody had to come says nothing. Tickets of before contacts were noted
/// are judged by the first claim.
fn kept(ticket: &Answered, now: Millis) -> Option<bool> {
    if ticket.overdue {
        return Some(false);
    }
    let promise = ticket.promise?;
    match ticket.contacted.or(ticket.claimed) {
        // Released, and the new time is not over; or claimed, and nobody knows yet.
        Some(_) if promise > now && (ticket.waits || ticket.contacted.is_none()) => None,
        Some(at) => Some(at <= promise && !ticket.waits),
        None if ticket.waits && promise <= now => Some(false),
        None => None,
    }
}

/// The smallest value that at least `percent` of a hundred values do not exceed (nearest rank); `None` of nothing.
/// The values are in ascending order.
pub fn percentile(sorted: &[Millis], percent: usize) -> Option<Millis> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Begin of the day, in a time zone, that lies `days` before the day of `now`. Where a clock change leaves out midnight, the
/// day begins when it does.
pub fn midnight(now: Millis, zone: Tz, days: u64) -> Millis {
    let Some(local) = DateTime::<Utc>::from_timestamp_millis(now).map(|t| t.with_timezone(&zone)) else { return now };
    let day = local.date_naive().checked_sub_days(Days::new(days)).unwrap_or(local.date_naive());
    // No zone ever left out more than the first hours of a day.
    let starts = (0..4).filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
    let begin = starts.filter_map(|time| zone.from_local_datetime(&day.and_time(time)).earliest()).next();
    begin.map_or(now, |t| t.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE: Millis = 60_000;
    /// Monday, 2 March 2026, 14:00 in Shanghai.
    const NOW: Millis = 1_772_431_200_000;

    fn ticket(claimed: Option<Millis>) -> Answered {
        Answered {
            created: 0,
            promise: Some(30 * MINUTE),
            claimed: claimed.map(|m| m * MINUTE),
            contacted: claimed.map(|m| m * MINUTE),
            waits: claimed.is_none(),
            overdue: false,
        }
    }

    #[test]
    fn nothing_says_nothing() {
        assert_eq!(answers(&[], 0, NOW), Answers::default());
        assert_eq!(answers(&[ticket(Some(5))], 1, NOW), Answers::default(), "submitted before");
    }

    #[test]
    fn promises_are_counted_when_it_is_known_whether_they_were_kept() {
        let now = 31 * MINUTE;
        for (what, one, expected) in [
            ("in time", ticket(Some(30)), Some(true)),
            ("late", ticket(Some(31)), Some(false)),
            ("nobody came", ticket(None), Some(false)),
            ("not due yet", Answered { promise: Some(now + 1), ..ticket(None) }, None),
            ("claimed, not due yet", Answered { promise: Some(now + 1), contacted: None, ..ticket(Some(5)) }, None),
            ("claimed in time, contacted late", Answered { contacted: Some(40 * MINUTE), ..ticket(Some(5)) }, Some(false)),
            ("of before contacts were noted", Answered { contacted: None, ..ticket(Some(5)) }, Some(true)),
            ("nothing promised", Answered { promise: None, ..ticket(Some(5)) }, None),
            ("called off before", Answered { waits: false, ..ticket(None) }, None),
            ("called off after", Answered { waits: false, overdue: true, ..ticket(None) }, Some(false)),
            ("released, waits anew", Answered { promise: Some(now + 1), waits: true, ..ticket(Some(5)) }, None),
            ("released, forgotten", Answered { waits: true, ..ticket(Some(5)) }, Some(false)),
            ("released, claimed late", Answered { promise: Some(60), overdue: true, ..ticket(Some(5)) }, Some(false)),
        ] {
            assert_eq!(kept(&one, now), expected, "{what}");
        }
        let all = answers(&[ticket(Some(2)), ticket(Some(40)), ticket(Some(4)), ticket(None)], 0, now);
        assert_eq!((all.kept, all.decided), (2, 4));
        assert_eq!((all.median, all.p90), (Some(4 * MINUTE), Some(40 * MINUTE)));
    }

    #[test]
    fn days_begin_where_the_service_is() {
        let shanghai = chrono_tz::Asia::Shanghai;
        assert_eq!(midnight(NOW, shanghai, 0), NOW - 14 * 60 * MINUTE);
        assert_eq!(midnight(NOW, shanghai, 6), NOW - (6 * 24 + 14) * 60 * MINUTE);
        // 14:00 in Shanghai is one in the night in New York.
        assert_eq!(midnight(NOW, chrono_tz::America::New_York, 0), NOW - 60 * MINUTE);
        // On 8 March 2026 Havana went from 0:00 straight to 1:00, which is 5:00 UTC.
        let noon = 1_772_985_600_000;
        assert_eq!(midnight(noon, chrono_tz::America::Havana, 0), noon - 11 * 60 * MINUTE);
    }

    proptest! {
        #[test]
        fn a_percentile_is_a_value_that_enough_do_not_exceed(mut all in proptest::collection::vec(0..10_000i64, 1..200), percent in 1..=100usize) {
            all.sort_unstable();
            let found = percentile(&all, percent).unwrap();
            let within = all.iter().filter(|v| **v <= found).count();
            let below = all.iter().filter(|v| **v < found).count();
            prop_assert!(all.contains(&found));
            prop_assert!(within * 100 >= percent * all.len());
            prop_assert!(below * 100 < percent * all.len(), "a smaller one would do");
        }

        #[test]
        fn answers_do_not_depend_on_the_order(claims in proptest::collection::vec(proptest::option::of(0..90i64), 0..40)) {
            let mut tickets: Vec<Answered> = claims.into_iter().map(ticket).collect();
            let all = answers(&tickets, 0, 60 * MINUTE);
            tickets.reverse();
            prop_assert_eq!(all, answers(&tickets, 0, 60 * MINUTE));
            prop_assert!(all.kept <= all.decided && all.decided <= tickets.len() as i64);
            prop_assert!(all.median <= all.p90);
        }

        #[test]
        fn a_day_begins_before_now_and_lasts_at_most_25_hours(now in 0..4_000_000_000_000i64, zone in prop_oneof![Just(chrono_tz::Asia::Shanghai), Just(chrono_tz::Europe::Berlin), Just(chrono_tz::America::Havana)]) {
            let begin = midnight(now, zone, 0);
            prop_assert!(begin <= now && now - begin < 25 * 60 * MINUTE, "{} {}", begin, now);
        }
    }
}
