//! The loop: what is due is sent, what happened is written down, then it sleeps until there is more.
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};
use tokio::task::{Id, JoinError, JoinSet};

use crate::outbox::deliver::{self, Delivered};
use crate::outbox::pace::{Limits, Pace};
use crate::outbox::plan::{self, Next};
use crate::outbox::posts::{Posts, Put};
use crate::outbox::settle::{self, Job, Outcome, Unsent};
use crate::outbox::transport::{SendError, Transport};
use crate::seal::Sealer;
use crate::store::{Db, StoreError, Unit, Write, card, outbox};
use crate::vocabulary::input::{Input, Millis};
use crate::vocabulary::lang::Lang;

/// Sends under way at the same moment: with answers after a quarter of a second this is more than Telegram's limit takes.
const AT_ONCE: usize = 12;
/// Rows looked at in one go, of each priority.
const LOOK_AT: i64 = 2_000;
/// Look at least so often: another process may have written, and a notice that was put off wakes nobody.
const IDLE: Millis = 5_000;
/// After trouble with the database.
const TROUBLE: Millis = 1_000;

/// What a sender is made of.
pub struct Parts<T> {
    /// The database.
    pub db: Db,
    /// The way to Telegram.
    pub transport: Arc<T>,
    /// Rung when the outbox has grown.
    pub wake: Arc<Notify>,
    /// Gets [`Input::Migrated`] when Telegram names the new id of a group; to be handed to the inbox.
    pub migrated: mpsc::UnboundedSender<Input>,
    /// How to stop news, as HTML, under the notices that customers get.
    pub footers: BTreeMap<Lang, String>,
    /// How fast.
    pub limits: Limits,
    /// What time it is.
    pub now: fn() -> Millis,
}

/// Sends what the outbox owes. One sender per database: two would send everything twice.
pub struct Sender<T> {
    parts: Parts<T>,
    pace: Pace,
    posts: Posts,
    running: JoinSet<Result<Delivered, SendError>>,
    jobs: HashMap<Id, Job>,
    /// Sent, but not yet written down.
    outcomes: Vec<Outcome>,
    busy: HashSet<i64>,
}

impl<T: Transport> Sender<T> {
    /// A sender that has sent nothing yet.
    pub fn new(parts: Parts<T>) -> Sender<T> {
        let pace = Pace::started(parts.limits, (parts.now)());
        let posts = Posts::new(parts.footers.clone());
        Sender { parts, pace, posts, running: JoinSet::new(), jobs: HashMap::new(), outcomes: Vec::new(), busy: HashSet::new() }
    }

