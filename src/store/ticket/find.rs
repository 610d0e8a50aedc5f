//! From a reference to ticket numbers. Nothing is locked here.
use sqlx::{AnyConnection, Row};

use crate::core::scene::TicketRef;
use crate::store::StoreError;
use crate::vocabulary::input::Millis;

/// How long a ticket that is done still counts as the customer's: they may say "not fixed".
pub const DONE_COUNTS: Millis = 7 * 24 * 3_600_000;

pub(super) const CARD: &str =
    "SELECT ticket FROM card WHERE chat = $1 AND message = $2 AND role NOT IN ('notice', 'board') ORDER BY ticket";
pub(super) const CREW_CHAT: &str = "SELECT crew.chat FROM ticket JOIN crew ON crew.id = ticket.crew WHERE ticket.number = $1 \
     UNION SELECT crew.chat FROM ticket_offer JOIN crew ON crew.id = ticket_offer.crew WHERE ticket_offer.ticket = $1";
pub(super) const CUSTOMER: &str = "SELECT number FROM ticket WHERE customer = $1 \
     AND (status IN ('open', 'claimed') OR (status = 'done' AND updated >= $2)) ORDER BY number";
pub(super) const CLAIMER: &str = "SELECT number FROM ticket WHERE claimer = $1 AND status = 'claimed' ORDER BY number";
pub(super) const CLAIMER_IN: &str = "SELECT ticket.number FROM ticket JOIN crew ON crew.id = ticket.crew \
     WHERE ticket.claimer = $1 AND ticket.status IN ('claimed', 'done') AND crew.chat = $2 ORDER BY ticket.number";
pub(super) const CREW: &str = "SELECT ticket.number FROM ticket JOIN crew ON crew.id = ticket.crew \
     WHERE crew.chat = $1 AND ticket.status IN ('open', 'claimed') \
     UNION SELECT ticket_offer.ticket FROM ticket_offer JOIN crew ON crew.id = ticket_offer.crew WHERE crew.chat = $1 ORDER BY 1";
pub(super) const UNROUTED: &str = "SELECT number FROM ticket WHERE crew IS NULL AND status = 'open' ORDER BY number";

/// The ticket that a message of the bot belongs to.
pub(super) async fn card(conn: &mut AnyConnection, chat: i64, message: i64) -> Result<Option<i64>, StoreError> {
    let row = sqlx::query(CARD).bind(chat).bind(message).fetch_optional(conn).await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// The groups of the crews that a ticket was announced to.
pub async fn crew_chats(conn: &mut AnyConnection, number: i64) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(CREW_CHAT).bind(number).fetch_all(conn).await?;
    Ok(rows.iter().map(|r| r.try_get(0)).collect::<Result<_, _>>()?)
}

pub(super) async fn numbers(conn: &mut AnyConnection, one: &TicketRef, now: Millis) -> Result<Vec<i64>, StoreError> {
    let query = match *one {
        TicketRef::Number(number) => return Ok(vec![number]),
        TicketRef::Card { chat, message } => return Ok(card(conn, chat, message).await?.into_iter().collect()),
        TicketRef::Customer(id) => sqlx::query(CUSTOMER).bind(id).bind(now - DONE_COUNTS),
        TicketRef::Claimer(id) => sqlx::query(CLAIMER).bind(id),
        TicketRef::ClaimerIn { user, chat } => sqlx::query(CLAIMER_IN).bind(user).bind(chat),
        TicketRef::Unrouted => sqlx::query(UNROUTED),
        TicketRef::Crew(chat) => sqlx::query(CREW).bind(chat),
    };
    let rows = query.fetch_all(conn).await?;
    Ok(rows.iter().map(|r| r.try_get(0)).collect::<Result<_, _>>()?)
}
