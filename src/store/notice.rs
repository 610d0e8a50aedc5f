//! Notices: the sealed body, the counts, and who is next.
//!
//! Who is meant is said once, in the `…_PAGE` statements: counting, filling the outbox and the tests all read them.
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::{StoreError, outbox};
use crate::core::scene::NoticeScene;
use crate::desk::notice::{Audience, Notice, PORTION, State};
use crate::seal::Sealer;
use crate::vocabulary::input::{Millis, Post};

const TABLE: &str = "notice";

macro_rules! columns {
    () => {
        "number, admin, state, audience, created, confirmed, ended, since, before, shown, reached, total, sent, unreachable, failed"
    };
}

/// Ids and chats behind `$1`, at most `$2`, ascending.
macro_rules! people {
    ($condition:literal) => {
        concat!(
            "SELECT person.id, person.id AS chat FROM person WHERE person.id > $1 AND person.reachable = 1 AND person.muted = 0 AND ",
            $condition,
            " ORDER BY person.id LIMIT $2"
        )
    };
}
macro_rules! customers_page {
    () => {
        people!(
            "((person.admin = 0 AND person.working_name IS NULL) OR EXISTS (SELECT 1 FROM ticket WHERE ticket.customer = person.id AND ticket.trial = 0))"
        )
    };
}
macro_rules! open_page {
    () => {
        people!("EXISTS (SELECT 1 FROM ticket WHERE ticket.customer = person.id AND ticket.trial = 0 AND ticket.status IN ('open', 'claimed'))")
    };
}
macro_rules! area_page {
    () => {
        people!("EXISTS (SELECT 1 FROM ticket WHERE ticket.customer = person.id AND ticket.district LIKE $3)")
    };
}
macro_rules! crews_page {
    () => {
        "SELECT crew.id, crew.chat FROM crew WHERE crew.id > $1 AND crew.active = 1 AND crew.kind = 'crew' ORDER BY crew.id LIMIT $2"
    };
}
macro_rules! count {
    ($page:expr) => {
        concat!("SELECT COUNT(*) FROM (", $page, ") AS meant")
    };
}

const INSERT: &str = concat!(
    "INSERT INTO notice (version, ",
    columns!(),
    ", body) VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
);
const LOCK: &str = concat!("UPDATE notice SET version = version + 1 WHERE number = $1 RETURNING ", columns!());
// What was dealt with is counted by the sender alone.
const WRITE: &str = "UPDATE notice SET state = $2, confirmed = $3, ended = $4, since = $5, before = $6, shown = $7, \
     reached = $8, total = $9 WHERE number = $1";
const BODY: &str = "SELECT body, audience FROM notice WHERE number = $1";
const FIRST: &str = "SELECT number FROM notice WHERE state = 'running' AND number < $1 ORDER BY number LIMIT 1";
const UNFINISHED: &str =
    "SELECT number FROM notice WHERE admin = $1 AND state IN ('preview', 'draft', 'running', 'paused') ORDER BY number";
const PREVIEWED: &str = "UPDATE notice SET state = $2, version = version + 1 WHERE number = $1 AND state = 'preview'";
const TALLY: &str = "UPDATE notice SET sent = sent + $2, unreachable = unreachable + $3, failed = failed + $4, \
     total = total - $5, version = version + 1 WHERE number = $1";
const SHOWN: &str = "UPDATE notice SET shown = $2, version = version + 1 WHERE number = $1";
const CUSTOMERS_PAGE: &str = customers_page!();
const OPEN_PAGE: &str = open_page!();
const AREA_PAGE: &str = area_page!();
const CREWS_PAGE: &str = crews_page!();
const CUSTOMERS_COUNT: &str = count!(customers_page!());
const OPEN_COUNT: &str = count!(open_page!());
const AREA_COUNT: &str = count!(area_page!());
const CREWS_COUNT: &str = count!(crews_page!());

