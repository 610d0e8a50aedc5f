//! Everything that the database holds at one moment, read beside a bot that goes on writing. Nothing is opened: the key is not
//! needed.
use sqlx::AnyConnection;

use super::tables::{TABLES, Table};
use super::unit::Value;
use super::{Backend, StoreError, existing, meta};

/// Rows read at a time: memory stays flat, whatever the size of the database.
const PAGE: i64 = 500;

/// One moment of the database. A long one keeps SQLite's journal from being folded back and PostgreSQL from clearing up;
/// nobody waits for it.
#[derive(Debug)]
pub struct Snapshot {
    conn: AnyConnection,
}

impl Snapshot {
    /// Takes one.
    ///
    /// # Errors
    /// As [`super::Db::open_existing`], the key left out.
    pub async fn take(address: &str) -> Result<Snapshot, StoreError> {
        let (mut conn, backend) = existing::connect(address).await?;
        existing::check_version(existing::version(&mut conn).await?)?;
        let begin = match backend {
            Backend::Sqlite => "BEGIN",
            Backend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        sqlx::query(begin).execute(&mut conn).await?;
        // The moment is that of the first statement; the tables may have changed since they were looked at.
        existing::check_version(existing::version(&mut conn).await?)?;
        Ok(Snapshot { conn })
    }

    /// Fingerprints of the keys that it is sealed with: while a key is being changed there are two.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keys(&mut self) -> Result<Vec<String>, StoreError> {
        meta::keys(&mut self.conn).await
    }

    /// How many rows each table has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counts(&mut self) -> Result<Vec<(&'static Table, i64)>, StoreError> {
        let mut counts = Vec::new();
        for table in TABLES {
            counts.push((table, table.count(&mut self.conn).await?));
        }
        Ok(counts)
    }

    /// Some rows of a table, behind the last one that was read before; none: that was all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows(&mut self, table: &Table, after: Option<&[Value]>) -> Result<Vec<Vec<Value>>, StoreError> {
        table.page(&mut self.conn, after, PAGE).await
    }
}
