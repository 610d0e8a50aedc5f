//! Phone numbers as people type them.
use std::sync::LazyLock;

use regex::Regex;

use crate::dialog::fold::half_width;

/// A number, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phone {
    /// Digits, with `+` and country code if that was given and is not China's.
    Number(String),
    /// A local number of seven or eight digits: the area code is missing.
    NoAreaCode,
    /// Digits, but no number that can be dialled.
    Invalid,
    /// No digits to speak of.
    Missing,
}

/// A run of digits with the marks that people put between them.
static RUN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:\+|00)?\(?\d[\d\s().\-–—·]{4,24}\d").ok());

/// Finds the first phone number in a text; gives the number and its byte range in the *folded* text
/// of the same character count (see [`digits_folded`]).
pub fn find(text: &str) -> (Phone, Option<std::ops::Range<usize>>) {
    let mut worst = Phone::Missing;
    let Some(run) = RUN.as_ref() else { return (worst, None) };
    for hit in run.find_iter(text) {
        // House numbers follow words like 路 and stand before 号: only a run that reads as a number counts.
        match classify(hit.as_str()) {
            Phone::Number(number) => return (Phone::Number(number), Some(hit.range())),
            other if worst == Phone::Missing => worst = other,
            _ => {}
        }
    }
    (worst, None)
}

/// Full-width digits and signs to half width, character by character.
pub fn digits_folded(text: &str) -> String {
    text.chars().filter_map(half_width).collect()
}

/// Parses a text that should be a phone number, perhaps with words around it.
pub fn parse(text: &str) -> Phone {
    let folded = digits_folded(text);
    match find(&folded) {
        (Phone::Missing, _) => {
            let digits = folded.chars().filter(char::is_ascii_digit).count();
            if digits >= 3 { Phone::Invalid } else { Phone::Missing }
        }
        (phone, _) => phone,
    }
}

/// Judges a run of digits and separators.
///
/// Mobile numbers: eleven digits from 13 to 19. Landlines: area code with leading 0 (010, 02x: eight digits;
/// others seven or eight). Service numbers: 400 or 800 and seven digits. Elsewhere: ITU-T E.164, + and 7 to 15 digits.
fn classify(run: &str) -> Phone {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let international = run.starts_with('+') || (digits.starts_with("00") && digits.len() > 10);
    let digits = if international && !run.starts_with('+') { digits.trim_start_matches('0').to_owned() } else { digits };
    if international {
        return match digits.strip_prefix("86") {
            Some(national) => match chinese(national) {
                Phone::NoAreaCode => Phone::Invalid,
                // +86 10 6554 3210: the area code loses its 0 behind the country code.
                Phone::Invalid => chinese(&format!("0{national}")),
                phone => phone,
            },
            None if (7..=15).contains(&digits.len()) && !digits.starts_with('0') => Phone::Number(format!("+{digits}")),
            None => Phone::Invalid,
        };
    }
    match chinese(&digits) {
        Phone::Invalid if digits.len() == 13 => digits.strip_prefix("86").map_or(Phone::Invalid, chinese),
        phone => phone,
    }
}

fn chinese(digits: &str) -> Phone {
    let bytes = digits.as_bytes();
    let ok = match (bytes.first(), bytes.get(1), digits.len()) {
        (Some(b'1'), Some(b'3'..=b'9'), 11) => true,
        // 010 and 02x have three digits and eight behind them.
        (Some(b'0'), Some(b'1' | b'2'), 11) => true,
        (Some(b'0'), Some(b'3'..=b'9'), 11 | 12) => true,
        (Some(b'4' | b'8'), Some(b'0'), 10) => bytes.get(2) == Some(&b'0'),
        (Some(b'2'..=b'8'), _, 7 | 8) => return Phone::NoAreaCode,
        _ => false,
    };
    if ok { Phone::Number(digits.to_owned()) } else { Phone::Invalid }
}

/// From a shared contact: Telegram gives international digits, often without the `+`.
pub fn from_contact(phone: &str) -> Phone {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match classify(&format!("+{digits}")) {
        Phone::Number(number) => Phone::Number(number),
        _ => parse(phone),
    }
}

/// For people who may not see it: `138****5678`.
pub fn mask(phone: &str) -> String {
    let chars: Vec<char> = phone.chars().collect();
    let (head, tail) = if chars.len() >= 11 { (3, 4) } else { (2, 2) };
    if chars.len() <= head + tail {
        return "*".repeat(chars.len());
    }
    let hidden = chars.len() - head - tail;
    chars.iter().take(head).copied().chain(std::iter::repeat_n('*', hidden)).chain(chars.iter().skip(head + hidden).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> String {
        match parse(text) {
            Phone::Number(n) => n,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn numbers_as_people_type_them() {
        for (typed, expected) in [
            ("13800000000", "13800000000"),
            ("138 0000 0000", "13800000000"),
            ("138-0000-0000", "13800000000"),
            ("１３８００００００００", "13800000000"),
            ("电话：138 0000 0000 王女士", "13800000000"),
            ("+86 138 0000 0000", "13800000000"),
            ("0086-138-0000-0000", "13800000000"),
            ("8613800000000", "13800000000"),
            ("010-65543210", "01065543210"),
            ("(0429) 5123456", "04295123456"),
            ("0755 8888 6666", "075588886666"),
            ("+86 10 6554 3210", "01065543210"),
            ("400-800-1234", "4008001234"),
            ("+44 20 7946 0958", "+442079460958"),
            ("+1 (415) 555-2671", "+14155552671"),
            ("65543210", "NoAreaCode"),
            ("12345", "Invalid"),
            ("23800000000", "Invalid"),
            ("你好", "Missing"),
        ] {
            assert_eq!(number(typed), expected, "{typed}");
        }
    }

    #[test]
    fn contacts_come_without_plus() {
        assert_eq!(from_contact("8613912345678"), Phone::Number("13912345678".into()));
        assert_eq!(from_contact("+447911123456"), Phone::Number("+447911123456".into()));
        assert_eq!(from_contact("14155552671"), Phone::Number("+14155552671".into()));
    }

    #[test]
    fn masks_show_too_little_to_dial() {
        assert_eq!(mask("13812345678"), "138****5678");
        assert_eq!(mask("+442079460958"), "+44******0958");
        assert_eq!(mask("4008001234"), "40******34");
        assert_eq!(mask("123"), "***");
    }

    proptest::proptest! {
        #[test]
        fn a_parsed_number_parses_to_itself(text in ".{0,40}") {
            if let Phone::Number(n) = parse(&text) {
                proptest::prop_assert_eq!(parse(&n), Phone::Number(n));
            }
        }

        #[test]
        fn separators_do_not_matter(tail in 0u64..1_000_000_000, sep in "[ \\-]") {
            let plain = format!("13{tail:09}");
            let spaced = format!("{}{sep}{}{sep}{}", &plain[..3], &plain[3..7], &plain[7..]);
            proptest::prop_assert_eq!(parse(&spaced), Phone::Number(plain));
        }
    }
}
