//! Groups: binding a crew, and who comes and goes. Other chatter is neither answered nor stored.
use crate::desk::crew::{Crew, CrewKind};
use crate::desk::flood::{self, Flow};
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::{MemberChange, Membership, Message};
use crate::vocabulary::say::{Arg, Keyboard, Place, Recipient, Text};

use super::directory::{self, At, Command, For};
use super::release::{self, Why};
use super::rights::May;
use super::stage::{Stage, shown};
use super::{appointment, bind, data, greet, morning, offer, queue, staff, trial};

/// Most tickets named in a message to the admins.
const SHOWN_TICKETS: usize = 10;

/// A command in a group.
pub(super) fn message(stage: &mut Stage<'_>, m: &Message) {
    let Some((name, arguments)) = data::command_of(m) else { return };
    let group = Recipient::Group(m.chat);
    if flood::take(&mut stage.scene.person, stage.now) != Flow::Pass {
        // A group is no place to tell somebody off.
        return;
    }
    if let Some(what) = binding(&name, arguments) {
        greet::never_mind(stage, m.chat);
        return match directory::find("bind").map(|bind| stage.may_use(bind)) {
            _ if m.anonymous => stage.tell(group, Text::new("bind-anonymous")),
            Some(May::Yes) => match stage.bot_is_administrator(m.chat) {
                May::Yes => bind::bind(stage, m, what),
                May::No => stage.tell(group, Text::new("bind-make-administrator")),
                May::Unknown => stage.tell(group, Text::new("bind-try-again")),
            },
            _ => stage.tell(group, Text::new("bind-only-admin")),
        };
    }
    let Some(command) = directory::find(&name) else { return };
    match &*name {
        "stats" if stage.is_desk(m.chat) => staff::stats(stage, group),
        "today" if stage.is_desk(m.chat) => morning::show(stage, vec![group]),
        "queue" => queue::in_group(stage, m.chat),
        "start" | "help" if stage.is_desk(m.chat) => stage.tell(group, Text::new("help-desk")),
        "start" | "help" => stage.tell(group, Text::new("help-group")),
        // A command that this person has not is not worth a word in front of others.
        _ if command.at == At::Private && command.menu && may_here(stage, command, m.chat) => {
            stage.tell(group, Text::new("only-private"));
        }
        _ => {}
    }
}

/// What a command asks to bind the group to, if it asks for that: `/bind` and its words, or the `/start` that Telegram
/// sends when an admin has chosen the group by one of the guide's buttons.
pub(super) fn binding<'t>(name: &str, arguments: &'t str) -> Option<&'t str> {
    match (name, arguments) {
        ("bind", words) => Some(words),
        ("start", "bind") => Some(""),
        ("start", "desk") => Some("desk"),
        _ => None,
    }
}

/// May whoever writes in this group use the command? None but dispatchers write in the desk's group.
fn may_here(stage: &Stage<'_>, command: &Command, chat: i64) -> bool {
    let dispatchers = matches!(command.who, For::Staff | For::Dispatchers) && stage.is_desk(chat);
    dispatchers || stage.may_use(command) == May::Yes
}

/// Somebody came, went or was made an administrator.
pub(super) fn member(stage: &mut Stage<'_>, change: &MemberChange) {
    if change.now != Membership::Outside || change.private {
        return;
    }
    let jobs: Vec<_> = stage.scene.tickets.iter().filter(|t| t.claimer == Some(change.user)).cloned().collect();
    for mut ticket in jobs {
        if ticket.status == Status::Done {
            // "Not fixed" must not open the details to somebody who is gone.
            ticket.claimer = None;
            stage.put(&ticket, 0, "left", "");
        } else {
            // A ticket that is over stays as it is.
            let _ = release::release(stage, ticket, 0, Why::Left);
        }
    }
}

/// The bot was added, removed, blocked or unblocked.
pub(super) fn bot_member(stage: &mut Stage<'_>, change: &MemberChange) {
    let inside = matches!(change.now, Membership::Administrator | Membership::Member);
    if change.private {
        stage.scene.person.reachable = inside;
        let me = stage.scene.person.id;
        for mut ticket in stage.scene.tickets.clone().into_iter().filter(|t| t.customer == me && t.status.is_open()) {
            appointment::gone(stage, &mut ticket, !inside);
        }
        if !inside {
            tell_staff_to_phone(stage);
        }
        return;
    }
    let known = stage.scene.crews.iter().position(|c| c.chat == change.chat);
    match (known.and_then(|i| stage.scene.crews.get_mut(i)), inside) {
        (Some(crew), false) if crew.active => {
            crew.active = false;
            let crew = crew.clone();
            stage.step.crews.push(crew.clone());
            gone(stage, &crew, "group-lost");
        }
        (None, true) => greet::arrived(stage, change),
        (None, false) => greet::never_mind(stage, change.chat),
        // Without the right Telegram does not tell who leaves.
        (Some(crew), true) if change.now == Membership::Member => {
            let crew = crew.clone();
            stage.tell(Recipient::Group(change.chat), Text::new("bind-make-administrator"));
            if crew.active {
                tell_admins(stage, &[Text::new("demoted").with("crew", &crew.title)]);
            } else {
                greet::tell_who_added(stage, change);
            }
        }
        (Some(crew), true) if !crew.active => greet::arrived(stage, change),
        _ => {}
    }
}

