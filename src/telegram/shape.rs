//! Rendered buttons in teloxide's types.
use teloxide::types::{
    ButtonRequest, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup, KeyboardRemove, ReplyMarkup,
};

use crate::render::outgoing::{Ask, Markup, Tap};

/// Buttons of a new message.
pub(super) fn markup(markup: &Markup) -> Option<ReplyMarkup> {
    match markup {
        Markup::None => None,
        Markup::Inline(rows) => Some(ReplyMarkup::InlineKeyboard(inline(rows))),
        Markup::Reply(rows) => Some(ReplyMarkup::Keyboard(reply(rows))),
        Markup::Remove => Some(ReplyMarkup::KeyboardRemove(KeyboardRemove::new())),
    }
}

/// Buttons of an edited message; none of them takes those away that are there.
pub(super) fn inline_of(markup: &Markup) -> InlineKeyboardMarkup {
    match markup {
        Markup::Inline(rows) => inline(rows),
        Markup::None | Markup::Reply(_) | Markup::Remove => InlineKeyboardMarkup::default(),
    }
}

fn inline(rows: &[Vec<(String, Tap)>]) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new(rows.iter().map(|row| row.iter().filter_map(|(label, tap)| button(label, tap))))
}

/// A button; one whose address cannot be read is left out rather than costing the message.
fn button(label: &str, tap: &Tap) -> Option<InlineKeyboardButton> {
    match tap {
        Tap::Data(data) => Some(InlineKeyboardButton::callback(label, data)),
        Tap::Url(url) => Some(InlineKeyboardButton::url(label, url.parse().ok()?)),
    }
}

fn reply(rows: &[Vec<(String, Ask)>]) -> KeyboardMarkup {
    let button = |(label, ask): &(String, Ask)| match ask {
        Ask::Words => KeyboardButton::new(label),
        Ask::Contact => KeyboardButton::new(label).request(ButtonRequest::Contact),
        Ask::Location => KeyboardButton::new(label).request(ButtonRequest::Location),
    };
    let mut markup = KeyboardMarkup::new(rows.iter().map(|row| row.iter().map(button).collect::<Vec<_>>()));
    markup.resize_keyboard = true;
    markup.one_time_keyboard = true;
    markup
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn buttons_look_as_telegram_wants_them() {
        let rows = vec![vec![("Yes".to_owned(), Tap::Data("1:y".to_owned())), ("Bad".to_owned(), Tap::Url(":".to_owned()))]];
        let shown = serde_json::to_value(markup(&Markup::Inline(rows))).unwrap();
        assert_eq!(shown, json!({"inline_keyboard": [[{"text": "Yes", "callback_data": "1:y"}]]}));

        let rows = vec![vec![("Phone".to_owned(), Ask::Contact)], vec![("Back".to_owned(), Ask::Words)]];
        let shown = serde_json::to_value(markup(&Markup::Reply(rows))).unwrap();
        assert_eq!(shown["keyboard"], json!([[{"text": "Phone", "request_contact": true}], [{"text": "Back"}]]));
        assert_eq!(shown["resize_keyboard"], json!(true));
    }

    #[test]
    fn an_edit_without_buttons_takes_them_away() {
        assert_eq!(serde_json::to_value(inline_of(&Markup::None)).unwrap(), json!({"inline_keyboard": []}));
    }
}
