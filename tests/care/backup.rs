//! Backups: what comes back is what was there, from either database into either, or nothing at all.
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use baoxiu::render::outgoing::{Body, Markup, Outgoing};
use baoxiu::sandbox::{self, Options, Sandbox, WANG};
use baoxiu::store::tables::{Kind, TABLES, Table};
use baoxiu::store::unit::Value;
use baoxiu::store::{Db, Unit, outbox};
use baoxiu::vocabulary::say::{Place, Priority};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

use crate::databases::{Fresh, each};
use crate::postgres;
use crate::process::program;
use crate::shell::{Told, running, soon, with};

/// Puts rows into every table, a value into every column; of those that may be NULL a second row has none.
pub async fn fill(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    for table in TABLES {
        for n in 1..=2 {
            let values: Vec<Value> = (0..table.columns.len()).map(|at| value(db, table, at, n)).collect();
            let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
            let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, table.list(), places.join(", "));
            let query = values.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, value| match value {
                Value::Number(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            });
            query.execute(&mut *tx).await.unwrap_or_else(|e| panic!("{}: {e}", table.name));
        }
    }
    tx.commit().await.unwrap();
}

const OPTIONAL: [&str; 15] = [
    "working_name",
    "working_phone",
    "state",
    "district",
    "served",
    "promise",
    "claimer",
    "claimed",
    "note",
    "parked",
    "card",
    "notice",
    "confirmed",
    "ended",
    "expires",
];

fn value(db: &Db, table: &Table, at: usize, n: i64) -> Value {
    let (column, kind) = table.columns[at];
    if n == 2 && OPTIONAL.contains(&column) && (table.name, column) != ("notice", "state") {
        return match kind {
            Kind::Number => Value::Number(None),
            Kind::Text => Value::Text(None),
            Kind::Sealed => Value::Bytes(None),
        };
    }
    match kind {
        Kind::Number => Value::from(n * 1_000_000_000_000 + at as i64),
        Kind::Text => Value::from(format!("报修 \"{column}\"\n{n}").as_str()),
        Kind::Sealed => {
            let columns: Vec<usize> = (0..table.key).collect();
            let key: Vec<Value> = columns.iter().map(|at| value(db, table, *at, n)).collect();
            Value::from(db.sealer().seal(table.name, column, &table.row(&columns, &key), b"13800000001").unwrap())
        }
    }
}

/// Addresses of empty databases, one of each kind.
async fn empty(folder: &TempDir) -> Vec<String> {
    let mut urls = vec![format!("sqlite:{}", folder.path().join("restored.db").display())];
    urls.extend(tokio::task::spawn_blocking(postgres::database).await.unwrap());
    urls
}

async fn backup(url: &str, file: &Path) -> Told {
    // There is no key at that place, and none is needed.
    with(url, Path::new("/nowhere/baoxiu.key"), &["backup", file.to_str().unwrap()], &[]).await
}

async fn restore(url: &str, key: &Path, file: &Path) -> Told {
    with(url, key, &["restore", file.to_str().unwrap()], &[]).await
}

