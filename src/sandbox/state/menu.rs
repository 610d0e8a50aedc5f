//! Which command menu a person sees.
use serde_json::{Value, json};

use super::State;

impl State {
    /// The menu that this person sees in this chat, by Telegram's order of scopes and languages.
    pub fn menu(&self, chat: i64, user: i64) -> Value {
        let language = self.users.get(&user).and_then(|u| u.language_code.as_deref()).unwrap_or_default();
        let language = language.split(['-', '_']).next().unwrap_or_default().to_owned();
        let mut scopes = Vec::new();
        if chat > 0 {
            scopes.extend([format!("chat {chat}"), "all_private_chats".into()]);
        } else {
            let admin = self.role(chat, user).is_admin();
            scopes.push(format!("chat_member {chat} {user}"));
            scopes.extend(admin.then(|| format!("chat_administrators {chat}")));
            scopes.push(format!("chat {chat}"));
            scopes.extend(admin.then(|| "all_chat_administrators".to_owned()));
            scopes.push("all_group_chats".into());
        }
        scopes.push("default".into());
        let lookups = scopes.into_iter().flat_map(|scope| [(scope.clone(), language.clone()), (scope, String::new())]);
        for key in lookups {
            if let Some(menu) = self.settings.menus.get(&key) {
                return menu.clone();
            }
        }
        json!([])
    }
}
