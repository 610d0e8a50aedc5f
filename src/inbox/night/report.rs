//! What the nightly job did, for the log and for figures.
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::vocabulary::input::Millis;

/// What was done in a night.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Night {
    /// Conversations of which nothing personal is left.
    pub sessions: u64,
    /// Tickets whose technician's card was blanked.
    pub cards: u64,
    /// Tickets whose files went.
    pub media: u64,
    /// Tickets of which nothing personal is left.
    pub contacts: u64,
    /// Tickets that failed; they are stored as inputs, and tried again.
    pub failed: u64,
    /// Ids of updates forgotten.
    pub updates: u64,
    /// Parked inputs that nobody dealt with in all that time, overwritten.
    pub parked: u64,
    /// Notes on dropped inputs forgotten.
    pub dropped: u64,
    /// Records of which message shows what, forgotten.
    pub messages: u64,
    /// What the longest step took; every other writer waits at most so long for it.
    pub longest: Duration,
    /// When all was done; Unix milliseconds.
    pub finished: Millis,
}

/// What was done since the start, all nights together.
#[derive(Debug, Default)]
pub struct Nights(Mutex<Night>);

impl Nights {
    /// What was done.
    pub fn read(&self) -> Night {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn add(&self, night: &Night) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).add(night);
    }
}

impl Night {
    /// Adds what another night did.
    fn add(&mut self, other: &Night) {
        for (mine, theirs) in [
            (&mut self.sessions, other.sessions),
            (&mut self.cards, other.cards),
            (&mut self.media, other.media),
            (&mut self.contacts, other.contacts),
            (&mut self.failed, other.failed),
            (&mut self.updates, other.updates),
            (&mut self.parked, other.parked),
            (&mut self.dropped, other.dropped),
            (&mut self.messages, other.messages),
        ] {
            *mine += theirs;
        }
        self.longest = self.longest.max(other.longest);
        self.finished = self.finished.max(other.finished);
    }

    /// Counts by what they count, as labels say it.
    pub fn counts(&self) -> [(&'static str, u64); 9] {
        [
            ("sessions", self.sessions),
            ("cards", self.cards),
            ("media", self.media),
            ("contacts", self.contacts),
            ("failed", self.failed),
            ("updates", self.updates),
            ("parked", self.parked),
            ("dropped", self.dropped),
            ("messages", self.messages),
        ]
    }
}
