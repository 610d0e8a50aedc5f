//! teloxide's requests with answers in plain JSON.
//!
//! teloxide's answer types refuse what they do not know: one unknown field type and a sent message would look like a
//! failure (and be sent twice), one odd update would hold up its whole batch.
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use teloxide::Bot;
use teloxide::payloads::GetUpdates;
use teloxide::requests::{JsonRequest, Payload, Request};

use crate::outbox::transport::SendError;
use crate::telegram::fault;

/// A request of teloxide's whose answer stays JSON.
#[derive(Clone, Serialize)]
#[serde(transparent)]
struct Plain<P>(P);

impl<P: Payload> Payload for Plain<P> {
    type Output = Value;
    const NAME: &'static str = P::NAME;
}

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

/// Asks and waits at most `limit`; teloxide's own client would sleep ten seconds inside a 5xx.
pub(super) async fn ask<P>(bot: &Bot, request: P, limit: Duration) -> Result<Value, SendError>
where
    P: Payload + Serialize + Send + 'static,
{
    run(JsonRequest::new(bot.clone(), Plain(request)).send(), limit).await
}

/// Asks for updates and waits at most `limit`.
pub(super) async fn updates(bot: &Bot, request: Updates, limit: Duration) -> Result<Vec<Value>, SendError> {
    run(JsonRequest::new(bot.clone(), request).send(), limit).await
}

async fn run<T>(sending: impl Future<Output = Result<T, teloxide::RequestError>>, limit: Duration) -> Result<T, SendError> {
    match tokio::time::timeout(limit, sending).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(fault::classify(&error)),
        Err(_) => Err(SendError::Transient("time-out")),
    }
}
