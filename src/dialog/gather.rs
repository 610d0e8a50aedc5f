//! Taking more from a message than was asked for, so that nobody says anything twice.
use crate::coverage::{Location, Outcome};
use crate::vocabulary::say::{Arg, Text};

use super::definition::{Choice, Dialog, Kind, Slot};
use super::fold::{clean, fold};
use super::machine::Machine;
use super::parse::choice::{self, Meant};
use super::parse::mixed;
use super::session::{Pending, Run};
use super::turn::Turn;
use super::value::Value;

/// Most characters of one remark that are kept.
const REMARK: usize = 1000;
/// Most remarks that are kept.
const REMARKS: usize = 10;

/// What a message held besides the slots that it filled.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Taken {
    /// Faults that it may speak of, the likeliest first; a single one was filled in.
    pub(super) proposals: Vec<String>,
    /// Whether words were left that say more than the slots do.
    pub(super) words: bool,
}

impl Machine<'_> {
    /// Reads the message that led to a dialog; gives what it may be about.
    pub(super) fn lead_in(&self, dialog: &Dialog, run: &mut Run, text: &str, turn: &mut Turn) -> Vec<String> {
        if let Some(taken) = self.take_mixed(dialog, run, text, turn) {
            return taken.proposals;
        }
        let Some(slot) = dialog.slot_of(Kind::Choice).filter(|_| dialog.mixed) else { return Vec::new() };
        hear(run, text);
        let meant = match self.meant(slot, run, text) {
            Meant::Perhaps(ids) if ids.len() == 1 => ids.into_iter().next().map_or(Meant::Unknown, Meant::Exactly),
            meant => meant,
        };
        match meant {
            Meant::Exactly(id) => {
                turn.echo.push(self.shown(slot, Some(&Value::Choice(id.clone())), run));
                turn.echo.extend(self.danger(slot, &id));
                run.slots.insert(slot.id().to_owned(), Value::Choice(id));
                run.trail.push(slot.id().to_owned());
                Vec::new()
            }
            Meant::Perhaps(ids) => ids,
            Meant::Unknown => Vec::new(),
        }
    }

    /// Asks which of these is meant; what is dangerous is said at once, whatever the answer will be.
    pub(super) fn propose(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, ids: Vec<String>, turn: &mut Turn) {
        turn.echo.extend(ids.iter().find_map(|id| self.danger(slot, id)));
        run.pending = Some(Pending::Options(ids));
        turn.say.push(self.ask(dialog, run));
    }

    /// What words mean, as far as this slot is concerned.
    pub(super) fn meant(&self, slot: &Slot, run: &Run, text: &str) -> Meant {
        if let (Some(Pending::Options(ids)), Ok(number)) = (&run.pending, fold(text).parse::<usize>()) {
            // The number counts what is shown.
            return number.checked_sub(1).and_then(|i| ids.get(i)).map_or(Meant::Unknown, |id| Meant::Exactly(id.clone()));
        }
        let list = slot.options.as_deref().unwrap_or_default();
        let options: Vec<&Choice> = self.book.options(slot).iter().filter(|c| self.offers(c, run)).collect();
        let labels: Vec<Vec<String>> = options.iter().map(|c| self.labels.all(&format!("{list}-{}", c.id))).collect();
        choice::read(&options, &labels, text)
    }

    /// The warning that a dangerous option carries.
    pub(super) fn danger(&self, slot: &Slot, id: &str) -> Option<Text> {
        let list = slot.options.as_ref()?;
        self.book.choice(list, id).filter(|c| c.danger).map(|_| Text::new(format!("{list}-{id}-danger")))
    }

    /// A danger that words speak of, beyond the fault that was chosen: "打不开", and then "孩子被锁在里面了".
    pub(super) fn danger_in(&self, dialog: &Dialog, run: &Run, text: &str) -> Option<Text> {
        let slot = dialog.slot_of(Kind::Choice)?;
        let chosen = match run.slots.get(slot.id()) {
            Some(Value::Choice(id)) => id.as_str(),
            _ => "",
        };
        if self.danger(slot, chosen).is_some() {
            return None;
        }
        self.dangers(dialog, text).first().and_then(|id| self.danger(slot, id))
    }

    /// Ids of the dangerous options that words speak of.
    pub fn dangers(&self, dialog: &Dialog, text: &str) -> Vec<String> {
        let Some(slot) = dialog.slot_of(Kind::Choice) else { return Vec::new() };
        let dangerous: Vec<&Choice> = self.book.options(slot).iter().filter(|c| c.danger).collect();
        choice::by_pattern(&dangerous, &fold(text))
    }

    /// Fills what one message holds; `None` when it held nothing that is still wanted.
    pub(super) fn take_mixed(&self, dialog: &Dialog, run: &mut Run, text: &str, turn: &mut Turn) -> Option<Taken> {
        if !dialog.mixed {
            return None;
        }
        let fault_slot = dialog.slot_of(Kind::Choice);
        let faults: Vec<_> = fault_slot.map(|s| self.book.options(s).iter().collect()).unwrap_or_default();
        let found = mixed::read(self.matcher, &faults, text);
        if found.kinds() < 2 && found.address.is_none() && found.phone.is_none() {
            return None;
        }
        let whole = !found.faults.is_empty() && found.address.is_some() && found.phone.is_some();
        let mut filled = false;
        let mut put = |kind: Kind, value: Value, run: &mut Run, turn: &mut Turn| {
            let Some(slot) = dialog.slot_of(kind).filter(|s| !run.slots.contains_key(s.id())) else { return false };
            turn.echo.push(self.shown(slot, Some(&value), run));
            if let Value::Choice(id) = &value {
                turn.echo.extend(self.danger(slot, id));
            }
            run.slots.insert(slot.id().to_owned(), value);
            if !slot.silent {
                run.trail.push(slot.id().to_owned());
            }
            filled = true;
            true
        };
        let mut proposals = Vec::new();
        match &found.faults[..] {
            [fault] => {
                put(Kind::Choice, Value::Choice(fault.clone()), run, turn);
            }
            several if fault_slot.is_some_and(|s| !run.slots.contains_key(s.id())) => proposals = several.to_vec(),
            _ => {}
        }
        if let Some(phone) = found.phone {
            put(Kind::Phone, Value::Phone(phone), run, turn);
        }
        if let Some(name) = found.name {
            put(Kind::Name, Value::Words(name), run, turn);
        }
        if let Some((line, location)) = found.address {
            filled |= self.take_address(dialog, run, &line, &location, turn);
        }
        if !filled {
            return None;
        }
        // Whatever was not understood is kept: the technician reads it in the customer's own words.
        let words = [found.fault_words, found.words].join(" ");
        let more = !words.trim().is_empty();
        hear(run, &words);
        if whole && let Some(slot) = dialog.slot_of(Kind::Report).filter(|s| !run.slots.contains_key(s.id()) && s.skippable(run))
        {
            // Whoever says what, where and how to be reached in one breath has described it; only the rest is asked for.
            run.skipped.insert(slot.id().to_owned());
        }
        Some(Taken { proposals, words: more })
    }

    /// An address that is sure is filled in; a doubtful one is asked about when its turn comes.
    fn take_address(&self, dialog: &Dialog, run: &mut Run, line: &str, location: &Location, turn: &mut Turn) -> bool {
        let Some(slot) = dialog.slot_of(Kind::Address).filter(|s| !run.slots.contains_key(s.id())) else { return false };
        if let (Outcome::Sure, Some(code)) = (location.outcome, &location.code) {
            let mut address = self.understood(line, &location.rest, code, None);
            address.doubt = self.guess(location);
            if super::address::has_street(&address) {
                turn.echo.push(super::address::coverage(&address));
                run.slots.insert(slot.id().to_owned(), Value::Address(address));
                run.trail.push(slot.id().to_owned());
                self.drop_misfits(dialog, run);
                return true;
            }
        }
        let label = Text::new(format!("label-{}", slot.id()));
        turn.echo.push(Text::new("field").with("label", label).with("value", Arg::Words(line.to_owned())));
        run.hints.insert(slot.id().to_owned(), line.to_owned());
        true
    }

    /// What is wrong, in the person's own words: remarks on the way, then the answer to the question for it.
    pub fn story(&self, dialog: &str, run: &Run) -> String {
        let Some(dialog) = self.book.dialog(dialog) else { return String::new() };
        let text = dialog.slot_of(Kind::Report).and_then(|s| match run.slots.get(s.id()) {
            Some(Value::Report { text, .. }) => Some(text.as_str()),
            _ => None,
        });
        let text = text.unwrap_or_default();
        // "漏水" says no more than the fault's own name does.
        let fault = dialog.slot_of(Kind::Choice).and_then(|s| match run.slots.get(s.id()) {
            Some(Value::Choice(id)) => Some(self.labels.all(&format!("{}-{id}", s.options.as_deref().unwrap_or_default()))),
            _ => None,
        });
        let says_more = |remark: &&String| {
            let plain = fold(remark);
            let plain = plain.trim_end_matches(['了', '.', '。', '!']);
            !text.contains(remark.as_str()) && !fault.iter().flatten().any(|l| fold(l).trim_end_matches('了') == plain)
        };
        let mut parts: Vec<&str> = run.heard.iter().filter(says_more).map(String::as_str).collect();
        parts.extend(Some(text).filter(|t| !t.is_empty()));
        parts.join("\n")
    }
}

/// Keeps a remark.
pub(super) fn hear(run: &mut Run, words: &str) {
    let words = clean(words, REMARK);
    if !words.is_empty() && run.heard.len() < REMARKS && !run.heard.contains(&words) {
        run.heard.push(words);
    }
}
