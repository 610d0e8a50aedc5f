//! The house as it was planned: who may know whom, what the pure rooms must not know, what no file may hold.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may name. No row names a room below itself, so no import runs in a circle.
const ROOMS: &[(&str, &[&str])] = &[
    ("vocabulary", &[]),
    ("coverage", &[]),
    ("clock", &["vocabulary"]),
    ("seal", &[]),
    ("telemetry", &[]),
    ("sandbox", &[]),
    ("dialog", &["vocabulary", "coverage"]),
    ("config", &["telemetry", "dialog"]),
    ("desk", &["vocabulary", "coverage"]),
    ("core", &["vocabulary", "coverage", "dialog", "desk"]),
    ("render", &["vocabulary", "dialog", "core"]),
    ("store", &["vocabulary", "coverage", "dialog", "desk", "core", "render", "seal", "telemetry"]),
    ("inbox", &["vocabulary", "clock", "dialog", "desk", "core", "render", "store", "telemetry"]),
    ("outbox", &["vocabulary", "render", "store", "seal", "telemetry"]),
    ("telegram", &["vocabulary", "render", "inbox", "outbox", "config"]),
    (
        "app",
        &[
            "vocabulary",
            "clock",
            "coverage",
            "seal",
            "telemetry",
            "sandbox",
            "config",
            "dialog",
            "desk",
            "core",
            "render",
            "store",
            "inbox",
            "outbox",
            "telegram",
        ],
    ),
];

const PURE: &[&str] = &["vocabulary", "dialog", "coverage", "desk", "core", "render"];

/// What a pure room must not name: the runtime, the database, Telegram, a clock, chance, files, the network, the log.
const IMPURE: &[&str] = &[
    "tokio",
    "sqlx",
    "teloxide",
    "reqwest",
    "axum",
    "tracing",
    "getrandom",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "std::fs",
    "std::env",
    "std::net",
    "std::thread",
    "std::process",
    "thread_rng",
];

/// Endings of a program that no error path may take.
const ABRUPT: &[&str] = &[".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!(", "unsafe "];

struct Source {
    room: String,
    path: PathBuf,
    /// Without comments and without the tests at the end.
    code: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let first = path.strip_prefix(&root).unwrap().components().next().unwrap();
            let room = first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
            let program = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = program.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            Source { room, code, lines: text.lines().count(), path }
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

#[test]
fn rooms_know_only_the_rooms_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    for (i, (room, below)) in ROOMS.iter().enumerate() {
        for one in *below {
            assert!(ROOMS[..i].iter().any(|(r, _)| r == one), "the plan itself has {room} above {one}, which stands later");
        }
    }
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !["main", "lib"].contains(&&*s.room)) {
        let below =
            allowed.get(&*source.room).unwrap_or_else(|| panic!("{} stands in no room of the plan", source.path.display()));
        for (other, _) in ROOMS.iter().filter(|(r, _)| *r != source.room && !below.contains(r)) {
            if source.code.contains(&format!("crate::{other}::")) || source.code.contains(&format!("crate::{other};")) {
                wrong.push(format!("{} names {other}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_know_no_clock_no_database_and_no_network() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| PURE.contains(&&*s.room)) {
        wrong.extend(IMPURE.iter().filter(|w| source.code.contains(**w)).map(|w| format!("{} names {w}", source.path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_telegram_room_names_teloxide() {
    let wrong: Vec<_> =
        sources().into_iter().filter(|s| s.room != "telegram" && s.code.contains("teloxide::")).map(|s| s.path).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn only_config_reads_the_environment() {
    let wrong: Vec<_> =
        sources().into_iter().filter(|s| s.room != "config" && s.code.contains("env::var")).map(|s| s.path).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_error_path_ends_the_program() {
    let mut wrong = Vec::new();
    for source in sources() {
        wrong.extend(ABRUPT.iter().filter(|w| source.code.contains(**w)).map(|w| format!("{} has {w}", source.path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    let big: Vec<_> =
        sources().into_iter().filter(|s| s.lines > 330).map(|s| format!("{} has {} lines", s.path.display(), s.lines)).collect();
    assert!(big.is_empty(), "more than one reason to exist?\n{}", big.join("\n"));
}
