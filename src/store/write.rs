//! Writers that wait at the same moment share one commit.
//!
//! A commit of SQLite waits for the disk, and while it does nobody else may write. So whoever has something to write queues,
//! and everything that has gathered by the time the disk is free is written in one transaction. If any of it fails,
//! nothing of that transaction stands, and each is written again alone: a failure stays with whoever failed.
//!
//! On PostgreSQL every writer has a transaction of its own: the server gathers commits itself, and locks of one batch would wait
//! for those of another.
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use sqlx::AnyConnection;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::ahead::{Ahead, Wants};
use super::handover::{Handover, Ids, Owed};
use super::unit::Unit;
use super::writer::Writer;
use super::{Backend, Db, StoreError, meta};

/// Most writers that share a commit: the first of them waits for the last.
const TOGETHER: usize = 64;
/// Writers that may queue before the next one waits for a place.
const QUEUE: usize = 1024;
/// How long those whom nobody waits for wait for one that somebody does: a commit for each of them would delay him.
const PATIENCE: Duration = Duration::from_millis(5);

/// Something to write. It may run more than once, and only what its last run wrote stands.
pub trait Write: Send + Sync + 'static {
    /// What is known when it is written.
    type Out: Send + 'static;
    /// Why it could not be written.
    type Error: From<StoreError> + Send + 'static;

    /// What it will ask for, if that is known.
    fn wants(&self) -> Option<Wants> {
        None
    }

    /// Whether somebody waits for it.
    fn is_urgent(&self) -> bool {
        true
    }

    /// Writes, in a transaction that somebody else begins and commits.
    fn write(&self, unit: &mut Unit<'_>) -> impl Future<Output = Result<Self::Out, Self::Error>> + Send;
}

/// The queue of those who wait for a commit.
pub(super) type Queue = mpsc::Sender<Box<dyn Turn>>;
type Waiting = mpsc::Receiver<Box<dyn Turn>>;

impl Db {
    /// Writes and commits. After an error nothing of it stands. Once begun it is carried out even if the future is dropped.
    ///
    /// # Errors
    /// As [`Write::write`]; the database's if it could not commit.
    pub async fn write<W: Write>(&self, work: W) -> Result<W::Out, W::Error> {
        let (tell, told) = oneshot::channel();
        let job = Box::new(Job { work, result: None, tell });
        match &self.queue {
            Some(queue) => queue.send(job).await.map_err(|_| StoreError::Broken)?,
            None => share(&self.writer, &self.handover, vec![job], None).await,
        }
        told.await.unwrap_or_else(|_| Err(StoreError::Broken.into()))
    }
}

/// Starts the one who commits for all. It ends when every [`Db`] is gone.
pub(super) fn queue(writer: Writer, handover: Handover) -> Queue {
    let (queue, mut waiting) = mpsc::channel(QUEUE);
    tokio::spawn(async move {
        let mut jobs: Vec<Box<dyn Turn>> = Vec::new();
        while waiting.recv_many(&mut jobs, TOGETHER).await > 0 {
            let until = Instant::now() + PATIENCE;
            while jobs.len() < TOGETHER && !jobs.iter().any(|job| job.is_urgent()) {
                match timeout_at(until, waiting.recv()).await {
                    Ok(Some(job)) => jobs.push(job),
                    _ => break,
                }
            }
            share(&writer, &handover, std::mem::take(&mut jobs), Some(&mut waiting)).await;
        }
    });
    queue
}

/// One transaction for all, and for those who come until it has begun; if one of them fails, one for each.
async fn share(writer: &Writer, handover: &Handover, mut jobs: Vec<Box<dyn Turn>>, late: Option<&mut Waiting>) {
    match together(writer, handover, &mut jobs, late).await {
        Err(Why::Jobs(_)) if jobs.len() > 1 => {
            for job in jobs {
                let mut alone = vec![job];
                let outcome = together(writer, handover, &mut alone, None).await.map_err(Why::told);
                alone.into_iter().for_each(|job| job.tell(outcome.clone()));
            }
        }
        outcome => {
            let outcome = outcome.map_err(Why::told);
            jobs.into_iter().for_each(|job| job.tell(outcome.clone()));
        }
    }
}

