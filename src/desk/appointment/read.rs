//! Windows as people type them: `明天9-11点，后天下午2点到4点`, `周六上午`, `12月3日 14:00`, `tomorrow 9-11, Sat 2pm`.
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use regex::Regex;

use super::numerals::in_digits;
use super::times::{Span, span};
use super::{AHEAD, MINUTE, MOST, Window};
use crate::desk::hours::{self, leading_day};
use crate::vocabulary::input::Millis;

/// Of a part of the day that has begun, what is left counts from the next so many minutes on …
const STEP: Millis = 30 * MINUTE;
/// … if it is at least so long.
const LEFT: Millis = 60 * MINUTE;

/// Why words name no windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// They cannot be read.
    Words,
    /// A time in them has passed.
    Past,
    /// A time in them is more than [`AHEAD`] from now.
    Far,
    /// There are more than [`MOST`].
    Many,
}

/// A day that was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// This one.
    On(NaiveDate),
    /// Of the week: a week later where its time has passed today.
    OfWeek(NaiveDate),
}

const MONTHS: &str = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";

fn regex(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// A date that cannot be a time. With a dot or a dash it needs a year, or something behind it.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"^((?:\d{4}[-./年])(?:\d{1,2})[-./月](?:\d{1,2})|(?:\d{1,2})[/月](?:\d{1,2}))(?:日|号)?|^(\d{1,2}\.\d{1,2})(?:\s+\S|[上下中早晚])",
    )
});
static DAY_OF_MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"^(\d{1,2})(?:日|号)"));
static IN_ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(&format!(r"^(?:({MONTHS})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTHS})[a-z]*\.?)\b"))
});

/// Words for a day counted from today; longer ones first.
const RELATIVE: [(&str, u64, &str); 13] = [
    ("大后天", 3, ""),
    ("后天", 2, ""),
    ("明天", 1, ""),
    ("明早", 1, "早上"),
    ("明晚", 1, "晚上"),
    ("明儿", 1, ""),
    ("今天", 0, ""),
    ("今早", 0, "早上"),
    ("今晚", 0, "晚上"),
    ("the day after tomorrow", 2, ""),
    ("day after tomorrow", 2, ""),
    ("tomorrow", 1, ""),
    ("today", 0, ""),
];

/// "9 点", "12 月 3 日".
static UNITS: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"(\d)\s*([点时月日号])\s*"));
static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"(?i)\bbetween\s+([^,，]+?)\s+and\s+"));

/// Words that say nothing about when.
const BEFORE: [&str; 32] = [
    "around ", "about ", "please ", "from ", "on ", "at ", "the ", "how ", "what ", "ok", "yes", "sure", "fine", "的", "那",
    "就", "选", "好的", "好", "可以", "行", "改到", "改成", "换到", "换成", "最好", "要不", "还是", "我选", "我想", "师傅", "请",
];
/// The same behind a time.
const AFTER: [&str; 17] = [
    "左右",
    "之间",
    "前后",
    "可以",
    "都行",
    "有空",
    "方便",
    "怎么样",
    "上门",
    "吧",
    "吗",
    "呢",
    "行",
    "好",
    "都",
    "来",
    " please",
];

/// The windows that words name, in order of time; days and times as the service's zone has them.
///
/// # Errors
/// [`Unclear`]: the first reason there is.
pub fn windows(text: &str, now: Millis, zone: Tz) -> Result<Vec<Window>, Unclear> {
    let text = BETWEEN.as_ref().map_or(text.into(), |between| between.replace_all(text, "$1-"));
    let plain = hours::plain(&text).replace(" or ", ",").replace("或者", ",").replace(['或', '和', '!', '?', '？', '！'], ",");
    let plain = in_digits(&plain.replace("tonight", "today evening"));
    let plain = UNITS.as_ref().map_or(plain.as_str().into(), |units| units.replace_all(&plain, "$1$2"));
    let today = DateTime::<Utc>::from_timestamp_millis(now).ok_or(Unclear::Words)?.with_timezone(&zone).date_naive();
    let (mut days, mut timed): (Vec<Day>, bool) = (Vec::new(), true);
    let mut found = Vec::new();
    for part in plain.split(',').map(|part| filled(part.trim_end_matches('.'))).filter(|part| !part.is_empty()) {
        let (named, rest) = all_leading(part, today);
        if !named.is_empty() {
            // "周六、周日上午": days gather until a time comes.
            if timed {
                days.clear();
            }
            days.extend(&named);
            timed = false;
        }
        let rest = filled(&rest);
        if rest.is_empty() {
            continue;
        }
        let (span, rest) = span(rest).ok_or(Unclear::Words)?;
        let rest = filled(rest);
        if !rest.is_empty() {
            // "2 pm tomorrow".
            let (behind, rest) = all_leading(rest, today);
            if !named.is_empty() || behind.is_empty() || !filled(&rest).is_empty() {
                return Err(Unclear::Words);
            }
            days = behind;
        }
        if days.is_empty() {
            days.push(Day::On(today));
        }
        for day in &days {
            found.push(window(*day, span, now, zone)?);
        }
        timed = true;
    }
    found.sort_unstable();
    found.dedup();
    match found.len() {
        0 => Err(Unclear::Words),
        _ if !timed => Err(Unclear::Words),
        n if n > MOST => Err(Unclear::Many),
        _ => Ok(found),
    }
}

/// Without words at its ends that say nothing about when.
fn filled(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = BEFORE.iter().find_map(|word| text.strip_prefix(word));
        match before.or_else(|| AFTER.iter().find_map(|word| text.strip_suffix(word))) {
            Some(rest) => text = rest.trim(),
            None => return text,
        }
    }
}

