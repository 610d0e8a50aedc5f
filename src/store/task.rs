//! Rows that become inputs: timers, and inputs that failed or wait behind one that failed.
//!
//! Inputs of one subject keep their order: only its first one that is not parked may run.
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::StoreError;
use super::meta::{self, Counter};
use super::unit::{Unit, values};
use crate::core::scene::TimerChange;
use crate::seal::Sealer;
use crate::vocabulary::input::{Input, Millis};

const TABLE: &str = "task";
const COLUMN: &str = "input";

/// Pauses before each further try; after the last the input is parked.
pub const DELAYS: [Millis; 5] = [1_000, 5_000, 30_000, 120_000, 600_000];

const INSERT: &str = "INSERT INTO task (subject, name, id, kind, due, tries, input) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const DROP_TIMER: &str = "DELETE FROM task WHERE kind = 'timer' AND subject = $1 AND name = $2";
const SET_FOR: &str = "SELECT due FROM task WHERE kind = 'timer' AND subject = $1 AND name = $2";
const TAKE: &str = "DELETE FROM task WHERE id = $1 AND parked IS NULL";
const WAITS: &str = "SELECT id FROM task WHERE kind = 'input' AND subject = $1 AND parked IS NULL AND id < $2 LIMIT 1";
const DUE: &str = "SELECT id, kind, due, tries, input FROM task WHERE parked IS NULL AND due <= $1 \
     AND (kind = 'timer' OR NOT EXISTS (SELECT 1 FROM task AS earlier WHERE earlier.kind = 'input' \
     AND earlier.subject = task.subject AND earlier.parked IS NULL AND earlier.id < task.id)) \
     ORDER BY due, id LIMIT $2";
const NEXT_DUE: &str = "SELECT MIN(due) FROM task WHERE parked IS NULL \
     AND (kind = 'timer' OR NOT EXISTS (SELECT 1 FROM task AS earlier WHERE earlier.kind = 'input' \
     AND earlier.subject = task.subject AND earlier.parked IS NULL AND earlier.id < task.id))";
const TRIES: &str = "UPDATE task SET tries = tries + 1 WHERE id = $1 AND parked IS NULL RETURNING tries";
const POSTPONE: &str = "UPDATE task SET due = $2 WHERE id = $1";
const PARK: &str = "UPDATE task SET parked = $2 WHERE id = $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[INSERT, DROP_TIMER, SET_FOR, TAKE, WAITS, DUE, NEXT_DUE, TRIES, POSTPONE, PARK];

/// A task that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Row id.
    pub id: i64,
    /// Whether it is a timer; else it is an input that failed or waits.
    pub timer: bool,
    /// When it was or is due.
    pub due: Millis,
    /// How often it was tried.
    pub tries: i64,
    /// What happened; `None`: no longer readable.
    pub input: Option<Input>,
}

/// What became of an input that failed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// It will be tried again then.
    Again(Millis),
    /// That was its last try.
    Parked,
    /// Somebody else took or dropped the row.
    Gone,
}

/// Sets or drops a timer.
pub async fn set_timer(unit: &mut Unit<'_>, sealer: &Sealer, change: &TimerChange) -> Result<(), StoreError> {
    unit.put_named(DROP_TIMER, 2, values![change.subject, change.name.as_str()]).await?;
    let Some((due, timer)) = &change.set else { return Ok(()) };
    let input = Input::Timer(timer.clone());
    insert(unit, sealer, New { kind: "timer", subject: change.subject, name: &change.name, due: *due, tries: 0 }, &input).await?;
    Ok(())
}

/// As [`set_timer`], but one that should have fired by `now` is left to fire.
pub async fn keep_timer(unit: &mut Unit<'_>, sealer: &Sealer, change: &TimerChange, now: Millis) -> Result<(), StoreError> {
    let query = sqlx::query(SET_FOR).bind(change.subject).bind(change.name.as_str());
    let due = query.fetch_optional(unit.reads().await?).await?.map(|row| row.try_get::<Millis, _>(0)).transpose()?;
    match due {
        Some(due) if due <= now => Ok(()),
        _ => set_timer(unit, sealer, change).await,
    }
}

/// Stores an input that failed for the first time. Gives the row's id.
pub async fn push_failed(unit: &mut Unit<'_>, sealer: &Sealer, input: &Input, now: Millis) -> Result<i64, StoreError> {
    let row = New { kind: "input", subject: input.subject(), name: "", due: now + DELAYS[0], tries: 1 };
    insert(unit, sealer, row, input).await
}

