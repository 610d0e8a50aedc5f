//! Adds up evidence along the hierarchy and decides.
//!
//! Every name may be the lowest area of the address. Its score is its own weight plus the best weight of a name for each area above it, where
//! the names must not overlap; names in the usual order and next to each other count a little more. The best score wins; what comes close to it
//! is a rival. Rivals in one district do not matter; others make the answer *several*.
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::location::{Outcome, ReasonKind};
use super::rules::{Rule, Rules};
use super::scan::Evidence;
use super::weights::{IN_ORDER, LEAST, LEFT_OUT, MARGIN, NEXT_TO, SCOPE};

/// The lowest area named, and the names that support it.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub place: PlaceId,
    pub score: f32,
    /// From the lowest area up.
    pub links: Vec<Evidence>,
}

/// What the evidence says.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub outcome: Outcome,
    pub code: Option<PlaceId>,
    pub candidates: Vec<PlaceId>,
    /// The best chain; none if nothing was said.
    pub best: Option<Chain>,
}

impl Verdict {
    pub fn none() -> Self {
        Self { outcome: Outcome::None, code: None, candidates: Vec::new(), best: None }
    }
}

/// Decides. `scope` is an area that the question already gave.
pub(crate) fn weigh(gazetteer: &Gazetteer, evidence: &[Evidence], scope: Option<PlaceId>, rules: Rules) -> Verdict {
    let mut sorted: Vec<Evidence> = evidence.to_vec();
    sorted.sort_unstable_by_key(|e| (e.place, e.start, std::cmp::Reverse(e.end)));
    let stated = stated(gazetteer, &sorted);
    let score = |leaf: &Evidence| {
        score(gazetteer, &sorted, leaf, scope, rules) - rules.points(Rule::LeftOut, left_out(gazetteer, &stated, leaf))
    };
    let scores: Vec<f32> = sorted.iter().map(score).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    if top < LEAST {
        return Verdict::none();
    }
    let close = sorted.iter().zip(&scores).filter(|&(_, &points)| points >= top - rules.points(Rule::Margin, MARGIN));
    let mut chains: Vec<Chain> = close.map(|(leaf, _)| chain(gazetteer, &sorted, leaf, scope, rules)).collect();
    chains.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
    chains.dedup_by_key(|c| c.place);
    let rivals = rivals(gazetteer, &chains);
    let Some(best) = rivals.first().map(|&c| c.clone()) else { return Verdict::none() };
    let mut units: Vec<PlaceId> = rivals.iter().map(|c| gazetteer.unit(c.place)).collect();
    units.sort_unstable_by_key(|&u| gazetteer.place(u).map(|p| p.code));
    units.dedup();
    // A development zone names no district, but it lies in the city that another rival may name.
    let all = units.clone();
    units.retain(|&u| !all.iter().any(|&other| other != u && gazetteer.is_under(other, u)));
    match units.as_slice() {
        [] => Verdict::none(),
        [one] if gazetteer.is_unit(*one) => {
            Verdict { outcome: Outcome::Sure, code: Some(*one), candidates: Vec::new(), best: Some(best) }
        }
        [one] => Verdict { outcome: Outcome::Missing, code: Some(*one), candidates: Vec::new(), best: Some(best) },
        _ => Verdict { outcome: Outcome::Several, code: None, candidates: units, best: Some(best) },
    }
}

/// A name that can hardly be anything but a province, city or county, and the places that it can mean.
struct Stated {
    start: usize,
    end: usize,
    places: Vec<PlaceId>,
    /// A short name where an address names its district: first, or right behind its city. It outranks short names further on, which are
    /// streets and estates then (达日，光明社区), but no full one.
    short: bool,
}

/// What the text clearly names.
fn stated(gazetteer: &Gazetteer, evidence: &[Evidence]) -> Vec<Stated> {
    let mut stated: Vec<Stated> = Vec::new();
    let clear = evidence.iter().filter(|e| e.anchored && !e.late && e.kind != ReasonKind::Similar);
    let first = clear.clone().map(|e| e.start).min();
    for e in clear {
        let parent = || gazetteer.place(e.place).and_then(|p| p.parent);
        let behind_parent = || evidence.iter().any(|other| other.end == e.start && Some(other.place) == parent());
        let short = match gazetteer.place(e.place).map(|p| p.level) {
            Some(Level::Province) => false,
            Some(Level::Prefecture) if e.full || e.start == 0 || behind_parent() => false,
            Some(Level::County) if e.full && e.end - e.start >= 3 => false,
            Some(Level::County) if !e.full && (Some(e.start) == first || behind_parent()) => true,
            _ => continue,
        };
        match stated.iter_mut().find(|s| (s.start, s.end) == (e.start, e.end)) {
            Some(same) => {
                same.places.push(e.place);
                same.short &= short;
            }
            None => stated.push(Stated { start: e.start, end: e.end, places: vec![e.place], short }),
        }
    }
    stated
}

