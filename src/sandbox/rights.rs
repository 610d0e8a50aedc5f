//! Who may do what in a group, and how the Bot API tells of it.
use serde_json::{Value, json};

use super::BOT_ID;
use super::state::{Role, State};
use super::world::World;

/// Rights of an administrator, as `ChatMemberAdministrator` names them, and whether one has them here.
const ADMIN: [(&str, bool); 14] = [
    ("can_manage_chat", true),
    ("can_delete_messages", true),
    ("can_manage_video_chats", true),
    ("can_restrict_members", true),
    ("can_promote_members", false),
    ("can_change_info", true),
    ("can_invite_users", true),
    ("can_post_stories", false),
    ("can_edit_stories", false),
    ("can_delete_stories", false),
    ("can_pin_messages", true),
    ("can_manage_topics", false),
    ("can_manage_tags", false),
    ("is_anonymous", false),
];

/// Rights of a member, as `ChatMemberRestricted` names them.
const MEMBER: [(&str, bool); 16] = [
    ("can_send_messages", true),
    ("can_send_audios", true),
    ("can_send_documents", true),
    ("can_send_photos", true),
    ("can_send_videos", true),
    ("can_send_video_notes", true),
    ("can_send_voice_notes", true),
    ("can_send_polls", true),
    ("can_send_other_messages", true),
    ("can_add_web_page_previews", true),
    ("can_react_to_messages", true),
    ("can_change_info", false),
    ("can_invite_users", true),
    ("can_pin_messages", false),
    ("can_manage_topics", false),
    ("can_edit_tag", false),
];

impl World {
    /// Takes a right away from a member or an admin of a group, by its name in the Bot API (`can_delete_messages`), or
    /// gives it back. The bot is told when it is about itself.
    pub fn deny(&self, chat: i64, user: i64, right: &'static str, denied: bool) {
        self.change(|state| {
            let role = state.role(chat, user);
            let before = state.member_json(chat, user, role);
            if let Some(chat) = state.chats.get_mut(&chat) {
                if denied {
                    chat.denied.insert((user, right))
                } else {
                    chat.denied.remove(&(user, right))
                };
            }
            let after = state.member_json(chat, user, role);
            let by = state.chats.get(&chat).and_then(|chat| chat.members.iter().find(|(_, role)| **role == Role::Creator));
            let change = json!({
                "chat": state.chat_json(chat), "from": state.user_json(by.map_or(user, |(id, _)| *id)),
                "date": state.now_ms() / 1000, "old_chat_member": before, "new_chat_member": after,
            });
            if user == BOT_ID {
                state.tell_bot("my_chat_member", change);
            } else if state.role(chat, BOT_ID).is_admin() {
                state.tell_bot("chat_member", change);
            }
        });
    }
}

impl State {
    /// Whether this person, or the bot, has a right in a group.
    pub fn may(&self, chat: i64, user: i64, right: &str) -> bool {
        let denied = self.chats.get(&chat).is_some_and(|chat| chat.denied.iter().any(|d| d.0 == user && d.1 == right));
        let usual = |rights: &[(&str, bool)]| rights.iter().any(|(name, has)| *name == right && *has);
        match self.role(chat, user) {
            Role::Creator => true,
            Role::Admin => !denied && (usual(&ADMIN) || (right.starts_with("can_send") && usual(&MEMBER))),
            Role::Member => !denied && usual(&MEMBER),
            Role::Left | Role::Kicked => false,
        }
    }

    /// `ChatMember` of this place in a group.
    pub fn member_json(&self, chat: i64, user: i64, role: Role) -> Value {
        let denied: Vec<&str> =
            self.chats.get(&chat).into_iter().flat_map(|c| &c.denied).filter(|d| d.0 == user).map(|d| d.1).collect();
        let rights = |of: &[(&'static str, bool)]| -> Vec<(&'static str, Value)> {
            of.iter().map(|(name, has)| (*name, json!(*has && !denied.contains(name)))).collect()
        };
        let (status, more) = match role {
            Role::Creator => ("creator", vec![("is_anonymous", json!(false))]),
            Role::Admin => ("administrator", [vec![("can_be_edited", json!(false))], rights(&ADMIN)].concat()),
            Role::Member if denied.is_empty() => ("member", Vec::new()),
            Role::Member => {
                ("restricted", [vec![("is_member", json!(true)), ("until_date", json!(0))], rights(&MEMBER)].concat())
            }
            Role::Left => ("left", Vec::new()),
            Role::Kicked => ("kicked", vec![("until_date", json!(0))]),
        };
        let mut out = json!({ "status": status, "user": self.user_json(user) });
        for (name, value) in more {
            out[name] = value;
        }
        out
    }
}
