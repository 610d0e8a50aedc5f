//! Counts and spans as a notice shows them.
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::Text;

/// Begun minutes.
pub(super) fn minutes(span: Millis) -> i64 {
    span.max(0).saturating_add(59_999) / 60_000
}

/// How long it took: begun seconds below a minute, then begun minutes.
pub(super) fn took(span: Millis) -> Text {
    match span.max(1) {
        short @ ..=59_000 => Text::new("took-seconds").with("count", (short + 999) / 1_000),
        long => Text::new("took-minutes").with("count", minutes(long)),
    }
}

/// A count as people read it: 1,234,567.
pub(super) fn grouped(count: i64) -> String {
    let digits = count.max(0).to_string();
    let mut shown = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::say::Arg;

    #[test]
    fn counts_are_grouped() {
        assert_eq!([0, 12, 999, 1_000, 1_234_567].map(grouped), ["0", "12", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 1, 60_000, 60_001].map(minutes), [0, 1, 1, 2]);
        let count = |text: Text| (text.key.clone(), text.args["count"].clone());
        for (millis, unit, shown) in
            [(0, "seconds", 1), (11_001, "seconds", 12), (59_000, "seconds", 59), (59_001, "minutes", 1), (60_001, "minutes", 2)]
        {
            assert_eq!(count(took(millis)), (format!("took-{unit}"), Arg::Number(shown)), "{millis}");
        }
    }
}
