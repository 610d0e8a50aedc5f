//! Updates that were applied or stored: the guard against applying one twice.
use super::StoreError;
use super::unit::{Unit, values};
use crate::vocabulary::input::Millis;

const INSERT: &str = "INSERT INTO seen_update (bot, update_id, at) VALUES ($1, $2, $3) ON CONFLICT (bot, update_id) DO NOTHING";

/// Every statement of this file.
pub const ALL: &[&str] = &[INSERT];

/// Notes an update; `false`: it was here before. A row each, never "greater than the last": Telegram
/// numbers updates anew after a quiet week.
pub async fn insert(unit: &mut Unit<'_>, bot: i64, update: i64, at: Millis) -> Result<bool, StoreError> {
    let seen = unit.ahead().and_then(|ahead| ahead.sees(update));
    if seen == Some(true) {
        return Ok(false);
    }
    if seen == Some(false) {
        unit.put_named(INSERT, 2, values![bot, update, at]).await?;
        return Ok(true);
    }
    let done = sqlx::query(INSERT).bind(bot).bind(update).bind(at).execute(unit.reads().await?).await?;
    Ok(done.rows_affected() == 1)
}
