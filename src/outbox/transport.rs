//! What the sender wants of Telegram, in its own words, so that it can be tested without.
use std::future::Future;
use std::time::Duration;

use crate::render::outgoing::Body;

/// What was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Ids of the messages within the chat, in order; empty if Telegram's answer could not be read.
    pub message_ids: Vec<i64>,
}

/// Why a message was not sent, by what is to be done about it. Never holds the message, the token or a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// 429: leave that chat alone for so long.
    #[error("Telegram asks for a pause of {} s in this chat", .0.as_secs())]
    RetryAfter(Duration),
    /// The person blocked or never started the bot, or the bot is no longer in the group.
    #[error("the bot may not write to this chat; the person must start it, or somebody add it to the group again")]
    Blocked,
    /// The group became a supergroup with this id.
    #[error("the group is now a supergroup with another id; the message follows it there")]
    Migrated(i64),
    /// The message to edit is gone, too old, or not editable: send a new one.
    #[error("the message can no longer be edited; a new one is sent in its place")]
    EditImpossible,
    /// The topic was deleted.
    #[error("the topic was deleted")]
    ThreadNotFound,
    /// Telegram will never take this message as it is.
    #[error("Telegram refuses the message for good: {0}")]
    Refused(String),
    /// Network, time-out, or a fault of Telegram's: the same message may pass later.
    #[error("Telegram could not be reached or is out of order ({0}); it is tried again")]
    Transient(&'static str),
}

/// How a message is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// It can be neither forwarded nor saved.
    pub protect: bool,
    /// Past the limit of all chats together, for a fee
    /// (<https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once>).
    pub paid: bool,
}

/// Sends. Every method ends within a time-out of its own; "not modified" is a success.
pub trait Transport: Send + Sync + 'static {
    /// Sends one message, or one album (files that [`super::album::first`] keeps together).
    fn send(&self, chat: i64, body: &Body, manner: Manner) -> impl Future<Output = Result<Sent, SendError>> + Send;

    /// Replaces text and buttons of a message.
    fn edit(&self, chat: i64, message: i64, body: &Body) -> impl Future<Output = Result<(), SendError>> + Send;

    /// Takes messages back. Messages that are gone already are not an error.
    fn delete(&self, chat: i64, messages: &[i64]) -> impl Future<Output = Result<(), SendError>> + Send;
}