/// Every statement of this file.
pub const ALL: &[&str] = &[
    INSERT,
    LOCK,
    WRITE,
    BODY,
    FIRST,
    UNFINISHED,
    PREVIEWED,
    TALLY,
    SHOWN,
    CUSTOMERS_PAGE,
    OPEN_PAGE,
    AREA_PAGE,
    CREWS_PAGE,
    CUSTOMERS_COUNT,
    OPEN_COUNT,
    AREA_COUNT,
    CREWS_COUNT,
];

/// What became of sends of a notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Arrived.
    pub sent: i64,
    /// The chat cannot be written to.
    pub unreachable: i64,
    /// Refused for another reason, or given up.
    pub failed: i64,
    /// Muted news while it waited: was not sent, and is no longer meant.
    pub left_out: i64,
}

/// Writes a new notice.
pub async fn insert(conn: &mut AnyConnection, sealer: &Sealer, notice: &Notice, post: &Post) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(post).map_err(|_| StoreError::Unreadable { table: TABLE, column: "body" })?;
    sqlx::query(INSERT)
        .bind(notice.number)
        .bind(notice.admin)
        .bind(notice.state.as_str())
        .bind(notice.audience.word())
        .bind(notice.created)
        .bind(notice.confirmed)
        .bind(notice.ended)
        .bind(notice.since)
        .bind(notice.before)
        .bind(notice.shown)
        .bind(notice.reached)
        .bind(notice.total)
        .bind(notice.sent)
        .bind(notice.unreachable)
        .bind(notice.failed)
        .bind(sealer.seal(TABLE, "body", &notice.number.to_string(), &plain)?)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a notice that was locked before. The counts of what was dealt with stay as the sender wrote them.
pub async fn write(conn: &mut AnyConnection, notice: &Notice) -> Result<(), StoreError> {
    let done = sqlx::query(WRITE)
        .bind(notice.number)
        .bind(notice.state.as_str())
        .bind(notice.confirmed)
        .bind(notice.ended)
        .bind(notice.since)
        .bind(notice.before)
        .bind(notice.shown)
        .bind(notice.reached)
        .bind(notice.total)
        .execute(conn)
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Gone { table: TABLE }) }
}

/// Locks a notice until the commit and loads what its next step wants: of one whose admin is to be asked, how many are
/// meant; of one that is being sent, how many rows wait, and who is next, if the outbox has room and no earlier notice
/// is being sent.
pub async fn lock(conn: &mut AnyConnection, number: i64) -> Result<Option<NoticeScene>, StoreError> {
    let Some(row) = sqlx::query(LOCK).bind(number).fetch_optional(&mut *conn).await? else { return Ok(None) };
    let mut scene = NoticeScene { notice: from_row(&row)?, meant: 0, waiting: 0, stuck: false, behind: None, next: Vec::new() };
    let notice = &scene.notice;
    match notice.state {
        State::Draft if notice.since == 0 => scene.meant = count(conn, &notice.audience).await?,
        State::Running | State::Paused => {
            scene.waiting = outbox::waiting_of(conn, number).await?;
            let first = sqlx::query(FIRST).bind(number).fetch_optional(&mut *conn).await?;
            scene.behind = first.map(|row| row.try_get(0)).transpose()?;
            if notice.state == State::Running && scene.waiting < PORTION && scene.behind.is_none() {
                scene.next = page(conn, &notice.audience, notice.reached, PORTION).await?;
            }
        }
        _ => {}
    }
    Ok(Some(scene))
}

/// Numbers of an admin's notices that are being made, sent or paused.
pub async fn unfinished(conn: &mut AnyConnection, admin: i64) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(UNFINISHED).bind(admin).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// How many are meant.
pub async fn count(conn: &mut AnyConnection, audience: &Audience) -> Result<i64, StoreError> {
    let query = match audience {
        Audience::Customers => sqlx::query(CUSTOMERS_COUNT),
        Audience::OpenTickets => sqlx::query(OPEN_COUNT),
        Audience::Area(_) => sqlx::query(AREA_COUNT),
        Audience::Crews => sqlx::query(CREWS_COUNT),
    };
    let query = query.bind(0i64).bind(i64::MAX);
    let query = if let Audience::Area(code) = audience { query.bind(pattern(code)) } else { query };
    Ok(query.fetch_one(conn).await?.try_get(0)?)
}

