//! What the little Telegram remembers. No rules here, only data and the few steps that every rule needs.
mod menu;
mod pace;
mod tell;
mod trouble;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use super::commands::Settings;
use super::faults::{Fault, Muddle};
use super::rates::{Meter, Rates};
use super::updates::Updates;
use super::{BOT_ID, BOT_NAME, BOT_USERNAME, User};
pub(super) use trouble::Chance;

/// How many Bot API calls are kept for inspection.
const REQUESTS_KEPT: usize = 20_000;

/// One Bot API call as it was answered.
#[derive(Clone, Debug)]
pub struct ApiRequest {
    /// When it was answered, in unix milliseconds of the world's clock.
    pub at_ms: i64,
    /// Method name as the client wrote it.
    pub method: String,
    /// Parameters; an uploaded file shows as `attach://…` or as its name.
    pub params: Value,
    /// HTTP status; 0 = there was no answer, or there is none yet.
    pub status: u16,
    /// Body of the answer; null when none went out.
    pub response: Value,
    /// Whether what was asked was done, answered or not.
    pub done: bool,
}

/// A person's or the bot's place in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Creator,
    Admin,
    Member,
    Left,
    Kicked,
}

impl Role {
    pub fn is_in(self) -> bool {
        matches!(self, Self::Creator | Self::Admin | Self::Member)
    }

    pub fn is_admin(self) -> bool {
        matches!(self, Self::Creator | Self::Admin)
    }
}

pub(super) struct Chat {
    /// `None` for a private chat.
    pub title: Option<String>,
    /// Everyone who is or was in the group; the bot too.
    pub members: BTreeMap<i64, Role>,
    pub messages: Vec<Stored>,
    pub last_message_id: i64,
    /// Rights that members or admins do not have, although their place would give them.
    pub denied: BTreeSet<(i64, &'static str)>,
    /// The reply keyboard in force, and the message that brought it.
    pub keyboard: Option<(i64, Value)>,
    pub pinned: Option<i64>,
    /// Private chats: START was pressed.
    pub started: bool,
    /// Private chats: the person blocked the bot.
    pub blocked: bool,
    /// Groups: the supergroup that this one became.
    pub migrated_to: Option<i64>,
    /// Until when "typing…" shows, in milliseconds.
    pub action: Option<(String, i64)>,
    pub changed: u64,
}

pub(super) struct Stored {
    pub id: i64,
    /// The message as the Bot API shows it.
    pub body: Value,
    /// A keyboard other than an inline one was sent along: such a message can never be edited.
    pub other_markup: Option<Value>,
    pub deleted: bool,
    pub reaction: Option<Value>,
    pub sent_ms: i64,
    pub changed: u64,
}

impl Stored {
    pub fn is_bots(&self) -> bool {
        self.body["from"]["id"] == json!(BOT_ID)
    }
}

#[derive(Clone)]
pub(super) struct Query {
    pub user: i64,
    pub at_ms: i64,
    pub answer: Option<Value>,
    pub changed: u64,
}

#[derive(Clone)]
pub(super) struct StoredFile {
    pub unique_id: String,
    pub kind: &'static str,
    pub name: String,
    pub mime: String,
    pub bytes: axum::body::Bytes,
    /// Length of a video or a sound, where it is known.
    pub seconds: Option<i64>,
}

pub(super) struct State {
    /// Tells this world from another one at the same address: when it began, in nanoseconds.
    pub session: u128,
    /// How far the world's clock runs ahead of the machine's.
    pub ahead_ms: i64,
    /// Turns the bot's clock forward, where the page may do that.
    pub turns: Option<fn(std::time::Duration)>,
    pub users: BTreeMap<i64, User>,
    pub deactivated: Vec<i64>,
    pub chats: BTreeMap<i64, Chat>,
    pub queries: BTreeMap<u64, Query>,
    pub updates: Updates,
    pub requests: VecDeque<ApiRequest>,
    /// How many calls were ever recorded, those included that are no longer kept.
    pub recorded: u64,
    pub violations: Vec<String>,
    pub faults: Vec<Fault>,
    pub muddle: Muddle,
    pub chance: Chance,
    pub files: HashMap<String, StoredFile>,
    pub settings: Settings,
    pub meter: Meter,
    /// Rises with every change that a person could see.
    pub version: u64,
    last_number: u64,
}

impl State {
    pub fn new(rates: Rates) -> Self {
        let began = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            session: began.as_nanos(),
            ahead_ms: 0,
            turns: None,
            users: BTreeMap::new(),
            deactivated: Vec::new(),
            chats: BTreeMap::new(),
            queries: BTreeMap::new(),
            updates: Updates::default(),
            requests: VecDeque::new(),
            recorded: 0,
            violations: Vec::new(),
            faults: Vec::new(),
            muddle: Muddle::default(),
            chance: Chance::seeded(0),
            files: HashMap::new(),
            settings: Settings::default(),
            meter: Meter::new(rates),
            version: 1,
            last_number: 4_000_000_000,
        }
    }

