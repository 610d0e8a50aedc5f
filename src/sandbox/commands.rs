//! What the bot says about itself: name, descriptions, command menus by scope and language.
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::state::State;

/// Settings that a bot makes for itself.
#[derive(Default)]
pub(super) struct Settings {
    /// Menus by scope and language.
    pub menus: BTreeMap<(String, String), Value>,
    /// Values by setting and language.
    pub texts: BTreeMap<(&'static str, String), String>,
}

impl Settings {
    pub fn bot_name(&self, fallback: &str) -> String {
        self.text("name", "").unwrap_or(fallback).to_owned()
    }

    /// A setting in this language, else in the default one.
    pub fn text(&self, what: &'static str, language: &str) -> Option<&str> {
        let of = |language: &str| self.texts.get(&(what, language.to_owned())).map(String::as_str);
        of(language).or_else(|| of(""))
    }
}

/// A scope as the key under which its menu is kept.
pub(super) fn scope_key(scope: Option<&Value>) -> String {
    let Some(scope) = scope else { return "default".into() };
    let kind = scope["type"].as_str().unwrap_or("default");
    let part = |key: &str| scope.get(key).map(|id| format!(" {}", id.to_string().trim_matches('"'))).unwrap_or_default();
    format!("{kind}{}{}", part("chat_id"), part("user_id"))
}

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
