//! How names sound and look: pinyin of names for addresses in Latin letters, syllables for homophones, characters nearly written alike.
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::lexicon::{Entry, Lexicon};
use super::location::ReasonKind;
use super::quick::Quick;
use super::rules::{Rule, Rules};
use std::borrow::Cow;

const PINYIN: &str = include_str!("data/pinyin.tsv");
const LOOKALIKES: &str = include_str!("data/lookalikes.tsv");
/// A name with several readings per character is entered at most this often.
const READINGS: usize = 8;

/// Places that maps and passports spell in a way of their own, and people abroad with them.
const SPELLED: [(&str, u32); 11] = [
    ("shaanxi", 610_000),
    ("innermongolia", 150_000),
    ("tibet", 540_000),
    ("harbin", 230_100),
    ("urumqi", 650_100),
    ("hohhot", 150_100),
    ("lhasa", 540_100),
    ("kashgar", 653_100),
    ("hongkong", 810_000),
    ("macau", 820_000),
    ("macao", 820_000),
];

/// Syllables of characters.
pub(crate) struct Sounds {
    syllables: Vec<&'static str>,
    /// For each character its syllables, numbers into `syllables`.
    of: Quick<char, Vec<u16>>,
    /// For each character of a name, those that look like it.
    looks: Quick<char, &'static str>,
    pub rules: Rules,
}

impl Sounds {
    pub fn builtin() -> Self {
        let mut syllables = Vec::new();
        let mut of: Quick<char, Vec<u16>> = Quick::default();
        for (syllable, chars) in PINYIN.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
            let number = syllables.len() as u16;
            syllables.push(syllable);
            chars.chars().for_each(|c| of.entry(c).or_default().push(number));
        }
        let looks = LOOKALIKES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        let looks = looks.filter_map(|(name, alike)| name.chars().next().map(|c| (c, alike))).collect();
        Self { syllables, of, looks, rules: Rules::default() }
    }

    /// Do the two sound alike, tones and regional confusions (zh/z, ng/n …) aside? The same character always does.
    pub fn alike(&self, a: char, b: char) -> bool {
        let alike = || matches!((self.of.get(&a), self.of.get(&b)), (Some(x), Some(y)) if x.iter().any(|s| y.contains(s)));
        a == b || self.rules.heeds(Rule::Homophones) && alike()
    }

    /// May `typed` have been taken for `name`, a character of a name, because it looks like it?
    pub fn looks_like(&self, typed: char, name: char) -> bool {
        self.rules.heeds(Rule::Lookalikes) && self.looks.get(&name).is_some_and(|alike| alike.contains(typed))
    }

    /// First syllable of a character; none for a character that no name contains.
    pub fn first(&self, c: char) -> Option<u16> {
        self.of.get(&c).and_then(|s| s.first()).copied()
    }

    /// The readings of a name in Latin letters, at most [`READINGS`].
    fn spell(&self, name: &str) -> Vec<String> {
        let mut spelled = vec![String::new()];
        for c in name.chars() {
            let Some(sounds) = self.of.get(&c) else { return Vec::new() };
            let choices = if spelled.len() * sounds.len() > READINGS { 1 } else { sounds.len() };
            spelled = spelled
                .iter()
                .flat_map(|head| sounds.iter().take(choices).map(move |&s| (head, s)))
                .filter_map(|(head, s)| self.syllables.get(s as usize).map(|syllable| format!("{head}{syllable}")))
                .collect();
        }
        // Most people write lu for lü, passports lyu.
        let plain = |by: &'static str| spelled.iter().filter(|s| s.contains('v')).map(|s| s.replace('v', by)).collect();
        let (lu, lyu): (Vec<String>, Vec<String>) = (plain("u"), plain("yu"));
        spelled.extend(lu.into_iter().chain(lyu));
        spelled
    }

    /// Names of all areas above the town in Latin letters, and of towns where service is by town.
    pub fn lexicon(&self, gazetteer: &Gazetteer) -> Lexicon {
        let places = gazetteer
            .places()
            .iter()
            .enumerate()
            .filter(|(_, p)| matches!(p.level, Level::Province | Level::Prefecture | Level::County));
        let names = places.map(|(id, p)| (&*p.name, id as PlaceId));
        // Where service is by town, the town is asked for, and so it is read: Humen, Dongguan.
        let by_town =
            gazetteer.places().iter().enumerate().filter(|(_, p)| p.parent.is_some_and(|above| gazetteer.by_town(above)));
        let towns = by_town
            .filter_map(|(id, p)| Some((p.name.strip_suffix('镇').or_else(|| p.name.strip_suffix("街道"))?, id as PlaceId)));
        let shorts = gazetteer.aliases.iter().filter(|a| a.kind != ReasonKind::Town).map(|a| (&*a.name, a.place));
        let spelled = SPELLED.iter().filter_map(|&(name, code)| Some((Cow::Borrowed(name), gazetteer.id(code)?)));
        let mut pairs: Vec<_> = spelled.map(|(name, place)| (name, Entry { place, kind: ReasonKind::Pinyin })).collect();
        for (name, place) in names.chain(shorts).chain(towns) {
            pairs.extend(
                self.spell(name)
                    .into_iter()
                    .filter(|s| s.len() >= 4)
                    .map(|s| (Cow::Owned(s), Entry { place, kind: ReasonKind::Pinyin })),
            );
        }
        Lexicon::new(pairs)
    }
}
