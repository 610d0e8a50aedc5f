//! Whether the database can be read and written, and how much waits in it.
use sqlx::{AnyConnection, Row};

use super::{Db, StoreError};
use crate::vocabulary::input::Millis;

// A row of its own, so that nobody waits for it.
const TOUCH: &str = "INSERT INTO meta (name, value) VALUES ('probe', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const OUTBOX: &str = "SELECT COUNT(*), MIN(created) FROM outbox WHERE priority = $1";
const PARKED: &str = "SELECT COUNT(*) FROM task WHERE parked IS NOT NULL AND kind <> 'dropped'";
const TICKETS: &str = "SELECT COUNT(*), COUNT(CASE WHEN status = 'open' THEN 1 END) FROM ticket \
     WHERE trial = 0 AND status IN ('open', 'claimed')";

/// Every statement of this file.
pub const ALL: &[&str] = &[TOUCH, OUTBOX, PARKED, TICKETS];

/// What waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Messages owed, and when the oldest was: replies, desk, notices.
    pub outbox: [(i64, Option<Millis>); 3],
    /// Inputs that failed for the last time.
    pub parked: i64,
    /// Tickets that are not over, tests left out.
    pub open: i64,
    /// Of these, the ones that nobody has claimed.
    pub unclaimed: i64,
}

/// Writes a row and commits it, then reads through the connections that read.
///
/// # Errors
/// Why the database cannot be written or read.
pub async fn probe(db: &Db, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    sqlx::query(TOUCH).bind(now.to_string()).execute(&mut *tx).await?;
    db.commit(tx).await?;
    sqlx::query(PARKED).fetch_one(&mut *db.read().await?).await?;
    Ok(())
}

/// Counts what waits.
pub async fn waiting(conn: &mut AnyConnection) -> Result<Waiting, StoreError> {
    let mut outbox = [(0, None); 3];
    for (priority, place) in (0_i64..).zip(&mut outbox) {
        let row = sqlx::query(OUTBOX).bind(priority).fetch_one(&mut *conn).await?;
        *place = (row.try_get(0)?, row.try_get(1)?);
    }
    let parked = sqlx::query(PARKED).fetch_one(&mut *conn).await?.try_get(0)?;
    let tickets = sqlx::query(TICKETS).fetch_one(conn).await?;
    Ok(Waiting { outbox, parked, open: tickets.try_get(0)?, unclaimed: tickets.try_get(1)? })
}
