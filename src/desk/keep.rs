//! How long what is known of customers is kept, and what goes when. PURE.
//!
//! Periods count from when a ticket that is over last moved: a customer who says "not fixed" starts them anew. What stays for
//! good is what figures are made of: number, district, fault, times, who did the work.
use serde::{Deserialize, Serialize};

use super::recording::Recording;
use super::ticket::{Details, Status, Ticket};
use super::visit::Visit;
use crate::vocabulary::input::Millis;

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;

/// How long what is kept. Each is at least as long as the one before it, as far as tickets go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// A conversation without a word from the person.
    pub session: Millis,
    /// The customer's data in the private chat of the technician who did the work.
    pub card: Millis,
    /// Ids of photos, films and voice messages, unless the ticket was contested.
    pub media: Millis,
    /// Everything else that is personal: contact, address, name, own words.
    pub contact: Millis,
}

impl Default for Keep {
    fn default() -> Keep {
        Keep { session: 72 * HOUR, card: 24 * HOUR, media: 30 * DAY, contact: 90 * DAY }
    }
}

/// How far a ticket was blanked; each step holds those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blanked {
    /// Nothing.
    #[default]
    Nothing,
    /// The technician's card.
    Card,
    /// The files too, unless the ticket was contested.
    Media,
    /// Everything personal.
    Contact,
}

impl Blanked {
    /// Every step, in order.
    pub const ALL: [Blanked; 4] = [Blanked::Nothing, Blanked::Card, Blanked::Media, Blanked::Contact];

    /// The number kept in the database.
    pub fn level(self) -> i64 {
        self as i64
    }
}

impl Keep {
    /// How long a ticket that is over is kept until it is blanked so far; `None`: at once.
    pub fn until(&self, step: Blanked) -> Option<Millis> {
        match step {
            Blanked::Nothing => None,
            Blanked::Card => Some(self.card),
            Blanked::Media => Some(self.media),
            Blanked::Contact => Some(self.contact),
        }
    }

    /// How far a ticket is to be blanked at `now`.
    pub fn due(&self, ticket: &Ticket, now: Millis) -> Blanked {
        if ticket.status.is_open() {
            return Blanked::Nothing;
        }
        let over = |step: &Blanked| self.until(*step).is_some_and(|kept| now.saturating_sub(ticket.updated) >= kept);
        Blanked::ALL.into_iter().filter(over).max().unwrap_or_default()
    }
}

impl Ticket {
    /// Takes away what may no longer be kept. `contested`: the customer once said "not fixed", so what was photographed may
    /// still be asked for; then files go with the rest.
    pub fn blank(&mut self, to: Blanked, contested: bool) {
        let d = &mut self.details;
        d.blanked = d.blanked.max(to);
        if self.status != Status::Done {
            // Nobody comes any more; where the customer may still say "not fixed", the same technician would.
            d.visit.code.clear();
        }
        if d.blanked == Blanked::Contact {
            *d = Details {
                // The area is kept in a column too; words for "when" that are not one of ours may say anything.
                place: std::mem::take(&mut d.place),
                when: if d.when.starts_with('@') { std::mem::take(&mut d.when) } else { String::new() },
                // Staff, not customers.
                technician: std::mem::take(&mut d.technician),
                technician_phone: std::mem::take(&mut d.technician_phone),
                boarded: d.boarded,
                // Stars and stages are nobody's words.
                visit: Visit { stage: std::mem::take(&mut d.visit.stage), stars: d.visit.stars, ..Visit::default() },
                blanked: Blanked::Contact,
                ..Details::default()
            };
        } else if d.blanked == Blanked::Media && !contested {
            d.media.clear();
            d.visit.photos.clear();
            // Also without their files: what they were is said by the history.
            d.recording = Recording::default();
            d.album = None;
        }
    }

