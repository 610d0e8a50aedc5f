//! Times of a day as people type them: `9-11点`, `下午2点到4点`, `2:30 pm`, `上午`.
use std::sync::LazyLock;

use regex::Regex;

use crate::desk::hours::DAY;

/// What a part of the day means: as a window of its own, hours; as a word before an hour, to which half of the clock it moves.
pub(super) struct Part {
    words: &'static [&'static str],
    /// Begin and end, hours.
    pub(super) hours: (u16, u16),
    late: bool,
}

/// The parts of the day. Longer words first, since they are looked for at the head of a text.
const PARTS: [Part; 6] = [
    Part {
        words: &["上午", "早上", "早晨", "清晨", "一早", "in the morning", "this morning", "morning", "早"],
        hours: (9, 12),
        late: false,
    },
    Part { words: &["中午", "at noon", "noon"], hours: (12, 14), late: true },
    Part { words: &["下午", "午后", "in the afternoon", "this afternoon", "afternoon"], hours: (14, 18), late: true },
    Part {
        words: &["晚上", "傍晚", "夜里", "in the evening", "this evening", "evening", "晚"], hours: (18, 20), late: true
    },
    Part { words: &["白天", "during the day"], hours: (9, 18), late: false },
    Part { words: &["全天", "整天", "一整天", "all day"], hours: (9, 18), late: false },
];

/// How long a window is of which only the beginning is named, minutes.
const SPAN: u16 = 120;
/// "11-9" is no window, but a slip of the pen: so long nobody waits. Minutes.
const LONG: u16 = 10 * 60;
/// An hour up to this one, without a word for the part of the day, is one of the afternoon: nobody comes at three at night.
const NIGHT: u16 = 6;

static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(\d{1,2})(?:(?:[:.点时](\d{2}|半|一刻|三刻|整)?|点钟|h)分?)?\s*(a\.?m\.?|p\.?m\.?|o'clock)?").ok()
});

/// A span of a day, minutes from midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
    /// Named by a part of the day: what is left of it may still do.
    pub(super) loose: bool,
}

/// A clock time as it stands there.
struct Clock {
    hour: u16,
    minute: u16,
    /// Written with a zero before it: as it stands.
    exact: bool,
    late: Option<bool>,
}

/// A part of the day at the head of a text, and what follows.
fn part(text: &str) -> Option<(&'static Part, &str)> {
    let found = |p: &'static Part| p.words.iter().find_map(|word| Some((p, text.strip_prefix(word)?)));
    PARTS.iter().find_map(found)
}

fn clock(text: &str) -> Option<(Clock, &str)> {
    let found = CLOCK.as_ref()?.captures(text)?;
    let word = |n: usize| found.get(n).map(|m| m.as_str());
    let minute = match word(2) {
        Some("半") => 30,
        Some("一刻") => 15,
        Some("三刻") => 45,
        None | Some("整") => 0,
        Some(digits) => digits.parse().ok()?,
    };
    let hour = word(1)?;
    let late = word(3).and_then(|half| match half.chars().next() {
        Some('p') => Some(true),
        Some('a') => Some(false),
        _ => None,
    });
    let clock = Clock { hour: hour.parse().ok()?, minute, exact: hour.starts_with('0'), late };
    (clock.hour <= 24 && minute < 60).then_some((clock, text.get(found.get(0)?.end()..)?))
}

impl Clock {
    /// Minutes from midnight, with a word for the part of the day or `am` and `pm`.
    fn minutes(&self, part: Option<&Part>, late: Option<bool>) -> Option<u16> {
        let hour = match (late.or(self.late), part) {
            (Some(true), _) if self.hour < 12 => self.hour + 12,
            (Some(false), _) if self.hour == 12 => 0,
            // Eleven at noon is eleven.
            (None, Some(part)) if part.late && self.hour < 12 && !(part.hours.0 == 12 && self.hour >= 10) => self.hour + 12,
            (None, None) if (1..=NIGHT).contains(&self.hour) && !self.exact => self.hour + 12,
            _ => self.hour,
        };
        Some(hour * 60 + self.minute).filter(|minutes| *minutes <= DAY)
    }
}

/// A span at the head of a text, and what follows.
pub(super) fn span(text: &str) -> Option<(Span, &str)> {
    let (named, rest) = part(text).map_or((None, text), |(part, rest)| (Some(part), rest.trim_start_matches(['的', ' '])));
    let Some((first, rest)) = clock(rest) else {
        let (from, to) = named?.hours;
        return Some((Span { from: from * 60, to: to * 60, loose: true }, rest));
    };
    // 2 pm in the afternoon, as some write it.
    let (named, rest) = match (named, part(rest.trim_start())) {
        (None, Some((part, rest))) => (Some(part), rest),
        _ => (named, rest),
    };
    let end = rest.trim_start().strip_prefix('-').map(str::trim_start);
    let until = end.and_then(|end| {
        let (other, end) = part(end).map_or((None, end), |(part, rest)| (Some(part), rest.trim_start()));
        let (clock, rest) = clock(end)?;
        Some((other, clock, rest))
    });
    let Some((other, last, rest)) = until else {
        let from = first.minutes(named, None)?;
        let after = ["以后", "之后", "过后", "后"].iter().find_map(|word| rest.trim_start().strip_prefix(word));
        // "After three" ends with the part of the day in which it begins.
        let close = [12 * 60, 18 * 60].into_iter().find(|close| *close > from + 60).filter(|_| after.is_some());
        let (to, rest) = (close.unwrap_or(from + SPAN), after.unwrap_or(rest));
        return Some((Span { from, to, loose: false }, rest));
    };
    // "9-11 in the morning".
    let (named, rest) = match (named.or(other), part(rest.trim_start())) {
        (None, Some((part, rest))) => (Some(part), rest),
        _ => (named, rest),
    };
    let inherited = if named.is_none() { first.late.or(last.late) } else { None };
    let to = last.minutes(other.or(named), last.late.or(inherited))?;
    let from = first.minutes(named, first.late.or(inherited))?;
    // "10-2 pm" begins in the morning.
    let from = if from >= to && first.late.is_none() && last.late.is_some() { first.minutes(named, Some(false))? } else { from };
    // "11-1" ends in the afternoon.
    let wraps = to <= from && other.is_none() && last.late.is_none() && last.hour < 12 && to + 12 * 60 < from + LONG;
    let to = if wraps { to + 12 * 60 } else { to };
    (from < to && to <= DAY).then_some((Span { from, to, loose: false }, rest))
}
