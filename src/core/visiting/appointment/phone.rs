//! Customers who cannot be written to: they phoned, or have stopped the bot. Times are agreed on the phone.
use crate::desk::appointment::Window;
use crate::desk::ticket::Ticket;
use crate::dialog::session::Run;
use crate::vocabulary::say::{Keyboard, Place, Text};

use super::show::{button, window};
use super::{about, agree};
use crate::core::contact::{self, How};
use crate::core::data::Appoint;
use crate::core::stage::{Stage, shown};
use crate::core::talk;

/// Nobody can be asked in writing: what the technician says was agreed on the phone.
pub(super) fn agreed_by_phone(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run, windows: &[Window]) -> bool {
    let &[agreed] = windows else {
        stage.tell(stage.me(), about("appointment-by-phone-one", &ticket));
        talk::begin_about(stage, &run.dialog, &ticket);
        return true;
    };
    contact::contacted(stage, &mut ticket, How::Called);
    agree(stage, &mut ticket, agreed);
    let rows = vec![vec![button(ticket.number, Appoint::Calendar, "button-calendar")]];
    let text = about("appointment-by-phone", &ticket).with("window", window(agreed));
    stage.show(stage.me(), vec![text], Keyboard::Inline(rows), Place::New);
    true
}

/// The customer cannot be written to.
pub(super) fn must_phone(ticket: &Ticket) -> Text {
    Text::new("appointment-phone").with("ticket", shown(ticket.number))
}

/// The technician must tell a customer who cannot be written to.
pub(super) fn heard_of(stage: &mut Stage<'_>, ticket: &Ticket) {
    if ticket.details.appointment.unheard {
        stage.tell(stage.me(), about("appointment-phone-tell", ticket));
    }
}
