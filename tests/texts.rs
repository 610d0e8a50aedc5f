//! Every text that the program names is there, in both languages, and fits Telegram.
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use baoxiu::vocabulary::lang::Lang;
use fluent_bundle::FluentArgs;
use regex::Regex;

#[path = "support/world.rs"]
mod world;

/// Keys that the program names in its code: `Text::new("…")` and the like.
fn named() -> BTreeSet<String> {
    let literal = Regex::new(r#"(?:Text::new\(|text\(|button\(|=> |else \{ |\{ )"([a-z]+(?:[-_][a-zA-Z_-]+)*)""#).unwrap();
    let calls = Regex::new(r#"Text::new\((?:if [^{]*\{ )?"([a-z_-]+)"(?: \} else \{ "([a-z_-]+)")?"#).unwrap();
    let mut keys = BTreeSet::new();
    for room in ["core", "dialog", "inbox", "app"] {
        for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room)) {
            let text = fs::read_to_string(file).unwrap();
            for call in calls.captures_iter(&text) {
                keys.extend(call.iter().skip(1).flatten().map(|m| m.as_str().to_owned()));
            }
            for call in literal.captures_iter(&text).filter(|c| c[1].contains('-')) {
                keys.insert(call[1].to_owned());
            }
        }
    }
    keys
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn every_text_that_the_program_names_exists() {
    let world = world::world();
    let keys = named();
    assert!(keys.len() > 100, "the search finds too little: {}", keys.len());
    let missing: Vec<_> = keys.iter().filter(|k| Lang::ALL.iter().any(|l| !world.texts.has(*l, k))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_line_of_a_history_has_words() {
    let world = world::world();
    // The ticket, who did it, what: `stage.put(&ticket, me, "claimed", "")`.
    let put = Regex::new(r#"\.put\([^"]*"([a-z_]+)""#).unwrap();
    let mut words = BTreeSet::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/core")) {
        let code = fs::read_to_string(file).unwrap();
        let calls = code.matches(".put(").count();
        let found: Vec<String> = put.captures_iter(&code).map(|c| c[1].to_owned()).collect();
        assert_eq!(found.len(), calls, "a line of history whose word is not plain to see");
        words.extend(found);
    }
    assert!(words.len() >= 13, "the search finds too little: {words:?}");
    for word in &words {
        assert!(Lang::ALL.iter().all(|l| world.texts.has(*l, &format!("event-{word}"))), "event-{word}");
    }
    let unused: Vec<&str> = world.texts.keys().filter_map(|k| k.strip_prefix("event-")).filter(|w| !words.contains(*w)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn no_text_is_left_without_use() {
    let world = world::world();
    let mut code = String::new();
    for room in ["core", "dialog", "inbox", "app"] {
        for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room)) {
            code += &fs::read_to_string(file).unwrap();
        }
    }
    let texts = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogs/zh-CN.ftl")).unwrap();
    // Keys made of parts: of a dialog, an option list, a label, a status, a command.
    let made = ["label-", "event-", "status-", "command-", "language-", "guide-", "weekday-", "stage-", "need-"];
    let dialogs = world.book.dialogs().map(|d| format!("{}-", d.id));
    let dialogs: Vec<String> = dialogs.chain(world.book.lists().map(|l| format!("{}-", l.name))).collect();
    let unused: Vec<&str> = world
        .texts
        .keys()
        .filter(|k| !code.contains(&format!("\"{k}\"")) && !texts.contains(&format!("{{ {k} }}")))
        .filter(|k| !made.iter().any(|m| k.starts_with(m)) && !dialogs.iter().any(|d| k.starts_with(d.as_str())))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn labels_fit_and_carry_no_markup() {
    let world = world::world();
    let args = FluentArgs::from_iter([("minutes", "30"), ("field", "…"), ("hotline", "400")]);
    for lang in Lang::ALL {
        for key in world.texts.keys() {
            let text = world.texts.format(lang, key, &args).into_owned();
            assert!(text.encode_utf16().count() <= 4096, "{key}");
            let label = key != "button-answered"
                && [
                    "button-",
                    "when-",
                    "language-",
                    "etas-",
                    "amounts-",
                    "quote-button",
                    "quote_answers-",
                    "quote_ways-",
                    "quote_fees-",
                    "decline_reasons-",
                    "above_reasons-",
                ]
                .iter()
                .any(|p| key.starts_with(p))
                || (key.starts_with("faults-") && !key.ends_with("-danger"));
            if label {
                assert!(text.chars().count() <= 60 && !text.contains('<') && !text.contains('\n'), "{key}: {text}");
            }
            if key.starts_with("command-") {
                assert!((1..=256).contains(&text.chars().count()), "{key}: {text}");
            }
        }
    }
}
