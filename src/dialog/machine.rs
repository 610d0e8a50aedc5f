//! The state machine: a running dialog and an answer make a turn. It knows no ticket and no chat.
use crate::coverage::{Matcher, Served};
use crate::vocabulary::input::{Media, Millis};
use crate::vocabulary::say::Text;

use super::book::Book;
use super::definition::{Dialog, Finish, Intent, Kind, Slot};
use super::parse::mixed;
use super::session::{Pending, Run};
use super::turn::{End, Turn};
use super::value::Value;

/// Labels of options as people read them, so that they can also type them.
pub trait Labels {
    /// The text behind a key, in every language.
    fn all(&self, key: &str) -> Vec<String>;
}

/// Everything that the machine consults.
#[derive(Clone, Copy)]
pub struct Machine<'a> {
    /// Dialogs and lists.
    pub book: &'a Book,
    /// Finds districts.
    pub matcher: &'a Matcher,
    /// Areas served.
    pub served: &'a Served,
    /// Option labels.
    pub labels: &'a dyn Labels,
}

/// An answer, as far as a dialog is concerned.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Typed words.
    Words(String),
    /// A file with its caption.
    File(Media, String),
    /// A shared contact: number, name, whether it is somebody else's.
    Contact {
        /// As Telegram gives it.
        phone: String,
        /// Name on the card.
        name: String,
        /// Not the sender's own.
        foreign: bool,
    },
    /// A shared place.
    Location(f64, f64),
    /// A button of the present question.
    Tap(Tap),
    /// Something that no question takes.
    Other,
}

/// Buttons of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tap {
    /// The option with this index in the list or among the proposals.
    Option(usize),
    /// None of the proposals.
    Neither,
    /// Leave it out.
    Skip,
    /// To the question before.
    Back,
    /// Give up.
    Cancel,
    /// That is all; at the review: submit.
    Enough,
    /// Change the slot with this index.
    Edit(usize),
}

impl<'a> Machine<'a> {
    /// Begins a dialog; `heard` is a message that led to it and may already fill slots.
    /// `None` when there is no dialog of that id (the linter makes sure that there is).
    pub fn begin(&self, dialog: &str, number: i64, ticket: Option<i64>, heard: Option<&str>, now: Millis) -> Option<(Run, Turn)> {
        let dialog = self.book.dialog(dialog)?;
        let mut run = Run { dialog: dialog.id.clone(), number, ticket, at: now, ..Run::default() };
        let mut turn = Turn::default();
        if let Some(text) = heard {
            self.take_mixed(dialog, &mut run, text, &mut turn);
        }
        self.advance(dialog, &mut run, &mut turn);
        Some((run, turn))
    }

    /// Reacts to an answer.
    pub fn answer(&self, run: &mut Run, answer: Answer, now: Millis) -> Turn {
        run.at = now;
        let Some(dialog) = self.book.dialog(&run.dialog) else { return Turn::end(End::Cancelled) };
        match answer {
            Answer::Tap(tap) => self.tap(dialog, run, tap),
            Answer::Words(text) => {
                if let Some(turn) = self.book.intent(&text).and_then(|intent| self.intent(dialog, run, intent)) {
                    return turn;
                }
                self.words(dialog, run, &text)
            }
            Answer::File(media, caption) => self.file(dialog, run, media, &caption),
            Answer::Contact { phone, name, foreign } => self.contact(dialog, run, &phone, &name, foreign),
            Answer::Location(latitude, longitude) => self.place(dialog, run, latitude, longitude),
            Answer::Other => self.unexpected(dialog, run),
        }
    }

    /// Says the present question again, checked against the dialog as it is now: a slot that no longer fits is asked anew.
    pub fn resume(&self, run: &mut Run) -> Turn {
        let mut turn = Turn::default();
        match self.book.dialog(&run.dialog) {
            Some(dialog) => {
                self.drop_misfits(dialog, run);
                let stale = run.asking.as_ref().is_some_and(|id| dialog.slot(id).is_none());
                if stale || (run.asking.is_none() && !dialog.review) || (run.asking.is_none() && dialog.next_slot(run).is_some())
                {
                    self.advance(dialog, run, &mut turn);
                } else {
                    turn.say.push(self.ask(dialog, run));
                }
            }
            None => turn.end = Some(End::Cancelled),
        }
        turn
    }

