//! What became of a ticket, for its customer: in plain words, without names of crews and without what staff wrote.
use crate::desk::ticket::{Event, Ticket};
use crate::vocabulary::say::{Keyboard, Place, Text};

use crate::core::appointment;
use crate::core::quote;
use crate::core::stage::{Stage, shown};

/// Shows the customer what happened so far.
pub(in crate::core) fn show(stage: &mut Stage<'_>, ticket: &Ticket) {
    let mut lines = vec![Text::new("progress-title").with("ticket", shown(ticket.number))];
    for (at, event) in &stage.scene.history.lines {
        if let Some(what) = words(stage, event) {
            lines.push(Text::new("progress-line").with("at", stage.time(*at)).with("what", what));
        }
    }
    stage.show(stage.me(), lines, Keyboard::None, Place::New);
}

/// A line of history in the customer's words; `None` for what is the house's own business.
fn words(stage: &Stage<'_>, event: &Event) -> Option<Text> {
    Some(match &*event.what {
        "submitted" => Text::new("progress-submitted"),
        "claimed" | "assigned" => Text::new("progress-claimed"),
        "released" | "lapsed" | "taken_back" | "left" => Text::new("progress-released"),
        "handed" | "to_desk" => Text::new("progress-handed"),
        // The offer itself is the next line.
        "contacted" if event.note == "@contacted-offered" => return None,
        "contacted" => Text::new("progress-contacted"),
        "unreached" => Text::new("progress-unreached"),
        "stage" => Text::new(format!("stage-{}", stage_of(stage, &event.note)?)),
        "quoted" | "accepted" | "declined" | "withdrawn" | "charged" => quote::progress(event)?,
        "stranger" => Text::new("progress-stranger"),
        "recording_wished" => Text::new("progress-recording-wished"),
        "recording_agreed" => Text::new("progress-recording-agreed"),
        "recording_refused" => Text::new("progress-recording-refused"),
        "recording_ended" => Text::new("progress-recording-ended"),
        "repeated" => Text::new("progress-repeated"),
        "joined" => Text::new("progress-joined"),
        "corrected" => Text::new("progress-corrected"),
        "done" => Text::new("progress-done"),
        "not_fixed" => Text::new("progress-not-fixed"),
        "confirmed" => Text::new("progress-confirmed"),
        "settled" => Text::new("progress-settled"),
        "closed" => Text::new("progress-closed"),
        "cancelled" => Text::new("progress-cancelled"),
        what => return appointment::progress(what, &event.note),
    })
}

/// The stage that a line of history led to, if there still is one of that name.
fn stage_of(stage: &Stage<'_>, note: &str) -> Option<String> {
    let (_, to) = note.split_once('>')?;
    stage.world.book.visit.stage(to).filter(|_| !to.is_empty()).map(|s| s.id.get_ref().clone())
}
