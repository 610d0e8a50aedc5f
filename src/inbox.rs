//! One input, one transaction (law 1): look-ups on Telegram, then begin, note the update, lock, decide,
//! write, commit, and only then wake the sender and answer presses. Whoever calls confirms an update to
//! Telegram when [`Inbox::handle`] gave `Ok`, never before.
//!
//! An input that fails or panics is stored sealed and tried again later; the inputs of its subject queue
//! behind it, all others go on.
mod apply;
mod batch;
mod decide;
mod failure;
mod fetch;
mod gate;
mod keep;
pub mod lookups;
pub mod night;
mod tasks;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, mpsc};

use crate::core::World;
use crate::core::scene::{Fact, Lookup, Needs};
use crate::render::Toast;
use crate::store::known::Cache;
use crate::store::{Db, StoreError, Unit, Wants, Write};
use crate::vocabulary::input::{Input, Millis};
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::PressAnswer;
pub use decide::{Core, StepFn};
use failure::Failure;
use gate::Gates;
use lookups::Lookups;
use night::Nights;

/// How many subjects are handled at the same moment.
const AT_ONCE: usize = 64;
/// A deadlock or a lock that was waited for too long is tried again at once, this often.
const TRANSIENT_TRIES: u32 = 3;

/// One input with what it needs to be applied once.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// Telegram's number of the update; `None`: it did not come from Telegram.
    pub update_id: Option<i64>,
    /// The task row that it comes from, if any.
    pub task: Option<i64>,
    /// Now, Unix milliseconds.
    pub at: Millis,
    /// What happened.
    pub input: Input,
}

/// What became of an input. Each of them is stored: the update may be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    /// Decided and written.
    Applied,
    /// Was here before; nothing done.
    Duplicate,
    /// Stored behind an earlier input of its subject.
    Waiting,
    /// Failed, stored, will be tried again.
    Stored,
    /// Failed for the last time; the admins are told.
    Parked,
    /// The task row was taken or dropped by somebody else; nothing done.
    Gone,
}

/// Why an input could not even be stored. The update must not be confirmed.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// The database failed.
    #[error("an update could not be stored and is not confirmed; Telegram will send it again: {0}")]
    NotStored(#[from] StoreError),
    /// The program's own fault while it handled a batch.
    #[error("handling broke off before an update was stored; it is not confirmed, Telegram will send it again")]
    BrokeOff,
}

/// What an inbox is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The bot's user id.
    pub bot: i64,
    /// What the core knows.
    pub world: Arc<World>,
    /// Questions to Telegram.
    pub lookups: Arc<dyn Lookups>,
    /// Answers to presses, sent after the commit. When the receiver is full they are dropped: they expire
    /// in seconds anyway.
    pub answers: mpsc::Sender<Toast>,
    /// Tells the sender that the outbox has grown.
    pub wake: Arc<Notify>,
}

struct Inner {
    parts: Parts,
    core: Core,
    known: Cache,
    gates: Gates,
    subjects: Arc<Semaphore>,
    fetching: fetch::Fetching,
    tasks: Notify,
    nights: Arc<Nights>,
}

/// The door through which every input enters. Cheap to clone.
#[derive(Clone)]
pub struct Inbox {
    inner: Arc<Inner>,
}

/// What the core wants to know of an input, and what Telegram said to its questions.
struct Asked {
    needs: Needs,
    facts: Vec<Fact>,
}

/// One input on its way through a transaction, which it may share with others.
struct Deciding {
    inbox: Inbox,
    arrived: Arrived,
    needs: Needs,
    facts: Vec<Fact>,
}

impl Write for Deciding {
    type Out = Done;
    type Error = Failure;

    fn wants(&self) -> Option<Wants> {
        Some(Wants {
            bot: self.inbox.inner.parts.bot,
            update: self.arrived.update_id,
            subject: self.arrived.input.subject(),
            person: self.needs.person,
            card: card_of(&self.arrived.input),
            at: self.arrived.at,
        })
    }

    async fn write(&self, unit: &mut Unit<'_>) -> Result<Done, Failure> {
        self.inbox.one(unit, &self.arrived, &self.needs, self.facts.clone()).await
    }
}

/// The message that was pressed or answered: it may be a ticket's card.
fn card_of(input: &Input) -> Option<(i64, i64)> {
    match input {
        Input::Message(m) => m.reply_to.map(|message| (m.chat, message)),
        Input::Press(p) => Some((p.chat, p.message)),
        _ => None,
    }
}

/// What is left to do when the transaction has ended.
struct Done {
    handled: Handled,
    toasts: Vec<Toast>,
    owes: bool,
    tasks: bool,
    /// Tickets with addresses that were not sure.
    doubts: Vec<(i64, String)>,
    /// Notices are owed, or may go on.
    notices: bool,
    /// What waits to be sent was changed in ways that are not handed over.
    disturbs: bool,
}

impl Done {
    fn new(handled: Handled) -> Done {
        Done { handled, toasts: Vec::new(), owes: false, tasks: false, doubts: Vec::new(), notices: false, disturbs: false }
    }
}

