//! Text with entities: Telegram's HTML, and what Telegram finds in plain text by itself.
use serde_json::{Value, json};

/// A text without markup and the entities that belong to it. Offsets and lengths count UTF-16 units.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rich {
    pub text: String,
    pub entities: Vec<Value>,
}

/// Length as Telegram counts it.
pub(super) fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Plain text, with the entities that Telegram adds by itself.
pub(super) fn plain(text: &str) -> Rich {
    finish(Rich { text: text.to_owned(), entities: Vec::new() })
}

struct Open {
    tag: String,
    start: usize,
    entity: Option<Value>,
}

/// Parses Telegram's HTML. The error is the part after `can't parse entities: `.
pub(super) fn html(source: &str) -> Result<Rich, String> {
    let mut rich = Rich::default();
    let mut open: Vec<Open> = Vec::new();
    let mut length = 0;
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        match c {
            '<' if source[at + 1..].starts_with('/') => {
                let end = source[at..].find('>').ok_or_else(|| format!("Unclosed end tag at byte offset {at}"))?;
                let name = source[at + 2..at + end].trim().to_ascii_lowercase();
                let last = open.pop().ok_or_else(|| format!("Unexpected end tag at byte offset {at}"))?;
                if !name.is_empty() && name != last.tag {
                    return Err(format!(
                        "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{name}>\"",
                        last.tag
                    ));
                }
                close(&mut rich, last, length);
                at += end + 1;
            }
            '<' => {
                let end = tag_end(source, at).ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
                let (name, attributes) = tag(&source[at + 1..end]);
                let entity = entity_of(&name, &attributes).ok_or_else(|| match name.as_str() {
                    "span" => format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"),
                    _ => format!("Unsupported start tag \"{name}\" at byte offset {at}"),
                })?;
                name_language(&mut open, &name, &attributes, length);
                open.push(Open { tag: name, start: length, entity });
                at = end + 1;
            }
            _ => {
                let (c, size) = if c == '&' { reference(&source[at..]) } else { (c, c.len_utf8()) };
                rich.text.push(c);
                length += c.len_utf16();
                at += size;
            }
        }
    }
    match open.pop() {
        Some(left) => Err(format!("Can't find end tag corresponding to start tag \"{}\"", left.tag)),
        None => Ok(finish(rich)),
    }
}

fn close(rich: &mut Rich, open: Open, end: usize) {
    if let Some(mut entity) = open.entity
        && end > open.start
    {
        entity["offset"] = json!(open.start);
        entity["length"] = json!(end - open.start);
        rich.entities.push(entity);
    }
}

/// Where the tag that opens at `at` ends; a `>` inside quotes does not count.
fn tag_end(source: &str, at: usize) -> Option<usize> {
    let mut quote = None;
    for (i, b) in source.bytes().enumerate().skip(at + 1) {
        match (quote, b) {
            (None, b'>') => return Some(i),
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    None
}

fn tag(inner: &str) -> (String, Vec<(String, String)>) {
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let stop = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..stop].to_ascii_lowercase();
        rest = rest[stop..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let body = if quote.is_some() { &after[1..] } else { after };
            let ends = |c: char| quote.map_or(c.is_whitespace(), |q| q == c);
            let stop = body.find(ends).unwrap_or(body.len());
            value = &body[..stop];
            rest = body[stop..].trim_start_matches(['"', '\'']);
        }
        attributes.push((key, unescape(value)));
    }
    (name.to_ascii_lowercase(), attributes)
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (c, size) = if c == '&' { reference(&text[at..]) } else { (c, c.len_utf8()) };
        out.push(c);
        at += size;
    }
    out
}

/// The entity that a tag makes: `None` = unknown tag, `Some(None)` = allowed, but makes no entity.
fn entity_of(name: &str, attributes: &[(String, String)]) -> Option<Option<Value>> {
    let attribute = |key: &str| attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
    let kind = match name {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "tg-spoiler" => "spoiler",
        "span" if attribute("class") == Some("tg-spoiler") => "spoiler",
        "code" if attribute("class").is_some_and(|c| c.starts_with("language-")) => return Some(None),
        "code" => "code",
        "pre" => "pre",
        "blockquote" if attribute("expandable").is_some() => "expandable_blockquote",
        "blockquote" => "blockquote",
        "tg-emoji" => return Some(attribute("emoji-id").map(|id| json!({"type": "custom_emoji", "custom_emoji_id": id}))),
        "a" => {
            let url = attribute("href").unwrap_or_default();
            // Telegram drops links it would not open and keeps their text.
            return Some(web_url(url).then(|| json!({"type": "text_link", "url": url})));
        }
        _ => return None,
    };
    Some(Some(json!({ "type": kind })))
}

/// `<pre><code class="language-x">` names the language of the block around it.
fn name_language(open: &mut [Open], name: &str, attributes: &[(String, String)], at: usize) {
    let language = attributes.iter().find(|(k, _)| k == "class").and_then(|(_, v)| v.strip_prefix("language-"));
    if let (Some(parent), Some(language), "code") = (open.last_mut(), language, name)
        && parent.tag == "pre"
        && parent.start == at
        && let Some(entity) = &mut parent.entity
    {
        entity["language"] = json!(language);
    }
}

