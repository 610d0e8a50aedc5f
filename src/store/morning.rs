//! What the morning list is made of. Nothing is locked.
use std::collections::BTreeSet;

use sqlx::{AnyConnection, Row};

use super::{StoreError, ticket};
use crate::core::scene::Morning;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

/// Most tickets that are looked at, the most urgent ones: more than a desk can act on in a morning.
pub const MOST: i64 = 300;

const COUNT: &str = "SELECT COUNT(*) FROM ticket WHERE status IN ('open', 'claimed') AND trial = 0";
const NUMBERS: &str = "SELECT number FROM ticket WHERE status IN ('open', 'claimed') AND trial = 0 \
     ORDER BY danger DESC, CASE WHEN promise IS NULL THEN 1 ELSE 0 END, promise, updated, number LIMIT $1";
const STOPPED: &str = "SELECT ticket.number FROM ticket JOIN person ON person.id = ticket.customer \
     WHERE ticket.status IN ('open', 'claimed') AND ticket.trial = 0 AND person.reachable = 0";
const OVERDUE: &str = "SELECT COUNT(DISTINCT ticket) FROM ticket_event WHERE what = 'overdue' AND at >= $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[COUNT, NUMBERS, STOPPED, OVERDUE];

/// Reads what is open; `since`: from when broken promises are counted.
pub async fn read(conn: &mut AnyConnection, sealer: &Sealer, since: Millis) -> Result<Morning, StoreError> {
    let total: i64 = sqlx::query(COUNT).fetch_one(&mut *conn).await?.try_get(0)?;
    let mut tickets = Vec::new();
    for row in sqlx::query(NUMBERS).bind(MOST).fetch_all(&mut *conn).await? {
        tickets.extend(ticket::read(&mut *conn, sealer, row.try_get(0)?).await?);
    }
    let rows = sqlx::query(STOPPED).fetch_all(&mut *conn).await?;
    let stopped = rows.iter().map(|row| row.try_get(0)).collect::<Result<BTreeSet<i64>, _>>()?;
    let overdue = sqlx::query(OVERDUE).bind(since).fetch_one(conn).await?.try_get(0)?;
    Ok(Morning { total, tickets, stopped, overdue })
}
