//! Which chat a call means, and whether the bot may act there.
use serde_json::{Map, Value, json};

use super::Params;
use crate::sandbox::BOT_ID;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::{Role, State, group_kind};

/// The chat named by a parameter. Nothing is said about whether the bot may write there.
pub(super) fn known(state: &State, p: &Params, key: &str) -> Result<i64, Refusal> {
    let id = match p.int(key) {
        Some(id) => id,
        None if p.text(key).is_empty() => return Err(Refusal::bad(format!("{key} is empty"))),
        None => return Err(Refusal::bad("chat not found")),
    };
    match state.chats.get(&id) {
        Some(chat) => match chat.migrated_to {
            Some(to) => Err(Refusal::migrated(to)),
            None => Ok(id),
        },
        None => Err(Refusal::bad("chat not found")),
    }
}

/// The chat to write to: private ones must be started and not blocked, in groups the bot must be a member.
pub(super) fn writable(state: &State, p: &Params) -> Result<i64, Refusal> {
    let id = known(state, p, "chat_id")?;
    let Some(chat) = state.chats.get(&id) else { return Err(Refusal::bad("chat not found")) };
    if chat.title.is_some() {
        return inside(state, id).map(|()| id);
    }
    if state.deactivated.contains(&id) {
        Err(Refusal::forbidden("user is deactivated"))
    } else if chat.blocked {
        Err(Refusal::forbidden("bot was blocked by the user"))
    } else if chat.started {
        Ok(id)
    } else {
        Err(Refusal::forbidden("bot can't initiate conversation with a user"))
    }
}

/// The bot must be in this group.
pub(super) fn inside(state: &State, group: i64) -> Result<(), Refusal> {
    let kind = group_kind(group);
    match state.role(group, BOT_ID) {
        Role::Creator | Role::Admin | Role::Member => Ok(()),
        Role::Kicked => Err(Refusal::forbidden(format!("bot was kicked from the {kind} chat"))),
        Role::Left => Err(Refusal::forbidden(format!("bot is not a member of the {kind} chat"))),
    }
}

/// Kind of content, the right that it takes in a group, and Telegram's word for it.
const SENDING: [(&str, &str, &str); 10] = [
    ("text", "can_send_messages", "text messages"),
    ("contact", "can_send_messages", "contacts"),
    ("location", "can_send_messages", "locations"),
    ("photo", "can_send_photos", "photos"),
    ("video", "can_send_videos", "videos"),
    ("voice", "can_send_voice_notes", "voice notes"),
    ("video_note", "can_send_video_notes", "video notes"),
    ("audio", "can_send_audios", "music"),
    ("document", "can_send_documents", "documents"),
    ("animation", "can_send_other_messages", "animations"),
];

/// The bot may send this content to this chat.
pub(super) fn sendable(state: &State, chat: i64, body: &Map<String, Value>) -> Result<(), Refusal> {
    let lacks = |right| chat < 0 && !state.may(chat, BOT_ID, right);
    match SENDING.iter().find(|(kind, right, _)| body.contains_key(*kind) && lacks(right)) {
        Some((_, _, what)) => Err(Refusal::bad_luck(format!("Not enough rights to send {what} to the chat"))),
        None => Ok(()),
    }
}

/// The message to answer. `None`: no answer wanted, or the message is gone and the bot said that it does not mind.
pub(super) fn quoted(state: &State, chat: i64, p: &Params) -> Result<Option<Value>, Refusal> {
    let reply = p.json("reply_parameters")?.unwrap_or_default();
    let Some(id) = reply["message_id"].as_i64() else { return Ok(None) };
    if !reply["chat_id"].is_null() && reply["chat_id"] != chat {
        return Err(Refusal::not_played("an answer to another chat"));
    }
    let lenient = reply["allow_sending_without_reply"] == json!(true);
    match state.quoted(chat, id) {
        Some(quoted) => Ok(Some(quoted)),
        None if lenient => Ok(None),
        None if state.chats.get(&chat).is_some_and(|chat| id <= chat.last_message_id) => {
            Err(Refusal::bad_luck("message to be replied not found"))
        }
        None => Err(Refusal::bad("message to be replied not found")),
    }
}
