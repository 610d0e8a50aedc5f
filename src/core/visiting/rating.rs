//! What the customer thinks of it: one tap, perhaps a word. A bad one goes to the dispatchers at once.
use crate::desk::ticket::Ticket;
use crate::dialog::session::Run;
use crate::vocabulary::say::{Button, Does, Keyboard, Place, Recipient, Text};

use crate::core::cards::wish;
use crate::core::data::{Verb, Wish};
use crate::core::stage::{Stage, shown};
use crate::core::{finish, talk};

/// Asks for stars; `why`: what led to it.
pub(in crate::core) fn ask(stage: &mut Stage<'_>, ticket: &Ticket, why: Option<Text>) {
    if ticket.claimer.is_none() {
        // Nobody's work is left to be judged.
        return;
    }
    let question = Text::new("rating-ask").with("ticket", shown(ticket.number)).with("technician", &ticket.details.technician);
    let lines = why.into_iter().chain([question]).collect();
    stage.show(Recipient::Person(ticket.customer), lines, Keyboard::Inline(vec![stars(ticket.number)]), Place::New);
}

fn stars(number: i64) -> Vec<Button> {
    let star =
        |n: i64| Button { label: Text::new("rating-button").with("stars", n), does: Does::Press(Wish::Rate(number, n).encode()) };
    (1..=5).map(star).collect()
}

/// The customer taps a number of stars.
pub(in crate::core) fn rate(stage: &mut Stage<'_>, message: i64, number: i64, given: i64) {
    let me = stage.scene.person.id;
    // Somebody else's ticket and one that does not exist answer alike.
    let Some(mut ticket) = stage.ticket(number).filter(|t| t.customer == me) else { return stage.toast(Text::new("old-button")) };
    match ticket.rate(me, given, stage.now) {
        Err(_) => return stage.toast(Text::new("rating-over").with("ticket", shown(number))),
        Ok(false) => return stage.toast(Text::new("rating-same").with("stars", given)),
        Ok(true) => {}
    }
    stage.put(&ticket, me, "rated", &given.to_string());
    let bad = ticket.details.visit.is_bad();
    let thanks = Text::new(if bad { "rating-thanks-bad" } else { "rating-thanks" });
    let text = thanks.with("ticket", shown(number)).with("stars", given).with("technician", &ticket.details.technician);
    let rows = vec![stars(number), vec![wish(Verb::Opinion, number)]];
    stage.show(stage.me(), vec![text], Keyboard::Inline(rows), Place::Edit(message));
    if bad {
        tell_desk(stage, &ticket);
    }
}

/// The customer wants to say a word.
pub(in crate::core) fn opinion(stage: &mut Stage<'_>, ticket: &Ticket) {
    let mut copy = ticket.clone();
    match ticket.details.visit.stars.map(|stars| copy.rate(ticket.customer, stars, stage.now)) {
        Some(Ok(_)) => talk::begin_about(stage, "rating", ticket),
        _ => stage.toast(Text::new("rating-over").with("ticket", shown(ticket.number))),
    }
}

/// The customer has said their word.
pub(in crate::core) fn said(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run) -> bool {
    let me = stage.scene.person.id;
    let Some(stars) = ticket.details.visit.stars.filter(|_| ticket.customer == me) else { return false };
    if ticket.rate(me, stars, stage.now).is_err() {
        return false;
    }
    let words = finish::choice_or_words(run, "opinion");
    ticket.details.visit.opinion.clone_from(&words);
    stage.put(&ticket, me, "opinion", &words);
    stage.tell(stage.me(), Text::new("rating-noted").with("ticket", shown(ticket.number)));
    if ticket.details.visit.is_bad() {
        tell_desk(stage, &ticket);
    }
    true
}

/// Dispatchers hear of an unhappy customer, and can answer.
fn tell_desk(stage: &mut Stage<'_>, ticket: &Ticket) {
    let visit = &ticket.details.visit;
    let key = if visit.opinion.is_empty() { "rating-bad" } else { "rating-bad-words" };
    let text = Text::new(key)
        .with("ticket", shown(ticket.number))
        .with("stars", visit.stars.unwrap_or_default())
        .with("technician", &ticket.details.technician)
        .with("phone", &ticket.details.phone)
        .with("words", &visit.opinion);
    for to in stage.desk() {
        stage.show(to, vec![text.clone()], Keyboard::Inline(vec![vec![wish(Verb::Answer, ticket.number)]]), Place::New);
    }
}

/// What the customer gave, for dispatchers.
pub(in crate::core) fn line(ticket: &Ticket) -> Option<Text> {
    let visit = &ticket.details.visit;
    let stars = visit.stars?;
    let key = if visit.opinion.is_empty() { "rating-line" } else { "rating-line-words" };
    Some(Text::new(key).with("stars", stars).with("words", &visit.opinion))
}
