//! What becomes of a finished dialog.
use crate::desk::ticket::{Details, Status, Ticket};
use crate::dialog::definition::{Finish, Kind};
use crate::dialog::session::Run;
use crate::dialog::value::{Address, Value};
use crate::vocabulary::input::Timer;
use crate::vocabulary::say::{Recipient, Text};

use super::stage::{Stage, shown};
use super::{appointment, crews, districts, hotline, lease, offer, promise, rating, release, talk, trial, visit};

/// Carries a finished dialog out.
pub(super) fn finish(stage: &mut Stage<'_>, run: &Run) {
    let Some(finish) = stage.world.book.dialog(&run.dialog).map(|d| d.finish) else { return };
    if finish == Finish::Submit {
        return submit(stage, run);
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
    let Some(ticket) = run.ticket.and_then(|n| stage.ticket(n)) else {
        return stage.tell(stage.me(), Text::new("no-such-ticket"));
    };
    let number = shown(ticket.number);
    let carried = match finish {
        Finish::Visit => visit::answered(stage, ticket, run),
        Finish::Rate => rating::said(stage, ticket, run),
        Finish::Offer => appointment::offered(stage, ticket, run),
        Finish::Wish => appointment::wished(stage, ticket, run),
        Finish::Release => release::given_back(stage, ticket, run),
        Finish::Cancel => cancel(stage, ticket, run.desk, words(run, "outcome")),
        Finish::Close => run.desk && close(stage, ticket, words(run, "outcome")),
        Finish::NotFixed => not_fixed(stage, ticket, words(run, "problem")),
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

/// The value of the dialog's first slot of a kind.
fn value<'r>(stage: &Stage<'_>, run: &'r Run, kind: Kind) -> Option<&'r Value> {
    let slot = stage.world.book.dialog(&run.dialog)?.slot_of(kind)?.id().to_owned();
    run.slots.get(&slot)
}

/// Makes a ticket.
fn submit(stage: &mut Stage<'_>, run: &Run) {
    let fault = match value(stage, run, Kind::Choice) {
        Some(Value::Choice(id)) => id.clone(),
        _ => "other".to_owned(),
    };
    let address = match value(stage, run, Kind::Address) {
        Some(Value::Address(address)) => address.clone(),
        _ => Address::default(),
    };
    let media = match value(stage, run, Kind::Report) {
        Some(Value::Report { media, .. }) => media.clone(),
        _ => Vec::new(),
    };
    let when = match choice_or_words(run, "when") {
        said if !said.is_empty() => said,
        // Not asked: a danger does not wait.
        _ if address.served == Some(true) => "@asap".to_owned(),
        _ => "@soon".to_owned(),
    };
    let promised = address.served == Some(true) && when == "@asap";
    let now = stage.now;
    let list = stage.world.book.dialog(&run.dialog).and_then(|d| d.slot_of(Kind::Choice)).and_then(|s| s.options.clone());
    let danger = list.and_then(|l| stage.world.book.choice(&l, &fault)).is_some_and(|c| c.danger);
    let machine = stage.world.machine(&stage.scene);
    let problem = machine.story(&run.dialog, run);
    // Words can only raise the alarm, never lower it.
    let danger = danger || stage.world.book.dialog(&run.dialog).is_some_and(|d| !machine.dangers(d, &problem).is_empty());
    let mut ticket = Ticket {
        number: stage.scene.next_number,
        customer: stage.scene.person.id,
        status: Status::Open,
        fault,
        danger,
        district: None,
        served: None,
        created: now,
        promise: None,
        crew: None,
        claimer: None,
        claimed: None,
        updated: now,
        trial: false,
        details: Details {
            problem,
            media,
            destination: words(run, "destination").to_owned(),
            phone: words(run, "phone").to_owned(),
            name: words(run, "name").to_owned(),
            lang: stage.scene.person.lang,
            when,
            ..Details::default()
        },
    };
    super::correct::set_address(&mut ticket, &address);
    offer::place(stage, &mut ticket);
    // Nothing is promised for hours in which nobody works.
    if promised && ticket.details.opens.is_none() {
        promise::begin(stage, &mut ticket);
    }
    stage.put(&ticket, ticket.customer, "submitted", "");
    stage.customer_card(&ticket, true);
    offer::announce(stage, &ticket, None);
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

fn not_fixed(stage: &mut Stage<'_>, mut ticket: Ticket, words: &str) -> bool {
    let me = stage.scene.person.id;
    if ticket.not_fixed(me, stage.now).is_err() {
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
    stage.tell(stage.me(), Text::new("not-fixed-taken").with("ticket", shown(ticket.number)));
    true
}