fn left_out(gazetteer: &Gazetteer, stated: &[Stated], leaf: &Evidence) -> f32 {
    let missing = stated.iter().filter(|s| {
        s.end <= leaf.start && !(s.short && leaf.full) && !s.places.iter().any(|&p| gazetteer.is_under(leaf.place, p))
    });
    missing.count() as f32 * LEFT_OUT
}

/// Without those that another one makes superfluous: 长沙 is both a city and a county in it (the city is meant), 杭州西湖区 is also in 杭州.
fn rivals<'a>(gazetteer: &Gazetteer, chains: &'a [Chain]) -> Vec<&'a Chain> {
    let span = |c: &Chain| c.links.first().filter(|l| l.kind != ReasonKind::Town).map(|l| (l.start, l.end));
    let inside = |low: &Chain, high: &Chain| low.place != high.place && gazetteer.is_under(low.place, high.place);
    let first: Vec<&Chain> = chains
        .iter()
        .filter(|low| !chains.iter().any(|high| inside(low, high) && span(low).is_some() && span(low) == span(high)))
        .collect();
    first.iter().filter(|high| !first.iter().any(|low| inside(low, high))).copied().collect()
}

fn score(gazetteer: &Gazetteer, sorted: &[Evidence], leaf: &Evidence, scope: Option<PlaceId>, rules: Rules) -> f32 {
    let mut total = 0.0;
    walk(gazetteer, sorted, leaf, scope, rules, |_, points| total += points);
    total
}

fn chain(gazetteer: &Gazetteer, sorted: &[Evidence], leaf: &Evidence, scope: Option<PlaceId>, rules: Rules) -> Chain {
    let mut made = Chain { place: leaf.place, score: 0.0, links: Vec::with_capacity(4) };
    walk(gazetteer, sorted, leaf, scope, rules, |link, points| {
        made.score += points;
        made.links.extend(link.copied());
    });
    made
}

/// Visits the leaf and the best name of each area above it with the points that each adds.
fn walk<'a>(
    gazetteer: &Gazetteer,
    sorted: &'a [Evidence],
    leaf: &'a Evidence,
    scope: Option<PlaceId>,
    rules: Rules,
    mut visit: impl FnMut(Option<&'a Evidence>, f32),
) {
    visit(Some(leaf), leaf.weight);
    let mut used = [(leaf.start, leaf.end); 4];
    let mut count = 1;
    let mut below = leaf;
    let mut scoped = scope == Some(leaf.place);
    for above in gazetteer.line(leaf.place).skip(1) {
        scoped |= scope == Some(above);
        let from = sorted.partition_point(|e| e.place < above);
        let names = sorted.get(from..).unwrap_or(&[]).iter().take_while(|e| e.place == above);
        let free = names.filter(|e| used.iter().take(count).all(|&(s, t)| e.end <= s || t <= e.start));
        let points = |e: &Evidence| match () {
            () if e.end == below.start => e.weight + rules.points(Rule::Order, NEXT_TO),
            () if e.end < below.start => e.weight + rules.points(Rule::Order, IN_ORDER),
            // Repeated or written after: it still tells which one of several is meant.
            () => e.weight,
        };
        let Some(best) = free.max_by(|a, b| points(a).total_cmp(&points(b))) else { continue };
        visit(Some(best), points(best));
        below = best;
        if let Some(slot) = used.get_mut(count) {
            *slot = (best.start, best.end);
            count += 1;
        }
    }
    if scoped {
        visit(None, SCOPE);
    }
}

/// Is the highest-ranking area of this chain at least a prefecture?
pub(crate) fn reaches_city(gazetteer: &Gazetteer, chain: &Chain) -> bool {
    chain.links.iter().any(|l| gazetteer.place(l.place).is_some_and(|p| matches!(p.level, Level::Province | Level::Prefecture)))
}
