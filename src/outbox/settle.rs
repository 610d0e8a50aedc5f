//! Writes down what became of a message, in one transaction with the end of its row.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::outbox::backlog::{Fate, Next};
use crate::outbox::deliver::{Delivered, Record};
use crate::outbox::transport::SendError;
use crate::render::outgoing::{Body, Outgoing};
use crate::seal::Sealer;
use crate::store::notice::Tally;
use crate::store::outbox::Waiting;
use crate::store::{StoreError, Unit, Write, card, notice, outbox, person, task};
use crate::vocabulary::input::{Input, Millis};
use crate::vocabulary::say::{CardRef, CardRole, Place, Priority};

const FIRST_PAUSE: Millis = 500;
const LONGEST_PAUSE: Millis = 15_000;
/// After a day nobody waits for the message any more, and what came after it in that chat should get through.
const GIVE_UP: Millis = 24 * 3_600_000;
/// The same for a notice, which may have waited long before it was first tried: about a day of the longest pauses.
const NOTICE_TRIES: i64 = 5_760;

/// A message under way.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its rows.
    pub next: Next,
    /// What is sent, or why nothing was.
    pub message: Result<Outgoing, Unsent>,
    /// Whether it is paid for.
    pub paid: bool,
}

/// Why a message never got as far as Telegram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// It cannot be read.
    Unreadable,
    /// News, and the person wants none any more.
    Muted,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The chat.
    pub chat: i64,
    /// The message.
    pub job: Job,
    /// What Telegram said.
    pub result: Result<Delivered, SendError>,
}

/// What happened to messages, on its way into the database.
pub struct Settling {
    /// What happened.
    pub outcomes: Arc<Vec<Outcome>>,
    /// Seals what is kept.
    pub sealer: Sealer,
    /// As of when.
    pub now: Millis,
}

impl Write for Settling {
    type Out = ();
    type Error = StoreError;

    /// Nobody waits for it but the next message to the same chat, which goes the second after.
    fn is_urgent(&self) -> bool {
        false
    }

    async fn write(&self, unit: &mut Unit<'_>) -> Result<(), StoreError> {
        before_messages(unit, &self.sealer, &self.outcomes, self.now).await?;
        for outcome in self.outcomes.iter() {
            write(unit, &self.sealer, outcome, self.now).await?;
        }
        Ok(())
    }
}

/// What becomes of a message, now that this happened to it.
pub fn fate(outcome: &Outcome, now: Millis) -> Fate {
    let Some(head) = outcome.job.next.rows.first() else { return Fate::Ends };
    let tried = match &outcome.result {
        // A notice that was paused is old, but was not tried for long.
        Err(SendError::Transient(_)) if head.priority == Priority::Notice => head.tries < NOTICE_TRIES,
        Err(SendError::Transient(_)) => now.saturating_sub(head.created) < GIVE_UP,
        _ => false,
    };
    match &outcome.result {
        Ok(delivered) if outcome.job.message.is_ok() && !delivered.rest.is_empty() => Fate::Grows,
        Err(SendError::RetryAfter(pause)) => Fate::Waits { due: now.saturating_add(millis(*pause)), tries: head.tries },
        Err(SendError::Migrated(to)) => Fate::Moves(*to),
        Err(SendError::Transient(_)) if tried => {
            Fate::Waits { due: now.saturating_add(pause(head.tries)), tries: head.tries.saturating_add(1) }
        }
        _ => Fate::Ends,
    }
}

/// Writes down whom the bot may not write to, counts for the notices, and hands on which groups are lost. Before everything
/// else and in ascending order: whoever handles an update locks people, then notices, then takes ids of tasks and then of
/// messages, and two who lock in one order never wait for each other.
async fn before_messages(unit: &mut Unit<'_>, sealer: &Sealer, outcomes: &[Outcome], now: Millis) -> Result<(), StoreError> {
    let mut blocked: Vec<i64> =
        outcomes.iter().filter(|o| o.chat > 0 && o.result == Err(SendError::Blocked)).map(|o| o.chat).collect();
    blocked.sort_unstable();
    for chat in blocked {
        person::set_reachable(unit.writes().await?, chat, false).await?;
    }
    let mut tallies: BTreeMap<i64, Tally> = BTreeMap::new();
    let (mut previews, mut shown) = (Vec::new(), BTreeSet::new());
    for outcome in outcomes.iter().filter(|o| !matches!(fate(o, now), Fate::Waits { .. } | Fate::Moves(_))) {
        let card = outcome.job.message.as_ref().ok().and_then(Outgoing::card);
        shown.extend(card.filter(|card| card.role == CardRole::Notice).map(|card| card.number));
        for row in &outcome.job.next.rows {
            match (row.notice, row.priority) {
                (None, _) => {}
                (Some(number), Priority::Notice) => count(tallies.entry(number).or_default(), outcome),
                (Some(number), _) => previews.push((number, outcome.job.message.is_ok() && outcome.result.is_ok())),
            }
        }
    }
    previews.sort_unstable();
    for (number, arrived) in previews {
        notice::previewed(unit.writes().await?, number, arrived).await?;
    }
    for number in shown {
        notice::shown(unit.writes().await?, number, now).await?;
    }
    for (number, tally) in tallies {
        notice::tally(unit.writes().await?, number, tally).await?;
    }
    for outcome in outcomes.iter().filter(|o| o.chat < 0 && o.result == Err(SendError::Blocked)) {
        // What is announced there reaches nobody; the core finds another place for it.
        task::push_waiting(unit, sealer, &Input::Barred { chat: outcome.chat }, now).await?;
    }
    Ok(())
}

