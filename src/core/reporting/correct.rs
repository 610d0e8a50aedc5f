//! The customer corrects phone or address of a ticket that is not over.
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::session::Run;
use crate::dialog::value::{Address, Value};
use crate::vocabulary::say::{Recipient, Text};

use crate::core::stage::{Stage, shown};
use crate::core::{contact, offer, promise};

/// Writes an address into a ticket.
pub(in crate::core) fn set_address(ticket: &mut Ticket, address: &Address) {
    ticket.district.clone_from(&address.code);
    ticket.served = address.served;
    ticket.details.place.clone_from(&address.place);
    ticket.details.address.clone_from(&address.typed);
    ticket.details.street.clone_from(&address.rest);
    ticket.details.location = address.location;
    ticket.details.doubt.clone_from(&address.doubt);
}

/// Nothing is promised where nobody serves; "as soon as possible" means a promise where somebody does.
fn keep_promise(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    match (ticket.served, ticket.details.when.as_str()) {
        (Some(true), "@soon") => {
            "@asap".clone_into(&mut ticket.details.when);
            if ticket.status == Status::Open && ticket.details.opens.is_none() {
                promise::begin(stage, ticket);
            }
        }
        (Some(true), _) => {}
        (_, when) => {
            if when == "@asap" {
                "@soon".clone_into(&mut ticket.details.when);
            }
            promise::withdraw(stage, ticket);
        }
    }
}

/// Corrects the ticket: re-routed while it is open, the claimer told when it is claimed.
pub(in crate::core) fn correct(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run) -> bool {
    let me = stage.scene.person.id;
    if !(run.desk || ticket.customer == me) || !ticket.status.is_open() {
        return false;
    }
    let before = ticket.clone();
    let mut what = Vec::new();
    for (slot, value) in &run.slots {
        match value {
            Value::Phone(phone) => {
                ticket.details.phone.clone_from(phone);
                what.push(slot.as_str());
            }
            Value::Address(address) => {
                set_address(&mut ticket, address);
                what.push(slot.as_str());
            }
            _ => {}
        }
    }
    ticket.updated = stage.now;
    contact::heard(stage, &mut ticket);
    let mut moved = ticket.clone();
    if ticket.status == Status::Open && ticket.district != before.district {
        offer::place(stage, &mut moved);
    }
    let place = |t: &Ticket| (t.crew, t.details.also.clone(), t.details.opens);
    let moves = place(&moved) != place(&before);
    if moves {
        offer::leave(stage, &before);
        ticket = moved;
    }
    keep_promise(stage, &mut ticket);
    stage.put(&ticket, me, "corrected", &what.join(", "));
    if moves {
        offer::announce(stage, &ticket, None);
        stage.customer_card(&ticket, false);
    } else {
        // Phone and address stand on the card alone, which is protected and can be taken back.
        stage.refresh_news(&ticket);
    }
    if let (Status::Claimed, Some(claimer)) = (ticket.status, ticket.claimer) {
        let key = if ticket.district == before.district { "told-corrected" } else { "told-corrected-district" };
        stage.tell(Recipient::Person(claimer), Text::new(key).with("ticket", shown(ticket.number)));
    }
    if run.desk {
        stage.tell(Recipient::Person(ticket.customer), Text::new("told-corrected-desk").with("ticket", shown(ticket.number)));
    }
    stage.tell(stage.me(), Text::new("corrected").with("ticket", shown(ticket.number)));
    true
}
