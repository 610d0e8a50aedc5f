//! What can go wrong at the database, in words for the operator. Values never enter an error text.
use std::path::PathBuf;

use crate::seal::SealError;
use crate::seal::key::KeyError;

/// Why the database could not be opened, read or written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// `DATABASE_URL` is not understood.
    #[error("DATABASE_URL: {0}")]
    Url(&'static str),
    /// The SQLite file's folder is missing.
    #[error("DATABASE_URL: the folder {} does not exist; create it first", .0.display())]
    Folder(PathBuf),
    /// The database cannot be reached or opened.
    #[error("the database cannot be opened ({0}); check DATABASE_URL, that the server runs, and that the file may be written")]
    Open(String),
    /// The SQLite library is too old to be trusted.
    #[error(
        "SQLite {0} is linked in, but 3.51.3 or newer is needed: older ones can damage a WAL database; build again with the locked dependencies"
    )]
    Old(String),
    /// The tables could not be brought up to date.
    #[error(
        "the tables cannot be brought up to date ({0}); restore the backup, or run the version of baoxiu that wrote this database"
    )]
    Migrate(String),
    /// There is no database of ours.
    #[error("there is no database of baoxiu at DATABASE_URL; give the one that the bot runs with (`baoxiu run` makes a new one)")]
    Absent,
    /// The tables are older than this program.
    #[error(
        "the tables are of version {version}, this program is of version {newest}: start the bot with this program once, which brings them up to date, or use the program that the bot runs with"
    )]
    Behind {
        /// Theirs.
        version: i64,
        /// Ours.
        newest: i64,
    },
    /// The tables are newer than this program.
    #[error(
        "the tables are of version {version}, this program knows them up to {newest}: use the program that the bot runs with"
    )]
    Newer {
        /// Theirs.
        version: i64,
        /// Ours.
        newest: i64,
    },
    /// There is something in the database that was to be filled.
    #[error(
        "the database at DATABASE_URL is not empty ({table} has rows), and nothing was changed: name a new one, or stop the bot that runs on it and move it away first (an SQLite database with its -wal and -shm files)"
    )]
    Filled {
        /// A table with rows.
        table: &'static str,
    },
    /// A row of a backup was not taken.
    #[error("a row of {table} was not taken by the database ({what})")]
    Refused {
        /// The table.
        table: &'static str,
        /// What the database said.
        what: String,
    },
    /// Something keeps writing with the old key.
    #[error(
        "something keeps writing values that are sealed with the old key: does an older version of baoxiu run on this database?"
    )]
    Unsettled,
    /// The key is missing, wrong or exposed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Something sealed does not open, or cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The SQLite file is no longer under its name.
    #[error(
        "the database file {} is gone: moved away or deleted while it is in use; nothing is taken on until it is back. Move it back with its -wal and -shm files; if it was deleted, stop the bot, restore the backup, and start again", .0.display()
    )]
    Vanished(PathBuf),
    /// The SQLite file's log is no longer under its name.
    #[error(
        "the file {} is gone, where the newest commits are: moved away or deleted while it is in use; nothing is taken on until it is back. Move it back; else end the bot with SIGTERM, never with kill -9: at its end it brings what the file held into the database", .0.display()
    )]
    LogVanished(PathBuf),
    /// Another file stands under the SQLite file's name.
    #[error(
        "another file stands where the database {} was; the program ends, so that nothing is written where nobody would find it. Put the right file there and start again; replace a database only while the bot is stopped", .0.display()
    )]
    Replaced(PathBuf),
    /// The database refused a statement or broke the connection.
    #[error("the database did not carry out a statement ({what})")]
    Database {
        /// Code and words of the database, or kind of fault.
        what: String,
        /// Whether trying again at once may help.
        transient: bool,
    },
    /// A row holds what no version of this program wrote.
    #[error("a value of {table}.{column} cannot be read; run the version of baoxiu that wrote it, or restore a backup")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The program's own fault while it wrote.
    #[error("writing broke off inside the program; it is tried again")]
    Broken,
    /// A row that must be there is not.
    #[error(
        "a row of {table} is gone that was there a moment ago; if this goes on, check that nothing else writes to the database"
    )]
    Gone {
        /// The table.
        table: &'static str,
    },
}

