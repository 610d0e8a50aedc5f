//! The state machine: a running dialog and an answer make a turn. It knows no ticket and no chat.
use crate::coverage::{Matcher, Served};
use crate::vocabulary::input::{Media, Millis, Post};
use crate::vocabulary::say::Text;

use super::book::Book;
use super::definition::{Dialog, Kind, Slot};
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
    /// Hour of the day where the service is, 0 to 23: what is nearly over today is not offered.
    pub hour: u16,
}

/// What a dialog is about, if not about nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The ticket.
    pub ticket: Option<i64>,
    /// What was agreed on for it, as it is shown, where that can be an answer.
    pub quoted: Option<String>,
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
    /// A whole message, where the question takes one: its plain words, and how it is to be sent.
    Post(String, Post),
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
    pub fn begin(&self, dialog: &str, number: i64, about: About, heard: Option<&str>, now: Millis) -> Option<(Run, Turn)> {
        let dialog = self.book.dialog(dialog)?;
        let About { ticket, quoted } = about;
        let mut run = Run { dialog: dialog.id.clone(), number, ticket, quoted, at: now, ..Run::default() };
        let mut turn = Turn::default();
        let proposals = heard.map(|text| self.lead_in(dialog, &mut run, text, &mut turn)).unwrap_or_default();
        match dialog.next_slot(&run).filter(|slot| slot.kind == Kind::Choice && !proposals.is_empty()) {
            Some(slot) => {
                run.asking = Some(slot.id().to_owned());
                self.propose(dialog, &mut run, slot, proposals, &mut turn);
            }
            None => self.advance(dialog, &mut run, &mut turn),
        }
        Some((run, turn))
    }

    /// Begins a dialog of which something is known already: only the rest is asked for. `None` as in [`Machine::begin`].
    pub fn begin_with(&self, dialog: &str, number: i64, known: Vec<(&str, Value)>, now: Millis) -> Option<(Run, Turn)> {
        let dialog = self.book.dialog(dialog)?;
        let trail = known.iter().map(|(id, _)| (*id).to_owned()).collect();
        let slots = known.into_iter().map(|(id, value)| (id.to_owned(), value)).collect();
        let mut run = Run { dialog: dialog.id.clone(), number, slots, trail, at: now, ..Run::default() };
        let mut turn = Turn::default();
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
            Answer::Post(text, post) => {
                let wish = if post.media.is_none() { self.book.intent(&text) } else { None };
                if let Some(turn) = wish.and_then(|intent| self.intent(dialog, run, intent)) {
                    return turn;
                }
                match self.asked(dialog, run) {
                    Some(slot) if slot.kind == Kind::Post => self.posted(dialog, run, slot, post),
                    _ => self.unexpected(dialog, run),
                }
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
        if let Value::Report { text, .. } = &value {
            turn.echo.extend(self.danger_in(dialog, run, text));
        }
        if slot.kind == Kind::Report && run.reviewing {
            // Told anew, instead of what was said on the way.
            run.heard.clear();
        }
        if let Value::Choice(choice) = &value {
            // Of several dangers that were proposed only the first has been warned of.
            let warned = match &run.pending {
                Some(Pending::Options(proposed)) => proposed.iter().find(|id| self.danger(slot, id).is_some()),
                _ => None,
            };
            if warned != Some(choice) {
                turn.echo.extend(self.danger(slot, choice));
            }
        }
        self.settle(dialog, run, &id, turn)
    }

    /// The slot is settled: on to the next question.
    pub(super) fn settle(&self, dialog: &Dialog, run: &mut Run, id: &str, mut turn: Turn) -> Turn {
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
    pub(super) fn drop_misfits(&self, dialog: &Dialog, run: &mut Run) {
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
            | (Kind::Phone, Value::Phone(_))
            | (Kind::Post, Value::Post(_))
            | (Kind::Area, Value::Area { .. })
            | (Kind::Areas, Value::Areas(_)) => true,
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

    pub(super) fn unexpected(&self, dialog: &Dialog, run: &mut Run) -> Turn {
        if let Some(slot) = self.asked(dialog, run).filter(|s| s.kind == Kind::Post) {
            return self.again(dialog, run, slot, self.again_key(dialog, slot));
        }
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
