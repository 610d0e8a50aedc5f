//! Opens a database for a tool that works beside the bot: nothing is made and no table is changed.
use sqlx::{AnyConnection, Connection, Row};

use super::open::{MIGRATIONS, assert_sqlite};
use super::url::{self, Target};
use super::{Backend, Db, StoreError, error};
use crate::seal::key::KeyFile;

const VERSION: &str = "SELECT CAST(MAX(version) AS BIGINT) FROM _sqlx_migrations";

/// Every statement of this file.
pub const ALL: &[&str] = &[VERSION];

/// Version of the tables that this program works with.
pub fn newest() -> i64 {
    MIGRATIONS.iter().map(|(version, _, _)| *version).max().unwrap_or_default()
}

impl Db {
    /// As [`Db::open`], but refuses a database that is not there or whose tables are of another version: a tool must not
    /// bring tables up to date under a bot that runs.
    ///
    /// # Errors
    /// As [`Db::open`]; [`StoreError::Absent`], [`StoreError::Behind`], [`StoreError::Newer`].
    pub async fn open_existing(address: &str, key: &KeyFile) -> Result<Db, StoreError> {
        let (mut conn, _) = connect(address).await?;
        check_version(version(&mut conn).await?)?;
        // It is closed whatever the answer.
        let _ = conn.close().await;
        Db::open(address, key).await
    }
}

/// One connection to a database that is there, whatever its tables.
pub(super) async fn connect(address: &str) -> Result<(AnyConnection, Backend), StoreError> {
    sqlx::any::install_default_drivers();
    let (address, backend) = match url::parse(address)? {
        Target::Sqlite(path) => {
            let address = url::sqlite(&path)?;
            if !path.exists() {
                return Err(StoreError::Absent);
            }
            (address, Backend::Sqlite)
        }
        Target::Postgres(address) => (address, Backend::Postgres),
    };
    let opened = AnyConnection::connect(&address).await;
    let mut conn = opened.map_err(|reason| StoreError::Open(error::describe(&reason)))?;
    if backend == Backend::Sqlite {
        assert_sqlite(&mut conn).await?;
        sqlx::query("PRAGMA busy_timeout = 5000").execute(&mut conn).await?;
    }
    Ok((conn, backend))
}

/// Version of its tables; `None`: it has none of ours.
pub(super) async fn version(conn: &mut AnyConnection) -> Result<Option<i64>, StoreError> {
    match sqlx::query(VERSION).fetch_one(conn).await {
        Ok(row) => Ok(row.try_get(0)?),
        // PostgreSQL: undefined table. SQLite has one code for all errors of a statement.
        Err(sqlx::Error::Database(e)) if e.code().as_deref() == Some("42P01") || e.message().contains("no such table") => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether this program may work with tables of that version.
pub(super) fn check_version(version: Option<i64>) -> Result<(), StoreError> {
    match version {
        None => Err(StoreError::Absent),
        Some(version) if version < newest() => Err(StoreError::Behind { version, newest: newest() }),
        Some(version) if version > newest() => Err(StoreError::Newer { version, newest: newest() }),
        Some(_) => Ok(()),
    }
}
