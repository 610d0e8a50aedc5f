//! A dispatcher decides who has a job: gives it, takes it away, gives it to somebody else.
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::Press;
use crate::vocabulary::say::{Button, Does, Keyboard, Place, Recipient, Text};

use crate::core::cards::wish;
use crate::core::data::{Verb, Wish};
use crate::core::release::{self, Why};
use crate::core::rights::May;
use crate::core::stage::{Stage, shown};
use crate::core::{claim, dispatch, quote, visit};

/// Shows who can be given the ticket, where it was asked.
pub(in crate::core) fn choose(stage: &mut Stage<'_>, ticket: &Ticket, p: &Press) {
    let others: Vec<_> = stage.scene.roster.iter().filter(|c| ticket.claimer != Some(c.id)).cloned().collect();
    if ticket.crew.is_none() || others.is_empty() {
        return stage.alert(Text::new("assign-nobody"));
    }
    let button = |c: &crate::core::scene::Colleague| {
        let label = Text::new("button-assign-to").with("technician", &c.name).with("jobs", c.jobs);
        vec![Button { label, does: Does::Press(Wish::AssignTo(ticket.number, c.id).encode()) }]
    };
    let rows = others.iter().map(button).collect();
    let text = Text::new("assign-which").with("ticket", shown(ticket.number));
    stage.show(dispatch::place_of(p), vec![text], Keyboard::Inline(rows), Place::New);
}

/// Gives a ticket to a technician, whoever has it now. How many jobs they have is for the dispatcher to judge.
pub(in crate::core) fn assign_to(stage: &mut Stage<'_>, p: &Press, number: i64, technician: i64) {
    if !dispatch::may(stage, Some(p)) {
        return;
    }
    let over = || Text::new("ticket-over").with("ticket", shown(number));
    let Some(mut ticket) = stage.ticket(number).filter(|t| t.status.is_open() && !t.trial) else { return stage.toast(over()) };
    let name = match stage.scene.technician.as_ref() {
        Some(person) if !person.working_name.is_empty() => person.working_name.clone(),
        // Forged: the list shows none who is not registered.
        _ => return stage.toast(over()),
    };
    match stage.may_claim(&ticket, technician) {
        May::Yes => {}
        May::No => return stage.alert(Text::new("assign-not-member").with("technician", name)),
        May::Unknown => return stage.alert(Text::new("try-again")),
    }
    let (phone, reachable) = match stage.scene.technician.as_ref() {
        Some(person) => (person.working_phone.clone(), person.reachable),
        None => return,
    };
    if !reachable {
        return stage.alert(Text::new("assign-unreachable").with("technician", name).with("phone", phone));
    }
    if ticket.claimer == Some(technician) {
        return stage.toast(Text::new("assign-has-it").with("technician", name));
    }
    let mut fell = None;
    if ticket.claimer.is_some() {
        // The row is locked: whoever had it still has it.
        fell = release::withdraw(stage, &mut ticket, 0, "card-taken-back").unwrap_or_default();
    }
    let me = stage.scene.person.id;
    match ticket.claim(technician, &name, &phone, stage.now) {
        Ok(()) => {
            visit::begin(stage, &mut ticket);
            stage.put(&ticket, me, "assigned", &name);
            claim::settled(stage, &ticket, technician);
            quote::tell_fallen(stage, &ticket, None, fell.as_ref());
            stage.tell(Recipient::Person(technician), Text::new("told-assigned").with("ticket", shown(number)));
            let text = Text::new("assigned").with("ticket", shown(number)).with("technician", name);
            stage.show(dispatch::place_of(p), vec![text], Keyboard::None, Place::Edit(p.message));
        }
        Err(_) => stage.toast(over()),
    }
}

/// Takes a job from whoever has it, and offers it again.
pub(in crate::core) fn take_back(stage: &mut Stage<'_>, ticket: Ticket) {
    let (me, number) = (stage.scene.person.id, shown(ticket.number));
    let text = match release::release(stage, ticket, me, Why::TakenBack) {
        Ok(()) => "taken-back",
        Err(_) => "ticket-over",
    };
    stage.toast(Text::new(text).with("ticket", number));
}

/// What a dispatcher can do with a ticket, wherever it stands.
pub(in crate::core) fn buttons(ticket: &Ticket) -> Vec<Vec<Button>> {
    let wish = |verb| wish(verb, ticket.number);
    // Who phoned is phoned.
    let answer = (!ticket.by_phone()).then(|| wish(Verb::Answer));
    let last: Vec<Button> = answer.into_iter().chain([wish(Verb::CallOff)]).collect();
    match (ticket.status, ticket.crew) {
        _ if ticket.trial => Vec::new(),
        (Status::Open, None) => vec![vec![wish(Verb::Hand), wish(Verb::Close)], last],
        (Status::Open, Some(_)) => vec![vec![wish(Verb::Assign), wish(Verb::Hand)], last],
        (Status::Claimed, _) => {
            vec![vec![wish(Verb::Assign), wish(Verb::TakeBack)], vec![wish(Verb::Hand)], last]
        }
        (Status::Done | Status::Closed | Status::Cancelled, _) => Vec::new(),
    }
}
