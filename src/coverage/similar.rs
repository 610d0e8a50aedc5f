//! Names that are nearly written: one character missing, extra, changed or swapped, or other characters of the same sound.
//!
//! Every name is filed under itself with each single character left out; a stretch of text is looked up the same way, so any name at distance
//! one shares a key with it (symmetric deletion). What the keys bring up is then measured.
use std::ops::Range;

use super::context::Context;
use super::fold::Folded;
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::lexicon::Lexicon;
use super::location::ReasonKind;
use super::quick::{Quick, mix};
use super::scan::{Evidence, Scan};
use super::sound::Sounds;
use super::weigh::Verdict;
use super::weights::{STEM_BY_LIKENESS, likeness};

/// Stretches looked up have at most this many characters; longer names are nearly always written short ...
const LONGEST: usize = 7;
/// ... unless they name peoples: 双江拉祜族佤族布朗族傣族自治县 has fifteen.
const LONGEST_AUTONOMOUS: usize = 16;
/// Places in the text at which such a stretch may begin.
const STARTS: usize = 16;

/// No misspelt district, however near: 西安市高新区 is not 高陵区.
const GENERIC_ENDS: [&[char]; 4] = [&['新', '区'], &['发', '区'], &['业', '区'], &['园', '区']];

/// What was read so far, and what it is read with.
pub(crate) struct Search<'a> {
    pub text: &'a Folded,
    pub scan: &'a Scan,
    /// What exact names say.
    pub first: &'a Verdict,
    /// The area that a question gave.
    pub scope: Option<PlaceId>,
    pub context: &'a Context,
    pub gazetteer: &'a Gazetteer,
    pub names: &'a Lexicon,
    pub sounds: &'a Sounds,
}

/// Filed names.
pub(crate) struct Similar {
    names: Vec<Name>,
    /// For each key, the first of its numbers in `filed` and the one after the last.
    keys: Quick<u64, (u32, u32)>,
    filed: Vec<u32>,
    /// Short names of two characters by the city or province that their county lies in.
    stems: Quick<PlaceId, Vec<u32>>,
}

struct Name {
    chars: Box<[char]>,
    place: PlaceId,
    full: bool,
}

