//! Trouble on purpose: what the real network and the real server do on a bad day.
use std::time::Duration;

/// A trouble that meets matching Bot API calls. Empty filters match everything.
///
/// Several are tried in the order in which they were added, and the first that meets a call strikes it. So a list of them with
/// `times` and `spares` is a script, and a list with `percent` is weather.
#[derive(Clone, Debug, Default)]
pub struct Fault {
    /// Method name, case-insensitive; `None` = every method.
    pub method: Option<String>,
    /// Only methods that put a new message into a chat: `send…` but for "typing…", `copyMessage`, `forwardMessage`.
    pub sends: bool,
    /// `chat_id` of the call; `None` = every chat, and calls without one.
    pub chat: Option<i64>,
    /// How many matching calls it lets pass before it begins.
    pub spares: u32,
    /// In how many of a hundred cases it strikes (see [`super::World::seed`]); `None` = always.
    pub percent: Option<u8>,
    /// How many calls it meets; `None` = all until `clear_faults`.
    pub times: Option<u32>,
    /// What it does.
    pub harm: Harm,
}

/// What befalls a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Harm {
    /// It is refused.
    Refused {
        /// HTTP status: 429, 403, 500 …
        status: u16,
        /// Seconds, told with a 429.
        retry_after: Option<u32>,
    },
    /// The connection is cut before anything is done.
    CutBefore,
    /// What was asked is done, then the connection is cut: the client cannot know.
    CutAfter,
    /// What was asked is done, but told only so much later.
    Late(Duration),
    /// Nothing is done, and nothing is ever answered.
    Silence,
    /// What was asked is done, and answered with these words in place of JSON.
    Garbled(&'static str),
}

impl Harm {
    /// Refused with this status.
    pub const fn status(status: u16) -> Harm {
        Harm::Refused { status, retry_after: None }
    }

    /// 429: so many seconds of pause.
    pub const fn pause(seconds: u32) -> Harm {
        Harm::Refused { status: 429, retry_after: Some(seconds) }
    }
}

impl Default for Harm {
    fn default() -> Self {
        Harm::status(500)
    }
}

/// How updates get out of order on their way. Each in so many of a hundred cases (see [`super::World::seed`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Muddle {
    /// One that was delivered comes again.
    pub repeats: u8,
    /// A later one overtakes.
    pub overtakes: u8,
}
