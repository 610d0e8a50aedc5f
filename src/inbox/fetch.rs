//! Files that are fetched to be summed up: slow work, beside everything else.
//!
//! The row of the timer stays until what came of it is applied in the same transaction that takes it: after a crash the file is
//! fetched again. While it is fetched the row is due later, so that nobody else begins with it and no other timer waits behind.
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use super::{Arrived, Inbox};
use crate::clock;
use crate::desk::recording::FETCHED;
use crate::store::{StoreError, Unit, task};
use crate::vocabulary::input::{Input, Millis, Timer};

/// Most files at a time: each may take 20 MB of somebody's line.
const AT_ONCE: usize = 2;
/// Most time for one.
const PATIENCE: Duration = Duration::from_secs(60);
/// When the row is due again, if nobody comes back to it.
const LEASE: Millis = 120_000;
/// When one is looked at again that found all places taken.
const BUSY: Millis = 2_000;

/// A file to be fetched.
pub(super) struct Wanted {
    /// Row of the timer.
    pub task: i64,
    /// Number of the ticket.
    pub ticket: i64,
    /// Number of the file.
    pub entry: usize,
    /// Telegram's id of the file.
    pub file: String,
}

/// The files that are being fetched.
#[derive(Default)]
pub(super) struct Fetching(Mutex<JoinSet<()>>);

impl Fetching {
    fn running(&self) -> MutexGuard<'_, JoinSet<()>> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while running.try_join_next().is_some() {}
        running
    }
}

/// Whoever runs the tasks ends what was begun when they stop: the rows are still there.
pub(super) struct Ending<'i>(pub &'i Inbox);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.inner.fetching.running().abort_all();
    }
}

impl Inbox {
    /// Begins to fetch a file, if there is a place.
    pub(super) async fn fetch(&self, wanted: Wanted, now: Millis) -> Result<(), StoreError> {
        let begins = self.inner.fetching.running().len() < AT_ONCE;
        let db = &self.inner.parts.db;
        let mut tx = db.begin().await?;
        let due = now + if begins { LEASE } else { BUSY };
        task::postpone(Unit::alone(&mut tx).writes().await?, wanted.task, due).await?;
        db.commit(tx).await?;
        if begins {
            let inbox = self.clone();
            self.inner.fetching.running().spawn(async move { inbox.bring(wanted).await });
        }
        Ok(())
    }

    /// Fetches a file and brings what came of it.
    async fn bring(&self, wanted: Wanted) {
        let sum = tokio::time::timeout(PATIENCE, self.inner.parts.lookups.sum(&wanted.file, FETCHED)).await;
        let input = Input::Timer(Timer::Fetched { ticket: wanted.ticket, entry: wanted.entry, sum: sum.ok().flatten() });
        let arrived = Arrived { update_id: None, task: Some(wanted.task), at: clock::now(), input };
        if let Err(error) = self.handle(arrived).await {
            tracing::error!(ticket = wanted.ticket, %error, "a recorded file was fetched in vain; it is fetched again");
        }
    }
}
