//! Hours and days as people type them: `周一至周五 9:00-18:00，周六 10-16`, `Mon-Fri 9-18, Sat 10-16`, `10.1-10.7 休息`.
use std::sync::LazyLock;

use chrono::{Datelike, Duration, NaiveDate};
use regex::Regex;

use super::{DAY, Holiday, Hours, Span};

/// Most days of a holiday: more is a slip of the pen.
const MOST_DAYS: i64 = 60;
/// Most hours of one stretch of work.
const LONGEST: u16 = 24 * 60;

fn regex(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

const TIME: &str = r"(\d{1,2})(?:[:.点时](\d{2})?)?";

static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| regex(&format!(r"^{TIME}分?-(次日|第二天|凌晨)?{TIME}分?$")));
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})(?:日|号)?$"));

/// Names of days as they are typed, by day from Monday on.
const DAYS: [&[&str]; 7] = [
    &["周一", "星期一", "礼拜一", "monday", "mon"],
    &["周二", "星期二", "礼拜二", "tuesday", "tues", "tue"],
    &["周三", "星期三", "礼拜三", "wednesday", "wed"],
    &["周四", "星期四", "礼拜四", "thursday", "thurs", "thu"],
    &["周五", "星期五", "礼拜五", "friday", "fri"],
    &["周六", "星期六", "礼拜六", "saturday", "sat"],
    &["周日", "周天", "星期日", "星期天", "礼拜天", "sunday", "sun"],
];

/// Words for several days at once.
const SEVERAL: [(&str, std::ops::Range<usize>); 8] = [
    ("每天", 0..7),
    ("天天", 0..7),
    ("everyday", 0..7),
    ("daily", 0..7),
    ("工作日", 0..5),
    ("weekdays", 0..5),
    ("周末", 5..7),
    ("weekend", 5..7),
];

/// Half width, lower case, one sign for each thing.
pub(in crate::desk) fn plain(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '：' => ':',
            '，' | '；' | ';' | '、' | '\n' => ',',
            '—' | '–' | '~' | '～' | '到' | '至' | '－' => '-',
            '。' => '.',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    folded.replace(" to ", "-").replace("--", "-").replace("every day", "everyday").replace(" and ", ",")
}

/// Working hours of the week; `None` where something in them cannot be read. Days that are not named are free.
pub fn hours(text: &str) -> Option<Hours> {
    let text = plain(text);
    let mut hours = Hours::default();
    if ["全天", "24小时", "24h", "24/7", "always", "全年无休"].contains(&text.trim()) {
        return Some(hours);
    }
    let mut days: Vec<usize> = Vec::new();
    let mut timed = true;
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (named, rest) = leading_days(part);
        if !named.is_empty() {
            // "周一, 周三 9-18": days gather until a time comes.
            if timed {
                days.clear();
            }
            days.extend(named);
            timed = false;
        }
        let rest = rest.trim();
        if rest.is_empty() {
            continue;
        }
        if days.is_empty() {
            days.extend(0..7);
        }
        for span in rest.split_whitespace().flat_map(spans_of) {
            let span = span?;
            for day in &days {
                let of_day = hours.week.get_mut(*day)?;
                if !of_day.contains(&span) {
                    of_day.push(span);
                    of_day.sort_unstable();
                }
            }
        }
        timed = true;
    }
    (timed && !hours.always()).then_some(hours)
}

/// Days at the head of a part, and what follows.
fn leading_days(part: &str) -> (Vec<usize>, &str) {
    for (word, range) in SEVERAL {
        if let Some(rest) = part.strip_prefix(word) {
            return (range.collect(), rest);
        }
    }
    let Some((from, rest)) = leading_day(part) else { return (Vec::new(), part) };
    let after = rest.trim_start();
    match after.strip_prefix('-').map(str::trim_start).and_then(leading_day) {
        Some((to, rest)) if from <= to => ((from..=to).collect(), rest),
        // From Saturday to Monday.
        Some((to, rest)) => ((from..7).chain(0..=to).collect(), rest),
        None => (vec![from], rest),
    }
}

/// A day of the week at the head of a text, counted from Monday, and what follows.
pub(in crate::desk) fn leading_day(text: &str) -> Option<(usize, &str)> {
    let of = |(day, names): (usize, &&[&str])| names.iter().find_map(|name| Some((day, text.strip_prefix(name)?)));
    DAYS.iter().enumerate().find_map(of).map(|(day, rest)| (day, rest.trim_start_matches('.')))
}

fn spans_of(word: &str) -> Vec<Option<Span>> {
    match word {
        "全天" => vec![Some((0, DAY))],
        "休息" | "休" | "off" | "closed" => Vec::new(),
        word => vec![span(word)],
    }
}

