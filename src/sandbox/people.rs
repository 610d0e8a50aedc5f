//! What people do: write, edit, send things, press buttons, block.
use serde_json::{Map, Value, json};

use super::state::{Query, Role, State};
use super::world::World;
use super::{BOT_ID, markup, picture};

/// A file that a person attaches.
pub(super) struct Attachment {
    pub name: String,
    pub mime: String,
    pub bytes: Vec<u8>,
    /// Length of a video or a sound, where it is known.
    pub seconds: Option<i64>,
}

impl World {
    /// Presses START, or opens `t.me/<bot>?start=<payload>`; also brings back a bot that was blocked.
    pub fn start(&self, user: i64, payload: Option<&str>) -> i64 {
        let text = payload.map_or_else(|| "/start".to_owned(), |payload| format!("/start {payload}"));
        self.say(user, user, &text)
    }

    /// Has pressed START before this world began: the bot may write to them, and nothing is told of it.
    pub fn begin(&self, user: i64) {
        self.change(|state| {
            if let Some(chat) = state.chats.get_mut(&user) {
                chat.started = true;
            }
        });
    }

    /// Writes a message. In a private chat that was not started this presses START silently, as a first message does.
    pub fn say(&self, user: i64, chat: i64, text: &str) -> i64 {
        self.post(user, chat, None, words("text", "entities", text))
    }

    /// Answers a message.
    pub fn reply(&self, user: i64, chat: i64, to_message_id: i64, text: &str) -> i64 {
        self.post(user, chat, Some(to_message_id), words("text", "entities", text))
    }

    /// Sends a message with these fields besides id, date, chat and sender: forwarded, by way of another bot, with entities
    /// of its own.
    pub fn send_fields(&self, user: i64, chat: i64, fields: Value) -> i64 {
        let Value::Object(fields) = fields else { return 0 };
        self.post(user, chat, None, fields)
    }

    /// Changes an own message; a caption where there is one, else the text.
    pub fn edit(&self, user: i64, chat: i64, message_id: i64, new_text: &str) {
        self.change(|state| {
            let changed = state.touch();
            let edited_at = state.now_ms() / 1000;
            let Some(message) = state.message_mut(chat, message_id) else { return };
            if message.body["from"]["id"] != json!(user) {
                return;
            }
            let media = message.body.get("text").is_none();
            let (key, entities) = if media { ("caption", "caption_entities") } else { ("text", "entities") };
            if let Some(body) = message.body.as_object_mut() {
                body.remove(entities);
                body.extend(words(key, entities, new_text));
                body.insert("edit_date".into(), json!(edited_at));
            }
            message.changed = changed;
            let body = message.body.clone();
            state.tell_message("edited_message", body);
        });
    }

    /// Sends a photo; without bytes a small made picture.
    pub fn send_photo(&self, user: i64, chat: i64, bytes: Option<Vec<u8>>, caption: &str) -> i64 {
        self.attach(user, chat, None, "photo", file_or(bytes, "photo.png", "image/png"), caption)
    }

    /// Sends `n` photos as one album; the caption is the first one's. Gives their message ids.
    pub fn send_album(&self, user: i64, chat: i64, n: usize, caption: &str) -> Vec<i64> {
        let group = self.change(State::number).to_string();
        let one = |i| {
            let caption = if i == 0 { caption } else { "" };
            self.attach(user, chat, Some(&group), "photo", file_or(None, "photo.png", "image/png"), caption)
        };
        (0..n).map(one).collect()
    }

    /// Sends a video of a few seconds.
    pub fn send_video(&self, user: i64, chat: i64, bytes: Option<Vec<u8>>, caption: &str) -> i64 {
        self.attach(user, chat, None, "video", file_or(bytes, "video.mp4", "video/mp4"), caption)
    }

    /// Sends a round film.
    pub fn send_video_note(&self, user: i64, chat: i64, bytes: Option<Vec<u8>>) -> i64 {
        self.attach(user, chat, None, "video_note", file_or(bytes, "note.mp4", "video/mp4"), "")
    }

    /// Sends a voice message.
    pub fn send_voice(&self, user: i64, chat: i64) -> i64 {
        self.attach(user, chat, None, "voice", file_or(None, "voice.ogg", "audio/ogg"), "")
    }

