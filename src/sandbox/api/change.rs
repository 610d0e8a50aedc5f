//! Changes to messages that are there: edits, deletions, reactions, pins; and answers to button presses.
use serde_json::{Map, Value, json};

use super::{Params, content, target};
use crate::sandbox::keyboard::{self, Markup};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::{State, group_kind};
use crate::sandbox::{BOT_ID, BOT_USERNAME};

/// How long a button press can be answered. Telegram names no number; bots report anything from 15 seconds up.
const QUERY_LIFE_MS: i64 = 60 * 1000;
/// How long messages can be deleted: <https://core.telegram.org/bots/api#deletemessage>.
const DELETE_LIFE_MS: i64 = 48 * 60 * 60 * 1000;

pub(super) fn dispatch(state: &mut State, method: &str, p: &Params) -> Result<Value, Refusal> {
    if method == "answercallbackquery" {
        return answer(state, p);
    }
    let chat = target::writable(state, p)?;
    let id = p.int("message_id").unwrap_or_default();
    match method {
        "editmessagetext" => edit(state, chat, id, p, Some("text")),
        "editmessagecaption" => edit(state, chat, id, p, Some("caption")),
        "editmessagereplymarkup" => edit(state, chat, id, p, None),
        "deletemessage" => delete(state, chat, id),
        "deletemessages" => {
            let ids = p.json("message_ids")?.unwrap_or_default();
            let ids: Vec<i64> = ids.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
            delete_all(state, chat, &ids)
        }
        "setmessagereaction" => react(state, chat, id, p),
        _ => pin(state, chat, id, method == "pinchatmessage"),
    }
}

/// A message that is not there: the bot is to blame only if it never was.
fn missing(state: &State, chat: i64, id: i64, what: &str) -> Refusal {
    let was_there = state.chats.get(&chat).is_some_and(|chat| (1..=chat.last_message_id).contains(&id));
    let text = format!("message to {what} not found");
    if was_there { Refusal::bad_luck(text) } else { Refusal::bad(text) }
}

/// Kinds of messages whose words can be edited.
const EDITABLE: [&str; 6] = ["text", "photo", "video", "animation", "audio", "document"];

fn edit(state: &mut State, chat: i64, id: i64, p: &Params, what: Option<&str>) -> Result<Value, Refusal> {
    let words = match what {
        Some("text") => Some(content::text(p)?),
        Some(_) => Some(content::caption(p)?),
        None => None,
    };
    let markup = match p.json("reply_markup")? {
        Some(markup) => match keyboard::check(&markup, chat > 0)? {
            Markup::Inline(keyboard) => keyboard,
            _ => return Err(Refusal::bad("inline keyboard expected")),
        },
        None => None,
    };
    let absent = missing(state, chat, id, "edit");
    let now = state.now_ms() / 1000;
    let message = state.message(chat, id).ok_or(absent)?;
    if !message.is_bots() || message.other_markup.is_some() || message.body.get("forward_origin").is_some() {
        return Err(Refusal::bad("message can't be edited"));
    }
    if what.is_some() && !EDITABLE.iter().any(|kind| message.body.get(kind).is_some()) {
        return Err(Refusal::bad("message can't be edited"));
    }
    let text_message = message.body.get("text").is_some();
    match what {
        Some("text") if !text_message => return Err(Refusal::bad("there is no text in the message to edit")),
        Some("caption") if text_message => return Err(Refusal::bad("there is no caption in the message to edit")),
        _ => {}
    }
    let mut new = message.body.as_object().cloned().unwrap_or_default();
    if let Some(words) = words {
        for key in ["text", "entities", "caption", "caption_entities"] {
            new.remove(key);
        }
        new.extend(words);
    }
    // An edit that names no keyboard takes the old one away.
    match markup {
        Some(keyboard) => new.insert("reply_markup".into(), keyboard),
        None => new.remove("reply_markup"),
    };
    if same(&new, &message.body) {
        return Err(Refusal::bad_luck(
            "message is not modified: specified new message content and reply markup are exactly the same as a \
             current content and reply markup of the message",
        ));
    }
    if what.is_some() {
        new.insert("edit_date".into(), json!(now));
    }
    let body = Value::Object(new);
    state.pace(chat, 1, false)?;
    let changed = state.touch();
    if let Some(message) = state.message_mut(chat, id) {
        message.body = body.clone();
        message.changed = changed;
    }
    Ok(body)
}

fn same(new: &Map<String, Value>, old: &Value) -> bool {
    old.as_object().is_some_and(|old| old == new)
}

