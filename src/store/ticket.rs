//! Tickets: what is searched by stands in columns of its own, what only a few may see is sealed.
mod find;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::StoreError;
use super::unit::{Unit, values};
use crate::core::scene::TicketRef;
use crate::desk::ticket::{Status, Ticket};
use crate::seal::Sealer;
use crate::vocabulary::input::Millis;

pub use find::{DONE_COUNTS, crew_chats};

const TABLE: &str = "ticket";

const LOCK: &str = "UPDATE ticket SET version = version + 1 WHERE number = $1 \
     RETURNING number, customer, status, fault, danger, district, served, created, promise, crew, claimer, claimed, updated, details, trial";
const READ: &str = "SELECT number, customer, status, fault, danger, district, served, created, promise, crew, claimer, \
     claimed, updated, details, trial FROM ticket WHERE number = $1";
const INSERT: &str = "INSERT INTO ticket (number, version, customer, status, fault, danger, district, served, created, \
     promise, crew, claimer, claimed, updated, details, trial, blanked) \
     VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
const UPDATE: &str = "UPDATE ticket SET customer = $2, status = $3, fault = $4, danger = $5, district = $6, served = $7, \
     created = $8, promise = $9, crew = $10, claimer = $11, claimed = $12, updated = $13, details = $14, trial = $15, blanked = $16 \
     WHERE number = $1";

const REMOVE: &str = "DELETE FROM ticket WHERE number = $1";
const WITHDRAW: &str = "DELETE FROM ticket_offer WHERE ticket = $1";
const OFFER: &str = "INSERT INTO ticket_offer (ticket, crew) VALUES ($1, $2) ON CONFLICT (ticket, crew) DO NOTHING";
const FORGET: &str = "DELETE FROM ticket_event WHERE ticket = $1";

/// Every statement of this file and of the search.
pub const ALL: &[&str] = &[
    LOCK,
    READ,
    INSERT,
    UPDATE,
    REMOVE,
    FORGET,
    WITHDRAW,
    OFFER,
    find::CARD,
    find::CREW_CHAT,
    find::CUSTOMER,
    find::CLAIMER,
    find::CLAIMER_IN,
    find::CREW,
    find::UNROUTED,
];

/// Locks every ticket that is referred to, until the commit; gives them in the order asked, without
/// repeats, and without those that stopped to match while others held the lock.
pub async fn lock(unit: &mut Unit<'_>, sealer: &Sealer, refs: &[TicketRef], now: Millis) -> Result<Vec<Ticket>, StoreError> {
    let has_none = |unit: &mut Unit<'_>, one: &TicketRef| match *one {
        TicketRef::Customer(id) => unit.ahead().is_some_and(|ahead| ahead.has_no_ticket(id)),
        TicketRef::Card { chat, message } => unit.ahead().is_some_and(|ahead| ahead.card(chat, message) == Some(None)),
        _ => false,
    };
    let refs: Vec<&TicketRef> = refs.iter().filter(|one| !has_none(unit, one)).collect();
    if refs.is_empty() {
        return Ok(Vec::new());
    }
    let all_locked = unit.has_all_locked();
    let conn = unit.reads().await?;
    let mut asked: Vec<(i64, bool)> = Vec::new();
    for one in &refs {
        let by_number = all_locked || matches!(one, TicketRef::Number(_) | TicketRef::Card { .. });
        for number in find::numbers(conn, one, now).await? {
            match asked.iter_mut().find(|(n, _)| *n == number) {
                Some((_, always)) => *always |= by_number,
                None => asked.push((number, by_number)),
            }
        }
    }
    // Locked in ascending order: two transactions that want the same tickets never wait for each other.
    let mut numbers: Vec<i64> = asked.iter().map(|(n, _)| *n).collect();
    numbers.sort_unstable();
    let mut locked = Vec::with_capacity(numbers.len());
    for number in numbers {
        let sql = if all_locked { READ } else { LOCK };
        if let Some(row) = sqlx::query(sql).bind(number).fetch_optional(&mut *conn).await? {
            locked.push(from_row(sealer, &row)?);
        }
    }
    let mut still = Vec::new();
    for one in refs.iter().filter(|r| !all_locked && !matches!(r, TicketRef::Number(_) | TicketRef::Card { .. })) {
        still.extend(find::numbers(conn, one, now).await?);
    }
    let wanted = asked.into_iter().filter(|(number, always)| *always || still.contains(number));
    Ok(wanted.filter_map(|(number, _)| locked.iter().find(|t| t.number == number).cloned()).collect())
}

