//! Messages owed to Telegram.
use sqlx::{AnyConnection, Row};

use super::StoreError;
use super::meta::{self, Counter};
use crate::render::outgoing::Outgoing;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::{CardRef, CardRole, Place, Priority};

const TABLE: &str = "outbox";

const INSERT: &str =
    "INSERT INTO outbox (id, chat, priority, created, due, tries, card, body) VALUES ($1, $2, $3, $4, $4, 0, $5, $6)";
// Without bodies: this list is read often, and only a few of its rows are sent at a time.
const WAITING: &str =
    "SELECT id, chat, priority, created, due, tries, card FROM outbox WHERE priority = $1 ORDER BY priority, id LIMIT $2";
const WAITING_NOTICES: &str = "SELECT id, chat, priority, created, due, tries, card FROM outbox \
     WHERE priority = 2 AND due <= $1 ORDER BY priority, id LIMIT $2";
const BODY: &str = "SELECT body, chat FROM outbox WHERE id = $1";
const DELETE: &str = "DELETE FROM outbox WHERE id = $1";
const DELAY: &str = "UPDATE outbox SET tries = $2, due = $3 WHERE id = $1";
const REWRITE: &str = "UPDATE outbox SET tries = 0, card = $2, body = $3 WHERE id = $1";
const READDRESS: &str = "UPDATE outbox SET chat = $2 WHERE chat = $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[INSERT, WAITING, WAITING_NOTICES, BODY, DELETE, DELAY, REWRITE, READDRESS];

/// A message that waits, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Row id; lower ones were owed earlier.
    pub id: i64,
    /// Telegram's chat id.
    pub chat: i64,
    /// Order of service.
    pub priority: Priority,
    /// When it was owed.
    pub created: Millis,
    /// Not before this moment.
    pub due: Millis,
    /// How often it failed.
    pub tries: i64,
    /// The card that it touches.
    pub mark: Option<Mark>,
}

/// Which card a message touches, and how. In the database `17/crew`, with a sign behind it; so edits of one card can be
/// collapsed without opening their bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The card.
    pub card: CardRef,
    /// How.
    pub touch: Touch,
}

/// How a message touches a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Edits it, or sends it if there is none.
    Edit,
    /// Sends it anew; sign `!`.
    Anew,
    /// Adds files to what was just sent; sign `+`.
    More,
}

impl Mark {
    fn of(message: &Outgoing) -> Option<Mark> {
        let touch = if matches!(message.place, Place::CardAnew(_)) { Touch::Anew } else { Touch::Edit };
        message.card().map(|card| Mark { card: card.clone(), touch })
    }

    fn word(&self) -> String {
        let sign = match self.touch {
            Touch::Edit => "",
            Touch::Anew => "!",
            Touch::More => "+",
        };
        format!("{}/{}{sign}", self.card.ticket, self.card.role.as_str())
    }

    fn parse(word: &str) -> Option<Mark> {
        let (ticket, role) = word.split_once('/')?;
        let (role, touch) = match (role.strip_suffix('!'), role.strip_suffix('+')) {
            (Some(role), _) => (role, Touch::Anew),
            (_, Some(role)) => (role, Touch::More),
            _ => (role, Touch::Edit),
        };
        let role = CardRole::ALL.into_iter().find(|r| r.as_str() == role)?;
        Some(Mark { card: CardRef { ticket: ticket.parse().ok()?, role }, touch })
    }
}

/// Owes a message. Gives the row's id.
pub async fn push(conn: &mut AnyConnection, sealer: &Sealer, message: &Outgoing, now: Millis) -> Result<i64, StoreError> {
    let id = meta::next(conn, Counter::Outbox).await?;
    sqlx::query(INSERT)
        .bind(id)
        .bind(message.chat)
        .bind(number(message.priority))
        .bind(now)
        .bind(Mark::of(message).map(|mark| mark.word()))
        .bind(seal(sealer, id, message)?)
        .execute(conn)
        .await?;
    Ok(id)
}

