//! All dialogs, lists and patterns together.
use std::collections::BTreeMap;

use regex::Regex;

use super::definition::{Choice, Condition, Dialog, Intent, Kind, OptionList, Problem, Slot, Source};
use super::fold::fold;
use super::session::Run;
use super::source::Parsed;
use super::value::Value;
use super::visit::{self, Plan};

/// Everything that `dialogs/*.toml` says, checked.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The stages of a visit.
    pub visit: Plan,
    dialogs: BTreeMap<String, Dialog>,
    lists: BTreeMap<String, OptionList>,
    patterns: Vec<(Intent, Regex)>,
}

/// The files of `dialogs/` that are compiled in.
pub fn builtin() -> Vec<Source> {
    macro_rules! files {
        ($($name:literal),+ $(,)?) => {
            vec![$(Source { name: $name.to_owned(), text: include_str!(concat!("../../dialogs/", $name)).to_owned() }),+]
        };
    }
    files![
        "report.toml",
        "caller.toml",
        "technician.toml",
        "done.toml",
        "release.toml",
        "release_reasons.toml",
        "cancel.toml",
        "correct_phone.toml",
        "correct_address.toml",
        "not_fixed.toml",
        "answer.toml",
        "close.toml",
        "hotline.toml",
        "serve.toml",
        "unserve.toml",
        "keep.toml",
        "keep_sure.toml",
        "crew_hours.toml",
        "crew_days.toml",
        "broadcast.toml",
        "audiences.toml",
        "visit.toml",
        "eta.toml",
        "etas.toml",
        "photos.toml",
        "amount.toml",
        "amounts.toml",
        "quote.toml",
        "quote_ways.toml",
        "quote_fees.toml",
        "quote_answers.toml",
        "decline.toml",
        "decline_reasons.toml",
        "above.toml",
        "above_reasons.toml",
        "appointment.toml",
        "appointment_times.toml",
        "appointment_wish.toml",
        "rating.toml",
        "faults.toml",
        "when.toml",
        "patterns.toml",
        "zh-CN.ftl",
        "en.ftl",
    ]
}

impl Book {
    /// Reads the `*.toml` files among `sources`; what they say of each other is for [`super::lint::structure`] to check.
    ///
    /// # Errors
    /// Every problem found, with file and line.
    pub fn load(sources: &[Source]) -> Result<Book, Vec<Problem>> {
        let mut book = Book::default();
        let mut problems = Vec::new();
        for source in sources.iter().filter(|s| s.name.ends_with(".toml")) {
            if source.name == visit::FILE {
                match visit::parse(source) {
                    Ok(plan) => book.visit = plan,
                    Err(problem) => problems.push(problem),
                }
                continue;
            }
            match source.parse() {
                Ok(Parsed::Dialog(dialog)) => {
                    book.dialogs.insert(dialog.id.clone(), dialog);
                }
                Ok(Parsed::List(list)) => {
                    book.lists.insert(list.name.clone(), list);
                }
                Ok(Parsed::Patterns(patterns)) => book.patterns.extend(patterns),
                Err(more) => problems.extend(more),
            }
        }
        if problems.is_empty() { Ok(book) } else { Err(problems) }
    }

    /// A dialog by its id.
    pub fn dialog(&self, id: &str) -> Option<&Dialog> {
        self.dialogs.get(id)
    }

    /// All dialogs, by id.
    pub fn dialogs(&self) -> impl Iterator<Item = &Dialog> {
        self.dialogs.values()
    }

    /// All option lists, by name.
    pub fn lists(&self) -> impl Iterator<Item = &OptionList> {
        self.lists.values()
    }

    /// An option of a list.
    pub fn choice(&self, list: &str, id: &str) -> Option<&Choice> {
        self.lists.get(list)?.options.iter().find(|c| c.id == id)
    }

    /// All options of a slot, in order.
    pub fn options(&self, slot: &Slot) -> &[Choice] {
        slot.options.as_ref().and_then(|name| self.lists.get(name)).map_or(&[], |list| &list.options)
    }

    /// What a text says besides answering the question, if it says nothing else.
    pub fn intent(&self, text: &str) -> Option<Intent> {
        let text = fold(text);
        let text = text.trim_end_matches(['.', '!', '。', '！', '~', '吧', '了', ' ']);
        self.patterns.iter().find(|(_, regex)| regex.is_match(text)).map(|(intent, _)| *intent)
    }
}

impl Dialog {
    /// A slot by its id.
    pub fn slot(&self, id: &str) -> Option<&Slot> {
        self.slots.iter().find(|s| s.id() == id)
    }

    /// The first slot of a kind.
    pub fn slot_of(&self, kind: Kind) -> Option<&Slot> {
        self.slots.iter().find(|s| s.kind == kind)
    }

    /// The next slot to ask for: the first that applies, is empty and was not skipped.
    pub fn next_slot(&self, run: &Run) -> Option<&Slot> {
        self.slots.iter().find(|s| {
            let left_out = run.skipped.contains(s.id()) && s.skippable(run);
            !s.silent && s.applies(run) && !run.slots.contains_key(s.id()) && !left_out
        })
    }
}

impl Slot {
    /// Its id.
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// Whether it is asked for, as the other slots stand.
    pub fn applies(&self, run: &Run) -> bool {
        self.only_if.as_ref().is_none_or(|c| c.holds(run))
    }

    /// Whether it may be left out, as the other slots stand.
    pub fn skippable(&self, run: &Run) -> bool {
        self.optional && !self.required_if.as_ref().is_some_and(|c| c.holds(run))
    }
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, run: &Run) -> bool {
        let Some(Value::Choice(id)) = run.slots.get(self.slot.get_ref()) else { return false };
        (self.is.is_empty() || self.is.contains(id)) && !self.not.contains(id)
    }
}

impl Choice {
    /// Whether it is offered, as the address and the quote stand.
    pub fn offered(&self, run: &Run) -> bool {
        self.served.is_none_or(|wanted| wanted == run.served()) && (!self.quoted || run.quoted.is_some())
    }
}

impl Run {
    /// Whether the address given so far is served for sure.
    pub fn served(&self) -> bool {
        self.slots.values().any(|v| matches!(v, Value::Address(a) if a.served == Some(true)))
    }
}