    pub fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(self.ahead_ms)
    }

    pub fn touch(&mut self) -> u64 {
        self.version += 1;
        self.version
    }

    /// A number that was never given out before (queries, files, albums).
    pub fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    pub fn user_json(&self, id: i64) -> Value {
        if id == BOT_ID {
            return json!({ "id": BOT_ID, "is_bot": true, "first_name": self.settings.bot_name(BOT_NAME), "username": BOT_USERNAME });
        }
        let Some(user) = self.users.get(&id) else {
            return json!({ "id": id, "is_bot": false, "first_name": "?" });
        };
        let mut out = json!({ "id": user.id, "is_bot": false, "first_name": user.first_name });
        for (key, value) in [("last_name", &user.last_name), ("username", &user.username), ("language_code", &user.language_code)]
        {
            if let Some(value) = value {
                out[key] = json!(value);
            }
        }
        out
    }

    pub fn chat_json(&self, id: i64) -> Value {
        match self.chats.get(&id).and_then(|chat| chat.title.as_ref()) {
            Some(title) => json!({ "id": id, "type": group_kind(id), "title": title }),
            None => {
                let user = self.user_json(id);
                let mut out = json!({ "id": id, "type": "private" });
                for key in ["first_name", "last_name", "username"] {
                    if let Some(value) = user.get(key) {
                        out[key] = value.clone();
                    }
                }
                out
            }
        }
    }

    pub fn role(&self, chat: i64, user: i64) -> Role {
        self.chats.get(&chat).and_then(|chat| chat.members.get(&user)).copied().unwrap_or(Role::Left)
    }

    pub fn message(&self, chat: i64, id: i64) -> Option<&Stored> {
        self.chats.get(&chat)?.messages.iter().rev().find(|m| m.id == id && !m.deleted)
    }

    pub fn message_mut(&mut self, chat: i64, id: i64) -> Option<&mut Stored> {
        self.chats.get_mut(&chat)?.messages.iter_mut().rev().find(|m| m.id == id && !m.deleted)
    }

    /// Adds a message to a chat and gives back its body. `content` holds everything but id, date, chat and sender.
    pub fn post(&mut self, chat_id: i64, from: i64, content: Map<String, Value>, other_markup: Option<Value>) -> Value {
        let sent_ms = self.now_ms();
        let changed = self.touch();
        let (from, chat_json) = (self.user_json(from), self.chat_json(chat_id));
        let Some(chat) = self.chats.get_mut(&chat_id) else { return Value::Null };
        chat.last_message_id += 1;
        let id = chat.last_message_id;
        let mut body = Map::new();
        body.insert("message_id".into(), json!(id));
        body.insert("date".into(), json!(sent_ms / 1000));
        body.insert("chat".into(), chat_json);
        body.insert("from".into(), from);
        body.extend(content);
        let body = Value::Object(body);
        chat.action = None;
        chat.changed = changed;
        chat.messages.push(Stored { id, body: body.clone(), other_markup, deleted: false, reaction: None, sent_ms, changed });
        body
    }

    /// The message that another one answers, as it is shown inside that other one.
    pub fn quoted(&self, chat: i64, id: i64) -> Option<Value> {
        let mut body = self.message(chat, id)?.body.clone();
        if let Some(body) = body.as_object_mut() {
            body.remove("reply_to_message");
        }
        Some(body)
    }

    /// Keeps a call; gives its number. `done`: what was asked was done, whatever was answered.
    pub fn record(&mut self, method: &str, params: Value, status: u16, response: Value, done: bool) -> u64 {
        if self.requests.len() >= REQUESTS_KEPT {
            self.requests.pop_front();
        }
        self.recorded += 1;
        let at_ms = self.now_ms();
        self.requests.push_back(ApiRequest { at_ms, method: method.to_owned(), params, status, response, done });
        self.recorded
    }

    /// A call that was recorded without an answer has one now.
    pub fn answered(&mut self, call: u64, body: Value) {
        let behind = usize::try_from(self.recorded - call).unwrap_or(usize::MAX);
        let at = self.requests.len().checked_sub(behind.saturating_add(1));
        if let Some(request) = at.and_then(|at| self.requests.get_mut(at)) {
            (request.status, request.response) = (200, body);
        }
    }

    pub fn keep_file(
        &mut self,
        kind: &'static str,
        name: String,
        mime: String,
        bytes: axum::body::Bytes,
        seconds: Option<i64>,
    ) -> String {
        let number = self.number();
        let id = format!("baoxiu-{kind}-{number}");
        self.files.insert(id.clone(), StoredFile { unique_id: format!("u{number}"), kind, name, mime, bytes, seconds });
        id
    }
}

/// `supergroup` for ids that begin with -100, else `group`.
pub(super) fn group_kind(id: i64) -> &'static str {
    if id <= -1_000_000_000_000 { "supergroup" } else { "group" }
}