/// A customer blocked the bot: whoever has their tickets must phone.
fn tell_staff_to_phone(stage: &mut Stage<'_>) {
    let me = stage.scene.person.id;
    for ticket in stage.scene.tickets.clone().iter().filter(|t| t.customer == me && t.status.is_open() && !t.trial) {
        let crew = stage.crew(ticket.crew).filter(|c| c.active).map(|c| Recipient::Group(c.chat));
        let to = match (ticket.claimer, crew) {
            (Some(claimer), _) => vec![Recipient::Person(claimer)],
            (None, Some(crew)) => vec![crew],
            (None, None) => stage.desk(),
        };
        for staff in to {
            stage.tell(staff, Text::new("customer-gone").with("ticket", shown(ticket.number)));
        }
    }
}

/// Telegram refused a message to a group for good: whatever is announced there, nobody reads it.
pub(super) fn barred(stage: &mut Stage<'_>, chat: i64) {
    let Some(crew) = stage.scene.crews.iter_mut().find(|c| c.chat == chat && c.active) else { return };
    crew.active = false;
    let crew = crew.clone();
    stage.step.crews.push(crew.clone());
    gone(stage, &crew, "group-barred");
}

/// Whether a crew has a ticket, or hears of it.
fn hears(ticket: &Ticket, crew: i64) -> bool {
    ticket.crew == Some(crew) || ticket.details.also.contains(&crew)
}

/// The bot lost a group: its open tickets are announced elsewhere, the admins are told why.
fn gone(stage: &mut Stage<'_>, crew: &Crew, why: &str) {
    let mine: Vec<_> = stage.scene.tickets.iter().filter(|t| hears(t, crew.id)).cloned().collect();
    let mut to_desk = Vec::new();
    for mut ticket in mine {
        if ticket.trial {
            // Also one that is claimed: given back, it would go to the desk, like a customer's.
            trial::remove(stage, &ticket);
            continue;
        }
        if ticket.status != Status::Open {
            continue;
        }
        if ticket.crew != Some(crew.id) {
            // Others hear of it.
            let others = ticket.details.also.iter().copied().filter(|id| *id != crew.id).collect();
            let first = ticket.crew;
            stage.assign(&mut ticket, first, others);
            stage.put_quietly(&ticket);
            continue;
        }
        offer::place(stage, &mut ticket);
        match stage.crew(ticket.crew).map(|c| c.title.clone()) {
            Some(title) => stage.put(&ticket, 0, "handed", &title),
            None => {
                to_desk.push(shown(ticket.number));
                stage.put(&ticket, 0, "to_desk", "");
            }
        }
        offer::announce(stage, &ticket, None);
        stage.customer_card(&ticket, false);
    }
    if crew.kind == CrewKind::Desk {
        waiting(stage);
    }
    let mut lines = vec![Text::new(why).with("crew", &crew.title)];
    if !to_desk.is_empty() {
        let more = if to_desk.len() > SHOWN_TICKETS { " …" } else { "" };
        to_desk.truncate(SHOWN_TICKETS);
        lines.push(Text::new("group-tickets").with("tickets", Arg::Words(to_desk.join(" ") + more)));
    }
    tell_admins(stage, &lines);
}

pub(super) fn tell_admins(stage: &mut Stage<'_>, lines: &[Text]) {
    for admin in stage.scene.admins.clone() {
        stage.show(Recipient::Person(admin), lines.to_vec(), Keyboard::None, Place::New);
    }
}

/// Shows what waits at the desk where the desk is now.
pub(super) fn waiting(stage: &mut Stage<'_>) {
    for ticket in stage.scene.tickets.clone().iter().filter(|t| t.status == Status::Open && t.crew.is_none()) {
        stage.desk_cards(ticket, true);
    }
}

/// The group has a new id: rows follow, and open tickets get new cards, since message ids do not survive.
pub(super) fn migrated(stage: &mut Stage<'_>, from: i64, to: i64) {
    stage.step.migrated = Some((from, to));
    let Some(crew) = stage.scene.crews.iter_mut().find(|c| c.chat == from) else { return };
    crew.chat = to;
    let crew = crew.clone();
    for ticket in stage.scene.tickets.clone().iter().filter(|t| hears(t, crew.id)) {
        stage.crew_card(ticket, to, true);
    }
    if crew.kind == CrewKind::Desk {
        waiting(stage);
    }
}
