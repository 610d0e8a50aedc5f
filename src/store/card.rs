//! Living messages: which messages in a chat show which card of a ticket.
use sqlx::{AnyConnection, Row};

use super::StoreError;
use super::unit::{Unit, values};
use crate::vocabulary::say::{CardRef, CardRole};

const MESSAGES: &str = "SELECT message FROM card WHERE ticket = $1 AND role = $2 AND chat = $3 ORDER BY n";
const OF: &str = "SELECT DISTINCT role, chat FROM card WHERE ticket = $1 \
     AND role IN ('customer', 'crew', 'desk', 'technician', 'media', 'location') ORDER BY role, chat";
const ADD: &str = "INSERT INTO card (ticket, role, chat, n, message) VALUES ($1, $2, $3, $4, $5)";
const FORGET: &str = "DELETE FROM card WHERE ticket = $1 AND role = $2 AND chat = $3";

/// Every statement of this file.
pub const ALL: &[&str] = &[MESSAGES, OF, ADD, FORGET];

/// Messages that show the card, the first one first; empty if it was never sent.
pub async fn messages(conn: &mut AnyConnection, card: &CardRef, chat: i64) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(MESSAGES).bind(card.number).bind(card.role.as_str()).bind(chat).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// Which cards a ticket has, in which chats.
pub async fn of_ticket(conn: &mut AnyConnection, ticket: i64) -> Result<Vec<(CardRole, i64)>, StoreError> {
    let mut found = Vec::new();
    for row in sqlx::query(OF).bind(ticket).fetch_all(conn).await? {
        let word: String = row.try_get(0)?;
        let chat = row.try_get(1)?;
        found.extend(CardRole::ALL.into_iter().find(|role| role.as_str() == word).map(|role| (role, chat)));
    }
    Ok(found)
}

/// The card is now shown by these messages, and no others.
pub async fn replace(unit: &mut Unit<'_>, card: &CardRef, chat: i64, messages: &[i64]) -> Result<(), StoreError> {
    forget(unit, card, chat).await?;
    add(unit, card, chat, 0, messages).await
}

/// The card is shown by these messages too.
pub async fn append(unit: &mut Unit<'_>, card: &CardRef, chat: i64, messages: &[i64]) -> Result<(), StoreError> {
    let known = self::messages(unit.reads().await?, card, chat).await?.len();
    add(unit, card, chat, known, messages).await
}

/// The card is shown by no message.
pub async fn forget(unit: &mut Unit<'_>, card: &CardRef, chat: i64) -> Result<(), StoreError> {
    if let Some(ahead) = unit.ahead() {
        ahead.cards_in(chat);
    }
    unit.put_named(FORGET, 3, values![card.number, card.role.as_str(), chat]).await?;
    Ok(())
}

async fn add(unit: &mut Unit<'_>, card: &CardRef, chat: i64, from: usize, messages: &[i64]) -> Result<(), StoreError> {
    if let Some(ahead) = unit.ahead() {
        ahead.cards_in(chat);
    }
    for (n, message) in (i64::try_from(from).unwrap_or(i64::MAX)..).zip(messages) {
        unit.put_named(ADD, 3, values![card.number, card.role.as_str(), chat, n, *message]).await?;
    }
    Ok(())
}