/// Whether Telegram would open this address.
pub(super) fn web_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let clean = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => clean && host.contains('.') && !host.starts_with('.'),
        "tg" | "tonsite" => clean && !host.is_empty(),
        _ => false,
    }
}

/// A character reference at the start of `text`: the character and the bytes it took. Unknown ones stay as written.
fn reference(text: &str) -> (char, usize) {
    for (name, c) in [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"')] {
        let rest = &text[1..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if &rest[..letters] == name {
            // The semicolon may be missing.
            return (c, 1 + letters + usize::from(rest[letters..].starts_with(';')));
        }
    }
    let number = text.strip_prefix("&#").and_then(|rest| {
        let end = rest.find(';').filter(|end| *end <= 8)?;
        let digits = &rest[..end];
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        Some((char::from_u32(code).filter(|c| *c != '\0')?, end + 3))
    });
    number.unwrap_or(('&', 1))
}

/// Trims as Telegram does, adds what it finds by itself, sorts.
pub(super) fn finish(rich: Rich) -> Rich {
    let start = rich.text.len() - rich.text.trim_start().len();
    let shift = utf16(&rich.text[..start]);
    let text = rich.text.trim().to_owned();
    let total = utf16(&text);
    let mut entities = Vec::new();
    for mut entity in rich.entities {
        let begin = number(&entity, "offset");
        let end = (begin + number(&entity, "length")).saturating_sub(shift).min(total);
        let begin = begin.saturating_sub(shift);
        if begin < end {
            entity["offset"] = json!(begin);
            entity["length"] = json!(end - begin);
            entities.push(entity);
        }
    }
    for found in detect(&text) {
        let (from, to) = (number(&found, "offset"), number(&found, "offset") + number(&found, "length"));
        let taken = entities.iter().any(|e| {
            let fixed = matches!(e["type"].as_str(), Some("code" | "pre" | "text_link" | "text_mention"));
            fixed && number(e, "offset") < to && from < number(e, "offset") + number(e, "length")
        });
        if !taken {
            entities.push(found);
        }
    }
    entities.sort_by_key(|e| (number(e, "offset"), usize::MAX - number(e, "length")));
    Rich { text, entities }
}

fn number(entity: &Value, key: &str) -> usize {
    entity[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

/// Commands, mentions and addresses, each at the start of a word.
fn detect(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let token = word.trim_end();
        let name = |s: &str| s.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let hit = if let Some(rest) = token.strip_prefix('/') {
            let command = name(rest);
            let target = rest[command..].strip_prefix('@').map_or(0, name);
            (1..=64).contains(&command).then(|| ("bot_command", 1 + command + if target >= 3 { target + 1 } else { 0 }))
        } else if let Some(rest) = token.strip_prefix('@') {
            Some(("mention", name(rest) + 1)).filter(|(_, n)| (6..=33).contains(n))
        } else if token.starts_with("https://") || token.starts_with("http://") {
            let address = token.trim_end_matches(|c: char| ".,;:!?)。，；：！？）".contains(c));
            web_url(address).then_some(("url", address.len()))
        } else {
            None
        };
        if let Some((kind, bytes)) = hit {
            found.push(json!({ "type": kind, "offset": offset, "length": utf16(&token[..bytes]) }));
        }
        offset += utf16(word);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text_and_entities() {
        let rich = html("<b>王&lt;女士&gt;</b> 😀 <a href=\"https://example.com/?a=1&amp;b=2\">看 <i>这里</i></a>").unwrap();
        assert_eq!(rich.text, "王<女士> 😀 看 这里");
        assert_eq!(
            rich.entities,
            vec![
                json!({"type": "bold", "offset": 0, "length": 5}),
                json!({"type": "text_link", "url": "https://example.com/?a=1&b=2", "offset": 9, "length": 4}),
                json!({"type": "italic", "offset": 11, "length": 2}),
            ]
        );
    }

    #[test]
    fn broken_html_is_refused_in_telegrams_words() {
        assert_eq!(html("a<x>b").unwrap_err(), "Unsupported start tag \"x\" at byte offset 1");
        assert_eq!(html("<b>a").unwrap_err(), "Can't find end tag corresponding to start tag \"b\"");
        assert!(html("<b><i>a</b></i>").unwrap_err().starts_with("Unmatched end tag at byte offset 7, expected \"</i>\""));
        assert_eq!(html("a</b>").unwrap_err(), "Unexpected end tag at byte offset 1");
        assert_eq!(html("1 <b").unwrap_err(), "Unclosed start tag at byte offset 2");
    }

    #[test]
    fn commands_mentions_and_links_are_found() {
        let rich = plain(" /claim@baoxiu_demo_bot 7 @somebody http://t.me/x?start=1。");
        let kinds: Vec<_> =
            rich.entities.iter().map(|e| (e["type"].as_str().unwrap(), number(e, "offset"), number(e, "length"))).collect();
        assert_eq!(kinds, vec![("bot_command", 0, 22), ("mention", 25, 9), ("url", 35, 21)]);
    }
}