    /// Runs until `stop` turns true or its sender is gone; then finishes what is under way and writes it down.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut swept = (self.parts.now)();
        loop {
            let now = (self.parts.now)();
            if now - swept > 60_000 {
                swept = now;
                self.pace.sweep(now);
            }
            let stopping = *stop.borrow() || stop.has_changed().is_err();
            let again = match self.turn(now, stopping).await {
                Ok(again) => again,
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot be read or written; the next try follows");
                    now + TROUBLE
                }
            };
            if stopping && self.running.is_empty() {
                if !self.outcomes.is_empty() {
                    tracing::error!(messages = self.outcomes.len(), "sent messages were not written down and will be sent again");
                }
                return;
            }
            let pause = Duration::from_millis(u64::try_from(again - (self.parts.now)()).unwrap_or(0));
            tokio::select! {
                biased;
                Some(done) = self.running.join_next_with_id() => self.note(done),
                _ = stop.changed(), if !stopping => {}
                () = self.parts.wake.notified(), if !stopping => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Writes down, starts what may start, says when to look again.
    async fn turn(&mut self, now: Millis, stopping: bool) -> Result<Millis, StoreError> {
        while let Some(done) = self.running.try_join_next_with_id() {
            self.note(done);
        }
        self.settle(now).await?;
        if stopping || self.running.len() >= AT_ONCE {
            return Ok(now + IDLE);
        }
        if let Err(again) = self.pace.any(now) {
            return Ok(again);
        }
        let mut conn = self.parts.db.read().await?;
        let waiting = outbox::waiting(&mut conn, now, LOOK_AT).await?;
        let plan = plan::plan(waiting, &self.busy, now);
        let mut again = plan.due.unwrap_or(Millis::MAX).min(now + IDLE);
        for next in plan.next {
            if self.running.len() >= AT_ONCE {
                break;
            }
            let free = match self.pace.ready(next.chat, now) {
                Ok(()) => self.start(&mut conn, next, now).await?,
                Err(free) => Some(free),
            };
            again = again.min(free.unwrap_or(again));
            if self.pace.any(now).is_err() {
                break;
            }
        }
        drop(conn);
        // Rows that can never be read were noted as done.
        self.settle(now).await?;
        Ok(again.max(now + 1))
    }

    /// Starts a send; gives the moment to try again if the chat must wait after all.
    async fn start(&mut self, conn: &mut sqlx::AnyConnection, next: Next, now: Millis) -> Result<Option<Millis>, StoreError> {
        let Some(last) = next.rows.last() else { return Ok(None) };
        let message = match self.message(conn, last.id).await {
            Ok(Some(Put::Ready(message))) => message,
            Ok(Some(Put::Muted)) => {
                self.unsent(next, Unsent::Muted);
                return Ok(None);
            }
            Ok(None) => return Ok(None),
            Err(error @ (StoreError::Seal(_) | StoreError::Unreadable { .. })) => {
                tracing::error!(row = last.id, %error, "a message can never be read; it is dropped");
                self.unsent(next, Unsent::Unreadable);
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        // The head decides how the card is touched; later edits were collapsed into it.
        let mark = next.rows.first().and_then(|head| head.mark.clone());
        let known = match &mark {
            Some(mark) => card::messages(conn, &mark.card, next.chat).await?,
            None => Vec::new(),
        };
        if let Err(free) = self.pace.take(next.chat, deliver::cost(&message, mark.as_ref(), &known), now) {
            return Ok(Some(free));
        }
        self.busy.insert(next.chat);
        let transport = Arc::clone(&self.parts.transport);
        let job = Job { next, message: Ok(message.clone()) };
        let sending = async move { deliver::deliver(&*transport, &message, mark.as_ref(), &known).await };
        let id = self.running.spawn(sending).id();
        self.jobs.insert(id, job);
        Ok(None)
    }

    async fn message(&mut self, conn: &mut sqlx::AnyConnection, row: i64) -> Result<Option<Put>, StoreError> {
        let sealer = self.parts.db.sealer();
        let Some(message) = outbox::body(conn, sealer, row).await? else { return Ok(None) };
        self.posts.put(conn, sealer, message).await.map(Some)
    }

    /// Its rows end without a word to Telegram.
    fn unsent(&mut self, next: Next, why: Unsent) {
        let job = Job { next, message: Err(why) };
        self.outcomes.push(Outcome { chat: job.next.chat, job, result: Ok(Delivered::default()) });
    }

    fn note(&mut self, done: Result<(Id, Result<Delivered, SendError>), JoinError>) {
        let (id, result) = match done {
            Ok(done) => done,
            Err(broken) => (broken.id(), Err(SendError::Transient("the program's own fault"))),
        };
        if let Some(job) = self.jobs.remove(&id) {
            self.outcomes.push(Outcome { chat: job.next.chat, job, result });
        }
    }

    /// Writes down everything that happened since, in one transaction. Until that has worked the chats stay busy, so
    /// nothing is sent twice because of a database that is out of order for a while.
    async fn settle(&mut self, now: Millis) -> Result<(), StoreError> {
        if self.outcomes.is_empty() {
            return Ok(());
        }
        let outcomes = Arc::new(std::mem::take(&mut self.outcomes));
        let settling = Settling { outcomes: Arc::clone(&outcomes), sealer: self.parts.db.sealer().clone(), now };
        if let Err(error) = self.parts.db.write(settling).await {
            self.outcomes.extend(outcomes.iter().cloned());
            return Err(error);
        }
        for outcome in outcomes.iter() {
            self.busy.remove(&outcome.chat);
            match &outcome.result {
                Err(SendError::RetryAfter(pause)) => {
                    self.pace.hold(outcome.chat, now.saturating_add(settle::millis(*pause)));
                }
                Err(SendError::Migrated(to)) => {
                    let to = *to;
                    // Nobody listens any more only while the program ends; Telegram tells of it again.
                    let _ = self.parts.migrated.send(Input::Migrated { from: outcome.chat, to });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What happened to messages, on its way into the database.
struct Settling {
    outcomes: Arc<Vec<Outcome>>,
    sealer: Sealer,
    now: Millis,
}

impl Write for Settling {
    type Out = ();
    type Error = StoreError;

    async fn write(&self, unit: &mut Unit<'_>) -> Result<(), StoreError> {
        settle::before_messages(unit, &self.sealer, &self.outcomes, self.now).await?;
        for outcome in self.outcomes.iter() {
            settle::write(unit, &self.sealer, outcome, self.now).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
