//! Crews: bound groups and their areas, and a group's change of id.
use sqlx::{AnyConnection, Row};

use super::meta::{self, Counter};
use super::unit::{Unit, values};
use super::{StoreError, known};
use crate::desk::crew::{Crew, CrewKind, Profile};
use crate::seal::Sealer;

const TABLE: &str = "crew";

const LIST: &str = "SELECT id, chat, kind, title, active, profile FROM crew ORDER BY active DESC, id";
const AREAS: &str = "SELECT crew, code FROM crew_area ORDER BY crew, code";
const FIND: &str = "SELECT id FROM crew WHERE chat = $1";
const UPSERT: &str = "INSERT INTO crew (id, chat, kind, title, active, profile) VALUES ($1, $2, $3, $4, $5, $6) \
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, active = excluded.active, profile = excluded.profile";
const CLEAR_AREAS: &str = "DELETE FROM crew_area WHERE crew = $1";
const ADD_AREA: &str = "INSERT INTO crew_area (crew, code) VALUES ($1, $2) ON CONFLICT (crew, code) DO NOTHING";
const DEACTIVATE: &str = "UPDATE crew SET active = 0 WHERE chat = $1";
// A group that is bound under its new id already keeps that row; the old one only goes out of use.
const MOVE: &str = "UPDATE crew SET chat = $2 WHERE chat = $1 AND NOT EXISTS (SELECT 1 FROM crew WHERE chat = $2)";
const MOVE_OUTBOX: &str = "UPDATE outbox SET chat = $2 WHERE chat = $1";
const MOVE_TASKS: &str = "UPDATE task SET subject = $2 WHERE subject = $1";
const FORGET_CARDS: &str = "DELETE FROM card WHERE chat = $1";

/// Every statement of this file.
pub const ALL: &[&str] =
    &[LIST, AREAS, FIND, UPSERT, CLEAR_AREAS, ADD_AREA, DEACTIVATE, MOVE, MOVE_OUTBOX, MOVE_TASKS, FORGET_CARDS];

/// All bound groups, active ones first, by id.
pub async fn all(conn: &mut AnyConnection, sealer: &Sealer) -> Result<Vec<Crew>, StoreError> {
    let mut crews = Vec::new();
    for row in sqlx::query(LIST).fetch_all(&mut *conn).await? {
        let id: i64 = row.try_get(0)?;
        let title = sealer.open(TABLE, "title", &id.to_string(), &row.try_get::<Vec<u8>, _>(3)?)?;
        crews.push(Crew {
            id,
            chat: row.try_get(1)?,
            kind: kind(&row.try_get::<String, _>(2)?)?,
            title: String::from_utf8(title).map_err(|_| StoreError::Unreadable { table: TABLE, column: "title" })?,
            areas: Vec::new(),
            active: row.try_get::<i64, _>(4)? != 0,
            profile: profile(&row.try_get::<String, _>(5)?)?,
        });
    }
    for row in sqlx::query(AREAS).fetch_all(conn).await? {
        let id: i64 = row.try_get(0)?;
        if let Some(crew) = crews.iter_mut().find(|c| c.id == id) {
            crew.areas.push(row.try_get(1)?);
        }
    }
    Ok(crews)
}

/// Writes a group with its areas; known by its chat, a new one gets an id. Gives the id.
pub async fn upsert(unit: &mut Unit<'_>, sealer: &Sealer, crew: &Crew) -> Result<i64, StoreError> {
    let row = sqlx::query(FIND).bind(crew.chat).fetch_optional(unit.reads().await?).await?;
    let id = match row {
        Some(row) => row.try_get(0)?,
        None => meta::next(unit, Counter::Crew).await?,
    };
    let title = sealer.seal(TABLE, "title", &id.to_string(), crew.title.as_bytes())?;
    let profile = match crew.profile == Profile::default() {
        true => String::new(),
        false => serde_json::to_string(&crew.profile).map_err(|_| UNREADABLE)?,
    };
    unit.put(UPSERT, values![id, crew.chat, word(crew.kind), title, crew.active, profile]).await?;
    unit.put(CLEAR_AREAS, values![id]).await?;
    for code in &crew.areas {
        unit.put(ADD_AREA, values![id, code.as_str()]).await?;
    }
    known::changed(unit).await?;
    Ok(id)
}

/// Puts a group out of use, e.g. because the bot was removed from it.
pub async fn deactivate(unit: &mut Unit<'_>, chat: i64) -> Result<(), StoreError> {
    unit.put(DEACTIVATE, values![chat]).await?;
    known::changed(unit).await
}

/// A group's id changed: its crew, owed messages and tasks follow. Its cards are forgotten, because ids of
/// messages do not survive; the next change of a ticket posts a card anew.
pub async fn migrate(unit: &mut Unit<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    if from == to {
        return Ok(());
    }
    let moved = sqlx::query(MOVE).bind(from).bind(to).execute(unit.writes().await?).await?.rows_affected();
    if moved == 0 {
        deactivate(unit, from).await?;
    }
    for statement in [MOVE_OUTBOX, MOVE_TASKS] {
        unit.put(statement, values![from, to]).await?;
    }
    unit.put(FORGET_CARDS, values![from]).await?;
    known::changed(unit).await
}

const UNREADABLE: StoreError = StoreError::Unreadable { table: TABLE, column: "profile" };

fn profile(json: &str) -> Result<Profile, StoreError> {
    if json.is_empty() { Ok(Profile::default()) } else { serde_json::from_str(json).map_err(|_| UNREADABLE) }
}

fn word(kind: CrewKind) -> &'static str {
    match kind {
        CrewKind::Crew => "crew",
        CrewKind::Desk => "desk",
    }
}

fn kind(word: &str) -> Result<CrewKind, StoreError> {
    [CrewKind::Crew, CrewKind::Desk]
        .into_iter()
        .find(|k| self::word(*k) == word)
        .ok_or(StoreError::Unreadable { table: TABLE, column: "kind" })
}
