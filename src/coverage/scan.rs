//! Finds the names in a text and judges each by its surroundings.
use super::context::Context;
use super::fold::Folded;
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::lexicon::{Entry, Found, Lexicon};
use super::location::ReasonKind;
use super::rules::{Rule, Rules};
use super::weights::{GENERIC, LATE, LATE_FULL, LATE_LATIN, LATIN, weight};

/// A name in the text, speaking for one place. Weights are points; only their differences matter (see [`super::weights`]).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    /// First character in the folded text, and the one after the last.
    pub start: usize,
    pub end: usize,
    pub place: PlaceId,
    pub kind: ReasonKind,
    pub weight: f32,
    /// Written with its suffix (市, 县, 镇 …), so that it can hardly be anything but an area.
    pub full: bool,
    /// Stands where an address may begin or go on.
    pub anchored: bool,
    /// Stands after the first road, house or village.
    pub late: bool,
    /// Begins in the middle of other words; see [`settle`].
    pub loose: bool,
}

/// What scanning a text yields.
pub(crate) struct Scan {
    pub evidence: Vec<Evidence>,
    /// Names in the middle of other words that found no company; see [`settle`].
    pub loose: Vec<Evidence>,
    /// Start and end of the first word that belongs to a road, house or village.
    pub detail: Option<(usize, usize)>,
}

/// Reads the text with both automata.
pub(crate) fn scan(text: &Folded, names: &Lexicon, pinyin: &Lexicon, context: &Context, gazetteer: &Gazetteer) -> Scan {
    let found = names.find(text);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for f in &found {
        if ends_like_area(text, f.end) && f.entries.iter().any(|e| e.kind != ReasonKind::Short) {
            spans.push((f.start, f.end));
        }
    }
    let detail = context.detail(text, |start, end| spans.iter().any(|&(s, e)| s <= start && end <= e || s < start && start < e));
    let mut reach = vec![0; text.len() + 1];
    for f in &found {
        // A short name must be longer than the word for a road or an estate which it may be: 明光商城 is not in 商城县.
        let counts = match ends_like_area(text, f.end) {
            true => f.end + 1,
            false if f.entries.iter().any(|e| e.kind != ReasonKind::Town) => f.end,
            false => 0,
        };
        if let Some(furthest) = reach.get_mut(f.start) {
            *furthest = counts.max(*furthest);
        }
    }
    let mut judge = Judge {
        text,
        context,
        gazetteer,
        detail_end: detail.map_or(usize::MAX, |d| d.1),
        named: false,
        ends: vec![false; text.len() + 1],
        reach,
    };
    let mut evidence = Vec::with_capacity(found.len() * 2);
    for f in &found {
        judge.chinese(f, &mut evidence);
    }
    let rules = context.rules;
    if longest_latin(text) >= 4 && rules.heeds(Rule::Pinyin) {
        let latin = pinyin.find(text);
        for f in &latin {
            judge.latin(f, &latin, &mut evidence);
        }
    }
    let loose = settle(gazetteer, &mut evidence, rules);
    if rules.heeds(Rule::Inner) {
        drop_inner(gazetteer, &mut evidence);
    }
    if rules.heeds(Rule::Moved) {
        follow_moved_towns(gazetteer, &mut evidence);
    }
    Scan { evidence, loose, detail }
}

/// A name that begins in the middle of other words counts only next to one that it belongs to: 何南|鹤壁|浚县, 甘呃肃|庆阳|宁县. One stray character
/// between the two does no harm: 运城市夏夏县.
pub(crate) fn settle(gazetteer: &Gazetteer, evidence: &mut Vec<Evidence>, rules: Rules) -> Vec<Evidence> {
    const STRAY: usize = 1;
    if evidence.iter().all(|e| !e.loose) {
        return Vec::new();
    }
    let next = |high: &Evidence, low: &Evidence| {
        let gap = low.start.checked_sub(high.end);
        gap.is_some_and(|gap| gap == 0 || gap <= STRAY && high.anchored)
            && high.place != low.place
            && gazetteer.is_under(low.place, high.place)
    };
    let all = evidence.clone();
    for e in evidence.iter_mut().filter(|e| e.loose) {
        if rules.heeds(Rule::Settle) && all.iter().any(|other| next(other, e) || next(e, other)) {
            e.loose = false;
            e.anchored = true;
        }
    }
    evidence.extract_if(.., |e| e.loose).collect()
}

