//! The stages of a visit as `visit.toml` says them: which follow which, and what each demands first.
use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::book::Book;
use super::definition::{Kind, Problem, Source};
use super::source::line_at;

/// The file that holds them.
pub const FILE: &str = "visit.toml";
/// Longest id: it travels in the data of a button.
const LONGEST: usize = 24;

/// All stages and needs, in the order of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The stages; the first is where a claim begins.
    #[serde(rename = "stage")]
    pub stages: Vec<StageDef>,
    /// What stages may demand.
    #[serde(default, rename = "need")]
    pub needs: Vec<Need>,
}

/// Where a visit can stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageDef {
    /// Its id; also a part of its text keys.
    pub id: Spanned<String>,
    /// Stages that can follow.
    #[serde(default)]
    pub to: Vec<Spanned<String>>,
    /// Needs that must be met before it begins, in the order in which they are asked for.
    #[serde(default)]
    pub needs: Vec<Spanned<String>>,
    /// Whether the customer gets a short message.
    #[serde(default)]
    pub push: bool,
    /// Whether the technician stands before the customer.
    #[serde(default)]
    pub met: bool,
    /// Whether the expected time counts here.
    #[serde(default)]
    pub due: bool,
    /// Whether the visit is over with it.
    #[serde(default)]
    pub end: bool,
}

/// Something that a stage demands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Its id; that of the dialog's slot too.
    pub id: Spanned<String>,
    /// Ticked with one tap.
    #[serde(default)]
    pub tick: bool,
    /// Asked for by this dialog.
    #[serde(default)]
    pub dialog: Option<String>,
    /// What was quoted must be settled: no quote waits for the customer or stands declined.
    #[serde(default)]
    pub quote: bool,
    /// Only where more is charged than was agreed.
    #[serde(default)]
    pub above: bool,
    /// Only for these faults; none: for all. Of a need of quotes: for these one must be accepted.
    #[serde(default)]
    pub faults: Vec<Spanned<String>>,
    /// Asked anew each time.
    #[serde(default)]
    pub again: bool,
}

impl Plan {
    /// A stage by its id; the empty id is the first stage.
    pub fn stage(&self, id: &str) -> Option<&StageDef> {
        if id.is_empty() { self.stages.first() } else { self.stages.iter().find(|s| s.id.get_ref() == id) }
    }

    /// Stages that can follow the one with this id, in order.
    pub fn after(&self, id: &str) -> impl Iterator<Item = &StageDef> {
        self.stage(id).into_iter().flat_map(|s| &s.to).filter_map(|to| self.stage(to.get_ref()))
    }

    /// The stage with which the visit is over.
    pub fn last(&self) -> Option<&StageDef> {
        self.stages.iter().find(|s| s.end)
    }

    /// A need by its id.
    pub fn need(&self, id: &str) -> Option<&Need> {
        self.needs.iter().find(|n| n.id.get_ref() == id)
    }

    /// What a stage demands for this fault, in order.
    pub fn demands<'p>(&'p self, stage: &'p StageDef, fault: &'p str) -> impl Iterator<Item = &'p Need> {
        let wanted = move |n: &&Need| n.quote || n.faults.is_empty() || n.names(fault);
        stage.needs.iter().filter_map(|id| self.need(id.get_ref())).filter(wanted)
    }
}

impl Plan {
    /// Whether nobody works on this fault without a quote that was accepted.
    pub fn demands_quote(&self, fault: &str) -> bool {
        self.needs.iter().any(|n| n.quote && n.names(fault))
    }
}

impl Need {
    /// Whether it names this fault.
    pub fn names(&self, fault: &str) -> bool {
        self.faults.iter().any(|f| f.get_ref() == fault)
    }
}

/// Reads the file.
pub(super) fn parse(source: &Source) -> Result<Plan, Problem> {
    toml::from_str(&source.text).map_err(|e| Problem {
        file: source.name.clone(),
        line: line_at(&source.text, e.span().map_or(0, |s| s.start)),
        what: format!("{}; correct it", e.message().replace('\n', " ")),
    })
}

