//! The connections that write, and what must hold around each of their commits.
use std::sync::Arc;
use std::time::Instant;

use sqlx::AnyPool;

use super::file::OpenFile;
use super::{Backend, StoreError, Tx};
use crate::telemetry::histogram::Histogram;

/// In seconds: from a commit on a fast disk to one that waits for somebody else's lock.
const BOUNDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Begins and commits. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    pub pool: AnyPool,
    pub backend: Backend,
    /// SQLite's.
    pub file: Option<Arc<OpenFile>>,
    /// How long commits took.
    pub commits: Arc<Histogram>,
}

impl Writer {
    pub fn new(pool: AnyPool, backend: Backend, file: Option<OpenFile>) -> Writer {
        Writer { pool, backend, file: file.map(Arc::new), commits: Arc::new(Histogram::new(BOUNDS)) }
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// The database's; that its file is not where it was.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.check()?;
        let begun = match self.backend {
            Backend::Postgres => self.pool.begin().await,
            Backend::Sqlite => match self.pool.begin_with(BEGIN).await {
                Err(error) if is_stuck(&error) => {
                    self.pool.acquire().await?.close().await?;
                    self.pool.begin_with(BEGIN).await
                }
                begun => begun,
            },
        };
        Ok(begun?)
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

/// Whether a connection to a file would never begin another transaction, though a new one might: SQLite has ended the last
/// transaction by itself, as it does when the disk is full, and the driver has not heard of it; or the file could only be
/// opened for reading at that time.
fn is_stuck(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|e| e.code()).and_then(|code| code.parse::<u32>().ok());
    matches!(error, sqlx::Error::InvalidSavePointStatement) || code.is_some_and(|code| code & 0xff == READ_ONLY)
}

/// SQLite's code: <https://www.sqlite.org/rescode.html#readonly>
const READ_ONLY: u32 = 8;
