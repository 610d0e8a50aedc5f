//! Giving a job back, and taking it away: the details go, the ticket is offered again.
use crate::desk::quote::Quote;
use crate::desk::ticket::{Refusal, Ticket};
use crate::dialog::session::Run;
use crate::vocabulary::say::{Recipient, Text};

use crate::core::stage::{Stage, shown};
use crate::core::{appointment, finish, lease, offer, promise, quote, talk};

/// Why a technician no longer has a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) enum Why<'w> {
    /// They gave it back: the id of an option behind `@`, or own words.
    GivenBack(&'w str),
    /// They left the crew's group.
    Left,
    /// They had not contacted the customer in time.
    Lapsed,
    /// A dispatcher took it away.
    TakenBack,
}

/// The claimer taps *release*: asked why, but for a test, of which nothing stays.
pub(in crate::core) fn ask(stage: &mut Stage<'_>, ticket: Ticket) {
    if !ticket.trial {
        return talk::begin_about(stage, "release", &ticket);
    }
    let (me, number) = (stage.scene.person.id, shown(ticket.number));
    let text = match release(stage, ticket, me, Why::GivenBack("")) {
        Ok(()) => "released-toast",
        Err(_) => "ticket-over",
    };
    stage.toast(Text::new(text).with("ticket", number));
}

/// The claimer has said why.
pub(in crate::core) fn given_back(stage: &mut Stage<'_>, ticket: Ticket, run: &Run) -> bool {
    let (me, number) = (stage.scene.person.id, shown(ticket.number));
    let why = finish::choice_or_words(run, "reason");
    let done = release(stage, ticket, me, Why::GivenBack(&why)).is_ok();
    if done {
        stage.toast(Text::new("released-toast").with("ticket", number));
    }
    done
}

/// Takes the ticket from whoever has it: card blanked, files taken away, the clock of the promise set right. `by`: who may,
/// 0 for anybody. Gives the quote that no longer holds, of which the customer is to be told.
pub(in crate::core) fn withdraw(
    stage: &mut Stage<'_>,
    ticket: &mut Ticket,
    by: i64,
    card: &str,
) -> Result<Option<Quote>, Refusal> {
    let answered = ticket.details.contacted.is_some();
    let quotes = ticket.details.quotes.clone();
    let claimer = ticket.release(by, stage.now)?;
    if let Some(open) = quotes.open() {
        stage.put(ticket, by, "withdrawn", &quote::note(Some(open.price.total()), None));
    }
    let _ = appointment::orphaned(stage, ticket);
    lease::stop(stage, ticket.number);
    if ticket.details.appointment.ahead(stage.now).is_some() {
        // The customer has their answer; who comes then is asked for as the time draws near.
        promise::withdraw(stage, ticket);
    } else if answered && ticket.details.promised.is_some() {
        // Somebody else answers within the time promised, counted anew. Where nobody has answered yet, the time runs on.
        promise::begin(stage, ticket);
    } else {
        promise::resume(stage, ticket);
    }
    stage.blank(ticket, claimer, Text::new(card));
    if by != claimer && card != "card-left-group" {
        // An edit makes no sound, and they may be on their way.
        stage.tell(Recipient::Person(claimer), Text::new(card).with("ticket", shown(ticket.number)));
    }
    Ok(quotes.open().or(quotes.due()).cloned())
}

/// Puts the ticket back and offers it again. `by`: who did it, 0 for the program.
pub(in crate::core) fn release(stage: &mut Stage<'_>, mut ticket: Ticket, by: i64, why: Why<'_>) -> Result<(), Refusal> {
    let (before, before_crew) = (ticket.details.technician.clone(), ticket.crew);
    let card = match why {
        Why::GivenBack(_) => "card-released",
        Why::Left => "card-left-group",
        Why::Lapsed => "card-lapsed",
        Why::TakenBack => "card-taken-back",
    };
    let waited = !ticket.details.appointment.offered.is_empty();
    let rightful = if why == Why::TakenBack { 0 } else { by };
    let fell = withdraw(stage, &mut ticket, rightful, card)?;
    if ticket.trial {
        stage.assign(&mut ticket, before_crew, Vec::new());
    } else {
        offer::place_again(stage, &mut ticket);
    }
    match why {
        Why::GivenBack(reason) => stage.put(&ticket, by, "released", reason),
        Why::Left => stage.put(&ticket, by, "released", ""),
        Why::Lapsed => stage.put(&ticket, by, "lapsed", ""),
        Why::TakenBack => stage.put(&ticket, by, "taken_back", ""),
    }
    let number = shown(ticket.number);
    let told = match why {
        // Own words may hold anything: they are for the desk.
        Why::GivenBack(reason) if reason.starts_with('@') => Text::new("group-released-why").with("why", reason_text(reason)),
        Why::Lapsed => Text::new("group-lapsed"),
        Why::TakenBack => Text::new("group-taken-back"),
        Why::GivenBack(_) | Why::Left => Text::new("group-released"),
    };
    offer::announce(stage, &ticket, Some(told.with("ticket", number.clone()).with("technician", before)));
    stage.customer_card(&ticket, false);
    if !ticket.trial {
        let told = appointment::released(stage, &ticket, waited);
        quote::tell_fallen(stage, &ticket, Some(told), fell.as_ref());
    }
    Ok(())
}

/// A reason that was chosen from the list.
pub(in crate::core) fn reason_text(reason: &str) -> Text {
    Text::new(format!("release_reasons-{}", reason.trim_start_matches('@')))
}
