//! The history of tickets: written once, never changed.
use sqlx::{AnyConnection, Row};

use super::StoreError;
use crate::desk::ticket::Event;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

const TABLE: &str = "ticket_event";

const NEXT: &str = "SELECT COALESCE(MAX(n), 0) + 1 FROM ticket_event WHERE ticket = $1";
const INSERT: &str = "INSERT INTO ticket_event (ticket, n, at, who, what, note) VALUES ($1, $2, $3, $4, $5, $6)";
const LIST: &str = "SELECT n, at, who, what, note FROM ticket_event WHERE ticket = $1 ORDER BY n";

/// Every statement of this file.
pub const ALL: &[&str] = &[NEXT, INSERT, LIST];

/// Adds a line to a ticket's history. The ticket must be locked, or two lines could want one place.
pub async fn append(conn: &mut AnyConnection, sealer: &Sealer, event: &Event, at: Millis) -> Result<(), StoreError> {
    let n: i64 = sqlx::query(NEXT).bind(event.ticket).fetch_one(&mut *conn).await?.try_get(0)?;
    let note = match event.note.as_str() {
        "" => None,
        note => Some(sealer.seal(TABLE, "note", &row(event.ticket, n), note.as_bytes())?),
    };
    sqlx::query(INSERT)
        .bind(event.ticket)
        .bind(n)
        .bind(at)
        .bind(event.who)
        .bind(event.what.as_str())
        .bind(note)
        .execute(conn)
        .await?;
    Ok(())
}

/// A ticket's history, oldest line first, each with its time.
pub async fn list(conn: &mut AnyConnection, sealer: &Sealer, ticket: i64) -> Result<Vec<(Millis, Event)>, StoreError> {
    let mut out = Vec::new();
    for r in sqlx::query(LIST).bind(ticket).fetch_all(conn).await? {
        let note = match r.try_get::<Option<Vec<u8>>, _>(4)? {
            None => String::new(),
            Some(sealed) => String::from_utf8(sealer.open(TABLE, "note", &row(ticket, r.try_get(0)?), &sealed)?)
                .map_err(|_| StoreError::Unreadable { table: TABLE, column: "note" })?,
        };
        out.push((r.try_get(1)?, Event { ticket, who: r.try_get(2)?, what: r.try_get(3)?, note }));
    }
    Ok(out)
}

fn row(ticket: i64, n: i64) -> String {
    format!("{ticket}:{n}")
}
