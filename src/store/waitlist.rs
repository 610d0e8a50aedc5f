//! Open tickets of a crew, the most urgent first. Nothing is locked.
use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row};

use super::{StoreError, ticket};
use crate::core::data::DESK;
use crate::core::scene::Waitlist;
use crate::desk::board::SHOWN;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

/// The same of a crew's tickets and of those at the desk, which have none.
macro_rules! both {
    ($before:literal, $rest:literal) => {
        [
            concat!($before, "(crew = $1 OR number IN (SELECT ticket FROM ticket_offer WHERE crew = $1))", $rest),
            concat!($before, "crew IS NULL AND $1 = 0", $rest),
        ]
    };
}

const COUNT: [&str; 2] =
    both!("SELECT COUNT(*), COALESCE(MAX(updated), 0) FROM ticket WHERE ", " AND status = 'open' AND trial = 0");
// Dangers, then what is promised, the nearest moment first, then the rest as it came.
const PAGE: [&str; 2] = both!(
    "SELECT number FROM ticket WHERE ",
    " AND status = 'open' AND trial = 0 \
     ORDER BY danger DESC, CASE WHEN promise IS NULL THEN 1 ELSE 0 END, promise, created, number LIMIT $2 OFFSET $3"
);
const COUNTS: &str = "SELECT COALESCE(crew, 0), COUNT(*), COUNT(CASE WHEN promise <= $1 THEN 1 END) FROM ticket \
     WHERE status = 'open' AND trial = 0 GROUP BY COALESCE(crew, 0)";

/// Every statement of this file.
pub const ALL: &[&str] = &[COUNT[0], COUNT[1], PAGE[0], PAGE[1], COUNTS];

/// How many tickets wait for each crew that has any, and how many of them are past their promise.
pub async fn counts(conn: &mut AnyConnection, now: Millis) -> Result<BTreeMap<i64, (i64, i64)>, StoreError> {
    let rows = sqlx::query(COUNTS).bind(now).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| Ok((row.try_get(0)?, (row.try_get(1)?, row.try_get(2)?)))).collect::<Result<_, sqlx::Error>>()?)
}

/// A page of what waits for a crew; behind the last page, the last one.
pub async fn read(conn: &mut AnyConnection, sealer: &Sealer, crew: i64, page: i64) -> Result<Waitlist, StoreError> {
    let [count, page_of] = [COUNT, PAGE].map(|of| if crew == DESK { of[1] } else { of[0] });
    let row = sqlx::query(count).bind(crew).fetch_one(&mut *conn).await?;
    let (total, newest): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let last = (total - 1).max(0) / SHOWN;
    let rows = sqlx::query(page_of).bind(crew).bind(SHOWN).bind(page.clamp(0, last) * SHOWN).fetch_all(&mut *conn).await?;
    let mut tickets = Vec::with_capacity(rows.len());
    for row in rows {
        tickets.extend(ticket::read(&mut *conn, sealer, row.try_get(0)?).await?);
    }
    Ok(Waitlist { total, newest, tickets })
}