    /// Sends a document.
    pub fn send_document(&self, user: i64, chat: i64, name: &str, bytes: Vec<u8>, caption: &str) -> i64 {
        let file = Attachment { name: name.into(), mime: "application/octet-stream".into(), bytes, seconds: None };
        self.attach(user, chat, None, "document", file, caption)
    }

    /// Sends a sticker.
    pub fn send_sticker(&self, user: i64, chat: i64) -> i64 {
        self.attach(user, chat, None, "sticker", file_or(None, "sticker.webp", "image/webp"), "")
    }

    /// Sends a poll.
    pub fn send_poll(&self, user: i64, chat: i64, question: &str, options: &[&str]) -> i64 {
        let id = self.change(State::number).to_string();
        let options: Vec<_> = options.iter().map(|text| json!({ "text": text, "voter_count": 0 })).collect();
        let poll = json!({
            "id": id, "question": question, "options": options, "total_voter_count": 0, "is_closed": false,
            "is_anonymous": true, "type": "regular", "allows_multiple_answers": false,
        });
        self.post(user, chat, None, one("poll", poll))
    }

    /// Shares a phone number: the own one (`user_id` is the sender's) or that of someone from the address book.
    pub fn share_contact(&self, user: i64, chat: i64, phone: &str, own: bool) -> i64 {
        let person = self.read(|state| state.user_json(user));
        let mut contact = json!({ "phone_number": phone, "first_name": "联系人" });
        if own {
            contact["first_name"] = person["first_name"].clone();
            contact["user_id"] = json!(user);
        }
        self.post(user, chat, None, one("contact", contact))
    }

    /// Shares a place.
    pub fn share_location(&self, user: i64, chat: i64, lat: f64, lng: f64) -> i64 {
        self.post(user, chat, None, one("location", json!({ "latitude": lat, "longitude": lng })))
    }

    /// Presses a button of a message; `data` may be anything, as from a forged client. Gives the query id.
    pub fn press(&self, user: i64, chat: i64, message_id: i64, data: &str) -> String {
        self.change(|state| {
            let (id, at_ms, changed) = (state.number(), state.now_ms(), state.touch());
            let message = state
                .message(chat, message_id)
                .map(|m| m.body.clone())
                .unwrap_or_else(|| json!({ "chat": state.chat_json(chat), "message_id": message_id, "date": 0 }));
            let query = json!({
                "id": id.to_string(), "from": state.user_json(user), "message": message,
                "chat_instance": format!("{}", chat.wrapping_mul(7919)), "data": data,
            });
            state.queries.insert(id, Query { user, at_ms, answer: None, changed });
            if chat > 0 || state.role(chat, BOT_ID).is_in() {
                state.tell_bot("callback_query", query);
            }
            id.to_string()
        })
    }

    /// Presses the button with this label (or a part of it) on the newest message that has one; `None`: there is none.
    pub fn press_label(&self, user: i64, chat: i64, label_substring: &str) -> Option<String> {
        let (message_id, data) = self.read(|state| {
            let newest_first = state.chats.get(&chat)?.messages.iter().rev().filter(|m| !m.deleted);
            newest_first.into_iter().find_map(|message| {
                let rows = message.body["reply_markup"]["inline_keyboard"].as_array()?;
                let mut buttons = rows.iter().filter_map(Value::as_array).flatten();
                let hit = buttons.find(|b| b["text"].as_str().is_some_and(|t| t.contains(label_substring)))?;
                Some((message.id, hit["callback_data"].as_str()?.to_owned()))
            })
        })?;
        Some(self.press(user, chat, message_id, &data))
    }

    /// Blocks the bot.
    pub fn block(&self, user: i64) {
        self.change(|state| state.set_blocked(user, true));
    }

    /// Takes the bot back.
    pub fn unblock(&self, user: i64) {
        self.change(|state| state.set_blocked(user, false));
    }

    pub(super) fn attach(
        &self,
        user: i64,
        chat: i64,
        album: Option<&str>,
        kind: &'static str,
        file: Attachment,
        caption: &str,
    ) -> i64 {
        let mut content = self.change(|state| one(kind, state.media(kind, file)));
        content.extend(words("caption", "caption_entities", caption));
        if let Some(album) = album {
            content.insert("media_group_id".into(), json!(album));
        }
        self.post(user, chat, None, content)
    }

