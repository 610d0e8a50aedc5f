//! When a crew works: hours of the week, and days that are different. PURE arithmetic on moments.
mod read;
mod show;

use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::vocabulary::input::Millis;

pub use read::{day, days, hours};
pub(super) use read::{leading_day, plain};
pub use show::{day as shown_day, spans as shown_spans, week as shown_week};

/// Minutes of a day from midnight, begin and end; an end above 1,440 lies on the next day.
pub type Span = (u16, u16);

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;
/// So many days ahead are looked through for the next opening; who is closed for longer is closed.
const AHEAD: i64 = 60;
const MINUTE: Millis = 60_000;

/// Working hours and holidays. Nothing set: always at work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// For each day of the week from Monday on; all seven empty: always.
    #[serde(default)]
    pub week: [Vec<Span>; 7],
    /// Days that are different, in order.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

/// Days in a row that are different.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holiday {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Hours of each of these days; none: closed.
    #[serde(default)]
    pub open: Vec<Span>,
}

impl Hours {
    /// Whether somebody works at that moment.
    pub fn is_open(&self, zone: Tz, at: Millis) -> bool {
        self.always() || self.intervals(zone, at, 1).any(|(from, to)| from <= at && at < to)
    }

    /// When somebody works next; `at` itself where somebody works then. `None`: not in the next two months.
    pub fn next_open(&self, zone: Tz, at: Millis) -> Option<Millis> {
        if self.always() {
            return Some(at);
        }
        self.intervals(zone, at, AHEAD).find(|(_, to)| *to > at).map(|(from, _)| from.max(at))
    }

    /// Working time between two moments, milliseconds; 0 when the second is not later.
    pub fn working_between(&self, zone: Tz, from: Millis, to: Millis) -> Millis {
        if self.always() {
            return (to - from).max(0);
        }
        let days = (to - from).max(0) / (Millis::from(DAY) * MINUTE) + 2;
        self.intervals(zone, from, days).map(|(begin, end)| (end.min(to) - begin.max(from)).max(0)).sum()
    }

    /// The moment at which so much working time has passed; without any in sight, so long after `from`.
    pub fn after(&self, zone: Tz, from: Millis, span: Millis) -> Millis {
        if self.always() {
            return from + span;
        }
        let mut left = span;
        for (begin, end) in self.intervals(zone, from, AHEAD) {
            let begin = begin.max(from);
            if end <= begin {
                continue;
            }
            if left <= end - begin {
                return begin + left;
            }
            left -= end - begin;
        }
        from + span
    }

    /// Nothing is set.
    pub fn always(&self) -> bool {
        self.holidays.is_empty() && self.week.iter().all(Vec::is_empty)
    }

    /// Adds days that are different; they take the place of others that they meet.
    pub fn add_holiday(&mut self, holiday: Holiday) {
        self.holidays.retain(|other| other.to < holiday.from || holiday.to < other.from);
        self.holidays.push(holiday);
        self.holidays.sort();
    }

    /// Forgets holidays that are over.
    pub fn forget_past(&mut self, zone: Tz, now: Millis) {
        let today = date(zone, now);
        self.holidays.retain(|holiday| holiday.to >= today);
    }

    /// Working times from the day before `at` on, for `days` days after it; merged, in order.
    fn intervals(&self, zone: Tz, at: Millis, days: i64) -> impl Iterator<Item = (Millis, Millis)> {
        let today = date(zone, at);
        let mut all: Vec<(Millis, Millis)> = (-1..=days)
            .filter_map(|n| today.checked_add_signed(Duration::days(n)))
            .flat_map(|day| self.of(day).into_iter().map(move |span| moments(zone, day, span)))
            .filter(|(from, to)| from < to)
            .collect();
        all.sort_unstable();
        let mut merged: Vec<(Millis, Millis)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        merged.into_iter()
    }

    fn of(&self, day: NaiveDate) -> Vec<Span> {
        if let Some(holiday) = self.holidays.iter().find(|h| h.from <= day && day <= h.to) {
            return holiday.open.clone();
        }
        let of_week = self.week.get(day.weekday().num_days_from_monday() as usize);
        match of_week {
            // Only holidays are set: every other day is a working day from midnight to midnight.
            Some(spans) if spans.is_empty() && self.week.iter().all(Vec::is_empty) => vec![(0, DAY)],
            Some(spans) => spans.clone(),
            None => Vec::new(),
        }
    }
}

/// The day in a time zone.
pub fn date(zone: Tz, at: Millis) -> NaiveDate {
    let utc = DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default();
    utc.with_timezone(&zone).date_naive()
}

fn moments(zone: Tz, day: NaiveDate, (from, to): Span) -> (Millis, Millis) {
    (moment(zone, day, from), moment(zone, day, to))
}

