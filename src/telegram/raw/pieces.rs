//! Reads an answer to `getUpdates` piece by piece when it cannot be read as a whole.
//!
//! One update that is no JSON to us (nested deeper than the parser goes, say) would otherwise spoil every answer that it stands
//! in, and Telegram repeats the same updates until they are confirmed: the bot would be deaf for ever.
use serde_json::{Value, json};

/// The updates of an answer that is cut into them without reading what is inside. One that cannot be read keeps its number
/// alone, by which it is confirmed; an answer that breaks off ends with the last whole update.
pub(super) fn updates(body: &str) -> Vec<Value> {
    let list = body.split_once("\"result\":").map_or("", |(_, list)| list);
    cut(list).into_iter().filter_map(read).collect()
}

fn read(piece: &str) -> Option<Value> {
    if let Ok(update) = super::parse(piece) {
        return Some(update);
    }
    let number = number(piece)?;
    tracing::warn!(update_id = number, bytes = piece.len(), "an update cannot be read at all; it is dropped");
    Some(json!({ "update_id": number }))
}

/// Telegram writes it first; what people write cannot stand before it.
fn number(piece: &str) -> Option<i64> {
    let digits = piece.strip_prefix('{')?.trim_start().strip_prefix("\"update_id\":")?.trim_start();
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The objects of a list, however deep they are.
fn cut(list: &str) -> Vec<&str> {
    let (mut pieces, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in list.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                if depth == 1 {
                    begin = at;
                }
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                match depth {
                    0 => break,
                    1 => pieces.extend(list.get(begin..=at)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_cannot_be_read_spoils_no_other() {
        let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
        let body = format!(
            r#"{{"ok":true,"result":[{{"update_id":7,"message":{{"text":"a ] }} \" 漏水"}}}},{{"update_id":8,"message":{deep}}},
            {{"update_id":9,"poll":{{}}}}]}}"#
        );
        assert!(serde_json::from_str::<Value>(&body).is_err());
        let read = updates(&body);
        let numbers: Vec<i64> = read.iter().filter_map(|u| u["update_id"].as_i64()).collect();
        assert_eq!(numbers, [7, 8, 9]);
        assert_eq!(read[0]["message"]["text"], "a ] } \" 漏水");
        assert_eq!(read[1], json!({"update_id": 8}));
    }

    #[test]
    fn what_breaks_off_is_not_confirmed() {
        let whole = r#"{"ok":true,"result":[{"update_id":7},{"update_id":8,"message":{"text":"漏水"}}]}"#;
        for end in 0..whole.len() - 2 {
            let Some(body) = whole.get(..end) else { continue };
            assert!(updates(body).iter().all(|u| u["update_id"] == 7), "{body}");
        }
        assert_eq!(updates("{\"ok\":true,\"result\":[]}"), [Value::Null; 0]);
        assert_eq!(updates("{\"ok\":true}"), [Value::Null; 0]);
    }
}
