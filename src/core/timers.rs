//! Timers that fire. A timer that was overtaken by events does nothing.
use crate::vocabulary::input::Timer;

use super::stage::Stage;
use super::{appointment, board, claim, greet, lease, morning, notice, offer, promise, recording, retention, talk, visit};

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
        Timer::Promise { ticket } => promise::tick(stage, *ticket),
        // Done by the inbox, which brings what came of it.
        Timer::Fetch { .. } => {}
        Timer::Fetched { ticket, entry, sum } => recording::fetched(stage, *ticket, *entry, sum.clone()),
        Timer::Morning => morning::begins(stage),
        Timer::Late { ticket, eta } => visit::late(stage, *ticket, *eta),
        Timer::Appointment { ticket, agreed } => appointment::tick(stage, *ticket, *agreed),
        Timer::Settle { ticket, since } => visit::settle(stage, *ticket, *since),
        Timer::Turn { ticket, crew } => offer::next_turn(stage, *ticket, *crew),
        Timer::Opens { ticket } => offer::opens(stage, *ticket),
        Timer::Lease { ticket, claimer, asked } => lease::tick(stage, *ticket, *claimer, *asked),
        Timer::Greet { chat, administrator } => greet::greet(stage, *chat, *administrator),
        Timer::Claim { ticket, .. } => claim::claim(stage, *ticket, None),
    }
}
