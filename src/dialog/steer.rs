//! Moving about in a dialog: back, skip, edit, and wishes in words.
use crate::vocabulary::say::Text;

use super::definition::{Dialog, Finish, Intent, Kind};
use super::machine::{Machine, Tap};
use super::session::{Pending, Run};
use super::turn::{End, Turn};

impl Machine<'_> {
    /// A wish instead of an answer; `None`: here it is an answer after all.
    pub(super) fn intent(&self, dialog: &Dialog, run: &mut Run, intent: Intent) -> Option<Turn> {
        let slot = self.asked(dialog, run);
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
            Intent::Repeat | Intent::Report => Some(Turn::say(self.ask(dialog, run))),
            Intent::Help | Intent::Human | Intent::Status => Some(Turn::end(End::Aside(intent))),
            // "No" to "do you mean …?".
            Intent::Skip if matches!(run.pending, Some(Pending::Options(_))) => Some(self.tap(dialog, run, Tap::Neither)),
            Intent::Skip => match slot {
                Some(slot) if slot.kind == Kind::Words && !slot.optional => None,
                Some(_) => Some(self.skip(dialog, run)),
                None => None,
            },
            Intent::Enough => match (slot, &run.pending) {
                (None, _) => Some(self.tap(dialog, run, Tap::Enough)),
                (Some(_), Some(Pending::Files { .. } | Pending::Options(_))) => Some(self.enough(dialog, run)),
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
}
