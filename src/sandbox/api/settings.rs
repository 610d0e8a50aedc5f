//! What the bot says about itself.
use serde_json::{Value, json};

use super::{Params, target};
use crate::sandbox::commands::scope_key;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;
use crate::sandbox::{BOT_ID, BOT_NAME};

pub(super) fn dispatch(state: &mut State, method: &str, p: &Params) -> Result<Value, Refusal> {
    let language = p.text("language_code").to_owned();
    if !language.is_empty() && (language.len() != 2 || !language.bytes().all(|b| b.is_ascii_lowercase())) {
        return Err(Refusal::bad("Invalid language code specified"));
    }
    let read = |what| state.settings.text(what, &language).unwrap_or_default().to_owned();
    match method {
        "getme" => Ok(me(state)),
        "setmycommands" => set_commands(state, p, language),
        "getmycommands" => {
            let key = (scope_key(p.json("scope")?.as_ref()), language);
            Ok(state.settings.menus.get(&key).cloned().unwrap_or_else(|| json!([])))
        }
        "deletemycommands" => {
            state.settings.menus.remove(&(scope_key(p.json("scope")?.as_ref()), language));
            state.touch();
            Ok(json!(true))
        }
        "setmyname" => set(state, "name", language, p.text("name"), 64),
        "getmyname" => Ok(json!({ "name": state.settings.text("name", &language).unwrap_or(BOT_NAME) })),
        "setmydescription" => set(state, "description", language, p.text("description"), 512),
        "getmydescription" => Ok(json!({ "description": read("description") })),
        "setmyshortdescription" => set(state, "short_description", language, p.text("short_description"), 120),
        "getmyshortdescription" => Ok(json!({ "short_description": read("short_description") })),
        "logout" | "close" => Ok(json!(true)),
        _ => Err(Refusal::not_played(method)),
    }
}

fn me(state: &State) -> Value {
    let mut me = state.user_json(BOT_ID);
    for (key, value) in [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_inline_queries", false),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
    ] {
        me[key] = json!(value);
    }
    me
}

fn set(state: &mut State, what: &'static str, language: String, text: &str, limit: usize) -> Result<Value, Refusal> {
    if text.chars().count() > limit {
        return Err(Refusal::bad(format!("bot {} is too long", what.replace('_', " "))));
    }
    if text.is_empty() {
        state.settings.texts.remove(&(what, language));
    } else {
        state.settings.texts.insert((what, language), text.to_owned());
    }
    state.touch();
    Ok(json!(true))
}

/// A scope of one chat needs a chat that the bot has met; of a group, its being there.
fn scope_is_known(state: &State, scope: Option<&Value>) -> Result<(), Refusal> {
    let Some(given) = scope.and_then(|scope| scope.get("chat_id")) else { return Ok(()) };
    let id = given.as_i64().or_else(|| given.as_str()?.parse().ok());
    let met = id.and_then(|id| Some((id, state.chats.get(&id)?)));
    match met {
        Some((id, chat)) if chat.title.is_some() => target::inside(state, id),
        Some((_, chat)) if chat.started => Ok(()),
        _ => Err(Refusal::bad_luck("chat not found")),
    }
}

fn set_commands(state: &mut State, p: &Params, language: String) -> Result<Value, Refusal> {
    let scope = p.json("scope")?;
    scope_is_known(state, scope.as_ref())?;
    let commands = p.json("commands")?.unwrap_or_default();
    let list = commands.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > 100 {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for entry in list {
        let (command, description) = (entry["command"].as_str(), entry["description"].as_str());
        let command = command.unwrap_or_default().trim_start_matches('/');
        let proper = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=32).contains(&command.len()) || !command.bytes().all(proper) {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        if !(1..=256).contains(&description.unwrap_or_default().chars().count()) {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    state.settings.menus.insert((scope_key(scope.as_ref()), language), commands);
    state.touch();
    Ok(json!(true))
}