fn rows(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut rows: Vec<String> = lines[1..lines.len() - 1].iter().map(|line| (*line).to_owned()).collect();
    rows.sort();
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_comes_back_on_either_database() {
    for fresh in each().await {
        fill(&fresh.db).await;
        let file = fresh.folder.path().join("one.backup");
        let told = backup(&fresh.url, &file).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        assert!(told.out.contains("/nowhere/baoxiu.key") && told.out.contains("keep a copy"), "{}", told.out);
        let before = rows(&file);
        assert!(told.out.starts_with(&format!("{} rows, ", before.len())), "{}", told.out);
        for table in TABLES {
            let begin = format!("[\"{}\",", table.name);
            assert!(before.iter().filter(|row| row.starts_with(&begin)).count() >= 2, "{} is in it", table.name);
        }
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let folder = tempfile::tempdir().unwrap();
        for url in empty(&folder).await {
            let told = restore(&url, fresh.key().path(), &file).await;
            assert_eq!(told.code, Some(0), "{url}: {}", told.err);
            assert!(!told.out.contains("do not open"), "{}", told.out);
            let again = folder.path().join("again.backup");
            let told = backup(&url, &again).await;
            assert_eq!(told.code, Some(0), "{}", told.err);
            assert_eq!(rows(&again), before, "{} to {url}", fresh.url);
            // The rightful program opens it: tables of today, the key that it knows.
            Db::open_existing(&url, &fresh.key()).await.unwrap().close().await;
            std::fs::remove_file(again).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_backup_is_brought_up_to_date() {
    let fresh = &each().await[0];
    fill(&fresh.db).await;
    let file = fresh.folder.path().join("b");
    assert_eq!(backup(&fresh.url, &file).await.code, Some(0));
    // As the program of version 4 wrote it: there were no further names of areas and no offers, and nothing was said of how far
    // a ticket was blanked and of what a crew does, the last columns.
    let text = std::fs::read_to_string(&file).unwrap();
    let mut header: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    header["schema"] = 4.into();
    let tables = header["tables"].as_array_mut().unwrap();
    tables.retain(|table| table["name"] != "area_alias" && table["name"] != "ticket_offer");
    for (name, column) in [("ticket", "blanked"), ("crew", "profile")] {
        let table = tables.iter_mut().find(|table| table["name"] == name).unwrap();
        assert_eq!(table["columns"].as_array_mut().unwrap().pop().unwrap(), column);
    }
    let later = |line: &&str| line.contains("\"area_alias\"") || line.contains("\"ticket_offer\"");
    let lines = text.lines().skip(1).filter(|line| line.starts_with('[') && !later(line));
    // With what a new column holds in place of the last value, or without it.
    let with = |line: &str, today: bool| {
        let (name, mut values): (String, Vec<serde_json::Value>) = serde_json::from_str(line).unwrap();
        let new: Option<serde_json::Value> = match &*name {
            "ticket" => Some(0.into()),
            "crew" => Some("".into()),
            _ => None,
        };
        if let Some(new) = new {
            values.pop();
            values.extend(today.then_some(new));
        }
        serde_json::to_string(&(name, values)).unwrap()
    };
    let body: Vec<String> = lines.clone().map(|line| with(line, false)).collect();
    let mut expected: Vec<String> = lines.map(|line| with(line, true)).collect();
    expected.sort_unstable();
    let text = format!("{header}\n{}\n", body.join("\n"));
    let hash: String = Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect();
    std::fs::write(&file, format!("{text}{{\"sha256\":\"{hash}\"}}\n")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for url in empty(&folder).await {
        let told = restore(&url, fresh.key().path(), &file).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        let again = folder.path().join("again");
        assert_eq!(backup(&url, &again).await.code, Some(0), "the tables are those of today");
        assert_eq!(rows(&again), expected);
        std::fs::remove_file(again).unwrap();
    }
}

/// Damages of a file, and what is said about them.
fn damages(text: &str) -> Vec<(String, &'static str)> {
    let half = text.char_indices().nth(text.chars().count() / 2).unwrap().0;
    vec![
        (text[..half].to_owned(), "cut off"),
        (text[..text.len() - 80].to_owned(), "cut off"),
        (text.replacen("BX", "XB", 1).replacen("1000000000000", "1000000000001", 1), "hash"),
        (text.replacen("\"version\":1", "\"version\":7", 1), "newer baoxiu"),
        (text.replacen("\"schema\":", "\"schema\":9", 1), "use the baoxiu that made it"),
        ("hello\n".to_owned(), "not a backup"),
        (String::new(), "cut off"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_whole_and_right_changes_nothing() {
    let fresh = &each().await[0];
    fill(&fresh.db).await;
    let (file, bad) = (fresh.folder.path().join("good"), fresh.folder.path().join("bad"));
    assert_eq!(backup(&fresh.url, &file).await.code, Some(0));
    let folder = tempfile::tempdir().unwrap();
    let (text, urls) = (std::fs::read_to_string(&file).unwrap(), empty(&folder).await);
    let refused = async |url: &str, key: &Path, file: &Path, word: &str| {
        let told = restore(url, key, file).await;
        assert!(told.code == Some(1) && told.err.contains(word), "{word}: {:?} {}{}", told.code, told.out, told.err);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{word}: no file is made");
    };
    for url in &urls {
        for (text, word) in damages(&text) {
            std::fs::write(&bad, text).unwrap();
            refused(url, fresh.key().path(), &bad, word).await;
        }
        let other = fresh.folder.path().join("other.key");
        refused(url, &other, &file, "is missing").await;
        assert!(!other.exists(), "no key is made");
        std::fs::write(&other, "ab".repeat(32)).unwrap();
        std::fs::set_permissions(&other, std::fs::Permissions::from_mode(0o600)).unwrap();
        refused(url, &other, &file, "not the key that the backup was sealed with").await;
        std::fs::remove_file(&other).unwrap();
        refused(url, fresh.key().path(), &fresh.folder.path().join("none"), "cannot be read").await;
        // After all these the database is as empty as before.
        let told = restore(url, fresh.key().path(), &file).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        let told = restore(url, fresh.key().path(), &file).await;
        assert!(told.code == Some(1) && told.err.contains("is not empty"), "{}", told.err);
        for name in std::fs::read_dir(folder.path()).unwrap() {
            std::fs::remove_file(name.unwrap().path()).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_else_is_overwritten() {
    let fresh = &each().await[0];
    let file = fresh.folder.path().join("precious");
    std::fs::write(&file, "precious\n").unwrap();
    let told = backup(&fresh.url, &file).await;
    assert!(told.code == Some(1) && told.err.contains("no earlier backup"), "{}", told.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious\n");
    let told = backup(&fresh.url, &fresh.folder.path().join("no/such/folder")).await;
    assert!(told.code == Some(1) && told.err.contains("cannot be written"), "{}", told.err);
    let told = backup(&fresh.url, fresh.folder.path()).await;
    assert_eq!(told.code, Some(1));
    std::fs::remove_file(&file).unwrap();
    for _ in 0..2 {
        assert_eq!(backup(&fresh.url, &file).await.code, Some(0), "an earlier backup is replaced");
    }
    let folder = std::fs::read_dir(fresh.folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = folder.filter(|name| name.contains("backup-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Runs a command that may write files of so many blocks of 512 bytes only: as on a full disk, a write fails.
fn cramped(url: &str, key: &Path, command: &str, file: &Path, blocks: u32) -> std::process::Output {
    let baoxiu: PathBuf = program().get_program().into();
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"", "sh", &blocks.to_string()]);
    shell.arg(baoxiu).arg(command).arg(file).env("DATABASE_URL", url).env("BAOXIU_KEY_FILE", key);
    shell.output().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_leaves_nothing_half_done() {
    let fresh = &each().await[0];
    fill(&fresh.db).await;
    let file = fresh.folder.path().join("b");
    let out = cramped(&fresh.url, fresh.key().path(), "backup", &file, 2);
    assert!(!out.status.success() && String::from_utf8_lossy(&out.stderr).contains("free space"), "{out:?}");
    assert!(!file.exists());
    assert_eq!(backup(&fresh.url, &file).await.code, Some(0));
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("restored.db").display());
    let out = cramped(&url, fresh.key().path(), "restore", &file, 40);
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{out:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_goes_on_where_the_backup_ends() {
    for fresh in each().await {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        // Somebody who may be written to: a private chat with the bot is open.
        sandbox::scene(&sandbox.world());
        sandbox.world().start(WANG, None);
        let bot = running(&fresh, &sandbox).await;
        let body = Body::Text { html: "waits since the backup".to_owned(), markup: Markup::None };
        let message = Outgoing { chat: WANG, body, place: Place::New, priority: Priority::Reply, protect: false };
        let file = fresh.folder.path().join("running.backup");
        // Put off a little: the running bot does not send it before the backup is made.
        let mut tx = fresh.db.begin().await.unwrap();
        let now = baoxiu::clock::now();
        let mut unit = Unit::alone(&mut tx);
        let id = outbox::push(&mut unit, fresh.db.sealer(), &message, now).await.unwrap();
        outbox::delay(&mut unit, id, 1, now + 5_000).await.unwrap();
        tx.commit().await.unwrap();
        let told = backup(&fresh.url, &file).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        assert!(bot.terminate().0.success());
        let folder = tempfile::tempdir().unwrap();
        let copies = || sandbox.world().messages(WANG).iter().filter(|m| m.to_string().contains("waits since")).count();
        for url in empty(&folder).await {
            let told = restore(&url, fresh.key().path(), &file).await;
            assert_eq!(told.code, Some(0), "{}", told.err);
            let before = copies();
            let db = Db::open_existing(&url, &fresh.key()).await.unwrap();
            let restored = Fresh { db, url, folder: tempfile::tempdir().unwrap() };
            std::fs::copy(fresh.key().path(), restored.key().path()).unwrap();
            let bot = running(&restored, &sandbox).await;
            soon("what was owed is sent", async || copies() > before).await;
            assert!(bot.terminate().0.success());
        }
    }
}
