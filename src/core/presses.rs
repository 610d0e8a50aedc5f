//! Taps on inline buttons. Every tap is answered; the state is the guard against repeated and forged ones.
use crate::desk::flood::{self, Flow};
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::data as dialog_data;
use crate::dialog::machine::Answer;
use crate::vocabulary::input::{Input, Press};
use crate::vocabulary::say::{CardRef, CardRole, Keyboard, Place, Priority, Recipient, Say, Text, What};

use super::cards::wish;
use super::data::{Verb, Wish};
use super::rights::May;
use super::stage::{Stage, shown};
use super::{
    appointment, assign, board, caller, claim, commands, contact, dispatch, duplicate, guide, notice, offer, progress, quote,
    rating, recording, release, staff, talk, visit,
};

/// A tap.
pub(super) fn press(stage: &mut Stage<'_>, input: &Input, p: &Press) {
    stage.pressed(p);
    if p.private {
        stage.scene.person.reachable = true;
        stage.name.clone_from(&p.from.name);
    }
    match flood::take(&mut stage.scene.person, stage.now) {
        Flow::Pass => {}
        Flow::Warn | Flow::Drop => return stage.toast(Text::new("too-fast")),
    }
    if let Some(tap) = dialog_data::decode(&p.data) {
        return in_dialog(stage, p, tap);
    }
    match Wish::decode(&p.data) {
        Some(Wish::Ticket(verb, number)) => on_ticket(stage, p, verb, number),
        Some(Wish::Stage(number, to)) => on_visit(stage, p, number, |stage, ticket| visit::go(stage, ticket, &to)),
        Some(Wish::Tick(number, need)) => on_visit(stage, p, number, |stage, ticket| visit::tick(stage, ticket, &need)),
        Some(Wish::Accept(number, version)) if p.private => quote::accept(stage, p.message, number, version),
        Some(Wish::Decline(number, version)) if p.private => quote::decline(stage, p.message, number, version),
        Some(Wish::Rate(number, stars)) if p.private => rating::rate(stage, p.message, number, stars),
        Some(Wish::Recorded(number, page)) if p.private => recording::show(stage, number, page),
        Some(Wish::Appoint(number, wish)) if p.private => appointment::press(stage, p, number, wish),
        Some(Wish::Queue(crew, page)) if p.private => board::page(stage, input, crew, page),
        Some(Wish::HandTo(number, crew)) => dispatch::hand_to(stage, p, number, crew),
        Some(Wish::AssignTo(number, technician)) => assign::assign_to(stage, p, number, technician),
        Some(Wish::Notice(order, _)) => notice::press(stage, p, order),
        Some(Wish::Report) if p.private => commands::report(stage),
        Some(Wish::Status) if p.private => commands::status(stage),
        Some(Wish::Language) if p.private => commands::language(stage),
        Some(Wish::Setup(wish)) if p.private => guide::press(stage, p, wish),
        Some(Wish::SetLanguage(tag)) if p.private => commands::set_language(stage, &tag, Some(p.message)),
        _ => stage.toast(Text::new("old-button")),
    }
}

fn in_dialog(stage: &mut Stage<'_>, p: &Press, tap: dialog_data::DialogPress) {
    match stage.run() {
        Some(run) if p.private && run.number == tap.run && run.question == tap.question => {
            let outcome = talk::answer(stage, Answer::Tap(tap.tap), Some(p.message));
            commands::after(stage, outcome);
        }
        Some(_) if p.private => stage.toast(Text::new("button-answered")),
        _ => stage.toast(Text::new("old-button")),
    }
}

/// What only the claimer of a running ticket may do, in private.
fn on_visit(stage: &mut Stage<'_>, p: &Press, number: i64, act: impl FnOnce(&mut Stage<'_>, Ticket)) {
    let mine = |t: &Ticket| p.private && t.claimer == Some(p.from.id) && !t.trial;
    match stage.ticket(number).filter(mine) {
        Some(ticket) if ticket.status == Status::Claimed => act(stage, ticket),
        Some(ticket) => over(stage, &ticket),
        None => stage.toast(Text::new("old-button")),
    }
}

