//! What becomes of a finished dialog.
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::definition::Finish;
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::input::Timer;
use crate::vocabulary::say::{Keyboard, Place, Recipient, Text};

use super::stage::{Stage, shown};
use super::{
    appointment, caller, charge, crews, districts, hotline, lease, offer, promise, quote, rating, release, report, talk, trial,
    visit,
};

/// Carries a finished dialog out.
pub(super) fn finish(stage: &mut Stage<'_>, run: &Run) {
    let Some(finish) = stage.world.book.dialog(&run.dialog).map(|d| d.finish) else { return };
    if finish == Finish::Submit {
        return report::submit(stage, run);
    }
    if finish == Finish::Broadcast {
        return super::notice::made(stage, run);
    }
    if finish == Finish::Claim {
        return registered(stage, run);
    }
    if matches!(finish, Finish::Hotline | Finish::Serve | Finish::Unserve | Finish::Keep | Finish::CrewHours | Finish::CrewDays) {
        return setting(stage, finish, run);
    }
    if run.admin && !stage.scene.person.admin {
        // Dismissed while they wrote.
        return stage.tell(stage.me(), Text::new("unknown-command"));
    }
    if finish == Finish::Call {
        return caller::submit(stage, run);
    }
    let Some(ticket) = run.ticket.and_then(|n| stage.ticket(n)) else {
        return stage.tell(stage.me(), Text::new("no-such-ticket"));
    };
    let number = shown(ticket.number);
    let carried = match finish {
        Finish::Visit => visit::answered(stage, ticket, run),
        Finish::Quote => quote::given(stage, ticket, run),
        Finish::Decline => quote::because(stage, ticket, run),
        Finish::Rate => rating::said(stage, ticket, run),
        Finish::Offer => appointment::offered(stage, ticket, run),
        Finish::Wish => appointment::wished(stage, ticket, run),
        Finish::Release => release::given_back(stage, ticket, run),
        Finish::Cancel => cancel(stage, ticket, run.desk, words(run, "outcome")),
        Finish::Close => run.desk && close(stage, ticket, words(run, "outcome")),
        Finish::NotFixed => not_fixed(stage, ticket, run),
        Finish::Answer => run.desk && answer(stage, &ticket, words(run, "outcome")),
        _ => super::correct::correct(stage, ticket, run),
    };
    if !carried {
        stage.tell(stage.me(), Text::new("ticket-over").with("ticket", number));
    }
}

/// A setting of the service: whoever has stopped to be an admin while they wrote has no say in it any more.
fn setting(stage: &mut Stage<'_>, finish: Finish, run: &Run) {
    match finish {
        _ if !stage.scene.person.admin => stage.tell(stage.me(), Text::new("unknown-command")),
        Finish::Hotline => hotline::set(stage, run),
        Finish::CrewHours | Finish::CrewDays => crews::typed(stage, finish, run),
        _ => districts::named(stage, finish, run),
    }
}

/// Carries out what a dialog has so far; it goes on. `pressed`: the message with the button.
pub(super) fn partly(stage: &mut Stage<'_>, pressed: Option<i64>) {
    let dialog = stage.run().and_then(|run| stage.world.book.dialog(&run.dialog));
    match dialog.map(|d| d.finish) {
        Some(finish @ (Finish::Serve | Finish::Unserve | Finish::Keep)) if stage.scene.person.admin => {
            districts::named_partly(stage, finish, pressed);
        }
        // Dismissed while they wrote.
        _ => talk::give_up(stage, Text::new("unknown-command")),
    }
}

pub(super) fn words<'r>(run: &'r Run, slot: &str) -> &'r str {
    match run.slots.get(slot) {
        Some(Value::Words(words) | Value::Phone(words)) => words,
        _ => "",
    }
}

/// What was chosen from a list, marked as the id of an option, or own words.
pub(super) fn choice_or_words(run: &Run, slot: &str) -> String {
    match run.slots.get(slot) {
        Some(Value::Choice(id)) => format!("@{id}"),
        Some(Value::Words(words)) => words.clone(),
        _ => String::new(),
    }
}

fn registered(stage: &mut Stage<'_>, run: &Run) {
    stage.scene.person.working_name = words(run, "name").to_owned();
    stage.scene.person.working_phone = words(run, "phone").to_owned();
    stage.tell(stage.me(), Text::new("registered"));
    if let Some(ticket) = run.ticket {
        // Membership must be asked of Telegram again, which a step cannot do: the claim is an input of its own.
        let user = stage.scene.person.id;
        stage.timer(user, "claim", Some((stage.now, Timer::Claim { user, ticket })));
    }
}

