//! Trouble on purpose: what the real network and the real server do on a bad day.
use serde_json::Value;

use super::refusal::Refusal;
use super::state::State;

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

impl State {
    /// The trouble that meets this call, if any; counts it.
    pub fn trouble(&mut self, method: &str, params: &Value) -> Option<Trouble> {
        let chat = match &params["chat_id"] {
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        };
        let at = self.faults.iter().position(|fault| {
            fault.method.as_deref().is_none_or(|m| m.eq_ignore_ascii_case(method))
                && (!fault.sends || puts_a_message(method))
                && (fault.chat.is_none() || fault.chat == chat)
                && fault.times != Some(0)
        })?;
        let fault = &mut self.faults[at];
        let trouble = if fault.drop_connection {
            Trouble::Cut
        } else if fault.take_but_lose_answer {
            Trouble::CutAfter
        } else {
            let status = if fault.status == 0 { 500 } else { fault.status };
            Trouble::Refuse(Refusal::injected(status, fault.retry_after))
        };
        if let Some(times) = &mut fault.times {
            *times -= 1;
            if *times == 0 {
                self.faults.remove(at);
                self.touch();
            }
        }
        Some(trouble)
    }
}

fn puts_a_message(method: &str) -> bool {
    let method = method.to_ascii_lowercase();
    let sends = method.starts_with("send") && method != "sendchataction";
    sends || method.starts_with("copymessage") || method.starts_with("forwardmessage")
}
