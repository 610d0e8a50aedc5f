//! What the program can be asked to do.
use std::path::PathBuf;

use clap::Subcommand;

use super::Parked;

/// What the program can do.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Serve the bot (the default).
    Run,
    /// Try everything in a browser, without Telegram and without a token.
    Demo {
        /// Folder to keep the bot's data in; chats and groups on the page begin anew at every start [default: forgotten at
        /// the end].
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Begin where an owner begins: no admin, and the bot in no group yet.
        #[arg(long)]
        fresh: bool,
    },
    /// Check dialogs, texts and coverage: file, line, what to do.
    Check,
    /// Draw a dialog as a graph.
    Graph {
        /// Which dialog [default: all].
        dialog: Option<String>,
    },
    /// Match an address to the coverage; without TEXT, line by line from standard input.
    Match {
        /// The address.
        text: Option<String>,
        /// Answer in JSON, a line each.
        #[arg(long)]
        jsonl: bool,
    },
    /// Walk through a dialog in the terminal.
    Chat {
        /// Which dialog [default: report].
        dialog: Option<String>,
        /// Language to speak: zh-CN or en.
        #[arg(long, value_name = "LANG")]
        lang: Option<String>,
    },
    /// Write everything in the database to a file, beside a running bot. What is sealed stays sealed; no key is needed.
    Backup {
        /// Where to; an earlier backup there is replaced, nothing else is.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Fill an empty database from a backup, made from either kind of database. Needs the key.
    Restore {
        /// The backup.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Look at everything that the bot needs and say what to do, beside a running bot too; exit code 1 when something does not
    /// work.
    Doctor,
    /// Seal everything with a new key, beside a running bot; broken off, the same command goes on with it.
    RotateKey,
    /// List inputs that failed too often and were set aside; personal data is masked. The bot may be running.
    Parked {
        #[command(subcommand)]
        what: Option<Parked>,
    },
}
