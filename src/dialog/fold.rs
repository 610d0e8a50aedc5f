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
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
        || (c.is_control() && !c.is_whitespace())
}

/// Words as they are kept: without invisible characters, trimmed, at most `max` characters.
pub fn clean(text: &str, max: usize) -> String {
    let kept: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    kept.trim().chars().take(max).collect()
}
