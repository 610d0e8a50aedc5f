//! What the bot wrote, chat by chat, as Telegram took it.
use std::collections::BTreeMap;

use baoxiu::sandbox::World;

/// A message that Telegram took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub at_ms: i64,
    pub text: String,
    /// Whether the bot was told that it was taken.
    pub answered: bool,
}

/// New messages of every chat, in order; edits are left out, because Telegram counts a repeated one as no change.
pub fn written(world: &World) -> BTreeMap<i64, Vec<Line>> {
    let mut chats: BTreeMap<i64, Vec<Line>> = BTreeMap::new();
    for request in world.requests().into_iter().filter(|r| r.method.eq_ignore_ascii_case("sendMessage") && r.done) {
        let text = request.params["text"].as_str().unwrap_or_default().to_owned();
        let line = Line { at_ms: request.at_ms, text, answered: !request.response.is_null() };
        chats.entry(request.params["chat_id"].as_i64().unwrap()).or_default().push(line);
    }
    chats
}

/// Takes out messages that came twice in a row, and gives each as it came before and again. No play says the same thing twice
/// in a row on purpose.
pub fn take_repeats(lines: &mut Vec<Line>) -> Vec<(Line, Line)> {
    let mut repeats = Vec::new();
    lines.dedup_by(|again, before| {
        let same = again.text == before.text;
        if same {
            // The next repeat follows this one.
            repeats.push((std::mem::replace(before, again.clone()), again.clone()));
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
