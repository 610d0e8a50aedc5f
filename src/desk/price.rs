//! Amounts of money as people type them, and what a price is made of. PURE.
//!
//! Everything is counted in whole fen (a hundredth of a yuan); no fraction of one is ever taken, and nothing is rounded.
use serde::{Deserialize, Serialize};

/// An amount in fen.
pub type Fen = i64;

/// Most that an amount, or the sum of several, may be: 1,000,000.00 yuan.
pub const MOST: Fen = 100_000_000;
/// Most characters that are read.
const LONGEST: usize = 200;

/// What a price is made of; each part 0 to [`MOST`], and so is their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Price {
    /// For the work.
    pub labour: Fen,
    /// For parts and material.
    pub parts: Fen,
    /// For coming.
    pub call_out: Fen,
    /// All in one, where it was not divided; then the others are 0.
    pub lump: Fen,
}

/// Why words are no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// They cannot be read, or can be read in two ways.
    Unclear,
    /// It is more than [`MOST`].
    TooMuch,
    /// The parts add up to something else than was said.
    Sum {
        /// What they add up to, fen.
        sum: Fen,
        /// What was said, fen.
        said: Fen,
    },
}

impl Price {
    /// What is to be paid in all, fen.
    pub fn total(&self) -> Fen {
        self.labour + self.parts + self.call_out + self.lump
    }

    /// Whether it names its parts.
    pub fn is_divided(&self) -> bool {
        self.lump == 0
    }

    /// The price in signs that every language reads, and [`read`] too: `¥150 + ¥80 + ¥50 = ¥280`, or `¥280`.
    pub fn shown(&self) -> String {
        if self.is_divided() {
            let parts = [self.labour, self.parts, self.call_out].map(shown).join(" + ");
            format!("{parts} = {}", shown(self.total()))
        } else {
            shown(self.total())
        }
    }
}

/// An amount as it is shown: `¥280`, `¥280.50`.
pub fn shown(fen: Fen) -> String {
    match fen % 100 {
        0 => format!("¥{}", fen / 100),
        rest => format!("¥{}.{rest:02}", fen / 100),
    }
}

/// One amount as people type it: `180`, `¥180.50`, `180元`, `12块5`; several are added up.
///
/// # Errors
/// As [`read`].
pub fn amount(text: &str) -> Result<Fen, Unread> {
    read(text).map(|price| price.total())
}

/// A price as people type it: with names before or behind the amounts (`工时150 配件80 上门50`, `150 labour, 80 parts`), without
/// them in the order work, parts, call-out (`150+80+50`), or all in one (`一共280`).
///
/// # Errors
/// [`Unread`]: nothing is guessed.
pub fn read(text: &str) -> Result<Price, Unread> {
    if text.chars().count() > LONGEST {
        return Err(Unread::Unclear);
    }
    let tokens = tokens(&half_width(text)).ok_or(Unread::Unclear)?;
    if tokens.iter().any(|t| matches!(t, Token::Number(fen) if *fen > MOST)) {
        return Err(Unread::TooMuch);
    }
    let (named, plain) = pairs(&tokens).ok_or(Unread::Unclear)?;
    let mut price = Price::default();
    let mut seen = Vec::new();
    let mut said = None;
    for (name, fen) in named {
        if seen.contains(&name) {
            return Err(Unread::Unclear);
        }
        seen.push(name);
        match name {
            Name::Labour => price.labour = fen,
            Name::Parts => price.parts = fen,
            Name::CallOut => price.call_out = fen,
            Name::Total => said = Some(fen),
        }
    }
    let divided = seen.iter().any(|name| *name != Name::Total);
    match (plain[..].as_ref(), divided) {
        ([], true) => {}
        ([], false) => price.lump = said.take().ok_or(Unread::Unclear)?,
        ([one], false) if said.is_none() => price.lump = *one,
        ([labour, parts], false) => (price.labour, price.parts) = (*labour, *parts),
        ([labour, parts, call_out], false) => (price.labour, price.parts, price.call_out) = (*labour, *parts, *call_out),
        _ => return Err(Unread::Unclear),
    }
    let sum = price.total();
    match said {
        Some(said) if said != sum => Err(Unread::Sum { sum, said }),
        _ if sum > MOST => Err(Unread::TooMuch),
        _ => Ok(price),
    }
}

/// What an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Labour,
    Parts,
    CallOut,
    Total,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Number(Fen),
    Name(Name),
}

