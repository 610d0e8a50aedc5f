//! Makes spellings equal, and remembers where each character stood.
//!
//! Every character is folded on its own (full width to half, traditional to simplified, upper to lower), so positions survive; then what is
//! neither letter nor digit drops out. Folding twice changes nothing.
use std::sync::LazyLock;

const TRADITIONAL: &str = include_str!("data/traditional.tsv");

/// Variant and simplified form, ordered by variant.
static SIMPLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let rows = TRADITIONAL.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let mut table: Vec<(char, char)> =
        rows.flat_map(|(to, from)| from.chars().filter_map(move |c| to.chars().next().map(|s| (c, s)))).collect();
    table.sort_unstable();
    table
});

/// One character in its plain form. Anything that only separates becomes a space.
pub(crate) fn fold_char(c: char) -> char {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    if half.is_ascii() {
        return if half.is_ascii_alphanumeric() { half.to_ascii_lowercase() } else { ' ' };
    }
    match half {
        '巿' => return '市',
        'ü' | 'Ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => return 'v',
        _ => {}
    }
    if !half.is_alphanumeric() {
        return ' ';
    }
    SIMPLE.binary_search_by_key(&half, |&(from, _)| from).ok().and_then(|at| SIMPLE.get(at)).map_or(half, |&(_, to)| to)
}

/// The text as the index sees it: folded, without separators.
///
/// ```
/// assert_eq!(baoxiu::coverage::normalise("遼寧省　興城市，１２號"), "辽宁省兴城市12号");
/// ```
pub fn normalise(text: &str) -> String {
    text.chars().map(fold_char).filter(|&c| c != ' ').collect()
}

/// A folded text with the way back to what was typed.
pub(crate) struct Folded {
    /// Letters and digits only.
    pub text: String,
    pub chars: Vec<char>,
    /// Was there a separator (or the start of the text) before this character?
    breaks: Vec<bool>,
    /// Where the character stood: first byte and the byte after, in the typed text.
    spans: Vec<(usize, usize)>,
    /// Number of the character for each byte of `text`, and one more for its end.
    at_byte: Vec<usize>,
}

impl Folded {
    /// Folds `text` without the byte ranges in `cut`, of which each leaves a break. Reads at most `limit` characters.
    pub fn new(text: &str, cut: &[std::ops::Range<usize>], limit: usize) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            chars: Vec::new(),
            breaks: Vec::new(),
            spans: Vec::new(),
            at_byte: Vec::new(),
        };
        let mut pause = true;
        for (at, typed) in text.char_indices().take(limit) {
            let c = fold_char(typed);
            if c == ' ' || cut.iter().any(|range| range.contains(&at)) {
                pause = true;
                continue;
            }
            folded.at_byte.extend(std::iter::repeat_n(folded.chars.len(), c.len_utf8()));
            folded.text.push(c);
            folded.chars.push(c);
            folded.breaks.push(pause);
            folded.spans.push((at, at + typed.len_utf8()));
            pause = false;
        }
        folded.at_byte.push(folded.chars.len());
        folded
    }

    pub fn len(&self) -> usize {
        self.chars.len()
    }

    pub fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    pub fn slice(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end).unwrap_or(&[])
    }

    /// Does something end or begin between this character and the one before? True at both ends of the text.
    pub fn break_before(&self, at: usize) -> bool {
        self.breaks.get(at).copied().unwrap_or(true)
    }

    /// Number of the character at this byte of [`Self::text`].
    pub fn char_at_byte(&self, byte: usize) -> usize {
        self.at_byte.get(byte).copied().unwrap_or(self.chars.len())
    }

    /// Bytes of the typed text that the characters `start..end` came from.
    pub fn typed(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let from = self.spans.get(start).map_or(0, |s| s.0);
        let to = end.checked_sub(1).and_then(|last| self.spans.get(last)).map_or(from, |s| s.1);
        from..to.max(from)
    }
}