fn delete(state: &mut State, chat: i64, id: i64) -> Result<Value, Refusal> {
    let absent = missing(state, chat, id, "delete");
    deletable(state, chat, id).unwrap_or(Err(absent))?;
    let changed = state.touch();
    if let Some(message) = state.message_mut(chat, id) {
        message.deleted = true;
        message.changed = changed;
    }
    Ok(json!(true))
}

/// Messages that are not there are passed over; one that cannot be deleted keeps all the others.
fn delete_all(state: &mut State, chat: i64, ids: &[i64]) -> Result<Value, Refusal> {
    match ids.len() {
        0 => return Err(Refusal::bad("Message identifiers are not specified")),
        1..=100 => {}
        _ => return Err(Refusal::bad("Too many message identifiers specified")),
    }
    if ids.iter().any(|id| *id <= 0) {
        return Err(Refusal::bad("Invalid message identifier specified"));
    }
    for id in ids {
        deletable(state, chat, *id).unwrap_or(Ok(()))?;
    }
    for id in ids.iter().filter(|id| state.message(chat, **id).is_some()).copied().collect::<Vec<_>>() {
        delete(state, chat, id)?;
    }
    Ok(json!(true))
}

/// Whether a message can be deleted; `None`: it is not there.
fn deletable(state: &State, chat: i64, id: i64) -> Option<Result<(), Refusal>> {
    let message = state.message(chat, id)?;
    let own = message.is_bots() || chat > 0 || state.may(chat, BOT_ID, "can_delete_messages");
    let fresh = state.now_ms() - message.sent_ms <= DELETE_LIFE_MS;
    Some(match (own, fresh) {
        (true, true) => Ok(()),
        // Nobody asks a bot to remember when it sent a message.
        (true, false) if group_kind(chat) == "group" || chat > 0 => {
            Err(Refusal::bad_luck("Message can't be deleted for everyone"))
        }
        (true, false) => Err(Refusal::bad_luck("Message can't be deleted")),
        _ => Err(Refusal::bad("Message can't be deleted")),
    })
}

fn react(state: &mut State, chat: i64, id: i64, p: &Params) -> Result<Value, Refusal> {
    let reactions = p.json("reaction")?.unwrap_or_default();
    let reactions = reactions.as_array().cloned().unwrap_or_default();
    if reactions.len() > 1 {
        return Err(Refusal::bad("REACTIONS_TOO_MANY"));
    }
    let absent = missing(state, chat, id, "react");
    let changed = state.touch();
    let message = state.message_mut(chat, id).ok_or(absent)?;
    message.reaction = reactions.into_iter().next();
    message.changed = changed;
    Ok(json!(true))
}

const SERVICE: [&str; 5] =
    ["new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id", "migrate_from_chat_id"];

fn pin(state: &mut State, chat: i64, id: i64, on: bool) -> Result<Value, Refusal> {
    if chat < 0 && !state.may(chat, BOT_ID, "can_pin_messages") {
        return Err(Refusal::bad("not enough rights to manage pinned messages in the chat"));
    }
    if on {
        let message = state.message(chat, id).ok_or_else(|| missing(state, chat, id, "pin"))?;
        if SERVICE.iter().any(|kind| message.body.get(kind).is_some()) {
            return Err(Refusal::bad("Service messages can't be pinned"));
        }
    }
    let changed = state.touch();
    if let Some(chat) = state.chats.get_mut(&chat) {
        chat.pinned = if on { Some(id) } else { chat.pinned.filter(|pinned| id != 0 && *pinned != id) };
        chat.changed = changed;
    }
    Ok(json!(true))
}

fn answer(state: &mut State, p: &Params) -> Result<Value, Refusal> {
    let gone = || Refusal::bad_luck("query is too old and response timeout expired or query ID is invalid");
    let text = p.text("text");
    if text.chars().count() > 200 {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let url = p.text("url");
    let own = [format!("https://t.me/{BOT_USERNAME}?start="), format!("t.me/{BOT_USERNAME}?start=")];
    if !url.is_empty() && !own.iter().any(|prefix| url.starts_with(prefix)) {
        return Err(Refusal::bad("URL_INVALID"));
    }
    let (now, changed) = (state.now_ms(), state.touch());
    let id: u64 = p.text("callback_query_id").parse().map_err(|_| gone())?;
    let query = state.queries.get_mut(&id).ok_or_else(gone)?;
    if now - query.at_ms > QUERY_LIFE_MS || query.answer.is_some() {
        return Err(gone());
    }
    let url = (!url.is_empty()).then_some(url);
    query.answer = Some(json!({ "text": text, "show_alert": p.flag("show_alert"), "url": url }));
    query.changed = changed;
    Ok(json!(true))
}
