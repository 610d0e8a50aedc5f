//! One value per name, and counters that hand out ids.
use sqlx::{AnyConnection, Row};

use super::StoreError;

/// Fingerprint of the key that the database is sealed with.
pub const KEY: &str = "key";
/// Counts changes of what is kept in memory: areas served, hotline, progress of the guide.
pub const SERVED: &str = "served";
/// The hotline that an admin has set.
pub const HOTLINE: &str = "hotline";
/// Settled parts of the guide, with spaces between.
pub const GUIDE: &str = "guide";

const READ: &str = "SELECT value FROM meta WHERE name = $1";
const WRITE: &str = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const WRITE_ONCE: &str = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
// In one statement: of two programs that count at once each counts.
const COUNT: &str = "INSERT INTO meta (name, value) VALUES ($1, '1') ON CONFLICT (name) DO UPDATE SET \
     value = CAST(CAST(meta.value AS BIGINT) + 1 AS TEXT)";
const FORGET: &str = "DELETE FROM meta WHERE name = $1";
const TAKE: &str = "UPDATE counter SET value = value + $2 WHERE name = $1 RETURNING value";

/// Every statement of this file.
pub const ALL: &[&str] = &[READ, WRITE, WRITE_ONCE, COUNT, FORGET, TAKE];

/// Counters. A transaction that takes from several takes in this order, or two could wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counter {
    /// Hands out nothing: locked by whoever makes or removes an admin.
    Admin,
    /// Ticket numbers.
    Ticket,
    /// Crew rows.
    Crew,
    /// Numbers of notices.
    Notice,
    /// Task rows.
    Task,
    /// Outbox rows.
    Outbox,
}

impl Counter {
    fn name(self) -> &'static str {
        match self {
            Counter::Admin => "admin",
            Counter::Ticket => "ticket",
            Counter::Crew => "crew",
            Counter::Notice => "notice",
            Counter::Task => "task",
            Counter::Outbox => "outbox",
        }
    }
}

/// The value under a name.
pub async fn read(conn: &mut AnyConnection, name: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(READ).bind(name).fetch_optional(conn).await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// Writes the value under a name.
pub async fn write(conn: &mut AnyConnection, name: &str, value: &str) -> Result<(), StoreError> {
    sqlx::query(WRITE).bind(name).bind(value).execute(conn).await?;
    Ok(())
}

/// Writes the value unless there is one; gives the one that stands there then.
pub async fn write_once(conn: &mut AnyConnection, name: &str, value: &str) -> Result<String, StoreError> {
    sqlx::query(WRITE_ONCE).bind(name).bind(value).execute(&mut *conn).await?;
    read(conn, name).await?.ok_or(StoreError::Gone { table: "meta" })
}

/// Counts the number under a name up by one.
pub async fn count(conn: &mut AnyConnection, name: &str) -> Result<(), StoreError> {
    sqlx::query(COUNT).bind(name).execute(conn).await?;
    Ok(())
}

/// Forgets the value under a name.
pub async fn forget(conn: &mut AnyConnection, name: &str) -> Result<(), StoreError> {
    sqlx::query(FORGET).bind(name).execute(conn).await?;
    Ok(())
}

/// Takes the next id. The counter stays locked until the commit, so ids become visible in order.
pub async fn next(conn: &mut AnyConnection, counter: Counter) -> Result<i64, StoreError> {
    take(conn, counter, 1).await
}

/// Takes `n` ids at once and gives the first.
pub async fn take(conn: &mut AnyConnection, counter: Counter, n: i64) -> Result<i64, StoreError> {
    let row = sqlx::query(TAKE).bind(counter.name()).bind(n).fetch_optional(conn).await?;
    let last: i64 = row.ok_or(StoreError::Gone { table: "counter" })?.try_get(0)?;
    Ok(last - n + 1)
}
