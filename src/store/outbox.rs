//! Messages owed to Telegram.
use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row};

use super::StoreError;
use super::meta::{self, Counter};
use super::unit::{Unit, values};
use crate::render::outgoing::{Body, Outgoing};
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::{CardRef, CardRole, Place, Priority};

const TABLE: &str = "outbox";

const INSERT: &str =
    "INSERT INTO outbox (id, chat, priority, created, due, tries, card, body, notice) VALUES ($1, $2, $3, $4, $4, 0, $5, $6, $7)";
// Without bodies: this list is read often, and only a few of its rows are sent at a time.
const WAITING: &str = "SELECT id, chat, priority, created, due, tries, card, notice FROM outbox WHERE priority = $1 AND id > $2 ORDER BY id LIMIT $3";
// A notice that is paused keeps its rows here.
const WAITING_NOTICES: &str = "SELECT outbox.id, outbox.chat, outbox.priority, outbox.created, outbox.due, outbox.tries, \
     outbox.card, outbox.notice FROM outbox LEFT JOIN notice ON notice.number = outbox.notice \
     WHERE outbox.priority = 2 AND outbox.due <= $1 AND (outbox.notice IS NULL OR notice.state = 'running') \
     ORDER BY outbox.priority, outbox.id LIMIT $2";
const WAITING_OF: &str = "SELECT COUNT(*) FROM outbox WHERE notice = $1 AND priority = 2";
const DROP_OF: &str = "DELETE FROM outbox WHERE notice = $1 AND priority = 2";
// Edits of one card are sent as one.
const QUEUES: &str =
    "SELECT chat, COUNT(DISTINCT COALESCE(card, CAST(id AS TEXT))) FROM outbox WHERE chat < 0 AND priority < 2 GROUP BY chat";
const BODY: &str = "SELECT body, chat, notice FROM outbox WHERE id = $1";
const DELETE: &str = "DELETE FROM outbox WHERE id = $1";
const DELAY: &str = "UPDATE outbox SET tries = $2, due = $3 WHERE id = $1";
const REWRITE: &str = "UPDATE outbox SET tries = 0, card = $2, body = $3 WHERE id = $1";
const READDRESS: &str = "UPDATE outbox SET chat = $2 WHERE chat = $1";

/// Every statement of this file.
pub const ALL: &[&str] =
    &[INSERT, WAITING, WAITING_NOTICES, WAITING_OF, DROP_OF, QUEUES, BODY, DELETE, DELAY, REWRITE, READDRESS];

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
    /// The notice that it belongs to: one of its messages, or with [`Priority::Reply`] its preview.
    pub notice: Option<i64>,
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
    /// Edits it if it is there; sign `=`.
    IfThere,
}

impl Mark {
    fn of(message: &Outgoing) -> Option<Mark> {
        let touch = match message.place {
            Place::CardAnew(_) => Touch::Anew,
            Place::CardIfThere(_) => Touch::IfThere,
            _ => Touch::Edit,
        };
        message.card().map(|card| Mark { card: card.clone(), touch })
    }

    fn word(&self) -> String {
        let sign = match self.touch {
            Touch::Edit => "",
            Touch::Anew => "!",
            Touch::More => "+",
            Touch::IfThere => "=",
        };
        format!("{}/{}{sign}", self.card.number, self.card.role.as_str())
    }

    fn parse(word: &str) -> Option<Mark> {
        let (ticket, role) = word.split_once('/')?;
        let signs = [('!', Touch::Anew), ('+', Touch::More), ('=', Touch::IfThere)];
        let signed = signs.into_iter().find_map(|(sign, touch)| Some((role.strip_suffix(sign)?, touch)));
        let (role, touch) = signed.unwrap_or((role, Touch::Edit));
        let role = CardRole::ALL.into_iter().find(|r| r.as_str() == role)?;
        Some(Mark { card: CardRef { number: ticket.parse().ok()?, role }, touch })
    }
}

/// Owes a message. Gives the row's id.
pub async fn push(unit: &mut Unit<'_>, sealer: &Sealer, message: &Outgoing, now: Millis) -> Result<i64, StoreError> {
    let id = meta::next(unit, Counter::Outbox).await?;
    unit.gave(id, 1);
    let (chat, priority, mark, notice) = (message.chat, message.priority, Mark::of(message), message.body.notice());
    let word = mark.as_ref().map(Mark::word);
    unit.put_named(INSERT, 1, values![id, chat, number(priority), now, word, seal(sealer, id, message)?, notice]).await?;
    unit.owes(&Waiting { id, chat, priority, created: now, due: now, tries: 0, mark, notice }, message);
    Ok(id)
}

