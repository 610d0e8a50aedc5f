//! Text as it is compared: full width to half width, lower case, single spaces.

/// Folds a text for comparison. Idempotent.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(half_width).flat_map(char::to_lowercase) {
        if c.is_whitespace() || is_invisible(c) {
            if !out.is_empty() && !out.ends_with(' ') && c.is_whitespace() {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Full-width forms (U+FF01–FF5E) and the ideographic space stand for their ASCII twins.
pub fn half_width(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\u{3000}' => Some(' '),
        _ => Some(c),
    }
}

/// Characters that show nothing, or turn the reading direction of what follows.
pub fn is_invisible(c: char) -> bool {
    let turns = matches!(c, '\u{061c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    let empty = matches!(
        c,
        '\u{00ad}' | '\u{034f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    );
    turns || empty || (c.is_control() && !c.is_whitespace())
}

/// Marks that are kept on one character: no script needs more, and a tower of them covers the lines above.
const MARKS: usize = 4;
/// Tags that are kept behind a flag: a region and the end.
const TAGS: usize = 8;
/// Glues pictures together: a family, a profession.
const JOINER: char = '\u{200d}';
const BLACK_FLAG: char = '\u{1f3f4}';

/// Somebody's words as they can be shown: nothing invisible but what a picture is made of, no towers of marks. Idempotent.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut last, mut marks, mut tags) = (None, 0, None);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let kept = match c {
            JOINER => last.is_some_and(is_picture) && chars.peek().copied().is_some_and(is_picture),
            '\u{e0020}'..='\u{e007f}' => tags.is_some_and(|tags| tags < TAGS),
            _ if is_mark(c) => marks < MARKS,
            _ => !is_invisible(c),
        };
        if !kept {
            continue;
        }
        marks = if is_mark(c) { marks + 1 } else { 0 };
        tags = match c {
            BLACK_FLAG => Some(0),
            '\u{e0020}'..='\u{e007f}' => tags.map(|tags| tags + 1),
            _ => None,
        };
        last = Some(c);
        out.push(c);
    }
    out
}

/// Pictures, and the mark that makes a sign one.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}')
}

/// Marks that stand on or under the character before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{034e}' | '\u{0350}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05c7}'
        | '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}' | '\u{06d6}'..='\u{06ed}' | '\u{0e31}'
        | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{302a}'..='\u{302f}' | '\u{3099}'..='\u{309a}' | '\u{a66f}'..='\u{a672}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Words as they are kept: as they can be shown, trimmed, at most `max` characters.
pub fn clean(text: &str, max: usize) -> String {
    literal(text).trim().chars().take(max).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_be_shown_is_shown_and_nothing_else() {
        for (text, shown) in [
            ("漏水 & <b>x</b>", "漏水 & <b>x</b>"),
            // Families, flags of countries and of regions, keycaps, skin.
            (
                "👨\u{200d}👩\u{200d}👧 🇨🇳 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 1\u{fe0f}\u{20e3} 👍🏽",
                "👨\u{200d}👩\u{200d}👧 🇨🇳 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 1\u{fe0f}\u{20e3} 👍🏽",
            ),
            ("é e\u{301} ดี่ שָׁלוֹם", "é e\u{301} ดี่ שָׁלוֹם"),
            // Turned round, glued, hidden.
            ("a\u{202e}cba\u{202c}\u{2066}\u{2069}\u{061c}", "acba"),
            ("王\u{200b}女\u{200d}士\u{feff}\u{ad}\u{0}\u{7}", "王女士"),
            ("x\u{e0041}\u{e0042}", "x"),
            ("\u{3164}\u{115f}\u{2800}\u{ffa0}", ""),
            ("两行\n第二行", "两行\n第二行"),
        ] {
            assert_eq!(literal(text), shown, "{text:?}");
        }
        let tower = "水".to_owned() + &"\u{0301}\u{0489}".repeat(2000);
        assert_eq!(literal(&tower).chars().count(), 1 + MARKS);
        let flag = BLACK_FLAG.to_string() + &"\u{e0041}".repeat(4000);
        assert_eq!(literal(&flag).chars().count(), 1 + TAGS);
        assert_eq!(clean(" \u{200b} 王女士\u{202e} ", 3), "王女士");
        assert_eq!(clean("ab cd", 3), "ab");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_shown_alike_again(text in "[\\u{200b}-\\u{200f}\\u{202e}\\u{300}-\\u{303}\\u{1f3f4}👨👧\\u{fe0f}\\u{e0041}ab水]{0,60}") {
            let once = literal(&text);
            prop_assert_eq!(literal(&once), once);
        }
    }
}
