//! What is no longer kept of a ticket is taken away: from its row, from its history, and from every card that shows it.
//!
//! A ticket counts as *contested* when its customer once said "not fixed": what was photographed may still be asked for, so its
//! files stay as long as the rest.
use crate::desk::keep::Blanked;
use crate::desk::ticket::Ticket;
use crate::vocabulary::say::{CardRef, CardRole, Keyboard, Place, Priority, Recipient, Say, Text, What};

use super::cards::{fault, field};
use super::offer;
use super::stage::Stage;

/// Blanks a ticket as far as is due. Nothing is told to anybody: cards are edited, and one that was deleted does not come back.
pub(super) fn blank(stage: &mut Stage<'_>, number: i64) {
    let Some(mut ticket) = stage.ticket(number) else { return };
    let before = ticket.details.blanked;
    let due = stage.world.settings.keep.due(&ticket, stage.now);
    if ticket.trial || due <= before {
        return;
    }
    let aging = std::mem::take(&mut stage.scene.aging);
    ticket.blank(due, aging.contested);
    stage.step.tickets.push(ticket.clone());
    if ticket.is_blank() {
        stage.step.forgotten.push(number);
    }
    for (role, chat) in aging.cards {
        let to = if chat < 0 { Recipient::Group(chat) } else { Recipient::Person(chat) };
        match role {
            CardRole::Media | CardRole::Location | CardRole::Calendar if before < Blanked::Card => {
                offer::take_away(stage, &ticket, to, role)
            }
            // Whoever gave the job back keeps a card that says so, and nothing else.
            CardRole::Technician if ticket.claimer != Some(chat) => {}
            CardRole::Technician if before < Blanked::Card => edit(stage, &ticket, to, role),
            CardRole::Customer | CardRole::Crew | CardRole::Desk | CardRole::Technician if ticket.is_blank() => {
                edit(stage, &ticket, to, role);
            }
            _ => {}
        }
    }
}

fn edit(stage: &mut Stage<'_>, ticket: &Ticket, to: Recipient, role: CardRole) {
    let Some(lines) = stage.blank_lines(ticket, role) else { return };
    let place = Place::CardIfThere(CardRef { number: ticket.number, role });
    let (what, keyboard) = (What::Text(lines), Keyboard::None);
    // An edit leaves it as it is whether the message may be forwarded.
    stage.say(Say { to, what, keyboard, place, priority: Priority::Desk, protect: false });
}

impl Stage<'_> {
    /// What a card shows of a ticket of which nothing personal may be shown there any more; else nothing.
    pub(super) fn blank_lines(&self, ticket: &Ticket, role: CardRole) -> Option<Vec<Text>> {
        let why = match ticket.details.blanked {
            Blanked::Contact if role == CardRole::Customer => "blanked-customer",
            Blanked::Contact => "blanked",
            Blanked::Card | Blanked::Media if role == CardRole::Technician => "blanked-technician",
            _ => return None,
        };
        let status = Text::new(format!("status-blanked-{}", ticket.status.as_str()));
        let (fault, place) = (field("fault", fault(ticket)), field("district", self.place(ticket)));
        Some(vec![self.title(ticket), status, fault, place, Text::new(why)])
    }
}
