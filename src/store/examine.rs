//! What an operator's examination asks the database; no key is needed, nothing is changed.
use sqlx::{AnyConnection, Row};

use super::health::{self, Waiting};
use super::url::{self, Target};
use super::{Backend, StoreError, existing, meta};

const SQLITE_CHECK: &str = "PRAGMA quick_check(1)";
const SQLITE_VERSION: &str = "SELECT sqlite_version()";
const POSTGRES_VERSION: &str = "SELECT CAST(current_setting('server_version') AS TEXT)";
const GROUPS: &str = "SELECT id, chat, kind FROM crew WHERE active = 1 ORDER BY id";
const ADMINS: &str = "SELECT COUNT(*), COUNT(CASE WHEN reachable = 0 THEN 1 END) FROM person WHERE admin = 1";

/// Statements of this file that both databases are asked.
pub const ALL: &[&str] = &[GROUPS, ADMINS];

/// A connection to examine with.
#[derive(Debug)]
pub struct Examined {
    conn: AnyConnection,
    backend: Backend,
}

/// What is served, by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Bound groups in use: number, chat, and whether it is the desk.
    pub groups: Vec<(i64, i64, bool)>,
    /// Admins.
    pub admins: i64,
    /// Of these, the ones that the bot may not write to.
    pub unreachable: i64,
}

/// The file of an SQLite database; `None`: it is a server.
///
/// # Errors
/// When the address is not understood.
pub fn file(address: &str) -> Result<Option<std::path::PathBuf>, StoreError> {
    Ok(match url::parse(address)? {
        Target::Sqlite(path) => Some(path),
        Target::Postgres(_) => None,
    })
}

impl Examined {
    /// Connects.
    ///
    /// # Errors
    /// When there is none, or it cannot be reached.
    pub async fn connect(address: &str) -> Result<Examined, StoreError> {
        let (conn, backend) = existing::connect(address).await?;
        Ok(Examined { conn, backend })
    }

    /// What it is, with its version.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn product(&mut self) -> Result<String, StoreError> {
        let (name, sql) = match self.backend {
            Backend::Sqlite => ("SQLite", SQLITE_VERSION),
            Backend::Postgres => ("PostgreSQL", POSTGRES_VERSION),
        };
        let version: String = sqlx::query(sql).fetch_one(&mut self.conn).await?.try_get(0)?;
        Ok(format!("{name} {version}"))
    }

    /// The first damage of an SQLite file; `None`: it is sound, or it is a server, which looks after itself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn damage(&mut self) -> Result<Option<String>, StoreError> {
        if self.backend == Backend::Postgres {
            return Ok(None);
        }
        let said: String = sqlx::query(SQLITE_CHECK).fetch_one(&mut self.conn).await?.try_get(0)?;
        Ok(Some(said).filter(|said| said != "ok"))
    }

    /// Whether this program may work with its tables.
    ///
    /// # Errors
    /// Why not.
    pub async fn fits(&mut self) -> Result<(), StoreError> {
        existing::check_version(existing::version(&mut self.conn).await?)
    }

    /// Fingerprints of the keys that it is sealed with: the one that seals, and the one before while it is being changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keys(&mut self) -> Result<Vec<String>, StoreError> {
        meta::keys(&mut self.conn).await
    }

    /// What waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&mut self) -> Result<Waiting, StoreError> {
        health::waiting(&mut self.conn).await
    }

    /// Who serves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn staff(&mut self) -> Result<Staff, StoreError> {
        let mut staff = Staff::default();
        for row in sqlx::query(GROUPS).fetch_all(&mut self.conn).await? {
            staff.groups.push((row.try_get(0)?, row.try_get(1)?, row.try_get::<String, _>(2)? == "desk"));
        }
        let row = sqlx::query(ADMINS).fetch_one(&mut self.conn).await?;
        (staff.admins, staff.unreachable) = (row.try_get(0)?, row.try_get(1)?);
        Ok(staff)
    }
}
