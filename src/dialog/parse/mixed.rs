//! One message that holds everything: fault, address, phone and name in any order.
use std::sync::LazyLock;

use regex::Regex;

use super::{choice, name, phone};
use crate::coverage::{Location, Matcher, Outcome};
use crate::dialog::definition::Choice;
use crate::dialog::fold::{clean, fold};

/// What a message holds; what was not recognised stays in `words`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mixed {
    /// A phone number.
    pub phone: Option<String>,
    /// A name that is marked as one.
    pub name: Option<String>,
    /// Faults that the words speak of, the likeliest first.
    pub faults: Vec<String>,
    /// The words that spoke of the fault.
    pub fault_words: String,
    /// The part that reads as an address, and where it was found.
    pub address: Option<(String, Location)>,
    /// What is left.
    pub words: String,
}

impl Mixed {
    /// How many different things the message holds.
    pub fn kinds(&self) -> usize {
        usize::from(self.phone.is_some())
            + usize::from(self.name.is_some())
            + usize::from(!self.faults.is_empty())
            + usize::from(self.address.is_some())
    }
}

/// Marks that part a message into what belongs together.
const MARKS: [char; 10] = [',', '，', '。', ';', '；', '、', '\n', '\t', '!', '！'];

/// Words of a street, a house or a door: what stands next to the names of areas.
static DETAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\d\s*[号栋幢楼室层弄组座期#]|单元|[路街巷弄村屯胡同]$|小区|花园|大厦|广场|公寓|新村|家园|大院|\b(road|rd|street|avenue|lane|building|room)\b",
    )
    .ok()
});

/// What belongs together, and whether it begins a clause: Chinese has spaces only between things, English between words.
fn parts(text: &str) -> impl Iterator<Item = (bool, &str)> {
    text.split(MARKS).flat_map(|clause| {
        let chinese = clause.chars().any(is_han);
        let parts = clause.split(move |c: char| chinese && c.is_whitespace()).map(str::trim).filter(|part| !part.is_empty());
        parts.enumerate().map(|(n, part)| (n == 0, part))
    })
}

/// Longest message that is taken apart; a longer one is a story.
const LONGEST: usize = 400;

/// Takes a message apart.
pub fn read(matcher: &Matcher, faults: &[&Choice], text: &str) -> Mixed {
    let mut rest = phone::digits_folded(&clean(text, LONGEST));
    let mut mixed = Mixed::default();
    if let (phone::Phone::Number(number), Some(range)) = phone::find(&rest) {
        mixed.phone = Some(number);
        rest.replace_range(range, " ");
    }
    if let Some((found, range)) = name::find(&rest) {
        mixed.name = Some(found);
        rest.replace_range(range, " ");
    }
    let mut address = Vec::new();
    let mut fault_words = Vec::new();
    let mut words = Vec::new();
    // A street in Latin letters, between spaces, behind the name of a district: 兴城市 5 Canary street.
    let (mut behind, mut street) = (false, false);
    for (first, part) in parts(&rest) {
        behind &= !first;
        street = behind && !part.chars().any(is_han) && (street || part.starts_with(|c: char| c.is_ascii_digit()));
        let fault = cut_fault(matcher, faults, part);
        behind = street || fault.is_none() && is_address(matcher, part);
        match fault {
            Some((before, fault)) => {
                if !before.is_empty() {
                    address.push(before);
                }
                fault_words.push(fault);
            }
            None if is_label(part) => {}
            None if behind => address.push(part),
            None => words.push(part),
        }
    }
    // English sentences have their words apart: what no part shows, the whole may.
    mixed.faults = choice::by_pattern(faults, &fold(&fault_words.join(" ")));
    if mixed.faults.is_empty() {
        mixed.faults = choice::by_pattern(faults, &fold(&rest));
    }
    mixed.fault_words = fault_words.join(" ");
    // English areas are marked off by commas, and only so are they read.
    let line = address.join(if rest.chars().any(is_han) { " " } else { ", " });
    let location = matcher.locate(&line);
    if location.outcome == Outcome::None {
        words.extend(address);
    } else {
        mixed.address = Some((line, location));
    }
    mixed.words = words.join(" ");
    mixed
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn is_address(matcher: &Matcher, part: &str) -> bool {
    DETAIL.as_ref().is_some_and(|d| d.is_match(part)) || matcher.locate(part).outcome != Outcome::None
}

/// Words that only announce what follows.
fn is_label(part: &str) -> bool {
    matches!(
        &*fold(part.trim_end_matches([':', '：'])),
        "电话"
            | "手机"
            | "联系电话"
            | "我的电话"
            | "电话是"
            | "你好"
            | "您好"
            | "hello"
            | "hi"
            | "地址"
            | "联系人"
            | "姓名"
            | "phone"
            | "tel"
            | "address"
            | "name"
    )
}

/// Parts a stretch into what stands before the fault, if that reads as an address, and the fault.
fn cut_fault<'a>(matcher: &Matcher, faults: &[&Choice], part: &'a str) -> Option<(&'a str, &'a str)> {
    let lower = part.to_lowercase();
    // Lower case can change lengths in bytes; then offsets no longer fit and the stretch stays whole.
    let start = faults.iter().flat_map(|c| &c.words).filter_map(|w| w.find(&lower)).map(|m| m.start()).min()?;
    match (part.get(..start), part.get(start..)) {
        (Some(before), Some(fault)) if matcher.locate(before).outcome != Outcome::None => Some((before, fault)),
        _ if matcher.locate(part).outcome == Outcome::None => Some(("", part)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_in_a_sentence_keeps_its_district_and_a_clean_street() {
        let matcher = Matcher::builtin().unwrap();
        for (text, code, rest) in [
            (
                "My safe will not open, 88 Zhongshan Road, Zhongshan District, Dalian, 13800000000 Ms Green",
                "210202",
                "88 Zhongshan Road",
            ),
            ("it beeps, Gulou District, Nanjing, 20 Zhongyang Road, +86 13800000000", "320106", "20 Zhongyang Road"),
            ("保险柜打不开，大连市中山区中山路88号3单元502，13800000000 王女士", "210202", "中山路88号3单元502"),
        ] {
            let (_, found) = read(&matcher, &[], text).address.unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.code.as_deref(), found.rest.as_str()), (Some(code), rest), "{text}");
        }
    }
}
