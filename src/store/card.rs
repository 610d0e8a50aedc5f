//! Living messages: which messages in a chat show which card of a ticket.
use sqlx::{AnyConnection, Row};

use super::StoreError;
use crate::vocabulary::say::CardRef;

const MESSAGES: &str = "SELECT message FROM card WHERE ticket = $1 AND role = $2 AND chat = $3 ORDER BY n";
const ADD: &str = "INSERT INTO card (ticket, role, chat, n, message) VALUES ($1, $2, $3, $4, $5)";
const FORGET: &str = "DELETE FROM card WHERE ticket = $1 AND role = $2 AND chat = $3";

/// Every statement of this file.
pub const ALL: &[&str] = &[MESSAGES, ADD, FORGET];

/// Messages that show the card, the first one first; empty if it was never sent.
pub async fn messages(conn: &mut AnyConnection, card: &CardRef, chat: i64) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(MESSAGES).bind(card.number).bind(card.role.as_str()).bind(chat).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// The card is now shown by these messages, and no others.
pub async fn replace(conn: &mut AnyConnection, card: &CardRef, chat: i64, messages: &[i64]) -> Result<(), StoreError> {
    forget(conn, card, chat).await?;
    add(conn, card, chat, 0, messages).await
}

/// The card is shown by these messages too.
pub async fn append(conn: &mut AnyConnection, card: &CardRef, chat: i64, messages: &[i64]) -> Result<(), StoreError> {
    let known = self::messages(conn, card, chat).await?.len();
    add(conn, card, chat, known, messages).await
}

/// The card is shown by no message.
pub async fn forget(conn: &mut AnyConnection, card: &CardRef, chat: i64) -> Result<(), StoreError> {
    sqlx::query(FORGET).bind(card.number).bind(card.role.as_str()).bind(chat).execute(conn).await?;
    Ok(())
}

async fn add(conn: &mut AnyConnection, card: &CardRef, chat: i64, from: usize, messages: &[i64]) -> Result<(), StoreError> {
    for (n, message) in (i64::try_from(from).unwrap_or(i64::MAX)..).zip(messages) {
        let place = sqlx::query(ADD).bind(card.number).bind(card.role.as_str()).bind(chat);
        place.bind(n).bind(*message).execute(&mut *conn).await?;
    }
    Ok(())
}