/// `9:00-18:00`, `9-18`, `20:00-2:00` (until the next day).
fn span(word: &str) -> Option<Span> {
    let found = SPAN.as_ref()?.captures(word)?;
    let number = |n: usize| found.get(n).map_or(Some(0), |m| m.as_str().parse::<u16>().ok());
    let time = |hour: u16, minute: u16| (hour <= 24 && minute < 60 && hour * 60 + minute <= DAY).then_some(hour * 60 + minute);
    let (from, to) = (time(number(1)?, number(2)?)?, time(number(4)?, number(5)?)?);
    let to = if to <= from || found.get(3).is_some() { to + DAY } else { to };
    (from < DAY && to - from <= LONGEST).then_some((from, to))
}

/// Days that are different: one or several, closed or with hours of their own. Without a year, the next such day from `today`.
pub fn days(text: &str, today: NaiveDate) -> Option<Holiday> {
    let text = plain(text);
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let (from, to) = range(first, today)?;
    let mut open = Vec::new();
    for span in words.flat_map(spans_of) {
        open.push(span?);
    }
    ((to - from).num_days() < MOST_DAYS && to >= today).then_some(Holiday { from, to, open })
}

fn range(word: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    if let Some(one) = day(word, today) {
        return Some((one, one));
    }
    // A dash may also stand within a date.
    let cuts = word.match_indices('-').map(|(at, _)| at);
    cuts.filter_map(|at| {
        let from = day(word.get(..at)?, today)?;
        let to = day(word.get(at + 1..)?, from)?;
        (to >= from).then_some((from, to))
    })
    .next()
}

/// A day: `2027-02-05`, `2月5日`, `10.1`, `今天`, `明天`. Without a year, the next one from `today`.
pub fn day(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    match word {
        "今天" | "today" => return Some(today),
        "明天" | "tomorrow" => return today.checked_add_signed(Duration::days(1)),
        "后天" => return today.checked_add_signed(Duration::days(2)),
        _ => {}
    }
    let found = DATE.as_ref()?.captures(word)?;
    let number = |n: usize| found.get(n).and_then(|m| m.as_str().parse::<u32>().ok());
    let (month, day) = (number(2)?, number(3)?);
    match number(1) {
        Some(year) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        None => {
            let years = [today.year(), today.year() + 1];
            years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| *date >= today)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn hours_as_people_type_them() {
        let read = |text: &str| hours(text).map(|h| h.week.map(|spans| super::super::shown_spans(&spans)).join("|"));
        for (text, expected) in [
            ("周一至周五 9:00-18:00，周六 10-16", "9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00|10:00–16:00|"),
            ("Mon-Fri 9-18, Sat 10-16", "9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00|10:00–16:00|"),
            ("每天8点到21点半", ""),
            ("每天 8点-21点", "8:00–21:00|8:00–21:00|8:00–21:00|8:00–21:00|8:00–21:00|8:00–21:00|8:00–21:00"),
            (
                "工作日 8-12 13:30-17:30",
                "8:00–12:00、13:30–17:30|8:00–12:00、13:30–17:30|8:00–12:00、13:30–17:30|8:00–12:00、13:30–17:30|8:00–12:00、13:30–17:30||",
            ),
            ("周六到周一 20:00-2:00", "20:00–2:00|||||20:00–2:00|20:00–2:00"),
            ("周三、周五 9-12", "||9:00–12:00||9:00–12:00||"),
            ("9-18", "9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00|9:00–18:00"),
            ("周末 全天", "|||||0:00–24:00|0:00–24:00"),
            ("周一 9：00－18：00；周日 休息", "9:00–18:00||||||"),
        ] {
            assert_eq!(read(text).unwrap_or_default(), expected, "{text}");
        }
        assert!(hours("全天").unwrap().always());
        for bad in ["", "周一", "25-26", "周一 9-18, 周二", "随时", "9:75-10", "周一 9到"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_as_people_type_them() {
        let today = on(2026, 11, 23);
        let read = |text: &str| days(text, today).map(|h| (h.from, h.to, super::super::shown_spans(&h.open)));
        let closed = |from, to| Some((from, to, String::new()));
        for (text, expected) in [
            ("2027-02-05至2027-02-12 休息", closed(on(2027, 2, 5), on(2027, 2, 12))),
            ("10.1-10.7", closed(on(2027, 10, 1), on(2027, 10, 7))),
            ("12月30日-1月2日", closed(on(2026, 12, 30), on(2027, 1, 2))),
            ("今天", closed(today, today)),
            ("明天 10-16", Some((on(2026, 11, 24), on(2026, 11, 24), "10:00–16:00".to_owned()))),
            ("2027-1-1", closed(on(2027, 1, 1), on(2027, 1, 1))),
            ("11.22", closed(on(2027, 11, 22), on(2027, 11, 22))),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for bad in ["", "春节", "2.30", "2020-01-01", "1.1-12.31", "10.7-10.1 什么"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
