//! What dispatchers do: hand a ticket to a crew, answer the customer, close, call off.
use crate::desk::crew::CrewKind;
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::Press;
use crate::vocabulary::say::{Button, Does, Keyboard, Place, Recipient, Text};

use crate::core::data::{Verb, Wish};
use crate::core::rights::May;
use crate::core::stage::{Stage, shown};
use crate::core::{appointment, assign, caller, offer, quote, release, talk};

/// Most crews offered to hand a ticket to: Telegram shows a hundred buttons, a person reads fewer.
const MOST_CREWS: usize = 30;
/// What a dispatcher who has not begun a private chat is led to by a link.
pub(in crate::core) const LINKED: [Verb; 6] =
    [Verb::Answer, Verb::Close, Verb::Cancel, Verb::Reopen, Verb::SetPhone, Verb::SetAddress];

/// What dispatchers do with a ticket: from the desk's group, from an admin's card, or by a start link.
pub(in crate::core) fn dispatch(stage: &mut Stage<'_>, p: Option<&Press>, verb: Verb, number: i64) {
    if !may(stage, p) {
        return;
    }
    let stands = |t: &Ticket| match verb {
        Verb::Answer if t.details.visit.is_bad() => true,
        Verb::Reopen => t.status == Status::Done && !t.is_blank(),
        Verb::Link => t.status.is_open() || t.status == Status::Done,
        _ => t.status.is_open(),
    };
    let Some(ticket) = stage.ticket(number).filter(stands) else {
        return stage.toast(Text::new("ticket-over").with("ticket", shown(number)));
    };
    if ticket.trial && verb != Verb::Cancel {
        // A test is nobody's at the desk: it is taken away or goes its way.
        return stage.toast(Text::new("old-button"));
    }
    let dialog = match verb {
        // A start link never wishes this: there is a tap, and a chat to answer in.
        Verb::Hand => return p.map_or((), |p| hand(stage, &ticket, p)),
        Verb::Assign => return p.map_or((), |p| assign::choose(stage, &ticket, p)),
        Verb::TakeBack => return assign::take_back(stage, ticket),
        Verb::Link => return p.map_or((), |p| caller::link(stage, ticket, p)),
        Verb::Answer if ticket.by_phone() => {
            return stage.alert(Text::new("caller-phone-them").with("phone", &ticket.details.phone));
        }
        Verb::Answer => "answer",
        Verb::Reopen => "not_fixed",
        Verb::SetPhone => "correct_phone",
        Verb::SetAddress => "correct_address",
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

/// Whether whoever acts is a dispatcher, at a place where dispatchers work: their group, an admin's own chat, or their own if
/// Telegram says that they are one. If not, the tap is answered.
pub(in crate::core) fn may(stage: &mut Stage<'_>, p: Option<&Press>) -> bool {
    if p.is_some_and(|p| !p.private && !stage.is_desk(p.chat)) {
        stage.toast(Text::new("old-button"));
        return false;
    }
    match stage.is_dispatcher(stage.scene.person.id) {
        May::Yes => return true,
        May::No => stage.toast(Text::new("old-button")),
        May::Unknown => stage.toast(Text::new("try-again")),
    }
    false
}

/// Offers the crews that a ticket can be handed to, where it was asked.
fn hand(stage: &mut Stage<'_>, ticket: &Ticket, p: &Press) {
    let crews: Vec<_> =
        stage.scene.crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew && ticket.crew != Some(c.id)).cloned().collect();
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

pub(in crate::core) fn place_of(p: &Press) -> Recipient {
    if p.private { Recipient::Person(p.chat) } else { Recipient::Group(p.chat) }
}

/// Hands a ticket to a crew.
pub(in crate::core) fn hand_to(stage: &mut Stage<'_>, p: &Press, number: i64, crew: i64) {
    if !may(stage, Some(p)) {
        return;
    }
    let target = stage.crew(Some(crew)).filter(|c| c.active && c.kind == CrewKind::Crew).cloned();
    match (stage.ticket(number).filter(|t| t.status.is_open() && !t.trial), target) {
        (Some(mut ticket), Some(target)) => {
            offer::leave(stage, &ticket);
            if ticket.claimer.is_some() {
                // The row is locked: whoever had it still has it.
                let waited = !ticket.details.appointment.offered.is_empty();
                let fell = release::withdraw(stage, &mut ticket, 0, "card-taken-back").unwrap_or_default();
                let told = appointment::released(stage, &ticket, waited);
                quote::tell_fallen(stage, &ticket, Some(told), fell.as_ref());
            }
            ticket.details.opens = None;
            stage.assign(&mut ticket, Some(target.id), Vec::new());
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
