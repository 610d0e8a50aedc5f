//! From settings as given to settings as they must be.
use std::fmt;
use std::path::PathBuf;

use clap::ValueEnum;
use reqwest::Url;

use super::{Command, Rates, Raw, Secret, Settings, desk, hook, keep};
use crate::dialog::parse::hotline;
use crate::telemetry::{self, LogFormat};

/// A thousand times what any server of the Bot API takes is a slip of the pen, and every message of a window is remembered.
/// Telegram takes no more of what is paid for (<https://core.telegram.org/bots/api#sendmessage>), a second.
const MOST_PAID: u32 = 1_000;
const HIGHEST_RATE: u32 = 100_000;

/// Everything that is wrong with the settings, a line each. Never holds the value of a secret.
#[derive(Debug, thiserror::Error)]
pub struct Problems(Vec<String>);

impl Problems {
    /// Exit code that shells know as "used wrongly".
    pub const EXIT_CODE: u8 = 2;
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

/// Three lines: what is missing, how to get it, and what works without.
const NO_TOKEN: &str = "TELOXIDE_TOKEN is not set: without the token of a bot there is nothing to run.
Get one: write /newbot to @BotFather in Telegram, then start again with TELOXIDE_TOKEN=<token> (or --token).
Only want to look? `baoxiu demo` needs no token, no account and no network.";

pub(super) fn settings(command: &Command, raw: Raw) -> Result<Settings, Problems> {
    let mut problems = Vec::new();
    let token = given(raw.token);
    match &token {
        None if *command == Command::Run => problems.push(NO_TOKEN.to_owned()),
        Some(token) if !looks_like_token(token) => {
            problems.push("TELOXIDE_TOKEN does not look like a token; @BotFather gives one like 123456:ABC-DEF…".to_owned());
        }
        _ => {}
    }
    let api_url = given(raw.api_url);
    if api_url.as_deref().is_some_and(|url| !is_url(url)) {
        problems.push("TELOXIDE_API_URL must be an address like https://api.telegram.org".to_owned());
    }
    let proxy = given(raw.proxy);
    if proxy.as_deref().is_some_and(|url| !is_url(url)) {
        problems.push("TELOXIDE_PROXY must be an address like http://user:password@host:3128 (http or https)".to_owned());
    }
    let database_url = given(raw.database_url).unwrap_or_else(|| "sqlite://baoxiu.db".to_owned());
    if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)) {
        problems.push("DATABASE_URL must begin with sqlite: or postgres:, for example sqlite://baoxiu.db".to_owned());
    }
    let admins = or_tell(&mut problems, admins(given(raw.admins).as_deref()));
    let listen = or_tell(&mut problems, hook::listen(given(raw.listen).as_deref(), "BAOXIU_LISTEN")).flatten();
    let metrics = or_tell(&mut problems, hook::listen(given(raw.metrics).as_deref(), "BAOXIU_METRICS")).flatten();
    let webhook = hook::webhook(given(raw.webhook), given(raw.webhook_secret), api_url.is_some());
    let webhook = or_tell(&mut problems, webhook).flatten();
    if webhook.is_some() && listen.is_none() {
        problems.push(
            "BAOXIU_WEBHOOK needs BAOXIU_LISTEN: the address where your proxy hands updates on, like 127.0.0.1:8443".to_owned(),
        );
    }
    let usual = Rates::default();
    let mut rate = |name: &str, given: Option<String>, usual: u32| match given.map_or(Ok(usual), |n| n.parse()) {
        Ok(n) if (1..=HIGHEST_RATE).contains(&n) => n,
        _ => {
            problems.push(format!(
                "{name} must be a number from 1 to {HIGHEST_RATE}; leave it out for Telegram's own limit ({usual})"
            ));
            usual
        }
    };
    let paid = given(raw.paid_broadcast).filter(|n| n != "0").map(|n| n.parse().ok().filter(|n| (1..=MOST_PAID).contains(n)));
    let rates = Rates {
        all: rate("BAOXIU_LIMIT_ALL", given(raw.limit_all), usual.all),
        chat: rate("BAOXIU_LIMIT_CHAT", given(raw.limit_chat), usual.chat),
        group: rate("BAOXIU_LIMIT_GROUP", given(raw.limit_group), usual.group),
        paid: paid.flatten(),
    };
    if paid == Some(None) {
        problems.push(format!(
            "BAOXIU_PAID_BROADCAST must be a number from 1 to {MOST_PAID}; leave it out, and notices cost nothing"
        ));
    }
    let hotline = or_tell(&mut problems, hotline(given(raw.hotline).as_deref()));
    let keep = keep::keep(&raw.keep, &mut problems);
    let desk = desk::desk(&raw.desk, &mut problems);
    let timezone = or_tell(&mut problems, timezone(given(raw.timezone).as_deref()));
    let log = given(raw.log).unwrap_or_else(|| "info".to_owned());
    if !telemetry::filter_is_valid(&log) {
        problems.push("RUST_LOG cannot be read; write for example info or baoxiu=debug".to_owned());
    }
    let log_format = match given(raw.log_format) {
        None => Some(LogFormat::Text),
        Some(word) => LogFormat::from_str(&word, true).ok(),
    };
    if log_format.is_none() {
        problems.push("BAOXIU_LOG_FORMAT must be text or json".to_owned());
    }
    let dialogs = given(raw.dialogs).map(PathBuf::from);
    if dialogs.as_deref().is_some_and(|folder| !folder.is_dir()) {
        problems.push("BAOXIU_DIALOGS must be a folder that exists".to_owned());
    }
    let gazetteer = given(raw.gazetteer).map(PathBuf::from);
    if gazetteer.as_deref().is_some_and(|folder| !folder.is_dir()) {
        problems.push("BAOXIU_GAZETTEER must be a folder that exists".to_owned());
    }
    match (admins, hotline, timezone, log_format) {
        (Some(admins), Some(hotline), Some(timezone), Some(log_format)) if problems.is_empty() => Ok(Settings {
            token: token.map(Secret::new),
            api_url: api_url.map(Secret::new),
            proxy: proxy.map(Secret::new),
            database_url: Secret::new(database_url),
            key_file: given(raw.key_file).map(PathBuf::from),
            admins,
            hotline,
            webhook,
            listen,
            metrics,
            rates,
            keep,
            desk,
            timezone,
            dialogs,
            gazetteer,
            log,
            log_format,
        }),
        _ => Err(Problems(problems)),
    }
}

