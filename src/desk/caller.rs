//! Tickets that a dispatcher opens for somebody who phones 来电登记. PURE.
use super::ticket::{Refusal, Status, Ticket};
use crate::vocabulary::input::Millis;
use crate::vocabulary::lang::Lang;

/// Stands for a customer who phoned, and whom nobody knows in Telegram yet.
pub const NOBODY: i64 = 0;

impl Ticket {
    /// Whether it was opened for somebody who phoned, and who can only be phoned.
    pub fn by_phone(&self) -> bool {
        self.customer == NOBODY
    }

    /// Whoever opened the link of a ticket becomes its customer.
    ///
    /// # Errors
    /// [`Refusal::Taken`] when it has a customer, [`Refusal::NotYours`] for another code and for whoever has the job,
    /// [`Refusal::WrongStatus`] when it is over.
    pub fn join(&mut self, who: i64, code: &str, lang: Lang, now: Millis) -> Result<(), Refusal> {
        if !self.by_phone() {
            return Err(Refusal::Taken);
        }
        if code.is_empty() || self.details.join != code || self.claimer == Some(who) {
            return Err(Refusal::NotYours);
        }
        if !self.status.is_open() && self.status != Status::Done {
            return Err(Refusal::WrongStatus);
        }
        self.customer = who;
        self.details.join.clear();
        self.details.lang = lang;
        if self.status.is_open() {
            self.updated = now;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::example;
    use crate::desk::ticket::Details;

    fn called(status: Status) -> Ticket {
        let details = Details { join: "abc".to_owned(), ..Details::default() };
        Ticket { customer: NOBODY, status, claimer: Some(201), details, ..example::ticket(0) }
    }

    #[test]
    fn whoever_has_the_link_joins_once() {
        let mut ticket = called(Status::Open);
        assert_eq!(ticket.join(101, "abd", Lang::En, 5), Err(Refusal::NotYours));
        assert_eq!(ticket.join(101, "", Lang::En, 5), Err(Refusal::NotYours));
        assert_eq!(ticket.join(201, "abc", Lang::En, 5), Err(Refusal::NotYours), "nobody repairs their own");
        assert_eq!(ticket.join(101, "abc", Lang::En, 5), Ok(()));
        assert_eq!((ticket.customer, ticket.details.lang, &*ticket.details.join), (101, Lang::En, ""));
        assert_eq!(ticket.join(102, "abc", Lang::En, 6), Err(Refusal::Taken));
    }

    #[test]
    fn a_link_that_nobody_asked_for_opens_nothing_and_what_is_over_stays_over() {
        let mut ticket = called(Status::Open);
        ticket.details.join.clear();
        assert_eq!(ticket.join(101, "", Lang::Zh, 5), Err(Refusal::NotYours));
        for status in [Status::Closed, Status::Cancelled] {
            assert_eq!(called(status).join(101, "abc", Lang::Zh, 5), Err(Refusal::WrongStatus));
        }
        let mut done = called(Status::Done);
        assert_eq!((done.join(101, "abc", Lang::Zh, 5), done.updated), (Ok(()), 0), "silence counts from when it was done");
    }
}
