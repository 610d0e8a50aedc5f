//! Offering a ticket to those who can take it, and taking it back from those who no longer can.
use crate::desk::route::{Route, route};
use crate::desk::ticket::Ticket;
use crate::vocabulary::input::Timer;
use crate::vocabulary::say::{CardRef, CardRole, Keyboard, Place, Priority, Recipient, Say, Text, What};

use super::stage::{Stage, shown};

/// Promises an answer from now on, and watches over it.
pub(super) fn promise(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let by = stage.now + stage.world.settings.promise_minutes * 60_000;
    ticket.promise = Some(by);
    stage.timer(0, format!("promise:{}", ticket.number), Some((by, Timer::Promise { ticket: ticket.number })));
}

/// The crew that hears of the ticket; `None`: the desk.
pub(super) fn crew_for(stage: &Stage<'_>, ticket: &Ticket) -> Option<i64> {
    match route(&stage.scene.crews, &stage.world.matcher, ticket.district.as_deref(), ticket.served) {
        Route::Crew(crew) => Some(crew.id),
        Route::Desk => None,
    }
}

/// Shows an open ticket to those who can take it: a fresh card at the end of the chat, since edits do not notify.
pub(super) fn announce(stage: &mut Stage<'_>, ticket: &Ticket, note: Option<Text>) {
    let crew = stage.crew(ticket.crew).filter(|c| c.active).map(|c| Recipient::Group(c.chat));
    let to = crew.map_or_else(|| stage.desk(), |c| vec![c]);
    for recipient in to {
        if ticket.danger {
            stage.tell(
                recipient,
                Text::new("danger-alert").with("ticket", shown(ticket.number)).with("fault", super::cards::fault(ticket)),
            );
        }
        if let Some(note) = note.as_ref().filter(|_| !ticket.details.boarded) {
            take_away(stage, ticket, recipient, if crew.is_some() { CardRole::Crew } else { CardRole::Desk });
            stage.tell(recipient, note.clone());
        }
    }
    match crew {
        Some(recipient) => stage.crew_card(ticket, recipient.chat(), true),
        None => stage.desk_cards(ticket, true),
    }
}

/// The cards of an open ticket that goes elsewhere.
pub(super) fn leave(stage: &mut Stage<'_>, ticket: &Ticket) {
    match stage.crew(ticket.crew).map(|c| c.chat) {
        Some(_) if ticket.details.boarded => stage.crew_card(ticket, 0, false),
        Some(chat) => stage.retire(ticket, Recipient::Group(chat), CardRole::Crew),
        None => {
            for to in stage.desk() {
                stage.retire(ticket, to, CardRole::Desk);
            }
        }
    }
}

/// Takes the files and the map away from somebody who was shown them.
pub(super) fn take_files_away(stage: &mut Stage<'_>, ticket: &Ticket, from: i64) {
    for role in [CardRole::Media, CardRole::Location] {
        take_away(stage, ticket, Recipient::Person(from), role);
    }
}

/// Takes a card away, wherever it stands in that chat.
pub(super) fn take_away(stage: &mut Stage<'_>, ticket: &Ticket, to: Recipient, role: CardRole) {
    let place = Place::Card(CardRef { number: ticket.number, role });
    stage.say(Say { to, what: What::Nothing, keyboard: Keyboard::None, place, priority: Priority::Desk, protect: false });
}

impl Stage<'_> {
    /// Takes the details back from somebody who no longer has the job: card blanked, files removed.
    pub(super) fn blank(&mut self, ticket: &Ticket, claimer: i64, why: Text) {
        if ticket.trial {
            // Of a test nothing stays, not even that it was there.
            return take_away(self, ticket, Recipient::Person(claimer), CardRole::Technician);
        }
        let lines = vec![why.with("ticket", shown(ticket.number))];
        self.card(Recipient::Person(claimer), ticket, CardRole::Technician, lines, Vec::new(), false, true);
        take_files_away(self, ticket, claimer);
    }

    /// The card in a group that the ticket has left.
    pub(super) fn retire(&mut self, ticket: &Ticket, to: Recipient, role: CardRole) {
        self.card(to, ticket, role, vec![Text::new("card-moved").with("ticket", shown(ticket.number))], Vec::new(), false, false);
    }
}
