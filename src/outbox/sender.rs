//! The loop: what is due is sent, what happened is written down, then it sleeps until there is more.
mod notices;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};
use tokio::task::{Id, JoinError, JoinSet};

use crate::outbox::backlog::{Backlog, Fate, Next};
use crate::outbox::deliver::{self, Delivered};
use crate::outbox::figures::Figures;
use crate::outbox::intake::Intake;
use crate::outbox::pace::{Lane, Limits, Pace};
use crate::outbox::posts::{Posts, Put};
use crate::outbox::settle::{self, Job, Outcome, Settling, Unsent};
use crate::outbox::transport::{SendError, Transport};
use crate::store::{Backend, Db, StoreError};
use crate::telemetry::news::News;
use crate::vocabulary::input::{Input, Millis};
use crate::vocabulary::lang::Lang;

/// Sends under way at the same moment: with answers after a quarter of a second this is more than Telegram's limit takes.
const AT_ONCE: usize = 12;
/// The same where the limit is higher, at most.
const AT_ONCE_MOST: usize = 64;
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
    backlog: Backlog,
    intake: Intake,
    at_once: usize,
    /// Messages under way that are paid for.
    paid: usize,
    /// Nothing is paid for before this moment.
    unpaid: Millis,
    running: JoinSet<Result<Delivered, SendError>>,
    jobs: HashMap<Id, Job>,
    /// Sent, but not yet written down.
    outcomes: Vec<Outcome>,
    /// What is just being written down; one at a time.
    settling: JoinSet<Settled>,
    /// Why the last of it was not.
    trouble: Option<StoreError>,
    /// When rows were last looked for without being told.
    looked: Millis,
    /// Whether notices may wait in the database, and when to look for them.
    notices: Option<Millis>,
    noticed: Millis,
    figures: Arc<Figures>,
    news: News,
}

/// What was to be written down, as of which moment, and whether it was.
type Settled = (Arc<Vec<Outcome>>, Millis, Result<(), StoreError>);

impl<T: Transport> Sender<T> {
    /// A sender that has sent nothing yet.
    pub fn new(parts: Parts<T>) -> Sender<T> {
        Sender {
            pace: Pace::started(parts.limits, (parts.now)()),
            posts: Posts::new(parts.footers.clone()),
            backlog: Backlog::default(),
            intake: Intake::new(parts.db.handover().clone()),
            at_once: (parts.limits.all.count * 2 / 5).clamp(AT_ONCE, AT_ONCE_MOST),
            paid: 0,
            unpaid: Millis::MIN,
            running: JoinSet::new(),
            jobs: HashMap::new(),
            outcomes: Vec::new(),
            settling: JoinSet::new(),
            trouble: None,
            looked: Millis::MIN,
            notices: Some(Millis::MIN),
            noticed: Millis::MIN,
            figures: Arc::default(),
            news: News::default(),
            parts,
        }
    }

