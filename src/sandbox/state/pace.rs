//! Counts what is sent.
use super::State;
use crate::sandbox::refusal::Refusal;

impl State {
    /// Counts messages that are about to be sent to a chat, paid for or not.
    pub fn pace(&mut self, chat: i64, messages: usize, paid: bool) -> Result<(), Refusal> {
        let now = self.now_ms();
        self.meter.take(chat, messages, paid, now).map_err(|wait| Refusal::too_many(wait.div_euclid(1_000) + 1))
    }
}
