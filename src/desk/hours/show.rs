//! Hours as people write them. Digits and words that both languages share; the names of days are texts.
use chrono::{Datelike, NaiveDate};

use super::{DAY, Hours, Span};

/// `9:00–18:00`, several with `、` between; nothing for a day without hours.
pub fn spans(spans: &[Span]) -> String {
    let time = |minute: u16| format!("{}:{:02}", minute / 60 % 24, minute % 60);
    let one = |(from, to): &Span| match (from, to) {
        (0, &DAY) => "0:00–24:00".to_owned(),
        (from, &DAY) => format!("{}–24:00", time(*from)),
        (from, to) => format!("{}–{}", time(*from), time(*to)),
    };
    spans.iter().map(one).collect::<Vec<_>>().join("、")
}

/// Runs of days with the same hours: first and last day (0: Monday) and the hours of each.
pub fn week(hours: &Hours) -> Vec<(usize, usize, &[Span])> {
    let mut runs: Vec<(usize, usize, &[Span])> = Vec::new();
    for (day, spans) in hours.week.iter().enumerate() {
        match runs.last_mut() {
            Some(last) if last.1 + 1 == day && last.2 == spans.as_slice() => last.1 = day,
            _ => runs.push((day, day, spans)),
        }
    }
    runs.retain(|(_, _, spans)| !spans.is_empty());
    runs
}

/// `2027-02-05`.
pub fn day(day: NaiveDate) -> String {
    format!("{}-{:02}-{:02}", day.year(), day.month(), day.day())
}
