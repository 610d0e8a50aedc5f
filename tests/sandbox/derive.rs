//! The table in `src/sandbox/schema.tsv`: how it comes from the description of the Bot API as data
//! (<https://github.com/PaulSonOfLars/telegram-bot-api-spec>, `api.json`; MIT licence, copyright (c) 2020 Paul Larsen).
//!
//! For a new version: `BOT_API_JSON=api.json cargo test --test sandbox derive`, then read the diff.
use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Value, json};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sandbox/schema.tsv");

#[test]
fn derive() {
    let field = |name: &str, types: &[&str], required: bool, description: &str| json!({"name": name, "types": types, "required": required, "description": description});
    let api = json!({
        "version": "Bot API 0.1",
        "release_date": "today",
        "methods": {"sendIt": {"fields": [
            field("chat_id", &["Integer", "String"], true, "Where"),
            field("media", &["Array of Photo", "Array of Film"], false, "An album"),
        ]}},
        "types": {
            "Photo": {"fields": [field("type", &["String"], true, "Type of the result, must be photo")]},
            "Film": {"subtypes": ["Short"]},
            "Short": {},
        },
    });
    let lines: Vec<String> = table(&api).lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect();
    let expected = ["sendIt\tchat_id!:Integer|String\tmedia:[Photo|Film]", "Film\t=Short", "Photo\ttype!:\"photo\"", "Short"];
    assert_eq!(lines, expected);
    if let Ok(path) = std::env::var("BOT_API_JSON") {
        let api: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        std::fs::write(TABLE, table(&api)).unwrap();
    }
}

fn table(api: &Value) -> String {
    let word = |key: &str| api[key].as_str().unwrap();
    let mut out = format!(
        "# {}, {}: methods, and the types that their parameters can hold.\n\
         # Derived by tests/sandbox/derive.rs from github.com/PaulSonOfLars/telegram-bot-api-spec\n\
         # (MIT licence, copyright (c) 2020 Paul Larsen). Tab-separated; do not edit by hand.\n\
         # name, then fields as name:types, name!:types where required; a type's line with `=` lists what it can be.\n\
         # Types: alternatives by |, lists in [], a text that must be exactly so in quotes.\n",
        word("version"),
        word("release_date"),
    );
    let mut wanted = BTreeSet::new();
    for (name, method) in api["methods"].as_object().unwrap() {
        line(&mut out, name, method, &mut wanted);
    }
    let mut done = BTreeSet::new();
    while let Some(name) = wanted.difference(&done).next().cloned() {
        line(&mut out, &name, &api["types"][&name], &mut wanted);
        done.insert(name);
    }
    out
}

fn line(out: &mut String, name: &str, of: &Value, wanted: &mut BTreeSet<String>) {
    out.push_str(name);
    let list = |key: &str| of[key].as_array().cloned().unwrap_or_default();
    let subtypes: Vec<String> = list("subtypes").iter().map(|s| s.as_str().unwrap().to_owned()).collect();
    if !subtypes.is_empty() {
        write!(out, "\t={}", subtypes.join("|")).unwrap();
        wanted.extend(subtypes);
    }
    for field in list("fields") {
        let required = if field["required"] == true { "!" } else { "" };
        write!(out, "\t{}{required}:{}", field["name"].as_str().unwrap(), types(&field, wanted)).unwrap();
    }
    out.push('\n');
}

fn types(field: &Value, wanted: &mut BTreeSet<String>) -> String {
    let description = field["description"].as_str().unwrap();
    let fixed = [", must be ", ", always "].iter().find_map(|mark| description.split_once(mark));
    if let Some((_, word)) =
        fixed.filter(|(_, word)| !word.contains(' ') && ["type", "source"].contains(&field["name"].as_str().unwrap()))
    {
        return format!("\"{}\"", word.trim_matches('"'));
    }
    let (mut plain, mut lists) = (Vec::new(), Vec::new());
    for given in field["types"].as_array().unwrap() {
        let given = given.as_str().unwrap();
        let inner = given.trim_start_matches("Array of ");
        if !["Integer", "Float", "Boolean", "String", "InputFile"].contains(&inner) {
            wanted.insert(inner.to_owned());
        }
        match given.strip_prefix("Array of Array of ") {
            // "For simple text buttons, String can be used instead of this object."
            Some("KeyboardButton") => plain.push("[[KeyboardButton|String]]".to_owned()),
            Some(inner) => plain.push(format!("[[{inner}]]")),
            None if given != inner => lists.push(inner.to_owned()),
            None => plain.push(inner.to_owned()),
        }
    }
    // An album mixes kinds: a list of any of them, not a list of one of them.
    if !lists.is_empty() {
        plain.push(format!("[{}]", lists.join("|")));
    }
    plain.join("|")
}
