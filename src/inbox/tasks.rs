//! Due timers and due retries enter through the same door as everything else.
use std::time::Duration;

use super::fetch::{Ending, Wanted};
use super::{Arrived, Handled, Inbox, InboxError};
use crate::clock;
use crate::store::{StoreError, Unit, task};
use crate::telemetry::news::News;
use crate::vocabulary::input::{Input, Millis, Timer};

const AT_ONCE: i64 = 64;
/// Another process may have written a task: look at least this often.
pub(super) const LOOK_EVERY: Millis = 1_000;
const LOOK: Duration = Duration::from_millis(LOOK_EVERY.unsigned_abs());

impl Inbox {
    /// Runs due tasks for ever. Drop the future to stop: what is under way is rolled back and runs again.
    pub async fn run_tasks(&self) {
        let _ending = Ending(self);
        let mut news = News::default();
        loop {
            let now = clock::now();
            match self.run_due(now).await {
                Ok(0) => self.rest(now).await,
                Ok(_) => _ = news.over(),
                Err(error) => {
                    if news.is_new(&error.to_string()) {
                        tracing::error!(%error, "due tasks could not be run; they are tried again every second");
                    }
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    /// Runs the tasks that are due at `now`, at most 64; gives how many got further.
    pub async fn run_due(&self, now: Millis) -> Result<usize, InboxError> {
        let db = &self.inner.parts.db;
        let due = task::due(&mut *db.read().await?, db.sealer(), now, AT_ONCE).await?;
        let mut batch = Vec::with_capacity(due.len());
        let mut further = 0;
        for one in due {
            match one.input {
                Some(Input::Timer(Timer::Fetch { ticket, entry, file })) => {
                    self.fetch(Wanted { task: one.id, ticket, entry, file }, now).await?;
                }
                Some(input) => batch.push(Arrived { update_id: None, task: Some(one.id), at: now, input }),
                None => {
                    self.park_unreadable(one.id, now).await?;
                    further += 1;
                }
            }
        }
        let handled = self.handle_batch(batch).await?;
        further += handled.iter().filter(|h| matches!(h, Handled::Applied | Handled::Stored | Handled::Parked)).count();
        Ok(further)
    }

    async fn rest(&self, now: Millis) {
        let next = match self.inner.parts.db.read().await {
            Ok(mut conn) => task::next_due(&mut conn).await.ok().flatten(),
            Err(_) => None,
        };
        let until = next.and_then(|due| u64::try_from(due - now).ok()).map_or(LOOK, Duration::from_millis);
        // At least a moment, so that a row which somebody else is just running is not asked for in a whirl.
        let pause = until.clamp(Duration::from_millis(20), LOOK);
        let _ = tokio::time::timeout(pause, self.inner.tasks.notified()).await;
    }

    async fn park_unreadable(&self, id: i64, now: Millis) -> Result<(), StoreError> {
        tracing::error!(task = id, "a task cannot be read (an older program or another key wrote it) and is parked");
        let mut tx = self.inner.parts.db.begin().await?;
        let mut unit = Unit::alone(&mut tx);
        task::park(unit.writes().await?, id, now).await?;
        let owes = self.tell_admins(&mut unit, id, now).await?;
        self.inner.parts.db.commit(tx).await?;
        if owes {
            self.inner.parts.db.handover().disturb();
            self.inner.parts.wake.notify_one();
        }
        Ok(())
    }
}