impl Similar {
    /// Names and short names of provinces, prefectures and counties.
    pub fn new(gazetteer: &Gazetteer, sounds: &Sounds) -> Self {
        let filed = |level: Level| matches!(level, Level::Province | Level::Prefecture | Level::County);
        let places = gazetteer.places().iter().enumerate().filter(|(_, p)| filed(p.level));
        let full = places.map(|(id, p)| (&*p.name, id as PlaceId, true));
        let short = gazetteer.aliases.iter().filter(|a| a.kind == ReasonKind::Short).map(|a| (&*a.name, a.place, false));
        let named = full.chain(short).map(|(name, place, full)| Name { chars: name.chars().collect(), place, full });
        let names: Vec<Name> = named.filter(|n| n.chars.len() >= 2).collect();
        let mut pairs: Vec<(u64, u32)> = Vec::with_capacity(names.len() * 6);
        for (number, name) in names.iter().enumerate() {
            pairs.extend(keys(&name.chars, sounds).map(|key| (key, number as u32)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut stems: Quick<PlaceId, Vec<u32>> = Quick::default();
        for (number, name) in names.iter().enumerate().filter(|(_, n)| !n.full && n.chars.len() == 2) {
            if let Some(city) = gazetteer.place(name.place).and_then(|p| p.parent) {
                stems.entry(city).or_default().push(number as u32);
            }
        }
        let mut made = Self { names, keys: Quick::default(), filed: Vec::with_capacity(pairs.len()), stems };
        for (key, number) in pairs {
            let at = made.filed.len() as u32;
            made.keys.entry(key).or_insert((at, at)).1 = at + 1;
            made.filed.push(number);
        }
        made
    }

    /// Evidence for names nearly written, where exact names leave room for them: at the start of the text, after a word like 在, after a name of a
    /// province or city, be it itself only nearly written.
    pub fn find(&self, search: &Search<'_>) -> Vec<Evidence> {
        let &Search { text, scan, context, gazetteer, .. } = search;
        let mut out: Vec<Evidence> = Vec::new();
        let limit = scan.detail.map_or(text.len(), |d| d.0).max(2);
        let longest = if text.text.contains("自治") { LONGEST_AUTONOMOUS } else { LONGEST };
        let mut starts = self.starts(search, limit);
        let mut next = 0;
        while let Some(&start) = starts.get(next) {
            next += 1;
            let before = out.len();
            for length in 2..=longest.min(text.len() - start) {
                let stretch = text.slice(start, start + length);
                if stretch.last().is_some_and(char::is_ascii) {
                    break;
                }
                let exact = exact(search, start, start + length);
                if exact != Exact::Fits && !GENERIC_ENDS.iter().any(|g| stretch.ends_with(g)) {
                    self.measure(search, start..start + length, exact == Exact::Elsewhere, &mut out);
                }
            }
            for made in out.get(before..).unwrap_or(&[]).iter().filter(|e| is_high(gazetteer, e)) {
                if starts.len() < STARTS && made.end < limit && !starts.contains(&made.end) {
                    starts.push(made.end);
                }
            }
        }
        self.stems(search, limit, &mut out);
        out.retain(|e| e.full || context.road_follows(text, e.end) == 0 && context.estate_follows(text, e.end) == 0);
        drop_covered(&mut out);
        out
    }

    /// Right behind the name of a city stands its district: 沈阳干洪 is 于洪, 临汾大拧 is 大宁. Only here may a character of a short name be wrong,
    /// and only by sound or look.
    fn stems(&self, search: &Search<'_>, limit: usize, out: &mut Vec<Evidence>) {
        let &Search { text, scan, first, sounds, .. } = search;
        let Some(city) = first.code else { return };
        let ends = scan.evidence.iter().filter(|e| e.anchored && !e.late && e.place == city).map(|e| e.end);
        for start in ends.filter(|&end| end < limit) {
            let typed = text.slice(start, start + 2);
            for name in self.stems.get(&city).into_iter().flatten().filter_map(|&number| self.names.get(number as usize)) {
                let edit = edit(typed, &name.chars, sounds);
                if !matches!(edit, Some(Edit::Homophone | Edit::Lookalike))
                    || out.iter().any(|e| (e.place, e.start) == (name.place, start))
                {
                    continue;
                }
                out.push(Evidence {
                    start,
                    end: start + 2,
                    place: name.place,
                    kind: ReasonKind::Similar,
                    weight: STEM_BY_LIKENESS,
                    full: false,
                    anchored: true,
                    late: false,
                    loose: false,
                });
            }
        }
    }

    fn starts(&self, search: &Search<'_>, limit: usize) -> Vec<usize> {
        let &Search { text, scan, context, gazetteer, .. } = search;
        let mut starts: Vec<usize> = scan
            .evidence
            .iter()
            .filter(|e| e.anchored && !e.late && is_high(gazetteer, e))
            .flat_map(|e| [e.end, e.end + 1])
            .collect();
        starts.extend((0..limit.min(text.len())).filter(|&at| context.may_begin(text, at)));
        let inside = |at: usize| scan.evidence.iter().any(|e| e.anchored && !e.late && e.start < at && at < e.end);
        starts.retain(|&at| at < limit && at + 2 <= text.len() && !inside(at));
        starts.sort_unstable();
        starts.dedup();
        starts.truncate(STARTS);
        starts
    }

    fn measure(&self, search: &Search<'_>, at: Range<usize>, elsewhere: bool, out: &mut Vec<Evidence>) {
        let &Search { text, scan, gazetteer, sounds, .. } = search;
        let (start, stretch) = (at.start, text.slice(at.start, at.end));
        let from = out.len();
        for key in keys(stretch, sounds) {
            let Some(&(low, high)) = self.keys.get(&key) else { continue };
            for &number in self.filed.get(low as usize..high as usize).unwrap_or(&[]) {
                let Some(name) = self.names.get(number as usize) else { continue };
                let known = |e: &Evidence| (e.place, e.end, e.full) == (name.place, start + stretch.len(), name.full);
                if out.get(from..).is_some_and(|made| made.iter().any(known)) {
                    continue;
                }
                let Some(level) = gazetteer.place(name.place).map(|p| p.level) else { continue };
                let Some(edit) = edit(stretch, &name.chars, sounds) else { continue };
                // 遵义市凤县 lost a character of 凤冈县, though 凤县 is another place.
                if elsewhere && edit != Edit::Dropped {
                    continue;
                }
                let Some(weight) = likeness(edit, stretch, &name.chars, name.full) else { continue };
                // 衢州江市 is 衢州 and something else.
                if scan.evidence.iter().any(|e| e.place == name.place && e.start == start && e.end < start + stretch.len()) {
                    continue;
                }
                out.push(Evidence {
                    start,
                    end: start + stretch.len(),
                    place: name.place,
                    kind: ReasonKind::Similar,
                    weight: if level == Level::County { weight } else { weight + 0.5 },
                    full: name.full,
                    anchored: true,
                    late: false,
                    loose: false,
                });
            }
        }
    }
}

fn is_high(gazetteer: &Gazetteer, e: &Evidence) -> bool {
    gazetteer.place(e.place).is_some_and(|p| matches!(p.level, Level::Province | Level::Prefecture))
}

/// Whether a stretch is the full name of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exact {
    No,
    /// Of one that agrees with the rest of the text.
    Fits,
    /// Of one that lies outside what the rest of the text says.
    Elsewhere,
}

fn exact(search: &Search<'_>, start: usize, end: usize) -> Exact {
    let &Search { scan, first, gazetteer, .. } = search;
    let mut named = scan.evidence.iter().filter(|e| e.full && (e.start, e.end) == (start, end)).peekable();
    if named.peek().is_none() {
        return Exact::No;
    }
    let said = || first.code.iter().chain(&first.candidates).copied();
    let agrees = |e: &Evidence| said().any(|area| gazetteer.is_under(e.place, area) || gazetteer.is_under(area, e.place));
    if said().next().is_none() || named.any(agrees) { Exact::Fits } else { Exact::Elsewhere }
}

/// What lies within a longer stretch that is as near to its name was not meant: 二市道江区 is 二道江区, not 道江区.
fn drop_covered(found: &mut Vec<Evidence>) {
    let all: Vec<(usize, usize, f32)> = found.iter().map(|e| (e.start, e.end, e.weight)).collect();
    found.retain(|e| {
        let covers = |&(start, end, weight): &(usize, usize, f32)| {
            start <= e.start && e.end <= end && end - start > e.end - e.start && weight >= e.weight
        };
        !all.iter().any(covers)
    });
}

/// How what was typed differs from a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Other characters of the same sound.
    Homophone,
    /// Two neighbours changed places.
    Swapped,
    /// A character is missing.
    Dropped,
    /// There is one too many.
    Inserted,
    /// One character is another that looks like it.
    Lookalike,
    /// One character is another.
    Changed,
}

/// The one edit that makes `name` into `typed`; none if they are equal or further apart.
pub(crate) fn edit(typed: &[char], name: &[char], sounds: &Sounds) -> Option<Edit> {
    let same = typed.iter().zip(name).take_while(|(a, b)| a == b).count();
    let (rest, wanted) = (typed.get(same..)?, name.get(same..)?);
    match (rest, wanted) {
        ([], []) => None,
        _ if rest.len() == wanted.len() => match (rest, wanted) {
            _ if rest.iter().zip(wanted).all(|(&a, &b)| sounds.alike(a, b)) => Some(Edit::Homophone),
            ([a, b, r @ ..], [c, d, w @ ..]) if a == d && b == c && r == w => Some(Edit::Swapped),
            ([a, r @ ..], [b, w @ ..]) if r == w => Some(if sounds.looks_like(*a, *b) { Edit::Lookalike } else { Edit::Changed }),
            _ => None,
        },
        (_, [_, w @ ..]) if rest == w => Some(Edit::Dropped),
        ([_, r @ ..], _) if r == wanted => Some(Edit::Inserted),
        _ => None,
    }
}

/// Hashes under which a name is filed and looked for: itself, itself without each single character (two names at distance one share one of
/// these), its first syllables. A name of two characters is filed whole and turned round only: one remaining character is no likeness.
fn keys<'a>(chars: &'a [char], sounds: &'a Sounds) -> impl Iterator<Item = u64> + 'a {
    const SOUND: u64 = 1 << 40;
    let short = chars.len() == 2;
    let without = move |left_out: usize| {
        let kept = chars.iter().enumerate().filter(move |&(at, _)| at != left_out);
        kept.fold(0, |state, (_, &c)| mix(state, u64::from(u32::from(c)) + 1))
    };
    let sound = chars.iter().try_fold(SOUND, |state, &c| Some(mix(state, u64::from(sounds.first(c)?) + 1)));
    let whole = usize::MAX;
    let turned = short.then(|| chars.iter().rev().fold(0, |state, &c| mix(state, u64::from(u32::from(c)) + 1)));
    let partial = (0..chars.len()).filter(move |_| !short).map(without);
    std::iter::once(without(whole)).chain(turned).chain(partial).chain(sound)
}
