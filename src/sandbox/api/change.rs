//! Changes to messages that are there: edits, deletions, reactions, pins; and answers to button presses.
use serde_json::{Map, Value, json};

use super::{Params, content, target};
use crate::sandbox::keyboard::{self, Markup};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;
use crate::sandbox::{BOT_ID, BOT_USERNAME};

/// How long a button press can be answered. Telegram names no number; about a quarter of an hour is observed.
const QUERY_LIFE_MS: i64 = 15 * 60 * 1000;
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
            let ids = ids.as_array().map(Vec::as_slice).unwrap_or_default();
            if !(1..=100).contains(&ids.len()) {
                return Err(Refusal::bad("message identifiers are not specified"));
            }
            for id in ids.iter().filter_map(Value::as_i64) {
                // Those that cannot be deleted are passed over.
                let _ = delete(state, chat, id);
            }
            Ok(json!(true))
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
    let (now, changed) = (state.now_ms() / 1000, state.version + 1);
    let message = state.message_mut(chat, id).ok_or(absent)?;
    if !message.from_bot() || message.other_markup.is_some() || message.body.get("forward_origin").is_some() {
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
    message.body = Value::Object(new);
    message.changed = changed;
    let body = message.body.clone();
    state.touch();
    Ok(body)
}

fn same(new: &Map<String, Value>, old: &Value) -> bool {
    old.as_object().is_some_and(|old| old == new)
}

fn delete(state: &mut State, chat: i64, id: i64) -> Result<Value, Refusal> {
    let absent = missing(state, chat, id, "delete");
    let (now, changed) = (state.now_ms(), state.touch());
    let others_too = chat > 0 || state.role(chat, BOT_ID).is_admin();
    let message = state.message_mut(chat, id).ok_or(absent)?;
    let too_old = now - message.sent_ms > DELETE_LIFE_MS;
    if too_old || (!message.from_bot() && !others_too) {
        return Err(Refusal::bad("message can't be deleted for everyone"));
    }
    message.deleted = true;
    message.changed = changed;
    Ok(json!(true))
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

fn pin(state: &mut State, chat: i64, id: i64, on: bool) -> Result<Value, Refusal> {
    if chat < 0 && !state.role(chat, BOT_ID).is_admin() {
        return Err(Refusal::bad("not enough rights to manage pinned messages in the chat"));
    }
    if on && state.message(chat, id).is_none() {
        return Err(missing(state, chat, id, "pin"));
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
