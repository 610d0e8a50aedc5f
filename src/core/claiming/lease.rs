//! The lease of a claim: whoever has a job and stays silent is asked, then the job is offered again.
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{Keyboard, Place, Recipient, Text};

use crate::core::cards::wish;
use crate::core::data::Verb;
use crate::core::release::{self, Why};
use crate::core::stage::{Stage, shown};

/// The claimer has so long to contact the customer.
pub(in crate::core) fn begin(stage: &mut Stage<'_>, ticket: &Ticket) {
    if ticket.details.appointment.ahead(stage.now).is_some() {
        // The customer knows when somebody comes.
        return stop(stage, ticket.number);
    }
    let patience = stage.world.settings.claims.patience(ticket.danger, ticket.promise.is_some());
    set(stage, ticket, patience, false);
}

/// The claimer has done what they must.
pub(in crate::core) fn stop(stage: &mut Stage<'_>, number: i64) {
    stage.timer(0, name(number), None);
}

/// The claimer has not: asked first, then the job is offered again.
pub(in crate::core) fn tick(stage: &mut Stage<'_>, number: i64, claimer: i64, asked: bool) {
    let silent = |t: &Ticket| t.status == Status::Claimed && t.claimer == Some(claimer) && t.details.contacted.is_none();
    let agreed = |t: &Ticket| t.details.appointment.ahead(stage.now).is_some();
    // For the customer to call back, whether or not anything is promised.
    let waits = |t: &Ticket| t.details.unreached.is_some() || t.details.promised.as_ref().is_some_and(|p| p.paused.is_some());
    let Some(ticket) = stage.ticket(number).filter(|t| silent(t) && !waits(t) && !agreed(t)) else { return };
    if asked {
        // Nobody else could have taken it meanwhile: the row is locked.
        let _ = release::release(stage, ticket, 0, Why::Lapsed);
        return;
    }
    let patience = stage.world.settings.claims.patience(ticket.danger, ticket.promise.is_some()) / 2;
    set(stage, &ticket, patience, true);
    let rows = vec![vec![wish(Verb::Called, number), wish(Verb::NoAnswer, number)], vec![wish(Verb::Release, number)]];
    let text = Text::new("lease-ask").with("ticket", shown(number)).with("by", stage.time(until(stage, &ticket, patience)));
    stage.show(Recipient::Person(claimer), vec![text], Keyboard::Inline(rows), Place::New);
}

/// When so much working time will have passed.
fn until(stage: &Stage<'_>, ticket: &Ticket, patience: Millis) -> Millis {
    stage.hours(ticket).after(stage.world.settings.timezone, stage.now, patience)
}

fn set(stage: &mut Stage<'_>, ticket: &Ticket, patience: i64, asked: bool) {
    let Some(claimer) = ticket.claimer.filter(|_| !ticket.trial) else { return };
    let timer = Timer::Lease { ticket: ticket.number, claimer, asked };
    stage.timer(0, name(ticket.number), Some((until(stage, ticket, patience), timer)));
}

fn name(number: i64) -> String {
    format!("lease:{number}")
}
