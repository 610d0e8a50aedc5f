//! Conversations, sealed as a whole.
use sqlx::Row;

use super::StoreError;
use super::unit::{Unit, values};
use crate::dialog::session::Session;
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

const TABLE: &str = "session";
const COLUMN: &str = "state";

const LOCK: &str = "INSERT INTO session (bot, chat, person, topic, version, updated) VALUES ($1, $2, $3, $4, 1, $5) \
     ON CONFLICT (bot, chat, person, topic) DO UPDATE SET version = session.version + 1 RETURNING state";
const WRITE: &str = "INSERT INTO session (bot, chat, person, topic, version, updated, state) VALUES ($1, $2, $3, $4, 1, $6, $5) \
     ON CONFLICT (bot, chat, person, topic) DO UPDATE SET version = session.version + 1, state = excluded.state, \
     updated = excluded.updated";

const LOCK_OLD: &str = "UPDATE session SET version = version + 1 WHERE bot = $1 AND chat = $2 AND person = $3 AND topic = $4 \
     AND updated <= $5 RETURNING state";

/// Every statement of this file.
pub const ALL: &[&str] = &[LOCK, WRITE, LOCK_OLD];

/// Stands in place of the time at which a conversation was written, when nothing personal is left in it.
pub const BLANKED: Millis = 0;

/// Whose conversation, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The bot's user id.
    pub bot: i64,
    /// The chat; in private the person's id.
    pub chat: i64,
    /// The person.
    pub person: i64,
    /// Forum topic; 0: none.
    pub topic: i64,
}

impl Key {
    /// A person's conversation in private.
    pub fn private(bot: i64, person: i64) -> Key {
        Key { bot, chat: person, person, topic: 0 }
    }

    fn is_private(&self) -> bool {
        self.chat == self.person && self.topic == 0
    }

    fn row(&self) -> String {
        format!("{}:{}:{}:{}", self.bot, self.chat, self.person, self.topic)
    }
}

/// Locks a conversation until the commit; a new one is empty. A state that cannot be read (an older
/// program, another key) is no error: it comes back empty and marked, and the person is told once.
pub async fn lock(unit: &mut Unit<'_>, sealer: &Sealer, key: Key, now: Millis) -> Result<Session, StoreError> {
    let ahead = unit.ahead().filter(|_| key.is_private()).and_then(|ahead| ahead.take_session(key.person));
    let sealed = match ahead {
        Some(sealed) => sealed,
        None => {
            let query = sqlx::query(LOCK).bind(key.bot).bind(key.chat).bind(key.person).bind(key.topic).bind(now);
            query.fetch_one(unit.reads().await?).await?.try_get(0)?
        }
    };
    Ok(opened(sealer, key, sealed))
}

/// Writes a conversation that was locked before.
pub async fn write(unit: &mut Unit<'_>, sealer: &Sealer, key: Key, session: &Session, now: Millis) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(session).map_err(|_| StoreError::Unreadable { table: TABLE, column: COLUMN })?;
    let sealed = sealer.seal(TABLE, COLUMN, &key.row(), &plain)?;
    unit.put_named(WRITE, 4, values![key.bot, key.chat, key.person, key.topic, sealed, now]).await?;
    Ok(())
}

/// Leaves of a conversation that was last written at `before` or earlier what old buttons are known by, and nothing that was
/// said. `false`: somebody has written since.
pub async fn blank(unit: &mut Unit<'_>, sealer: &Sealer, key: Key, before: Millis) -> Result<bool, StoreError> {
    let query = sqlx::query(LOCK_OLD).bind(key.bot).bind(key.chat).bind(key.person).bind(key.topic).bind(before);
    let Some(row) = query.fetch_optional(unit.writes().await?).await? else { return Ok(false) };
    let session = opened(sealer, key, row.try_get(0)?);
    let left = Session { runs: session.runs, guide: session.guide, ..Session::default() };
    write(unit, sealer, key, &left, BLANKED).await?;
    Ok(true)
}

fn opened(sealer: &Sealer, key: Key, sealed: Option<Vec<u8>>) -> Session {
    let Some(sealed) = sealed else { return Session::default() };
    let opened = sealer.open(TABLE, COLUMN, &key.row(), &sealed).ok();
    let session = opened.and_then(|plain| serde_json::from_slice(&plain).ok());
    session.unwrap_or_else(|| Session { unreadable: true, ..Session::default() })
}