/// Why nothing was written.
enum Why {
    /// It would not have gone better for any of them alone: each alone would wait for a lock as long as all together.
    Database(StoreError),
    /// What one of them wrote was not taken. `None`: a job failed, and knows why.
    Jobs(Option<StoreError>),
}

impl Why {
    fn told(self) -> Option<StoreError> {
        match self {
            Why::Database(error) => Some(error),
            Why::Jobs(error) => error,
        }
    }
}

/// Everything is written and committed, or nothing.
async fn together(
    writer: &Writer,
    handover: &Handover,
    jobs: &mut Vec<Box<dyn Turn>>,
    late: Option<&mut Waiting>,
) -> Result<(), Why> {
    let mut tx = writer.begin_unasked().await.map_err(Why::Database)?;
    if let Some(late) = late {
        let places = TOGETHER.saturating_sub(jobs.len());
        jobs.extend(std::iter::from_fn(|| late.try_recv().ok()).take(places));
    }
    match run(&mut tx, writer, jobs).await {
        Ok((owed, ids)) => {
            writer.commit(tx).await.map_err(Why::Database)?;
            handover.hand(owed, ids);
            Ok(())
        }
        Err(why) => {
            // If this fails too, the connection is lost and the database rolls back by itself.
            let _ = tx.rollback().await;
            Err(Why::Jobs(why))
        }
    }
}

/// Gives what is owed by it, as far as it is known.
async fn run(
    conn: &mut AnyConnection,
    writer: &Writer,
    jobs: &mut [Box<dyn Turn>],
) -> Result<(Vec<Owed>, Option<Ids>), Option<StoreError>> {
    let wants: Vec<Wants> = match writer.backend {
        Backend::Postgres => Vec::new(),
        Backend::Sqlite => jobs.iter().filter_map(|job| job.wants()).collect(),
    };
    let ahead = Ahead::read(conn, &wants).await.map_err(Some)?;
    let named = match ahead.key() {
        Some(key) => Some(key.to_owned()),
        None => meta::read(conn, meta::KEY).await.map_err(Some)?,
    };
    writer.turn_to(named.as_deref()).map_err(Some)?;
    let mut unit = match writer.backend {
        Backend::Postgres => Unit::alone(conn),
        Backend::Sqlite => Unit::shared(conn, ahead),
    };
    for job in jobs {
        if !job.run(&mut unit).await {
            return Err(None);
        }
    }
    unit.flush().await.map_err(Some)?;
    Ok(unit.owed())
}

/// A [`Write`] whose result is on its way to whoever waits for it.
pub(super) trait Turn: Send {
    /// See [`Write::wants`].
    fn wants(&self) -> Option<Wants>;
    /// See [`Write::is_urgent`].
    fn is_urgent(&self) -> bool;
    /// Runs it; gives whether it succeeded.
    fn run<'j>(&'j mut self, unit: &'j mut Unit<'_>) -> Pin<Box<dyn Future<Output = bool> + Send + 'j>>;
    /// Tells the result. Nobody may be listening any more.
    fn tell(self: Box<Self>, committed: Result<(), Option<StoreError>>);
}

struct Job<W: Write> {
    work: W,
    result: Option<Result<W::Out, W::Error>>,
    tell: oneshot::Sender<Result<W::Out, W::Error>>,
}

impl<W: Write> Turn for Job<W> {
    fn wants(&self) -> Option<Wants> {
        self.work.wants()
    }

    fn is_urgent(&self) -> bool {
        self.work.is_urgent()
    }

    fn run<'j>(&'j mut self, unit: &'j mut Unit<'_>) -> Pin<Box<dyn Future<Output = bool> + Send + 'j>> {
        Box::pin(async move {
            let mut writing = pin!(self.work.write(unit));
            // A panic is the failure of this one job: whoever commits for all must live.
            let polled = poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| writing.as_mut().poll(cx))) {
                Ok(poll) => poll,
                Err(_) => Poll::Ready(Err(StoreError::Broken.into())),
            });
            let result = polled.await;
            let succeeded = result.is_ok();
            self.result = Some(result);
            succeeded
        })
    }

    fn tell(self: Box<Self>, committed: Result<(), Option<StoreError>>) {
        let result = match (committed, self.result) {
            (Err(Some(error)), _) => Err(error.into()),
            (_, Some(result)) => result,
            (_, None) => Err(StoreError::Broken.into()),
        };
        let _ = self.tell.send(result);
    }
}