/// Owes a notice to these chats, in their order. The rows have no body of their own.
pub async fn push_notice(unit: &mut Unit<'_>, notice: i64, chats: &[i64], now: Millis) -> Result<(), StoreError> {
    let first = meta::take(unit, Counter::Outbox, i64::try_from(chats.len()).unwrap_or(i64::MAX)).await?;
    unit.gave(first, i64::try_from(chats.len()).unwrap_or(i64::MAX));
    for (id, chat) in (first..).zip(chats) {
        let row = values![id, *chat, number(Priority::Notice), now, None::<String>, Vec::<u8>::new(), notice];
        unit.put_named(INSERT, 1, row).await?;
    }
    Ok(())
}

/// How many messages of a notice wait or are under way.
pub async fn waiting_of(conn: &mut AnyConnection, notice: i64) -> Result<i64, StoreError> {
    Ok(sqlx::query(WAITING_OF).bind(notice).fetch_one(conn).await?.try_get(0)?)
}

/// How many messages wait for each group, notices apart.
pub async fn queues(unit: &mut Unit<'_>) -> Result<BTreeMap<i64, i64>, StoreError> {
    if let Some(known) = unit.queues() {
        return Ok(known.clone());
    }
    let rows = sqlx::query(QUEUES).fetch_all(unit.reads().await?).await?;
    let read = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    let queues: BTreeMap<i64, i64> = read.collect::<Result<_, sqlx::Error>>()?;
    unit.knows_queues(&queues);
    Ok(queues)
}

/// Forgets what of a notice waits.
pub async fn drop_of(conn: &mut AnyConnection, notice: i64) -> Result<(), StoreError> {
    sqlx::query(DROP_OF).bind(notice).execute(conn).await?;
    Ok(())
}

/// What of a priority waits behind the row `after`, whether due or not, at most `limit`, in order of id.
pub async fn waiting(conn: &mut AnyConnection, priority: Priority, after: i64, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let rows = sqlx::query(WAITING).bind(number(priority)).bind(after).bind(limit).fetch_all(conn).await?;
    rows.iter().map(|row| read(row, priority)).collect()
}

/// Notices that are due at `now` and not paused, in order of id, at most `limit`.
pub async fn notices(conn: &mut AnyConnection, now: Millis, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let rows = sqlx::query(WAITING_NOTICES).bind(now).bind(limit).fetch_all(conn).await?;
    rows.iter().map(|row| read(row, Priority::Notice)).collect()
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
        notice: row.try_get(7)?,
    })
}

/// The message of a row, addressed to the chat that the row names now; `None`: the row is gone.
///
/// # Errors
/// [`StoreError::Unreadable`] or [`StoreError::Seal`] when it can never be read.
pub async fn body(conn: &mut AnyConnection, sealer: &Sealer, id: i64) -> Result<Option<Outgoing>, StoreError> {
    let Some(row) = sqlx::query(BODY).bind(id).fetch_optional(conn).await? else { return Ok(None) };
    let (sealed, chat): (Vec<u8>, i64) = (row.try_get(0)?, row.try_get(1)?);
    if let (true, Some(notice)) = (sealed.is_empty(), row.try_get(2)?) {
        let body = Body::Notice(notice);
        return Ok(Some(Outgoing { chat, body, place: Place::New, priority: Priority::Notice, protect: false }));
    }
    let plain = sealer.open(TABLE, "body", &id.to_string(), &sealed)?;
    let message: Outgoing =
        serde_json::from_slice(&plain).map_err(|_| StoreError::Unreadable { table: TABLE, column: "body" })?;
    Ok(Some(Outgoing { chat, ..message }))
}

/// Forgets a message that was sent or can never be sent.
pub async fn finish(unit: &mut Unit<'_>, id: i64) -> Result<(), StoreError> {
    unit.put_named(DELETE, 1, values![id]).await?;
    Ok(())
}

/// Puts a message off until `due`; it failed `tries` times by now.
pub async fn delay(unit: &mut Unit<'_>, id: i64, tries: i64, due: Millis) -> Result<(), StoreError> {
    unit.put_named(DELAY, 1, values![id, tries, due]).await?;
    Ok(())
}

/// Keeps what of a message is still to be sent; a card grows by it.
pub async fn rewrite(unit: &mut Unit<'_>, sealer: &Sealer, id: i64, rest: &Outgoing) -> Result<(), StoreError> {
    let mark = Mark::of(rest).map(|mark| Mark { touch: Touch::More, ..mark }.word());
    unit.put_named(REWRITE, 1, values![id, mark, seal(sealer, id, rest)?]).await?;
    Ok(())
}

/// A group's id changed: what is owed to it follows.
pub async fn readdress(unit: &mut Unit<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    unit.put(READDRESS, values![from, to]).await?;
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
            for touch in [Touch::Edit, Touch::Anew, Touch::More, Touch::IfThere] {
                let mark = Mark { card: CardRef { number: 17, role }, touch };
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
                CardRole::Calendar => 6,
                CardRole::Notice => 7,
                CardRole::Guide => 8,
                CardRole::Board => 9,
            };
            assert_eq!(CardRole::ALL.get(place), Some(&role));
        }
        assert_eq!(Mark::parse("17/nobody"), None);
        assert_eq!(Mark::parse("crew"), None);
    }
}
