//! What became of messages since the start, and how long replies took.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::outbox::settle::{Job, Unsent};
use crate::outbox::transport::SendError;
use crate::telemetry::histogram::{Histogram, Reading};
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::Priority;

/// In seconds: from what feels like at once to what nobody waits for.
const BOUNDS: &[f64] = &[0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];

/// What became of a message, as labels say it.
const OUTCOMES: [&str; 8] = ["sent", "too_many", "unreached", "blocked", "moved", "refused", "muted", "unreadable"];

/// Counted by the sender, read by whoever tells.
#[derive(Debug)]
pub struct Figures {
    outcomes: [AtomicU64; OUTCOMES.len()],
    replies: Histogram,
    desk: Histogram,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures { outcomes: Default::default(), replies: Histogram::new(BOUNDS), desk: Histogram::new(BOUNDS) }
    }
}

impl Figures {
    /// Sends by outcome. `sent`: Telegram took it; `too_many`: 429; `unreached`: Telegram or the network was out of order and it
    /// is tried again; `blocked`, `moved`, `refused`: as [`SendError`]; `muted`, `unreadable`: never tried.
    pub fn outcomes(&self) -> impl Iterator<Item = (&'static str, u64)> {
        OUTCOMES.into_iter().zip(self.outcomes.iter().map(|count| count.load(Ordering::Relaxed)))
    }

    /// How often Telegram said "too many requests" (429).
    pub fn too_many(&self) -> u64 {
        self.outcomes().filter(|(outcome, _)| *outcome == "too_many").map(|(_, count)| count).sum()
    }

    /// From the receipt of an update (or the moment that a timer was due) to its message's being with Telegram, tries
    /// included: replies and what the desk and the crews get. Notices wait for hours on purpose and are left out.
    pub fn took(&self) -> [(&'static str, Reading); 2] {
        [("reply", self.replies.read()), ("desk", self.desk.read())]
    }

    /// Counts what came of a send at `now`.
    pub(super) fn count<T>(&self, job: &Job, result: &Result<T, SendError>, now: Millis) {
        let outcome = match (&job.message, result) {
            (Err(Unsent::Muted), _) => "muted",
            (Err(Unsent::Unreadable), _) => "unreadable",
            (_, Ok(_)) => "sent",
            (_, Err(SendError::RetryAfter(_))) => "too_many",
            (_, Err(SendError::Transient(_))) => "unreached",
            (_, Err(SendError::Blocked)) => "blocked",
            (_, Err(SendError::Migrated(_))) => "moved",
            (_, Err(_)) => "refused",
        };
        if let Some((_, count)) = OUTCOMES.iter().zip(&self.outcomes).find(|(one, _)| **one == outcome) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        if outcome != "sent" {
            return;
        }
        for row in &job.next.rows {
            let took = Duration::from_millis(u64::try_from(now - row.created).unwrap_or(0));
            match row.priority {
                Priority::Reply => self.replies.observe(took),
                Priority::Desk => self.desk.observe(took),
                Priority::Notice => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::outbox::backlog::Next;
    use crate::render::outgoing::{Body, Markup, Outgoing};
    use crate::store::outbox::Waiting;
    use crate::vocabulary::say::Place;

    use super::*;

    #[test]
    fn a_reply_is_timed_from_its_update_to_its_being_sent() {
        let figures = Figures::default();
        let row = |created, priority| Waiting { id: 1, chat: 7, priority, created, due: 0, tries: 0, mark: None, notice: None };
        let job = |created, priority| {
            let body = Body::Text { html: "x".to_owned(), markup: Markup::None };
            let message = Outgoing { chat: 7, body, place: Place::New, priority, protect: false };
            Job { next: Next { chat: 7, rows: vec![row(created, priority)] }, message: Ok(message), paid: false }
        };
        let pause = Err::<(), _>(SendError::RetryAfter(Duration::from_secs(1)));
        figures.count(&job(1_000, Priority::Reply), &pause, 1_010);
        figures.count(&job(1_000, Priority::Reply), &Ok(()), 2_100);
        figures.count(&job(1_000, Priority::Notice), &Ok(()), 9_000);
        figures.count(&Job { message: Err(Unsent::Muted), ..job(1_000, Priority::Notice) }, &Ok(()), 9_000);
        let outcomes: Vec<_> = figures.outcomes().filter(|(_, count)| *count > 0).collect();
        assert_eq!(outcomes, [("sent", 2), ("too_many", 1), ("muted", 1)]);
        assert_eq!(figures.too_many(), 1);
        let [(_, reply), (_, desk)] = figures.took();
        assert_eq!((reply.count, reply.sum, desk.count), (1, 1.1, 0), "the pause counts, the notice does not");
    }
}