/// The ticket that a message of the bot belongs to.
pub async fn card(unit: &mut Unit<'_>, chat: i64, message: i64) -> Result<Option<i64>, StoreError> {
    match unit.ahead().and_then(|ahead| ahead.card(chat, message)) {
        Some(known) => Ok(known),
        None => find::card(unit.reads().await?, chat, message).await,
    }
}

/// Reads a ticket without locking it.
pub async fn read(conn: &mut AnyConnection, sealer: &Sealer, number: i64) -> Result<Option<Ticket>, StoreError> {
    let row = sqlx::query(READ).bind(number).fetch_optional(conn).await?;
    row.map(|r| from_row(sealer, &r)).transpose()
}

/// Writes a new ticket.
pub async fn insert(unit: &mut Unit<'_>, sealer: &Sealer, ticket: &Ticket) -> Result<(), StoreError> {
    put(unit, sealer, ticket, INSERT).await
}

/// Writes a ticket that was locked before.
pub async fn update(unit: &mut Unit<'_>, sealer: &Sealer, ticket: &Ticket) -> Result<(), StoreError> {
    put(unit, sealer, ticket, UPDATE).await
}

/// Notes to which further crews a ticket is offered, beside the one in its row.
pub async fn offer(unit: &mut Unit<'_>, number: i64, crews: &[i64]) -> Result<(), StoreError> {
    unit.put(WITHDRAW, values![number]).await?;
    for crew in crews {
        unit.put(OFFER, values![number, *crew]).await?;
    }
    Ok(())
}

/// Removes a ticket with its history. Its cards are forgotten one by one as their messages are taken away.
pub async fn remove(conn: &mut AnyConnection, number: i64) -> Result<(), StoreError> {
    for statement in [REMOVE, FORGET, WITHDRAW] {
        sqlx::query(statement).bind(number).execute(&mut *conn).await?;
    }
    Ok(())
}

async fn put(unit: &mut Unit<'_>, sealer: &Sealer, t: &Ticket, sql: &'static str) -> Result<(), StoreError> {
    let details = serde_json::to_vec(&t.details).map_err(|_| StoreError::Unreadable { table: TABLE, column: "details" })?;
    let values = values![
        t.number,
        t.customer,
        t.status.as_str(),
        t.fault.as_str(),
        t.danger,
        t.district.clone(),
        t.served.map(i64::from),
        t.created,
        t.promise,
        t.crew,
        t.claimer,
        t.claimed,
        t.updated,
        sealer.seal(TABLE, "details", &t.number.to_string(), &details)?,
        t.trial,
        t.details.blanked.level(),
    ];
    if let Some(ahead) = unit.ahead() {
        ahead.ticket_of(t.customer);
    }
    unit.put_one(TABLE, sql, values).await
}

fn from_row(sealer: &Sealer, row: &AnyRow) -> Result<Ticket, StoreError> {
    let number: i64 = row.try_get(0)?;
    let status: String = row.try_get(2)?;
    let sealed: Vec<u8> = row.try_get(13)?;
    let details = sealer.open(TABLE, "details", &number.to_string(), &sealed)?;
    Ok(Ticket {
        number,
        customer: row.try_get(1)?,
        status: Status::parse(&status).ok_or(StoreError::Unreadable { table: TABLE, column: "status" })?,
        fault: row.try_get(3)?,
        danger: row.try_get::<i64, _>(4)? != 0,
        district: row.try_get(5)?,
        served: row.try_get::<Option<i64>, _>(6)?.map(|served| served != 0),
        created: row.try_get(7)?,
        promise: row.try_get(8)?,
        crew: row.try_get(9)?,
        claimer: row.try_get(10)?,
        claimed: row.try_get(11)?,
        updated: row.try_get(12)?,
        trial: row.try_get::<i64, _>(14)? != 0,
        details: serde_json::from_slice(&details).map_err(|_| StoreError::Unreadable { table: TABLE, column: "details" })?,
    })
}
