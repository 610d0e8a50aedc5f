//! Claiming 抢单: one winner, decided on the locked ticket.
use crate::desk::ticket::{Refusal, Status, Ticket};
use crate::vocabulary::say::{CardRole, Recipient, Text};

use crate::core::data::{Verb, Wish};
use crate::core::rights::May;
use crate::core::stage::{Stage, shown};
use crate::core::{appointment, lease, talk, visit};

/// A tap on *claim* in the group `chat`, the start link that it led to, or the end of the registration.
pub(in crate::core) fn claim(stage: &mut Stage<'_>, number: i64, chat: Option<i64>) {
    let user = stage.scene.person.id;
    // As for a ticket of another crew: nobody learns which numbers there are.
    let Some(mut ticket) = stage.ticket(number) else { return stage.alert(Text::new("claim-not-yours")) };
    match stage.may_claim(&ticket, user) {
        May::Yes => {}
        May::No => return stage.alert(Text::new("claim-not-yours")),
        May::Unknown => return stage.alert(Text::new("try-again")),
    }
    if let Some(refusal) = refused(stage, &ticket, user).or_else(|| held_back(stage, &ticket, user)) {
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
    let before = ticket.clone();
    match ticket.claim(user, &name, &phone, stage.now) {
        Ok(()) => {
            visit::begin(stage, &mut ticket);
            let crew = stage.crew_of_claimer(&ticket, user, chat);
            ticket.crew = crew.or(before.crew);
            stage.offer_also(&mut ticket, Vec::new());
            taken_elsewhere(stage, &before, &ticket);
            won(stage, &ticket);
        }
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

/// Why this person may have no further job now, in words. A danger is anybody's to take, and a test is no job.
fn held_back(stage: &Stage<'_>, ticket: &Ticket, user: i64) -> Option<Text> {
    if ticket.danger || ticket.trial {
        return None;
    }
    let rules = &stage.world.settings.claims;
    if let Some(until) = rules.cools_until(&stage.scene.releases, stage.now) {
        return Some(Text::new("claim-cooling").with("until", stage.time(until)));
    }
    let jobs = stage.scene.tickets.iter().filter(|t| t.claimer == Some(user) && t.status == Status::Claimed && !t.trial).count();
    (jobs >= rules.jobs).then(|| Text::new("claim-full").with("jobs", i64::try_from(jobs).unwrap_or(i64::MAX)))
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

/// Groups of other crews that were offered the ticket read who has it.
fn taken_elsewhere(stage: &mut Stage<'_>, before: &Ticket, ticket: &Ticket) {
    let title = stage.crew(ticket.crew).map(|c| c.title.clone()).unwrap_or_default();
    for (crew, chat) in stage.groups(before).into_iter().filter(|(crew, _)| Some(*crew) != ticket.crew) {
        if before.details.boarded {
            stage.board_changed(crew);
            continue;
        }
        let line = Text::new("card-taken-elsewhere").with("ticket", shown(ticket.number)).with("crew", &title);
        stage.card(Recipient::Group(chat), ticket, CardRole::Crew, vec![line], Vec::new(), false, false);
    }
}

fn won(stage: &mut Stage<'_>, ticket: &Ticket) {
    let claimer = stage.scene.person.id;
    stage.put(ticket, claimer, "claimed", "");
    if stage.query.is_some() {
        stage.toast(Text::new("claim-won").with("ticket", shown(ticket.number)));
    }
    settled(stage, ticket, claimer);
}

/// Somebody has the ticket: they are shown everything, and the customer is told who.
pub(in crate::core) fn settled(stage: &mut Stage<'_>, ticket: &Ticket, claimer: i64) {
    lease::begin(stage, ticket);
    stage.technician_card(ticket, claimer, true);
    stage.crew_cards(ticket, false);
    stage.customer_card(ticket, false);
    let told = if ticket.trial { "trial-claimed" } else { "told-claimed" };
    if ticket.trial && ticket.customer == claimer {
        // Nobody needs to be told what they have just done.
        return;
    }
    let text = Text::new(told)
        .with("ticket", shown(ticket.number))
        .with("technician", &ticket.details.technician)
        .with("phone", &ticket.details.technician_phone);
    let text = appointment::taken_over(stage, ticket).unwrap_or(text);
    stage.tell(Recipient::Person(ticket.customer), text);
    appointment::inherited(stage, ticket, claimer);
}
