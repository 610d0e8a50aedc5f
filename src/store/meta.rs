//! One value per name, and counters that hand out ids.
use sqlx::{AnyConnection, Row};

use super::StoreError;
use super::unit::{Unit, values};

/// Fingerprint of the key that the database is sealed with.
pub const KEY: &str = "key";
/// Fingerprint of the key that it was sealed with before, while not everything is sealed anew.
pub const KEY_BEFORE: &str = "key_before";
/// Counts changes of the areas served; there is none before they were first filled in.
pub const SERVED: &str = "served";
/// Counts changes of everything that is kept in memory, see [`super::known`].
pub const KNOWN: &str = "known";
/// The hotline that an admin has set.
pub const HOTLINE: &str = "hotline";
/// There where crews are asked one after another.
pub const TURNS: &str = "turns";
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
pub(super) const SET: &str = "UPDATE counter SET value = $2 WHERE name = $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[READ, WRITE, WRITE_ONCE, COUNT, FORGET, TAKE, SET];

/// Counters. A transaction that takes from several takes in this order, or two could wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// All of them.
    pub const ALL: [Counter; 6] =
        [Counter::Admin, Counter::Ticket, Counter::Crew, Counter::Notice, Counter::Task, Counter::Outbox];

    /// What its row is called.
    pub(super) fn name(self) -> &'static str {
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

/// Fingerprints of the keys that the database is sealed with: the one that seals, and the one before while it is being changed.
pub async fn keys(conn: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let mut keys = Vec::new();
    for name in [KEY, KEY_BEFORE] {
        keys.extend(read(conn, name).await?);
    }
    Ok(keys)
}

/// Writes the value under a name.
pub async fn write(unit: &mut Unit<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    unit.put(WRITE, values![name, value]).await?;
    Ok(())
}

/// Writes the value unless there is one; gives the one that stands there then.
pub async fn write_once(conn: &mut AnyConnection, name: &str, value: &str) -> Result<String, StoreError> {
    sqlx::query(WRITE_ONCE).bind(name).bind(value).execute(&mut *conn).await?;
    read(conn, name).await?.ok_or(StoreError::Gone { table: "meta" })
}

/// Counts the number under a name up by one.
pub async fn count(unit: &mut Unit<'_>, name: &str) -> Result<(), StoreError> {
    unit.put(COUNT, values![name]).await?;
    Ok(())
}

/// Forgets the value under a name.
pub async fn forget(unit: &mut Unit<'_>, name: &str) -> Result<(), StoreError> {
    unit.put(FORGET, values![name]).await?;
    Ok(())
}

/// Takes the next id. The counter stays locked until the commit, so ids become visible in order.
pub async fn next(unit: &mut Unit<'_>, counter: Counter) -> Result<i64, StoreError> {
    take(unit, counter, 1).await
}

/// Takes `n` ids at once and gives the first.
pub async fn take(unit: &mut Unit<'_>, counter: Counter, n: i64) -> Result<i64, StoreError> {
    if let Some(last) = unit.ahead().and_then(|ahead| ahead.count(counter, n)) {
        return Ok(last - n + 1);
    }
    let row = sqlx::query(TAKE).bind(counter.name()).bind(n).fetch_optional(unit.writes().await?).await?;
    let last: i64 = row.ok_or(StoreError::Gone { table: "counter" })?.try_get(0)?;
    Ok(last - n + 1)
}
