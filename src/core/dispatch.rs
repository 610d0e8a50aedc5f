//! What dispatchers do: hand a ticket to a crew, answer the customer, close, call off.
use crate::desk::crew::CrewKind;
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::Press;
use crate::vocabulary::say::{Button, Does, Keyboard, Place, Recipient, Text};

use super::data::{Verb, Wish};
use super::rights::May;
use super::stage::{Stage, shown};
use super::{offer, talk};

/// Most crews offered to hand a ticket to: Telegram shows a hundred buttons, a person reads fewer.
const MOST_CREWS: usize = 30;

/// What dispatchers do with a ticket: from the desk's group, from an admin's card, or by a start link.
pub(super) fn dispatch(stage: &mut Stage<'_>, p: Option<&Press>, verb: Verb, number: i64) {
    let me = stage.scene.person.id;
    if p.is_some_and(|p| !stage.is_desk(p.chat)) {
        return stage.toast(Text::new("old-button"));
    }
    match stage.is_dispatcher(me) {
        May::Yes => {}
        May::No => return stage.toast(Text::new("old-button")),
        May::Unknown => return stage.toast(Text::new("try-again")),
    }
    let Some(ticket) = stage.ticket(number).filter(|t| t.status.is_open()) else {
        return stage.toast(Text::new("ticket-over").with("ticket", shown(number)));
    };
    if ticket.trial && verb != Verb::Cancel {
        // A test is nobody's at the desk: it is taken away or goes its way.
        return stage.toast(Text::new("old-button"));
    }
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
    talk::begin_about(stage, dialog, &ticket);
    if let Some(run) = stage.scene.session.run.as_mut().filter(|r| r.ticket == Some(number) && r.dialog == dialog) {
        (run.desk, run.admin) = (true, stage.scene.person.admin);
    }
}

/// Offers the crews that a ticket can be handed to, where it was asked.
fn hand(stage: &mut Stage<'_>, ticket: &Ticket, p: &Press) {
    let crews: Vec<_> = stage.scene.crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew).cloned().collect();
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

/// Hands a ticket to a crew.
pub(super) fn hand_to(stage: &mut Stage<'_>, p: &Press, number: i64, crew: i64) {
    if !stage.is_desk(p.chat) {
        return stage.toast(Text::new("old-button"));
    }
    match stage.is_dispatcher(p.from.id) {
        May::Yes => {}
        May::No => return stage.toast(Text::new("old-button")),
        May::Unknown => return stage.toast(Text::new("try-again")),
    }
    let target = stage.crew(Some(crew)).filter(|c| c.active && c.kind == CrewKind::Crew).cloned();
    match (stage.ticket(number).filter(|t| t.status == Status::Open && !t.trial), target) {
        (Some(mut ticket), Some(target)) => {
            offer::leave(stage, &ticket);
            stage.assign(&mut ticket, Some(target.id));
            ticket.updated = stage.now;
            stage.put(&ticket, p.from.id, "handed", &target.title);
            offer::announce(stage, &ticket, None);
            stage.customer_card(&ticket, false);
            let text = Text::new("handed").with("ticket", shown(number)).with("crew", &target.title);
            stage.show(place_of(p), vec![text], Keyboard::None, Place::Edit(p.message));
        }
        _ => stage.toast(Text::new("ticket-over").with("ticket", shown(number))),
    }
}
