//! A test ticket: real in everything but that nobody needs to go, that it counts nowhere, and that nothing of it remains.
//! Its number is not given out again: numbers have gaps anyway wherever something is withdrawn.
use crate::desk::crew::CrewKind;
use crate::desk::ticket::{Details, Status, Ticket};
use crate::vocabulary::say::{Button, CardRole, Recipient, Text};

use crate::core::cards::wish;
use crate::core::data::{Part, Setup, Verb};
use crate::core::stage::{Stage, shown};
use crate::core::{guide, offer};

/// Opens a test ticket in the first crew's group; one that runs is shown again.
pub(in crate::core) fn begin(stage: &mut Stage<'_>) {
    let me = stage.scene.person.id;
    if let Some(ticket) = running(stage).cloned() {
        return stage.customer_card(&ticket, true);
    }
    let crew = stage.scene.crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew).min_by_key(|c| c.id);
    let Some(crew) = crew.cloned() else { return stage.alert(Text::new("trial-no-crew")) };
    let now = stage.now;
    let ticket = Ticket {
        number: stage.scene.next_number,
        customer: me,
        status: Status::Open,
        fault: "other".to_owned(),
        danger: false,
        district: None,
        served: None,
        created: now,
        promise: None,
        crew: Some(crew.id),
        claimer: None,
        claimed: None,
        updated: now,
        trial: true,
        details: Details::default(),
    };
    stage.put(&ticket, me, "submitted", "");
    stage.customer_card(&ticket, true);
    stage.crew_card(&ticket, crew.chat, true);
    guide::follow(stage);
}

/// The test that the admin who acts has begun.
pub(in crate::core) fn running<'s>(stage: &'s Stage<'_>) -> Option<&'s Ticket> {
    let me = stage.scene.person.id;
    stage.scene.tickets.iter().find(|t| t.trial && t.customer == me && t.status.is_open())
}

/// An admin ends a test ticket: their own, or one that another admin has forgotten.
pub(in crate::core) fn end(stage: &mut Stage<'_>, number: i64) {
    match stage.ticket(number).filter(|t| t.trial) {
        Some(ticket) => {
            remove(stage, &ticket);
            let text = Text::new("trial-ended").with("ticket", shown(number));
            if let Some(claimer) = ticket.claimer.filter(|c| *c != stage.scene.person.id) {
                stage.tell(Recipient::Person(claimer), text.clone());
            }
            stage.tell(stage.me(), text);
            guide::follow(stage);
        }
        None => stage.toast(Text::new("old-button")),
    }
}

/// The technician has finished it: everything works.
pub(in crate::core) fn passed(stage: &mut Stage<'_>, ticket: &Ticket) {
    remove(stage, ticket);
    let text = |key: &str| Text::new(key).with("ticket", shown(ticket.number)).with("technician", &ticket.details.technician);
    guide::settle(stage, Part::Trial, false);
    let admin = Recipient::Person(ticket.customer);
    if admin != stage.me() {
        stage.tell(stage.me(), text("trial-done"));
    }
    // Whoever is an admin no longer is told, but led no further.
    stage.tell(admin, text("trial-passed"));
    if stage.scene.admins.contains(&ticket.customer) {
        guide::card(stage, admin, None, true);
    }
}

/// Takes away all that anybody sees of it, and every row.
pub(in crate::core) fn remove(stage: &mut Stage<'_>, ticket: &Ticket) {
    let number = ticket.number;
    offer::take_away(stage, ticket, Recipient::Person(ticket.customer), CardRole::Customer);
    if let Some(chat) = stage.crew(ticket.crew).map(|c| c.chat) {
        offer::take_away(stage, ticket, Recipient::Group(chat), CardRole::Crew);
    }
    if let Some(claimer) = ticket.claimer {
        offer::take_away(stage, ticket, Recipient::Person(claimer), CardRole::Technician);
        offer::take_files_away(stage, ticket, claimer);
    }
    stage.scene.tickets.retain(|t| t.number != number);
    stage.step.tickets.retain(|t| t.number != number);
    stage.step.events.retain(|e| e.ticket != number);
    stage.step.removed.push(number);
}

/// What stands on its cards, and their buttons. A test has no customer: there is nothing to show but where it stands.
pub(in crate::core) fn on_card(ticket: &Ticket, role: CardRole) -> (Text, Vec<Vec<Button>>) {
    let number = ticket.number;
    match (role, ticket.status) {
        (CardRole::Customer, _) => {
            (Text::new("trial-customer"), vec![vec![guide::button("button-end-trial", Setup::EndTrial(number))]])
        }
        (CardRole::Technician, Status::Claimed) => {
            (Text::new("trial-technician"), vec![vec![wish(Verb::Done, number), wish(Verb::Release, number)]])
        }
        (CardRole::Crew, Status::Open) => (Text::new("trial-crew"), vec![vec![wish(Verb::Claim, number)]]),
        _ => (Text::new("trial-crew"), Vec::new()),
    }
}