/// Words that name what an amount is for; the longest that fits counts.
const NAMES: [(Name, &[&str]); 4] = [
    (Name::Labour, &["工时费", "工时", "人工费", "人工", "手工费", "工费", "维修费", "修理费", "labour", "labor", "work"]),
    (Name::Parts, &["配件费", "配件", "材料费", "材料", "零件费", "零件", "料费", "parts", "part", "materials", "material"]),
    (
        Name::CallOut,
        &[
            "上门费",
            "上门",
            "出车费",
            "路费",
            "call-out fee",
            "call out fee",
            "call-out",
            "callout",
            "call out",
            "visit",
            "travel",
        ],
    ),
    (
        Name::Total,
        &[
            "一共",
            "总共",
            "合计",
            "共计",
            "总计",
            "总价",
            "一口价",
            "全部",
            "共",
            "altogether",
            "in total",
            "total",
            "all in",
            "=",
        ],
    ),
];
/// Words and signs that say nothing; the longest that fits counts.
const FILLERS: [&str; 28] = [
    "人民币",
    "报价",
    "收费",
    "收了",
    "块钱",
    "元钱",
    "费用",
    "收",
    "要",
    "是",
    "费",
    "元",
    "圆",
    "块",
    "钱",
    "rmb",
    "cny",
    "yuan",
    "fee",
    "and",
    "for",
    ":",
    ",",
    ";",
    "、",
    "。",
    "+",
    "¥",
];

/// Full-width signs as their twins. A full-width comma divides, wherever it stands; nobody groups digits with it.
fn half_width(text: &str) -> String {
    let twin = |c: char| match c {
        '，' => '、',
        '￥' => '¥',
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(twin).flat_map(char::to_lowercase).collect()
}

/// `None`: something stands there that is neither an amount nor a word for one.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.trim().trim_end_matches(['.', '。', '!']);
    while !rest.is_empty() {
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            let (fen, behind) = number(rest)?;
            found.push(Token::Number(fen));
            rest = behind.trim_start();
            continue;
        }
        let names = NAMES.iter().flat_map(|(name, words)| words.iter().map(|word| (Some(*name), *word)));
        let all = names.chain(FILLERS.iter().map(|word| (None, *word)));
        let (name, word) = all.filter(|(_, word)| begins(rest, word)).max_by_key(|(_, word)| word.len())?;
        // "工时=150": the sign stands between a name and its amount.
        let between = word == "=" && matches!(found.last(), Some(Token::Name(_)));
        found.extend(name.filter(|_| !between).map(Token::Name));
        rest = rest.get(word.len()..)?.trim_start();
    }
    Some(found)
}

/// Whether the text begins with the word, and an English one ends there.
fn begins(text: &str, word: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic();
    text.strip_prefix(word).is_some_and(|rest| !(word.ends_with(letter) && rest.starts_with(letter)))
}

/// The amount with which the text begins, and what stands behind it: `1,280.50`, `12块5` (12.50).
fn number(text: &str) -> Option<(Fen, &str)> {
    let (first, mut rest) = digits(text);
    let mut whole = first.to_owned();
    // Behind more than three digits a comma divides amounts, not thousands.
    while let Some((group, behind)) = rest.strip_prefix(',').map(digits).filter(|(group, _)| first.len() <= 3 && group.len() == 3)
    {
        whole.push_str(group);
        rest = behind;
    }
    let mut fen: Fen = 0;
    if let Some(behind) = rest.strip_prefix('.') {
        let (part, behind) = digits(behind);
        fen = match part.len() {
            1 => part.parse::<Fen>().ok()? * 10,
            2 => part.parse().ok()?,
            // Nobody is paid a tenth of a fen.
            _ => return None,
        };
        rest = behind;
    } else if let Some(behind) = rest.strip_prefix('块') {
        let (part, behind) = digits(behind);
        if part.len() == 1 {
            fen = part.parse::<Fen>().ok()? * 10;
            rest = behind.strip_prefix(['毛', '角']).unwrap_or(behind);
        }
    }
    // More digits than any amount has: too much, however many.
    let yuan = if whole.trim_start_matches('0').len() > 12 { MOST } else { whole.parse().ok()? };
    Some((yuan.saturating_mul(100).saturating_add(fen), rest))
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

type Named = Vec<(Name, Fen)>;

/// Amounts with their names, and those without; `None`: it cannot be told which belongs to which.
fn pairs(tokens: &[Token]) -> Option<(Named, Vec<Fen>)> {
    let forward = matches!(tokens.first(), Some(Token::Name(_)));
    let (mut named, mut plain) = (Vec::new(), Vec::new());
    let mut rest = tokens;
    loop {
        rest = match rest {
            [] => return Some((named, plain)),
            // The total closes the line, whichever way the others stand.
            [Token::Name(Name::Total), Token::Number(fen), more @ ..] if named.is_empty() || more.is_empty() => {
                named.push((Name::Total, *fen));
                more
            }
            [Token::Name(name), Token::Number(fen), more @ ..] if forward => {
                named.push((*name, *fen));
                more
            }
            [Token::Number(fen), Token::Name(name), more @ ..] if !forward && *name != Name::Total => {
                named.push((*name, *fen));
                more
            }
            // "280 in total".
            [Token::Number(fen), Token::Name(Name::Total)] if !forward => {
                named.push((Name::Total, *fen));
                &[]
            }
            [Token::Number(fen), more @ ..] if !forward => {
                plain.push(*fen);
                more
            }
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests;
