//! The visit: where a claimed ticket stands on the way from accepted to done, and the moves between. PURE.
//!
//! Which stages there are, which follow which and what each demands is data (`visit.toml`); here stands what holds for any
//! such plan: only the claimer moves, only along the plan, and only with everything there that is demanded.
use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::price::{self, Fen};
use super::quote::{AMOUNT, Demand, Unsettled};
use super::ticket::{Refusal, Status, Ticket};
use crate::vocabulary::input::{Media, Millis};

const MINUTE: Millis = 60_000;
/// A clock time that has passed today means tomorrow if it is not further away than this.
const OVERNIGHT: Millis = 6 * 60 * MINUTE;
/// How long a rating can be changed, from the end of the ticket on.
pub const RATED: Millis = 7 * 24 * 60 * MINUTE;
/// A rating up to this one goes to the dispatchers.
const BAD: i64 = 2;

/// The times of a visit, as the operator has set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visits {
    /// How long a customer may stay silent before what is done counts as fixed, milliseconds.
    pub confirm: Millis,
    /// How long after the expected time the technician is asked and the customer told, milliseconds.
    pub late: Millis,
}

impl Default for Visits {
    fn default() -> Visits {
        Visits { confirm: 48 * 60 * MINUTE, late: 10 * MINUTE }
    }
}

/// Where the visit of a ticket stands; sealed with the ticket's details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// Id of the stage; empty: the first one.
    pub stage: String,
    /// When it began, or silence ended it; 0: with the claim.
    pub since: Millis,
    /// When the technician expects to be there.
    pub eta: Option<Millis>,
    /// Four digits that the customer has and whoever comes must be able to say; empty for claims older than such codes.
    pub code: String,
    /// When the customer reported that whoever came could not say it.
    pub stranger: Option<Millis>,
    /// Needs that were ticked: who, when.
    pub ticked: BTreeMap<String, (i64, Millis)>,
    /// Needs that were answered: the id of an option behind `@`, or own words.
    pub answers: BTreeMap<String, String>,
    /// Photos of the result.
    pub photos: Vec<Media>,
    /// Stars that the customer gave, 1 to 5.
    pub stars: Option<i64>,
    /// Their word to it.
    pub opinion: String,
}

impl Visit {
    /// A new claim: nothing of what another technician said or ticked counts.
    pub fn begun(code: String) -> Visit {
        Visit { code, ..Visit::default() }
    }

    /// The same technician goes once more: the code stays, all else is to be shown anew.
    pub fn again(&mut self, now: Millis) {
        let (code, stranger) = (std::mem::take(&mut self.code), self.stranger);
        *self = Visit { code, stranger, since: now, ..Visit::default() };
    }

    /// Whether a need is met.
    pub fn has(&self, need: &str) -> bool {
        self.ticked.contains_key(need) || self.answers.contains_key(need)
    }

    /// What was charged, fen; `None`: not said yet, or in words of an older version that name no amount.
    pub fn charged(&self) -> Option<Fen> {
        match &**self.answers.get(AMOUNT)? {
            // The options are those where nothing was.
            chosen if chosen.starts_with('@') => Some(0),
            words => price::amount(words).ok(),
        }
    }

    /// Whether the customer is unhappy.
    pub fn is_bad(&self) -> bool {
        self.stars.is_some_and(|stars| stars <= BAD)
    }
}

/// A move along the plan.
#[derive(Clone, Copy, Debug)]
pub struct Move<'p> {
    /// Id of the stage to begin.
    pub to: &'p str,
    /// Whether the plan leads there from where the ticket stands.
    pub leads: bool,
    /// Ids of what it demands, in order.
    pub needs: &'p [&'p str],
    /// What it demands of the quotes, if anything.
    pub quote: Option<Demand>,
    /// Whether the visit is over with it.
    pub ends: bool,
}

/// Why a move does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// It is not theirs to move.
    Refused(Refusal),
    /// The plan leads elsewhere from here.
    NotFromHere,
    /// This must be there first.
    Needs(String),
    /// A quote is not settled.
    Quote(Unsettled),
}

impl Ticket {
    /// The claimer goes on to a stage; gives the id of the one before. A move that ends the visit makes the ticket done.
    ///
    /// # Errors
    /// [`Halt`]: the first reason there is; then nothing has changed.
    pub fn advance(&mut self, by: i64, step: &Move<'_>, now: Millis) -> Result<String, Halt> {
        if self.status != Status::Claimed {
            return Err(Halt::Refused(Refusal::WrongStatus));
        }
        if self.claimer != Some(by) {
            return Err(Halt::Refused(Refusal::NotYours));
        }
        if !step.leads {
            return Err(Halt::NotFromHere);
        }
        let quotes = &self.details.quotes;
        // A job may end after a "no", with the call-out alone; but nobody charges for what the customer still thinks about.
        let waits = quotes.open().filter(|_| step.ends).map(|_| Unsettled::Open);
        // Who phoned agrees on the phone.
        let demand = step.quote.filter(|_| !self.by_phone());
        if let Some(unsettled) = demand.and_then(|demand| quotes.unsettled(demand)).or(waits) {
            return Err(Halt::Quote(unsettled));
        }
        if let Some(need) = step.needs.iter().find(|need| !self.details.visit.has(need)) {
            return Err(Halt::Needs((*need).to_owned()));
        }
        if step.ends {
            let outcome = self.details.visit.answers.get("outcome").cloned().unwrap_or_default();
            self.done(by, &outcome, now).map_err(Halt::Refused)?;
        }
        let visit = &mut self.details.visit;
        visit.since = now;
        self.updated = now;
        Ok(std::mem::replace(&mut visit.stage, step.to.to_owned()))
    }

