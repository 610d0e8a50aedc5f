//! The connections that write, and what must hold around each of their transactions.
//!
//! The file must be where it was: what is committed to one that was moved away is lost.
//!
//! Whoever begins is told which key seals. The key may be changed while bots run. Whoever sealed with the old one after
//! everything was sealed anew would leave something behind that nobody can open, so that must not be possible: every
//! transaction reads, before it does anything else, which key the database names, and the row cannot change before the
//! transaction is over. On SQLite that follows from there being one writer. On PostgreSQL every transaction shares a lock that
//! the change takes alone.
use std::sync::Arc;
use std::time::Instant;

use sqlx::AnyPool;

use super::file::OpenFile;
use super::{Backend, StoreError, Tx, meta};
use crate::seal::Sealer;
use crate::telemetry::histogram::Histogram;

/// In seconds: from a commit on a fast disk to one that waits for somebody else's lock.
const BOUNDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Shared by whoever writes, taken alone by whoever names another key. "baoxiu" in ASCII.
macro_rules! lock {
    () => {
        "108170621512053"
    };
}
// In one text with BEGIN it costs no round trip. What the key is must be asked in a statement of its own: that sees what was
// committed while the lock was waited for.
const SHARE: &str = concat!("BEGIN; SELECT pg_advisory_xact_lock_shared(", lock!(), ")");
const ALONE: &str = concat!("BEGIN; SELECT pg_advisory_xact_lock(", lock!(), ")");

/// Begins and commits. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    pub pool: AnyPool,
    pub backend: Backend,
    /// SQLite's.
    pub file: Option<Arc<OpenFile>>,
    /// How long commits took.
    pub commits: Arc<Histogram>,
    /// Seals with the key that the database names, from a begin to its end.
    pub sealer: Sealer,
}

impl Writer {
    pub fn new(pool: AnyPool, backend: Backend, file: Option<OpenFile>, sealer: Sealer) -> Writer {
        Writer { pool, backend, file: file.map(Arc::new), commits: Arc::new(Histogram::new(BOUNDS)), sealer }
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// The database's; that its file is not where it was.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let mut tx = self.begin_unasked().await?;
        let named = meta::read(&mut tx, meta::KEY).await?;
        self.turn_to(named.as_deref())?;
        Ok(tx)
    }

    /// As [`Writer::begin`], for whoever asks himself which key seals and [turns to it](Writer::turn_to), before anything else.
    pub async fn begin_unasked(&self) -> Result<Tx, StoreError> {
        self.begin_with(SHARE).await
    }

    /// Seals with the key that the database names.
    ///
    /// # Errors
    /// That it names none; that its key is not there.
    pub fn turn_to(&self, named: Option<&str>) -> Result<(), StoreError> {
        if self.sealer.turn_to(named.ok_or(StoreError::Gone { table: "meta" })?)? {
            tracing::info!("the key was changed; the new one seals from now on");
        }
        Ok(())
    }

    /// Begins a transaction in which another key may be named: no other one that writes is under way.
    ///
    /// # Errors
    /// As [`Writer::begin`].
    pub async fn begin_alone(&self) -> Result<Tx, StoreError> {
        self.begin_with(ALONE).await
    }

    async fn begin_with(&self, of_server: &'static str) -> Result<Tx, StoreError> {
        self.check()?;
        let begun = match self.backend {
            Backend::Postgres => self.pool.begin_with(of_server).await,
            Backend::Sqlite => self.begin_anew().await,
        };
        Ok(begun?)
    }

    /// Begins on the file, on another connection where the last one would never begin again.
    async fn begin_anew(&self) -> Result<Tx, sqlx::Error> {
        let mut tries = 1;
        loop {
            match self.pool.begin_with(BEGIN).await {
                // Between closing and beginning somebody else may have been given the new one, and left it just as stuck.
                Err(error) if is_stuck(&error) && tries < STUCK_TRIES => {
                    self.pool.acquire().await?.close().await?;
                    tries += 1;
                }
                begun => return begun,
            }
        }
    }

    /// Commits. After an error it may be committed or not: whoever comes again finds out by what is there.
    ///
    /// # Errors
    /// The database's; that its file was not where it was when the commit had ended.
    pub async fn commit(&self, tx: Tx) -> Result<(), StoreError> {
        let began = Instant::now();
        tx.commit().await?;
        self.commits.observe(began.elapsed());
        self.check()
    }

    /// Whether what is written now will be found at the next start.
    pub fn check(&self) -> Result<(), StoreError> {
        self.file.as_ref().map_or(Ok(()), |file| file.check())
    }
}

const BEGIN: &str = "BEGIN IMMEDIATE";
/// How many connections to a file are tried.
const STUCK_TRIES: u32 = 8;

/// Whether a connection to a file would never begin another transaction, though a new one might: SQLite has ended the last
/// transaction by itself, as it does when the disk is full, and the driver has not heard of it; or the file could only be
/// opened for reading at that time.
fn is_stuck(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|e| e.code()).and_then(|code| code.parse::<u32>().ok());
    matches!(error, sqlx::Error::InvalidSavePointStatement) || code.is_some_and(|code| code & 0xff == READ_ONLY)
}

/// SQLite's code: <https://www.sqlite.org/rescode.html#readonly>
const READ_ONLY: u32 = 8;
