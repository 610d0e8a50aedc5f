//! Trouble on purpose: what the real network and the real server do on a bad day.
use super::refusal::Refusal;

/// A trouble that meets matching Bot API calls. Empty filters match everything.
#[derive(Clone, Debug, Default)]
pub struct Fault {
    /// Method name, case-insensitive; `None` = every method.
    pub method: Option<String>,
    /// Only methods that put a new message into a chat: `send…` but for "typing…", `copyMessage`, `forwardMessage`.
    pub sends: bool,
    /// `chat_id` of the call; `None` = every chat, and calls without one.
    pub chat: Option<i64>,
    /// HTTP status to answer (429, 403, 500 …); 0 = 500. Not used when the connection is cut.
    pub status: u16,
    /// Seconds, told with a 429.
    pub retry_after: Option<u32>,
    /// How many calls it meets; `None` = all until `clear_faults`.
    pub times: Option<u32>,
    /// Cut the connection before anything is done.
    pub drop_connection: bool,
    /// Do what was asked, then cut the connection: the client cannot know.
    pub take_but_lose_answer: bool,
}

pub(super) enum Trouble {
    Cut,
    CutAfter,
    Refuse(Refusal),
}