/// Stores an input behind an earlier one of its subject. Gives the row's id.
pub async fn push_waiting(unit: &mut Unit<'_>, sealer: &Sealer, input: &Input, now: Millis) -> Result<i64, StoreError> {
    let row = New { kind: "input", subject: input.subject(), name: "", due: now, tries: 0 };
    insert(unit, sealer, row, input).await
}

/// Whether an input of this subject waits; `before`: only rows older than this one count.
pub async fn waits(unit: &mut Unit<'_>, subject: i64, before: Option<i64>) -> Result<bool, StoreError> {
    if unit.ahead().is_some_and(|ahead| ahead.waits_for_nothing(subject)) {
        return Ok(false);
    }
    let conn = unit.reads().await?;
    let row = sqlx::query(WAITS).bind(subject).bind(before.unwrap_or(i64::MAX)).fetch_optional(conn).await?;
    Ok(row.is_some())
}

/// Takes a task out; `false`: somebody else took it, it was dropped, or it is parked.
pub async fn take(conn: &mut AnyConnection, id: i64) -> Result<bool, StoreError> {
    Ok(sqlx::query(TAKE).bind(id).execute(conn).await?.rows_affected() == 1)
}

/// Tasks that may run at `now`, the longest due first, at most `limit`.
pub async fn due(conn: &mut AnyConnection, sealer: &Sealer, now: Millis, limit: i64) -> Result<Vec<Task>, StoreError> {
    let rows = sqlx::query(DUE).bind(now).bind(limit).fetch_all(conn).await?;
    rows.iter().map(|r| from_row(sealer, r)).collect()
}

/// When the next task may run.
pub async fn next_due(conn: &mut AnyConnection) -> Result<Option<Millis>, StoreError> {
    Ok(sqlx::query(NEXT_DUE).fetch_one(conn).await?.try_get(0)?)
}

/// Lets a task be due later.
pub async fn postpone(conn: &mut AnyConnection, id: i64, due: Millis) -> Result<(), StoreError> {
    sqlx::query(POSTPONE).bind(id).bind(due).execute(conn).await?;
    Ok(())
}

/// Notes that a task failed: it is due again after a pause, or parked.
pub async fn fail(conn: &mut AnyConnection, id: i64, now: Millis) -> Result<Failed, StoreError> {
    let Some(row) = sqlx::query(TRIES).bind(id).fetch_optional(&mut *conn).await? else { return Ok(Failed::Gone) };
    let tries: i64 = row.try_get(0)?;
    match usize::try_from(tries - 1).ok().and_then(|i| DELAYS.get(i)) {
        Some(delay) => {
            sqlx::query(POSTPONE).bind(id).bind(now + delay).execute(conn).await?;
            Ok(Failed::Again(now + delay))
        }
        None => {
            park(conn, id, now).await?;
            Ok(Failed::Parked)
        }
    }
}

/// Parks a task: it stays for the operator to look at (see [`super::parked`]), and nothing waits behind it.
pub async fn park(conn: &mut AnyConnection, id: i64, now: Millis) -> Result<(), StoreError> {
    sqlx::query(PARK).bind(id).bind(now).execute(conn).await?;
    Ok(())
}

struct New<'a> {
    kind: &'static str,
    subject: i64,
    name: &'a str,
    due: Millis,
    tries: i64,
}

async fn insert(unit: &mut Unit<'_>, sealer: &Sealer, row: New<'_>, input: &Input) -> Result<i64, StoreError> {
    let plain = serde_json::to_vec(input).map_err(|_| StoreError::Unreadable { table: TABLE, column: COLUMN })?;
    let id = meta::next(unit, Counter::Task).await?;
    let sealed = sealer.seal(TABLE, COLUMN, &id.to_string(), &plain)?;
    if let Some(ahead) = unit.ahead().filter(|_| row.kind == "input") {
        ahead.waits_now(row.subject);
    }
    unit.put_named(INSERT, 2, values![row.subject, row.name, id, row.kind, row.due, row.tries, sealed]).await?;
    Ok(id)
}

fn from_row(sealer: &Sealer, row: &AnyRow) -> Result<Task, StoreError> {
    let id: i64 = row.try_get(0)?;
    let opened = sealer.open(TABLE, COLUMN, &id.to_string(), &row.try_get::<Vec<u8>, _>(4)?).ok();
    Ok(Task {
        id,
        timer: row.try_get::<String, _>(1)? == "timer",
        due: row.try_get(2)?,
        tries: row.try_get(3)?,
        input: opened.and_then(|plain| serde_json::from_slice(&plain).ok()),
    })
}
