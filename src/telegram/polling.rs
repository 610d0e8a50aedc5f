//! Receives updates by long polling, and confirms them only once they are safe.
//!
//! An update is confirmed by asking for those after it. So the next `offset` moves only when the handler has said that
//! the whole batch is stored; until then a crash, a full disk or a lost network means that Telegram sends it again, and
//! the handler knows by the update id what it has already.
use std::fmt::Display;
use std::time::Duration;

use serde_json::Value;
use teloxide::payloads::{DeleteWebhook, DeleteWebhookSetters, GetWebhookInfo};
use tokio::sync::watch;

use crate::inbox::Arrived;
use crate::outbox::transport::SendError;
use crate::telegram::client::{Client, LOOKUP, Me, POLL, POLL_LIMIT, SEND};
use crate::telegram::{fault, raw, update};
use crate::vocabulary::input::Millis;

/// Kinds of updates that the bot lives on; `chat_member` comes only when asked for.
pub const ALLOWED: &[&str] = &["message", "edited_message", "callback_query", "my_chat_member", "chat_member"];

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The same when our own database is out of order: asking Telegram again costs it nothing, and people wait.
const LONGEST_UNSTORED: Duration = Duration::from_secs(3);

/// Polls until `stop` turns true or its sender is gone. `handle` gets the updates of a batch in order and answers once
/// all of them are stored; its error means "send them again". A batch being handled is finished before the end.
pub async fn run<H, F, E>(client: Client, me: Me, now: fn() -> Millis, handle: H, mut stop: watch::Receiver<bool>)
where
    H: Fn(Vec<Arrived>) -> F,
    F: Future<Output = Result<(), E>>,
    E: Display,
{
    let mut trouble = Trouble::default();
    let mut webhook_gone = false;
    let mut offset = 0;
    while !*stop.borrow() {
        if !webhook_gone {
            match stoppable(&mut stop, client.drop_webhook()).await {
                None => break,
                Some(Ok(())) => webhook_gone = true,
                Some(Err(error)) => {
                    stoppable(&mut stop, trouble.pause(&error)).await;
                    continue;
                }
            }
        }
        let batch = match stoppable(&mut stop, client.poll(offset)).await {
            None => break,
            Some(Ok(batch)) => batch,
            Some(Err(error)) => {
                stoppable(&mut stop, trouble.pause(&error)).await;
                continue;
            }
        };
        let Some(next) = after(&batch) else {
            trouble.over();
            // Everything is confirmed. Telegram may number anew after a quiet week, perhaps below our offset.
            offset = 0;
            continue;
        };
        let received = read(&batch, &me, now());
        let handled = if received.is_empty() { Ok(()) } else { handle(received).await };
        match handled {
            Ok(()) => {
                trouble.over();
                offset = next;
            }
            Err(error) => {
                tracing::error!(%error, "a batch of updates was not stored; Telegram sends it again");
                stoppable(&mut stop, tokio::time::sleep(trouble.next_pause().min(LONGEST_UNSTORED))).await;
            }
        }
    }
    if offset > 0 {
        client.confirm(offset).await;
    }
}

/// The future's output, or `None` when it is time to stop.
pub(super) async fn stoppable<T>(stop: &mut watch::Receiver<bool>, future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        _ = stop.wait_for(|stop| *stop) => None,
        output = future => Some(output),
    }
}

/// The offset that confirms the batch, ignored updates included; `None` for an empty one.
fn after(batch: &[Value]) -> Option<i64> {
    batch.iter().filter_map(id).max().map(|last| last + 1)
}

fn id(update: &Value) -> Option<i64> {
    update["update_id"].as_i64()
}

pub(super) fn read(batch: &[Value], me: &Me, at: Millis) -> Vec<Arrived> {
    let read = |one: &Value| Some(Arrived { update_id: Some(id(one)?), task: None, at, input: update::input(one, me)? });
    batch.iter().filter_map(read).collect()
}

impl Client {
    async fn poll(&self, offset: i64) -> Result<Vec<Value>, SendError> {
        let request = raw::Updates { offset, limit: 100, timeout: POLL.as_secs(), allowed_updates: ALLOWED };
        raw::updates(&self.bot, request, POLL_LIMIT).await
    }

    /// Polling and a webhook exclude each other. Updates that wait are kept.
    async fn drop_webhook(&self) -> Result<(), SendError> {
        let info = raw::ask(&self.bot, GetWebhookInfo::new(), SEND).await?;
        if info["url"].as_str().is_some_and(|url| !url.is_empty()) {
            tracing::warn!("a webhook is set; it is removed, because this program polls");
            raw::ask(&self.bot, DeleteWebhook::new().drop_pending_updates(false), SEND).await?;
        }
        Ok(())
    }

    /// Confirms the last batch, so that it is not sent again at the next start. The one update that Telegram may answer
    /// with is not confirmed by this and comes again.
    async fn confirm(&self, offset: i64) {
        let request = raw::Updates { offset, limit: 1, timeout: 0, allowed_updates: ALLOWED };
        if let Err(error) = raw::updates(&self.bot, request, LOOKUP).await {
            tracing::info!(%error, "the last updates were not confirmed; they come again and are known by their ids");
        }
    }
}

/// Growing pauses, and a log line when something new is wrong rather than at every try.
#[derive(Default)]
pub(super) struct Trouble {
    tries: u32,
    said: Option<SendError>,
}

impl Trouble {
    pub(super) async fn pause(&mut self, error: &SendError) {
        let pause = match error {
            SendError::RetryAfter(pause) => *pause,
            _ => self.next_pause(),
        };
        if self.said.as_ref() != Some(error) || self.tries.is_multiple_of(20) {
            if *error == fault::TOKEN {
                tracing::error!("Telegram refuses the token; compare TELOXIDE_TOKEN with what @BotFather shows");
            } else if *error == fault::CONFLICT {
                tracing::error!("another program receives this bot's updates; stop it, or remove its webhook");
            } else {
                tracing::warn!(%error, "no updates from Telegram; the next try follows");
            }
        }
        self.said = Some(error.clone());
        tokio::time::sleep(pause).await;
    }

    fn next_pause(&mut self) -> Duration {
        let pause = FIRST_PAUSE.saturating_mul(1 << self.tries.min(8)).min(LONGEST_PAUSE);
        self.tries = self.tries.saturating_add(1);
        pause
    }

    pub(super) fn over(&mut self) {
        if self.said.is_some() {
            tracing::info!("updates from Telegram come again");
        }
        *self = Trouble::default();
    }
}

#[cfg(test)]
mod tests;