/// Names that lie within a longer one with its suffix were not meant: 城镇 in 于城镇. A city at its beginning may be, if another name goes on from
/// there: 普洱镇沅 is not 普洱镇. Of two short names that begin together the longer was meant: 连云港, not 连云.
fn drop_inner(gazetteer: &Gazetteer, evidence: &mut Vec<Evidence>) {
    let is_high = |e: &Evidence| gazetteer.place(e.place).is_some_and(|p| matches!(p.level, Level::Province | Level::Prefecture));
    let town = |e: &Evidence| e.kind == ReasonKind::Town;
    let spans: Vec<(usize, usize, bool, bool)> = evidence
        .iter()
        .filter(|e| e.anchored && e.end - e.start > 2 && (e.full || !town(e)))
        .map(|e| (e.start, e.end, e.full, is_high(e)))
        .collect();
    let goes_on: Vec<(usize, usize)> = evidence.iter().filter(|e| e.anchored).map(|e| (e.start, e.end)).collect();
    evidence.retain(|f| {
        !spans.iter().any(|&(start, end, full, above)| {
            let inside = start <= f.start && f.end <= end && f.end - f.start < end - start;
            let city = start == f.start && is_high(f);
            let on = || goes_on.iter().any(|&(s, e)| s == f.end && e > end);
            match full {
                true => inside && !(city && on()),
                false => inside && start == f.start && !f.full && (above || !city),
            }
        })
    });
}

/// People write the county that a town belonged to before: 余杭区临平街道 lies in 临平区 now. The old county then speaks for the new one.
fn follow_moved_towns(gazetteer: &Gazetteer, evidence: &mut Vec<Evidence>) {
    let mut added: Vec<Evidence> = Vec::new();
    for town in evidence.iter().filter(|e| e.full) {
        for &(_, before) in gazetteer.moved.iter().filter(|m| m.0 == town.place) {
            let Some(now) = gazetteer.place(town.place).and_then(|p| p.parent) else { continue };
            let named = evidence.iter().filter(|e| e.place == before && e.end <= town.start);
            added.extend(named.map(|e| Evidence { place: now, kind: ReasonKind::Old, ..*e }));
        }
    }
    evidence.extend(added);
}

/// Names that hundreds of places share in speech, though the lists give them to a few: they settle nothing.
fn is_generic(name: &[char]) -> bool {
    const NAMES: [&str; 14] = [
        "高新区",
        "开发区",
        "经济开发区",
        "经济技术开发区",
        "高新技术产业开发区",
        "高新技术开发区",
        "工业园区",
        "工业园",
        "工业区",
        "城区",
        "街道",
        "林场",
        "农场",
        "园区",
    ];
    NAMES.iter().any(|generic| generic.chars().eq(name.iter().copied()))
}

/// Are names of this kind looked for?
fn is_heeded(rules: Rules, kind: ReasonKind) -> bool {
    match kind {
        ReasonKind::Short => rules.heeds(Rule::Shorts),
        ReasonKind::Old => rules.heeds(Rule::Olds),
        ReasonKind::Town => rules.heeds(Rule::Towns),
        ReasonKind::Name | ReasonKind::Pinyin | ReasonKind::Similar => true,
    }
}

fn ends_like_area(text: &Folded, end: usize) -> bool {
    const LAST: &str = "省市区县州盟旗镇乡道木域";
    end.checked_sub(1).and_then(|at| text.char(at)).is_some_and(|c| LAST.contains(c))
}

fn longest_latin(text: &Folded) -> usize {
    text.chars.split(|c| !c.is_ascii_lowercase()).map(<[char]>::len).max().unwrap_or(0)
}

struct Judge<'a> {
    text: &'a Folded,
    context: &'a Context,
    gazetteer: &'a Gazetteer,
    detail_end: usize,
    /// Does an area stand before the first road or house?
    named: bool,
    /// For each character, where the longest name that begins there ends, and one more if it ends like that of an area.
    reach: Vec<usize>,
    /// Does a name that stands in its place end here? Another may begin then.
    ends: Vec<bool>,
}

