//! Makes spellings equal, and remembers where each character stood.
//!
//! Every character is folded on its own (full width to half, traditional to simplified, upper to lower), so positions survive; then what is
//! neither letter nor digit drops out. Folding twice changes nothing.
use std::sync::LazyLock;

use super::rules::{Rule, Rules};

const TRADITIONAL: &str = include_str!("data/traditional.tsv");

/// Han characters of the basic block: nearly all of every address.
const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// The simplified form of each character of [`HAN`], by its place in the block.
static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = HAN.collect();
    for (to, from) in TRADITIONAL.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
        let Some(to) = to.chars().next() else { continue };
        for variant in from.chars().filter(|c| HAN.contains(c)) {
            if let Some(slot) = table.get_mut(variant as usize - *HAN.start() as usize) {
                *slot = to;
            }
        }
    }
    // Not a variant at all (it is read fú), but what phones offer for 市.
    if let Some(slot) = table.get_mut('巿' as usize - *HAN.start() as usize) {
        *slot = '市';
    }
    table
});

/// One character in its plain form. Anything that only separates becomes a space.
pub(crate) fn fold_char(c: char) -> char {
    if HAN.contains(&c) {
        return SIMPLE.get(c as usize - *HAN.start() as usize).copied().unwrap_or(c);
    }
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    if half.is_ascii() {
        return if half.is_ascii_alphanumeric() { half.to_ascii_lowercase() } else { ' ' };
    }
    if ('\u{c0}'..='\u{1dc}').contains(&half) {
        return without_tone(half);
    }
    if half.is_alphanumeric() { half } else { ' ' }
}

/// Vowels without the tone marks of pinyin, and "v" for "ü", as keyboards have it.
fn without_tone(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' | 'Ā' | 'Á' | 'Ǎ' | 'À' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' | 'Ē' | 'É' | 'Ě' | 'È' | 'Ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' | 'Ī' | 'Í' | 'Ǐ' | 'Ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' | 'Ō' | 'Ó' | 'Ǒ' | 'Ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' | 'Ū' | 'Ú' | 'Ǔ' | 'Ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' | 'Ǖ' | 'Ǘ' | 'Ǚ' | 'Ǜ' => 'v',
        other if other.is_alphanumeric() => other,
        _ => ' ',
    }
}

/// Marks that stand over the letter before: a tone typed as a character of its own.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The text as the index sees it: folded, without separators.
///
/// ```
/// assert_eq!(baoxiu::coverage::normalise("遼寧省　興城市，１２號"), "辽宁省兴城市12号");
/// ```
pub fn normalise(text: &str) -> String {
    text.chars().filter(|&c| !is_mark(c)).map(fold_char).filter(|&c| c != ' ').collect()
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
    at_byte: Vec<u32>,
}

impl Folded {
    /// Folds `text` without the byte ranges in `cut`, of which each leaves a break. Reads at most `limit` characters.
    pub fn new(text: &str, cut: &[std::ops::Range<usize>], limit: usize, rules: Rules) -> Self {
        let simple = rules.heeds(Rule::Traditional);
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            chars: Vec::with_capacity(text.len() / 2),
            breaks: Vec::with_capacity(text.len() / 2),
            spans: Vec::with_capacity(text.len() / 2),
            at_byte: Vec::with_capacity(text.len() + 1),
        };
        let mut pause = true;
        for (at, typed) in text.char_indices().take(limit) {
            if is_mark(typed) {
                continue;
            }
            let c = if simple || !HAN.contains(&typed) { fold_char(typed) } else { typed };
            if c == ' ' || cut.iter().any(|range| range.contains(&at)) {
                pause = true;
                continue;
            }
            folded.at_byte.extend(std::iter::repeat_n(folded.chars.len() as u32, c.len_utf8()));
            folded.text.push(c);
            folded.chars.push(c);
            folded.breaks.push(pause);
            folded.spans.push((at, at + typed.len_utf8()));
            pause = false;
        }
        folded.at_byte.push(folded.chars.len() as u32);
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

    /// Does `word` stand at this character?
    pub fn continues(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(n, c)| self.char(at + n) == Some(c))
    }

    /// Does something end or begin between this character and the one before? True at both ends of the text.
    pub fn break_before(&self, at: usize) -> bool {
        self.breaks.get(at).copied().unwrap_or(true)
    }

    /// Number of the character at this byte of [`Self::text`].
    pub fn char_at_byte(&self, byte: usize) -> usize {
        self.at_byte.get(byte).map_or(self.chars.len(), |&at| at as usize)
    }

    /// Bytes of the typed text that the characters `start..end` came from.
    pub fn typed(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let from = self.spans.get(start).map_or(0, |s| s.0);
        let to = end.checked_sub(1).and_then(|last| self.spans.get(last)).map_or(from, |s| s.1);
        from..to.max(from)
    }
}
