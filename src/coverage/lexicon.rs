//! Every name of every place in one Aho-Corasick automaton.
use std::borrow::Cow;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::Folded;
use super::gazetteer::{Gazetteer, GazetteerError, Level, PlaceId};
use super::location::ReasonKind;

/// A name means this place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub place: PlaceId,
    pub kind: ReasonKind,
}

/// Where a name stands, in characters of the folded text, and what it can mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub start: usize,
    pub end: usize,
    pub entries: &'a [Entry],
}

/// Names to entries.
pub(crate) struct Lexicon {
    automaton: AhoCorasick,
    /// For each pattern, the end of its entries in `entries`; they begin where those of the pattern before end.
    ends: Vec<u32>,
    entries: Vec<Entry>,
}

impl Lexicon {
    /// All names and aliases of the gazetteer.
    pub fn of_names(gazetteer: &Gazetteer) -> Result<Self, GazetteerError> {
        let named = gazetteer.places().iter().enumerate().map(|(id, place)| {
            let kind = if place.level == Level::Town { ReasonKind::Town } else { ReasonKind::Name };
            (Cow::Borrowed(&*place.name), Entry { place: id as PlaceId, kind })
        });
        let others = gazetteer.aliases.iter().map(|a| (Cow::Borrowed(&*a.name), Entry { place: a.place, kind: a.kind }));
        // Many a 镇 became a 街道 and is still called 镇.
        let before =
            gazetteer.places().iter().enumerate().filter(|(_, place)| place.level == Level::Town).filter_map(|(id, place)| {
                let stem = place.name.strip_suffix("街道").filter(|stem| stem.chars().count() >= 2)?;
                Some((Cow::Owned(format!("{stem}镇")), Entry { place: id as PlaceId, kind: ReasonKind::Old }))
            });
        Self::new(named.chain(others).chain(before).collect())
    }

    /// From pairs in any order; a name may come several times.
    pub fn new(mut pairs: Vec<(Cow<'_, str>, Entry)>) -> Result<Self, GazetteerError> {
        pairs.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.place.cmp(&b.1.place)));
        // A short name that equals the full one adds nothing.
        pairs.dedup_by(|b, a| a.0 == b.0 && a.1.place == b.1.place);
        let mut names: Vec<&str> = Vec::new();
        let mut ends: Vec<u32> = Vec::new();
        for (at, (name, _)) in pairs.iter().enumerate() {
            if names.last() != Some(&&**name) {
                names.push(name);
                ends.push(0);
            }
            if let Some(end) = ends.last_mut() {
                *end = at as u32 + 1;
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .prefilter(false)
            .build(&names)
            .map_err(|error| GazetteerError::Index(error.to_string()))?;
        Ok(Self { automaton, ends, entries: pairs.into_iter().map(|(_, entry)| entry).collect() })
    }

    /// Every occurrence of every name, overlapping ones too, by start, the longest first.
    pub fn find<'a>(&'a self, text: &Folded) -> Vec<Found<'a>> {
        let mut found: Vec<Found<'a>> = self
            .automaton
            .find_overlapping_iter(&text.text)
            .map(|m| {
                let pattern = m.pattern().as_usize();
                let from = pattern.checked_sub(1).and_then(|p| self.ends.get(p)).copied().unwrap_or(0) as usize;
                let to = self.ends.get(pattern).copied().unwrap_or(0) as usize;
                Found {
                    start: text.char_at_byte(m.start()),
                    end: text.char_at_byte(m.end()),
                    entries: self.entries.get(from..to).unwrap_or(&[]),
                }
            })
            .collect();
        found.sort_unstable_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
        found
    }
}
