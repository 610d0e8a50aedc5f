//! Messages owed to Telegram.
use sqlx::AnyConnection;

use super::StoreError;
use super::meta::{self, Counter};
use crate::core::input::Millis;
use crate::core::say::Priority;
use crate::render::outgoing::Outgoing;
use crate::seal::Sealer;

const INSERT: &str = "INSERT INTO outbox (id, chat, priority, created, due, tries, body) VALUES ($1, $2, $3, $4, $4, 0, $5)";

/// Every statement of this file.
pub const ALL: &[&str] = &[INSERT];

/// Owes a message. Gives the row's id.
pub async fn push(conn: &mut AnyConnection, sealer: &Sealer, message: &Outgoing, now: Millis) -> Result<i64, StoreError> {
    let id = meta::next(conn, Counter::Outbox).await?;
    let body = serde_json::to_vec(message).map_err(|_| StoreError::Unreadable { table: "outbox", column: "body" })?;
    let priority: i64 = match message.priority {
        Priority::Reply => 0,
        Priority::Desk => 1,
        Priority::Notice => 2,
    };
    sqlx::query(INSERT)
        .bind(id)
        .bind(message.chat)
        .bind(priority)
        .bind(now)
        .bind(sealer.seal("outbox", "body", &id.to_string(), &body)?)
        .execute(conn)
        .await?;
    Ok(id)
}