/// Checks what the stages say of each other and of the other files.
pub(super) fn structure(book: &Book, sources: &[Source]) -> Vec<Problem> {
    let text = sources.iter().find(|s| s.name == FILE).map_or("", |s| &s.text);
    let at = |offset: usize, what: String| Problem { file: FILE.to_owned(), line: line_at(text, offset), what };
    let plan = &book.visit;
    if plan.stages.is_empty() {
        return vec![at(0, "there are no stages; add the file with [[stage]], the program needs it".to_owned())];
    }
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for id in plan.stages.iter().map(|s| &s.id).chain(plan.needs.iter().map(|n| &n.id)) {
        let offset = id.span().start;
        if !seen.insert(id.get_ref()) {
            problems.push(at(offset, format!("the id {:?} stands twice; give one of them another", id.get_ref())));
        }
        let plain = id.get_ref().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !plain || !(1..=LONGEST).contains(&id.get_ref().len()) {
            problems.push(at(offset, format!("an id is 1 to {LONGEST} of a-z, 0-9 and _; change {:?}", id.get_ref())));
        }
    }
    let first = plan.stages.first().map(|s| s.id.get_ref().as_str());
    let reached =
        spread(first.into_iter().collect(), plan, |known, s| if known.contains(id_of(s)) { following(s) } else { Vec::new() });
    let ends = plan.stages.iter().filter(|s| s.end).map(id_of).collect();
    let ending =
        spread(ends, plan, |known, s| if following(s).iter().any(|to| known.contains(to)) { vec![id_of(s)] } else { Vec::new() });
    if plan.stages.iter().filter(|s| s.end).count() != 1 {
        problems.push(at(0, "a visit is over with one stage; mark exactly one with end = true".to_owned()));
    }
    for stage in &plan.stages {
        let (id, offset) = (stage.id.get_ref(), stage.id.span().start);
        for to in stage.to.iter().filter(|to| plan.stages.iter().all(|s| s.id.get_ref() != to.get_ref())) {
            problems.push(at(to.span().start, format!("there is no stage {:?}; name one of this file", to.get_ref())));
        }
        for need in stage.needs.iter().filter(|n| plan.need(n.get_ref()).is_none()) {
            problems.push(at(need.span().start, format!("there is no need {:?}; add it as [[need]]", need.get_ref())));
        }
        if !reached.contains(id.as_str()) {
            problems.push(at(offset, format!("no way leads to the stage {id:?}; name it in a `to`, or remove it")));
        }
        if !ending.contains(id.as_str()) {
            problems.push(at(offset, format!("from the stage {id:?} no way leads to the end; add one to its `to`")));
        }
        if stage.end && !stage.to.is_empty() {
            problems.push(at(offset, format!("the visit is over with {id:?}, so nothing follows; remove its `to`")));
        }
        if stage.due && !stage.needs.iter().any(|n| n.get_ref() == ETA) {
            problems
                .push(at(offset, format!("the stage {id:?} is due at a time that nobody asks for; add {ETA:?} to its `needs`")));
        }
    }
    match plan.last() {
        Some(last) if !last.needs.iter().any(|n| n.get_ref() == OUTCOME) => {
            problems.push(at(last.id.span().start, format!("the customer reads what was done; add {OUTCOME:?} to `needs`")));
        }
        _ => {}
    }
    problems.extend(plan.needs.iter().flat_map(|need| need_problems(book, need)).map(|(offset, what)| at(offset, what)));
    problems
}

/// The need whose answer is the expected time.
pub const ETA: &str = "eta";
/// The need whose answer tells what was done.
pub const OUTCOME: &str = "outcome";

/// The need whose answer tells why more is charged than was agreed.
pub const ABOVE: &str = "above";

fn id_of(stage: &StageDef) -> &str {
    stage.id.get_ref()
}