    /// The customer has been silent for as long as they were told: what is done counts as fixed.
    ///
    /// # Errors
    /// [`Refusal::WrongStatus`] unless it is done.
    pub fn settle(&mut self, now: Millis) -> Result<(), Refusal> {
        if self.status != Status::Done {
            return Err(Refusal::WrongStatus);
        }
        self.status = Status::Closed;
        // Silence is no move: what is kept of the ticket is kept from when it was done.
        self.details.visit.since = now;
        Ok(())
    }

    /// The customer gives stars, or other ones; gives whether that changed anything.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for anybody else, [`Refusal::WrongStatus`] unless somebody's work was confirmed, or too long after.
    pub fn rate(&mut self, by: i64, stars: i64, now: Millis) -> Result<bool, Refusal> {
        if self.customer != by {
            return Err(Refusal::NotYours);
        }
        let over = self.is_blank() || now - self.updated.max(self.details.visit.since) >= RATED;
        if self.status != Status::Closed || self.claimer.is_none() || over || !(1..=5).contains(&stars) {
            return Err(Refusal::WrongStatus);
        }
        Ok(self.details.visit.stars.replace(stars) != Some(stars))
    }
}

/// A clock time as people type it (`14:30`, `14点半`, `下午2点`, `2:30 pm`), or a span (`20分钟`, `20 min`); `None`: neither,
/// or a time that has passed.
pub fn expected(text: &str, now: Millis, zone: Tz) -> Option<Millis> {
    let text = text.trim().to_lowercase().replace('：', ":");
    let (text, late) = half_of_day(&text);
    if let Some(minutes) = ["分钟", "分钟后", "minutes", "min", "mins"].iter().find_map(|unit| text.strip_suffix(unit)) {
        return minutes.trim().parse().ok().filter(|m| (1..=24 * 60).contains(m)).map(|m: i64| now + m * MINUTE);
    }
    let (hour, minute) = match text.split_once([':', '点']) {
        Some((hour, "半")) => (hour, "30"),
        Some((hour, "" | "整")) => (hour, "0"),
        Some((hour, minute)) => (hour, minute.trim_end_matches('分')),
        None => (late.map(|_| &*text)?, "0"),
    };
    let (hour, minute): (u32, u32) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let hour = match late {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let clock = NaiveTime::from_hms_opt(hour, minute, 0)?;
    let today = DateTime::<Utc>::from_timestamp_millis(now)?.with_timezone(&zone).date_naive();
    let at = |day: chrono::NaiveDate| zone.from_local_datetime(&day.and_time(clock)).earliest().map(|t| t.timestamp_millis());
    match at(today)? {
        time if time > now => Some(time),
        _ => at(today.checked_add_days(Days::new(1))?).filter(|time| *time - now <= OVERNIGHT),
    }
}

/// The text without its half of the day, and whether that was the second one.
fn half_of_day(text: &str) -> (String, Option<bool>) {
    for (word, late) in [("下午", true), ("晚上", true), ("上午", false), ("早上", false)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (rest.trim().to_owned(), Some(late));
        }
    }
    for (word, late) in [("pm", true), ("p.m.", true), ("am", false), ("a.m.", false)] {
        if let Some(rest) = text.strip_suffix(word) {
            return (rest.trim().to_owned(), Some(late));
        }
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_technicians_type_them() {
        let zone = chrono_tz::Asia::Shanghai;
        let at = |h: u32, m: u32| zone.with_ymd_and_hms(2026, 3, 2, h, m, 0).unwrap().timestamp_millis();
        let now = at(14, 0);
        for (text, time) in [
            ("14:30", at(14, 30)),
            ("14：30", at(14, 30)),
            ("15点", at(15, 0)),
            ("15点半", at(15, 30)),
            ("下午3点20分", at(15, 20)),
            ("下午3点", at(15, 0)),
            ("3:15 pm", at(15, 15)),
            ("3pm", at(15, 0)),
            ("20分钟", at(14, 20)),
            ("20 min", at(14, 20)),
        ] {
            assert_eq!(expected(text, now, zone), Some(time), "{text}");
        }
        for text in ["", "马上", "3", "13:59", "25:00", "14:60", "下午", "-5 min", "0 min", "上午9点"] {
            assert_eq!(expected(text, now, zone), None, "{text}");
        }
        assert_eq!(expected("0:20", at(23, 50), zone), Some(at(23, 50) + 30 * MINUTE), "past midnight");
    }
}
