//! Claiming 抢单: one winner, decided on the locked ticket.
use crate::desk::ticket::{Refusal, Ticket};
use crate::vocabulary::say::{Recipient, Text};

use super::data::{Verb, Wish};
use super::rights::May;
use super::stage::{Stage, shown};
use super::{offer, talk};

/// A tap on *claim*, the start link that it led to, or the end of the registration.
pub(super) fn claim(stage: &mut Stage<'_>, number: i64) {
    let user = stage.scene.person.id;
    // As for a ticket of another crew: nobody learns which numbers there are.
    let Some(mut ticket) = stage.ticket(number) else { return stage.alert(Text::new("claim-not-yours")) };
    match stage.may_claim(&ticket, user) {
        May::Yes => {}
        May::No => return stage.alert(Text::new("claim-not-yours")),
        May::Unknown => return stage.alert(Text::new("try-again")),
    }
    if let Some(refusal) = refused(stage, &ticket, user) {
        return stage.alert(refusal);
    }
    if !stage.scene.person.reachable {
        // The details go out in private only, and a bot may not write first.
        return stage.open_private(Wish::start(Verb::Claim, number));
    }
    let (name, phone) = (stage.scene.person.working_name.clone(), stage.scene.person.working_phone.clone());
    if name.is_empty() || phone.is_empty() {
        return register(stage, number);
    }
    match ticket.claim(user, &name, &phone, stage.now) {
        Ok(()) => won(stage, &ticket),
        Err(_) => stage.alert(Text::new("ticket-over").with("ticket", shown(number))),
    }
}

/// Why this person cannot have the ticket, in words.
fn refused(stage: &Stage<'_>, ticket: &Ticket, user: i64) -> Option<Text> {
    let number = shown(ticket.number);
    match ticket.clone().claim(user, "", "", stage.now) {
        Ok(()) if ticket.claimer == Some(user) => Some(Text::new("claim-already-yours").with("ticket", number)),
        Ok(()) => None,
        Err(Refusal::Taken) => {
            let at = stage.time(ticket.claimed.unwrap_or(ticket.updated));
            Some(Text::new("claim-taken").with("ticket", number).with("technician", &ticket.details.technician).with("at", at))
        }
        Err(Refusal::NotYours | Refusal::WrongStatus) => Some(Text::new("ticket-over").with("ticket", number)),
    }
}

/// The first claim asks for the name and phone that customers will see.
fn register(stage: &mut Stage<'_>, number: i64) {
    let busy = stage.run().is_some_and(|r| r.dialog != "technician");
    if busy {
        return stage.alert(Text::new("claim-dialog-running"));
    }
    if stage.query.is_some() {
        stage.toast(Text::new("claim-register"));
    }
    talk::begin(stage, "technician", Some(number), None, None);
}

fn won(stage: &mut Stage<'_>, ticket: &Ticket) {
    let claimer = stage.scene.person.id;
    stage.put(ticket, claimer, "claimed", "");
    stage.timer(0, format!("promise:{}", ticket.number), None);
    if stage.query.is_some() {
        stage.toast(Text::new("claim-won").with("ticket", shown(ticket.number)));
    }
    stage.technician_card(ticket, claimer, true);
    if let Some(chat) = stage.crew(ticket.crew).map(|c| c.chat) {
        stage.crew_card(ticket, chat, false);
    }
    stage.customer_card(ticket, false);
    let told = if ticket.trial { "trial-claimed" } else { "told-claimed" };
    if ticket.trial && ticket.customer == claimer {
        // Nobody needs to be told what they have just done.
        return;
    }
    stage.tell(
        Recipient::Person(ticket.customer),
        Text::new(told)
            .with("ticket", shown(ticket.number))
            .with("technician", &ticket.details.technician)
            .with("phone", &ticket.details.technician_phone),
    );
}

/// Puts the ticket back and offers it again. `by`: who did it, 0 when the technician left the group.
pub(super) fn release(stage: &mut Stage<'_>, mut ticket: Ticket, by: i64) -> Result<(), Refusal> {
    let before = ticket.details.technician.clone();
    let claimer = ticket.release(by, stage.now)?;
    let crew = match ticket.crew {
        Some(id) if stage.crew(Some(id)).is_some_and(|c| c.active) => Some(id),
        _ => offer::crew_for(stage, &ticket),
    };
    stage.assign(&mut ticket, crew);
    if ticket.promise.is_some() {
        // Somebody answers within the time promised, counted anew: the first answer was taken back.
        offer::promise(stage, &mut ticket);
    }
    stage.put(&ticket, by, "released", "");
    let why = if by == 0 { "card-left-group" } else { "card-released" };
    stage.blank(&ticket, claimer, Text::new(why));
    offer::announce(
        stage,
        &ticket,
        Some(Text::new("group-released").with("ticket", shown(ticket.number)).with("technician", before)),
    );
    stage.customer_card(&ticket, false);
    if ticket.trial {
        return Ok(());
    }
    stage.tell(Recipient::Person(ticket.customer), Text::new("told-released").with("ticket", shown(ticket.number)));
    Ok(())
}
