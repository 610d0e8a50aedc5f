//! Checks of `dialogs/`: structure when it is read, texts when the languages are known.
use std::collections::BTreeSet;

use super::book::Book;
use super::definition::{Dialog, Finish, Kind, Problem, Slot, Source};
use super::source::line_at;
use super::visit;

/// Dialogs that the program starts by itself.
pub const STARTED: [&str; 18] = [
    "report",
    "caller",
    "technician",
    "done",
    "cancel",
    "correct_phone",
    "correct_address",
    "not_fixed",
    "answer",
    "close",
    "hotline",
    "serve",
    "unserve",
    "keep",
    "broadcast",
    "rating",
    "quote",
    "decline",
];

/// Most inline buttons that one message shows without scrolling off a phone.
const MOST_OPTIONS: usize = 30;

/// Checks what the files say of each other: slots, lists, conditions.
pub fn structure(book: &Book, sources: &[Source]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for id in STARTED.iter().filter(|id| book.dialog(id).is_none()) {
        problems.push(Problem {
            file: format!("{id}.toml"),
            line: 1,
            what: "this dialog is missing; add the file, the program starts it".to_owned(),
        });
    }
    for dialog in book.dialogs() {
        let text = sources.iter().find(|s| s.name == dialog.file).map_or("", |s| &s.text);
        let at = |offset: usize, what: String| Problem { file: dialog.file.clone(), line: line_at(text, offset), what };
        let mut seen = BTreeSet::new();
        for slot in &dialog.slots {
            let offset = slot.id.span().start;
            if !seen.insert(slot.id()) {
                problems.push(at(offset, format!("slot {:?} stands twice; give one of them another id", slot.id())));
            }
            problems.extend(slot_problems(book, dialog, slot, &seen).into_iter().map(|(o, what)| at(o.unwrap_or(offset), what)));
        }
        if dialog.finish == Finish::Submit && !dialog.review {
            // The number of a ticket is locked only where a review card is confirmed.
            problems.push(at(0, "makes a ticket without a review; add review = true".to_owned()));
        }
        for (id, kind) in wanted_slots(dialog.finish) {
            if !dialog.slots.iter().any(|s| s.kind == *kind && (id.is_empty() || s.id() == *id)) {
                let named = if id.is_empty() { String::new() } else { format!(" with the id {id:?}") };
                problems.push(at(0, format!("finish = {:?} needs a slot of kind {kind:?}{named}; add it", dialog.finish)));
            }
        }
        if dialog.slots.iter().all(|s| s.silent) {
            problems.push(at(0, "asks nothing; add a slot that is not silent".to_owned()));
        }
    }
    for list in book.lists() {
        let file = format!("{}.toml", list.name);
        let mut seen = BTreeSet::new();
        for option in &list.options {
            if !seen.insert(&option.id) {
                problems.push(Problem {
                    file: file.clone(),
                    line: option.line,
                    what: format!("option {:?} stands twice; remove one", option.id),
                });
            }
        }
        if list.options.len() > MOST_OPTIONS {
            problems.push(Problem {
                file,
                line: 1,
                what: format!("{} options do not fit one message; keep it to {MOST_OPTIONS}", list.options.len()),
            });
        }
    }
    problems.extend(visit::structure(book, sources));
    problems
}

/// Slots that a finish reads, by id (empty: any) and kind.
fn wanted_slots(finish: Finish) -> &'static [(&'static str, Kind)] {
    match finish {
        Finish::Submit | Finish::Call => {
            &[("", Kind::Choice), ("", Kind::Address), ("phone", Kind::Phone), ("when", Kind::ChoiceOrWords)]
        }
        Finish::Claim => &[("name", Kind::Name), ("phone", Kind::Phone)],
        Finish::Cancel | Finish::Answer | Finish::Close => &[("outcome", Kind::Words)],
        Finish::Offer => &[("times", Kind::ChoiceOrWords)],
        Finish::Wish => &[("wish", Kind::Words)],
        Finish::Release => &[("reason", Kind::ChoiceOrWords)],
        Finish::Hotline => &[("hotline", Kind::Phone)],
        Finish::Serve | Finish::Unserve | Finish::Keep => &[("areas", Kind::Areas)],
        Finish::NotFixed => &[("problem", Kind::Words)],
        Finish::Broadcast => &[("post", Kind::Post), ("audience", Kind::Choice), ("area", Kind::Area)],
        Finish::CrewHours => &[("hours", Kind::Words)],
        Finish::CrewDays => &[("days", Kind::Words)],
        Finish::Rate => &[("opinion", Kind::Words)],
        Finish::Quote => &[("price", Kind::ChoiceOrWords), ("included", Kind::Words)],
        Finish::Decline => &[("reason", Kind::ChoiceOrWords)],
        // Which slots a stage wants, visit.toml says.
        Finish::Correct | Finish::Visit => &[],
    }
}

