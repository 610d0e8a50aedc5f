//! The queue of updates: who may see what, and what waits for `getUpdates`.
use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::state::{Role, State};
use super::{BOT_ID, BOT_USERNAME};

/// Kinds that come only when they are asked for by name.
const ONLY_BY_NAME: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// Updates that wait, and the rules under which new ones are added.
#[derive(Default)]
pub(super) struct Updates {
    pub waiting: VecDeque<(i64, Value)>,
    last_id: i64,
    /// The last `allowed_updates`; empty = the default set.
    pub allowed: Vec<String>,
    /// Which `getUpdates` call is the newest: an older one that still waits is turned away.
    pub poller: u64,
    /// Address and secret of the webhook.
    pub webhook: Option<Webhook>,
}

#[derive(Clone)]
pub(super) struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub last_error: Option<(i64, String)>,
}

impl Updates {
    fn wants(&self, kind: &str) -> bool {
        if self.allowed.is_empty() { !ONLY_BY_NAME.contains(&kind) } else { self.allowed.iter().any(|k| k == kind) }
    }

    fn push(&mut self, kind: &str, payload: Value, now_s: i64) {
        if self.last_id == 0 {
            // A bot that keeps its database over several worlds must not take new updates for old ones.
            self.last_id = now_s - 1_000_000_000;
        }
        self.last_id += 1;
        let mut update = Map::new();
        update.insert("update_id".into(), json!(self.last_id));
        update.insert(kind.into(), payload);
        self.waiting.push_back((self.last_id, Value::Object(update)));
    }

    /// Forgets what an offset confirms. A negative offset keeps only that many from the end.
    pub fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            while self.waiting.len() > keep {
                self.waiting.pop_front();
            }
        }
        while self.waiting.front().is_some_and(|(id, _)| *id < offset) {
            self.waiting.pop_front();
        }
    }

    pub fn first(&self, limit: usize) -> Vec<Value> {
        self.waiting.iter().take(limit).map(|(_, update)| update.clone()).collect()
    }
}

impl State {
    /// Queues an update of a kind that no privacy rule concerns.
    pub fn tell_bot(&mut self, kind: &str, payload: Value) {
        if self.updates.wants(kind) {
            let now_s = self.now_ms() / 1000;
            self.updates.push(kind, payload, now_s);
        }
    }

    /// Queues a person's message (`message` or `edited_message`) if the bot is there and may read it.
    pub fn tell_message(&mut self, kind: &str, body: Value) {
        let chat = body["chat"]["id"].as_i64().unwrap_or_default();
        let may_read = chat > 0
            || match self.role(chat, BOT_ID) {
                Role::Creator | Role::Admin => true,
                Role::Member => readable_in_privacy_mode(&body),
                Role::Left | Role::Kicked => false,
            };
        if may_read {
            self.tell_bot(kind, body);
        }
    }
}

/// Group privacy: commands that are not another bot's, replies to the bot, and service messages.
fn readable_in_privacy_mode(body: &Value) -> bool {
    let replies_to_bot = body["reply_to_message"]["from"]["id"] == json!(BOT_ID);
    let service = body.get("new_chat_members").or(body.get("left_chat_member")).or(body.get("pinned_message")).is_some()
        || body.get("migrate_to_chat_id").or(body.get("migrate_from_chat_id")).is_some();
    replies_to_bot || service || command_for_bot(body)
}

fn command_for_bot(body: &Value) -> bool {
    let text: Vec<u16> = body["text"].as_str().unwrap_or_default().encode_utf16().collect();
    let entities = body["entities"].as_array().map(Vec::as_slice).unwrap_or_default();
    entities.iter().filter(|e| e["type"] == "bot_command").any(|e| {
        let from = e["offset"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let to = from + e["length"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let command = String::from_utf16_lossy(text.get(from..to).unwrap_or_default());
        command.split_once('@').is_none_or(|(_, name)| name.eq_ignore_ascii_case(BOT_USERNAME))
    })
}
