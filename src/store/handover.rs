//! From whoever owes messages to whoever sends them, past the database: what was just committed need not be read again.
//!
//! The rows are the truth. Whenever what is handed over may not be everything, or not in order, it says so, and the rows are
//! read.
use std::sync::{Arc, Mutex, PoisonError};

use super::outbox::Waiting;
use crate::render::outgoing::Outgoing;

/// More than this is not kept for somebody who does not come: it is read instead.
const MOST: usize = 2_000;

/// A message that was committed.
#[derive(Clone, Debug)]
pub struct Owed {
    /// Its row.
    pub row: Waiting,
    /// What is sent.
    pub message: Outgoing,
}

/// What was owed since somebody looked.
#[derive(Debug, Default)]
pub struct Owing {
    /// In the order of their commits.
    pub owed: Vec<Owed>,
    /// There may be others, or what waits is no longer as it was.
    pub incomplete: bool,
    /// Notices are owed, which are never handed over: they are read.
    pub notices: bool,
}

/// The place where it is handed over. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Handover {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    owing: Owing,
    /// The last id that was given out.
    last: Option<i64>,
}

/// Ids that a commit gave out: those behind the first and up to the second.
pub(super) type Ids = (i64, i64);

impl Handover {
    /// What one commit owes; to be called in the order of commits.
    pub(super) fn hand(&self, owed: Vec<Owed>, ids: Option<Ids>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((before, last)) = ids else { return };
        // Somebody else has given out ids in between.
        state.owing.incomplete |= state.last != Some(before);
        state.last = Some(last);
        state.owing.owed.extend(owed);
        if state.owing.owed.len() > MOST {
            state.owing = Owing { owed: Vec::new(), incomplete: true, ..std::mem::take(&mut state.owing) };
        }
    }

    /// What waits is no longer as it was.
    pub fn disturb(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).owing.incomplete = true;
    }

    /// Notices are owed, or may go on.
    pub fn notices(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).owing.notices = true;
    }

    /// Takes everything.
    pub fn take(&self) -> Owing {
        std::mem::take(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).owing)
    }
}
