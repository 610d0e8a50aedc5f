//! Writes down what became of a message, in one transaction with the end of its row.
use std::time::Duration;

use sqlx::AnyConnection;

use crate::outbox::deliver::{Delivered, Record};
use crate::outbox::plan::Next;
use crate::outbox::transport::SendError;
use crate::render::outgoing::{Body, Outgoing};
use crate::seal::Sealer;
use crate::store::{StoreError, card, outbox, person, task};
use crate::vocabulary::input::{Input, Millis};
use crate::vocabulary::say::{Place, Priority};

const FIRST_PAUSE: Millis = 500;
const LONGEST_PAUSE: Millis = 60_000;
/// After a day nobody waits for the message any more, and what came after it in that chat should get through.
const GIVE_UP: Millis = 24 * 3_600_000;

/// A message under way.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its rows.
    pub next: Next,
    /// What is sent; `None`: it could not be read.
    pub message: Option<Outgoing>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The chat.
    pub chat: i64,
    /// The message.
    pub job: Job,
    /// What Telegram said.
    pub result: Result<Delivered, SendError>,
}

/// Writes it down.
pub async fn write(conn: &mut AnyConnection, sealer: &Sealer, outcome: &Outcome, now: Millis) -> Result<(), StoreError> {
    let Some(head) = outcome.job.next.rows.first() else { return Ok(()) };
    let (row, chat) = (head.id, outcome.chat);
    match &outcome.result {
        Ok(delivered) => {
            // Rows of their own: they are tried again like any other message, whatever becomes of the card meanwhile.
            for message in &delivered.stale {
                outbox::push(conn, sealer, &taking_back(chat, *message), now).await?;
            }
            return sent(conn, sealer, outcome, delivered).await;
        }
        Err(SendError::RetryAfter(pause)) => {
            tracing::warn!(chat, row, seconds = pause.as_secs(), "Telegram asks for a pause in a chat");
            return outbox::delay(conn, row, head.tries, now.saturating_add(millis(*pause))).await;
        }
        Err(SendError::Transient(why)) if now.saturating_sub(head.created) < GIVE_UP => {
            tracing::debug!(chat, row, why, tries = head.tries, "a message was not sent; it is tried again");
            return outbox::delay(conn, row, head.tries.saturating_add(1), now.saturating_add(pause(head.tries))).await;
        }
        Err(SendError::Migrated(to)) => {
            tracing::info!(chat, to, "a group has a new id; its messages follow");
            return outbox::readdress(conn, chat, *to).await;
        }
        Err(SendError::Blocked) => {
            tracing::info!(chat, row, "the bot may not write to a chat; the message is dropped");
            if chat > 0 {
                person::set_reachable(conn, chat, false).await?;
            } else {
                // What is announced there reaches nobody; the core finds another place for it.
                task::push_waiting(conn, sealer, &Input::Barred { chat }, now).await?;
            }
        }
        Err(error) => tracing::error!(chat, row, %error, "a message was dropped"),
    }
    finish(conn, outcome).await
}

async fn sent(conn: &mut AnyConnection, sealer: &Sealer, outcome: &Outcome, delivered: &Delivered) -> Result<(), StoreError> {
    let chat = outcome.chat;
    if let Some(card) = outcome.job.message.as_ref().and_then(Outgoing::card) {
        match &delivered.record {
            Record::Keep => {}
            Record::Replace(messages) => card::replace(conn, card, chat, messages).await?,
            Record::Append(messages) => card::append(conn, card, chat, messages).await?,
            Record::Forget => card::forget(conn, card, chat).await?,
        }
    }
    match (&outcome.job.message, outcome.job.next.rows.split_last()) {
        (Some(message), Some((last, collapsed))) if !delivered.rest.is_empty() => {
            let rest = Outgoing { body: Body::Media(delivered.rest.clone()), ..message.clone() };
            outbox::rewrite(conn, sealer, last.id, &rest).await?;
            for row in collapsed {
                outbox::finish(conn, row.id).await?;
            }
            Ok(())
        }
        _ => finish(conn, outcome).await,
    }
}

fn taking_back(chat: i64, message: i64) -> Outgoing {
    Outgoing { chat, body: Body::Delete, place: Place::Edit(message), priority: Priority::Reply, protect: false }
}

async fn finish(conn: &mut AnyConnection, outcome: &Outcome) -> Result<(), StoreError> {
    for row in &outcome.job.next.rows {
        outbox::finish(conn, row.id).await?;
    }
    Ok(())
}

/// Half a second, one, two … a minute.
fn pause(tries: i64) -> Millis {
    let doublings = u32::try_from(tries.clamp(0, 16)).unwrap_or(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

/// A duration in milliseconds.
pub fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute() {
        assert_eq!([0, 1, 2, 6, 7, 99].map(pause), [500, 1_000, 2_000, 32_000, 60_000, 60_000]);
    }
}
