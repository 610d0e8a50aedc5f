//! Wishes about the appointment of a ticket.
use super::id;

/// What a button about an appointment wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appoint {
    /// The technician wants to offer times.
    Offer,
    /// The customer wants another time, in their own words.
    OtherTime,
    /// Either of them calls the appointment off; the ticket stays.
    CallOff,
    /// The technician wants the file for the calendar.
    Calendar,
    /// The customer picks: of which round, and which window of it, from 1 on.
    Pick(i64, i64),
    /// The technician agrees to a wish: of which round, and which window of it, from 1 on.
    Grant(i64, i64),
}

impl Appoint {
    /// Callback data.
    pub(super) fn encode(self, ticket: i64) -> String {
        match self {
            Appoint::Offer => format!("a1:offer:{ticket}"),
            Appoint::OtherTime => format!("a1:other:{ticket}"),
            Appoint::CallOff => format!("a1:off:{ticket}"),
            Appoint::Calendar => format!("a1:file:{ticket}"),
            Appoint::Pick(round, n) => format!("a1:pick:{ticket}:{round}:{n}"),
            Appoint::Grant(round, n) => format!("a1:grant:{ticket}:{round}:{n}"),
        }
    }

    /// Reads it, without its first part; the ticket with it.
    pub(super) fn decode(parts: &[&str]) -> Option<(i64, Appoint)> {
        let (wish, ticket) = match *parts {
            ["offer", ticket] => (Appoint::Offer, ticket),
            ["other", ticket] => (Appoint::OtherTime, ticket),
            ["off", ticket] => (Appoint::CallOff, ticket),
            ["file", ticket] => (Appoint::Calendar, ticket),
            ["pick", ticket, round, n] => (Appoint::Pick(id(round)?, id(n)?), ticket),
            ["grant", ticket, round, n] => (Appoint::Grant(id(round)?, id(n)?), ticket),
            _ => return None,
        };
        Some((id(ticket)?, wish))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Wish;
    use super::*;

    #[test]
    fn wishes_survive_the_round_trip_and_forgeries_do_not() {
        let all = [
            Appoint::Offer,
            Appoint::OtherTime,
            Appoint::CallOff,
            Appoint::Calendar,
            Appoint::Pick(i64::MAX, 3),
            Appoint::Grant(7, i64::MAX),
        ];
        for wish in all {
            let wish = Wish::Appoint(i64::MAX, wish);
            assert!(wish.encode().len() <= 64);
            assert_eq!(Wish::decode(&wish.encode()), Some(wish));
        }
        for forged in
            ["a1", "a1:offer", "a1:offer:0", "a1:pick:1:1", "a1:pick:1:1:0", "a1:pick:1:0:1", "a1:grant:1:1", "a1:offer:1:2"]
        {
            assert_eq!(Wish::decode(forged), None, "{forged}");
        }
    }
}
