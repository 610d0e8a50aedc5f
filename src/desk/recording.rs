//! The recording of a repair 维修过程录像: photos and films that stay bound to the ticket, if both sides agree. PURE.
use serde::{Deserialize, Serialize};

use super::caller::NOBODY;
use super::ticket::{Status, Ticket};
use crate::vocabulary::input::{Media, Millis, Sum};

/// Most files of one ticket.
pub const MOST: usize = 100;
/// Most bytes of a file that a bot can fetch (<https://core.telegram.org/bots/api#getfile>).
pub const FETCHED: i64 = 20 * 1024 * 1024;
/// Pauses before a file is fetched once more, milliseconds; after the last it is left as it is.
pub const PAUSES: [Millis; 5] = [2_000, 30_000, 600_000, 3_600_000, 6 * 3_600_000];

/// What both sides said, and what was recorded; sealed with the ticket's details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recording {
    /// When the customer agreed.
    pub customer: Option<Millis>,
    /// When the technician did.
    pub technician: Option<Millis>,
    /// The files, oldest first.
    pub entries: Vec<Entry>,
    /// Album that was last added: its parts are thanked for once.
    pub album: Option<String>,
}

/// A recorded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file.
    pub media: Media,
    /// When it was sent, as the program received it.
    pub at: Millis,
    /// Who sent it: the technician's working name; empty for the customer.
    pub by: String,
    /// What is known of its content.
    pub sum: Sum,
}

/// A side of the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The customer.
    Customer,
    /// Whoever has the job.
    Technician,
}

/// What an agreement led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// The other side is to be asked.
    Asks,
    /// Both agree: it is on.
    On,
    /// Nothing: they had agreed before.
    Before,
}

/// What a refusal led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The other side's wish was refused.
    Wish,
    /// One's own wish was taken back.
    Own,
    /// It was on, and is over.
    Over,
    /// Nothing: there was no wish.
    Nothing,
}

impl Recording {
    /// Whether both agree.
    pub fn is_on(&self) -> bool {
        self.customer.is_some() && self.technician.is_some()
    }

    /// Whether a side agrees.
    pub fn agrees(&self, party: Party) -> bool {
        self.of(party).is_some()
    }

    fn of(&self, party: Party) -> Option<Millis> {
        match party {
            Party::Customer => self.customer,
            Party::Technician => self.technician,
        }
    }

    /// A side agrees, or wishes it.
    pub fn agree(&mut self, party: Party, now: Millis) -> Agreed {
        if self.agrees(party) {
            return Agreed::Before;
        }
        match party {
            Party::Customer => self.customer = Some(now),
            Party::Technician => self.technician = Some(now),
        }
        if self.is_on() { Agreed::On } else { Agreed::Asks }
    }

    /// A side does not want it, or no longer. From then on nothing is recorded; what was stays.
    pub fn refuse(&mut self, party: Party) -> Refused {
        let refused = match (self.is_on(), self.agrees(party), self.customer.or(self.technician)) {
            (true, ..) => Refused::Over,
            (false, true, _) => Refused::Own,
            (false, false, Some(_)) => Refused::Wish,
            (false, false, None) => Refused::Nothing,
        };
        self.close();
        refused
    }

    /// Nobody agrees any more: the job goes elsewhere, or is done.
    pub fn close(&mut self) {
        (self.customer, self.technician) = (None, None);
    }

    /// Adds a file; gives its number, counted from 1. `None`: there are too many.
    pub fn add(&mut self, media: Media, by: &str, now: Millis) -> Option<usize> {
        if self.entries.len() >= MOST {
            return None;
        }
        let sum = if media.size > FETCHED { Sum::TooBig } else { Sum::Waits(0) };
        self.entries.push(Entry { media, at: now, by: by.to_owned(), sum });
        Some(self.entries.len())
    }

