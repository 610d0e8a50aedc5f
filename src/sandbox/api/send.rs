//! Messages from the bot.
use serde_json::{Map, Value, json};

use super::{Params, content, target};
use crate::sandbox::BOT_ID;
use crate::sandbox::keyboard::{self, Markup};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;

pub(super) fn dispatch(state: &mut State, method: &str, p: &Params) -> Result<Value, Refusal> {
    let chat = target::writable(state, p)?;
    match method {
        "sendmediagroup" => return album(state, chat, p),
        "sendchataction" => return action(state, chat, p),
        "copymessage" => return copy(state, chat, p),
        "forwardmessage" => return forward(state, chat, p),
        _ => {}
    }
    let body = match method {
        "sendmessage" => content::text(p)?,
        "sendphoto" => media(state, p, "photo")?,
        "sendvideo" => media(state, p, "video")?,
        "sendvoice" => media(state, p, "voice")?,
        "sendvideonote" => media(state, p, "video_note")?,
        "sendaudio" => media(state, p, "audio")?,
        "senddocument" => media(state, p, "document")?,
        "sendanimation" => media(state, p, "animation")?,
        "sendlocation" => location(p)?,
        _ => contact(p)?,
    };
    deliver(state, chat, body, p)
}

fn media(state: &mut State, p: &Params, kind: &'static str) -> Result<Map<String, Value>, Refusal> {
    let caption = content::caption(p)?;
    let file = content::file(state, p, kind, p.text(kind), kind)?;
    let mut body = Map::from_iter([(kind.to_owned(), file)]);
    body.extend(caption);
    Ok(body)
}

fn location(p: &Params) -> Result<Map<String, Value>, Refusal> {
    let (Some(latitude), Some(longitude)) = (p.float("latitude"), p.float("longitude")) else {
        return Err(Refusal::bad("location must be specified"));
    };
    if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
        return Err(Refusal::bad("wrong location specified"));
    }
    Ok(Map::from_iter([("location".into(), json!({ "latitude": latitude, "longitude": longitude }))]))
}

fn contact(p: &Params) -> Result<Map<String, Value>, Refusal> {
    let (phone, name) = (p.text("phone_number"), p.text("first_name"));
    if phone.is_empty() {
        return Err(Refusal::bad("phone number is empty"));
    }
    if name.is_empty() {
        return Err(Refusal::bad("first name is empty"));
    }
    Ok(Map::from_iter([("contact".into(), json!({ "phone_number": phone, "first_name": name }))]))
}

/// Checks the keyboard, posts, and lets the reply keyboard come or go.
fn deliver(state: &mut State, chat: i64, mut body: Map<String, Value>, p: &Params) -> Result<Value, Refusal> {
    let markup = match p.json("reply_markup")? {
        Some(markup) => keyboard::check(&markup, chat > 0)?,
        None => Markup::Inline(None),
    };
    decorate(state, chat, &mut body, p)?;
    let other = match markup {
        Markup::Inline(keyboard) => {
            if let Some(keyboard) = keyboard {
                body.insert("reply_markup".into(), keyboard);
            }
            None
        }
        Markup::Reply(keyboard) | Markup::Force(keyboard) => Some(keyboard),
        Markup::Remove => Some(json!({ "remove_keyboard": true })),
    };
    state.pace(chat, 1, p.flag("allow_paid_broadcast"))?;
    let sent = state.post(chat, BOT_ID, body, other.clone());
    if let (Some(chat), Some(other)) = (state.chats.get_mut(&chat), other) {
        let id = sent["message_id"].as_i64().unwrap_or_default();
        chat.keyboard = other.get("keyboard").is_some().then_some((id, other));
    }
    Ok(sent)
}

fn decorate(state: &State, chat: i64, body: &mut Map<String, Value>, p: &Params) -> Result<(), Refusal> {
    target::sendable(state, chat, body)?;
    if let Some(quoted) = target::quoted(state, chat, p)? {
        body.insert("reply_to_message".into(), quoted);
    }
    if p.flag("protect_content") {
        body.insert("has_protected_content".into(), json!(true));
    }
    Ok(())
}

