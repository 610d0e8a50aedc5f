//! Commands of the operator, and the bot that runs meanwhile.
use std::path::Path;
use std::time::{Duration, Instant};

use baoxiu::sandbox::Sandbox;
use baoxiu::vocabulary::input::{Content, Input, Message, Sender};

use crate::databases::Fresh;
use crate::process::{Bot, program};

/// What a person must never read in a list or a log.
pub const SECRETS: [&str; 4] = ["李雷", "13800000001", "兴海路", "5000000482"];
pub const PERSON: i64 = 5_000_000_482;

/// A message with personal data in every part.
pub fn message(id: i64) -> Input {
    Input::Message(Message {
        chat: PERSON,
        private: true,
        title: String::new(),
        topic: None,
        id,
        from: Sender { id: PERSON, name: "李雷".into(), language: Some("zh".into()) },
        anonymous: false,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text("兴海路3号 13800000001".into()),
        html: None,
    })
}

/// How a command ended.
pub struct Told {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs a command to its end with this database and key.
pub async fn baoxiu(fresh: &Fresh, args: &[&str], more: &[(&str, &str)]) -> Told {
    with(&fresh.url, fresh.key().path(), args, more).await
}

pub async fn with(url: &str, key: &Path, args: &[&str], more: &[(&str, &str)]) -> Told {
    let mut command = program();
    command.args(args).env("DATABASE_URL", url).env("BAOXIU_KEY_FILE", key).envs(more.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Told { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Starts the bot on this database and waits until it serves.
pub async fn running(fresh: &Fresh, sandbox: &Sandbox) -> Bot {
    let key = fresh.key();
    let (token, api) = (sandbox.token().to_owned(), sandbox.api_url());
    let settings = [
        ("TELOXIDE_TOKEN", token.as_str()),
        ("TELOXIDE_API_URL", api.as_str()),
        ("DATABASE_URL", fresh.url.as_str()),
        ("BAOXIU_KEY_FILE", key.path().to_str().unwrap()),
    ];
    let bot = Bot::run(&settings, &fresh.folder.path().join("log"));
    let since = Instant::now();
    while !bot.said().contains("serving") {
        assert!(since.elapsed() < Duration::from_secs(20), "the bot does not serve:\n{}", bot.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bot
}

/// Waits until it is so, at most a minute.
pub async fn soon(what: &str, so: impl AsyncFn() -> bool) {
    let since = Instant::now();
    while !so().await {
        assert!(since.elapsed() < Duration::from_secs(60), "not within a minute: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