fn slot_problems(book: &Book, dialog: &Dialog, slot: &Slot, before: &BTreeSet<&str>) -> Vec<(Option<usize>, String)> {
    let mut problems = Vec::new();
    let chooses = matches!(slot.kind, Kind::Choice | Kind::ChoiceOrWords);
    match (&slot.options, chooses) {
        (Some(name), true) if !book.lists().any(|l| l.name == *name) => {
            problems.push((None, format!("there is no option list {name:?}; add {name}.toml or name another")));
        }
        (None, true) => problems.push((None, format!("slot {:?} chooses from nothing; add options = \"…\"", slot.id()))),
        (Some(_), false) => {
            problems.push((None, format!("slot {:?} takes no options; remove them or make it a choice", slot.id())))
        }
        _ => {}
    }
    for condition in slot.only_if.iter().chain(&slot.required_if) {
        let (name, offset) = (condition.slot.get_ref(), Some(condition.slot.span().start));
        match dialog.slot(name) {
            None => problems.push((offset, format!("there is no slot {name:?}; name one of this dialog"))),
            Some(_) if !before.contains(&**name) => {
                problems.push((offset, format!("slot {name:?} is asked later, so this can never hold; move it up")));
            }
            Some(other) => {
                for id in condition.is.iter().chain(&condition.not).filter(|id| !book.options(other).iter().any(|c| c.id == **id))
                {
                    problems.push((offset, format!("{name:?} has no option {id:?}; name one that it has")));
                }
            }
        }
    }
    for name in slot.depends.iter().filter(|n| dialog.slot(n).is_none()) {
        problems.push((None, format!("depends on a slot {name:?} that is not there; name one of this dialog")));
    }
    if slot.columns == 0 || slot.columns > 8 {
        problems.push((None, format!("{} buttons in a row; Telegram shows 1 to 8", slot.columns)));
    }
    problems
}

/// Text keys that the dialogs need, with the file and line that needs each.
pub fn wanted_texts(book: &Book, sources: &[Source]) -> Vec<(String, Problem)> {
    let mut wanted = Vec::new();
    for dialog in book.dialogs() {
        let text = sources.iter().find(|s| s.name == dialog.file).map_or("", |s| &s.text);
        let mut want = |key: String, offset: usize| {
            let what = format!("the text {key:?} is missing");
            wanted.push((key, Problem { file: dialog.file.clone(), line: line_at(text, offset), what }));
        };
        for slot in &dialog.slots {
            let offset = slot.id.span().start;
            want(format!("{}-{}", dialog.id, slot.id()), offset);
            want(format!("label-{}", slot.id()), offset);
            if slot.kind != Kind::Address && slot.kind != Kind::ChoiceOrWords && slot.kind != Kind::Report {
                want(format!("{}-{}-again", dialog.id, slot.id()), offset);
            }
        }
        if dialog.review {
            want(format!("{}-review", dialog.id), 0);
        }
    }
    for list in book.lists() {
        for option in &list.options {
            let at = |what: String| Problem { file: format!("{}.toml", list.name), line: option.line, what };
            let key = format!("{}-{}", list.name, option.id);
            wanted.push((key.clone(), at(format!("the text {key:?} is missing"))));
            if option.typed {
                wanted.push((format!("{}-type", list.name), at(format!("the text {}-type is missing", list.name))));
            }
            if option.danger {
                wanted.push((format!("{key}-danger"), at(format!("the text {key}-danger is missing"))));
            }
        }
    }
    wanted.extend(visit::wanted_texts(book, sources));
    wanted
}
