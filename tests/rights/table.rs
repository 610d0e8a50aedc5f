//! The table, played.
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use baoxiu::core::data::{self, Wish};
use baoxiu::core::directory::COMMANDS;
use baoxiu::dialog::data as dialog_data;
use baoxiu::vocabulary::say::What;
use regex::Regex;

use crate::house::{ANONYMOUS, PLACES, ROLES, house, leaks, press, say, unchanged};
use crate::town::{Seen, Town};

/// Answers that say no, and nothing else.
const REFUSALS: [&str; 13] = [
    "join-dead",
    "claim-elsewhere",
    "unknown-command",
    "no-such-ticket",
    "old-button",
    "button-answered",
    "claim-not-yours",
    "queue-not-yours",
    "try-again",
    "bind-only-admin",
    "bind-anonymous",
    "ticket-which",
    "nothing-to-cancel",
];
/// Answers that say no, and how the ticket stands: for those who may know.
const INFORMED: [&str; 15] = [
    "recording-none",
    "link-joined",
    "caller-phone-them",
    "appointment-none",
    "appointment-stands",
    "assign-nobody",
    "rating-over",
    "visit-not-from-here",
    "assign-not-member",
    "claim-taken",
    "claim-already-yours",
    "ticket-over",
    "notice-decided",
    "dismiss-last",
    "dismiss-gone",
];
/// Answers that say: not here.
const ELSEWHERE: [&str; 2] = ["only-private", "bind-in-group"];

struct Act {
    line: usize,
    does: String,
    rows: Vec<(String, String)>,
}

fn acts() -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    for (n, line) in include_str!("table.txt").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match (line.strip_prefix("  "), acts.last_mut()) {
            (Some(row), Some(act)) => {
                let (role, cells) = row.split_once(' ').unwrap();
                act.rows.push((role.to_owned(), cells.replace(' ', "")));
            }
            _ => acts.push(Act { line: n + 1, does: line.to_owned(), rows: Vec::new() }),
        }
    }
    acts
}

impl Act {
    fn does(&self, town: &mut Town, who: i64, chat: i64) -> Vec<Seen> {
        match self.does.split_once(' ') {
            Some(("say", words)) => say(town, who, chat, words),
            Some(("tap", data)) => press(town, who, chat, data),
            _ => panic!("line {}: nobody can do this: {}", self.line, self.does),
        }
    }

    /// The cells of a role: its own row, else everybody's.
    fn row(&self, role: &str) -> &str {
        let named = |name: &str| self.rows.iter().find(|(r, _)| r == name).map(|(_, cells)| cells.as_str());
        named(role).or_else(|| named("everybody")).unwrap_or_else(|| panic!("line {}: no row for {role}", self.line))
    }
}

/// Keys of what was said and answered.
fn texts(town: &Town) -> Vec<&str> {
    let said = town.said.iter().map(|s| match &s.what {
        What::Text(lines) => lines.first().map_or("", |t| t.key.as_str()),
        _ => "a file",
    });
    said.chain(town.answers.iter().filter_map(|a| a.text.as_ref()).map(|t| t.key.as_str())).collect()
}

/// What happened, as a letter of the table.
fn letter(before: &Town, after: &Town) -> char {
    let texts = texts(after);
    let leads = after.answers.iter().any(|a| a.start.is_some());
    let same = unchanged(before, after);
    match texts[..] {
        [] if same && !leads => '.',
        [one] if same && !leads && REFUSALS.contains(&one) => '-',
        [one] if same && !leads && INFORMED.contains(&one) => 'i',
        [one] if same && !leads && ELSEWHERE.contains(&one) => '>',
        _ => '+',
    }
}