fn count(tally: &mut Tally, outcome: &Outcome) {
    let counted = match (&outcome.job.message, &outcome.result) {
        (Err(Unsent::Muted), _) => &mut tally.left_out,
        (Err(Unsent::Unreadable), _) => &mut tally.failed,
        (_, Ok(_)) => &mut tally.sent,
        (_, Err(SendError::Blocked)) => &mut tally.unreachable,
        _ => &mut tally.failed,
    };
    *counted += 1;
}

/// Writes it down; see also [`before_messages`].
async fn write(unit: &mut Unit<'_>, sealer: &Sealer, outcome: &Outcome, now: Millis) -> Result<(), StoreError> {
    let Some(head) = outcome.job.next.rows.first() else { return Ok(()) };
    log(outcome, head.id, now);
    let message = outcome.job.message.as_ref().ok();
    let card = message.and_then(Outgoing::card);
    if let Ok(delivered) = &outcome.result {
        // Rows of their own: they are tried again like any other message, whatever becomes of the card meanwhile.
        for stale in &delivered.stale {
            outbox::push(unit, sealer, &taking_back(outcome.chat, *stale), now).await?;
        }
        if let Some(card) = card {
            record(unit, card, outcome.chat, &delivered.record).await?;
        }
    }
    match (fate(outcome, now), message, &outcome.result) {
        (Fate::Waits { due, tries }, ..) => return outbox::delay(unit, head.id, tries, due).await,
        (Fate::Moves(to), ..) => return outbox::readdress(unit, outcome.chat, to).await,
        (Fate::Grows, Some(message), Ok(delivered)) => {
            if let Some((last, collapsed)) = outcome.job.next.rows.split_last() {
                let rest = Outgoing { body: Body::Media(delivered.rest.clone()), ..message.clone() };
                outbox::rewrite(unit, sealer, last.id, &rest).await?;
                return finish(unit, collapsed).await;
            }
        }
        _ => {}
    }
    // What was to be taken back and never can be is at least forgotten.
    if let (Err(_), Some(Body::Delete), Some(card)) = (&outcome.result, message.map(|m| &m.body), card) {
        card::forget(unit, card, outcome.chat).await?;
    }
    finish(unit, &outcome.job.next.rows).await
}

fn log(outcome: &Outcome, row: i64, now: Millis) {
    let chat = outcome.chat;
    match (&outcome.result, fate(outcome, now)) {
        (Ok(_), _) => {}
        (Err(SendError::RetryAfter(pause)), _) => {
            tracing::warn!(chat, row, seconds = pause.as_secs(), "Telegram asks for a pause in a chat");
        }
        (Err(SendError::Transient(why)), Fate::Waits { tries, .. }) => {
            tracing::debug!(chat, row, why, tries, "a message was not sent; it is tried again");
        }
        (Err(SendError::Migrated(to)), _) => tracing::info!(chat, to, "a group has a new id; its messages follow"),
        (Err(SendError::Blocked), _) => {
            tracing::info!(chat, row, "the bot may not write to a chat; the message is dropped");
        }
        (Err(error), _) => tracing::error!(chat, row, %error, "a message was dropped"),
    }
}

async fn record(unit: &mut Unit<'_>, card: &CardRef, chat: i64, record: &Record) -> Result<(), StoreError> {
    match record {
        Record::Keep => Ok(()),
        Record::Replace(messages) => card::replace(unit, card, chat, messages).await,
        Record::Append(messages) => card::append(unit, card, chat, messages).await,
        Record::Forget => card::forget(unit, card, chat).await,
    }
}

fn taking_back(chat: i64, message: i64) -> Outgoing {
    Outgoing { chat, body: Body::Delete, place: Place::Edit(message), priority: Priority::Reply, protect: false }
}

async fn finish(unit: &mut Unit<'_>, rows: &[Waiting]) -> Result<(), StoreError> {
    for row in rows {
        outbox::finish(unit, row.id).await?;
    }
    Ok(())
}

/// Half a second, one, two … a quarter of a minute: somebody waits for it, and where one request in three fails, one message in
/// four hundred fails five times in a row.
fn pause(tries: i64) -> Millis {
    let doublings = u32::try_from(tries.clamp(0, 16)).unwrap_or(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

/// A duration in milliseconds.
pub fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_quarter_of_a_minute() {
        assert_eq!([0, 1, 2, 4, 5, 99].map(pause), [500, 1_000, 2_000, 8_000, 15_000, 15_000]);
    }
}
