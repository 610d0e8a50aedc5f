//! Taps on inline buttons. Every tap is answered; the state is the guard against repeated and forged ones.
use crate::desk::flood::{self, Flow};
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::data as dialog_data;
use crate::dialog::machine::Answer;
use crate::vocabulary::input::Press;
use crate::vocabulary::say::{Button, CardRef, CardRole, Does, Keyboard, Place, Priority, Recipient, Say, Text, What};

use super::data::{Verb, Wish};
use super::rights::May;
use super::stage::{Stage, shown};
use super::{claim, commands, finish, talk};

/// Most crews offered to hand a ticket to: Telegram shows a hundred buttons, a person reads fewer.
const MOST_CREWS: usize = 30;

/// A tap.
pub(super) fn press(stage: &mut Stage<'_>, p: &Press) {
    stage.pressed(p);
    if p.private {
        stage.scene.person.reachable = true;
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
        Some(Wish::HandTo(number, crew)) => hand_to(stage, p, number, crew),
        Some(Wish::Report) if p.private => commands::report(stage, Some(p.message)),
        Some(Wish::Status) if p.private => commands::status(stage),
        Some(Wish::Language) if p.private => commands::language(stage, Some(p.message)),
        Some(Wish::SetLanguage(tag)) if p.private => commands::set_language(stage, &tag, Some(p.message)),
        _ => stage.toast(Text::new("old-button")),
    }
}

fn in_dialog(stage: &mut Stage<'_>, p: &Press, tap: dialog_data::DialogPress) {
    match stage.run() {
        Some(run) if p.private && run.number == tap.run && run.question == tap.question => {
            talk::answer(stage, Answer::Tap(tap.tap), Some(p.message));
        }
        Some(_) if p.private => stage.toast(Text::new("button-answered")),
        _ => stage.toast(Text::new("old-button")),
    }
}

fn on_ticket(stage: &mut Stage<'_>, p: &Press, verb: Verb, number: i64) {
    if verb == Verb::Claim {
        return claim::claim(stage, number);
    }
    let me = p.from.id;
    let Some(ticket) = stage.ticket(number) else { return stage.toast(Text::new("old-button")) };
    let (customer, claimer) = (ticket.customer == me && p.private, ticket.claimer == Some(me) && p.private);
    match verb {
        Verb::Confirm | Verb::NotFixed | Verb::Phone | Verb::Address if customer => of_customer(stage, verb, ticket),
        Verb::Release | Verb::Done | Verb::Media if claimer && ticket.status == Status::Claimed => {
            of_claimer(stage, verb, ticket)
        }
        Verb::Cancel if (customer || claimer) && !ticket.status.is_open() => over(stage, &ticket),
        Verb::Cancel if customer || claimer => begin(stage, "cancel", &ticket),
        Verb::Cancel | Verb::Hand | Verb::Answer | Verb::Close => dispatch(stage, Some(p), verb, number),
        // Somebody else's ticket and one that does not exist answer alike.
        _ => stage.toast(Text::new("old-button")),
    }
}

fn of_customer(stage: &mut Stage<'_>, verb: Verb, mut ticket: Ticket) {
    match verb {
        Verb::Confirm => match ticket.confirm(stage.scene.person.id, stage.now) {
            Ok(()) => {
                stage.put(&ticket, ticket.customer, "confirmed", "");
                stage.refresh(&ticket);
                stage.tell(stage.me(), Text::new("confirmed-thanks").with("ticket", shown(ticket.number)));
                if let Some(claimer) = ticket.claimer {
                    stage.tell(Recipient::Person(claimer), Text::new("told-confirmed").with("ticket", shown(ticket.number)));
                }
            }
            Err(_) => over(stage, &ticket),
        },
        Verb::NotFixed if ticket.status == Status::Done => begin(stage, "not_fixed", &ticket),
        Verb::Phone if ticket.status.is_open() => begin(stage, "correct_phone", &ticket),
        Verb::Address if ticket.status.is_open() => begin(stage, "correct_address", &ticket),
        _ => over(stage, &ticket),
    }
}

fn of_claimer(stage: &mut Stage<'_>, verb: Verb, ticket: Ticket) {
    match verb {
        Verb::Release => match claim::release(stage, ticket.clone(), stage.scene.person.id) {
            Ok(()) => stage.toast(Text::new("released-toast").with("ticket", shown(ticket.number))),
            Err(_) => over(stage, &ticket),
        },
        Verb::Done => begin(stage, "done", &ticket),
        _ => media(stage, &ticket),
    }
}

