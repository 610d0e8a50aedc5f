//! teloxide's requests, sent by its HTTP client, with answers in plain JSON.
//!
//! teloxide's answer types refuse what they do not know: one unknown field type and a sent message would look like a
//! failure (and be sent twice), one odd update would hold up its whole batch. And its way of sending sleeps ten seconds
//! inside a 5xx, longer than a tap lives.
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use teloxide::Bot;
use teloxide::payloads::GetUpdates;
use teloxide::requests::Payload;

use crate::outbox::transport::SendError;
use crate::telegram::fault;

/// `getUpdates` with 64 bits for the offset: teloxide has `u32` for ids but `i32` for the offset.
#[derive(Clone, Serialize)]
pub(super) struct Updates {
    pub offset: i64,
    pub limit: u8,
    pub timeout: u64,
    pub allowed_updates: &'static [&'static str],
}

impl Payload for Updates {
    type Output = Vec<Value>;
    const NAME: &'static str = GetUpdates::NAME;
}

/// Asks and waits at most `limit`.
pub(super) async fn ask<P: Payload + Serialize>(bot: &Bot, request: P, limit: Duration) -> Result<Value, SendError> {
    match tokio::time::timeout(limit, post(bot, &request)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(fault::TIME_OUT),
    }
}

/// Asks for updates and waits at most `limit`.
pub(super) async fn updates(bot: &Bot, request: Updates, limit: Duration) -> Result<Vec<Value>, SendError> {
    match ask(bot, request, limit).await? {
        Value::Array(updates) => Ok(updates),
        _ => Err(SendError::Transient("not an answer of Telegram's")),
    }
}

async fn post<P: Payload + Serialize>(bot: &Bot, request: &P) -> Result<Value, SendError> {
    let mut url = bot.api_url();
    let base = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("{base}/bot{}/{}", bot.token(), P::NAME));
    let answer = bot.client().post(url).json(request).send().await.map_err(|error| fault::network(&error))?;
    let body = answer.text().await.map_err(|error| fault::network(&error))?;
    match serde_json::from_str::<Value>(&body) {
        Ok(mut answer) if answer["ok"] == true => Ok(answer["result"].take()),
        Ok(answer) => Err(fault::refused(&answer)),
        // It was done, whatever it looks like; said twice would be worse than not understood.
        Err(_) if body.trim_start().starts_with("{\"ok\":true") => Ok(Value::Null),
        Err(_) => Err(SendError::Transient("not an answer of Telegram's")),
    }
}