/// What waits: replies and calls to the desk whether due or not, at most `limit` of each, because those due behind one
/// that is not due must wait too; of notices those due at `now`. In order of id within each priority.
pub async fn waiting(conn: &mut AnyConnection, now: Millis, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let mut all = Vec::new();
    for priority in [Priority::Reply, Priority::Desk] {
        let rows = sqlx::query(WAITING).bind(number(priority)).bind(limit).fetch_all(&mut *conn).await?;
        for row in &rows {
            all.push(read(row, priority)?);
        }
    }
    for row in &sqlx::query(WAITING_NOTICES).bind(now).bind(limit).fetch_all(conn).await? {
        all.push(read(row, Priority::Notice)?);
    }
    Ok(all)
}

fn read(row: &sqlx::any::AnyRow, priority: Priority) -> Result<Waiting, StoreError> {
    let mark: Option<String> = row.try_get(6)?;
    Ok(Waiting {
        id: row.try_get(0)?,
        chat: row.try_get(1)?,
        priority,
        created: row.try_get(3)?,
        due: row.try_get(4)?,
        tries: row.try_get(5)?,
        mark: mark.as_deref().and_then(Mark::parse),
    })
}

/// The message of a row, addressed to the chat that the row names now; `None`: the row is gone.
///
/// # Errors
/// [`StoreError::Unreadable`] or [`StoreError::Seal`] when it can never be read.
pub async fn body(conn: &mut AnyConnection, sealer: &Sealer, id: i64) -> Result<Option<Outgoing>, StoreError> {
    let Some(row) = sqlx::query(BODY).bind(id).fetch_optional(conn).await? else { return Ok(None) };
    let plain = sealer.open(TABLE, "body", &id.to_string(), &row.try_get::<Vec<u8>, _>(0)?)?;
    let mut message: Outgoing =
        serde_json::from_slice(&plain).map_err(|_| StoreError::Unreadable { table: TABLE, column: "body" })?;
    message.chat = row.try_get(1)?;
    Ok(Some(message))
}

/// Forgets a message that was sent or can never be sent.
pub async fn finish(conn: &mut AnyConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query(DELETE).bind(id).execute(conn).await?;
    Ok(())
}

/// Puts a message off until `due`; it failed `tries` times by now.
pub async fn delay(conn: &mut AnyConnection, id: i64, tries: i64, due: Millis) -> Result<(), StoreError> {
    sqlx::query(DELAY).bind(id).bind(tries).bind(due).execute(conn).await?;
    Ok(())
}

/// Keeps what of a message is still to be sent; a card grows by it.
pub async fn rewrite(conn: &mut AnyConnection, sealer: &Sealer, id: i64, rest: &Outgoing) -> Result<(), StoreError> {
    let mark = Mark::of(rest).map(|mark| Mark { touch: Touch::More, ..mark }.word());
    sqlx::query(REWRITE).bind(id).bind(mark).bind(seal(sealer, id, rest)?).execute(conn).await?;
    Ok(())
}

/// A group's id changed: what is owed to it follows.
pub async fn readdress(conn: &mut AnyConnection, from: i64, to: i64) -> Result<(), StoreError> {
    sqlx::query(READDRESS).bind(from).bind(to).execute(conn).await?;
    Ok(())
}

fn seal(sealer: &Sealer, id: i64, message: &Outgoing) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(message).map_err(|_| StoreError::Unreadable { table: TABLE, column: "body" })?;
    Ok(sealer.seal(TABLE, "body", &id.to_string(), &plain)?)
}

fn number(priority: Priority) -> i64 {
    match priority {
        Priority::Reply => 0,
        Priority::Desk => 1,
        Priority::Notice => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_survive_the_database() {
        for role in CardRole::ALL {
            for touch in [Touch::Edit, Touch::Anew, Touch::More] {
                let mark = Mark { card: CardRef { ticket: 17, role }, touch };
                assert_eq!(Mark::parse(&mark.word()), Some(mark));
            }
        }
    }

    #[test]
    fn every_role_is_listed() {
        for role in CardRole::ALL {
            // A new role makes this match incomplete: it belongs into the list as well.
            let place = match role {
                CardRole::Customer => 0,
                CardRole::Crew => 1,
                CardRole::Desk => 2,
                CardRole::Technician => 3,
                CardRole::Media => 4,
                CardRole::Location => 5,
                CardRole::Guide => 6,
            };
            assert_eq!(CardRole::ALL.get(place), Some(&role));
        }
        assert_eq!(Mark::parse("17/nobody"), None);
        assert_eq!(Mark::parse("crew"), None);
    }
}
