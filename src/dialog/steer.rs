//! Moving about in a dialog: back, skip, edit, and wishes in words.
use crate::vocabulary::say::Text;

use super::definition::{Dialog, Finish, Intent, Kind};
use super::machine::{Machine, Tap};
use super::session::{Pending, Run};
use super::turn::{End, Turn};
use super::value::Value;

impl Machine<'_> {
    /// A wish instead of an answer; `None`: here it is an answer after all.
    pub(super) fn intent(&self, dialog: &Dialog, run: &mut Run, intent: Intent) -> Option<Turn> {
        let slot = self.asked(dialog, run);
        // "维修" is what was done, "写错了" a reason: a dialog about a ticket takes words as they are.
        let about_ticket = dialog.finish != Finish::Submit && slot.is_some_and(|s| matches!(s.kind, Kind::Words | Kind::Post));
        let steers = [Intent::Cancel, Intent::Back, Intent::Skip, Intent::Restart, Intent::Help, Intent::Status];
        if about_ticket && !steers.contains(&intent) {
            return None;
        }
        match intent {
            // "不修了" is a reason for calling off, not a wish to keep the ticket.
            Intent::Cancel if dialog.finish == Finish::Cancel => None,
            Intent::Cancel => Some(Turn::end(End::Cancelled)),
            Intent::Restart => Some(Turn::end(End::Restart)),
            Intent::Correct if slot.is_none() => {
                let mut turn = Turn::say(self.ask(dialog, run));
                turn.echo.push(Text::new("review-buttons"));
                Some(turn)
            }
            Intent::Back | Intent::Correct => Some(self.back(dialog, run)),
            Intent::Repeat | Intent::Report | Intent::Hello | Intent::Thanks => Some(Turn::say(self.ask(dialog, run))),
            Intent::Help | Intent::Human | Intent::Status => Some(Turn::end(End::Aside(intent))),
            // "No" to "do you mean …?".
            Intent::Skip if matches!(run.pending, Some(Pending::Options(_))) => Some(self.tap(dialog, run, Tap::Neither)),
            Intent::Skip => match slot {
                Some(slot) if matches!(slot.kind, Kind::Words | Kind::Post) && !slot.optional => None,
                Some(_) => Some(self.skip(dialog, run)),
                None => None,
            },
            Intent::Enough => match (slot, &run.pending) {
                (None, _) => Some(self.tap(dialog, run, Tap::Enough)),
                (Some(_), Some(Pending::Files { .. } | Pending::Options(_))) => Some(self.enough(dialog, run)),
                (Some(slot), pending)
                    if slot.kind == Kind::Areas && (pending.is_some() || run.carried || run.slots.contains_key(slot.id())) =>
                {
                    Some(self.enough(dialog, run))
                }
                (Some(slot), None) if slot.kind == Kind::Report => Some(self.skip(dialog, run)),
                _ => None,
            },
        }
    }

    /// A tap on a button of the present question.
    pub(super) fn tap(&self, dialog: &Dialog, run: &mut Run, tap: Tap) -> Turn {
        match tap {
            Tap::Cancel => Turn::end(End::Cancelled),
            Tap::Back => self.back(dialog, run),
            Tap::Skip => self.skip(dialog, run),
            // The dialog may have been edited since the review card was shown.
            Tap::Enough if run.asking.is_none() && dialog.next_slot(run).is_some() => self.resume(run),
            Tap::Enough if run.asking.is_none() => Turn::end(End::Finished),
            Tap::Enough => self.enough(dialog, run),
            Tap::Edit(index) => self.edit(dialog, run, index),
            Tap::Option(index) => self.option(dialog, run, index),
            Tap::Neither if matches!(run.pending, Some(Pending::Named { .. })) => self.areas_neither(dialog, run),
            Tap::Neither => {
                if let (Some(Pending::Districts { typed, location, .. } | Pending::Level { typed, location, .. }), Some(slot)) =
                    (run.pending.clone(), self.asked(dialog, run))
                {
                    // Counts as not understood: after some attempts the text is taken as it is.
                    run.pending = None;
                    return self.not_located(dialog, run, slot, &typed, None, location);
                }
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
        match (run.pending.take(), self.asked(dialog, run)) {
            // Files that came stay with the report.
            (Some(Pending::Files { text, media }), Some(slot)) => {
                run.slots.insert(slot.id().to_owned(), Value::Report { text, media });
            }
            (Some(_), _) => return Turn::say(self.ask(dialog, run)),
            (None, _) => {}
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
                // What was there is kept until something else is said: new words replace words, new files join the old.
                run.pending = match run.slots.get(slot.id()) {
                    Some(Value::Report { text, media }) => Some(Pending::Files { text: text.clone(), media: media.clone() }),
                    _ => None,
                };
                run.attempts = 0;
                run.asking = Some(slot.id().to_owned());
                Turn::say(self.ask(dialog, run))
            }
            None => Turn::say(self.ask(dialog, run)),
        }
    }
}
