//! The appointment: which times were offered, what the customer wishes, what is agreed, and who is reminded when. PURE.
//!
//! An agreed time belongs to the ticket, not to whoever has it: the next technician inherits it. What was only offered was a
//! word of one technician's, and falls away with them.
use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::vocabulary::input::Millis;

mod numerals;
mod read;
mod times;

pub use read::{Unclear, of_day, windows};

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
/// How many windows are offered at most: more than three nobody compares.
pub const MOST: usize = 3;
/// How far ahead a time is agreed on, milliseconds.
pub const AHEAD: Millis = 30 * 24 * HOUR;
/// How long before the appointment both are reminded for the second time, milliseconds.
pub const SOON: Millis = 2 * HOUR;
/// Hour of the evening before at which both are reminded for the first time, in the zone of the service.
const EVENING: u32 = 19;

/// A span of time in which somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Window {
    /// When it begins, Unix milliseconds.
    pub from: Millis,
    /// When it ends, Unix milliseconds.
    pub to: Millis,
}

impl Window {
    /// How many midnights lie between now and its beginning; `None` for a moment that no calendar has.
    pub fn days_ahead(self, now: Millis, zone: Tz) -> Option<i64> {
        let day = |at| DateTime::<Utc>::from_timestamp_millis(at).map(|t| t.with_timezone(&zone).date_naive());
        Some((day(self.from)? - day(now)?).num_days())
    }

    /// Reads what [`std::fmt::Display`] writes: the note of a line of history.
    pub fn parse(note: &str) -> Option<Window> {
        let (from, to) = note.split_once('-')?;
        Some(Window { from: from.parse().ok()?, to: to.parse().ok()? })
    }
}

impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

/// What happens on the way to an appointment, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Nothing yet.
    #[default]
    Nothing,
    /// Reminder on the evening before.
    Evening,
    /// Reminder two hours before.
    Soon,
    /// It has begun, and the technician should be on the way.
    Late,
    /// It is over.
    Over,
}

/// A time that both have agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// When somebody comes.
    pub window: Window,
    /// When that was agreed on; what would have been said before is not said any more.
    pub at: Millis,
    /// The last mark that was dealt with.
    #[serde(default)]
    pub told: Mark,
}

impl Agreed {
    /// The marks that are still to come or overdue, with their times. `patience`: how long after the beginning a technician
    /// counts as late, milliseconds.
    fn marks(self, zone: Tz, patience: Millis) -> impl Iterator<Item = (Millis, Mark)> {
        let Window { from, to } = self.window;
        let marks = [
            (evening_before(from, zone).filter(|at| *at > self.at), Mark::Evening),
            (Some(from - SOON).filter(|at| *at > self.at), Mark::Soon),
            (Some(from + patience).filter(|at| *at < to), Mark::Late),
            (Some(to), Mark::Over),
        ];
        marks.into_iter().filter_map(|(at, mark)| Some((at?, mark))).filter(move |(_, mark)| *mark > self.told)
    }

    /// When something is to be said next; `None`: nothing any more. `patience` as for the marks.
    pub fn next(self, zone: Tz, patience: Millis) -> Option<Millis> {
        self.marks(zone, patience).map(|(at, _)| at).next()
    }

    /// The last mark that has been reached and not been dealt with; those before it would not be true any more.
    pub fn due(self, zone: Tz, patience: Millis, now: Millis) -> Option<Mark> {
        self.marks(zone, patience).filter(|(at, _)| *at <= now).map(|(_, mark)| mark).last()
    }
}

fn evening_before(at: Millis, zone: Tz) -> Option<Millis> {
    let day = DateTime::<Utc>::from_timestamp_millis(at)?.with_timezone(&zone).date_naive().checked_sub_days(Days::new(1))?;
    let evening = day.and_time(NaiveTime::from_hms_opt(EVENING, 0, 0)?);
    zone.from_local_datetime(&evening).earliest().map(|t| t.timestamp_millis())
}

/// Where the appointment of a ticket stands; sealed with the ticket's details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appointment {
    /// Windows that wait for the customer's choice.
    pub offered: Vec<Window>,
    /// Counts offers and wishes; part of every button, so that old buttons are known as such.
    pub round: i64,
    /// What the customer wishes instead, in their own words.
    pub wish: String,
    /// The wish as windows, as far as it can be read as such.
    pub wished: Vec<Window>,
    /// The time that is agreed on.
    pub agreed: Option<Agreed>,
    /// How often what is agreed has changed: the file for the calendar counts along.
    pub revision: i64,
    /// User ids of those who have the file for the calendar.
    pub holders: Vec<i64>,
    /// The customer cannot be written to: they must be phoned.
    pub unheard: bool,
}

impl Appointment {
    /// The agreed window, as long as it has not begun.
    pub fn ahead(&self, now: Millis) -> Option<Window> {
        self.window().filter(|window| window.from > now)
    }

    /// The agreed window, as long as it is not over.
    pub fn current(&self, now: Millis) -> Option<Window> {
        self.window().filter(|window| window.to > now)
    }

    /// The agreed window.
    pub fn window(&self) -> Option<Window> {
        self.agreed.map(|agreed| agreed.window)
    }

    /// The technician offers windows, in place of whatever was said before. What is agreed holds on.
    pub fn offer(&mut self, windows: Vec<Window>) {
        self.round += 1;
        self.offered = windows;
        self.wish.clear();
        self.wished.clear();
    }

    /// The customer wishes another time, in place of what was offered. What is agreed holds on.
    pub fn wish(&mut self, words: &str, windows: Vec<Window>) {
        self.offer(Vec::new());
        words.clone_into(&mut self.wish);
        self.wished = windows;
    }

    /// The window behind a button of the customer's; `None`: it is not offered any more, or it has begun.
    pub fn picked(&self, round: i64, n: usize, now: Millis) -> Option<Window> {
        self.offered.get(n).copied().filter(|window| round == self.round && window.from > now)
    }

    /// The customer's wish behind a button of the technician's; `None`: they wish something else by now, or it has begun.
    pub fn granted(&self, round: i64, n: usize, now: Millis) -> Option<Window> {
        self.wished.get(n).copied().filter(|window| round == self.round && window.from > now)
    }

    /// Both agree on a window; gives the one that it replaces.
    pub fn agree(&mut self, window: Window, now: Millis) -> Option<Window> {
        self.offer(Vec::new());
        self.revision += 1;
        self.agreed.replace(Agreed { window, at: now, told: Mark::Nothing }).map(|before| before.window)
    }

    /// What is agreed is called off, with everything that was offered or wished; gives the window.
    pub fn call_off(&mut self) -> Option<Window> {
        let before = self.agreed.take()?;
        self.offer(Vec::new());
        self.revision += 1;
        Some(before.window)
    }

    /// Whoever offered it no longer has the ticket: gives whether something was offered that the customer has not answered.
    /// What they wish stays for the next one, and so does what is agreed, unless it is over.
    pub fn orphaned(&mut self, now: Millis) -> bool {
        self.agreed = self.agreed.filter(|agreed| agreed.window.to > now);
        let waited = !self.offered.is_empty();
        if waited {
            self.offer(Vec::new());
        }
        waited
    }

    /// The number of this version of the file for the calendar, from 0 on.
    pub fn sequence(&self) -> i64 {
        (self.revision - 1).max(0)
    }
}

#[cfg(test)]
mod tests;
