//! What becomes of an appointment when the ticket changes hands or ends.
use crate::desk::ticket::Ticket;
use crate::vocabulary::say::{Keyboard, Place, Recipient, Text};

use super::{about, button, calendar, remind, window};
use crate::core::data::Appoint;
use crate::core::stage::{Stage, shown};

/// Whoever had it no longer does: what they offered falls away, what is agreed stays. Gives whether the customer was still to
/// answer.
pub(in crate::core) fn orphaned(stage: &Stage<'_>, ticket: &mut Ticket) -> bool {
    ticket.details.appointment.orphaned(stage.now)
}

/// What the customer is told when somebody else must come. `waited`: they were still to answer an offer.
pub(in crate::core) fn released(stage: &Stage<'_>, ticket: &Ticket, waited: bool) -> Text {
    match ticket.details.appointment.ahead(stage.now) {
        Some(agreed) => about("told-released-agreed", ticket).with("window", window(agreed)),
        None if waited => about("told-released-offers", ticket),
        None => about("told-released", ticket),
    }
}

/// What the customer reads when somebody has taken the ticket.
pub(in crate::core) fn taken_over(stage: &Stage<'_>, ticket: &Ticket) -> Option<Text> {
    let agreed = ticket.details.appointment.ahead(stage.now).filter(|_| !ticket.trial)?;
    Some(about("told-claimed-agreed", ticket).with("window", window(agreed)))
}

/// Tells whoever has it now that the customer expects somebody.
pub(in crate::core) fn inherited(stage: &mut Stage<'_>, ticket: &Ticket, claimer: i64) {
    if ticket.details.appointment.unheard {
        stage.tell(Recipient::Person(claimer), Text::new("customer-gone").with("ticket", shown(ticket.number)));
    }
    let Some(agreed) = ticket.details.appointment.ahead(stage.now) else { return };
    let number = ticket.number;
    let text = about("appointment-inherited", ticket).with("window", window(agreed));
    let rows =
        vec![vec![button(number, Appoint::Offer, "button-move-visit"), button(number, Appoint::Calendar, "button-calendar")]];
    stage.show(Recipient::Person(claimer), vec![text], Keyboard::Inline(rows), Place::New);
}

/// The technician stands before the customer: the appointment was kept.
pub(in crate::core) fn kept(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let one = &mut ticket.details.appointment;
    let held = one.agreed.take().is_some();
    one.offer(Vec::new());
    if held {
        remind::watch(stage, ticket);
    }
}

/// The ticket is closed: nothing is to be said any more.
pub(in crate::core) fn closed(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    kept(stage, ticket);
}

/// The ticket is called off, and with it the appointment: calendars are put right.
pub(in crate::core) fn cancelled(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let before = ticket.details.appointment.call_off();
    kept(stage, ticket);
    let Some(before) = before else { return };
    remind::watch(stage, ticket);
    // The technician's file is taken away with the job.
    if ticket.details.appointment.holders.contains(&ticket.customer) {
        let text = about("calendar-withdrawn", ticket).with("window", window(before));
        calendar::withdraw(stage, ticket, before, ticket.customer, text);
    }
}

/// The customer has blocked the bot, or unblocked it.
pub(in crate::core) fn gone(stage: &mut Stage<'_>, ticket: &mut Ticket, unheard: bool) {
    if ticket.details.appointment.unheard != unheard {
        ticket.details.appointment.unheard = unheard;
        stage.put_quietly(ticket);
    }
}
