//! Numbers that customers are told to dial: whatever China's networks connect, extensions included.
use std::sync::LazyLock;

use regex::Regex;

use super::phone::{self, Phone};

/// Words before the number: 服务热线：, tel.
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[^\d+(]{0,20}").ok());

/// An extension behind the number: 转801, ext. 801, x801, #801, -801.
static EXTENSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(.*\d\)?)\s*(?:[,，;]?\s*(?:转分机|转|分机号?|ext\.?|extension|x|#)\s*[:：]?|-)\s*(\d{1,6})$").ok()
});

/// The number as it is shown, its extension behind 转; `None`: nobody can dial that.
///
/// Besides the numbers of [`phone`], but not local ones without their area code: 1xx and 1xxxx (emergency, enquiries,
/// government, operators), 95xxx and 96xxx with up to three digits more (banks, delivery, provinces), six digits like
/// 116114, 1010xxxx (all by China's numbering plan of public networks, 2017).
pub fn parse(text: &str) -> Option<String> {
    let folded = phone::digits_folded(text);
    let text = folded.trim().trim_end_matches(['。', '.', '!']);
    let text = LABEL.as_ref()?.replace(text, "");
    if let Some(number) = number(&text) {
        return Some(number);
    }
    let parts = EXTENSION.as_ref()?.captures(&text)?;
    let (whole, extension) = (parts.get(1)?.as_str(), parts.get(2)?.as_str());
    Some(format!("{}转{extension}", number(whole)?))
}

/// The text is one number and nothing else.
fn number(text: &str) -> Option<String> {
    let marks = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '(' | ')' | '-' | '–' | '—' | '.' | '·');
    if !text.chars().all(marks) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if is_service(&digits) && !text.contains('+') {
        return Some(digits);
    }
    match phone::find(text) {
        (Phone::Number(number), Some(range)) => {
            let all = number.trim_start_matches('+').len();
            // A number within other digits is a slip, not a number.
            let beside = digits.len() - text.get(range)?.chars().filter(char::is_ascii_digit).count();
            (beside == 0 && all > 0).then(|| phone::grouped(&number))
        }
        _ => None,
    }
}

fn is_service(digits: &str) -> bool {
    matches!(
        (digits.as_bytes(), digits.len()),
        ([b'1', b'0'..=b'2', _], 3)
            | ([b'1', ..], 5)
            | ([b'1', b'0'..=b'2', ..], 6)
            | ([b'9', b'5' | b'6', ..], 5..=8)
            | ([b'1', b'0', b'1', b'0', ..], 8)
    )
}

/// As it reads in English.
pub fn in_english(hotline: &str) -> String {
    hotline.replace('转', " ext. ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_dialled_is_taken() {
        for (typed, shown) in [
            ("400-800-1234", "400-800-1234"),
            ("4008001234", "400-800-1234"),
            ("800 810 1234", "800-810-1234"),
            ("服务热线：０４２９－５１２３４５６", "0429-5123456"),
            ("(0429) 5123456", "0429-5123456"),
            ("010-65543210", "010-65543210"),
            ("13800000000", "13800000000"),
            ("+44 20 7946 0958", "+442079460958"),
            ("0411-1234567转801", "0411-1234567转801"),
            ("0411-1234567 转 801", "0411-1234567转801"),
            ("0411-1234567-801", "0411-1234567转801"),
            ("0411-1234567 ext. 801", "0411-1234567转801"),
            ("0411-1234567 x801", "0411-1234567转801"),
            ("400-800-1234，分机 12", "400-800-1234转12"),
            ("400-800-1234转1", "400-800-1234转1"),
            ("114", "114"),
            ("110", "110"),
            ("12345", "12345"),
            ("10086", "10086"),
            ("95588", "95588"),
            ("950618", "950618"),
            ("95188转3", "95188转3"),
            ("96110", "96110"),
            ("116114", "116114"),
        ] {
            assert_eq!(parse(typed).as_deref(), Some(shown), "{typed}");
        }
        for typed in [
            "hello",
            "",
            "65543210",
            "1",
            "13",
            "999",
            "123456789012345",
            "400-800-12",
            "0411-1234567转",
            "转801",
            "400-800-1234 或 114",
            "0411-1234567转801转2",
            "400-800-1234 nine to five",
        ] {
            assert_eq!(parse(typed), None, "{typed}");
        }
        assert_eq!(in_english("0411-1234567转801"), "0411-1234567 ext. 801");
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_taken_again(text in "(\\+|0)?[0-9]{2,12}([-转][0-9]{1,7})?") {
            if let Some(shown) = parse(&text) {
                proptest::prop_assert_eq!(parse(&shown), Some(shown));
            }
        }
    }
}
