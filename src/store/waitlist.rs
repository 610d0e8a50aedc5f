//! Open tickets of a crew, the most urgent first. Nothing is locked.
use sqlx::{AnyConnection, Row};

use super::{StoreError, ticket};
use crate::core::scene::Waitlist;
use crate::desk::board::SHOWN;
use crate::seal::Sealer;

const COUNT: &str = "SELECT COUNT(*), COALESCE(MAX(updated), 0) FROM ticket WHERE crew = $1 AND status = 'open' AND trial = 0";
// Dangers, then what is promised, the nearest moment first, then the rest as it came.
const PAGE: &str = "SELECT number FROM ticket WHERE crew = $1 AND status = 'open' AND trial = 0 \
     ORDER BY danger DESC, CASE WHEN promise IS NULL THEN 1 ELSE 0 END, promise, created, number LIMIT $2 OFFSET $3";

/// Every statement of this file.
pub const ALL: &[&str] = &[COUNT, PAGE];

/// A page of what waits for a crew; behind the last page, the last one.
pub async fn read(conn: &mut AnyConnection, sealer: &Sealer, crew: i64, page: i64) -> Result<Waitlist, StoreError> {
    let row = sqlx::query(COUNT).bind(crew).fetch_one(&mut *conn).await?;
    let (total, newest): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let last = (total - 1).max(0) / SHOWN;
    let rows = sqlx::query(PAGE).bind(crew).bind(SHOWN).bind(page.clamp(0, last) * SHOWN).fetch_all(&mut *conn).await?;
    let mut tickets = Vec::with_capacity(rows.len());
    for row in rows {
        tickets.extend(ticket::read(&mut *conn, sealer, row.try_get(0)?).await?);
    }
    Ok(Waitlist { total, newest, tickets })
}
