//! What Telegram checks in a `reply_markup`.
use serde_json::Value;

use super::markup::web_url;
use super::refusal::Refusal;

/// A checked `reply_markup`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Markup {
    /// Buttons under the message. With no button at all: the keyboard is taken away.
    Inline(Option<Value>),
    /// Buttons in place of the letters, until another keyboard or a removal comes.
    Reply(Value),
    /// Takes the reply keyboard away.
    Remove,
    /// Asks the person's app to answer this message.
    Force(Value),
}

/// Checks a markup as Telegram does before it sends.
pub(super) fn check(markup: &Value, private: bool) -> Result<Markup, Refusal> {
    if !markup.is_object() {
        return Err(Refusal::bad("object expected as reply markup"));
    }
    if let Some(rows) = markup.get("inline_keyboard") {
        let buttons = rows_of(rows, "inline keyboard")?;
        for button in &buttons {
            inline(button)?;
        }
        if buttons.len() > 100 {
            return Err(Refusal::bad("reply markup is too long"));
        }
        return Ok(Markup::Inline((!buttons.is_empty()).then(|| markup.clone())));
    }
    if let Some(rows) = markup.get("keyboard") {
        for button in rows_of(rows, "keyboard")? {
            reply(&button, private)?;
        }
        return Ok(Markup::Reply(markup.clone()));
    }
    if markup["remove_keyboard"] == Value::Bool(true) {
        return Ok(Markup::Remove);
    }
    if markup["force_reply"] == Value::Bool(true) {
        return Ok(Markup::Force(markup.clone()));
    }
    Ok(Markup::Inline(None))
}

fn rows_of(rows: &Value, what: &str) -> Result<Vec<Value>, Refusal> {
    let wrong = || Refusal::bad(format!("can't parse {what}: array of arrays of buttons expected"));
    let mut buttons = Vec::new();
    for row in rows.as_array().ok_or_else(wrong)? {
        buttons.extend(row.as_array().ok_or_else(wrong)?.iter().cloned());
    }
    Ok(buttons)
}

const ACTIONS: [&str; 10] = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];

fn inline(button: &Value) -> Result<(), Refusal> {
    let text = button["text"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refusal::bad("can't parse inline keyboard button: Field \"text\" must be non-empty"));
    }
    let actions = ACTIONS.iter().filter(|key| button.get(**key).is_some_and(|v| !v.is_null())).count();
    match actions {
        0 => {
            return Err(Refusal::bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"));
        }
        1 => {}
        // The real server quietly keeps one of them; nobody can tell which the author meant.
        _ => return Err(Refusal::bad("can't parse inline keyboard button: exactly one action is allowed")),
    }
    if let Some(data) = button.get("callback_data")
        && !(1..=64).contains(&data.as_str().map_or(0, str::len))
    {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    if let Some(url) = button.get("url") {
        let url = url.as_str().unwrap_or_default();
        if !web_url(url) {
            let reason = match url.split_once(':') {
                Some((scheme, _)) if !matches!(scheme, "http" | "https" | "tg") => "Unsupported URL protocol",
                _ => "Wrong HTTP URL",
            };
            return Err(Refusal::bad(format!("inline keyboard button URL '{url}' is invalid: {reason}")));
        }
    }
    Ok(())
}

fn reply(button: &Value, private: bool) -> Result<(), Refusal> {
    if button.as_str().or(button["text"].as_str()).unwrap_or_default().trim().is_empty() {
        return Err(Refusal::bad("can't parse keyboard button: Field \"text\" must be non-empty"));
    }
    for (key, what) in [("request_contact", "Phone number"), ("request_location", "Location")] {
        if button[key] == Value::Bool(true) && !private {
            return Err(Refusal::bad(format!("{what} can be requested in private chats only").to_lowercase()));
        }
    }
    Ok(())
}
