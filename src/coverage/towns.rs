//! Towns written without their suffix, or nearly right, next to the area that they lie in: 温州仰义, 儋州市木堂镇.
//!
//! A town's stem is a common word (新华, 和平), so it counts only where exact names already led, and only right behind them.
use super::context::Context;
use super::fold::Folded;
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::location::ReasonKind;
use super::scan::{Evidence, Scan};
use super::sound::Sounds;
use super::weigh::Verdict;

const STEM: f32 = 5.0;
const NEARLY: f32 = 4.5;
const SUFFIXES: [&[char]; 6] = [&['街', '道', '办', '事', '处'], &['街', '道'], &['地', '区'], &['苏', '木'], &['镇'], &['乡']];

/// Evidence for towns below the areas that the verdict leaves open (or below the scope of the question).
pub(crate) fn towns_nearby(
    gazetteer: &Gazetteer,
    text: &Folded,
    scan: &Scan,
    verdict: &Verdict,
    context: &Context,
    sounds: &Sounds,
    scope: Option<PlaceId>,
) -> Vec<Evidence> {
    let roots: Vec<PlaceId> = verdict.code.into_iter().chain(verdict.candidates.iter().copied()).chain(scope).collect();
    let mut starts: Vec<usize> =
        scan.evidence.iter().filter(|e| e.anchored && !e.late && roots.contains(&e.place)).map(|e| e.end).collect();
    if scope.is_some() {
        starts.push(0);
    }
    starts.sort_unstable();
    starts.dedup();
    let mut out = Vec::new();
    if starts.is_empty() {
        return out;
    }
    for root in roots {
        let by_town = gazetteer.by_town(root);
        each_town(gazetteer, root, &mut |town, name| {
            for &start in &starts {
                out.extend(read(text, start, name, by_town, sounds).map(|(end, full)| {
                    let weight = if full { NEARLY } else { STEM };
                    Evidence {
                        start,
                        end,
                        place: town,
                        kind: if full { ReasonKind::Similar } else { ReasonKind::Town },
                        weight,
                        full,
                        anchored: true,
                        late: false,
                    }
                }));
            }
        });
    }
    out.retain(|e| e.full || !context.road_follows(text, e.end) && !context.estate_follows(text, e.end));
    out
}

/// Where the town's name ends if its stem, or nearly the whole name (then `true`), begins here.
fn read(text: &Folded, start: usize, name: &[char], by_town: bool, sounds: &Sounds) -> Option<(usize, bool)> {
    let stem = stem(name);
    if stem.len() >= 2 && text.slice(start, start + stem.len()) == stem {
        return Some((start + stem.len(), false));
    }
    // Elsewhere a town only points to its county, and nearly the right town is too little for that.
    if !by_town || name.len() < 3 {
        return None;
    }
    let alike = |part: &[char]| part.len() == name.len() && part.iter().zip(name).all(|(&a, &b)| sounds.alike(a, b));
    let lengths = [name.len(), name.len() - 1, name.len() + 1];
    lengths.into_iter().map(|n| (start + n, text.slice(start, start + n))).find_map(|(end, part)| {
        let near = part.last() == name.last() && (alike(part) || strsim::generic_damerau_levenshtein(part, name) == 1);
        (near && !part.is_empty()).then_some((end, true))
    })
}

fn stem(name: &[char]) -> &[char] {
    SUFFIXES.iter().find_map(|s| name.strip_suffix(*s)).unwrap_or(name)
}

fn each_town(gazetteer: &Gazetteer, root: PlaceId, visit: &mut impl FnMut(PlaceId, &[char])) {
    let Some(place) = gazetteer.place(root) else { return };
    if place.level == Level::Town {
        let name: Vec<char> = place.name.chars().collect();
        visit(root, &name);
    }
    for &child in &place.children {
        each_town(gazetteer, child, visit);
    }
}