/// A minute of a day. Where a clock change leaves it out, the first that there is.
pub fn moment(zone: Tz, day: NaiveDate, minute: u16) -> Millis {
    let local = day.and_time(chrono::NaiveTime::MIN) + Duration::minutes(i64::from(minute));
    let tries = (0..4).map(|hours| local + Duration::hours(hours));
    let found = tries.filter_map(|local| zone.from_local_datetime(&local).earliest()).next();
    found.map_or_else(|| local.and_utc().timestamp_millis(), |at| at.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;
    const HOUR: Millis = 60 * MINUTE;
    /// Monday, 2 March 2026, midnight in Shanghai.
    const MONDAY: Millis = 1_772_380_800_000;

    fn nine_to_six() -> Hours {
        let mut hours = Hours::default();
        (0..5).for_each(|day| hours.week[day].push((9 * 60, 18 * 60)));
        hours
    }

    #[test]
    fn nothing_set_is_always_open() {
        let hours = Hours::default();
        assert!(hours.is_open(ZONE, MONDAY));
        assert_eq!(hours.next_open(ZONE, MONDAY + 1), Some(MONDAY + 1));
        assert_eq!(hours.after(ZONE, MONDAY, HOUR), MONDAY + HOUR);
        assert_eq!(hours.working_between(ZONE, MONDAY + HOUR, MONDAY), 0, "backwards");
    }

    #[test]
    fn evenings_and_weekends_do_not_count() {
        let hours = nine_to_six();
        let friday = MONDAY + 4 * 24 * HOUR;
        assert!(hours.is_open(ZONE, friday + 9 * HOUR) && !hours.is_open(ZONE, friday + 18 * HOUR));
        let monday = MONDAY + 7 * 24 * HOUR + 9 * HOUR;
        assert_eq!(hours.next_open(ZONE, friday + 18 * HOUR), Some(monday));
        assert_eq!(hours.after(ZONE, friday + 17 * HOUR + 50 * MINUTE, 30 * MINUTE), monday + 20 * MINUTE);
        assert_eq!(hours.working_between(ZONE, friday + 17 * HOUR, monday + HOUR), 2 * HOUR);
    }

    #[test]
    fn nights_are_one_stretch_and_holidays_are_different() {
        let mut hours = Hours::default();
        (0..7).for_each(|day| hours.week[day].push((20 * 60, 26 * 60)));
        assert!(hours.is_open(ZONE, MONDAY + HOUR), "Sunday's night");
        assert!(!hours.is_open(ZONE, MONDAY + 2 * HOUR));
        let day = |n: i64| date(ZONE, MONDAY + n * 24 * HOUR);
        hours.add_holiday(Holiday { from: day(0), to: day(1), open: Vec::new() });
        assert_eq!(hours.next_open(ZONE, MONDAY + 3 * HOUR), Some(MONDAY + (2 * 24 + 20) * HOUR));
        hours.add_holiday(Holiday { from: day(1), to: day(1), open: vec![(600, 720)] });
        assert_eq!(hours.holidays.len(), 1, "what meets it gives way");
        assert_eq!(hours.next_open(ZONE, MONDAY + 27 * HOUR), Some(MONDAY + 34 * HOUR));
        hours.forget_past(ZONE, MONDAY + 48 * HOUR);
        assert!(hours.holidays.is_empty());
    }

    #[test]
    fn only_holidays_leave_the_other_days_open_all_day() {
        let mut hours = Hours::default();
        let day = date(ZONE, MONDAY);
        hours.add_holiday(Holiday { from: day, to: day, open: Vec::new() });
        assert!(!hours.is_open(ZONE, MONDAY) && hours.is_open(ZONE, MONDAY + 24 * HOUR));
        assert!(hours.is_open(ZONE, MONDAY - 1));
    }

    #[test]
    fn who_never_opens_is_closed() {
        let mut hours = Hours::default();
        let far = NaiveDate::from_ymd_opt(2100, 1, 1).unwrap();
        hours.add_holiday(Holiday { from: date(ZONE, MONDAY), to: far, open: Vec::new() });
        assert_eq!(hours.next_open(ZONE, MONDAY), None);
        assert_eq!(hours.after(ZONE, MONDAY, HOUR), MONDAY + HOUR);
    }

    fn any_hours() -> impl Strategy<Value = Hours> {
        let span = (0..48u16, 1..20u16).prop_map(|(from, long)| (from * 30, (from + long) * 30));
        let week = prop::collection::vec(prop::collection::vec(span, 0..3), 7);
        (week, prop::collection::vec((0..10i64, 0..3i64, any::<bool>()), 0..3)).prop_map(|(week, holidays)| {
            let mut hours = Hours { week: week.try_into().unwrap(), holidays: Vec::new() };
            let day = |n: i64| date(ZONE, MONDAY + n * 24 * HOUR);
            for (from, long, open) in holidays {
                let open = if open { vec![(600, 900)] } else { Vec::new() };
                hours.add_holiday(Holiday { from: day(from), to: day(from + long), open });
            }
            hours
        })
    }

    proptest! {
        #[test]
        fn time_is_counted_as_minute_by_minute(hours in any_hours(), from in 0..10_000i64, long in 0..5_000i64, zone in prop_oneof![Just(ZONE), Just(chrono_tz::Europe::Berlin)]) {
            let (from, to) = (MONDAY + from * MINUTE, MONDAY + (from + long) * MINUTE);
            let open = |at: Millis| hours.is_open(zone, at);
            let counted = (from / MINUTE..to / MINUTE).filter(|minute| open(minute * MINUTE)).count() as Millis * MINUTE;
            prop_assert_eq!(hours.working_between(zone, from, to), counted);
            let after = hours.after(zone, from, counted);
            if counted > 0 {
                prop_assert!(after <= to);
                prop_assert_eq!(hours.working_between(zone, from, after), counted);
            }
            match hours.next_open(zone, from) {
                Some(next) => {
                    prop_assert!(next >= from && open(next));
                    prop_assert_eq!(hours.working_between(zone, from, next), 0);
                }
                None => prop_assert_eq!(counted, 0),
            }
        }
    }
}
