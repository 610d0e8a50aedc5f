//! The way in: builds the index once, answers questions.
use std::ops::Range;

use super::context::Context;
use super::english;
use super::fold::Folded;
use super::gazetteer::{Gazetteer, GazetteerError, Level, PlaceId, Tables};
use super::lexicon::{Entry, Lexicon};
use super::location::{Location, Near, Outcome, Reason, ReasonKind, distance};
use super::rules::{Rule, Rules};
use super::scan::{Evidence, Scan, scan, settle};
use super::similar::{Search, Similar};
use super::sound::Sounds;
use super::towns::{TOWN_ENDINGS, towns_nearby};
use super::weigh::{Chain, Verdict, reaches_city, weigh};
use super::weights::{FULL_ALONE, SIMILAR_ALONE};

/// Characters of a text that are read; an address stands at its beginning.
const READ: usize = 4096;

/// The index over all areas. Immutable: build it once, share it.
pub struct Matcher {
    gazetteer: Gazetteer,
    names: Lexicon,
    pinyin: Lexicon,
    similar: Similar,
    sounds: Sounds,
    context: Context,
    rules: Rules,
}

impl Matcher {
    /// From the compiled-in gazetteer.
    ///
    /// # Errors
    /// If a table is damaged, which the tests rule out.
    pub fn builtin() -> Result<Self, GazetteerError> {
        Self::with_areas(std::iter::empty::<(&str, &str)>())
    }

    /// As [`Self::builtin`], with further areas as pairs of code and name (in full or its own). An unknown code becomes a place under the county
    /// or city that its first digits name; for a known one, a differing name becomes a further name.
    ///
    /// # Errors
    /// If a code is none, or its first digits name no known area.
    pub fn with_areas<C: AsRef<str>, N: AsRef<str>>(extra: impl IntoIterator<Item = (C, N)>) -> Result<Self, GazetteerError> {
        Self::of(&Tables::default(), extra)
    }

    /// As [`Self::with_areas`], over other tables than those compiled in.
    ///
    /// # Errors
    /// If a line of a table is not of its form (file and line are named), or an area lies nowhere.
    pub fn of<C: AsRef<str>, N: AsRef<str>>(
        tables: &Tables,
        extra: impl IntoIterator<Item = (C, N)>,
    ) -> Result<Self, GazetteerError> {
        let mut gazetteer = Gazetteer::of(tables)?;
        for (code, name) in extra {
            gazetteer.extend(code.as_ref(), name.as_ref())?;
        }
        let sounds = Sounds::builtin();
        Ok(Self {
            names: Lexicon::of_names(&gazetteer),
            pinyin: sounds.lexicon(&gazetteer),
            similar: Similar::new(&gazetteer, &sounds),
            context: Context::new()?,
            sounds,
            gazetteer,
            rules: Rules::default(),
        })
    }

    /// From now on heeds every rule but this one; `None`: every rule, as from the start. What a rule is worth is what goes wrong without it: for
    /// measurements and tests only.
    pub fn leave_out(&mut self, rule: Option<Rule>) {
        self.rules = rule.map_or_else(Rules::default, Rules::without);
        self.context.rules = self.rules;
        self.sounds.rules = self.rules;
    }

    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Where is this? Any Unicode text; of a text longer than 4,096 characters only these are read.
    pub fn locate(&self, text: &str) -> Location {
        let sure = |location: &Location| location.outcome == Outcome::Sure;
        match self.in_english(text) {
            Some(english) if sure(&english) => english,
            // Between commas may also stand an address in pinyin, from the largest part down.
            Some(english) => Some(self.answer(text, None)).filter(sure).unwrap_or(english),
            None => self.answer(text, None),
        }
    }

    /// 88 Century Avenue, Pudong, Shanghai: the street is no Chinese name, the areas behind it are.
    fn in_english(&self, text: &str) -> Option<Location> {
        if !self.rules.heeds(Rule::English) {
            return None;
        }
        let is_area = |part: &str| self.answer(part, None).outcome != Outcome::None;
        let (street, areas) = english::split(text, is_area)?;
        let mut location = self.answer(&areas.join(" "), None);
        location.rest = street.to_owned();
        (location.outcome != Outcome::None).then_some(location)
    }

    /// As [`Self::locate`], for an answer to "which district of `scope`?": names inside the scope are preferred, and a bare one is enough. An
    /// unknown scope is ignored.
    pub fn locate_within(&self, text: &str, scope: &str) -> Location {
        self.answer(text, self.gazetteer.find(scope))
    }

    fn answer(&self, text: &str, scope: Option<PlaceId>) -> Location {
        let withdrawn = self.context.withdrawn(text, READ);
        if withdrawn.is_empty() || !self.rules.heeds(Rule::Corrections) {
            return self.read(text, &[], scope);
        }
        // What is taken back must be replaced by another place; else something else was corrected: 兴城市兴海路3号，密码不对，要改成新的.
        let corrected = self.read(text, &withdrawn, scope);
        if corrected.outcome == Outcome::None { self.read(text, &[], scope) } else { corrected }
    }