impl StoreError {
    /// Whether trying again at once may help: a deadlock or a lock that was waited for too long.
    pub fn is_transient(&self) -> bool {
        matches!(self, StoreError::Database { transient: true, .. })
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        StoreError::Database { transient: transient(&error), what: describe(&error) }
    }
}

/// Words for a fault. Only what the database itself says about a statement is passed on: the driver's
/// texts on decoding quote the value.
pub(super) fn describe(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(e) => match e.code() {
            Some(code) => format!("{}, code {code}: {}", e.message(), advice(&code)),
            None => e.message().to_owned(),
        },
        sqlx::Error::Io(e) => format!("connection: {}: the server went away, or cannot be reached", e.kind()),
        sqlx::Error::Tls(_) => "encrypted connection failed".to_owned(),
        sqlx::Error::PoolTimedOut => {
            "no connection in time: the server cannot be reached, or everything waits for a lock".to_owned()
        }
        sqlx::Error::WorkerCrashed => "the connection to the file broke; a new one is made".to_owned(),
        sqlx::Error::InvalidSavePointStatement | sqlx::Error::BeginFailed => {
            "the database ended a transaction by itself, as it does when the disk is full: make room on the disk".to_owned()
        }
        sqlx::Error::PoolClosed => "the program is shutting down".to_owned(),
        sqlx::Error::RowNotFound => "no row".to_owned(),
        sqlx::Error::ColumnDecode { index, .. } => format!("column {index} has an unexpected type"),
        sqlx::Error::ColumnNotFound(name) => format!("column {name} is missing"),
        sqlx::Error::Configuration(_) => "the address is not understood".to_owned(),
        _ => "the driver failed".to_owned(),
    }
}

/// What to do about a code: SQLite's (extended ones carry the plain one in their last eight bits), or PostgreSQL's.
fn advice(code: &str) -> &'static str {
    let sqlite = (code.len() < 5).then(|| code.parse::<u32>().ok()).flatten().map(|code| code & 0xff);
    match (sqlite, code) {
        (Some(5 | 6), _) => "another program holds the file; end what is open beside the bot",
        (Some(8), _) => "the file or its disk cannot be written; look at its owner, its mode and how the disk is mounted",
        (Some(10), _) => "the disk refuses or is read-only; look at the system's log (dmesg), and have a backup at hand",
        (Some(11 | 26), _) => "the file is damaged; stop the bot, keep the file, and restore a backup",
        (Some(13), _) | (_, "53100") => "make room on the disk of the database",
        (Some(14), _) => {
            "the file or one beside it cannot be opened or made; look at the folder's owner and mode, and how the disk is mounted"
        }
        (_, "25006") => "the server takes no writes; DATABASE_URL must name the primary, and its disk must not be full",
        (_, "28000" | "28P01") => "the server refuses the name or the password in DATABASE_URL",
        (_, "3D000") => "make that database, or name another one in DATABASE_URL",
        (_, "53300") => "the server has no connections left; raise max_connections, or end what else uses it",
        (_, "57P01" | "57P02" | "57P03") => "the server stops or starts",
        _ => "if this goes on, look at the database's own log",
    }
}

/// SQLite: busy, locked, busy snapshot. PostgreSQL: serialisation failure, deadlock, lock not available; the connection was
/// lost, and another one may be had: whatever the lost one has committed is known when it is tried again.
fn transient(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|e| e.code());
    let lost = matches!(error, sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed);
    lost || matches!(code.as_deref(), Some("40001" | "40P01" | "55P03" | "5" | "6" | "517" | "57P01" | "57P02" | "57P03"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_what_to_do() {
        assert_eq!(advice("13"), advice("53100"));
        for (code, word) in [("778", "disk"), ("1032", "cannot be written"), ("5", "another program"), ("57P01", "server")] {
            assert!(advice(code).contains(word), "{code}: {}", advice(code));
        }
        assert!(advice("23505").contains("own log"));
    }
}
