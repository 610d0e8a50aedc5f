//! What Telegram checks in a `reply_markup` beyond its shape, which `schema` has checked.
use serde_json::Value;

use super::markup::{utf16, web_url};
use super::refusal::Refusal;

/// Telegram's own limit of a keyboard under a message: 100 buttons.
const INLINE_BUTTONS: usize = 100;
/// Beyond it Telegram breaks a row, and the message looks different from what its author meant. Not documented.
const INLINE_IN_ROW: usize = 8;
/// The same of a keyboard in place of the letters. Not documented.
const REPLY_IN_ROW: usize = 12;
const REPLY_BUTTONS: usize = 300;

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
    let placeholder = markup["input_field_placeholder"].as_str();
    if placeholder.is_some_and(|text| !(1..=64).contains(&text.chars().count())) {
        return Err(Refusal::bad("input_field_placeholder must have 1-64 characters"));
    }
    if let Some(rows) = markup.get("inline_keyboard") {
        let buttons = buttons(rows, INLINE_IN_ROW, INLINE_BUTTONS)?;
        for button in &buttons {
            inline(button)?;
        }
        return Ok(Markup::Inline((!buttons.is_empty()).then(|| markup.clone())));
    }
    if let Some(rows) = markup.get("keyboard") {
        let buttons = buttons(rows, REPLY_IN_ROW, REPLY_BUTTONS)?;
        for button in &buttons {
            reply(button, private)?;
        }
        return Ok(if buttons.is_empty() { Markup::Inline(None) } else { Markup::Reply(markup.clone()) });
    }
    if markup["remove_keyboard"] == Value::Bool(true) {
        return Ok(Markup::Remove);
    }
    if markup["force_reply"] == Value::Bool(true) {
        return Ok(Markup::Force(markup.clone()));
    }
    Ok(Markup::Inline(None))
}

fn buttons(rows: &Value, in_row: usize, in_all: usize) -> Result<Vec<Value>, Refusal> {
    let rows: Vec<&Vec<Value>> = rows.as_array().into_iter().flatten().filter_map(Value::as_array).collect();
    if rows.iter().any(|row| row.len() > in_row) || rows.iter().map(|row| row.len()).sum::<usize>() > in_all {
        return Err(Refusal::bad("reply markup is too long"));
    }
    Ok(rows.into_iter().flatten().cloned().collect())
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
const STYLES: [&str; 3] = ["danger", "success", "primary"];

fn style(button: &Value, what: &str) -> Result<(), Refusal> {
    match button["style"].as_str() {
        Some(style) if !STYLES.contains(&style) => {
            Err(Refusal::bad(format!("can't parse {what}: invalid button style specified")))
        }
        _ => Ok(()),
    }
}

fn inline(button: &Value) -> Result<(), Refusal> {
    style(button, "inline keyboard button")?;
    if button["text"].as_str().unwrap_or_default().trim().is_empty() {
        return Err(Refusal::bad("Inline keyboard button text must be non-empty"));
    }
    // An empty text counts as none.
    let actions = ACTIONS.iter().filter(|key| button.get(**key).is_some_and(|v| *v != "" && !v.is_null())).count();
    match actions {
        0 => {
            return Err(Refusal::bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"));
        }
        1 => {}
        // The real server quietly keeps one of them; nobody can tell which the author meant.
        _ => return Err(Refusal::bad("can't parse inline keyboard button: exactly one action is allowed")),
    }
    if button["callback_data"].as_str().is_some_and(|data| data.len() > 64) {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    if button["copy_text"]["text"].as_str().is_some_and(|text| !(1..=256).contains(&utf16(text))) {
        return Err(Refusal::bad("BUTTON_COPY_TEXT_INVALID"));
    }
    if let Some(url) = button["url"].as_str()
        && !web_url(url)
    {
        let reason = match url.split_once(':') {
            Some((scheme, _)) if !matches!(scheme, "http" | "https" | "tg") => "Unsupported URL protocol",
            _ => "Wrong HTTP URL",
        };
        return Err(Refusal::bad(format!("Inline keyboard button URL '{url}' is invalid: {reason}")));
    }
    Ok(())
}

fn reply(button: &Value, private: bool) -> Result<(), Refusal> {
    style(button, "keyboard button")?;
    if button.as_str().or(button["text"].as_str()).unwrap_or_default().trim().is_empty() {
        return Err(Refusal::bad("Keyboard button text must be non-empty"));
    }
    let private_only = [
        ("request_contact", "Phone number can be requested"),
        ("request_location", "Location can be requested"),
        ("request_poll", "Poll can be requested"),
        ("request_users", "Users can be requested"),
        ("request_chat", "Chats can be requested"),
        ("web_app", "Web App buttons can be used"),
    ];
    let asks = |key: &str| button.get(key).is_some_and(|value| *value != Value::Bool(false));
    match private_only.iter().find(|(key, _)| !private && asks(key)) {
        Some((_, what)) => Err(Refusal::bad(format!("{what} in private chats only"))),
        None => Ok(()),
    }
}