/// Shows the claimer the files and the shared place, at the end of the chat; what was shown before is taken away.
fn media(stage: &mut Stage<'_>, ticket: &Ticket) {
    finish::take_files_away(stage, ticket, stage.scene.person.id);
    let files = (!ticket.details.media.is_empty()).then(|| (CardRole::Media, What::Media(ticket.details.media.clone())));
    let place = ticket.details.location.map(|(latitude, longitude)| (CardRole::Location, What::Location(latitude, longitude)));
    for (role, what) in files.into_iter().chain(place) {
        let place = Place::CardAnew(CardRef { ticket: ticket.number, role });
        stage.say(Say { to: stage.me(), what, keyboard: Keyboard::None, place, priority: Priority::Reply, protect: true });
    }
}

fn over(stage: &mut Stage<'_>, ticket: &Ticket) {
    stage.toast(Text::new("ticket-over").with("ticket", shown(ticket.number)));
}

/// Begins a dialog about a ticket in the presser's private chat.
fn begin(stage: &mut Stage<'_>, dialog: &str, ticket: &Ticket) {
    if !stage.scene.person.reachable {
        return stage.open_private(String::new());
    }
    if stage.run().is_some_and(|r| r.dialog == "report") {
        return stage.alert(Text::new("dialog-first"));
    }
    talk::begin(stage, dialog, Some(ticket.number), None, None);
}

/// What dispatchers do with a ticket: from the desk's group, from an admin's card, or by a start link.
pub(super) fn dispatch(stage: &mut Stage<'_>, p: Option<&Press>, verb: Verb, number: i64) {
    let me = stage.scene.person.id;
    match stage.is_dispatcher(me) {
        May::Yes => {}
        May::No => return stage.toast(Text::new("old-button")),
        May::Unknown => return stage.toast(Text::new("try-again")),
    }
    let Some(ticket) = stage.ticket(number).filter(|t| t.status.is_open()) else {
        return stage.toast(Text::new("ticket-over").with("ticket", shown(number)));
    };
    let dialog = match verb {
        // A start link never wishes this: there is a tap, and a chat to answer in.
        Verb::Hand => return p.map_or((), |p| hand(stage, &ticket, p)),
        Verb::Answer => "answer",
        Verb::Close => "close",
        _ => "cancel",
    };
    if !stage.scene.person.reachable {
        return stage.open_private(Wish::start(verb, number));
    }
    if p.is_some_and(|p| !p.private) {
        stage.toast(Text::new("go-on-in-private"));
    }
    begin(stage, dialog, &ticket);
    if let Some(run) = stage.scene.session.run.as_mut().filter(|r| r.ticket == Some(number) && r.dialog == dialog) {
        run.desk = true;
    }
}

/// Offers the crews that a ticket can be handed to, where it was asked.
fn hand(stage: &mut Stage<'_>, ticket: &Ticket, p: &Press) {
    let crews: Vec<_> =
        stage.scene.crews.iter().filter(|c| c.active && c.kind == crate::desk::crew::CrewKind::Crew).cloned().collect();
    if crews.is_empty() {
        return stage.alert(Text::new("hand-no-crew"));
    }
    let rows = crews
        .iter()
        .take(MOST_CREWS)
        .map(|c| {
            vec![Button {
                label: Text::new("words").with("words", &c.title),
                does: Does::Press(Wish::HandTo(ticket.number, c.id).encode()),
            }]
        })
        .collect();
    let text = Text::new("hand-which").with("ticket", shown(ticket.number));
    stage.show(place_of(p), vec![text], Keyboard::Inline(rows), Place::New);
}

fn place_of(p: &Press) -> Recipient {
    if p.private { Recipient::Person(p.chat) } else { Recipient::Group(p.chat) }
}

fn hand_to(stage: &mut Stage<'_>, p: &Press, number: i64, crew: i64) {
    match stage.is_dispatcher(p.from.id) {
        May::Yes => {}
        May::No => return stage.toast(Text::new("old-button")),
        May::Unknown => return stage.toast(Text::new("try-again")),
    }
    let target = stage.crew(Some(crew)).filter(|c| c.active && c.kind == crate::desk::crew::CrewKind::Crew).cloned();
    match (stage.ticket(number).filter(|t| t.status == Status::Open), target) {
        (Some(mut ticket), Some(target)) => {
            finish::leave(stage, &ticket);
            ticket.crew = Some(target.id);
            ticket.updated = stage.now;
            stage.put(&ticket, p.from.id, "handed", "");
            stage.crew_card(&ticket, target.chat, true);
            stage.customer_card(&ticket, false);
            let text = Text::new("handed").with("ticket", shown(number)).with("crew", &target.title);
            stage.show(place_of(p), vec![text], Keyboard::None, Place::Edit(p.message));
        }
        _ => stage.toast(Text::new("ticket-over").with("ticket", shown(number))),
    }
}
