//! The command line and the environment: read once, here and nowhere else; all problems reported at once.
mod care;
mod check;
mod command;
mod desk;
mod hook;
mod keep;
mod number;
mod secret;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser};

pub use care::Parked;
pub use check::Problems;
pub use command::Command;
pub use desk::Desk;
pub use hook::Webhook;
pub use keep::Keep;
pub use secret::Secret;

use crate::telemetry::LogFormat;

/// What the program was asked to do, and with which settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// What to do.
    pub command: Command,
    /// With which settings.
    pub settings: Settings,
}

/// Checked settings. `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Token of the bot; always there for [`Command::Run`].
    pub token: Option<Secret>,
    /// Address of the Bot API server; `None`: Telegram's own.
    pub api_url: Option<Secret>,
    /// Proxy (http or https) for everything sent to the Bot API server.
    pub proxy: Option<Secret>,
    /// Database; may hold a password.
    pub database_url: Secret,
    /// File with the key that seals personal data; `None`: beside the database.
    pub key_file: Option<PathBuf>,
    /// User ids of the admins.
    pub admins: Vec<i64>,
    /// Phone number of the hotline, as shown; `None`: texts leave it out.
    pub hotline: Option<String>,
    /// Where Telegram delivers updates; `None`: they are fetched by polling.
    pub webhook: Option<Webhook>,
    /// Address to listen on: for the webhook (then it is always there), or for the page of the demo.
    pub listen: Option<SocketAddr>,
    /// Address for questions after the bot's health; `None`: they are not answered.
    pub metrics: Option<SocketAddr>,
    /// How fast Telegram takes messages.
    pub rates: Rates,
    /// How long what is known of customers is kept.
    pub keep: Keep,
    /// How the desk works.
    pub desk: Desk,
    /// Time zone of the service.
    pub timezone: chrono_tz::Tz,
    /// Folder with dialogs; `None`: those built in.
    pub dialogs: Option<PathBuf>,
    /// Folder with the tables of the gazetteer; `None`: those built in.
    pub gazetteer: Option<PathBuf>,
    /// What is logged, in the language of `RUST_LOG`.
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
}

/// How fast Telegram takes messages. What is not given is as Telegram publishes it; a Bot API server of one's own does not
/// lift the limits, but Telegram may grant more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Messages a second, in all.
    pub all: u32,
    /// Messages a second in one chat, after a short burst.
    pub chat: u32,
    /// Messages a minute in one group.
    pub group: u32,
    /// Messages of notices a second that are paid for; `None`: none are.
    pub paid: Option<u32>,
}

impl Default for Rates {
    /// <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>
    fn default() -> Rates {
        Rates { all: 30, chat: 1, group: 20, paid: None }
    }
}

/// 报修 · 保修: an after-sales service bot for Telegram.
#[derive(Parser)]
#[command(name = "baoxiu", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Raw,
}

/// Settings as given. Everything is text here, so that all that is wrong can be told at once. Values of the environment
/// are hidden from `--help` where they may hold a secret.
#[derive(Args, Default)]
pub(crate) struct Raw {
    /// Token from @BotFather
    #[arg(long, global = true, env = "TELOXIDE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Bot API server [default: Telegram's]
    #[arg(long, global = true, env = "TELOXIDE_API_URL", hide_env_values = true, value_name = "URL")]
    api_url: Option<String>,
    /// Proxy towards the Bot API server (http or https)
    #[arg(long, global = true, env = "TELOXIDE_PROXY", hide_env_values = true, value_name = "URL")]
    proxy: Option<String>,
    /// Database [default: sqlite://baoxiu.db]
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<String>,
    /// File with the key that seals personal data [default: beside the database]
    #[arg(long, global = true, env = "BAOXIU_KEY_FILE", value_name = "FILE")]
    key_file: Option<String>,
    /// User ids of the admins, separated by commas
    #[arg(long, global = true, env = "BAOXIU_ADMINS", value_name = "IDS", allow_hyphen_values = true)]
    admins: Option<String>,
    /// Phone number of the hotline [default: none is shown]
    #[arg(long, global = true, env = "BAOXIU_HOTLINE", value_name = "PHONE")]
    hotline: Option<String>,
    /// Address at which Telegram delivers updates (https://…) [default: none, they are fetched by polling]
    #[arg(long, global = true, env = "BAOXIU_WEBHOOK", hide_env_values = true, value_name = "URL")]
    webhook: Option<String>,
    /// Password that comes with every update [default: made anew at every start]
    #[arg(long, global = true, env = "BAOXIU_WEBHOOK_SECRET", hide_env_values = true, value_name = "SECRET")]
    webhook_secret: Option<String>,
    /// Address and port to listen on, for the webhook or for the page of the demo [default of the demo: 127.0.0.1:8080, or a
    /// free port if that one is busy]
    #[arg(long, global = true, env = "BAOXIU_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
    /// Address and port of /healthz, /readyz and /metrics [default: none]
    #[arg(long, global = true, env = "BAOXIU_METRICS", value_name = "ADDR")]
    metrics: Option<String>,
    /// Messages a second, in all, that Telegram takes [default: 30]
    #[arg(long, global = true, env = "BAOXIU_LIMIT_ALL", value_name = "NUMBER")]
    limit_all: Option<String>,
    /// Messages a second that Telegram takes in one chat, after a short burst [default: 1]
    #[arg(long, global = true, env = "BAOXIU_LIMIT_CHAT", value_name = "NUMBER")]
    limit_chat: Option<String>,
    /// Messages a minute that Telegram takes in one group [default: 20]
    #[arg(long, global = true, env = "BAOXIU_LIMIT_GROUP", value_name = "NUMBER")]
    limit_group: Option<String>,
    /// Messages of notices a second that are paid for in Telegram Stars, up to 1000 [default: none are]
    #[arg(long, global = true, env = "BAOXIU_PAID_BROADCAST", value_name = "NUMBER")]
    paid_broadcast: Option<String>,
    #[command(flatten)]
    keep: keep::Given,
    #[command(flatten)]
    desk: desk::Given,
    /// Time zone of the service [default: Asia/Shanghai]
    #[arg(long, global = true, env = "BAOXIU_TIMEZONE", value_name = "ZONE")]
    timezone: Option<String>,
    /// Folder with dialogs [default: those built in]
    #[arg(long, global = true, env = "BAOXIU_DIALOGS", value_name = "DIR")]
    dialogs: Option<String>,
    /// Folder with the tables of a newer gazetteer: areas.tsv, towns.tsv, ... [default: those built in]
    #[arg(long, global = true, env = "BAOXIU_GAZETTEER", value_name = "DIR")]
    gazetteer: Option<String>,
    /// What is logged [default: info]
    #[arg(long, global = true, env = "RUST_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// How it is logged: text or json [default: text]
    #[arg(long, global = true, env = "BAOXIU_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<String>,
}