    fn read(&self, text: &str, withdrawn: &[Range<usize>], scope: Option<PlaceId>) -> Location {
        let folded = Folded::new(text, withdrawn, READ, self.rules);
        let mut found = scan(&folded, &self.names, &self.pinyin, &self.context, &self.gazetteer);
        let first = weigh(&self.gazetteer, &found.evidence, scope, self.rules);
        let mut verdict = self.believed(&folded, &found, scope, first.clone());
        let cut = self.is_cut_off(&folded, &verdict);
        if verdict.outcome != Outcome::Sure || cut {
            // What is not believed on its own still tells where to look: 中山小榄.
            let search = Search {
                text: &folded,
                scan: &found,
                first: &first,
                scope,
                context: &self.context,
                gazetteer: &self.gazetteer,
                names: &self.names,
                sounds: &self.sounds,
            };
            let mut more = if self.rules.heeds(Rule::Stems) { towns_nearby(&search) } else { Vec::new() };
            if self.rules.heeds(Rule::Similar) {
                more.extend(self.similar.find(&search));
            }
            if !more.is_empty() {
                found.evidence.extend(more);
                found.evidence.append(&mut found.loose);
                settle(&self.gazetteer, &mut found.evidence, self.rules);
                let second = self.believed(&folded, &found, scope, weigh(&self.gazetteer, &found.evidence, scope, self.rules));
                if self.refines(&verdict, &second) || cut && self.reads_further(&verdict, &second) {
                    verdict = second;
                }
            }
        }
        self.write(text, &folded, &found, verdict)
    }

    /// Does the lowest name break off before the end of an area's: 铁山 in 铁山缸区? Then it may be the beginning of a longer one, misspelt.
    fn is_cut_off(&self, folded: &Folded, verdict: &Verdict) -> bool {
        if !self.rules.heeds(Rule::CutOff) {
            return false;
        }
        let Some(leaf) = verdict.best.as_ref().and_then(|best| best.links.first()) else { return false };
        let close = |at: usize| !folded.break_before(at) && folded.char(at).is_some_and(|c| "区县市旗".contains(c));
        !leaf.full && (close(leaf.end) || !folded.break_before(leaf.end) && close(leaf.end + 1))
    }

    /// Does a similar name take in the short one and more?
    fn reads_further(&self, first: &Verdict, second: &Verdict) -> bool {
        let leaf = |verdict: &Verdict| verdict.best.as_ref().and_then(|best| best.links.first()).map(|l| (l.start, l.end));
        match (leaf(first), leaf(second)) {
            (Some((start, end)), Some((from, to))) => from <= start && to > end,
            _ => false,
        }
    }

    /// Weak evidence may only sharpen what exact names said, never overrule it.
    fn refines(&self, first: &Verdict, second: &Verdict) -> bool {
        let under = |id: PlaceId, above: &PlaceId| self.gazetteer.is_under(id, *above);
        match (first.outcome, second.outcome) {
            (Outcome::None, _) => true,
            (Outcome::Missing, Outcome::Sure | Outcome::Missing) => {
                second.code.is_some_and(|c| first.code.iter().any(|f| under(c, f)))
            }
            (Outcome::Several, Outcome::Sure | Outcome::Missing) => {
                second.code.is_some_and(|c| first.candidates.iter().any(|f| under(c, f)))
            }
            _ => false,
        }
    }

    fn believed(&self, folded: &Folded, found: &Scan, scope: Option<PlaceId>, verdict: Verdict) -> Verdict {
        match &verdict.best {
            Some(best) if scope.is_none() && !self.believable(folded, found, best) => Verdict::none(),
            Some(best) if scope.is_none() && verdict.outcome == Outcome::Sure && self.is_common(folded, best) => Verdict::none(),
            _ => verdict,
        }
    }

    /// Names alone do not make an address: 和平 is a word, 兴城 before 12号楼 is a place.
    fn believable(&self, folded: &Folded, found: &Scan, best: &Chain) -> bool {
        if !self.rules.heeds(Rule::Believable) {
            return true;
        }
        let first = best.links.iter().map(|l| l.start).min().unwrap_or(0);
        let foreign = self.context.is_foreign(folded, first);
        if best.links.len() >= 2 {
            let similar_only = best.links.iter().all(|l| l.kind == ReasonKind::Similar);
            return !similar_only && (!foreign || best.links.iter().any(|l| l.full));
        }
        let Some(only) = best.links.first() else { return false };
        match only.kind {
            ReasonKind::Similar => {
                only.full && only.weight >= SIMILAR_ALONE && self.address_like(folded, found, only) && !foreign
            }
            _ if only.full && only.weight >= FULL_ALONE => !foreign || reaches_city(&self.gazetteer, best),
            _ => !foreign && only.anchored && self.address_like(folded, found, only),
        }
    }

