//! Timers that fire. A timer that was overtaken by events does nothing.
use crate::vocabulary::input::Timer;

use super::stage::Stage;
use super::{board, claim, greet, groups, notice, retention, talk};

/// A timer fired.
pub(super) fn fire(stage: &mut Stage<'_>, timer: &Timer) {
    match timer {
        Timer::Album { album, .. } => {
            if stage.run().is_some_and(|r| r.album.as_ref() == Some(album)) {
                let note = stage.scene.session.run.as_mut().and_then(|run| {
                    run.album = None;
                    run.note.take()
                });
                talk::repeat(stage, note);
            }
        }
        Timer::Remind { run, .. } => talk::remind(stage, *run),
        Timer::Expire { run, .. } => talk::expire(stage, *run),
        Timer::Notice { dealt, .. } => notice::tick(stage, *dealt),
        Timer::Audience { notice, .. } => notice::ask_again(stage, *notice),
        Timer::Board { crew, due } => board::refresh(stage, *crew, *due),
        Timer::Blank { ticket } => retention::blank(stage, *ticket),
        Timer::Promise { ticket } => groups::overdue(stage, *ticket),
        Timer::Greet { chat, administrator } => greet::greet(stage, *chat, *administrator),
        Timer::Claim { ticket, .. } => claim::claim(stage, *ticket),
    }
}