/// Days at the head of a text, and what follows.
fn all_leading(text: &str, today: NaiveDate) -> (Vec<Day>, String) {
    let (mut days, mut rest) = (Vec::new(), text.to_owned());
    for (word, both) in [("明后天", ["明天", "后天"]), ("明后两天", ["明天", "后天"])] {
        if let Some(behind) = rest.strip_prefix(word) {
            rest = format!("{}{}{behind}", both[0], both[1]);
        }
    }
    for word in ["这周末", "本周末", "周末", "this weekend", "the weekend", "weekend"] {
        if let Some(behind) = rest.strip_prefix(word) {
            rest = format!("周六周日{behind}");
            break;
        }
    }
    while let Some((day, behind)) = leading(&rest, today) {
        days.push(day);
        rest = filled(&behind).to_owned();
    }
    (days, rest)
}

/// A day at the head of a text, and what follows.
fn leading(text: &str, today: NaiveDate) -> Option<(Day, String)> {
    for (word, days, time) in RELATIVE {
        if let Some(rest) = text.strip_prefix(word) {
            return Some((Day::On(today.checked_add_days(Days::new(days))?), format!("{time}{}", rest.trim_start())));
        }
    }
    if let Some(found) = DATE.as_ref().and_then(|date| date.captures(text)) {
        let word = found.get(1).or(found.get(2))?.as_str();
        let end = if found.get(2).is_some() { word.len() } else { found.get(0)?.end() };
        return Some((Day::On(hours::day(&word.replace('/', "."), today)?), text.get(end..)?.to_owned()));
    }
    if let Some(found) = DAY_OF_MONTH.as_ref().and_then(|date| date.captures(text)) {
        let number: u32 = found.get(1)?.as_str().parse().ok()?;
        let day = (0..62).filter_map(|n| today.checked_add_days(Days::new(n))).find(|day| day.day() == number)?;
        return Some((Day::On(day), text.get(found.get(0)?.end()..)?.to_owned()));
    }
    if let Some(found) = IN_ENGLISH.as_ref().and_then(|date| date.captures(text)) {
        let month = found.get(1).or(found.get(4))?.as_str();
        let month = MONTHS.split('|').position(|m| m == month)? + 1;
        let day = found.get(2).or(found.get(3))?.as_str();
        return Some((Day::On(hours::day(&format!("{month}.{day}"), today)?), text.get(found.get(0)?.end()..)?.to_owned()));
    }
    of_week(text, today)
}

/// `周六` is the next Saturday, `下周六` that of the week after this one.
fn of_week(text: &str, today: NaiveDate) -> Option<(Day, String)> {
    let heads = [("下个", true), ("下", true), ("next ", true), ("这个", false), ("本", false), ("这", false), ("this ", false)];
    let (next, text) = heads.iter().find_map(|(h, next)| Some((*next, text.strip_prefix(h)?))).unwrap_or((false, text));
    let (weekday, rest) = leading_day(text.trim_start())?;
    let (weekday, this) = (u64::try_from(weekday).ok()?, u64::from(today.weekday().num_days_from_monday()));
    let ahead = if next { 7 + weekday - this } else { (7 + weekday - this) % 7 };
    let day = today.checked_add_days(Days::new(ahead))?;
    Some((if next { Day::On(day) } else { Day::OfWeek(day) }, rest.to_owned()))
}

/// The window of a day counted from today, between two hours of it; of one that has begun, what is left.
///
/// # Errors
/// [`Unclear::Past`] where too little is left, [`Unclear::Words`] for hours that there are not.
pub fn of_day(days: i64, hours: (u16, u16), now: Millis, zone: Tz) -> Result<Window, Unclear> {
    let today = DateTime::<Utc>::from_timestamp_millis(now).ok_or(Unclear::Words)?.with_timezone(&zone).date_naive();
    let date = u64::try_from(days).ok().and_then(|days| today.checked_add_days(Days::new(days))).ok_or(Unclear::Words)?;
    let (from, to) = hours;
    let span = Some(Span { from: from * 60, to: to * 60, loose: true }).filter(|_| from < to && to <= 24);
    window(Day::On(date), span.ok_or(Unclear::Words)?, now, zone)
}

fn window(day: Day, span: Span, now: Millis, zone: Tz) -> Result<Window, Unclear> {
    let found = match day {
        Day::On(date) => on(date, span, zone).and_then(|window| left(window, span, now)),
        Day::OfWeek(date) => {
            let later = date.checked_add_days(Days::new(7)).ok_or(Unclear::Words)?;
            let soon = on(date, span, zone).and_then(|window| left(window, span, now));
            soon.or_else(|_| on(later, span, zone))
        }
    };
    found.and_then(|window| if window.from - now > AHEAD { Err(Unclear::Far) } else { Ok(window) })
}

/// A span on a day. An hour that the clocks leave out that day cannot be agreed on.
fn on(date: NaiveDate, span: Span, zone: Tz) -> Result<Window, Unclear> {
    let clock = date.and_hms_opt(u32::from(span.from / 60) % 24, u32::from(span.from % 60), 0).ok_or(Unclear::Words)?;
    let from = zone.from_local_datetime(&clock).earliest().ok_or(Unclear::Words)?.timestamp_millis();
    Ok(Window { from, to: from + Millis::from(span.to - span.from) * MINUTE })
}

/// What is left of it. Of "this afternoon" the rest may still do, if it is long enough.
fn left(window: Window, span: Span, now: Millis) -> Result<Window, Unclear> {
    if window.from > now {
        return Ok(window);
    }
    let from = (now / STEP + 1) * STEP;
    let rest = Window { from, to: window.to };
    if span.loose && rest.to - rest.from >= LEFT { Ok(rest) } else { Err(Unclear::Past) }
}
