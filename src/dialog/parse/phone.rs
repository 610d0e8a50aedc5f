//! Phone numbers as people type them.
use std::ops::Range;
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
static RUN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:\+|00)?\(?\d[\d\s().\-–—·]{4,60}\d").ok());

/// Digits that stand next to each other, with what separates them from the next ones.
static PIECE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\(?\+?\d+").ok());

/// Groups of digits that one number may be typed in: `+86 138 0000 0000`, `+1 (415) 555-26-71`.
const PIECES: usize = 6;

/// Finds the first phone number in a text; gives the number and its byte range in the *folded* text
/// of the same character count (see [`digits_folded`]).
pub fn find(text: &str) -> (Phone, Option<Range<usize>>) {
    let mut worst = Phone::Missing;
    let Some(run) = RUN.as_ref() else { return (worst, None) };
    let mut from = 0;
    while let Some(hit) = run.find_at(text, from) {
        // A run has a longest length: it must not end within digits.
        let more = text.get(hit.end()..).unwrap_or_default();
        let end = hit.end() + more.bytes().take_while(u8::is_ascii_digit).count();
        from = end;
        let run = text.get(hit.start()..end).unwrap_or_default();
        // House numbers follow words like 路 and stand before 号: only a run that reads as a number counts.
        match classify(run) {
            Phone::Number(number) => return (Phone::Number(number), Some(hit.start()..end)),
            other => {
                if let Some((number, range)) = within(run) {
                    return (Phone::Number(number), Some(hit.start() + range.start..hit.start() + range.end));
                }
                if worst == Phone::Missing {
                    // 2-501 65543210: a local number beside a flat still only lacks its area code.
                    let local = || run.split_whitespace().any(|piece| classify(piece) == Phone::NoAreaCode);
                    worst = if other == Phone::Invalid && local() { Phone::NoAreaCode } else { other };
                }
            }
        }
    }
    (worst, None)
}

/// A number inside a run that as a whole is none: a house number stands before it, or another number beside it. Mobile
/// numbers are looked for first, because nothing else looks like one.
fn within(run: &str) -> Option<(String, Range<usize>)> {
    let pieces: Vec<Range<usize>> = PIECE.as_ref()?.find_iter(run).map(|piece| piece.range()).collect();
    let part = |range: Range<usize>| match classify(run.get(range.clone())?) {
        Phone::Number(number) => Some((number, range)),
        _ => None,
    };
    let spans = || {
        pieces.iter().enumerate().flat_map(|(i, first)| pieces.iter().skip(i).take(PIECES).map(move |last| first.start..last.end))
    };
    // Nobody sets fewer than three digits apart at the head of a mobile number; 15-501 is a flat.
    let head = |range: &Range<usize>| {
        let text = run.get(range.clone()).unwrap_or_default();
        text.starts_with('+') || text.trim_start_matches('(').bytes().take_while(u8::is_ascii_digit).count() >= 3
    };
    let mobile = |(number, _): &(String, Range<usize>)| number.len() == 11 && number.starts_with('1');
    // Other numbers only where spaces set them apart: behind a dash stands a part of something else.
    let apart = |range: &Range<usize>| {
        let before = run.get(..range.start).and_then(|s| s.chars().next_back());
        let after = run.get(range.end..).and_then(|s| s.chars().next());
        before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
    };
    spans().filter(head).filter_map(part).find(mobile).or_else(|| spans().filter(apart).find_map(part))
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

/// As people write a number that many are to dial: `400-800-1234`, `0429-5123456`.
pub fn grouped(number: &str) -> String {
    let cuts: &[usize] = match number.as_bytes() {
        [b'4' | b'8', b'0', b'0', ..] if number.len() == 10 => &[3, 6],
        [b'0', b'1' | b'2', ..] => &[3],
        [b'0', ..] => &[4],
        _ => &[],
    };
    let cuts = if number.bytes().all(|b| b.is_ascii_digit()) { cuts } else { &[] };
    let mut out = number.to_owned();
    for cut in cuts.iter().rev() {
        out.insert(*cut, '-');
    }
    out
}

/// For people who may not see it: `138****5678`.
pub fn mask(phone: &str) -> String {
    let chars: Vec<char> = phone.chars().collect();
    let (head, tail) = if chars.len() >= 11 { (3, 4) } else { (2, 2) };
    if chars.len() <= head + tail {
        return "*".repeat(chars.len());
    }
    let hidden = chars.len() - head - tail;
    chars
        .iter()
        .take(head)
        .copied()
        .chain(std::iter::repeat_n('*', hidden))
        .chain(chars.iter().skip(head + hidden).copied())
        .collect()
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
    fn numbers_are_found_among_other_digits() {
        for (typed, expected) in [
            ("兴城市兴海路3号2单元501 13800000000 打不开", "13800000000"),
            ("10-2-501 13800000000", "13800000000"),
            ("13800000000 501", "13800000000"),
            ("13800000000 13911112222", "13800000000"),
            ("138 0000 0000 139 1111 2222", "138 0000 0000"),
            ("3-501 138-0000-0000 打不开", "138-0000-0000"),
            ("501 +86 138 0000 0000 打不开", "+86 138 0000 0000"),
            ("501 0429-5123456", "0429-5123456"),
            ("10-2-501 010 6554 3210", "010 6554 3210"),
            ("501 400-800-1234", "400-800-1234"),
            ("04295123456 13800000000", "13800000000"),
            ("501 +44 20 7946 0958", "+44 20 7946 0958"),
        ] {
            let (phone, range) = find(typed);
            assert!(matches!(phone, Phone::Number(_)), "{typed}: {phone:?}");
            assert_eq!(range.and_then(|r| typed.get(r)), Some(expected), "{typed}");
        }
        for typed in ["501 1380000000", "5011380000000012", "10-2-501 12345", "兴海路3号2单元501 65543210"] {
            assert!(!matches!(parse(typed), Phone::Number(_)), "{typed}: {:?}", parse(typed));
        }
    }

    #[test]
    fn contacts_come_without_plus() {
        assert_eq!(from_contact("8613912345678"), Phone::Number("13912345678".into()));
        assert_eq!(from_contact("+447911123456"), Phone::Number("+447911123456".into()));
        assert_eq!(from_contact("14155552671"), Phone::Number("+14155552671".into()));
    }

    #[test]
    fn grouped_numbers_are_the_same_numbers() {
        for (plain, grouped) in [
            ("4008001234", "400-800-1234"),
            ("01065543210", "010-65543210"),
            ("04295123456", "0429-5123456"),
            ("13800000000", "13800000000"),
            ("+442079460958", "+442079460958"),
        ] {
            assert_eq!(super::grouped(plain), grouped);
            assert_eq!(number(grouped), plain);
        }
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
        fn a_flat_in_front_hides_no_number(head in 13u64..20, tail in 0u64..1_000_000_000, sep in "[ \\-]?") {
            let plain = format!("{head}{tail:09}");
            let spaced = format!("{}{sep}{}{sep}{}", &plain[..3], &plain[3..7], &plain[7..]);
            let text = format!("501 {spaced} 打不开");
            proptest::prop_assert_eq!(find(&text), (Phone::Number(plain), Some(4..4 + spaced.len())));
        }

        #[test]
        fn separators_do_not_matter(tail in 0u64..1_000_000_000, sep in "[ \\-]") {
            let plain = format!("13{tail:09}");
            let spaced = format!("{}{sep}{}{sep}{}", &plain[..3], &plain[3..7], &plain[7..]);
            proptest::prop_assert_eq!(parse(&spaced), Phone::Number(plain));
        }
    }
}
