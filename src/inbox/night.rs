//! The nightly job: what may no longer be kept is taken away, and what nobody needs any more is forgotten.
//!
//! It finds its work anew every time, by what the rows say: so it needs no list of its own, and after a crash the rest is done
//! at the next start. Every step is a small transaction; a ticket is an input like any other, decided by the core on its locked
//! row. Between portions it lets the messages that it owes go out first, so that nobody's news wait behind edits of old cards.
//!
//! What it forgets: sessions, contacts, files, cards and parked inputs as [`Keep`] says, and ids of updates. What it leaves:
//! tickets and their history without anybody's words, for the figures; people (their language, and whether the bot may write
//! to them); notices, which are the admins' own words, and few. Messages are deleted when they are sent, links that make an
//! admin when the next one is made.
//!
//! Measured with a million ids of updates, nine of ten of them old, and 100,000 old conversations, in a debug build on two busy
//! cores (`BAOXIU_NIGHT_ROWS=1000000 cargo test --test store a_large_database -- --nocapture`): on SQLite 35 s for all; 500 ids
//! took 2 ms, 99 of 100 steps less than 13 ms; 50 conversations took 24 ms, so 20 are taken at a time now; the longest step of
//! all, the scheduling of a busy machine included, 117 ms. On PostgreSQL the longest took 451 ms, and nobody waits for it there.
mod report;

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Arrived, Handled, Inbox, InboxError};
use crate::desk::figures::midnight;
use crate::desk::keep::{Blanked, Keep};
use crate::store::retention::{self, Sweep, Sweeping};
use crate::store::session::Key;
use crate::store::{Unit, Write, health, meta};
use crate::telemetry::news::News;
use crate::vocabulary::input::{Input, Millis, Timer};

use crate::clock;
pub use report::{Night, Nights};

/// Tickets between two looks at what waits to be sent.
const TICKETS: i64 = 20;
/// Rows that are read, or deleted, in one step.
const ROWS: i64 = 500;
/// Rows that are opened and sealed in one step.
const SEALED: usize = 20;
/// It goes on when no more messages to staff wait than this: two groups' worth of a minute.
const CALM: i64 = 40;
/// After so long it goes on in any case.
const PATIENCE: Duration = Duration::from_secs(600);
/// Whether it is time is looked at so often; also the pause after trouble.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Telegram keeps an update for a day and then never sends it again. After a week without any it numbers anew, from anywhere
/// (<https://core.telegram.org/bots/api#update>): what is remembered for a week might take a new one for an old one.
const REMEMBER_UPDATES: Millis = 3 * 24 * 3_600_000;
/// Which messages show a blanked ticket is forgotten when the last edit has long had its tries.
const FORGET_CARDS: Millis = 7 * 24 * 3_600_000;
/// Name of the value that says up to which night all is done.
const DONE: &str = "night";

impl Inbox {
    /// What was done at night.
    pub fn nights(&self) -> Arc<Nights> {
        Arc::clone(&self.inner.nights)
    }