fn on_ticket(stage: &mut Stage<'_>, p: &Press, verb: Verb, number: i64) {
    if verb == Verb::Claim {
        // Offered in the crew's group, and to its members in private. Elsewhere no tap tells whether there is such a ticket.
        let here = |ticket: &Ticket| stage.groups(ticket).iter().any(|(_, chat)| *chat == p.chat);
        return match p.private || stage.ticket(number).is_some_and(|t| here(&t)) {
            true => claim::claim(stage, number, Some(p.chat).filter(|_| !p.private)),
            false if stage.member(p.chat, p.from.id) == May::Yes => stage.alert(Text::new("claim-elsewhere")),
            false => stage.alert(Text::new("claim-not-yours")),
        };
    }
    let me = p.from.id;
    let Some(ticket) = stage.ticket(number) else { return stage.toast(Text::new("old-button")) };
    if ticket.trial && !matches!(verb, Verb::Release | Verb::Done | Verb::Cancel) {
        // Its cards have no such button.
        return stage.toast(Text::new("old-button"));
    }
    let (customer, claimer) = (ticket.customer == me && p.private, ticket.claimer == Some(me) && p.private);
    match verb {
        Verb::Recording | Verb::Record | Verb::NoRecord if p.private && ticket.party(me).is_some() => {
            recording::press(stage, p, verb, ticket);
        }
        Verb::Recording | Verb::Record | Verb::NoRecord if customer || claimer => over(stage, &ticket),
        Verb::Add if customer => duplicate::add(stage, ticket),
        Verb::Progress if customer => progress::show(stage, &ticket),
        Verb::Stranger if customer => visit::stranger(stage, ticket),
        Verb::Opinion if customer => rating::opinion(stage, &ticket),
        Verb::Confirm | Verb::NotFixed | Verb::Phone | Verb::Address if customer => of_customer(stage, p.message, verb, ticket),
        Verb::Release | Verb::Done | Verb::Quote | Verb::Withdraw | Verb::Media | Verb::Called | Verb::NoAnswer | Verb::Show
            if claimer && ticket.status == Status::Claimed =>
        {
            of_claimer(stage, verb, ticket)
        }
        Verb::Link if claimer && ticket.status == Status::Claimed => caller::link(stage, ticket, p),
        Verb::Cancel if (customer || claimer) && !ticket.status.is_open() => over(stage, &ticket),
        Verb::Cancel if customer || claimer => talk::begin_about(stage, "cancel", &ticket),
        Verb::Cancel if p.private && !stage.is_desk(p.chat) => stage.toast(Text::new("old-button")),
        Verb::Cancel => dispatch::dispatch(stage, Some(p), verb, number),
        Verb::Open => staff::open(stage, p, &ticket),
        _ if verb.is_of_desk() => dispatch::dispatch(stage, Some(p), verb, number),
        // Somebody else's ticket and one that does not exist answer alike.
        _ => stage.toast(Text::new("old-button")),
    }
}

fn of_customer(stage: &mut Stage<'_>, message: i64, verb: Verb, mut ticket: Ticket) {
    match verb {
        Verb::Confirm => match ticket.confirm(stage.scene.person.id, stage.now) {
            Ok(()) => {
                answered(stage, message, verb, &ticket);
                visit::spoken(stage, ticket.number);
                stage.put(&ticket, ticket.customer, "confirmed", "");
                stage.refresh(&ticket);
                let thanks = Text::new("confirmed-thanks").with("ticket", shown(ticket.number));
                match ticket.claimer {
                    Some(_) => rating::ask(stage, &ticket, Some(thanks)),
                    None => stage.tell(stage.me(), thanks),
                }
                if let Some(claimer) = ticket.claimer {
                    stage.tell(Recipient::Person(claimer), Text::new("told-confirmed").with("ticket", shown(ticket.number)));
                }
            }
            Err(_) => over(stage, &ticket),
        },
        Verb::NotFixed if ticket.status == Status::Done && !ticket.is_blank() => {
            talk::begin_about(stage, "not_fixed", &ticket);
            if stage.run().is_some_and(|run| run.ticket == Some(ticket.number)) {
                answered(stage, message, verb, &ticket);
            }
        }
        Verb::Phone if ticket.status.is_open() => talk::begin_about(stage, "correct_phone", &ticket),
        Verb::Address if ticket.status.is_open() => talk::begin_about(stage, "correct_address", &ticket),
        _ => over(stage, &ticket),
    }
}

/// The message that asked "is it fixed?" says what was answered, and asks no more. The living card stays one.
fn answered(stage: &mut Stage<'_>, message: i64, verb: Verb, ticket: &Ticket) {
    if stage.scene.card.is_none() {
        let text = Text::new("told-done-answered")
            .with("ticket", shown(ticket.number))
            .with("outcome", &ticket.details.outcome)
            .with("answer", wish(verb, ticket.number).label);
        stage.show(stage.me(), vec![text], Keyboard::None, Place::Edit(message));
    }
}

fn of_claimer(stage: &mut Stage<'_>, verb: Verb, ticket: Ticket) {
    match verb {
        Verb::Release => release::ask(stage, ticket),
        Verb::Show => stage.technician_card(&ticket, stage.scene.person.id, true),
        Verb::Called => contact::called(stage, ticket),
        Verb::NoAnswer => contact::no_answer(stage, ticket),
        Verb::Done => visit::done(stage, ticket),
        Verb::Quote => quote::begin(stage, &ticket),
        Verb::Withdraw => quote::withdraw(stage, ticket),
        _ => media(stage, &ticket),
    }
}

/// Shows the claimer the files and the shared place, at the end of the chat; what was shown before is taken away.
fn media(stage: &mut Stage<'_>, ticket: &Ticket) {
    offer::take_files_away(stage, ticket, stage.scene.person.id);
    let files = (!ticket.details.media.is_empty()).then(|| (CardRole::Media, What::Media(ticket.details.media.clone())));
    let place = ticket.details.location.map(|(latitude, longitude)| (CardRole::Location, What::Location(latitude, longitude)));
    for (role, what) in files.into_iter().chain(place) {
        let place = Place::CardAnew(CardRef { number: ticket.number, role });
        stage.say(Say { to: stage.me(), what, keyboard: Keyboard::None, place, priority: Priority::Reply, protect: true });
    }
}

fn over(stage: &mut Stage<'_>, ticket: &Ticket) {
    stage.toast(Text::new("ticket-over").with("ticket", shown(ticket.number)));
}
