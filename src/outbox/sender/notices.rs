//! Notices go when nothing else may: they are not kept in the backlog, but looked for when there is time for them.
use super::{AT_ONCE, IDLE, Sender};
use crate::outbox::backlog::Next;
use crate::outbox::deliver::Delivered;
use crate::outbox::pace::Lane;
use crate::outbox::posts::Put;
use crate::outbox::transport::{SendError, Transport};
use crate::store::outbox::Waiting;
use crate::store::{StoreError, outbox};
use crate::vocabulary::input::Millis;

/// They are looked for no more often than this while there are none.
pub(super) const EVERY: Millis = 20;
/// So many more than can be under way are looked at in one go.
const MORE: usize = 64;
/// The same for what is paid for: a quarter of a second of it.
const PAID_AT_ONCE_MOST: usize = 256;
/// Messages that are to be paid for and were refused go at the usual pace for so long: the balance may be used up.
const UNPAID: Millis = 60_000;

impl<T: Transport> Sender<T> {
    pub(super) fn has_room(&self, lane: Lane) -> bool {
        let room = match lane {
            Lane::Usual => self.running.len() - self.paid < self.at_once,
            Lane::Paid => self.paid < self.paid_at_once(),
        };
        room && self.backlog.under_way() < self.repeated_at_most()
    }

    /// What was sent and is not yet written down is sent again after a crash: with what is under way it is no more than goes
    /// in two fifths of a second, however long the database takes.
    fn repeated_at_most(&self) -> usize {
        (self.parts.limits.all.count * 2 / 5).max(AT_ONCE) + self.paid_at_once()
    }

    pub(super) fn paid_at_once(&self) -> usize {
        self.parts.limits.paid.map_or(0, |window| window.count.div_ceil(4).clamp(1, PAID_AT_ONCE_MOST))
    }

    pub(super) fn lane_of_notices(&self, now: Millis) -> Lane {
        if self.parts.limits.paid.is_some() && now >= self.unpaid { Lane::Paid } else { Lane::Usual }
    }

    /// Starts notices, which go when nothing else may; gives when to look for more.
    pub(super) async fn start_notices(&mut self, now: Millis) -> Result<Millis, StoreError> {
        if let Some(after) = self.notices.filter(|after| *after > now) {
            return Ok(after);
        }
        self.noticed = now;
        let lane = self.lane_of_notices(now);
        // Whatever is under way is among them, and what was sent and is not yet written down.
        let enough = (self.at_once + self.paid_at_once()) * 3 + MORE;
        let enough = i64::try_from(enough).unwrap_or(i64::MAX);
        let rows = outbox::notices(&mut *self.parts.db.read().await?, now, enough).await?;
        self.notices = (!rows.is_empty()).then_some(now + EVERY);
        for row in rows {
            if !self.has_room(lane) {
                // Whatever ends makes room, and a turn.
                self.notices = Some(now);
                break;
            }
            if let Err(free) = self.pace.any(lane, now) {
                self.notices = Some(free);
                break;
            }
            if !self.backlog.knows(row.chat) {
                self.backlog.serve(row.chat);
                self.start(Next { chat: row.chat, rows: vec![row] }, lane, now).await?;
            }
        }
        Ok(self.notices.unwrap_or(now + IDLE))
    }

    /// What Telegram refuses to take for money it may take without: it is tried again at the usual pace, and so are the
    /// others for a while.
    pub(super) fn unless_unpayable(&mut self, result: Result<Delivered, SendError>) -> Result<Delivered, SendError> {
        let Err(SendError::Refused(words)) = result else { return result };
        let now = (self.parts.now)();
        if now >= self.unpaid {
            self.unpaid = now.saturating_add(UNPAID);
            tracing::warn!(
                words,
                "Telegram refuses a message that was to be paid for; see to the bot's balance of Stars. For a minute notices go without, at the usual pace"
            );
        }
        Err(SendError::Transient("refused while it was to be paid for"))
    }

    /// What is sent: of a notice, its one body.
    pub(super) async fn message(&mut self, row: &Waiting) -> Result<Option<Put>, StoreError> {
        let Some(message) = self.intake.body(&self.parts.db, row).await? else { return Ok(None) };
        if message.body.notice().is_none() {
            return Ok(Some(Put::Ready(message)));
        }
        let mut conn = self.parts.db.read().await?;
        self.posts.put(&mut conn, self.parts.db.sealer(), message).await.map(Some)
    }
}