fn cancel(stage: &mut Stage<'_>, mut ticket: Ticket, dispatcher: bool, why: &str) -> bool {
    let me = stage.scene.person.id;
    let claimer = ticket.claimer;
    // Whoever lost the job while they wrote the reason has no say in it any more.
    let may = dispatcher || ticket.customer == me || claimer == Some(me);
    if !may || ticket.end(Status::Cancelled, why, stage.now).is_err() {
        return false;
    }
    if ticket.trial {
        trial::remove(stage, &ticket);
        let text = Text::new("trial-ended").with("ticket", shown(ticket.number));
        if ticket.customer != me {
            stage.tell(Recipient::Person(ticket.customer), text.clone());
        }
        stage.tell(stage.me(), text);
        return true;
    }
    appointment::cancelled(stage, &mut ticket);
    stage.put(&ticket, me, "cancelled", why);
    promise::stop(stage, ticket.number);
    lease::stop(stage, ticket.number);
    stage.refresh(&ticket);
    let text = |key: &str| Text::new(key).with("ticket", shown(ticket.number)).with("why", why);
    if ticket.customer != me {
        stage.tell(Recipient::Person(ticket.customer), text("told-cancelled"));
    }
    if let Some(claimer) = claimer {
        offer::take_files_away(stage, &ticket, claimer);
        if claimer != me {
            stage.tell(Recipient::Person(claimer), text("told-cancelled-technician"));
        }
    }
    stage.tell(stage.me(), text("cancelled-ticket"));
    true
}

fn close(stage: &mut Stage<'_>, mut ticket: Ticket, why: &str) -> bool {
    let me = stage.scene.person.id;
    if ticket.end(Status::Closed, why, stage.now).is_err() {
        return false;
    }
    appointment::closed(stage, &mut ticket);
    stage.put(&ticket, me, "closed", why);
    promise::stop(stage, ticket.number);
    lease::stop(stage, ticket.number);
    stage.refresh(&ticket);
    stage
        .tell(Recipient::Person(ticket.customer), Text::new("told-closed").with("ticket", shown(ticket.number)).with("why", why));
    stage.tell(stage.me(), Text::new("closed-ticket").with("ticket", shown(ticket.number)));
    true
}

fn answer(stage: &mut Stage<'_>, ticket: &Ticket, words: &str) -> bool {
    if !ticket.status.is_open() && !ticket.details.visit.is_bad() {
        return false;
    }
    stage.put(ticket, stage.scene.person.id, "answered", words);
    stage.tell(
        Recipient::Person(ticket.customer),
        Text::new("told-answer").with("ticket", shown(ticket.number)).with("words", words),
    );
    stage.tell(stage.me(), Text::new("answer-sent").with("ticket", shown(ticket.number)));
    true
}

fn not_fixed(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run) -> bool {
    let (me, words) = (stage.scene.person.id, words(run, "problem"));
    // A dispatcher says what the customer said on the phone.
    let by = if run.desk { ticket.customer } else { me };
    if ticket.not_fixed(by, stage.now).is_err() {
        return false;
    }
    visit::spoken(stage, ticket.number);
    if !words.is_empty() {
        ticket.details.problem = super::private::add_words(&ticket.details.problem, words);
    }
    match ticket.claimer {
        // What the customer says stands on the card, which is protected and can be taken back.
        Some(claimer) => {
            stage.put(&ticket, me, "not_fixed", words);
            stage.refresh_news(&ticket);
            visit::contested(stage, &ticket);
            stage.tell(Recipient::Person(claimer), Text::new("told-not-fixed").with("ticket", shown(ticket.number)));
        }
        // The technician has left: somebody else must go.
        None => {
            ticket.details.technician.clear();
            ticket.details.technician_phone.clear();
            offer::place_again(stage, &mut ticket);
            stage.put(&ticket, me, "not_fixed", words);
            offer::announce(stage, &ticket, None);
            stage.customer_card(&ticket, false);
        }
    }
    let taken = Text::new("not-fixed-taken").with("ticket", shown(ticket.number));
    let lines = [taken].into_iter().chain(charge::covered(&ticket)).collect();
    stage.show(Recipient::Person(ticket.customer), lines, Keyboard::None, Place::New);
    if run.desk {
        stage.tell(stage.me(), Text::new("reopened").with("ticket", shown(ticket.number)));
    }
    true
}
