//! Saves what teloxide cannot read: cuts an update down to the few fields that matter.
//!
//! teloxide's types are strict. One new kind of quote in a message, a file above 4 GB, a right of administrators that is
//! missing, a film without a MIME type, and a whole message or change of membership would be lost. Cut down, it is read.
use serde_json::{Map, Value, json};

/// Fields of a message that are kept as they are.
const PLAIN: [&str; 6] = ["message_id", "message_thread_id", "is_topic_message", "date", "text", "caption"];
const FILES: [&str; 6] = ["video", "voice", "audio", "document", "video_note", "animation"];

/// The update with only what matters, in shapes that teloxide reads; `None`: not an update that we asked for.
pub(super) fn slim(update: &Value) -> Option<Value> {
    let mut slim = Map::new();
    slim.insert("update_id".to_owned(), json!(1));
    for kind in ["message", "edited_message"] {
        if let Some(whole) = update.get(kind) {
            slim.insert(kind.to_owned(), message(whole)?);
            return Some(Value::Object(slim));
        }
    }
    for kind in ["my_chat_member", "chat_member"] {
        if let Some(whole) = update.get(kind) {
            slim.insert(kind.to_owned(), change(whole)?);
            return Some(Value::Object(slim));
        }
    }
    slim.insert("callback_query".to_owned(), query(update.get("callback_query")?)?);
    Some(Value::Object(slim))
}

fn message(whole: &Value) -> Option<Value> {
    let mut slim = Map::new();
    for field in PLAIN {
        copy(whole, field, &mut slim);
    }
    slim.insert("chat".to_owned(), chat(whole.get("chat")?));
    slim.insert("from".to_owned(), user(whole.get("from")?));
    let mut keep = |field: &str, of: fn(&Value) -> Value| {
        if let Some(value) = whole.get(field) {
            slim.insert(field.to_owned(), of(value));
        }
    };
    keep("sender_chat", chat);
    keep("via_bot", user);
    keep("forward_origin", |_| json!({"type": "hidden_user", "date": 0, "sender_user_name": ""}));
    keep("entities", marks);
    keep("caption_entities", marks);
    keep("location", |place| pick(place, &["latitude", "longitude"]));
    keep("contact", |card| pick(card, &["phone_number", "first_name", "last_name", "user_id"]));
    keep("photo", |sizes| sizes.as_array().into_iter().flatten().map(file).collect());
    for field in FILES {
        keep(field, file);
    }
    if let Some(Value::String(album)) = whole.get("media_group_id") {
        slim.insert("media_group_id".to_owned(), json!(album));
    }
    // Without these a reply cannot be told from talk; with less than these it is no reply.
    if let Some(replied) = whole.get("reply_to_message").and_then(reply) {
        slim.insert("reply_to_message".to_owned(), replied);
    }
    Some(Value::Object(slim))
}

/// What tells a command from one that is quoted, and formatting that needs nothing beside its place.
fn marks(entities: &Value) -> Value {
    const KINDS: [&str; 10] = [
        "bot_command",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
    ];
    let of_kind = |e: &&Value| e["type"].as_str().is_some_and(|kind| KINDS.contains(&kind));
    entities.as_array().into_iter().flatten().filter(of_kind).map(|e| pick(e, &["type", "offset", "length"])).collect()
}

fn reply(whole: &Value) -> Option<Value> {
    let (id, from, place) = (whole.get("message_id")?, whole.get("from")?, whole.get("chat")?);
    let mut slim = json!({"message_id": id, "from": user(from), "chat": chat(place), "date": 1});
    let said = if whole.get("forum_topic_created").is_some() { "forum_topic_created" } else { "text" };
    slim[said] = if said == "text" { json!("") } else { json!({"name": "", "icon_color": 7_322_096}) };
    Some(slim)
}

fn query(whole: &Value) -> Option<Value> {
    let message = whole.get("message")?;
    let place = json!({"message_id": message.get("message_id")?, "chat": chat(message.get("chat")?), "date": 0});
    let (id, from, data) = (whole.get("id")?, whole.get("from")?, whole.get("data")?);
    Some(json!({"id": id, "from": user(from), "data": data, "chat_instance": "", "message": place}))
}

fn change(whole: &Value) -> Option<Value> {
    let new = whole.get("new_chat_member")?;
    let user = user(new.get("user")?);
    let status = match new.get("status")?.as_str()? {
        "creator" | "administrator" => json!({"user": user, "status": "creator", "is_anonymous": false}),
        "member" => json!({"user": user, "status": "member"}),
        "restricted" if new["is_member"].as_bool() != Some(false) => json!({"user": user, "status": "member"}),
        _ => json!({"user": user, "status": "left"}),
    };
    let by = self::user(whole.get("from")?);
    Some(json!({"chat": chat(whole.get("chat")?), "from": by, "date": 0, "old_chat_member": {"user": user, "status": "left"},
        "new_chat_member": status}))
}

fn user(whole: &Value) -> Value {
    let mut slim = pick(whole, &["id", "first_name", "last_name", "language_code"]);
    slim["is_bot"] = json!(whole["is_bot"].as_bool().unwrap_or(false));
    if slim["first_name"].is_null() {
        slim["first_name"] = json!("");
    }
    slim
}

fn chat(whole: &Value) -> Value {
    pick(whole, &["id", "type", "title", "first_name"])
}

/// Sizes, lengths and types are of no use to us, but teloxide wants them, even where Telegram calls them optional.
fn file(whole: &Value) -> Value {
    let mut slim = pick(whole, &["file_id", "file_unique_id"]);
    for field in ["width", "height"] {
        slim[field] = whole.get(field).filter(|size| size.as_u64().is_some_and(|n| n < 65_536)).cloned().unwrap_or(json!(1));
    }
    for field in ["duration", "length"] {
        slim[field] = json!(1);
    }
    slim["mime_type"] = json!("application/octet-stream");
    slim
}

fn pick(whole: &Value, fields: &[&str]) -> Value {
    let mut slim = Map::new();
    for field in fields {
        copy(whole, field, &mut slim);
    }
    Value::Object(slim)
}

fn copy(whole: &Value, field: &str, slim: &mut Map<String, Value>) {
    if let Some(value) = whole.get(field).filter(|value| !value.is_null()) {
        slim.insert(field.to_owned(), value.clone());
    }
}