    /// Does at every night, at this hour of the service's time zone, what is due; what was missed while the program was
    /// away, at its start. For ever: drop the future to stop, the rest is done the next time.
    pub async fn run_nights(&self, hour: i64) {
        let mut news = News::default();
        loop {
            match self.tonight(clock::now(), hour).await {
                Ok(()) => _ = news.over(),
                Err(error) => {
                    if news.is_new(&error.to_string()) {
                        tracing::error!(%error, "the nightly job broke off; it goes on in a minute");
                    }
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn tonight(&self, now: Millis, hour: i64) -> Result<(), InboxError> {
        let db = &self.inner.parts.db;
        let due = last_hour(now, self.inner.parts.world.settings.timezone, hour);
        let done = meta::read(&mut *db.read().await?, DONE).await?.and_then(|value| value.parse::<Millis>().ok());
        if done.is_some_and(|done| done >= due) {
            return Ok(());
        }
        let night = self.night(now, PATIENCE).await?;
        db.write(NightDone(due)).await?;
        tracing::info!(
            sessions = night.sessions,
            cards = night.cards,
            media = night.media,
            contacts = night.contacts,
            failed = night.failed,
            updates = night.updates,
            parked = night.parked,
            dropped = night.dropped,
            messages = night.messages,
            longest_ms = u64::try_from(night.longest.as_millis()).unwrap_or(u64::MAX),
            "the nightly job is done: what may no longer be kept was taken away"
        );
        Ok(())
    }

    /// Does all that is due at `now`; waits at most `patience` at a time for messages to go out.
    ///
    /// # Errors
    /// When the database fails; what was done until then stays done.
    pub async fn night(&self, now: Millis, patience: Duration) -> Result<Night, InboxError> {
        let mut night = Night::default();
        let done = self.all(now, patience, &mut night).await;
        night.finished = if done.is_ok() { clock::now() } else { 0 };
        self.inner.nights.add(&night);
        done.map(|()| night)
    }

    async fn all(&self, now: Millis, patience: Duration, night: &mut Night) -> Result<(), InboxError> {
        let keep = self.inner.parts.world.settings.keep;
        for from in [Blanked::Nothing, Blanked::Card, Blanked::Media] {
            self.blank(from, &keep, now, patience, night).await?;
        }
        self.sessions(now - keep.session, night).await?;
        self.updates(now - REMEMBER_UPDATES, night).await?;
        self.parked(now - keep.contact, now, night).await?;
        self.cards(now - keep.contact - FORGET_CARDS, night).await
    }

    /// Tickets that are blanked as far as `from`, and are due for more.
    async fn blank(
        &self,
        from: Blanked,
        keep: &Keep,
        now: Millis,
        patience: Duration,
        night: &mut Night,
    ) -> Result<(), InboxError> {
        let db = &self.inner.parts.db;
        let next = Blanked::ALL.into_iter().find(|step| *step > from).and_then(|step| keep.until(step));
        let Some(kept) = next else { return Ok(()) };
        let mut after = (Millis::MIN, 0);
        loop {
            let due = retention::tickets(&mut *db.read().await?, from, now - kept, after, TICKETS).await?;
            let Some(last) = due.last() else { return Ok(()) };
            after = *last;
            for (updated, ticket) in due {
                let to =
                    Blanked::ALL.into_iter().filter(|step| keep.until(*step).is_some_and(|kept| updated <= now - kept)).max();
                let began = Instant::now();
                let input = Input::Timer(Timer::Blank { ticket });
                let handled = self.handle(Arrived { update_id: None, task: None, at: now, input }).await?;
                night.longest = night.longest.max(began.elapsed());
                let count = match (handled, to) {
                    (Handled::Applied, Some(Blanked::Contact)) => &mut night.contacts,
                    (Handled::Applied, Some(Blanked::Media)) => &mut night.media,
                    (Handled::Applied, _) => &mut night.cards,
                    _ => &mut night.failed,
                };
                *count += 1;
            }
            self.calm(patience).await?;
        }
    }

    /// Waits until few messages wait.
    async fn calm(&self, patience: Duration) -> Result<(), InboxError> {
        let began = Instant::now();
        while began.elapsed() < patience {
            let waiting = health::waiting(&mut *self.inner.parts.db.read().await?).await?;
            let [(replies, _), (desk, _), _] = waiting.outbox;
            if replies + desk <= CALM {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        Ok(())
    }

    async fn sessions(&self, before: Millis, night: &mut Night) -> Result<(), InboxError> {
        let mut after = Key { bot: i64::MIN, chat: i64::MIN, person: i64::MIN, topic: i64::MIN };
        loop {
            let page = retention::sessions(&mut *self.inner.parts.db.read().await?, after, before, ROWS).await?;
            let (Some(last), old) = page else { return Ok(()) };
            after = last;
            for some in old.chunks(SEALED) {
                night.sessions += self.sweep(Sweep::Sessions(some.to_vec(), before), night).await?;
            }
        }
    }

    async fn updates(&self, before: Millis, night: &mut Night) -> Result<(), InboxError> {
        let mut after = (i64::MIN, i64::MIN);
        loop {
            let page = retention::updates(&mut *self.inner.parts.db.read().await?, after, before, ROWS).await?;
            let Some((last, old)) = page else { return Ok(()) };
            if old > 0 {
                night.updates += self.sweep(Sweep::Updates(after, last, before), night).await?;
            }
            after = last;
        }
    }

    async fn parked(&self, before: Millis, now: Millis, night: &mut Night) -> Result<(), InboxError> {
        loop {
            let dropped = self.sweep(Sweep::Dropped(before, ROWS), night).await?;
            night.dropped += dropped;
            if dropped == 0 {
                break;
            }
        }
        loop {
            let limit = i64::try_from(SEALED).unwrap_or(ROWS);
            let old = retention::parked(&mut *self.inner.parts.db.read().await?, before, limit).await?;
            if old.is_empty() {
                return Ok(());
            }
            night.parked += self.sweep(Sweep::Parked(old, now), night).await?;
        }
    }

    async fn cards(&self, before: Millis, night: &mut Night) -> Result<(), InboxError> {
        let mut after = (Millis::MIN, 0);
        loop {
            let page =
                retention::tickets(&mut *self.inner.parts.db.read().await?, Blanked::Contact, before, after, TICKETS).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = *last;
            night.messages += self.sweep(Sweep::Cards(page.iter().map(|(_, number)| *number).collect()), night).await?;
        }
    }

    async fn sweep(&self, sweep: Sweep, night: &mut Night) -> Result<u64, InboxError> {
        let db = &self.inner.parts.db;
        let began = Instant::now();
        let changed = db.write(Sweeping { sweep, sealer: db.sealer().clone() }).await?;
        night.longest = night.longest.max(began.elapsed());
        Ok(changed)
    }
}

/// Notes up to which night all is done.
struct NightDone(Millis);

impl Write for NightDone {
    type Out = ();
    type Error = crate::store::StoreError;

    async fn write(&self, unit: &mut Unit<'_>) -> Result<(), crate::store::StoreError> {
        meta::write(unit, DONE, &self.0.to_string()).await
    }
}

/// The last time at which it was this hour. On the day of a clock change an hour off, which harms nobody.
fn last_hour(now: Millis, zone: chrono_tz::Tz, hour: i64) -> Millis {
    let at = |days| midnight(now, zone, days) + hour * 3_600_000;
    if at(0) <= now { at(0) } else { at(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_begins_at_its_hour_in_the_services_time_zone() {
        // Monday, 2 March 2026, 03:00 in Shanghai.
        const THREE: Millis = 1_772_391_600_000;
        let zone = chrono_tz::Asia::Shanghai;
        assert_eq!(last_hour(THREE, zone, 3), THREE);
        assert_eq!(last_hour(THREE - 1, zone, 3), THREE - 24 * 3_600_000);
        assert_eq!(last_hour(THREE + 23 * 3_600_000, zone, 3), THREE);
    }
}
