//! Coming and going in groups.
use serde_json::{Map, Value, json};

use super::BOT_ID;
use super::state::{Role, State};
use super::world::World;

impl World {
    /// A person joins a group.
    pub fn join(&self, chat: i64, user: i64) {
        self.change(|state| state.move_member(chat, user, user, Role::Member));
    }

    /// A person leaves a group.
    pub fn leave(&self, chat: i64, user: i64) {
        self.change(|state| state.move_member(chat, user, user, Role::Left));
    }

    /// An admin removes a person from a group.
    pub fn kick(&self, chat: i64, user: i64, by_user: i64) {
        self.change(|state| state.move_member(chat, user, by_user, Role::Kicked));
    }

    /// Someone makes a member (or the bot, [`super::BOT_ID`]) an admin, or takes it back.
    pub fn promote(&self, chat: i64, user: i64, by_user: i64, admin: bool) {
        let role = if admin { Role::Admin } else { Role::Member };
        self.change(|state| state.move_member(chat, user, by_user, role));
    }

    /// Someone adds the bot to a group.
    pub fn add_bot(&self, chat: i64, by_user: i64, as_admin: bool) {
        self.promote(chat, BOT_ID, by_user, as_admin);
    }

    /// Someone removes the bot from a group.
    pub fn remove_bot(&self, chat: i64, by_user: i64) {
        self.kick(chat, BOT_ID, by_user);
    }

    /// A group becomes the supergroup `to`, as Telegram does it: members move, message ids start anew.
    pub fn migrate(&self, from: i64, to: i64, by_user: i64) {
        self.change(|state| {
            let Some(old) = state.chats.get_mut(&from) else { return };
            old.migrated_to = Some(to);
            let (title, members) = (old.title.clone().unwrap_or_default(), old.members.clone());
            let notice = Map::from_iter([("migrate_to_chat_id".to_owned(), json!(to))]);
            let told = state.post(from, by_user, notice, None);
            state.tell_message("message", told);
            state.add_chat(to, title, members);
            let notice = Map::from_iter([("migrate_from_chat_id".to_owned(), json!(from))]);
            let told = state.post(to, by_user, notice, None);
            state.tell_message("message", told);
        });
    }
}

impl State {
    fn add_chat(&mut self, id: i64, title: String, members: std::collections::BTreeMap<i64, Role>) {
        let changed = self.touch();
        let mut chat = super::world::chat(Some(title), changed);
        chat.members = members;
        self.chats.insert(id, chat);
    }

    /// Changes a place in a group and makes the updates and the service message that belong to it.
    pub fn move_member(&mut self, chat: i64, user: i64, by: i64, to: Role) {
        let from = self.role(chat, user);
        let changed = self.touch();
        let Some(group) = self.chats.get_mut(&chat).filter(|chat| chat.title.is_some()) else { return };
        if from == to {
            return;
        }
        group.members.insert(user, to);
        group.changed = changed;
        let mut change = json!({
            "chat": self.chat_json(chat),
            "from": self.user_json(by),
            "date": self.now_ms() / 1000,
            "old_chat_member": self.member_json(chat, user, from),
            "new_chat_member": self.member_json(chat, user, to),
        });
        if user == BOT_ID {
            self.tell_bot("my_chat_member", change);
        } else if self.role(chat, BOT_ID).is_admin() {
            if from == Role::Kicked || from == Role::Left {
                change["via_join_request"] = Value::Bool(false);
            }
            self.tell_bot("chat_member", change);
        }
        if from.is_in() != to.is_in() {
            self.announce(chat, user, by, to.is_in());
        }
    }

    fn announce(&mut self, chat: i64, user: i64, by: i64, joined: bool) {
        let person = self.user_json(user);
        let mut content = Map::new();
        if joined {
            content.insert("new_chat_members".into(), json!([person.clone()]));
            // Older field, still sent by Telegram.
            content.insert("new_chat_member".into(), person);
        } else {
            content.insert("left_chat_member".into(), person);
        }
        let body = self.post(chat, by, content, None);
        self.tell_message("message", body);
    }
}
