//! Finds the names in a text and judges each by its surroundings.
use super::context::Context;
use super::fold::Folded;
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::lexicon::{Entry, Found, Lexicon};
use super::location::ReasonKind;

/// A name in the text, speaking for one place. Weights are points; only their differences matter (see [`weight`]).
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
}

/// What scanning a text yields.
pub(crate) struct Scan {
    pub evidence: Vec<Evidence>,
    /// Start and end of the first word that belongs to a road, house or village.
    pub detail: Option<(usize, usize)>,
}

/// Reads the text with both automata.
pub(crate) fn scan(text: &Folded, names: &Lexicon, pinyin: &Lexicon, context: &Context, gazetteer: &Gazetteer) -> Scan {
    let found = names.find(text);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for f in &found {
        if f.end - f.start >= 2 && ends_like_area(text, f.end) && f.entries.iter().any(|e| e.kind != ReasonKind::Short) {
            spans.push((f.start, f.end));
        }
    }
    let detail = context.detail(text, |start, end| spans.iter().any(|&(s, e)| s <= start && end <= e || s < start && start < e));
    let goes_on = |f: &&Found<'_>| {
        f.end - f.start >= 2 && (ends_like_area(text, f.end) || f.entries.iter().any(|e| e.kind != ReasonKind::Town))
    };
    let starts: Vec<usize> = found.iter().filter(goes_on).map(|f| f.start).collect();
    let mut judge = Judge {
        text,
        context,
        gazetteer,
        detail_end: detail.map_or(usize::MAX, |d| d.1),
        ends: vec![false; text.len() + 1],
        starts,
    };
    let mut evidence = Vec::with_capacity(found.len() * 2);
    for f in &found {
        judge.chinese(f, &mut evidence);
    }
    if longest_latin(text) >= 4 {
        let mut latin = pinyin.find(text);
        latin.retain(|f| f.end - f.start >= 4);
        for f in &latin {
            judge.latin(f, &latin, &mut evidence);
        }
    }
    drop_inner(gazetteer, &mut evidence);
    follow_moved_towns(gazetteer, &mut evidence);
    Scan { evidence, detail }
}