/// The recipients behind `after`, at most `limit`, ascending: a place in the order, and a chat.
pub async fn page(conn: &mut AnyConnection, audience: &Audience, after: i64, limit: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let query = match audience {
        Audience::Customers => sqlx::query(CUSTOMERS_PAGE),
        Audience::OpenTickets => sqlx::query(OPEN_PAGE),
        Audience::Area(_) => sqlx::query(AREA_PAGE),
        Audience::Crews => sqlx::query(CREWS_PAGE),
    };
    let query = query.bind(after).bind(limit);
    let query = if let Audience::Area(code) = audience { query.bind(pattern(code)) } else { query };
    let rows = query.fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// What a notice says, and to whom; `None`: there is no such notice.
///
/// # Errors
/// [`StoreError::Unreadable`] or [`StoreError::Seal`] when it can never be read.
pub async fn body(conn: &mut AnyConnection, sealer: &Sealer, number: i64) -> Result<Option<(Post, Audience)>, StoreError> {
    let Some(row) = sqlx::query(BODY).bind(number).fetch_optional(conn).await? else { return Ok(None) };
    let plain = sealer.open(TABLE, "body", &number.to_string(), &row.try_get::<Vec<u8>, _>(0)?)?;
    let post = serde_json::from_slice(&plain).map_err(|_| StoreError::Unreadable { table: TABLE, column: "body" })?;
    Ok(Some((post, audience(&row.try_get::<String, _>(1)?)?)))
}

/// The preview arrived, or Telegram will never take it.
pub async fn previewed(conn: &mut AnyConnection, number: i64, arrived: bool) -> Result<(), StoreError> {
    let state = if arrived { State::Draft } else { State::Refused };
    sqlx::query(PREVIEWED).bind(number).bind(state.as_str()).execute(conn).await?;
    Ok(())
}

/// The card was sent or edited, or can never be.
pub async fn shown(conn: &mut AnyConnection, number: i64, at: Millis) -> Result<(), StoreError> {
    sqlx::query(SHOWN).bind(number).bind(at).execute(conn).await?;
    Ok(())
}

/// Counts what became of sends. In the transaction that ends their rows, so that nobody is counted twice.
pub async fn tally(conn: &mut AnyConnection, number: i64, tally: Tally) -> Result<(), StoreError> {
    let counts = sqlx::query(TALLY).bind(number).bind(tally.sent).bind(tally.unreachable);
    counts.bind(tally.failed).bind(tally.left_out).execute(conn).await?;
    Ok(())
}

fn pattern(code: &str) -> String {
    format!("{}%", Audience::prefix(code))
}

fn audience(word: &str) -> Result<Audience, StoreError> {
    Audience::parse(word).ok_or(StoreError::Unreadable { table: TABLE, column: "audience" })
}

fn from_row(row: &AnyRow) -> Result<Notice, StoreError> {
    let state: String = row.try_get(2)?;
    Ok(Notice {
        number: row.try_get(0)?,
        admin: row.try_get(1)?,
        state: State::parse(&state).ok_or(StoreError::Unreadable { table: TABLE, column: "state" })?,
        audience: audience(&row.try_get::<String, _>(3)?)?,
        created: row.try_get(4)?,
        confirmed: row.try_get(5)?,
        ended: row.try_get(6)?,
        since: row.try_get(7)?,
        before: row.try_get(8)?,
        shown: row.try_get(9)?,
        reached: row.try_get(10)?,
        total: row.try_get(11)?,
        sent: row.try_get(12)?,
        unreachable: row.try_get(13)?,
        failed: row.try_get(14)?,
    })
}
