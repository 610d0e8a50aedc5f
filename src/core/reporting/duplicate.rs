//! A report of a fault that the customer has an open ticket for: said before it is submitted, and decided by the customer.
use crate::desk::ticket::Ticket;
use crate::dialog::definition::Kind;
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::say::{Keyboard, Place, Text};

use crate::core::cards::{fault, wish};
use crate::core::data::Verb;
use crate::core::stage::{Stage, shown};
use crate::core::{contact, private, talk};

/// The dialog of customers; whoever reports for others has tickets of many.
const DIALOG: &str = "report";

/// At the review, says once of each open ticket with the same fault that there is one.
pub(in crate::core) fn hint(stage: &mut Stage<'_>) {
    let reviews = |run: &&Run| run.dialog == DIALOG && run.asking.is_none() && run.pending.is_none();
    let Some(run) = stage.run().filter(reviews) else { return };
    let (hinted, fault_id) = (run.hinted, reported(stage, run));
    let me = stage.scene.person.id;
    let same = |t: &&Ticket| t.customer == me && t.status.is_open() && !t.trial && Some(&t.fault) == fault_id.as_ref();
    let Some(ticket) = stage.scene.tickets.iter().find(same).filter(|t| hinted != Some(t.number)).cloned() else { return };
    if let Some(run) = stage.scene.session.run.as_mut() {
        run.hinted = Some(ticket.number);
    }
    let text = Text::new("duplicate-hint").with("ticket", shown(ticket.number)).with("fault", fault(&ticket));
    let rows = vec![vec![wish(Verb::Add, ticket.number)]];
    stage.show(stage.me(), vec![text.with("at", stage.time(ticket.created))], Keyboard::Inline(rows), Place::New);
}

/// The fault that was chosen.
fn reported(stage: &Stage<'_>, run: &Run) -> Option<String> {
    let slot = stage.world.book.dialog(&run.dialog)?.slot_of(Kind::Choice)?;
    match run.slots.get(slot.id()) {
        Some(Value::Choice(id)) => Some(id.clone()),
        _ => None,
    }
}

/// The customer adds what they have written to the ticket that they have; the report is over.
pub(in crate::core) fn add(stage: &mut Stage<'_>, mut ticket: Ticket) {
    let number = shown(ticket.number);
    if !ticket.status.is_open() {
        return stage.toast(Text::new("ticket-over").with("ticket", number));
    }
    let Some(run) = stage.run().filter(|run| run.dialog == DIALOG && run.hinted == Some(ticket.number)).cloned() else {
        return stage.toast(Text::new("old-button"));
    };
    let words = stage.world.machine(&stage.scene).story(&run.dialog, &run);
    let files = run.slots.values().find_map(|value| match value {
        Value::Report { media, .. } => Some(media.clone()),
        _ => None,
    });
    let files = files.unwrap_or_default();
    let key = if words.is_empty() && files.is_empty() { "told-repeated" } else { "told-note" };
    private::add(&mut ticket, &words, files);
    ticket.updated = stage.now;
    contact::heard(stage, &mut ticket);
    stage.put(&ticket, ticket.customer, "repeated", &words);
    talk::give_up(stage, Text::new("duplicate-added").with("ticket", number));
    private::pass_on(stage, &ticket, false, key);
}
