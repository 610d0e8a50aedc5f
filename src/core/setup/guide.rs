//! The guide through an owner's first hour: one living card an admin, which says what is done, what is missing, and leads
//! to the next part by a button.
use crate::desk::crew::CrewKind;
use crate::desk::ticket::Status;
use crate::vocabulary::input::Press;
use crate::vocabulary::say::{Arg, Button, CardRef, CardRole, Does, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::data::{Part, Setup, Wish};
use crate::core::stage::Stage;
use crate::core::{admins, crews, districts, hotline, talk, trial};

/// The guide's number as a card: it belongs to no ticket.
const NUMBER: i64 = 0;

/// How a part of the guide stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Done,
    /// Left for later.
    Later,
    Open,
}

/// A press on one of the buttons that only admins are shown.
pub(in crate::core) fn press(stage: &mut Stage<'_>, p: &Press, wish: Setup) {
    if !stage.scene.person.admin {
        return stage.toast(Text::new("old-button"));
    }
    match wish {
        Setup::Part(part) => show(stage, Some(part)),
        Setup::Settle(part) => {
            settle(stage, part, part != Part::Districts);
            // On from here, before back to what was passed over.
            let after = Part::ALL.into_iter().find(|p| *p > part && standing(stage, *p) == Standing::Open);
            show(stage, after);
        }
        Setup::AskServe => ask(stage, "serve"),
        Setup::AskUnserve => ask(stage, "unserve"),
        Setup::AskKeep => ask(stage, "keep"),
        Setup::AskClear => districts::ask_clear(stage, p.message),
        Setup::Clear => districts::clear(stage, p.message),
        Setup::Served => districts::show(stage, Vec::new(), Some(p.message)),
        Setup::Districts(page) => {
            // The guide stays where it is.
            let beside = stage.scene.card == Some(NUMBER);
            districts::list(stage, page, (!beside).then_some(p.message));
        }
        Setup::AskHotline => hotline::show(stage),
        Setup::Trial => trial::begin(stage),
        Setup::EndTrial(number) => trial::end(stage, number),
        Setup::Admins => admins::show(stage, Some(p.message)),
        Setup::Invite => admins::invite(stage),
        Setup::AskDismiss(id) => admins::ask_dismiss(stage, p.message, id),
        Setup::Dismiss(id) => admins::dismiss(stage, p.message, id),
        Setup::Crew(wish) => crews::press(stage, p, wish),
    }
}

/// Begins a dialog about the service itself.
pub(in crate::core) fn ask(stage: &mut Stage<'_>, dialog: &str) {
    if stage.run().is_some_and(|r| r.dialog == "report") {
        return stage.alert(Text::new("dialog-first"));
    }
    talk::begin(stage, dialog, None, None, None);
}

/// Shows a part of the guide, or the next one that is open: in place by a press on the guide itself, else at the end of
/// the chat, where whoever pressed or wrote is looking.
pub(in crate::core) fn show(stage: &mut Stage<'_>, part: Option<Part>) {
    let anew = stage.query.is_none() || stage.scene.card != Some(NUMBER);
    stage.scene.session.guide = true;
    card(stage, stage.me(), part, anew);
}

/// Something was done: the card follows in place, if there is one.
pub(in crate::core) fn follow(stage: &mut Stage<'_>) {
    if stage.scene.session.guide {
        card(stage, stage.me(), None, false);
    }
}

/// As [`follow`], after a dialog has pushed the card up: it comes again at the end of the chat while it is of use.
pub(in crate::core) fn follow_down(stage: &mut Stage<'_>) {
    let unfinished = Part::ALL.into_iter().any(|part| standing(stage, part) == Standing::Open);
    if stage.scene.session.guide {
        card(stage, stage.me(), None, unfinished);
    }
}

/// The card says so at the end of another admin's chat, if nothing is open any more.
pub(in crate::core) fn completed(stage: &mut Stage<'_>, to: Recipient) {
    if Part::ALL.into_iter().all(|part| standing(stage, part) != Standing::Open) {
        card(stage, to, None, true);
    }
}

/// Notes a part as done, or as left for later.
pub(in crate::core) fn settle(stage: &mut Stage<'_>, part: Part, later: bool) {
    let word = settled(part, later);
    if stage.scene.settled.insert(word.clone()) {
        stage.step.settle.push(word);
    }
}

fn settled(part: Part, later: bool) -> String {
    if later { format!("{}-later", part.word()) } else { part.word().to_owned() }
}

/// The part that comes next; the first when all is done.
pub(in crate::core) fn next(stage: &Stage<'_>) -> Part {
    Part::ALL.into_iter().find(|part| standing(stage, *part) == Standing::Open).unwrap_or(Part::Groups)
}

fn standing(stage: &Stage<'_>, part: Part) -> Standing {
    let scene = &stage.scene;
    let noted = |later| scene.settled.contains(&settled(part, later));
    let done = match part {
        Part::Groups => crews(stage).next().is_some(),
        Part::Districts | Part::Trial => noted(false),
        Part::Hotline => scene.hotline.is_some(),
        Part::Admins => scene.admins.len() > 1,
    };
    match done {
        true => Standing::Done,
        false if noted(true) => Standing::Later,
        false => Standing::Open,
    }
}

