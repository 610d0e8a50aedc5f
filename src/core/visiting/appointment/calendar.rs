//! The file for calendars: sent when something is agreed, sent again as cancelled when it no longer holds.
use crate::desk::appointment::Window;
use crate::desk::ticket::Ticket;
use crate::vocabulary::calendar::CalendarFile;
use crate::vocabulary::say::{CardRef, CardRole, Keyboard, Place, Priority, Recipient, Say, Text, What};

use super::{about, stale, window};
use crate::core::cards::fault;
use crate::core::offer;
use crate::core::stage::{Stage, shown};

/// The technician wants the file.
pub(super) fn for_technician(stage: &mut Stage<'_>, mut ticket: Ticket) {
    match ticket.details.appointment.window() {
        Some(agreed) => {
            let text = about("calendar-yours", &ticket).with("window", window(agreed));
            send(stage, &mut ticket, stage.me(), text);
        }
        None => stale(stage, &ticket),
    }
}

/// Sends the file of what is agreed, with a caption. It holds the address: only for the customer and whoever comes.
pub(super) fn send(stage: &mut Stage<'_>, ticket: &mut Ticket, to: Recipient, caption: Text) {
    let Some(agreed) = ticket.details.appointment.window() else { return };
    let holders = &mut ticket.details.appointment.holders;
    if !holders.contains(&to.chat()) {
        holders.push(to.chat());
        stage.put_quietly(ticket);
    }
    file(stage, ticket, to, agreed, caption, false);
}

/// Sends the file that takes the appointment out of a calendar.
pub(super) fn withdraw(stage: &mut Stage<'_>, ticket: &Ticket, before: Window, to: i64, caption: Text) {
    file(stage, ticket, Recipient::Person(to), before, caption, true);
}

fn file(stage: &mut Stage<'_>, ticket: &Ticket, to: Recipient, window: Window, caption: Text, cancelled: bool) {
    let number = ticket.number;
    let file = CalendarFile {
        caption,
        name: format!("{}.ics", shown(number)),
        // Numbers begin anew with a new database.
        uid: format!("{}-{}@{}", shown(number), ticket.created, stage.world.settings.bot_name),
        sequence: ticket.details.appointment.sequence(),
        stamp: stage.now,
        from: window.from,
        to: window.to,
        summary: Text::new("calendar-summary").with("ticket", shown(number)),
        description: Text::new("calendar-description").with("ticket", shown(number)).with("fault", fault(ticket)),
        // What is called off needs no address.
        location: if cancelled { String::new() } else { ticket.full_address() },
        cancelled,
    };
    // The technician's is taken away with the job.
    let place = match to.chat() == ticket.customer {
        true => Place::New,
        false => Place::CardAnew(CardRef { number, role: CardRole::Calendar }),
    };
    let priority = if to == stage.me() { Priority::Reply } else { Priority::Desk };
    stage.say(Say { to, what: What::Calendar(Box::new(file)), keyboard: Keyboard::None, place, priority, protect: false });
}

/// Takes the file away from somebody who was given it for the job.
pub(in crate::core) fn take_away(stage: &mut Stage<'_>, ticket: &Ticket, from: i64) {
    if from != ticket.customer && ticket.details.appointment.holders.contains(&from) {
        offer::take_away(stage, ticket, Recipient::Person(from), CardRole::Calendar);
    }
}