fn following(stage: &StageDef) -> Vec<&str> {
    stage.to.iter().map(|to| to.get_ref().as_str()).collect()
}

/// Adds what each stage adds to what is known, until nothing new comes.
fn spread<'p>(
    mut known: BTreeSet<&'p str>,
    plan: &'p Plan,
    adds: impl Fn(&BTreeSet<&'p str>, &'p StageDef) -> Vec<&'p str>,
) -> BTreeSet<&'p str> {
    loop {
        let before = known.len();
        let more: Vec<&str> = plan.stages.iter().flat_map(|stage| adds(&known, stage)).collect();
        known.extend(more);
        if known.len() == before {
            return known;
        }
    }
}

fn need_problems(book: &Book, need: &Need) -> Vec<(usize, String)> {
    let (id, offset) = (need.id.get_ref(), need.id.span().start);
    let mut problems = Vec::new();
    match (need.tick, need.dialog.as_deref()) {
        (false, None) if need.quote => {
            if book.visit.stages.iter().any(|s| s.end && s.needs.iter().any(|n| n.get_ref() == id)) {
                // A customer who declines must still be able to end it.
                problems.push((offset, format!("{id:?} asks for a quote where the visit ends; name it in an earlier stage")));
            }
        }
        (true, None) if !need.quote => {}
        (false, Some(name)) if !need.quote => match book.dialog(name).map(|d| d.slot(id)) {
            None => problems.push((offset, format!("there is no dialog {name:?}; add {name}.toml or name another"))),
            Some(None) => problems.push((offset, format!("the dialog {name:?} has no slot {id:?}; add it"))),
            Some(Some(slot)) if !matches!(slot.kind, Kind::Words | Kind::Report | Kind::ChoiceOrWords) => {
                problems.push((offset, format!("the slot {id:?} of {name:?} must take words, files or a choice with words")));
            }
            Some(Some(_)) => {}
        },
        _ => {
            let what = "is either ticked or asked for, or one of quotes; set tick = true, dialog = \"…\" or quote = true";
            problems.push((offset, format!("the need {id:?} {what}")));
        }
    }
    if need.above && need.dialog.is_none() {
        problems.push((offset, format!("{id:?} wants words on what is charged; set dialog = \"…\"")));
    }
    if need.above && id != ABOVE {
        problems.push((offset, format!("why more is charged than was agreed is called {ABOVE:?}; rename {id:?}")));
    }
    if !book.visit.stages.iter().any(|s| s.needs.iter().any(|n| n.get_ref() == id)) {
        problems.push((offset, format!("no stage demands {id:?}; name it in a `needs`, or remove it")));
    }
    for fault in need.faults.iter().filter(|f| book.choice("faults", f.get_ref()).is_none()) {
        problems.push((fault.span().start, format!("there is no fault {:?}; name one of faults.toml", fault.get_ref())));
    }
    problems
}

/// Text keys that stages and needs want, with the place that wants each.
pub(super) fn wanted_texts(book: &Book, sources: &[Source]) -> Vec<(String, Problem)> {
    let text = sources.iter().find(|s| s.name == FILE).map_or("", |s| &s.text);
    let mut wanted = Vec::new();
    let mut want = |key: String, offset: usize| {
        let what = format!("the text {key:?} is missing");
        wanted.push((key, Problem { file: FILE.to_owned(), line: line_at(text, offset), what }));
    };
    for stage in &book.visit.stages {
        let (id, offset) = (stage.id.get_ref(), stage.id.span().start);
        for tail in ["", "-button", "-customer"].into_iter().chain(stage.push.then_some("-push")) {
            want(format!("stage-{id}{tail}"), offset);
        }
    }
    for need in book.visit.needs.iter().filter(|n| n.tick) {
        for tail in ["", "-button"] {
            want(format!("need-{}{tail}", need.id.get_ref()), need.id.span().start);
        }
    }
    wanted
}

#[cfg(test)]
mod tests;