fn album(state: &mut State, chat: i64, p: &Params) -> Result<Value, Refusal> {
    let parts = p.json("media")?.unwrap_or_default();
    let parts = parts.as_array().map(Vec::as_slice).unwrap_or_default();
    match parts.len() {
        0 => return Err(Refusal::bad("There are no messages to send")),
        // Telegram sends a single one, which then belongs to no album; its documentation asks for two.
        1 => return Err(Refusal::bad("there must be 2-10 messages in a media group")),
        2..=10 => {}
        _ => return Err(Refusal::bad("Too many messages to send as an album")),
    }
    alike(parts)?;
    let mut bodies = Vec::new();
    for part in parts {
        let kind = match part["type"].as_str() {
            Some("photo") => "photo",
            Some("video") => "video",
            Some("audio") => "audio",
            Some("document") => "document",
            _ => return Err(Refusal::not_played("albums of this kind")),
        };
        let word = |key: &str| part[key].as_str().unwrap_or_default();
        let entities = part.get("caption_entities").cloned();
        let caption = content::caption_of(word("caption"), word("parse_mode"), entities)?;
        let file = content::file(state, p, "", word("media"), kind)?;
        let mut body = Map::from_iter([(kind.to_owned(), file)]);
        body.extend(caption);
        decorate(state, chat, &mut body, p)?;
        bodies.push(body);
    }
    state.pace(chat, bodies.len(), p.flag("allow_paid_broadcast"))?;
    let group = state.number().to_string();
    let sent = bodies.into_iter().map(|mut body| {
        body.insert("media_group_id".into(), json!(group));
        state.post(chat, BOT_ID, body, None)
    });
    Ok(sent.collect())
}

/// Photos and videos mix; sounds and documents keep to themselves.
fn alike(parts: &[Value]) -> Result<(), Refusal> {
    for (kind, name) in [("audio", "Audio"), ("document", "Document")] {
        let of_kind = parts.iter().filter(|part| part["type"] == kind).count();
        if of_kind != 0 && of_kind != parts.len() {
            return Err(Refusal::bad(format!("{name} can't be mixed with other media types")));
        }
    }
    if parts.iter().any(|part| part["show_caption_above_media"] != parts[0]["show_caption_above_media"]) {
        return Err(Refusal::bad("Parameter show_caption_above_media must be the same for all messages"));
    }
    Ok(())
}

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

fn action(state: &mut State, chat: i64, p: &Params) -> Result<Value, Refusal> {
    let action = p.text("action").to_owned();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(Refusal::bad("Wrong parameter action in request"));
    }
    let (until, changed) = (state.now_ms() + 5_000, state.touch());
    if let Some(chat) = state.chats.get_mut(&chat) {
        chat.action = Some((action, until));
        chat.changed = changed;
    }
    Ok(json!(true))
}

/// The message to copy or to forward.
fn source(state: &State, p: &Params, what: &str) -> Result<Value, Refusal> {
    let from = target::known(state, p, "from_chat_id")?;
    let id = p.int("message_id").unwrap_or_default();
    let message = state.message(from, id).ok_or_else(|| Refusal::bad(format!("message to {what} not found")))?;
    if message.body["has_protected_content"] == json!(true) {
        return Err(Refusal::bad(match what {
            "copy" => "The message can't be copied",
            _ => "Message has protected content and can't be forwarded",
        }));
    }
    Ok(message.body.clone())
}

const CONTENT: [&str; 15] = [
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "video",
    "animation",
    "video_note",
    "voice",
    "audio",
    "document",
    "sticker",
    "contact",
    "location",
    "poll",
];

fn content_of(message: &Value) -> Map<String, Value> {
    let kept = CONTENT.iter().filter_map(|key| Some(((*key).to_owned(), message.get(key)?.clone())));
    kept.collect()
}

fn copy(state: &mut State, chat: i64, p: &Params) -> Result<Value, Refusal> {
    let message = source(state, p, "copy")?;
    let mut body = content_of(&message);
    if body.is_empty() {
        return Err(Refusal::bad("The message can't be copied"));
    }
    if p.json("caption").is_ok_and(|caption| caption.is_some()) || !p.text("caption").is_empty() {
        body.remove("caption");
        body.remove("caption_entities");
        body.extend(content::caption(p)?);
    }
    let sent = deliver(state, chat, body, p)?;
    Ok(json!({ "message_id": sent["message_id"] }))
}

fn forward(state: &mut State, chat: i64, p: &Params) -> Result<Value, Refusal> {
    let message = source(state, p, "forward")?;
    let mut body = content_of(&message);
    if body.is_empty() {
        return Err(Refusal::bad("The message can't be forwarded"));
    }
    let origin = json!({ "type": "user", "date": message["date"], "sender_user": message["from"] });
    body.insert("forward_origin".into(), origin);
    decorate(state, chat, &mut body, p)?;
    state.pace(chat, 1, p.flag("allow_paid_broadcast"))?;
    Ok(state.post(chat, BOT_ID, body, None))
}
