//! What the bot is told of: group privacy.
use serde_json::{Value, json};

use super::{Role, State};
use crate::sandbox::{BOT_ID, BOT_USERNAME};

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
