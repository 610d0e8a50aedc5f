//! Areas served, as an admin sees them and changes them by naming places.
mod change;

use std::collections::BTreeMap;

use crate::coverage::Matcher;
use crate::dialog::areas::listed;
use crate::dialog::definition::Finish;
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::say::{Arg, Button, Keyboard, Place, Text};

use crate::core::data::{Part, Setup};
use crate::core::guide;
use crate::core::stage::Stage;
use crate::core::talk;

/// Most names on a page of the list.
const PAGE: usize = 40;

/// Shows how much is served, by province. `note` stands above; `pressed`: the message that it replaces.
pub(in crate::core) fn show(stage: &mut Stage<'_>, note: Vec<Text>, pressed: Option<i64>) {
    let mut provinces: BTreeMap<String, i64> = BTreeMap::new();
    for code in stage.scene.served.codes() {
        *provinces.entry(province(&stage.world.matcher, &code)).or_default() += 1;
    }
    let total: i64 = provinces.values().sum();
    let each = provinces.iter().map(|(province, count)| {
        let name = stage.world.matcher.full_name(province).unwrap_or_else(|| province.clone());
        format!("{name} {count}")
    });
    let each = each.collect::<Vec<_>>().join(" · ");
    let mut lines = note;
    let mut rows = vec![vec![guide::button("button-serve", Setup::AskServe), guide::button("button-unserve", Setup::AskUnserve)]];
    if total == 0 {
        lines.push(Text::new("districts-none"));
    } else {
        lines.push(Text::new("districts-title").with("count", total).with("each", each));
        rows.push(vec![guide::button("button-districts", Setup::Districts(1)), guide::button("button-keep", Setup::AskKeep)]);
        rows.push(vec![guide::button("button-clear", Setup::AskClear)]);
    }
    if !stage.scene.settled.contains(Part::Districts.word()) {
        rows.push(vec![guide::button("button-as-it-is", Setup::Settle(Part::Districts))]);
    }
    let place = pressed.map_or(Place::New, Place::Edit);
    stage.show(stage.me(), lines, Keyboard::Inline(rows), place);
}

/// Shows the names of what is served, a page of them, counted from 1.
pub(in crate::core) fn list(stage: &mut Stage<'_>, page: i64, pressed: Option<i64>) {
    let codes: Vec<String> = stage.scene.served.codes().collect();
    let pages: Vec<&[String]> = codes.chunks(PAGE).collect();
    let at = usize::try_from(page.saturating_sub(1)).unwrap_or_default().min(pages.len().saturating_sub(1));
    let Some(shown) = pages.get(at) else { return show(stage, Vec::new(), pressed) };
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let title = Text::new("districts-page").with("count", number(codes.len())).with("page", number(at + 1));
    let mut lines = vec![title.with("pages", number(pages.len()))];
    let mut provinces: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for code in *shown {
        let whole = province(&stage.world.matcher, code);
        let above = stage.world.matcher.full_name(&whole).unwrap_or_else(|| whole.clone());
        let name = stage.world.matcher.full_name(code).unwrap_or_else(|| code.clone());
        let name = name.strip_prefix(&above).filter(|rest| !rest.is_empty()).unwrap_or(&name).to_owned();
        provinces.entry(whole).or_default().push(name);
    }
    for (whole, names) in provinces {
        let province = stage.world.matcher.full_name(&whole).unwrap_or(whole);
        let names = Arg::Words(names.join("、"));
        lines.push(Text::new("districts-page-line").with("province", province).with("areas", names));
    }
    let before = (at > 0).then(|| guide::button("button-page-before", Setup::Districts(number(at))));
    let after = (at + 1 < pages.len()).then(|| guide::button("button-page-after", Setup::Districts(number(at + 2))));
    let turn: Vec<Button> = before.into_iter().chain(after).collect();
    let mut rows: Vec<Vec<Button>> = if turn.is_empty() { Vec::new() } else { vec![turn] };
    rows.push(vec![guide::button("button-page-back", Setup::Served)]);
    stage.show(stage.me(), lines, Keyboard::Inline(rows), pressed.map_or(Place::New, Place::Edit));
}

/// Asks whether nothing is to be served any more.
pub(in crate::core) fn ask_clear(stage: &mut Stage<'_>, pressed: i64) {
    let count = i64::try_from(stage.scene.served.codes().count()).unwrap_or(i64::MAX);
    let sure = vec![guide::button("button-clear-sure", Setup::Clear), guide::button("button-cancel", Setup::Served)];
    let text = Text::new("districts-ask-clear").with("count", count);
    stage.show(stage.me(), vec![text], Keyboard::Inline(vec![sure]), Place::Edit(pressed));
}

/// Serves nothing any more, as an admin has confirmed.
pub(in crate::core) fn clear(stage: &mut Stage<'_>, pressed: i64) {
    let note = change::clear(stage);
    show(stage, vec![note], Some(pressed));
}

/// An admin has named all areas.
pub(in crate::core) fn named(stage: &mut Stage<'_>, finish: Finish, run: &Run) {
    let note = take(stage, finish, &codes(run));
    show(stage, note, None);
}

/// An admin has named some areas; the question stays open for the others. `pressed`: the message with the button.
pub(in crate::core) fn named_partly(stage: &mut Stage<'_>, finish: Finish, pressed: Option<i64>) {
    let Some(run) = stage.scene.session.run.as_mut() else { return };
    let codes = codes(run);
    let note = if finish == Finish::Keep {
        // Nothing goes before all that is to stay is known.
        let names: Vec<String> = codes.iter().filter_map(|code| stage.world.matcher.full_name(code)).collect();
        vec![Text::new("districts-noted").with("areas", listed(&names))]
    } else {
        run.slots.clear();
        run.carried = true;
        take(stage, finish, &codes)
    };
    talk::go_on(stage, note, pressed);
}

fn take(stage: &mut Stage<'_>, finish: Finish, codes: &[String]) -> Vec<Text> {
    match finish {
        Finish::Unserve => change::unserve(stage, codes),
        Finish::Keep => change::keep(stage, codes),
        _ => change::serve(stage, codes),
    }
}

fn codes(run: &Run) -> Vec<String> {
    match run.slots.get("areas") {
        Some(Value::Areas(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

/// Code of the province that an area lies in. An area without a place in the gazetteer of today still lies in one.
fn province(matcher: &Matcher, code: &str) -> String {
    matcher.province_of(code).unwrap_or_else(|| format!("{:0<6}", code.get(..2).unwrap_or_default()))
}
