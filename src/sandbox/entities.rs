//! Entities that a bot lists by itself: `entities` and `caption_entities`.
use serde_json::Value;

use super::markup::web_url;

/// Kinds that format. The others Telegram finds by itself and takes from nobody.
const FORMATS: [&str; 13] = [
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
];
const FOUND: [&str; 9] =
    ["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number", "media_timestamp"];

/// Those that count, if all of them fit the text.
///
/// # Errors
/// In Telegram's words, which follow `Bad Request: `.
pub(super) fn check(text: &str, entities: Vec<Value>) -> Result<Vec<Value>, String> {
    let mut kept = Vec::new();
    for entity in entities {
        let kind = entity["type"].as_str().unwrap_or_default();
        if FORMATS.contains(&kind) {
            place(text, &entity)?;
            link(&entity)?;
            if entity["length"] != 0 {
                kept.push(entity);
            }
        } else if !FOUND.contains(&kind) {
            return Err("Can't parse MessageEntity: Unsupported type specified".to_owned());
        }
    }
    Ok(kept)
}

fn place(text: &str, entity: &Value) -> Result<(), String> {
    let number = |key: &str| {
        let number = entity[key].as_i64().unwrap_or_default();
        let usable = usize::try_from(number).ok().filter(|number| *number <= 1_000_000);
        usable.ok_or_else(|| format!("Receive an entity with incorrect {key} {number}"))
    };
    let (offset, length) = (number("offset")?, number("length")?);
    if length == 0 {
        return Ok(());
    }
    match byte_of(text, offset) {
        At::Start => {}
        At::Middle(byte) => return Err(format!("Entity begins in a middle of a UTF-16 symbol at byte offset {byte}")),
        At::Beyond => return Err(format!("Entity begins after the end of the text at UTF-16 offset {offset}")),
    }
    let beginning = format!("Entity beginning at UTF-16 offset {offset}");
    match byte_of(text, offset + length) {
        At::Start => Ok(()),
        At::Middle(byte) => Err(format!("{beginning} ends in a middle of a UTF-16 symbol at byte offset {byte}")),
        At::Beyond => Err(format!("{beginning} ends after the end of the text at UTF-16 offset {}", offset + length)),
    }
}

enum At {
    /// A character starts there, or the text ends.
    Start,
    /// Within a character; the next one starts at this byte.
    Middle(usize),
    Beyond,
}

fn byte_of(text: &str, utf16: usize) -> At {
    let mut units = 0;
    for (byte, c) in text.char_indices().chain([(text.len(), '\0')]) {
        if units >= utf16 {
            return if units == utf16 { At::Start } else { At::Middle(byte) };
        }
        units += c.len_utf16();
    }
    At::Beyond
}

fn link(entity: &Value) -> Result<(), String> {
    let url = entity["url"].as_str().unwrap_or_default();
    if entity["type"] == "text_link" && !web_url(url) {
        Err(format!("Entity URL '{url}' is invalid: Wrong HTTP URL"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_count_in_utf16() {
        let bold = |offset: i64, length: i64| check("a😀b", vec![json!({"type": "bold", "offset": offset, "length": length})]);
        assert_eq!(bold(0, 4).unwrap().len(), 1);
        assert_eq!(bold(1, 2).unwrap().len(), 1);
        assert_eq!(bold(4, 0).unwrap().len(), 0);
        assert_eq!(bold(2, 1).unwrap_err(), "Entity begins in a middle of a UTF-16 symbol at byte offset 5");
        assert_eq!(
            bold(0, 2).unwrap_err(),
            "Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5"
        );
        assert_eq!(
            bold(3, 2).unwrap_err(),
            "Entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 5"
        );
        assert_eq!(bold(5, 1).unwrap_err(), "Entity begins after the end of the text at UTF-16 offset 5");
        assert_eq!(bold(-1, 1).unwrap_err(), "Receive an entity with incorrect offset -1");
        assert_eq!(bold(0, -1).unwrap_err(), "Receive an entity with incorrect length -1");
    }

    #[test]
    fn kinds_that_telegram_finds_itself_are_passed_over() {
        let of = |kind: &str| check("@somebody", vec![json!({"type": kind, "offset": 0, "length": 3})]);
        assert_eq!(of("mention").unwrap(), Vec::<Value>::new());
        assert_eq!(of("glitter").unwrap_err(), "Can't parse MessageEntity: Unsupported type specified");
        assert_eq!(of("text_link").unwrap_err(), "Entity URL '' is invalid: Wrong HTTP URL");
    }
}
