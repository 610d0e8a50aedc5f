//! Changes of the areas served. Each gives the words on what was changed.
use std::collections::BTreeSet;

use crate::coverage::{Level, Matcher, Served};
use crate::dialog::areas::listed;
use crate::vocabulary::say::Text;

use crate::core::stage::Stage;

/// Serves areas from now on: a province or a city means all its counties.
pub(super) fn serve(stage: &mut Stage<'_>, codes: &[String]) -> Vec<Text> {
    let matcher = &stage.world.matcher;
    let mut served: BTreeSet<String> = stage.scene.served.codes().collect();
    let (mut added, mut already) = (Vec::new(), Vec::new());
    for named in codes {
        let before = added.len();
        for code in counties(matcher, named) {
            let covered = above(matcher, &code).iter().any(|a| served.contains(a));
            if let Some(name) = matcher.full_name(&code).filter(|_| !covered && served.insert(code.clone())) {
                added.push((code, name));
            }
        }
        already.extend(matcher.full_name(named).filter(|_| added.len() == before));
    }
    let names: Vec<String> = added.iter().map(|(_, name)| name.clone()).collect();
    stage.step.serve.extend(added);
    stage.scene.served = Served::new(served);
    told(&names, "districts-added", &already, "districts-added-none")
}

/// Serves areas no longer, with everything in them.
pub(super) fn unserve(stage: &mut Stage<'_>, codes: &[String]) -> Vec<Text> {
    let matcher = &stage.world.matcher;
    let mut served: BTreeSet<String> = stage.scene.served.codes().collect();
    let (mut removed, mut already) = (Vec::new(), Vec::new());
    for code in codes {
        // A city that is served as a whole is served without this county from now on.
        for whole in above(matcher, code).into_iter().filter(|a| served.contains(a)).collect::<Vec<_>>() {
            let parts = counties(matcher, &whole);
            if whole != *code && parts.contains(code) {
                served.remove(&whole);
                stage.step.unserve.push(whole);
                for part in parts.into_iter().filter(|part| served.insert(part.clone())) {
                    let name = matcher.full_name(&part).unwrap_or_default();
                    stage.step.serve.push((part, name));
                }
            }
        }
        let inside: Vec<String> = served.iter().filter(|s| *s == code || above(matcher, s).contains(code)).cloned().collect();
        already.extend(matcher.full_name(code).filter(|_| inside.is_empty()));
        for one in inside {
            served.remove(&one);
            removed.push(matcher.full_name(&one).unwrap_or_else(|| one.clone()));
            // Added a moment ago as a part of the whole: then it need not be written at all.
            stage.step.serve.retain(|(added, _)| *added != one);
            stage.step.unserve.push(one);
        }
    }
    stage.scene.served = Served::new(served);
    told(&removed, "districts-removed", &already, "districts-removed-none")
}

/// Serves these areas and no others.
pub(super) fn keep(stage: &mut Stage<'_>, codes: &[String]) -> Vec<Text> {
    let matcher = &stage.world.matcher;
    let inside = |code: &String| above(matcher, code).iter().any(|a| codes.contains(a));
    let (kept, gone): (BTreeSet<String>, BTreeSet<String>) = stage.scene.served.codes().partition(inside);
    let count = gone.len();
    stage.step.unserve.extend(gone);
    stage.scene.served = Served::new(kept);
    // What was not served before, or only within a whole that has just gone.
    serve(stage, codes);
    vec![Text::new("districts-kept").with("count", i64::try_from(count).unwrap_or(i64::MAX))]
}

/// Serves nothing any more.
pub(super) fn clear(stage: &mut Stage<'_>) -> Text {
    stage.step.unserve.extend(stage.scene.served.codes());
    stage.scene.served = Served::default();
    Text::new("districts-cleared")
}

fn told(names: &[String], some: &str, already: &[String], none: &str) -> Vec<Text> {
    let changed = Text::new(some).with("count", names.len() as i64).with("areas", listed(names));
    let unchanged = Text::new(none).with("areas", listed(already));
    let changed = (!names.is_empty()).then_some(changed);
    changed.into_iter().chain((!already.is_empty()).then_some(unchanged)).collect()
}

/// The counties of an area; itself, where it has none.
fn counties(matcher: &Matcher, code: &str) -> Vec<String> {
    let whole = matcher.area(code).is_some_and(|a| matches!(a.level, Level::Province | Level::Prefecture));
    let below = if whole { matcher.children(code) } else { Vec::new() };
    let by_town = below.iter().any(|c| matcher.area(c).is_some_and(|a| a.level == Level::Town));
    if below.is_empty() || by_town { vec![code.to_owned()] } else { below.iter().flat_map(|c| counties(matcher, c)).collect() }
}

/// The areas that hold this one, nearest first, and itself.
fn above(matcher: &Matcher, code: &str) -> Vec<String> {
    let mut line = vec![code.to_owned()];
    let mut at = code.to_owned();
    if matcher.area(code).is_none() {
        // Old codes begin like the codes of what they lay in.
        let heads = [code.get(..6), code.get(..4), code.get(..2)];
        line.extend(heads.into_iter().flatten().map(|head| format!("{head:0<6}")));
    }
    while let Some(parent) = matcher.area(&at).and_then(|a| a.parent).filter(|p| !line.contains(p)) {
        line.push(parent.clone());
        at = parent;
    }
    line
}