    /// What it counts.
    pub fn figures(&self) -> Arc<Figures> {
        Arc::clone(&self.figures)
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
            let (again, failed) = match self.turn(now, stopping).await {
                Ok(again) => {
                    if self.settling.is_empty() && self.news.over() {
                        tracing::info!("the outbox can be read and written again");
                    }
                    (again, false)
                }
                Err(error) => {
                    if self.news.is_new(&error.to_string()) {
                        tracing::error!(%error, "the outbox cannot be read or written; it is tried again every second");
                    }
                    (now + TROUBLE, true)
                }
            };
            if stopping && self.running.is_empty() && self.settling.is_empty() {
                if self.outcomes.is_empty() {
                    return;
                }
                if failed {
                    let messages = self.outcomes.len();
                    tracing::error!(messages, "sent messages were not written down and will be sent again");
                    return;
                }
            }
            let pause = Duration::from_millis(u64::try_from(again - (self.parts.now)()).unwrap_or(0));
            tokio::select! {
                biased;
                Some(done) = self.running.join_next_with_id() => self.note(done),
                Some(done) = self.settling.join_next() => self.settled(done),
                _ = stop.changed(), if !stopping => {}
                () = self.parts.wake.notified(), if !stopping => self.rung(),
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// The outbox has grown, or something may go on.
    fn rung(&mut self) {
        if self.parts.db.backend() == Backend::Postgres {
            self.intake.look();
            self.look_for_notices();
        }
    }

    fn look_for_notices(&mut self) {
        self.notices = Some(self.notices.unwrap_or(self.noticed.saturating_add(notices::EVERY)));
    }

    /// Writes down, takes up what is owed, starts what may start, says when to look again.
    async fn turn(&mut self, now: Millis, stopping: bool) -> Result<Millis, StoreError> {
        while let Some(done) = self.running.try_join_next_with_id() {
            self.note(done);
        }
        while let Some(done) = self.settling.try_join_next() {
            self.settled(done);
        }
        if let Some(error) = self.trouble.take() {
            return Err(error);
        }
        self.settle(now);
        if stopping {
            return Ok(now + IDLE);
        }
        if now >= self.looked.saturating_add(IDLE) {
            self.looked = now;
            self.intake.look();
            self.notices = Some(now);
        }
        if self.intake.hear(&mut self.backlog, now) {
            self.look_for_notices();
        }
        if self.intake.wants_rows(&self.backlog) {
            self.intake.read(&self.parts.db, &mut self.backlog, now).await?;
        }
        let mut again = now + IDLE;
        while self.has_room(Lane::Usual) {
            if let Err(free) = self.pace.any(Lane::Usual, now) {
                return Ok(free);
            }
            let Some(next) = self.backlog.take(now) else { break };
            self.start(next, Lane::Usual, now).await?;
        }
        if self.has_room(self.lane_of_notices(now)) && self.notices.is_some() {
            again = again.min(self.start_notices(now).await?);
        }
        // Rows that can never be read were noted as done.
        self.settle(now);
        Ok(again.min(self.backlog.due().unwrap_or(again)).max(now + 1))
    }

    /// Starts a send, unless the chat must wait; the chat is taken.
    async fn start(&mut self, next: Next, lane: Lane, now: Millis) -> Result<(), StoreError> {
        if let Err(free) = self.pace.ready(lane, next.chat, now) {
            self.backlog.hold(next.chat, free, now);
            return Ok(());
        }
        let chat = next.chat;
        let started = self.try_start(next, lane, now).await;
        if started.is_err() {
            self.backlog.hold(chat, now, now);
        }
        started
    }

    async fn try_start(&mut self, next: Next, lane: Lane, now: Millis) -> Result<(), StoreError> {
        let Some(last) = next.rows.last() else { return Ok(()) };
        let message = match self.message(last).await {
            Ok(Some(Put::Ready(message))) => message,
            Ok(Some(Put::Muted)) => {
                self.unsent(next, Unsent::Muted);
                return Ok(());
            }
            Ok(None) => {
                self.backlog.settle(&next, &Fate::Ends, now);
                return Ok(());
            }
            Err(error @ (StoreError::Seal(_) | StoreError::Unreadable { .. })) => {
                tracing::error!(row = last.id, %error, "a message can never be read; it is dropped");
                self.unsent(next, Unsent::Unreadable);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        // The head decides how the card is touched; later edits were collapsed into it.
        let mark = next.rows.first().and_then(|head| head.mark.clone());
        let known = match &mark {
            Some(mark) => self.intake.card(&self.parts.db, &mark.card, next.chat).await?,
            None => Vec::new(),
        };
        if let Err(free) = self.pace.take(lane, next.chat, deliver::cost(&message, mark.as_ref(), &known), now) {
            self.backlog.hold(next.chat, free, now);
            return Ok(());
        }
        let transport = Arc::clone(&self.parts.transport);
        let paid = lane == Lane::Paid;
        let job = Job { next, message: Ok(message.clone()), paid };
        self.paid += usize::from(paid);
        let sending = async move { deliver::deliver(&*transport, &message, paid, mark.as_ref(), &known).await };
        let id = self.running.spawn(sending).id();
        self.jobs.insert(id, job);
        Ok(())
    }

    /// Its rows end without a word to Telegram.
    fn unsent(&mut self, next: Next, why: Unsent) {
        let job = Job { next, message: Err(why), paid: false };
        self.figures.count(&job, &Ok(()), (self.parts.now)());
        self.outcomes.push(Outcome { chat: job.next.chat, job, result: Ok(Delivered::default()) });
    }

    fn note(&mut self, done: Result<(Id, Result<Delivered, SendError>), JoinError>) {
        let (id, result) = match done {
            Ok(done) => done,
            Err(broken) => (broken.id(), Err(SendError::Transient("the program's own fault"))),
        };
        if let Some(job) = self.jobs.remove(&id) {
            self.figures.count(&job, &result, (self.parts.now)());
            self.paid -= usize::from(job.paid);
            let result = if job.paid { self.unless_unpayable(result) } else { result };
            self.outcomes.push(Outcome { chat: job.next.chat, job, result });
        }
    }

    /// Begins to write down everything that happened since, in one transaction. Until that has worked the chats stay busy, so
    /// nothing is sent twice because of a database that is out of order for a while.
    fn settle(&mut self, now: Millis) {
        if self.outcomes.is_empty() || !self.settling.is_empty() {
            return;
        }
        let outcomes = Arc::new(std::mem::take(&mut self.outcomes));
        let writing = Settling { outcomes: Arc::clone(&outcomes), sealer: self.parts.db.sealer().clone(), now };
        let db = self.parts.db.clone();
        self.settling.spawn(async move {
            let written = db.write(writing).await;
            (outcomes, now, written)
        });
    }

    /// What was sent is written down, or was not.
    fn settled(&mut self, done: Result<Settled, JoinError>) {
        // It does nothing that could panic or be aborted.
        let Ok((outcomes, at, written)) = done else { return };
        if let Err(error) = written {
            self.outcomes.extend(outcomes.iter().cloned());
            self.trouble = Some(error);
            return;
        }
        for outcome in outcomes.iter() {
            match &outcome.result {
                Err(SendError::RetryAfter(pause)) => {
                    self.pace.hold(outcome.chat, at.saturating_add(settle::millis(*pause)));
                }
                Err(SendError::Migrated(to)) => {
                    let to = *to;
                    // Nobody listens any more only while the program ends; Telegram tells of it again.
                    let _ = self.parts.migrated.send(Input::Migrated { from: outcome.chat, to });
                }
                _ => {}
            }
            let fate = settle::fate(outcome, at);
            self.intake.settled(outcome, &fate);
            self.backlog.settle(&outcome.job.next, &fate, at);
        }
    }
}

#[cfg(test)]
mod tests;
