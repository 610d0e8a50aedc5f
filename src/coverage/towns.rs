//! Towns written without their suffix, or nearly right, next to the area that they lie in: 温州仰义, 儋州市木堂镇.
//!
//! A town's stem is a common word (新华, 和平), so it counts only where exact names already led, and only right behind them.
use super::fold::Folded;
use super::gazetteer::{Level, PlaceId};
use super::location::ReasonKind;
use super::scan::Evidence;
use super::similar::{Edit, Search, edit};
use super::sound::Sounds;
use super::weights::{NEARLY, NEARLY_BY_SOUND, STEM};

/// What a town's name ends with, and people leave out.
pub(crate) const TOWN_ENDINGS: [&[char]; 6] =
    [&['街', '道', '办', '事', '处'], &['街', '道'], &['地', '区'], &['苏', '木'], &['镇'], &['乡']];

/// Evidence for towns below the areas that the verdict leaves open (or below the scope of the question).
pub(crate) fn towns_nearby(search: &Search<'_>) -> Vec<Evidence> {
    let &Search { text, scan, first: verdict, scope, context, gazetteer, names, sounds } = search;
    let roots: Vec<PlaceId> = verdict.code.into_iter().chain(verdict.candidates.iter().copied()).chain(scope).collect();
    let led = scan.evidence.iter().filter(|e| e.anchored && !e.late && roots.contains(&e.place));
    let mut starts: Vec<(usize, bool)> = led.map(|e| (e.end, e.full)).collect();
    if scope.is_some() {
        starts.push((0, true));
    }
    starts.sort_unstable();
    starts.dedup();
    let mut out = Vec::new();
    let made = |start, end, place, full, weight| Evidence {
        start,
        end,
        place,
        kind: if full { ReasonKind::Similar } else { ReasonKind::Town },
        weight,
        full,
        anchored: true,
        late: false,
        loose: false,
    };
    for &(start, full) in &starts {
        names.without_ending(text, start, &TOWN_ENDINGS, |end, entries| {
            // 黄河西路街道 bears the name of a road, not the road that of the town. And two words without any suffix need more of an
            // address behind them: 贵州茅台锁在里面.
            let road = end - start > 2 && text.slice(end - 1, end).iter().any(|c| "路街巷".contains(*c));
            let ends = full || text.break_before(end) || scan.detail.is_some();
            if road || !ends || context.road_follows(text, end) > 0 || context.estate_follows(text, end) > 0 {
                return;
            }
            let towns = entries.iter().filter(|e| gazetteer.place(e.place).is_some_and(|p| p.level == Level::Town));
            let inside = towns.filter(|e| roots.iter().any(|&root| gazetteer.is_under(e.place, root)));
            out.extend(inside.map(|e| made(start, end, e.place, false, STEM)));
        });
        // Elsewhere a town only points to its county, and nearly the right town is too little for that.
        for &root in roots.iter().filter(|&&root| gazetteer.by_town(root)) {
            for &town in gazetteer.place(root).map_or(&[][..], |p| &p.children) {
                let name: Vec<char> = gazetteer.name(town).chars().collect();
                out.extend(nearly(text, start, &name, sounds).map(|(end, weight)| made(start, end, town, true, weight)));
            }
        }
    }
    out
}

/// Where a stretch that is nearly this town's name ends, and what it is worth.
fn nearly(text: &Folded, start: usize, name: &[char], sounds: &Sounds) -> Option<(usize, f32)> {
    if name.len() < 3 {
        return None;
    }
    let ends = [name.len(), name.len() - 1, name.len() + 1].map(|length| start + length);
    let near = ends.into_iter().filter_map(|end| {
        let part = text.slice(start, end);
        let weight = match edit(part, name, sounds)? {
            Edit::Homophone | Edit::Lookalike => NEARLY_BY_SOUND,
            Edit::Changed => NEARLY,
            _ => NEARLY_BY_SOUND - 0.5,
        };
        (part.last() == name.last()).then_some((end, weight))
    });
    near.max_by(|a, b| a.1.total_cmp(&b.1))
}
