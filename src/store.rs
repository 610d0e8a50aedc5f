//! The database: one set of SQL texts for SQLite and PostgreSQL, short functions on a connection.
//!
//! Deliberately absent: decisions. A function here reads or writes what it is told to; who may do what
//! is decided in the core, on rows that are locked until the commit.
mod ahead;
pub mod card;
pub mod coverage;
pub mod crew;
mod error;
pub mod event;
pub mod examine;
pub mod existing;
pub mod figures;
mod file;
pub mod handover;
pub mod health;
pub mod invite;
mod joined;
pub mod known;
pub mod meta;
pub mod morning;
pub mod notice;
mod open;
pub mod outbox;
pub mod parked;
pub mod person;
pub mod rekey;
pub mod restore;
pub mod retention;
pub mod roster;
pub mod session;
pub mod snapshot;
pub mod tables;
pub mod task;
pub mod ticket;
pub mod unit;
pub mod update;
mod url;
pub mod waitlist;
mod write;
mod writer;

pub use ahead::Wants;
pub use error::StoreError;
use handover::Handover;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, Transaction};
pub use unit::Unit;
pub use write::Write;
use writer::Writer;

use crate::seal::Sealer;
use crate::telemetry::histogram::Reading;

/// A transaction; `&mut *tx` is the connection that the functions of this room take.
pub type Tx = Transaction<'static, Any>;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file beside the program: one writer, many readers.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open database with the key to its sealed columns. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    writer: Writer,
    reader: AnyPool,
    queue: Option<write::Queue>,
    handover: Handover,
}

impl Db {
    /// Begins a transaction that writes. On SQLite it takes the one writer connection and the file's
    /// write lock at once, so hold it from here to the commit only, and never across a network call.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.writer.begin().await
    }

    /// Commits what was begun with [`Db::begin`]. What an update is confirmed by must be committed here: on SQLite a commit
    /// counts only if the file is still where it was.
    ///
    /// # Errors
    /// The database's; [`StoreError::Vanished`], [`StoreError::LogVanished`], [`StoreError::Replaced`].
    pub async fn commit(&self, tx: Tx) -> Result<(), StoreError> {
        self.writer.commit(tx).await
    }

    /// Whether what is written now will be found at the next start. Cheap: it looks up two names. A server always says yes.
    ///
    /// # Errors
    /// [`StoreError::Vanished`], [`StoreError::LogVanished`], [`StoreError::Replaced`].
    pub fn check_file(&self) -> Result<(), StoreError> {
        self.writer.check()
    }

    /// How long commits took.
    pub fn commits(&self) -> Reading {
        self.writer.commits.read()
    }

    /// A connection to read with; on SQLite it refuses to write.
    pub async fn read(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.reader.acquire().await?)
    }

    /// Fingerprints of the keys that it is sealed with: the one that seals, and the one before while it is being changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keys(&self) -> Result<Vec<String>, StoreError> {
        meta::keys(&mut *self.read().await?).await
    }

    /// Seals and opens the sealed columns.
    pub fn sealer(&self) -> &Sealer {
        &self.writer.sealer
    }

    /// Where messages are handed over that were just committed.
    pub fn handover(&self) -> &Handover {
        &self.handover
    }

    /// Which database it is.
    pub fn backend(&self) -> Backend {
        self.writer.backend
    }

    /// Waits for connections in use, then closes all.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.pool.close().await;
    }
}

/// Every statement of this room, file by file, so that one test can prepare them all.
pub const STATEMENTS: &[(&str, &[&str])] = &[
    ("card", card::ALL),
    ("coverage", coverage::ALL),
    ("crew", crew::ALL),
    ("event", event::ALL),
    ("examine", examine::ALL),
    ("existing", existing::ALL),
    ("figures", figures::ALL),
    ("health", health::ALL),
    ("invite", invite::ALL),
    ("meta", meta::ALL),
    ("notice", notice::ALL),
    ("outbox", outbox::ALL),
    ("parked", parked::ALL),
    ("person", person::ALL),
    ("retention", retention::ALL),
    ("roster", roster::ALL),
    ("session", session::ALL),
    ("task", task::ALL),
    ("ticket", ticket::ALL),
    ("update", update::ALL),
    ("waitlist", waitlist::ALL),
    ("morning", morning::ALL),
];

/// Statements that only SQLite is asked.
pub const SQLITE_STATEMENTS: &[(&str, &[&str])] = &[("ahead", ahead::ALL)];
