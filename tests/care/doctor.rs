//! The examination: what is well, what is not, and what to do; and nothing that is nobody's business.
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use axum::Router;
use axum::http::header::DATE;
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::render::outgoing::{Body, Markup, Outgoing};
use baoxiu::sandbox::{self, ADMIN, CREW, Options, Sandbox, TOKEN};
use baoxiu::store::{Unit, crew, outbox, person, task};
use baoxiu::vocabulary::say::{Place, Priority};
use serde_json::json;

use crate::databases::{Fresh, each, sqlite};
use crate::shell::{SECRETS, Told, message, running, soon, with};

async fn doctor(fresh: &Fresh, api: &str, more: &[(&str, &str)]) -> Told {
    let settings = [&[("TELOXIDE_TOKEN", TOKEN), ("TELOXIDE_API_URL", api)], more].concat();
    let told = with(&fresh.url, fresh.key().path(), &["doctor"], &settings).await;
    for secret in SECRETS.into_iter().chain([TOKEN, "AA-baoxiu-demo-token", "大连组", &CREW.to_string()]) {
        assert!(!told.out.contains(secret) && !told.err.contains(secret), "{secret}: {}{}", told.out, told.err);
    }
    told
}

/// Lines about something: level and words.
fn lines<'t>(told: &'t Told, about: &str) -> Vec<(&'t str, &'t str)> {
    let line = |line: &'t str| {
        let (level, rest) = (line.get(..5)?.trim(), line.get(6..)?);
        let (word, found) = rest.split_once(' ')?;
        (word == about).then_some((level, found.trim()))
    };
    told.out.lines().filter_map(line).collect()
}

fn has(told: &Told, level: &str, about: &str, words: &str) {
    let found = lines(told, about);
    assert!(found.iter().any(|(l, w)| *l == level && w.contains(words)), "{level} {about} {words}:\n{}{}", told.out, told.err);
}

