//! What figures are made of: counts, and how the tickets of the last days were answered.
use sqlx::{AnyConnection, Row};

use super::StoreError;
use crate::desk::figures::{Answered, Counts, Ledger};
use crate::vocabulary::input::Millis;

/// Most tickets whose answer is looked at, the newest ones: 2,800 a day. Bounds memory, whatever the database holds.
pub const MOST: i64 = 20_000;

/// Which tickets count: the one place that says so.
macro_rules! counted {
    ($rest:literal) => {
        concat!("WITH counted AS (SELECT number, status, created, promise FROM ticket WHERE trial = 0) ", $rest)
    };
}

const OPEN: &str =
    counted!("SELECT COUNT(*), COUNT(CASE WHEN status = 'open' THEN 1 END) FROM counted WHERE status IN ('open', 'claimed')");
const NEW: &str = counted!("SELECT COUNT(*) FROM counted WHERE created >= $1");
// A ticket that was opened again is not over, whatever its history says.
const ENDED: &str = counted!(
    "SELECT COUNT(DISTINCT e.ticket), COUNT(DISTINCT CASE WHEN c.status = 'cancelled' THEN e.ticket END) \
     FROM ticket_event e JOIN counted c ON c.number = e.ticket \
     WHERE e.what IN ('done', 'closed', 'cancelled') AND e.at >= $1 AND c.status NOT IN ('open', 'claimed')"
);
const TICKETS: &str = counted!(
    "SELECT created, promise, status, \
     (SELECT MIN(e.at) FROM ticket_event e WHERE e.ticket = counted.number AND e.what IN ('claimed', 'assigned')), \
     (SELECT MIN(e.at) FROM ticket_event e WHERE e.ticket = counted.number AND e.what = 'contacted'), \
     (SELECT COUNT(*) FROM ticket_event e WHERE e.ticket = counted.number AND e.what = 'overdue') \
     FROM counted WHERE created >= $1 ORDER BY created DESC, number DESC LIMIT $2"
);

/// Every statement of this file.
pub const ALL: &[&str] = &[OPEN, NEW, ENDED, TICKETS];

/// Reads the ledger; `today` and `week` are when these began.
pub async fn read(conn: &mut AnyConnection, today: Millis, week: Millis) -> Result<Ledger, StoreError> {
    let now = sqlx::query(OPEN).fetch_one(&mut *conn).await?;
    let (open, unclaimed) = (now.try_get(0)?, now.try_get(1)?);
    let (today, since) = (counts(conn, today).await?, counts(conn, week).await?);
    let mut tickets = Vec::new();
    for row in sqlx::query(TICKETS).bind(week).bind(MOST).fetch_all(conn).await? {
        tickets.push(Answered {
            created: row.try_get(0)?,
            promise: row.try_get(1)?,
            waits: row.try_get::<String, _>(2)? == "open",
            claimed: row.try_get(3)?,
            contacted: row.try_get(4)?,
            overdue: row.try_get::<i64, _>(5)? != 0,
        });
    }
    Ok(Ledger { open, unclaimed, today, week: since, tickets })
}

async fn counts(conn: &mut AnyConnection, from: Millis) -> Result<Counts, StoreError> {
    let new = sqlx::query(NEW).bind(from).fetch_one(&mut *conn).await?.try_get(0)?;
    let ended = sqlx::query(ENDED).bind(from).fetch_one(conn).await?;
    Ok(Counts { new, ended: ended.try_get(0)?, cancelled: ended.try_get(1)? })
}