    /// Notes what came of fetching a file, by its number; `None`: it could not be fetched. Gives the pause before it is tried
    /// again, if it is.
    pub fn fetched(&mut self, number: usize, sum: Option<Sum>) -> Option<Millis> {
        let entry = number.checked_sub(1).and_then(|at| self.entries.get_mut(at))?;
        let Sum::Waits(tries) = entry.sum else { return None };
        match (sum, PAUSES.get(tries)) {
            (Some(sum), _) => entry.sum = sum,
            (None, Some(pause)) => {
                entry.sum = Sum::Waits(tries + 1);
                return Some(*pause);
            }
            (None, None) => entry.sum = Sum::Missing,
        }
        None
    }
}

impl Ticket {
    /// On which side of the agreement somebody stands; `None`: on neither, or the visit is not going on.
    pub fn party(&self, who: i64) -> Option<Party> {
        if self.status != Status::Claimed || self.trial || self.by_phone() || who == NOBODY {
            return None;
        }
        match who {
            _ if who == self.customer => Some(Party::Customer),
            _ if Some(who) == self.claimer => Some(Party::Technician),
            _ => None,
        }
    }

    /// Who stands on the other side.
    pub fn opposite(&self, party: Party) -> i64 {
        match party {
            Party::Customer => self.claimer.unwrap_or(NOBODY),
            Party::Technician => self.customer,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::input::MediaKind;

    fn file(size: i64) -> Media {
        Media { kind: MediaKind::Photo, file_id: "f".to_owned(), unique_id: "u".to_owned(), size }
    }

    #[test]
    fn both_must_agree_and_either_ends_it() {
        use Party::*;
        let mut one = Recording::default();
        assert_eq!((one.refuse(Customer), one.agree(Customer, 1)), (Refused::Nothing, Agreed::Asks));
        assert_eq!((one.agree(Customer, 2), one.is_on()), (Agreed::Before, false));
        assert_eq!((one.refuse(Technician), one.agrees(Customer)), (Refused::Wish, false));
        assert_eq!((one.agree(Technician, 3), one.refuse(Technician)), (Agreed::Asks, Refused::Own));
        assert_eq!((one.agree(Technician, 4), one.agree(Customer, 5), one.is_on()), (Agreed::Asks, Agreed::On, true));
        assert_eq!((one.refuse(Customer), one.is_on(), one.agrees(Technician)), (Refused::Over, false, false));
    }

    #[test]
    fn a_file_is_fetched_some_times_and_then_said_to_be_missing() {
        let mut one = Recording::default();
        assert_eq!((one.add(file(FETCHED), "李师傅", 7), one.add(file(FETCHED + 1), "", 8)), (Some(1), Some(2)));
        assert_eq!((&one.entries[0].sum, &one.entries[1].sum), (&Sum::Waits(0), &Sum::TooBig));
        for pause in PAUSES {
            assert_eq!(one.fetched(1, None), Some(pause));
        }
        assert_eq!((one.fetched(1, None), &one.entries[0].sum), (None, &Sum::Missing));
        assert_eq!(one.fetched(1, Some(Sum::Known("a".into()))), None, "too late");
        assert_eq!(
            (one.fetched(2, Some(Sum::Known("a".into()))), one.fetched(3, None), one.fetched(0, None)),
            (None, None, None)
        );
        assert_eq!((&one.entries[0].sum, &one.entries[1].sum), (&Sum::Missing, &Sum::TooBig));
    }

    #[test]
    fn a_hundred_files_are_enough() {
        let mut one = Recording::default();
        assert_eq!((0..MOST).filter_map(|_| one.add(file(1), "", 0)).count(), MOST);
        assert_eq!((one.add(file(1), "", 0), one.entries.len()), (None, MOST));
    }

    proptest! {
        #[test]
        fn it_is_never_on_without_both(acts in prop::collection::vec((any::<bool>(), any::<bool>()), 0..40)) {
            let mut one = Recording::default();
            let mut agreed = [false; 2];
            for (customer, agrees) in acts {
                let party = if customer { Party::Customer } else { Party::Technician };
                if agrees {
                    one.agree(party, 1);
                    agreed[usize::from(customer)] = true;
                } else {
                    one.refuse(party);
                    agreed = [false; 2];
                }
                prop_assert_eq!(one.is_on(), agreed == [true; 2]);
            }
        }
    }
}