    pub(super) fn post(&self, user: i64, chat: i64, reply_to: Option<i64>, mut content: Map<String, Value>) -> i64 {
        self.change(|state| {
            if chat == user {
                state.set_blocked(user, false);
                if let Some(chat) = state.chats.get_mut(&chat) {
                    chat.started = true;
                }
            } else if !state.role(chat, user).is_in() || state.chats.get(&chat).is_some_and(|chat| chat.migrated_to.is_some()) {
                return 0;
            }
            if let Some(quoted) = reply_to.and_then(|id| state.quoted(chat, id)) {
                content.insert("reply_to_message".into(), quoted);
            }
            let body = state.post(chat, user, content, None);
            let id = body["message_id"].as_i64().unwrap_or_default();
            state.tell_message("message", body);
            id
        })
    }
}

impl State {
    fn set_blocked(&mut self, user: i64, blocked: bool) {
        let changed = self.touch();
        let Some(chat) = self.chats.get_mut(&user).filter(|chat| chat.blocked != blocked) else { return };
        chat.blocked = blocked;
        chat.changed = changed;
        let place = |blocked| if blocked { Role::Kicked } else { Role::Member };
        let change = json!({
            "chat": self.chat_json(user),
            "from": self.user_json(user),
            "date": self.now_ms() / 1000,
            "old_chat_member": self.member_json(user, BOT_ID, place(!blocked)),
            "new_chat_member": self.member_json(user, BOT_ID, place(blocked)),
        });
        self.tell_bot("my_chat_member", change);
    }

    /// Keeps a file and describes it as the Bot API does for this kind of message.
    pub fn media(&mut self, kind: &'static str, file: Attachment) -> Value {
        let (size, name, mime) = (file.bytes.len(), file.name.clone(), file.mime.clone());
        let seconds = |usual| file.seconds.unwrap_or(usual);
        let (width, height) = picture::size(&file.bytes).unwrap_or((640, 480));
        let bytes = axum::body::Bytes::from(file.bytes);
        let id = self.keep_file(kind, file.name, file.mime, bytes.clone(), file.seconds);
        let unique = self.files.get(&id).map(|f| f.unique_id.clone()).unwrap_or_default();
        let base = json!({ "file_id": id, "file_unique_id": unique, "file_size": size });
        let with = |more: Value| {
            let mut out = base.clone();
            if let (Some(out), Value::Object(more)) = (out.as_object_mut(), more) {
                out.extend(more);
            }
            out
        };
        match kind {
            "photo" => {
                let small = self.keep_file(kind, name, mime, bytes, None);
                let thumb = json!({
                    "file_id": small, "file_unique_id": format!("{unique}s"), "file_size": size / 4,
                    "width": (width / 4).max(1), "height": (height / 4).max(1),
                });
                json!([thumb, with(json!({ "width": width, "height": height }))])
            }
            "video" | "animation" => {
                with(json!({ "width": width, "height": height, "duration": seconds(5), "mime_type": mime, "file_name": name }))
            }
            "video_note" => with(json!({ "length": 240, "duration": seconds(5) })),
            "voice" => with(json!({ "duration": seconds(4), "mime_type": mime })),
            "audio" => with(json!({ "duration": seconds(30), "mime_type": mime, "file_name": name })),
            "sticker" => with(json!({
                "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false, "emoji": "🔧",
            })),
            _ => with(json!({ "mime_type": mime, "file_name": name })),
        }
    }
}

fn one(key: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(key.to_owned(), value)])
}

/// Text or caption with the entities that Telegram finds by itself; nothing for an empty one.
fn words(key: &str, entities_key: &str, text: &str) -> Map<String, Value> {
    let rich = markup::plain(text);
    let mut out = Map::new();
    if rich.text.is_empty() {
        return out;
    }
    out.insert(key.to_owned(), json!(rich.text));
    if !rich.entities.is_empty() {
        out.insert(entities_key.to_owned(), json!(rich.entities));
    }
    out
}

fn file_or(bytes: Option<Vec<u8>>, name: &str, mime: &str) -> Attachment {
    let made = || if mime.starts_with("image/png") { picture::made() } else { b"baoxiu sandbox media".to_vec() };
    Attachment { name: name.into(), mime: mime.into(), bytes: bytes.unwrap_or_else(made), seconds: None }
}
