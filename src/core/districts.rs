//! Areas served, as an admin changes them by naming places.
use std::collections::{BTreeMap, BTreeSet};

use crate::coverage::{Level, Matcher, Outcome, Served};
use crate::vocabulary::say::{Arg, Button, Does, Keyboard, Place, Text};

use super::data::{Part, Setup, Wish};
use super::guide;
use super::stage::Stage;

/// Most places of one name that are offered as buttons.
const MOST_OFFERED: usize = 10;
/// Most names shown in an answer.
const MOST_NAMED: usize = 12;

/// Shows how much is served, by province. `note` stands above; `pressed`: the message that it replaces.
pub(super) fn show(stage: &mut Stage<'_>, note: Option<Text>, pressed: Option<i64>) {
    let matcher = &stage.world.matcher;
    let mut provinces: BTreeMap<String, i64> = BTreeMap::new();
    for code in stage.scene.served.codes() {
        // An area without a place in the gazetteer of today still lies in a province.
        let province = matcher.province_of(&code).unwrap_or_else(|| format!("{:0<6}", code.get(..2).unwrap_or_default()));
        *provinces.entry(province).or_default() += 1;
    }
    let total: i64 = provinces.values().sum();
    let each = provinces.iter().map(|(province, count)| {
        let name = matcher.full_name(province).unwrap_or_else(|| province.clone());
        format!("{name} {count}")
    });
    let each = each.collect::<Vec<_>>().join(" · ");
    let mut lines: Vec<Text> = note.into_iter().collect();
    lines.push(Text::new("districts-title").with("count", total).with("each", each));
    let mut rows = vec![vec![guide::button("button-serve", Setup::AskServe), guide::button("button-unserve", Setup::AskUnserve)]];
    if !stage.scene.settled.contains(Part::Districts.word()) {
        rows.push(vec![guide::button("button-as-it-is", Setup::Settle(Part::Districts))]);
    }
    let place = pressed.map_or(Place::New, Place::Edit);
    stage.show(stage.me(), lines, Keyboard::Inline(rows), place);
}

/// What an admin wrote: places to serve from now on (`add`), or no longer.
pub(super) fn named(stage: &mut Stage<'_>, words: &str, add: bool) {
    let (mut sure, mut unknown) = (Vec::new(), Vec::new());
    for word in words.split(|c: char| c.is_whitespace() || ",，、;；。".contains(c)).filter(|w| !w.is_empty()) {
        match find(&stage.world.matcher, word) {
            Found::One(code) => sure.push(code),
            Found::Several(codes) => which(stage, word, codes, add),
            Found::None => unknown.push(word),
        }
    }
    if !unknown.is_empty() {
        stage.tell(stage.me(), Text::new("districts-unknown").with("words", unknown.join("、")));
    }
    match (sure.is_empty(), add) {
        (true, _) => {}
        (false, true) => serve(stage, &sure, None),
        (false, false) => unserve(stage, &sure, None),
    }
}

enum Found {
    One(String),
    Several(Vec<String>),
    None,
}

fn find(matcher: &Matcher, word: &str) -> Found {
    if let Some(area) = matcher.area(word) {
        return Found::One(area.code);
    }
    let found = matcher.locate(word);
    match (found.outcome, found.code) {
        (Outcome::Sure | Outcome::Missing, Some(code)) => Found::One(code),
        (Outcome::Several, _) if !found.candidates.is_empty() => Found::Several(found.candidates),
        _ => Found::None,
    }
}

fn which(stage: &mut Stage<'_>, word: &str, codes: Vec<String>, add: bool) {
    let rows = codes
        .into_iter()
        .take(MOST_OFFERED)
        .filter_map(|code| {
            let label = Text::new("words").with("words", stage.world.matcher.full_name(&code)?);
            let wish = if add { Setup::Serve(code) } else { Setup::Unserve(code) };
            Some(vec![Button { label, does: Does::Press(Wish::Setup(wish).encode()) }])
        })
        .collect();
    let text = Text::new("districts-which").with("words", word);
    stage.show(stage.me(), vec![text], Keyboard::Inline(rows), Place::New);
}

/// Serves areas from now on: a province or a city means all its counties.
pub(super) fn serve(stage: &mut Stage<'_>, codes: &[String], pressed: Option<i64>) {
    let matcher = &stage.world.matcher;
    let mut served: BTreeSet<String> = stage.scene.served.codes().collect();
    let mut added = Vec::new();
    for code in codes.iter().flat_map(|code| counties(matcher, code)) {
        let covered = above(matcher, &code).iter().any(|a| served.contains(a));
        if let Some(name) = matcher.full_name(&code).filter(|_| !covered && served.insert(code.clone())) {
            added.push((code, name));
        }
    }
    let names = added.iter().map(|(_, name)| name.clone()).collect();
    stage.step.serve.extend(added);
    told(stage, served, names, "districts-added", "districts-added-none", pressed);
}

/// Serves areas no longer, with everything in them.
pub(super) fn unserve(stage: &mut Stage<'_>, codes: &[String], pressed: Option<i64>) {
    let matcher = &stage.world.matcher;
    let mut served: BTreeSet<String> = stage.scene.served.codes().collect();
    let mut removed = Vec::new();
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
        for one in inside {
            served.remove(&one);
            removed.push(matcher.full_name(&one).unwrap_or_else(|| one.clone()));
            // Added a moment ago as a part of the whole: then it need not be written at all.
            stage.step.serve.retain(|(added, _)| *added != one);
            stage.step.unserve.push(one);
        }
    }
    told(stage, served, removed, "districts-removed", "districts-removed-none", pressed);
}

fn told(stage: &mut Stage<'_>, served: BTreeSet<String>, names: Vec<String>, some: &str, none: &str, pressed: Option<i64>) {
    stage.scene.served = Served::new(served);
    let note = match names.len() {
        0 => Text::new(none),
        count => {
            let mut shown = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join("、");
            if count > MOST_NAMED {
                shown.push('…');
            }
            Text::new(some).with("count", count as i64).with("areas", Arg::Words(shown))
        }
    };
    show(stage, Some(note), pressed);
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