    /// 江南 and 滨江 are districts, but first of all words that towns all over the country bear, and estates: 江南春晓3栋 is in no district. Such a
    /// short name counts alone only where a pause sets it off, somebody says that they are there, or a road follows.
    fn is_common(&self, folded: &Folded, best: &Chain) -> bool {
        const TOWNS: usize = 2;
        if !self.rules.heeds(Rule::Common) {
            return false;
        }
        let [only] = best.links.as_slice() else { return false };
        let set_off = folded.break_before(only.end) || folded.continues(only.end, "这");
        if only.full || set_off || self.context.said_to_be(folded, only.start) || self.context.has_road(folded) {
            return false;
        }
        let mut towns = 0;
        self.names.without_ending(folded, only.start, &TOWN_ENDINGS, |end, entries| {
            let elsewhere = |e: &&Entry| !self.gazetteer.is_under(e.place, only.place);
            towns += if end == only.end { entries.iter().filter(elsewhere).count() } else { 0 };
        });
        towns >= TOWNS
    }

    fn address_like(&self, folded: &Folded, found: &Scan, only: &Evidence) -> bool {
        let alone = only.start == 0 && only.end == folded.len();
        let detailed = found.detail.is_some_and(|(start, end)| start >= only.end && self.context.locates(folded, end));
        alone || self.context.said_to_be(folded, only.start) || folded.break_before(only.start) && detailed
    }

    fn write(&self, text: &str, folded: &Folded, found: &Scan, verdict: Verdict) -> Location {
        let code = |id: PlaceId| self.gazetteer.code(id);
        let Some(best) = verdict.best else {
            return Location {
                outcome: Outcome::None,
                code: None,
                candidates: Vec::new(),
                reasons: Vec::new(),
                rest: trim(text).to_owned(),
            };
        };
        let mut links = best.links.clone();
        links.sort_by_key(|l| l.start);
        let words = |l: &Evidence| text.get(folded.typed(l.start, l.end)).unwrap_or("").to_owned();
        let reasons = links.iter().map(|l| Reason { words: words(l), code: code(l.place), kind: l.kind }).collect();
        let known = verdict.code.unwrap_or(best.place);
        let named: Vec<&Evidence> = links.iter().filter(|l| self.gazetteer.is_under(known, l.place)).collect();
        Location {
            outcome: verdict.outcome,
            code: verdict.code.map(code),
            candidates: verdict.candidates.into_iter().map(code).collect(),
            reasons,
            rest: self.rest(text, folded, found, &named).to_owned(),
        }
    }

    /// What stands after the names of the known areas; if the street came first, what stands before, or all if it stands on both sides.
    fn rest<'t>(&self, text: &'t str, folded: &Folded, found: &Scan, named: &[&Evidence]) -> &'t str {
        let first = named.iter().map(|l| l.start).min();
        let last = named.iter().map(|l| l.end).max();
        let (Some(first), Some(last)) = (first, last) else {
            // A town spoke for its county: it stays in the rest, the county's name is nowhere in the text.
            let start = found.evidence.iter().filter(|e| e.anchored && e.full).map(|e| e.start).min().unwrap_or(0);
            return trim(text.get(folded.typed(start, start + 1).start..).unwrap_or(text));
        };
        // 上海花园5号楼: the name belongs to the estate as well.
        let estate = |l: &&&Evidence| l.end == last && !l.full && self.context.estate_follows(folded, last) > 0;
        let last = named.iter().find(estate).map_or(last, |l| l.start);
        let Range { start, end } = folded.typed(first, last);
        let after = trim(text.get(end..).unwrap_or(""));
        let before = trim(text.get(..start).unwrap_or(""));
        match (found.detail.is_some_and(|d| d.1 <= first), after.is_empty()) {
            (true, true) => before,
            // 3号楼，杭州市西湖区文三路: nothing may get lost.
            (true, false) => trim(text),
            (false, true) => self.between(text, folded, named),
            (false, false) => after,
        }
    }

    /// 武侯区浆洗街1号，成都: the street stands between its areas.
    fn between<'t>(&self, text: &'t str, folded: &Folded, named: &[&Evidence]) -> &'t str {
        let gap = named.windows(2).find_map(|pair| match pair {
            [one, next] if one.end < next.start => Some((one.end, next.start)),
            _ => None,
        });
        gap.map_or("", |(start, end)| text.get(folded.typed(start, end)).unwrap_or(""))
    }

    /// The `limit` county centres nearest to a point, nearest first. Degrees, WGS-84 or GCJ-02: the table's datum is unknown and the two differ
    /// by less than a kilometre. A point that is not a number has no neighbours.
    pub fn near(&self, latitude: f64, longitude: f64, limit: usize) -> Vec<Near> {
        if !latitude.is_finite() || !longitude.is_finite() {
            return Vec::new();
        }
        let counties = self
            .gazetteer
            .places()
            .iter()
            .enumerate()
            .filter(|&(id, p)| p.level == Level::County || self.gazetteer.is_unit(id as PlaceId));
        let mut near: Vec<(f64, u32)> =
            counties.filter_map(|(_, p)| p.point.map(|(lng, lat)| (distance(latitude, longitude, lat, lng), p.code))).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.into_iter().take(limit).map(|(km, code)| Near { code: code.to_string(), km }).collect()
    }
}

/// Without separators at either end.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ",，.。;；:：、-—·/|".contains(c))
}