    /// Whether nothing personal is left.
    pub fn is_blank(&self) -> bool {
        self.details.blanked == Blanked::Contact
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::super::quote::{Quote, Quotes};
    use super::*;
    use crate::desk::appointment::Appointment;
    use crate::vocabulary::input::{Media, MediaKind};

    fn recorded() -> Recording {
        let mut recording = Recording::default();
        let film = Media { kind: MediaKind::Video, file_id: "r".to_owned(), unique_id: "u".to_owned(), size: 9 };
        recording.add(film, "李师傅", 3);
        recording
    }

    fn ticket(status: Status) -> Ticket {
        let media = vec![Media { kind: MediaKind::Photo, file_id: "f".to_owned(), unique_id: "u".to_owned(), size: 0 }];
        let words = |what: &str| what.to_owned();
        Ticket {
            status,
            fault: words("stuck"),
            district: Some(words("211481")),
            served: Some(true),
            crew: Some(1),
            claimer: Some(9),
            claimed: Some(1),
            details: Details {
                problem: words("p"),
                media,
                album: Some(words("a")),
                destination: words("d"),
                place: words("辽宁省葫芦岛市兴城市"),
                address: words("a"),
                street: words("s"),
                location: Some((1.0, 2.0)),
                doubt: words("?"),
                phone: words("1"),
                name: words("n"),
                when: words("周六下午，电话 1"),
                technician: words("李师傅"),
                technician_phone: words("2"),
                recording: recorded(),
                outcome: words("o"),
                quotes: Quotes {
                    given: 2,
                    pending: Some(Quote { version: 2, declined: Some(2), why: words("w"), ..Quote::default() }),
                    accepted: Some(Quote { version: 1, included: words("i"), ..Quote::default() }),
                },
                appointment: Appointment { wish: words("周六，电话 1"), holders: vec![7], ..Appointment::default() },
                ..Details::default()
            },
            ..example::ticket(1_000)
        }
    }

    #[test]
    fn each_step_is_due_to_the_millisecond() {
        let (keep, done) = (Keep::default(), ticket(Status::Done));
        for (step, kept) in [(Blanked::Card, 24 * HOUR), (Blanked::Media, 30 * DAY), (Blanked::Contact, 90 * DAY)] {
            assert_eq!(keep.due(&done, 1_000 + kept), step);
            assert!(keep.due(&done, 1_000 + kept - 1) < step, "{step:?}");
        }
        for open in [Status::Open, Status::Claimed] {
            assert_eq!(keep.due(&ticket(open), 1_000 + 900 * DAY), Blanked::Nothing);
        }
    }

    #[test]
    fn files_of_contested_tickets_stay_with_the_rest() {
        let mut one = ticket(Status::Closed);
        one.blank(Blanked::Card, false);
        assert_eq!(one.details.media.len(), 1);
        let mut contested = one.clone();
        one.blank(Blanked::Media, false);
        contested.blank(Blanked::Media, true);
        assert!(one.details.media.is_empty() && one.details.album.is_none() && one.details.phone == "1");
        assert!(one.details.recording.entries.is_empty());
        assert_eq!((contested.details.media.len(), contested.details.recording.entries.len()), (1, 1));
        contested.blank(Blanked::Contact, true);
        assert!(contested.details.media.is_empty() && contested.is_blank());
    }

    #[test]
    fn of_the_customer_nothing_is_left() {
        let mut one = ticket(Status::Closed);
        one.blank(Blanked::Contact, false);
        let left = Details {
            place: "辽宁省葫芦岛市兴城市".to_owned(),
            technician: "李师傅".to_owned(),
            technician_phone: "2".to_owned(),
            blanked: Blanked::Contact,
            ..Details::default()
        };
        assert_eq!(one.details, left, "what was quoted is gone with the words to it");
        assert_eq!((one.district.as_deref(), &*one.fault, one.updated), (Some("211481"), "stuck", 1_000), "figures stay right");
        one.blank(Blanked::Card, false);
        assert!(one.is_blank(), "never less");
    }
}