    /// The slot being asked for.
    pub(super) fn asked<'d>(&self, dialog: &'d Dialog, run: &Run) -> Option<&'d Slot> {
        dialog.slot(run.asking.as_deref()?)
    }

    fn intent(&self, dialog: &Dialog, run: &mut Run, intent: Intent) -> Option<Turn> {
        let slot = self.asked(dialog, run);
        match intent {
            // "不修了" is a reason for calling off, not a wish to keep the ticket.
            Intent::Cancel if dialog.finish == Finish::Cancel => None,
            Intent::Cancel => Some(Turn::end(End::Cancelled)),
            Intent::Restart => Some(Turn::end(End::Restart)),
            Intent::Back | Intent::Correct => Some(self.back(dialog, run)),
            Intent::Repeat | Intent::Report => Some(Turn::say(self.ask(dialog, run))),
            Intent::Help | Intent::Human | Intent::Status => Some(Turn::end(End::Aside(intent))),
            Intent::Skip => match slot {
                Some(slot) if slot.kind == Kind::Words && !slot.optional => None,
                Some(_) => Some(self.skip(dialog, run)),
                None => None,
            },
            Intent::Enough => match (slot, &run.pending) {
                (None, _) => Some(Turn::end(End::Finished)),
                (Some(_), Some(Pending::Files { .. } | Pending::Options(_))) => Some(self.enough(dialog, run)),
                (Some(slot), None) if slot.kind == Kind::Report => Some(self.skip(dialog, run)),
                _ => None,
            },
        }
    }

    fn tap(&self, dialog: &Dialog, run: &mut Run, tap: Tap) -> Turn {
        match tap {
            Tap::Cancel => Turn::end(End::Cancelled),
            Tap::Back => self.back(dialog, run),
            Tap::Skip => self.skip(dialog, run),
            Tap::Enough if run.asking.is_none() => Turn::end(End::Finished),
            Tap::Enough => self.enough(dialog, run),
            Tap::Edit(index) => self.edit(dialog, run, index),
            Tap::Option(index) => self.option(dialog, run, index),
            Tap::Neither => {
                run.pending = None;
                let mut turn = Turn::say(self.ask(dialog, run));
                turn.echo.push(Text::new("neither"));
                turn
            }
        }
    }

    /// Returns to the question before, or to the review card.
    fn back(&self, dialog: &Dialog, run: &mut Run) -> Turn {
        run.attempts = 0;
        if run.pending.take().is_some() {
            return Turn::say(self.ask(dialog, run));
        }
        if run.reviewing && run.asking.is_some() {
            let mut turn = Turn::default();
            run.reviewing = false;
            self.advance(dialog, run, &mut turn);
            return turn;
        }
        match run.trail.pop() {
            Some(id) => {
                run.slots.remove(&id);
                run.skipped.remove(&id);
                run.asking = Some(id);
                run.reviewing = false;
                Turn::say(self.ask(dialog, run))
            }
            None => {
                let mut turn = Turn::say(self.ask(dialog, run));
                turn.echo.push(Text::new("first-question"));
                turn
            }
        }
    }

    fn skip(&self, dialog: &Dialog, run: &mut Run) -> Turn {
        if let Some(Pending::Street { .. }) = run.pending {
            return self.street_is_all(dialog, run);
        }
        match self.asked(dialog, run) {
            Some(slot) if slot.skippable(run) => {
                let id = slot.id().to_owned();
                run.slots.remove(&id);
                run.skipped.insert(id.clone());
                self.settle(dialog, run, &id, Turn { echo: vec![Text::new("skipped")], ..Turn::default() })
            }
            Some(_) => {
                let mut turn = Turn::say(self.ask(dialog, run));
                turn.echo.push(Text::new("cannot-skip"));
                turn
            }
            None => Turn::say(self.ask(dialog, run)),
        }
    }

    fn edit(&self, dialog: &Dialog, run: &mut Run, index: usize) -> Turn {
        match dialog.slots.get(index) {
            Some(slot) => {
                // From the review card one returns there; from the middle of a dialog, to the question that was open.
                run.reviewing = run.asking.is_none();
                if !run.reviewing {
                    run.slots.remove(slot.id());
                    run.trail.retain(|id| id != slot.id());
                }
                run.pending = None;
                run.attempts = 0;
                run.asking = Some(slot.id().to_owned());
                Turn::say(self.ask(dialog, run))
            }
            None => Turn::say(self.ask(dialog, run)),
        }
    }

    /// Puts a value into the slot being asked for, and goes on.
    pub(super) fn fill(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, value: Value, turn: Turn) -> Turn {
        let id = slot.id().to_owned();
        run.skipped.remove(&id);
        let changed = run.slots.insert(id.clone(), value.clone()).is_some_and(|old| old != value);
        if changed {
            for other in dialog.slots.iter().filter(|s| s.depends.contains(&id)) {
                run.slots.remove(other.id());
                run.skipped.remove(other.id());
            }
        }
        self.drop_misfits(dialog, run);
        let mut turn = turn;
        if let (Value::Choice(choice), Some(list)) = (&value, &slot.options)
            && self.book.choice(list, choice).is_some_and(|c| c.danger)
        {
            turn.echo.push(Text::new(format!("{list}-{choice}-danger")));
        }
        self.settle(dialog, run, &id, turn)
    }

    /// The slot is settled: on to the next question.
    fn settle(&self, dialog: &Dialog, run: &mut Run, id: &str, mut turn: Turn) -> Turn {
        run.pending = None;
        run.attempts = 0;
        if !run.reviewing {
            run.trail.retain(|t| t != id);
            run.trail.push(id.to_owned());
        }
        run.reviewing = false;
        self.advance(dialog, run, &mut turn);
        turn
    }

    /// Drops values that the dialog, as it is now, would not take.
    fn drop_misfits(&self, dialog: &Dialog, run: &mut Run) {
        let misfits: Vec<String> = run
            .slots
            .iter()
            .filter(|(id, value)| match dialog.slot(id) {
                None => true,
                Some(slot) if !slot.applies(run) => true,
                Some(slot) => !self.fits(slot, run, value),
            })
            .map(|(id, _)| id.clone())
            .collect();
        for id in misfits {
            run.slots.remove(&id);
            run.trail.retain(|t| *t != id);
        }
    }

    fn fits(&self, slot: &Slot, run: &Run, value: &Value) -> bool {
        match (slot.kind, value) {
            (Kind::Choice | Kind::ChoiceOrWords, Value::Choice(id)) => {
                self.book.options(slot).iter().any(|c| c.id == *id && c.offered(run))
            }
            (Kind::ChoiceOrWords | Kind::Words | Kind::Name, Value::Words(_))
            | (Kind::Report, Value::Report { .. })
            | (Kind::Address, Value::Address(_))
            | (Kind::Phone, Value::Phone(_)) => true,
            _ => false,
        }
    }

    /// Asks the next question, shows the review card, or ends.
    pub(super) fn advance(&self, dialog: &Dialog, run: &mut Run, turn: &mut Turn) {
        run.pending = None;
        run.attempts = 0;
        run.asking = dialog.next_slot(run).map(|s| s.id().to_owned());
        if let (Some(slot), Some(text)) = (self.asked(dialog, run), run.asking.as_ref().and_then(|id| run.hints.remove(id))) {
            // A message that came earlier may answer this question, or lead into it.
            if slot.kind == Kind::Address {
                let more = self.address_words(dialog, run, slot, &text);
                turn.echo.extend(more.echo);
                turn.say.extend(more.say);
                turn.end = more.end;
                return;
            }
        }
        if run.asking.is_none() && !dialog.review {
            turn.end = Some(End::Finished);
        } else {
            if run.asking.is_none() {
                // The review card shows every field; only warnings and the word on coverage go beside it.
                turn.echo.retain(|t| !matches!(t.key.as_str(), "field" | "skipped"));
            }
            let utter = self.ask(dialog, run);
            turn.say.push(utter);
        }
    }

    /// Fills what one message holds; says whether it held more than one thing.
    pub(super) fn take_mixed(&self, dialog: &Dialog, run: &mut Run, text: &str, turn: &mut Turn) -> bool {
        if !dialog.mixed {
            return false;
        }
        let fault_slot = dialog.slot_of(Kind::Choice);
        let faults: Vec<_> = fault_slot.map(|s| self.book.options(s).iter().collect()).unwrap_or_default();
        let found = mixed::read(self.matcher, &faults, text);
        if found.kinds() < 2 && found.address.is_none() {
            return false;
        }
        let mut filled = false;
        let mut put = |kind: Kind, value: Value, run: &mut Run| {
            if let Some(slot) = dialog.slot_of(kind).filter(|s| !run.slots.contains_key(s.id())) {
                run.slots.insert(slot.id().to_owned(), value);
                if !slot.silent {
                    run.trail.push(slot.id().to_owned());
                }
                filled = true;
            }
        };
        if let [fault] = &found.faults[..] {
            put(Kind::Choice, Value::Choice(fault.clone()), run);
            if let Some(list) = fault_slot.and_then(|s| s.options.as_ref())
                && self.book.choice(list, fault).is_some_and(|c| c.danger)
            {
                turn.echo.push(Text::new(format!("{list}-{fault}-danger")));
            }
        }
        if let Some(phone) = found.phone {
            put(Kind::Phone, Value::Phone(phone), run);
        }
        if let Some(name) = found.name {
            put(Kind::Name, Value::Words(name), run);
        }
        if let (Some((address, _)), Some(slot)) = (found.address, dialog.slot_of(Kind::Address))
            && !run.slots.contains_key(slot.id())
        {
            run.hints.insert(slot.id().to_owned(), address);
            filled = true;
        }
        // Whatever was not understood is kept: the technician reads it in the customer's own words.
        let heard = [found.fault_words, found.words].join(" ").trim().to_owned();
        if filled && !heard.is_empty() {
            run.heard.push(heard);
        }
        if filled {
            turn.echo.extend(self.known(dialog, run));
        }
        filled
    }

    fn unexpected(&self, dialog: &Dialog, run: &mut Run) -> Turn {
        let mut turn = Turn::say(self.ask(dialog, run));
        turn.echo.push(Text::new("unexpected"));
        turn
    }

    /// Repeats the question because the answer was not understood; after some attempts offers a person.
    pub(super) fn again(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, why: Text) -> Turn {
        run.attempts += 1;
        let mut utter = self.ask(dialog, run);
        utter.lines = vec![why];
        if run.attempts >= slot.attempts {
            utter.lines.push(Text::new("offer-human"));
        }
        Turn::say(utter)
    }
}
