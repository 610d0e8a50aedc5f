//! What the bot wrote, chat by chat, as Telegram took it.
use std::collections::BTreeMap;

use baoxiu::sandbox::World;

/// A message that Telegram took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub at_ms: i64,
    pub text: String,
}

/// New messages of every chat, in order; edits are left out, because Telegram counts a repeated one as no change.
pub fn written(world: &World) -> BTreeMap<i64, Vec<Line>> {
    let mut chats: BTreeMap<i64, Vec<Line>> = BTreeMap::new();
    for request in world.requests().into_iter().filter(|r| r.method.eq_ignore_ascii_case("sendMessage") && r.done) {
        let text = request.params["text"].as_str().unwrap_or_default().to_owned();
        chats.entry(request.params["chat_id"].as_i64().unwrap()).or_default().push(Line { at_ms: request.at_ms, text });
    }
    chats
}

/// Takes out messages that came twice in a row, and gives when each came first and again. No play says the same thing twice
/// in a row on purpose.
pub fn take_repeats(lines: &mut Vec<Line>) -> Vec<(i64, i64)> {
    let mut repeats = Vec::new();
    lines.dedup_by(|again, first| {
        let same = again.text == first.text;
        if same {
            repeats.push((first.at_ms, again.at_ms));
        }
        same
    });
    repeats
}

/// The words without the numbers in them, so that all customers of a kind read the same.
pub fn plain(lines: &[Line]) -> Vec<String> {
    let without = |text: &str| {
        let mut out = String::new();
        for c in text.chars() {
            match c.is_ascii_digit() {
                true if out.ends_with('#') => {}
                true => out.push('#'),
                false => out.push(c),
            }
        }
        out
    };
    lines.iter().map(|line| without(&line.text)).collect()
}