impl Judge<'_> {
    fn begins_well(&self, at: usize) -> bool {
        self.context.may_begin(self.text, at) || self.ends.get(at).copied().unwrap_or(false)
    }

    /// Is this an address from the smallest part up: 3号楼，兴城，葫芦岛? Then the areas behind the house are no streets or firms.
    fn is_reversed(&self, start: usize) -> bool {
        let goes_on = || self.ends.get(start).copied().unwrap_or(false);
        self.context.rules.heeds(Rule::Reversed) && !self.named && (self.text.break_before(start) || goes_on())
    }

    fn chinese(&mut self, found: &Found<'_>, out: &mut Vec<Evidence>) {
        let (start, end) = (found.start, found.end);
        let chars = end - start;
        let suffixed = ends_like_area(self.text, end);
        let anchored = self.begins_well(start);
        let late = start >= self.detail_end && !self.is_reversed(start);
        // 安庆三桥镇: what looks like a road is the next name.
        let reach = self.reach.get(end).copied().unwrap_or(0);
        let follows = |length: usize| length > 0 && reach <= end + length;
        let road = follows(self.context.road_follows(self.text, end));
        let estate = follows(self.context.estate_follows(self.text, end));
        let generic = is_generic(self.text.slice(start, end));
        let trap = self.context.trap_follows(self.text, end);
        let (rules, before) = (self.context.rules, out.len());
        for &Entry { place, kind } in found.entries.iter().filter(|e| is_heeded(rules, e.kind)) {
            let Some(level) = self.gazetteer.place(place).map(|p| p.level) else { continue };
            let full = suffixed && kind != ReasonKind::Short;
            let certain = full && chars >= 3;
            let high = matches!(level, Level::Province | Level::Prefecture);
            // 横河南新村 is not in 河南; 张家巷虎门镇 is in 虎门镇.
            if !certain && (road || trap || estate && !high) {
                continue;
            }
            let loose = !certain && !anchored;
            if loose && (late || kind == ReasonKind::Town) {
                continue;
            }
            let mut points = if generic && rules.heeds(Rule::Generic) && (level, kind) != (Level::County, ReasonKind::Name) {
                GENERIC
            } else {
                weight(level, kind, chars, full)
            };
            if late {
                points *= rules.share(Rule::Late, if full { LATE_FULL } else { LATE });
            }
            out.push(Evidence { start, end, place, kind, weight: points, full, anchored, late, loose });
        }
        self.named |= anchored && start < self.detail_end && out.len() > before;
        if anchored
            && !road
            && let Some(slot) = self.ends.get_mut(end)
        {
            *slot = true;
        }
    }

    /// Latin letters carry no word boundaries of their own, so a name must begin and end where words do.
    fn latin(&mut self, found: &Found<'_>, all: &[Found<'_>], out: &mut Vec<Evidence>) {
        let (start, end) = (found.start, found.end);
        let letter = |at: usize| self.text.char(at).is_some_and(|c| c.is_ascii_lowercase());
        let starts = self.text.break_before(start)
            || !start.checked_sub(1).is_some_and(letter)
            || self.ends.get(start).copied().unwrap_or(false);
        let stops = self.text.break_before(end) || !letter(end) || all.iter().any(|f| f.start == end);
        if !starts || !stops {
            return;
        }
        // Beijing Lu, Beijing Jie: a road of that name; Beijing Jiefang Lu is in Beijing.
        let word = |word: &str| {
            let after = end + word.len();
            let name = all.iter().any(|f| f.start == end && f.end > after);
            self.text.continues(end, word) && (!letter(after) || self.text.break_before(after)) && !name
        };
        if ["lu", "jie", "dajie", "dadao", "donglu", "xilu", "nanlu", "beilu", "zhonglu"].into_iter().any(word) {
            return;
        }
        let name_in_latin: String = self.text.slice(start, end).iter().collect();
        let full_in_latin = LATIN_SUFFIXES.iter().any(|s| name_in_latin.ends_with(s));
        for &Entry { place, kind } in found.entries {
            let Some(Place { level, name, .. }) = self.gazetteer.place(place).map(|p| Place { level: p.level, name: &p.name })
            else {
                continue;
            };
            let full = full_in_latin && name.chars().count() >= 2;
            let points = weight(level, if full { ReasonKind::Name } else { ReasonKind::Short }, 3, full) - LATIN;
            let late = start >= self.detail_end;
            out.push(Evidence {
                start,
                end,
                place,
                kind,
                weight: if late { points * self.context.rules.share(Rule::Late, LATE_LATIN) } else { points },
                full,
                anchored: true,
                late,
                loose: false,
            });
        }
        if let Some(slot) = self.ends.get_mut(end) {
            *slot = true;
        }
    }
}

const LATIN_SUFFIXES: [&str; 7] = ["sheng", "shi", "qu", "xian", "zhou", "meng", "qi"];

struct Place<'a> {
    level: Level,
    name: &'a str,
}
