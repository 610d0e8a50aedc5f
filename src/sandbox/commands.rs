//! What the bot says about itself: name, descriptions, command menus by scope and language.
use std::collections::BTreeMap;

use serde_json::Value;

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
