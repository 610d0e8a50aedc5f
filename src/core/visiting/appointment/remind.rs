//! Reminders, and what happens when the time has come and nobody is on the way. Each says what is true when it fires.
use crate::desk::appointment::Mark;
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{Keyboard, Place, Recipient, Text};

use super::show::window_as;
use super::{about, promised, window};
use crate::core::cards::wish;
use crate::core::data::Verb;
use crate::core::stage::Stage;
use crate::core::{assign, lease, promise, visit};

/// Sets the timer of the next thing to say about what is agreed, or drops it.
pub(super) fn watch(stage: &mut Stage<'_>, ticket: &Ticket) {
    let (zone, patience) = (stage.world.settings.timezone, stage.world.settings.visits.late);
    let next = ticket.details.appointment.agreed.and_then(|agreed| Some((agreed.next(zone, patience)?, agreed.at)));
    let set = next.map(|(at, agreed)| (at, Timer::Appointment { ticket: ticket.number, agreed }));
    stage.timer(0, format!("appointment:{}", ticket.number), set);
}

/// The timer of an appointment has fired, perhaps late.
pub(in crate::core) fn tick(stage: &mut Stage<'_>, number: i64, agreed: Millis) {
    let (zone, patience) = (stage.world.settings.timezone, stage.world.settings.visits.late);
    let Some(mut ticket) = stage.ticket(number).filter(|t| t.status.is_open()) else { return };
    let Some(one) = ticket.details.appointment.agreed.as_mut().filter(|one| one.at == agreed) else { return };
    let mark = one.due(zone, patience, stage.now);
    let unaware = one.told < Mark::Late;
    one.told = mark.unwrap_or(one.told);
    let begun = one.window.from <= stage.now;
    stage.put_quietly(&ticket);
    watch(stage, &ticket);
    match mark {
        Some(Mark::Late) => late(stage, &ticket),
        Some(Mark::Over) => over(stage, ticket, unaware),
        // Nobody is reminded of what has begun.
        Some(Mark::Evening | Mark::Soon) if !begun => remind(stage, &ticket),
        _ => {}
    }
}

/// The window as it is seen today, for a message that bears its date.
fn near(stage: &Stage<'_>, ticket: &Ticket) -> Text {
    let Some(one) = ticket.details.appointment.window() else { return Text::new("empty") };
    match one.days_ahead(stage.now, stage.world.settings.timezone) {
        Some(0) => window_as("appointment-today", one),
        Some(1) => window_as("appointment-tomorrow", one),
        _ => window(one),
    }
}

/// With the word that the customer must be phoned, if nothing reaches them.
fn with_call(ticket: &Ticket, text: Text) -> Vec<Text> {
    let call = ticket.details.appointment.unheard.then(|| Text::new("remind-phone"));
    [text].into_iter().chain(call).collect()
}

fn remind(stage: &mut Stage<'_>, ticket: &Ticket) {
    let near = near(stage, ticket);
    let text = |key: &str| about(key, ticket).with("window", near.clone());
    let Some(claimer) = ticket.claimer else {
        return nobody(stage, ticket, text("remind-open-customer"), text("remind-open-staff"));
    };
    stage.tell(Recipient::Person(ticket.customer), text("remind-customer"));
    let lines = with_call(ticket, text("remind-technician"));
    let rows = vec![vec![wish(Verb::Show, ticket.number)]];
    stage.show(Recipient::Person(claimer), lines, Keyboard::Inline(rows), Place::New);
}

/// The time has come: is anybody on the way?
fn late(stage: &mut Stage<'_>, ticket: &Ticket) {
    let Some(agreed) = ticket.details.appointment.agreed else { return };
    let text = |key: &str| about(key, ticket).with("window", window(agreed.window));
    let Some(claimer) = ticket.claimer.filter(|_| ticket.status == Status::Claimed) else {
        return nobody(stage, ticket, text("late-open-customer"), text("late-open-staff"));
    };
    if moved(ticket, agreed.at) {
        return;
    }
    stage.tell(Recipient::Person(ticket.customer), text("late-customer"));
    let rows = visit::stage_rows(stage, ticket);
    let lines = with_call(ticket, text("late-technician"));
    stage.show(Recipient::Person(claimer), lines, Keyboard::Inline(rows), Place::New);
}

/// Whoever has moved since it was agreed has said where they are.
fn moved(ticket: &Ticket, agreed: Millis) -> bool {
    let here = &ticket.details.visit;
    !here.stage.is_empty() && here.since > agreed
}

/// The time is over: if nobody came, dispatchers decide, and whoever has the job and never spoke to the customer is asked to.
/// `unaware`: nobody was told that it was late.
fn over(stage: &mut Stage<'_>, mut ticket: Ticket, unaware: bool) {
    let Some(agreed) = ticket.details.appointment.agreed.filter(|agreed| !moved(&ticket, agreed.at)) else { return };
    if unaware {
        late(stage, &ticket);
    }
    if ticket.details.contacted.is_none() && ticket.promise.is_none() && promised(&ticket) {
        // What was agreed stood for an answer, and was none.
        promise::begin(stage, &mut ticket);
        stage.put_quietly(&ticket);
    }
    stage.refresh(&ticket);
    if ticket.status != Status::Claimed {
        // Who must find somebody was told when it began.
        return;
    }
    let text = about("appointment-over-desk", &ticket).with("window", window(agreed.window));
    for to in stage.desk() {
        stage.show(to, vec![text.clone()], Keyboard::Inline(assign::buttons(&ticket)), Place::New);
    }
    if ticket.details.contacted.is_none() && ticket.details.unreached.is_none() {
        lease::begin(stage, &ticket);
    }
}

/// Nobody has the ticket: the customer hears the truth, the desk and the crew what is at stake.
fn nobody(stage: &mut Stage<'_>, ticket: &Ticket, customer: Text, staff: Text) {
    stage.tell(Recipient::Person(ticket.customer), customer);
    for (_, chat) in stage.groups(ticket) {
        stage.tell(Recipient::Group(chat), staff.clone());
    }
    for to in stage.desk() {
        stage.show(to, vec![staff.clone()], Keyboard::Inline(assign::buttons(ticket)), Place::New);
    }
}