fn crews<'s>(stage: &'s Stage<'_>) -> impl Iterator<Item = &'s str> {
    stage.scene.crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew).map(|c| c.title.as_str())
}

/// The card for an admin. `part`: which part it explains; `None`: the next that is open.
pub(in crate::core) fn card(stage: &mut Stage<'_>, to: Recipient, part: Option<Part>, anew: bool) {
    let open = Part::ALL.into_iter().find(|part| standing(stage, *part) == Standing::Open);
    let shown = part.or(open);
    let mut lines = vec![match open.and(shown) {
        Some(part) => Text::new("guide-title").with("step", place_of(part)).with("steps", Part::ALL.len() as i64),
        None => Text::new("guide-title-done"),
    }];
    for part in Part::ALL {
        let mark = match standing(stage, part) {
            Standing::Done => "✓",
            Standing::Later => "–",
            Standing::Open if shown == Some(part) => "▶",
            Standing::Open => "○",
        };
        let name = Text::new(format!("guide-name-{}", part.word()));
        lines.push(Text::new("guide-line").with("mark", mark).with("part", name).with("state", state(stage, part)));
    }
    lines.push(Text::new("gap"));
    lines.push(match shown {
        Some(Part::Districts) if stage.scene.served.codes().next().is_none() => Text::new("districts-none"),
        Some(part) => Text::new(format!("guide-{}", part.word())),
        None => Text::new("guide-done"),
    });
    let card = CardRef { number: NUMBER, role: CardRole::Guide };
    stage.say(Say {
        to,
        what: What::Text(lines),
        keyboard: Keyboard::Inline(buttons(stage, shown)),
        place: if anew { Place::CardAnew(card) } else { Place::Card(card) },
        priority: Priority::Reply,
        protect: false,
    });
}

fn place_of(part: Part) -> i64 {
    part as i64 + 1
}

/// What there is already of a part.
fn state(stage: &Stage<'_>, part: Part) -> Arg {
    let known = match part {
        Part::Groups => match crews(stage).collect::<Vec<_>>() {
            titles if titles.is_empty() => return Arg::Text(Text::new("empty")),
            titles => return Arg::Words(titles.join("、")),
        },
        Part::Districts => Text::new("guide-state-districts").with("count", stage.scene.served.codes().count() as i64),
        Part::Hotline => match &stage.scene.hotline {
            Some(_) => Text::new("guide-state-hotline"),
            None => Text::new("empty"),
        },
        Part::Trial if standing(stage, part) == Standing::Done => Text::new("guide-state-trial"),
        Part::Trial => match trial::running(stage).map(|t| t.status) {
            Some(Status::Open) => Text::new("guide-state-trial-sent"),
            Some(_) => Text::new("guide-state-trial-claimed"),
            None => Text::new("empty"),
        },
        Part::Admins => Text::new("guide-state-admins").with("count", stage.scene.admins.len() as i64),
    };
    Arg::Text(known)
}

fn buttons(stage: &Stage<'_>, shown: Option<Part>) -> Vec<Vec<Button>> {
    let Some(part) = shown else {
        let names: Vec<Button> =
            Part::ALL.into_iter().map(|p| button(&format!("guide-name-{}", p.word()), Setup::Part(p))).collect();
        return names.chunks(3).map(<[Button]>::to_vec).collect();
    };
    let group = |key: &str, parameter: &str| Button { label: Text::new(key), does: Does::AddToGroup(parameter.to_owned()) };
    let mut rows = match part {
        Part::Groups => vec![vec![group("button-add-crew", "bind")], vec![group("button-add-desk", "desk")]],
        Part::Districts => vec![
            vec![button("button-serve", Setup::AskServe), button("button-unserve", Setup::AskUnserve)],
            vec![button("button-districts", Setup::Districts(1)), button("button-keep", Setup::AskKeep)],
        ],
        Part::Hotline => vec![vec![button("button-hotline", Setup::AskHotline)]],
        Part::Trial => vec![vec![button("button-trial", Setup::Trial)]],
        Part::Admins => vec![vec![button("button-invite", Setup::Invite), button("button-admins", Setup::Admins)]],
    };
    match (part, standing(stage, part)) {
        (Part::Groups, _) | (_, Standing::Done | Standing::Later) => {}
        (Part::Districts, Standing::Open) => rows.push(vec![button("button-as-it-is", Setup::Settle(part))]),
        (_, Standing::Open) => rows.push(vec![button("button-later", Setup::Settle(part))]),
    }
    let at = part as usize;
    let before = at.checked_sub(1).and_then(|i| Part::ALL.get(i)).map(|p| button("button-part-before", Setup::Part(*p)));
    let after = Part::ALL.get(at + 1).map(|p| button("button-part-after", Setup::Part(*p)));
    rows.push(before.into_iter().chain(after).collect());
    rows
}

/// A button about the service itself.
pub(in crate::core) fn button(label: &str, wish: Setup) -> Button {
    Button { label: Text::new(label), does: Does::Press(Wish::Setup(wish).encode()) }
}
