//! Finds what may no longer be kept, and takes away what needs no decision. In small steps: each is a transaction of its own,
//! and none holds SQLite's write lock longer than some milliseconds.
//!
//! After a mass deletion SQLite's file does not shrink: its free pages are used again by what comes later, and `VACUUM` would lock
//! out the bot for as long as it takes to copy everything. PostgreSQL's autovacuum does the same for its tables.
use sqlx::{AnyConnection, Row};

use super::unit::{Unit, values};
use super::{StoreError, Write, parked, session};
use crate::desk::keep::Blanked;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

// `updated` is when a ticket last moved: those that are over, and not blanked so far.
const TICKETS: &str = "SELECT number, updated FROM ticket WHERE blanked = $1 AND updated <= $2 AND trial = 0 \
     AND status IN ('done', 'closed', 'cancelled') AND (updated > $3 OR (updated = $3 AND number > $4)) \
     ORDER BY updated, number LIMIT $5";
// Read through by key: an index by time would cost something at every step of every customer.
const SESSIONS: &str = "SELECT bot, chat, person, topic, updated FROM session \
     WHERE (bot, chat, person, topic) > ($1, $2, $3, $4) ORDER BY bot, chat, person, topic LIMIT $5";
const UPDATES: &str =
    "SELECT bot, update_id, at FROM seen_update WHERE (bot, update_id) > ($1, $2) ORDER BY bot, update_id LIMIT $3";
const FORGET_UPDATES: &str =
    "DELETE FROM seen_update WHERE (bot, update_id) > ($1, $2) AND (bot, update_id) <= ($3, $4) AND at < $5";
const PARKED: &str = "SELECT id FROM task WHERE parked < $1 AND kind <> 'dropped' ORDER BY parked, id LIMIT $2";
const FORGET_DROPPED: &str = "DELETE FROM task WHERE id IN \
     (SELECT id FROM task WHERE parked < $1 AND kind = 'dropped' ORDER BY parked, id LIMIT $2)";
const FORGET_CARDS: &str =
    "DELETE FROM card WHERE ticket = $1 AND role IN ('customer', 'crew', 'desk', 'technician', 'media', 'location')";
const CARDS_FORGOTTEN: &str = "UPDATE ticket SET blanked = 4 WHERE number = $1 AND blanked = 3";

/// Every statement of this file.
pub const ALL: &[&str] = &[TICKETS, SESSIONS, UPDATES, FORGET_UPDATES, PARKED, FORGET_DROPPED, FORGET_CARDS, CARDS_FORGOTTEN];

/// What an operator reads in place of an input that was parked for too long.
const TOO_OLD: &str = "older than contacts are kept";

/// How far one has read: the last row's time and number.
pub type After = (Millis, i64);

/// Tickets that are over, are blanked just so far, and last moved at `before` or earlier, behind `after`: oldest first.
pub async fn tickets(
    conn: &mut AnyConnection,
    blanked: Blanked,
    before: Millis,
    after: After,
    limit: i64,
) -> Result<Vec<After>, StoreError> {
    let query = sqlx::query(TICKETS).bind(blanked.level()).bind(before).bind(after.0).bind(after.1).bind(limit);
    let rows = query.fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(1)?, row.try_get(0)?))).collect()
}

/// The next sessions behind `after`, and which of them were last written at `before` or earlier.
pub async fn sessions(
    conn: &mut AnyConnection,
    after: session::Key,
    before: Millis,
    limit: i64,
) -> Result<(Option<session::Key>, Vec<session::Key>), StoreError> {
    let query = sqlx::query(SESSIONS).bind(after.bot).bind(after.chat).bind(after.person).bind(after.topic).bind(limit);
    let (mut last, mut old) = (None, Vec::new());
    for row in query.fetch_all(conn).await? {
        let key = session::Key { bot: row.try_get(0)?, chat: row.try_get(1)?, person: row.try_get(2)?, topic: row.try_get(3)? };
        let updated: i64 = row.try_get(4)?;
        old.extend((updated != session::BLANKED && updated <= before).then_some(key));
        last = Some(key);
    }
    Ok((last, old))
}

/// What is to be written down; a step each.
#[derive(Clone, Debug)]
pub enum Sweep {
    /// Leaves of these conversations what holds nothing personal, unless they were written after this moment.
    Sessions(Vec<session::Key>, Millis),
    /// Forgets updates between these two (bot, id), the first left out, that came before this moment.
    Updates((i64, i64), (i64, i64), Millis),
    /// Drops these parked inputs, as of this moment.
    Parked(Vec<i64>, Millis),
    /// Forgets inputs that were dropped before this moment, at most so many.
    Dropped(Millis, i64),
    /// Forgets which messages show these tickets.
    Cards(Vec<i64>),
}

/// A [`Sweep`] on its way into the database; gives how many rows it changed, as far as is known.
pub struct Sweeping {
    /// What.
    pub sweep: Sweep,
    /// Opens and seals sessions.
    pub sealer: Sealer,
}

impl Write for Sweeping {
    type Out = u64;
    type Error = StoreError;

    async fn write(&self, unit: &mut Unit<'_>) -> Result<u64, StoreError> {
        let mut changed = 0;
        match &self.sweep {
            Sweep::Sessions(keys, before) => {
                for key in keys {
                    changed += u64::from(session::blank(unit, &self.sealer, *key, *before).await?);
                }
            }
            Sweep::Updates(after, last, before) => {
                let query = sqlx::query(FORGET_UPDATES).bind(after.0).bind(after.1).bind(last.0).bind(last.1).bind(*before);
                changed = query.execute(unit.writes().await?).await?.rows_affected();
            }
            Sweep::Parked(ids, now) => {
                for id in ids {
                    changed += u64::from(parked::drop(unit.writes().await?, &self.sealer, *id, TOO_OLD, *now).await?);
                }
            }
            Sweep::Dropped(before, limit) => {
                let query = sqlx::query(FORGET_DROPPED).bind(*before).bind(*limit);
                changed = query.execute(unit.writes().await?).await?.rows_affected();
            }
            Sweep::Cards(tickets) => {
                for ticket in tickets {
                    changed += sqlx::query(FORGET_CARDS).bind(*ticket).execute(unit.writes().await?).await?.rows_affected();
                    unit.put(CARDS_FORGOTTEN, values![*ticket]).await?;
                }
            }
        }
        Ok(changed)
    }
}

/// The last of the next updates behind `after`, and how many of them came before `before`.
pub async fn updates(
    conn: &mut AnyConnection,
    after: (i64, i64),
    before: Millis,
    limit: i64,
) -> Result<Option<((i64, i64), usize)>, StoreError> {
    let rows = sqlx::query(UPDATES).bind(after.0).bind(after.1).bind(limit).fetch_all(conn).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    let old = rows.iter().map(|row| row.try_get::<i64, _>(2)).filter(|at| at.as_ref().is_ok_and(|at| *at < before));
    Ok(Some(((last.try_get(0)?, last.try_get(1)?), old.count())))
}

/// Inputs that were parked before `before`, the first ones first.
pub async fn parked(conn: &mut AnyConnection, before: Millis, limit: i64) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(PARKED).bind(before).bind(limit).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}
