//! Names that are nearly written: one character missing, extra, changed or swapped, or other characters of the same sound.
//!
//! Every name is filed under itself with each single character left out; a stretch of text is looked up the same way, so any name at distance
//! one shares a key with it (symmetric deletion). What the keys bring up is then measured.
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::context::Context;
use super::fold::Folded;
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::location::ReasonKind;
use super::scan::{Evidence, Scan};
use super::sound::Sounds;

/// Stretches looked up have at most this many characters; longer names are nearly always written short.
const LONGEST: usize = 7;
/// Places in the text at which such a stretch may begin.
const STARTS: usize = 16;

/// No misspelt district, however near: 西安市高新区 is not 高陵区.
const GENERIC_ENDS: [&[char]; 4] = [&['新', '区'], &['发', '区'], &['业', '区'], &['园', '区']];

/// Filed names.
pub(crate) struct Similar {
    names: Vec<(Box<[char]>, PlaceId, bool)>,
    keys: HashMap<u64, Vec<u32>>,
    sounds: HashMap<u64, Vec<u32>>,
}

impl Similar {
    /// Names and short names of prefectures and counties.
    pub fn new(gazetteer: &Gazetteer, sounds: &Sounds) -> Self {
        let mut made = Self { names: Vec::new(), keys: HashMap::new(), sounds: HashMap::new() };
        let filed = |level: Level| matches!(level, Level::Province | Level::Prefecture | Level::County);
        for (id, place) in gazetteer.places().iter().enumerate().filter(|(_, p)| filed(p.level)) {
            made.file(&place.name, id as PlaceId, true, sounds);
        }
        for alias in gazetteer.aliases.iter().filter(|a| a.kind == ReasonKind::Short) {
            made.file(&alias.name, alias.place, false, sounds);
        }
        made
    }

    fn file(&mut self, name: &str, place: PlaceId, full: bool, sounds: &Sounds) {
        let chars: Box<[char]> = name.chars().collect();
        if chars.len() < 2 || chars.len() > LONGEST + 1 {
            return;
        }
        let number = self.names.len() as u32;
        if let [first, second] = *chars {
            self.keys.entry(key(&[second, first], 2)).or_default().push(number);
        } else {
            for left_out in 0..=chars.len() {
                let list = self.keys.entry(key(&chars, left_out)).or_default();
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        if let Some(sound) = sound_key(&chars, sounds) {
            self.sounds.entry(sound).or_default().push(number);
        }
        self.names.push((chars, place, full));
    }

    /// Evidence for names nearly written, where exact names leave room for them: at the start of the text, after a word like 在, after a name of a
    /// province or city.
    pub fn find(&self, text: &Folded, scan: &Scan, context: &Context, gazetteer: &Gazetteer, sounds: &Sounds) -> Vec<Evidence> {
        let mut out = Vec::new();
        let limit = scan.detail.map_or(text.len(), |d| d.0).max(2);
        for start in self.starts(text, scan, context, gazetteer, limit) {
            for length in 2..=LONGEST.min(text.len() - start) {
                let stretch = text.slice(start, start + length);
                if stretch.iter().any(char::is_ascii) {
                    break;
                }
                let exact = scan.evidence.iter().any(|e| e.full && e.start == start && e.end == start + length);
                if !exact && !GENERIC_ENDS.iter().any(|g| stretch.ends_with(g)) {
                    self.measure(stretch, start, gazetteer, sounds, &mut out);
                }
            }
        }
        out.retain(|e| e.full || !context.road_follows(text, e.end) && !context.estate_follows(text, e.end));
        out
    }

    fn starts(&self, text: &Folded, scan: &Scan, context: &Context, gazetteer: &Gazetteer, limit: usize) -> Vec<usize> {
        let high =
            |e: &Evidence| gazetteer.place(e.place).is_some_and(|p| matches!(p.level, Level::Province | Level::Prefecture));
        let mut starts: Vec<usize> =
            scan.evidence.iter().filter(|e| e.anchored && !e.late && high(e)).flat_map(|e| [e.end, e.end + 1]).collect();
        starts.extend((0..text.len()).filter(|&at| context.may_begin(text, at)));
        starts.retain(|&at| at < limit && at + 2 <= text.len());
        starts.sort_unstable();
        starts.dedup();
        starts.truncate(STARTS);
        starts
    }

    fn measure(&self, stretch: &[char], start: usize, gazetteer: &Gazetteer, sounds: &Sounds, out: &mut Vec<Evidence>) {
        let mut numbers: Vec<u32> = Vec::new();
        if let Some(sound) = sound_key(stretch, sounds) {
            numbers.extend(self.sounds.get(&sound).into_iter().flatten());
        }
        for left_out in 0..=stretch.len() {
            numbers.extend(self.keys.get(&key(stretch, left_out)).into_iter().flatten());
        }
        numbers.sort_unstable();
        numbers.dedup();
        for (name, place, full) in numbers.into_iter().filter_map(|n| self.names.get(n as usize)) {
            let Some(level) = gazetteer.place(*place).map(|p| p.level) else { continue };
            let Some(mut weight) = likeness(stretch, name, *full, sounds) else { continue };
            if level != Level::County {
                weight += 0.5;
            }
            let end = start + stretch.len();
            out.push(Evidence {
                start,
                end,
                place: *place,
                kind: ReasonKind::Similar,
                weight,
                full: *full,
                anchored: true,
                late: false,
            });
        }
    }
}

/// Points for a stretch that is nearly this name; none if it is not near enough, or is the name itself.
fn likeness(stretch: &[char], name: &[char], full: bool, sounds: &Sounds) -> Option<f32> {
    if stretch == name {
        return None;
    }
    let homophone = stretch.len() == name.len() && stretch.iter().zip(name).all(|(&a, &b)| sounds.alike(a, b));
    let same_end = stretch.last() == name.last();
    let size = name.len() as f32;
    if homophone {
        return match (full, name.len()) {
            (true, 2) => (same_end).then_some(5.0),
            (true, _) if same_end => Some(9.0),
            (false, _) => Some(4.0 + (size - 2.0).min(2.0)),
            _ => None,
        };
    }
    let distance = strsim::generic_damerau_levenshtein(stretch, name);
    if distance != 1 {
        return None;
    }
    match (full, name.len()) {
        (true, 4..) if same_end => Some(8.5),
        (true, 3) if same_end && stretch.len() == 2 => Some(4.5),
        (true, 3) if same_end => Some(7.0),
        // The suffix itself is wrong or missing: 兴城县 for 兴城市.
        (true, 3..) if stretch.len() == name.len() && stretch.last().is_some_and(|c| "市区县旗州".contains(*c)) => Some(6.0),
        (false, 3..) if stretch.len() >= name.len() => Some(4.5),
        (false, 2) if stretch.len() == 2 => Some(4.0),
        _ => None,
    }
}

/// Hash of the characters without one of them; `left_out` past the end leaves none out.
fn key(chars: &[char], left_out: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (at, c) in chars.iter().enumerate() {
        if at != left_out {
            c.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Hash of the first syllables; none if a character has no known sound.
fn sound_key(chars: &[char], sounds: &Sounds) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    for &c in chars {
        sounds.first(c)?.hash(&mut hasher);
    }
    Some(hasher.finish())
}
