//! The history of tickets: written once, never changed but for words that may no longer be kept.
use std::collections::BTreeSet;

use sqlx::{AnyConnection, Row};

use super::unit::{Unit, values};
use super::{StoreError, person};
use crate::core::scene::History;
use crate::desk::ticket::Event;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

const TABLE: &str = "ticket_event";

const NEXT: &str = "SELECT COALESCE(MAX(n), 0) + 1 FROM ticket_event WHERE ticket = $1";
const INSERT: &str = "INSERT INTO ticket_event (ticket, n, at, who, what, note) VALUES ($1, $2, $3, $4, $5, $6)";
const APPEND: &str = "INSERT INTO ticket_event (ticket, n, at, who, what) VALUES ($1, \
     (SELECT COALESCE(MAX(n), 0) + 1 FROM ticket_event WHERE ticket = $1), $2, $3, $4)";
const LIST: &str = "SELECT n, at, who, what, note FROM ticket_event WHERE ticket = $1 ORDER BY n DESC LIMIT $2";
const HAD: &str = "SELECT COUNT(*) FROM ticket_event WHERE ticket = $1 AND who = $2 AND what = 'claimed'";

const RELEASES: &str = "SELECT at FROM ticket_event WHERE what = 'released' AND at > $2 AND who = $1 ORDER BY at";
const CONTESTED: &str = "SELECT COUNT(*) FROM ticket_event WHERE ticket = $1 AND what = 'not_fixed'";
// The other notes name crews, questions and stages, which are nobody's words.
const FORGET: &str = "UPDATE ticket_event SET note = NULL WHERE ticket = $1 AND note IS NOT NULL AND what NOT IN ('handed', 'assigned', 'corrected', 'stage', 'ticked')";

/// Every statement of this file.
pub const ALL: &[&str] = &[NEXT, INSERT, APPEND, LIST, HAD, RELEASES, CONTESTED, FORGET];

/// Adds a line to a ticket's history. The ticket must be locked, or two lines could want one place.
pub async fn append(unit: &mut Unit<'_>, sealer: &Sealer, event: &Event, at: Millis) -> Result<(), StoreError> {
    if event.note.is_empty() {
        unit.put_named(APPEND, 1, values![event.ticket, at, event.who, event.what.as_str()]).await?;
        return Ok(());
    }
    // The note is sealed for its place.
    let n: i64 = sqlx::query(NEXT).bind(event.ticket).fetch_one(unit.reads().await?).await?.try_get(0)?;
    let note = sealer.seal(TABLE, "note", &row(event.ticket, n), event.note.as_bytes())?;
    unit.put_named(INSERT, 1, values![event.ticket, n, at, event.who, event.what.as_str(), note]).await?;
    Ok(())
}

/// The newest `most` lines of a ticket's history, with the names of those in it, for the person `reader`.
pub async fn history(
    conn: &mut AnyConnection,
    sealer: &Sealer,
    ticket: i64,
    reader: i64,
    most: i64,
) -> Result<History, StoreError> {
    let had = sqlx::query(HAD).bind(ticket).bind(reader).fetch_one(&mut *conn).await?.try_get::<i64, _>(0)? > 0;
    let mut out = History { had, ..History::default() };
    for r in sqlx::query(LIST).bind(ticket).bind(most).fetch_all(&mut *conn).await?.iter().rev() {
        if out.lines.is_empty() {
            // Lines are numbered without gaps, from one.
            out.earlier = r.try_get::<i64, _>(0)? - 1;
        }
        let note = match r.try_get::<Option<Vec<u8>>, _>(4)? {
            None => String::new(),
            Some(sealed) => String::from_utf8(sealer.open(TABLE, "note", &row(ticket, r.try_get(0)?), &sealed)?)
                .map_err(|_| StoreError::Unreadable { table: TABLE, column: "note" })?,
        };
        out.lines.push((r.try_get(1)?, Event { ticket, who: r.try_get(2)?, what: r.try_get(3)?, note }));
    }
    let who: BTreeSet<i64> = out.lines.iter().map(|(_, event)| event.who).filter(|who| *who != 0).collect();
    for id in who {
        out.names.extend(person::working_name(conn, sealer, id).await?.map(|name| (id, name)));
    }
    Ok(out)
}

/// When a technician gave jobs back after the moment `since`, ascending.
pub async fn releases(conn: &mut AnyConnection, who: i64, since: Millis) -> Result<Vec<Millis>, StoreError> {
    let rows = sqlx::query(RELEASES).bind(who).bind(since).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// Whether the customer once said "not fixed".
pub async fn contested(conn: &mut AnyConnection, ticket: i64) -> Result<bool, StoreError> {
    Ok(sqlx::query(CONTESTED).bind(ticket).fetch_one(conn).await?.try_get::<i64, _>(0)? > 0)
}

/// Takes people's own words out of a ticket's history; what happened when stays.
pub async fn forget_words(unit: &mut Unit<'_>, ticket: i64) -> Result<(), StoreError> {
    unit.put(FORGET, values![ticket]).await?;
    Ok(())
}

fn row(ticket: i64, n: i64) -> String {
    format!("{ticket}:{n}")
}
