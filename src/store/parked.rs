//! Inputs that were parked after their last try: looked at, given another try, or dropped with a reason.
//!
//! What is dropped leaves a note in its own row: the input is overwritten by the sealed reason, so nothing that the person
//! wrote is kept, and the row stays parked, so nothing runs it.
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::StoreError;
use crate::seal::Sealer;
use crate::vocabulary::input::{Input, Millis};

const TABLE: &str = "task";
const COLUMN: &str = "input";

const LIST: &str = "SELECT id, kind, subject, tries, parked, input FROM task WHERE parked IS NOT NULL AND kind <> 'dropped' \
     ORDER BY id LIMIT $1";
const DROPPED: &str = "SELECT id, kind, subject, tries, parked, input FROM task WHERE parked IS NOT NULL AND kind = 'dropped' \
     ORDER BY parked DESC, id DESC LIMIT $1";
const COUNT: &str = "SELECT COUNT(*) FROM task WHERE parked IS NOT NULL AND kind <> 'dropped'";
const RETRY: &str =
    "UPDATE task SET parked = NULL, tries = 0, due = $2 WHERE id = $1 AND parked IS NOT NULL AND kind <> 'dropped'";
const DROP: &str = "UPDATE task SET kind = 'dropped', name = '', parked = $2, input = $3 \
     WHERE id = $1 AND parked IS NOT NULL AND kind <> 'dropped'";

/// Every statement of this file.
pub const ALL: &[&str] = &[LIST, DROPPED, COUNT, RETRY, DROP];

/// An input that was parked.
#[derive(Clone, Debug, PartialEq)]
pub struct Parked {
    /// Row id; the admins were told this number.
    pub id: i64,
    /// Whether a timer brought it.
    pub timer: bool,
    /// Whose queue it belongs to, see [`Input::subject`].
    pub subject: i64,
    /// How often it was tried.
    pub tries: i64,
    /// When it was parked.
    pub since: Millis,
    /// What happened; `None`: no longer readable.
    pub input: Option<Input>,
}

/// An input that was dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Row id.
    pub id: i64,
    /// When it was dropped.
    pub at: Millis,
    /// Why; `None`: no longer readable.
    pub reason: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Note {
    dropped: String,
}

/// Parked inputs, oldest first, at most `limit`.
pub async fn list(conn: &mut AnyConnection, sealer: &Sealer, limit: i64) -> Result<Vec<Parked>, StoreError> {
    let rows = sqlx::query(LIST).bind(limit).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Parked {
                id: row.try_get(0)?,
                timer: row.try_get::<String, _>(1)? == "timer",
                subject: row.try_get(2)?,
                tries: row.try_get(3)?,
                since: row.try_get(4)?,
                input: opened(sealer, row)?.and_then(|plain| serde_json::from_slice(&plain).ok()),
            })
        })
        .collect()
}

/// What was dropped, newest first, at most `limit`.
pub async fn dropped(conn: &mut AnyConnection, sealer: &Sealer, limit: i64) -> Result<Vec<Dropped>, StoreError> {
    let rows = sqlx::query(DROPPED).bind(limit).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let note = opened(sealer, row)?.and_then(|plain| serde_json::from_slice::<Note>(&plain).ok());
            Ok(Dropped { id: row.try_get(0)?, at: row.try_get(4)?, reason: note.map(|note| note.dropped) })
        })
        .collect()
}

/// How many are parked.
pub async fn count(conn: &mut AnyConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query(COUNT).fetch_one(conn).await?.try_get(0)?)
}

/// Gives one its tries back; it is due at once, before whatever waits of the same subject. `false`: it is not parked.
pub async fn retry(conn: &mut AnyConnection, id: i64, now: Millis) -> Result<bool, StoreError> {
    Ok(sqlx::query(RETRY).bind(id).bind(now).execute(conn).await?.rows_affected() == 1)
}

/// Drops one for good and notes the reason in its place. `false`: it is not parked.
pub async fn drop(conn: &mut AnyConnection, sealer: &Sealer, id: i64, reason: &str, now: Millis) -> Result<bool, StoreError> {
    let note = Note { dropped: reason.to_owned() };
    let plain = serde_json::to_vec(&note).map_err(|_| StoreError::Unreadable { table: TABLE, column: COLUMN })?;
    let sealed = sealer.seal(TABLE, COLUMN, &id.to_string(), &plain)?;
    Ok(sqlx::query(DROP).bind(id).bind(now).bind(sealed).execute(conn).await?.rows_affected() == 1)
}

fn opened(sealer: &Sealer, row: &AnyRow) -> Result<Option<Vec<u8>>, StoreError> {
    let id: i64 = row.try_get(0)?;
    Ok(sealer.open(TABLE, COLUMN, &id.to_string(), &row.try_get::<Vec<u8>, _>(5)?).ok())
}