impl Config {
    /// Reads the command line and the environment. Help, version and unknown flags end the program here, as is usual.
    ///
    /// # Errors
    /// Everything that is wrong with the settings; print it and end with [`Problems::EXIT_CODE`].
    pub fn parse() -> Result<Config, Problems> {
        Config::checked(Cli::parse())
    }

    fn checked(cli: Cli) -> Result<Config, Problems> {
        let command = cli.command.unwrap_or(Command::Run);
        let settings = check::settings(&command, cli.settings)?;
        Ok(Config { command, settings })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(args: &[&str]) -> Result<Config, Problems> {
        Config::checked(Cli::try_parse_from([&["baoxiu"], args].concat()).unwrap())
    }

    const TOKEN: &str = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn run_is_the_default() {
        let config = parse(&["--token", TOKEN]).unwrap();
        assert_eq!(config.command, Command::Run);
        assert_eq!(config.settings.database_url.reveal(), "sqlite://baoxiu.db");
        assert_eq!(config.settings.timezone, chrono_tz::Asia::Shanghai);
        assert_eq!((config.settings.hotline, config.settings.log_format), (None, LogFormat::Text));
    }

    #[test]
    fn settings_may_follow_the_command() {
        let config = parse(&["demo", "--listen", "127.0.0.1:0", "--admins", "7, 8，9"]).unwrap();
        assert!(matches!(config.command, Command::Demo { data: None, fresh: false }));
        assert_eq!(config.settings.listen.unwrap().to_string(), "127.0.0.1:0");
        assert_eq!(config.settings.admins, [7, 8, 9]);
    }

    #[test]
    fn without_a_token_three_lines_say_what_to_do() {
        let text = parse(&["run"]).unwrap_err().to_string();
        assert_eq!(text.lines().count(), 3, "{text}");
        for word in ["TELOXIDE_TOKEN", "@BotFather", "/newbot", "baoxiu demo"] {
            assert!(text.contains(word), "{word} is missing: {text}");
        }
    }

    #[test]
    fn only_run_wants_a_token() {
        for command in ["demo", "check", "graph", "match", "chat", "parked"] {
            assert!(parse(&[command]).is_ok(), "{command}");
        }
    }

    #[test]
    fn all_problems_are_told_at_once_and_no_value_of_a_secret() {
        let bad = ["run", "--token", "sesame", "--api-url", "ftp://sesame", "--proxy", "socks5://sesame", "--database-url"];
        let more = [
            "mysql://sesame",
            "--admins",
            "7,x,-3",
            "--hotline",
            "hello",
            "--timezone",
            "Mars/Base",
            "--log-format",
            "xml",
            "--log",
            "a=b=c",
        ];
        let text = parse(&[&bad[..], &more[..]].concat()).unwrap_err().to_string();
        let names = ["TELOXIDE_TOKEN", "TELOXIDE_API_URL", "TELOXIDE_PROXY", "DATABASE_URL", "BAOXIU_ADMINS", "BAOXIU_TIMEZONE"];
        for name in names.into_iter().chain(["BAOXIU_HOTLINE", "BAOXIU_LOG_FORMAT", "RUST_LOG"]) {
            assert!(text.contains(name), "{name} is missing: {text}");
        }
        assert!(!text.contains("sesame"), "{text}");
    }

    #[test]
    fn a_hotline_is_kept_as_it_is_shown() {
        for (given, kept) in [("4008001234", "400-800-1234"), ("0411-1234567 ext. 801", "0411-1234567转801"), ("12345", "12345")]
        {
            assert_eq!(parse(&["check", "--hotline", given]).unwrap().settings.hotline.as_deref(), Some(kept));
        }
        assert!(parse(&["check", "--hotline", "65543210"]).unwrap_err().to_string().contains("area code"));
    }

    #[test]
    fn debug_shows_no_secret() {
        let config = parse(&["--token", TOKEN, "--database-url", "postgres://u:sesame@db/x", "--api-url", "http://sesame@h"]);
        let text = format!("{:?}", config.unwrap());
        assert!(!text.contains("AAAA") && !text.contains("sesame"), "{text}");
    }

    #[test]
    fn empty_means_not_given() {
        let config = parse(&["check", "--token", "", "--hotline", " ", "--admins", ""]).unwrap();
        assert!(config.settings.token.is_none() && config.settings.hotline.is_none() && config.settings.admins.is_empty());
    }
}