#[test]
fn everybody_can_do_what_the_table_says_and_nothing_else() {
    let house = house();
    let mut wrong = String::new();
    for act in acts() {
        for (role, who) in ROLES {
            let mut cells = String::new();
            for (place, chat) in PLACES {
                // Whoever hides has no chat of their own, and no hand to tap with.
                if who == ANONYMOUS && (chat.is_none() || act.does.starts_with("tap")) {
                    cells.push('.');
                    continue;
                }
                let mut town = house.clone();
                let seen = act.does(&mut town, who, chat.unwrap_or(who));
                if act.does.starts_with("tap") {
                    let answers = seen.iter().filter(|s| matches!(s, Seen::Toast { .. })).count();
                    assert_eq!(answers, 1, "{} by {role} in {place} is answered once", act.does);
                }
                let leaks = leaks(&town, &seen);
                assert!(leaks.is_empty(), "{} by {role} in {place}:\n{}", act.does, leaks.join("\n"));
                cells.push(letter(&house, &town));
            }
            if cells != act.row(role) {
                wrong += &format!("{}: {role} can do {cells}, the table says {}\n", act.does, act.row(role));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Whoever is refused hears the same words about a ticket that there is and about one that there is not.
#[test]
fn a_refusal_does_not_tell_whether_there_is_such_a_ticket() {
    let house = house();
    let number = Regex::new("100[1-5]").unwrap();
    let mut wrong = String::new();
    for act in acts().into_iter().filter(|a| number.is_match(&a.does)) {
        let nothing = Act { line: act.line, does: number.replace(&act.does, "9999").into_owned(), rows: Vec::new() };
        for (role, who) in ROLES {
            for ((place, chat), cell) in PLACES.into_iter().zip(act.row(role).chars()) {
                if cell != '-' {
                    continue;
                }
                let (mut town, mut other) = (house.clone(), house.clone());
                act.does(&mut town, who, chat.unwrap_or(who));
                nothing.does(&mut other, who, chat.unwrap_or(who));
                if texts(&town) != texts(&other) {
                    wrong += &format!("{} by {role} in {place}: {:?}, else {:?}\n", act.does, texts(&town), texts(&other));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_table_misses_no_command_and_no_button() {
    let acts = acts();
    let said: BTreeSet<String> =
        acts.iter().filter_map(|a| data::command(a.does.strip_prefix("say ")?)).map(|(name, _)| name).collect();
    let missing: Vec<_> = COMMANDS.iter().map(|c| c.name).filter(|name| !said.contains(*name)).collect();
    assert!(missing.is_empty(), "commands that the table does not have: {missing:?}");

    let tapped: Vec<&str> = acts.iter().filter_map(|a| a.does.strip_prefix("tap ")).collect();
    let linked = acts.iter().filter_map(|a| Wish::from_start(a.does.strip_prefix("say /start ")?));
    let wishes: Vec<String> = tapped.iter().filter_map(|d| Wish::decode(d)).chain(linked).map(|w| format!("{w:?}")).collect();
    let taps: Vec<String> = tapped.iter().filter_map(|d| dialog_data::decode(d)).map(|p| format!("{:?}", p.tap)).collect();
    for (file, name, found) in [
        ("src/core/data.rs", "Wish", &wishes),
        ("src/core/data/verb.rs", "Verb", &wishes),
        ("src/core/data.rs", "Order", &wishes),
        ("src/core/data/appointment.rs", "Appoint", &wishes),
        ("src/core/data/setup.rs", "Setup", &wishes),
        ("src/core/data/setup.rs", "Part", &wishes),
        ("src/dialog/machine.rs", "Tap", &taps),
    ] {
        let variants = variants(file, name);
        assert!(variants.len() > 4, "{name} was not found: {variants:?}");
        for variant in variants {
            let there = Regex::new(&format!(r"\b{variant}\b")).unwrap();
            assert!(found.iter().any(|f| there.is_match(f)), "no button of the table is a {name}::{variant}");
        }
    }
}

/// Names of an enum's variants, as they are written.
fn variants(file: &str, name: &str) -> Vec<String> {
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let body = source.split(&format!("pub enum {name} {{")).nth(1).unwrap().split("\n}").next().unwrap();
    let variant = Regex::new(r"(?m)^    ([A-Z][A-Za-z]*)").unwrap();
    variant.captures_iter(body).map(|c| c[1].to_owned()).collect()
}
