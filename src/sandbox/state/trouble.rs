//! Which trouble meets a call.
use serde_json::Value;

use super::State;
use crate::sandbox::faults::Trouble;
use crate::sandbox::refusal::Refusal;

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
