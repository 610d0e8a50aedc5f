//! Whatever people call themselves and write: every text of the bot's shows it literally, and Telegram takes the message.
use std::collections::{BTreeMap, BTreeSet};

use baoxiu::render;
use baoxiu::render::outgoing::{Body, Markup, Tap};
use baoxiu::vocabulary::lang::Lang;
use baoxiu::vocabulary::say::{Arg, Button, Does, Keyboard, Place, PressAnswer, Priority, Recipient, Say, Text, What};
use proptest::prelude::*;
use regex::Regex;

use crate::world;

/// Every text with its arguments.
fn texts() -> BTreeMap<String, BTreeSet<String>> {
    let argument = Regex::new(r"\$([a-z_]+)").unwrap();
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in include_str!("../../dialogs/zh-CN.ftl").lines().filter(|l| !l.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic())) {
            name.clone_into(&mut key);
        }
        let names = argument.captures_iter(line).map(|c| c[1].to_owned()).filter(|n| !["hotline", "minutes"].contains(&&**n));
        texts.entry(key.clone()).or_default().extend(names);
    }
    texts.retain(|_, arguments| !arguments.is_empty());
    assert!(texts.len() > 80, "{texts:?}");
    texts
}

fn say(lines: Vec<Text>, keyboard: Keyboard) -> Say {
    let (what, priority) = (What::Text(lines), Priority::Reply);
    Say { to: Recipient::Person(7), what, keyboard, place: Place::New, priority, protect: false }
}

fn html(say: &Say, lang: Lang) -> String {
    match render::message(&world::world(), say, lang, None).body {
        Body::Text { html, .. } => html,
        other => panic!("{other:?}"),
    }
}

/// What a person reads. Fails where Telegram would not parse it.
fn parsed(html: &str) -> String {
    let mut open = Vec::new();
    let mut shown = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', '&']) {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        let (taken, sign) = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .into_iter()
            .find(|(code, _)| rest.starts_with(code))
            .map_or((0, ""), |(code, sign)| (code.len(), sign));
        if taken > 0 {
            shown.push_str(sign);
            rest = &rest[taken..];
            continue;
        }
        let tag = rest.strip_prefix('<').and_then(|r| r.split_once('>')).map(|(tag, _)| tag);
        let tag = tag.unwrap_or_else(|| panic!("a sign that stands alone: {html}"));
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{html}"),
            None => open.push(tag),
        }
        assert!(["b", "/b", "i", "/i", "code", "/code"].contains(&tag), "a tag of somebody else's: {html}");
        rest = &rest[tag.len() + 2..];
    }
    assert!(open.is_empty(), "{html}");
    shown + rest
}

fn check(shown: &str) {
    assert!(shown.encode_utf16().count() <= 4096, "{} units", shown.encode_utf16().count());
    let turning = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}' | '\u{61c}' | '\u{200e}' | '\u{200f}');
    assert!(!shown.contains(turning), "{shown:?}");
    assert!(!shown.contains(|c: char| c.is_control() && !c.is_whitespace()), "{shown:?}");
    for line in shown.lines() {
        let mut depth = 0;
        for c in line.chars() {
            depth += i32::from(c == '\u{2068}') - i32::from(c == '\u{2069}');
            assert!((0..=2).contains(&depth), "{line:?}");
        }
        assert_eq!(depth, 0, "a line is left turned: {line:?}");
    }
}

const HOSTILE: [&str; 14] = [
    "<b>粗</b>",
    "</a></b><a href=\"https://x\">",
    "&amp; &lt; & &#60; &x;",
    "\"'`{ $ticket } { hotline-line }",
    "javascript:alert(1) https://example.com/?a=1&b=2",
    "\u{202e}txet desrever\u{202c}",
    "\u{2066}\u{2067}\u{2068}\u{2069}\u{2069}\u{2069}\u{61c}\u{200f}",
    "שלום עולם",
    "مرحبا\nשורה",
    "\u{200b}\u{200d}\u{feff}\u{ad}",
    "水\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦🇨🇳🏴\u{e0067}\u{e0062}\u{e007f}",
    "\u{0}\u{1}\u{7f}\u{85}\u{9b}31m",
    "%s %n ../../etc/passwd '; DROP TABLE ticket; --",
];

#[test]
fn every_text_takes_every_word() {
    let world = world::world();
    let long: Vec<String> = ["水", "&", "<b>", "🔧", "ש", "\u{301}", "\u{202e}"].iter().map(|one| one.repeat(4096)).collect();
    for (key, arguments) in texts() {
        assert!(world.texts.has(Lang::Zh, &key), "{key}");
        for words in HOSTILE.into_iter().chain(long.iter().map(String::as_str)) {
            let text = arguments.iter().fold(Text::new(&key), |text, name| text.with(name, words));
            for lang in Lang::ALL {
                check(&parsed(&html(&say(vec![text.clone()], Keyboard::None), lang)));
            }
        }
    }
}

#[test]
fn words_are_shown_as_they_were_written() {
    for (words, shown) in [
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("1 < 2 > 0 & \"x\" 'y'", "1 < 2 > 0 & \"x\" 'y'"),
        ("https://example.com/?a=1&b=2", "https://example.com/?a=1&b=2"),
        ("👨\u{200d}👩\u{200d}👧🇨🇳", "👨\u{200d}👩\u{200d}👧🇨🇳"),
        ("a\u{202e}b", "ab"),
        ("ab שלום 12", "\u{2068}ab שלום 12\u{2069}"),
    ] {
        let text = Text::new("words").with("words", words);
        assert_eq!(parsed(&html(&say(vec![text.clone()], Keyboard::None), Lang::Zh)), shown, "{words}");
        // On buttons and in toasts there is no markup, and none is taken away.
        let button = Button { label: text.clone(), does: Does::Press("x".to_owned()) };
        let message = render::message(&world::world(), &say(Vec::new(), Keyboard::Inline(vec![vec![button]])), Lang::Zh, None);
        let Body::Text { markup: Markup::Inline(rows), .. } = message.body else { panic!("{message:?}") };
        assert_eq!(rows, vec![vec![(shown.to_owned(), Tap::Data("x".to_owned()))]]);
        let answer = PressAnswer { query: "1".to_owned(), to: 7, text: Some(text), alert: false, start: None };
        assert_eq!(render::toast(&world::world(), &answer, Lang::Zh, None).text.as_deref(), Some(shown));
    }
}

/// Telegram refuses a message for one label that shows nothing.
#[test]
fn a_label_is_never_empty() {
    for words in ["", " ", "\u{200b}", "\u{3164}\u{2800}", "\n"] {
        let label = Text::new("words").with("words", words);
        let button = Button { label, does: Does::Press("x".to_owned()) };
        let message = render::message(&world::world(), &say(Vec::new(), Keyboard::Inline(vec![vec![button]])), Lang::Zh, None);
        let Body::Text { markup: Markup::Inline(rows), .. } = message.body else { panic!("{message:?}") };
        assert_eq!(rows[0][0].0, "…", "{words:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Many words that are all too long: cut until they fit, whatever they are made of.
    #[test]
    fn a_message_fits(words in "([<>&\\\\u{202e}\\\\u{5d0}🔧水a \\n]|\\PC){0,300}", times in 1..40usize, lines in 1..31usize) {
        let words = words.repeat(times);
        let line = Text::new("history-line-note")
            .with("at", Arg::Time(0, 1))
            .with("who", words.as_str())
            .with("what", Text::new("event-note"))
            .with("note", words.as_str());
        check(&parsed(&html(&say(vec![line; lines], Keyboard::None), Lang::En)));
    }
}