async fn bind(fresh: &Fresh) {
    let crew = Crew {
        id: 0,
        chat: CREW,
        kind: CrewKind::Crew,
        title: "大连组".into(),
        areas: Vec::new(),
        active: true,
        profile: Profile::default(),
    };
    let mut tx = fresh.db.begin().await.unwrap();
    let mut unit = Unit::alone(&mut tx);
    crew::upsert(&mut unit, fresh.db.sealer(), &crew).await.unwrap();
    person::appoint(&mut unit, &[ADMIN]).await.unwrap();
    person::set_reachable(&mut tx, ADMIN, true).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_is_well() {
    for fresh in each().await {
        bind(&fresh).await;
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        sandbox::scene(&sandbox.world());
        let bot = running(&fresh, &sandbox).await;
        let told = doctor(&fresh, &sandbox.api_url(), &[]).await;
        assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
        for about in
            ["dialogs", "database", "tables", "parked", "outbox", "admins", "crews", "key", "token", "clock", "webhook", "groups"]
        {
            assert!(matches!(lines(&told, about)[..], [("ok", _)]), "{about}:\n{}", told.out);
        }
        has(&told, "ok", "key", "keep a copy");
        has(&told, "ok", "groups", "administrator");
        has(&told, "warn", "desk", "/bind desk");
        assert!(lines(&told, "disk").len() == 1, "{}", told.out);
        assert!(bot.terminate().0.success());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_said_and_the_rest_is_looked_at_all_the_same() {
    for fresh in each().await {
        bind(&fresh).await;
        let now = baoxiu::clock::now();
        let mut tx = fresh.db.begin().await.unwrap();
        let mut unit = Unit::alone(&mut tx);
        let id = task::push_failed(&mut unit, fresh.db.sealer(), &message(1), now).await.unwrap();
        let body = Body::Text { html: "兴海路3号 13800000001".to_owned(), markup: Markup::None };
        let owed = Outgoing { chat: ADMIN, body, place: Place::New, priority: Priority::Reply, protect: false };
        outbox::push(&mut unit, fresh.db.sealer(), &owed, now - 3 * 3_600_000).await.unwrap();
        task::park(&mut tx, id, now).await.unwrap();
        person::set_reachable(&mut tx, ADMIN, false).await.unwrap();
        tx.commit().await.unwrap();
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        sandbox::scene(&sandbox.world());
        sandbox.world().remove_bot(CREW, ADMIN);
        let hook = format!("{}/bot{TOKEN}/setWebhook", sandbox.api_url());
        let set = reqwest::Client::new().post(hook).json(&json!({"url": "https://bot.example.org/sesame"}));
        assert!(set.send().await.unwrap().status().is_success());
        let told = doctor(&fresh, &sandbox.api_url(), &[]).await;
        assert_eq!(told.code, Some(1), "{}", told.out);
        assert!(!told.out.contains("sesame"), "{}", told.out);
        has(&told, "warn", "parked", "1 inputs");
        has(&told, "warn", "outbox", "reply has waited for 3 h");
        has(&told, "warn", "admins", "may not write to 1");
        has(&told, "fail", "groups", "not in the group");
        has(&told, "warn", "webhook", "fetches its updates");
        has(&told, "ok", "key", "");
        // Another key; no way to Telegram.
        std::fs::write(fresh.key().path(), "ab".repeat(32)).unwrap();
        let told = doctor(&fresh, "http://127.0.0.1:9", &[]).await;
        assert_eq!(told.code, Some(1));
        has(&told, "fail", "key", "");
        has(&told, "fail", "token", "cannot be reached");
        has(&told, "ok", "database", "");
        std::fs::remove_file(fresh.key().path()).unwrap();
        let told = doctor(&fresh, "http://127.0.0.1:9", &[("TELOXIDE_TOKEN", "")]).await;
        has(&told, "fail", "key", "missing");
        has(&told, "fail", "token", "TELOXIDE_TOKEN");
        has(&told, "ok", "tables", "");
        assert!(!fresh.key().path().exists(), "no key is made");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_down_new_or_damaged() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let api = sandbox.api_url();
    let mut fresh = sqlite().await;
    let url = fresh.url.clone();
    fresh.url = "postgres://u:sesame@127.0.0.1:1/x".to_owned();
    let told = doctor(&fresh, &api, &[]).await;
    assert!(told.code == Some(1) && !told.out.contains("sesame"), "{}", told.out);
    has(&told, "fail", "database", "connection refused");
    has(&told, "warn", "groups", "not looked at");
    has(&told, "ok", "token", "@");
    // Neither database nor key: so begins everybody.
    let folder = tempfile::tempdir().unwrap();
    let new = format!("sqlite:{}", folder.path().join("new.db").display());
    let settings = [("TELOXIDE_TOKEN", TOKEN), ("TELOXIDE_API_URL", &api)];
    let told = with(&new, &folder.path().join("new.key"), &["doctor"], &settings).await;
    assert_eq!(told.code, Some(0), "{}", told.out);
    has(&told, "warn", "database", "first `baoxiu run`");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made");
    // A key without its database is not how anybody begins.
    let told = with(&new, fresh.key().path(), &["doctor"], &settings).await;
    assert_eq!(told.code, Some(1));
    has(&told, "fail", "database", "no database");
    fresh.url = url;
    fresh.db.close().await;
    let path = fresh.folder.path().join("baoxiu.db");
    damage(&path);
    let told = doctor(&fresh, &api, &[]).await;
    assert_eq!(told.code, Some(1), "{}", told.out);
    assert!(lines(&told, "database").iter().any(|(level, _)| *level == "fail"), "{}", told.out);
}

/// Overwrites the pages behind the first few, as a bad disk does.
fn damage(path: &Path) {
    let mut file = std::fs::File::options().write(true).open(path).unwrap();
    let length = file.metadata().unwrap().len();
    file.seek(SeekFrom::Start(3 * 4096)).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(length - 3 * 4096).unwrap()]).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_off() {
    let fresh = sqlite().await;
    for (date, level, words) in [("Mon, 23 Nov 2020 06:00:00 GMT", "warn", "s off Telegram's"), ("?", "warn", "names no time")] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        let answer = json!({"ok": true, "result": {"id": 7, "username": "b", "url": ""}}).to_string();
        let app = Router::new().fallback(async move || ([(DATE, date)], answer));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        soon("it answers", async || reqwest::get(&api).await.is_ok()).await;
        has(&doctor(&fresh, &api, &[]).await, level, "clock", words);
    }
}