/// Names that lie within a longer one with its suffix were not meant: 城镇 in 于城镇. A city at its beginning may be: 普洱镇沅 is not 普洱镇.
fn drop_inner(gazetteer: &Gazetteer, evidence: &mut Vec<Evidence>) {
    let long = |e: &&Evidence| e.full && e.anchored && e.end - e.start > 2;
    let spans: Vec<(usize, usize)> = evidence.iter().filter(long).map(|e| (e.start, e.end)).collect();
    evidence.retain(|f| {
        let high = gazetteer.place(f.place).is_some_and(|p| matches!(p.level, Level::Province | Level::Prefecture));
        !spans.iter().any(|&(s, e)| s <= f.start && f.end <= e && f.end - f.start < e - s && !(high && s == f.start))
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

/// Taken off a name with a separator inside: 汉中 镇巴 is not 中镇.
const BROKEN: f32 = 1.0;

/// Names that hundreds of places share in speech, though the lists give them to a few: they settle nothing.
fn is_generic(name: &str) -> bool {
    const GENERIC: [&str; 14] = [
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
    GENERIC.contains(&name)
}

/// Points for a name by its rank and the way it is written, before its surroundings count.
///
/// A full name says more than a short one, a higher area more than a lower one, a longer name more than a shorter one. A single short name of a
/// county (6) stays below what an answer needs unless its surroundings speak for it.
pub(crate) fn weight(level: Level, kind: ReasonKind, chars: usize, full: bool) -> f32 {
    let long = chars.saturating_sub(3).min(8) as f32 * 0.5;
    match (kind, level) {
        (ReasonKind::Short, Level::Province) => 10.0,
        (ReasonKind::Short, Level::Prefecture) => 7.5,
        (ReasonKind::Short, _) | (ReasonKind::Old, Level::County) if !full => 6.0 + chars.saturating_sub(2).min(4) as f32,
        // A former town, entered under the area that it lay in.
        (ReasonKind::Town, rank) if rank != Level::Town => {
            if full {
                8.5
            } else {
                3.0
            }
        }
        (_, Level::Province) => 14.0,
        (_, Level::Prefecture) => 13.0 + long,
        (_, Level::Devzone) => 9.0 + long,
        (ReasonKind::Old, Level::Town) => 7.5,
        (_, Level::Town) if !full => {
            if chars < 3 {
                3.0
            } else {
                6.0
            }
        }
        (_, Level::Town) => {
            if chars < 3 {
                7.0
            } else {
                10.0 + long
            }
        }
        (_, Level::County) => {
            if chars < 3 {
                9.0
            } else {
                12.0 + long
            }
        }
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
    /// Where names begin, ascending.
    starts: Vec<usize>,
    /// Does a name that stands in its place end here? Another may begin then.
    ends: Vec<bool>,
}

impl Judge<'_> {
    fn begins_well(&self, at: usize) -> bool {
        self.context.may_begin(self.text, at) || self.ends.get(at).copied().unwrap_or(false)
    }

    fn chinese(&mut self, found: &Found<'_>, out: &mut Vec<Evidence>) {
        let (start, end) = (found.start, found.end);
        let chars = end - start;
        if chars < 2 {
            return;
        }
        let suffixed = ends_like_area(self.text, end);
        let anchored = self.begins_well(start);
        let late = start >= self.detail_end;
        let broken = (start + 1..end).any(|at| self.text.break_before(at));
        // 安庆三桥镇: what looks like a road is the next name.
        let next = self.starts.binary_search(&end).is_ok();
        let road = !next && self.context.road_follows(self.text, end);
        let estate = !next && self.context.estate_follows(self.text, end);
        let generic = is_generic(&self.text.slice(start, end).iter().collect::<String>());
        let trap = self.context.trap_follows(self.text, end);
        for &Entry { place, kind } in found.entries {
            let Some(level) = self.gazetteer.place(place).map(|p| p.level) else { continue };
            let full = suffixed && kind != ReasonKind::Short;
            let certain = full && chars >= 3;
            let high = matches!(level, Level::Province | Level::Prefecture);
            // 横河南新村 is not in 河南; 张家巷虎门镇 is in 虎门镇.
            if !certain && (road || trap || estate && !high || !anchored) {
                continue;
            }
            let mut points = if generic && (level, kind) != (Level::County, ReasonKind::Name) {
                3.0
            } else {
                weight(level, kind, chars, full)
            };
            if !anchored {
                points -= 2.0;
            }
            if broken {
                points -= BROKEN;
            }
            if late {
                points *= if full { 0.6 } else { 0.25 };
            }
            out.push(Evidence { start, end, place, kind, weight: points, full, anchored, late });
        }
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
        let tail: String = self.text.slice(end, (end + 3).min(self.text.len())).iter().collect();
        if tail.starts_with("lu") && !letter(end + 2) || tail.starts_with("jie") {
            return;
        }
        for &Entry { place, kind } in found.entries {
            let Some(Place { level, name, .. }) = self.gazetteer.place(place).map(|p| Place { level: p.level, name: &p.name })
            else {
                continue;
            };
            let word: String = self.text.slice(start, end).iter().collect();
            let full = LATIN_SUFFIXES.iter().any(|s| word.ends_with(s)) && name.chars().count() >= 2;
            let points = weight(level, if full { ReasonKind::Name } else { ReasonKind::Short }, 3, full) - 1.0;
            let late = start >= self.detail_end;
            out.push(Evidence {
                start,
                end,
                place,
                kind,
                weight: if late { points * 0.4 } else { points },
                full,
                anchored: true,
                late,
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
