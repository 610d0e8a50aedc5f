//! Notices go when nothing else may: they are not kept in the backlog, but looked for when there is time for them.
use super::{IDLE, Sender};
use crate::outbox::backlog::Next;
use crate::outbox::transport::Transport;
use crate::store::{StoreError, outbox};
use crate::vocabulary::input::Millis;

/// They are looked for no more often than this while there are none.
pub(super) const EVERY: Millis = 20;

impl<T: Transport> Sender<T> {
    /// Starts notices, which go when nothing else may; gives when to look for more.
    pub(super) async fn start_notices(&mut self, now: Millis) -> Result<Millis, StoreError> {
        if let Some(after) = self.notices.filter(|after| *after > now) {
            return Ok(after);
        }
        self.noticed = now;
        let rows = outbox::notices(&mut *self.parts.db.read().await?, now).await?;
        self.notices = (!rows.is_empty()).then_some(now + EVERY);
        for row in rows {
            if self.running.len() >= self.at_once {
                // Whatever ends makes room, and a turn.
                self.notices = Some(now);
                break;
            }
            if let Err(free) = self.pace.any(now) {
                self.notices = Some(free);
                break;
            }
            if !self.backlog.knows(row.chat) {
                self.backlog.serve(row.chat);
                self.start(Next { chat: row.chat, rows: vec![row] }, now).await?;
            }
        }
        Ok(self.notices.unwrap_or(now + IDLE))
    }
}