/// A variable that is set but empty counts as not set: that is how compose files and unit files leave one out.
fn given(value: Option<String>) -> Option<String> {
    value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
}

fn or_tell<T>(problems: &mut Vec<String>, outcome: Result<T, String>) -> Option<T> {
    outcome.map_err(|problem| problems.push(problem)).ok()
}

fn looks_like_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_digit())
            && secret.len() >= 20
            && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn admins(list: Option<&str>) -> Result<Vec<i64>, String> {
    let parts = list.unwrap_or_default().split([',', '，', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let ids: Option<Vec<i64>> = parts.map(|part| part.parse().ok().filter(|id| *id > 0)).collect();
    let mut ids = ids.ok_or("BAOXIU_ADMINS must be user ids (numbers above 0) separated by commas; /id tells yours")?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// What [`hotline::parse`] takes; nothing given is no mistake.
fn hotline(number: Option<&str>) -> Result<Option<String>, String> {
    let Some(number) = number else { return Ok(None) };
    let problem = "BAOXIU_HOTLINE must be a number that can be dialled: 400-800-1234, 0429-5123456 (with its area code), \
                   0411-1234567转801 or 0411-1234567 ext. 801, 13800000000, 95588, 12345";
    hotline::parse(number).map(Some).ok_or_else(|| problem.to_owned())
}

fn timezone(name: Option<&str>) -> Result<chrono_tz::Tz, String> {
    let name = name.unwrap_or("Asia/Shanghai");
    name.parse().map_err(|_| "BAOXIU_TIMEZONE must be a name like Asia/Shanghai".to_owned())
}
