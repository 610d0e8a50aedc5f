//! Which trouble meets a call, and whatever else is left to chance.
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::State;
use crate::sandbox::faults::{Fault, Harm};

/// Chance that can be repeated: the same seed, the same draws.
pub struct Chance(AtomicU64);

impl Chance {
    pub fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1))
    }

    /// A number below `limit`, which is above 0.
    pub fn below(&self, limit: u64) -> u64 {
        let mut state = self.0.load(Ordering::Relaxed);
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.0.store(state, Ordering::Relaxed);
        state % limit
    }

    pub fn strikes(&self, percent: u8) -> bool {
        percent > 0 && self.below(100) < u64::from(percent)
    }
}

impl State {
    pub fn seed(&mut self, seed: u64) {
        self.chance = Chance::seeded(seed);
    }

    /// The trouble that meets this call, if any; counts it.
    pub fn trouble(&mut self, method: &str, params: &Value) -> Option<Harm> {
        let chat = match &params["chat_id"] {
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        };
        let chance = &self.chance;
        let at = self.faults.iter_mut().position(|fault| {
            if !fault.meets(method, chat) {
                return false;
            }
            if fault.spares > 0 {
                fault.spares -= 1;
                return false;
            }
            fault.percent.is_none_or(|percent| chance.strikes(percent))
        })?;
        let fault = &mut self.faults[at];
        let harm = fault.harm.clone();
        if let Some(times) = &mut fault.times {
            *times -= 1;
            if *times == 0 {
                self.faults.remove(at);
                self.touch();
            }
        }
        Some(harm)
    }
}

impl Fault {
    fn meets(&self, method: &str, chat: Option<i64>) -> bool {
        self.method.as_deref().is_none_or(|m| m.eq_ignore_ascii_case(method))
            && (!self.sends || puts_a_message(method))
            && (self.chat.is_none() || self.chat == chat)
            && self.times != Some(0)
    }
}

fn puts_a_message(method: &str) -> bool {
    let method = method.to_ascii_lowercase();
    let sends = method.starts_with("send") && method != "sendchataction";
    sends || method.starts_with("copymessage") || method.starts_with("forwardmessage")
}