impl Inbox {
    /// An inbox that decides with the real core.
    pub fn new(parts: Parts) -> Inbox {
        Inbox::with_core(parts, Core::default())
    }

    /// An inbox that decides with these functions; for tests.
    pub fn with_core(parts: Parts, core: Core) -> Inbox {
        let subjects = Arc::new(Semaphore::new(AT_ONCE));
        Inbox {
            inner: Arc::new(Inner {
                parts,
                core,
                known: Cache::default(),
                gates: Gates::default(),
                subjects,
                fetching: fetch::Fetching::default(),
                tasks: Notify::new(),
                nights: Arc::default(),
            }),
        }
    }

    /// Handles one input. Inputs of one subject are let in one at a time, in the order in which they are
    /// given. Dropping the future is safe: what was begun is finished or rolled back as a whole, and nothing is confirmed.
    pub async fn handle(&self, arrived: Arrived) -> Result<Handled, InboxError> {
        // The place at the gate is taken first, so that a slow answer changes no order; Telegram is asked while waiting.
        let (_gate, asked) = tokio::join!(biased; self.inner.gates.pass(arrived.input.subject()), self.ask_ahead(&arrived));
        self.let_in(arrived, asked).await
    }

    /// Handles an input that has passed the gate.
    async fn let_in(&self, arrived: Arrived, mut asked: Option<Asked>) -> Result<Handled, InboxError> {
        let mut tries = 1;
        let done = loop {
            match self.attempt(&arrived, asked.take()).await {
                Ok(done) => break done,
                Err(Failure::Store(error)) if error.is_transient() && tries < TRANSIENT_TRIES => {
                    tokio::time::sleep(Duration::from_millis(20 * u64::from(tries))).await;
                    tries += 1;
                }
                Err(failure) => {
                    tracing::error!(update_id = arrived.update_id, task = arrived.task, %failure, "an input failed and is kept");
                    break self.keep(&arrived).await?;
                }
            }
        };
        Ok(self.finish(&arrived.input, done))
    }

    /// Asks Telegram what can be asked before earlier inputs of the subject are through. `None`: to be asked in its turn,
    /// because the question rests on rows that those may still write, or because it failed.
    async fn ask_ahead(&self, arrived: &Arrived) -> Option<Asked> {
        let inner = &self.inner;
        let needs = failure::guarded(|| (inner.core.needs)(&arrived.input)).ok()?;
        if !needs.lookups.iter().all(|question| matches!(question, Lookup::Member { .. })) {
            return None;
        }
        let facts = lookups::ask(&inner.parts.lookups, &inner.parts.db, &needs.lookups, arrived.at).await.ok()?;
        Some(Asked { needs, facts })
    }

    async fn ask(&self, arrived: &Arrived) -> Result<Asked, Failure> {
        let inner = &self.inner;
        let needs = failure::guarded(|| (inner.core.needs)(&arrived.input))?;
        let facts = lookups::ask(&inner.parts.lookups, &inner.parts.db, &needs.lookups, arrived.at).await?;
        Ok(Asked { needs, facts })
    }

    async fn attempt(&self, arrived: &Arrived, asked: Option<Asked>) -> Result<Done, Failure> {
        let inner = &self.inner;
        let Asked { needs, facts } = match asked {
            Some(asked) => asked,
            None => self.ask(arrived).await?,
        };
        let deciding = Deciding { inbox: self.clone(), arrived: arrived.clone(), needs, facts };
        inner.parts.db.write(deciding).await
    }

    fn finish(&self, input: &Input, done: Done) -> Handled {
        let inner = &self.inner;
        for (ticket, address) in &done.doubts {
            self.tell_doubt(*ticket, address);
        }
        if done.notices {
            inner.parts.db.handover().notices();
        }
        if done.disturbs {
            inner.parts.db.handover().disturb();
        }
        if done.owes {
            inner.parts.wake.notify_one();
        }
        if done.tasks {
            inner.tasks.notify_one();
        }
        let mut toasts = done.toasts;
        if let (Input::Press(press), true, false) = (input, toasts.is_empty(), done.handled == Handled::Applied) {
            // Not decided now: at least the button stops spinning.
            toasts.push(Toast { query: press.query.clone(), text: None, alert: false, url: None });
        }
        for toast in toasts {
            if inner.parts.answers.try_send(toast).is_err() {
                tracing::debug!("an answer to a press was dropped: the sender is busy or gone");
            }
        }
        done.handled
    }

    /// A line for an address that was not sure, so that the reading can be made better: how it was read, never what it says.
    fn tell_doubt(&self, ticket: i64, address: &str) {
        let told = self.inner.parts.world.matcher.doubt(address);
        tracing::info!(ticket, outcome = ?told.outcome, reasons = told.reasons, text = told.masked, "an address was not sure");
    }

    fn toast(&self, answer: &PressAnswer, lang: Lang, hotline: Option<&str>) -> Result<Toast, Failure> {
        failure::guarded(|| crate::render::toast(&self.inner.parts.world, answer, lang, hotline))
    }
}
