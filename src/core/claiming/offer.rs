//! Offering a ticket to those who can take it, and taking it back from those who no longer can.
use crate::desk::hours::Hours;
use crate::desk::route::{Route, Wanted, route};
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{CardRef, CardRole, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::stage::{Stage, shown};
use crate::core::{appointment, promise};

/// How long a crew whose turn it is has before the next one is asked.
const TURN: Millis = 10 * 60_000;
/// Most crews that are asked at once.
const AT_ONCE: usize = 5;

fn find(stage: &Stage<'_>, ticket: &Ticket) -> Route {
    let wanted =
        Wanted { district: ticket.district.as_deref(), served: ticket.served, fault: &ticket.fault, lang: ticket.details.lang };
    let world = stage.world;
    route(&stage.scene.crews, &world.matcher, wanted, world.settings.timezone, stage.now)
}

/// Decides who hears of an open ticket: crews, or the desk, where it also waits for working hours.
pub(in crate::core) fn place(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let found = find(stage, ticket);
    let number = ticket.number;
    ticket.details.asked.clear();
    ticket.details.opens = None;
    match found {
        Route::Crews(crews) if stage.scene.turns && crews.len() > 1 => {
            // Numbers go up one by one, so each crew begins as often as any other.
            let begins = usize::try_from(number).unwrap_or_default() % crews.len();
            let first = crews.get(begins).copied();
            stage.assign(ticket, first, Vec::new());
            turn_ends(stage, number, first);
        }
        Route::Crews(mut crews) => {
            crews.truncate(AT_ONCE);
            let also = crews.split_off(1.min(crews.len()));
            stage.assign(ticket, crews.first().copied(), also);
        }
        Route::Closed(opens) => {
            stage.assign(ticket, None, Vec::new());
            ticket.details.opens = Some(opens);
            stage.timer(0, opens_name(number), Some((opens, Timer::Opens { ticket: number })));
        }
        Route::Desk => stage.assign(ticket, None, Vec::new()),
    }
}

/// As [`place`], but whoever heard of it last hears of it again, if they are there and at work.
pub(in crate::core) fn place_again(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let zone = stage.world.settings.timezone;
    let here = stage.crew(ticket.crew).filter(|c| c.active && c.profile.hours.is_open(zone, stage.now)).map(|c| c.id);
    match here {
        Some(crew) => stage.assign(ticket, Some(crew), Vec::new()),
        None => place(stage, ticket),
    }
}

fn turn_ends(stage: &mut Stage<'_>, number: i64, crew: Option<i64>) {
    let set = crew.map(|crew| (stage.now + TURN, Timer::Turn { ticket: number, crew }));
    stage.timer(0, format!("turn:{number}"), set);
}

fn opens_name(number: i64) -> String {
    format!("opens:{number}")
}

/// The crew whose turn it was has not claimed: the next one is asked.
pub(in crate::core) fn next_turn(stage: &mut Stage<'_>, number: i64, crew: i64) {
    let Some(mut ticket) = stage.ticket(number).filter(|t| t.status == Status::Open && t.crew == Some(crew)) else { return };
    let Route::Crews(crews) = find(stage, &ticket) else { return };
    let mut asked = std::mem::take(&mut ticket.details.asked);
    asked.push(crew);
    let Some(next) = crews.iter().find(|id| !asked.contains(id)).copied() else {
        // Everybody had their turn: whoever was asked last keeps it, and the clock of the promise goes on.
        return;
    };
    leave(stage, &ticket);
    stage.assign(&mut ticket, Some(next), Vec::new());
    ticket.details.asked = asked;
    let title = stage.crew(Some(next)).map(|c| c.title.clone()).unwrap_or_default();
    stage.put(&ticket, 0, "handed", &title);
    announce(stage, &ticket, None);
    turn_ends(stage, number, Some(next));
}

/// A ticket has waited for working hours.
pub(in crate::core) fn opens(stage: &mut Stage<'_>, number: i64) {
    let waits = |t: &Ticket| t.status == Status::Open && t.crew.is_none() && t.details.opens.is_some();
    if let Some(ticket) = stage.ticket(number).filter(waits) {
        move_on(stage, ticket);
    }
}

/// Crews, their hours or their trades have changed: what waits for hours may be offered now, or wait for others.
pub(in crate::core) fn look_again(stage: &mut Stage<'_>) {
    let waits = |t: &&Ticket| t.status == Status::Open && t.crew.is_none() && t.details.opens.is_some();
    for ticket in stage.scene.tickets.iter().filter(waits).cloned().collect::<Vec<_>>() {
        if find(stage, &ticket) != ticket.details.opens.map_or(Route::Desk, Route::Closed) {
            move_on(stage, ticket);
        }
    }
}

fn move_on(stage: &mut Stage<'_>, mut ticket: Ticket) {
    let before = ticket.clone();
    place(stage, &mut ticket);
    match stage.crew(ticket.crew).map(|c| c.title.clone()) {
        Some(title) => {
            leave(stage, &before);
            if ticket.served == Some(true) && ticket.details.when == "@asap" {
                promise::begin(stage, &mut ticket);
            }
            stage.put(&ticket, 0, "handed", &title);
            announce(stage, &ticket, None);
        }
        None => {
            stage.put_quietly(&ticket);
            stage.desk_cards(&ticket, false);
        }
    }
    stage.customer_card(&ticket, false);
}

/// Shows an open ticket to those who can take it: a fresh card at the end of the chat, since edits do not notify.
pub(in crate::core) fn announce(stage: &mut Stage<'_>, ticket: &Ticket, note: Option<Text>) {
    let groups = stage.groups(ticket);
    let crew = !groups.is_empty();
    let to = if crew { groups.iter().map(|(_, chat)| Recipient::Group(*chat)).collect() } else { stage.desk() };
    for recipient in to {
        if ticket.danger {
            stage.tell(
                recipient,
                Text::new("danger-alert").with("ticket", shown(ticket.number)).with("fault", crate::core::cards::fault(ticket)),
            );
        }
        if let Some(note) = note.as_ref().filter(|_| !ticket.details.boarded) {
            take_away(stage, ticket, recipient, if crew { CardRole::Crew } else { CardRole::Desk });
            stage.tell(recipient, note.clone());
        }
    }
    match crew {
        true => stage.crew_cards(ticket, true),
        false => stage.desk_cards(ticket, true),
    }
}

/// The cards of an open ticket that goes elsewhere.
pub(in crate::core) fn leave(stage: &mut Stage<'_>, ticket: &Ticket) {
    let groups = stage.groups(ticket);
    if groups.is_empty() {
        for to in stage.desk() {
            stage.retire(ticket, to, CardRole::Desk);
        }
    } else if ticket.details.boarded {
        stage.crew_cards(ticket, false);
    } else {
        for (_, chat) in groups {
            stage.retire(ticket, Recipient::Group(chat), CardRole::Crew);
        }
    }
}

/// Takes the files and the map away from somebody who was shown them.
pub(in crate::core) fn take_files_away(stage: &mut Stage<'_>, ticket: &Ticket, from: i64) {
    for role in [CardRole::Media, CardRole::Location] {
        take_away(stage, ticket, Recipient::Person(from), role);
    }
    appointment::take_away(stage, ticket, from);
}

/// Takes a card away, wherever it stands in that chat.
pub(in crate::core) fn take_away(stage: &mut Stage<'_>, ticket: &Ticket, to: Recipient, role: CardRole) {
    let place = Place::Card(CardRef { number: ticket.number, role });
    stage.say(Say { to, what: What::Nothing, keyboard: Keyboard::None, place, priority: Priority::Desk, protect: false });
}

impl Stage<'_> {
    /// The crews that have a ticket or hear of it, with their groups, those that are there.
    pub(in crate::core) fn groups(&self, ticket: &Ticket) -> Vec<(i64, i64)> {
        let ids = ticket.crew.iter().chain(&ticket.details.also);
        ids.filter_map(|id| self.crew(Some(*id)).filter(|c| c.active).map(|c| (c.id, c.chat))).collect()
    }

    /// When those work who have a ticket or hear of it.
    pub(in crate::core) fn hours(&self, ticket: &Ticket) -> Hours {
        self.crew(ticket.crew).map(|c| c.profile.hours.clone()).unwrap_or_default()
    }

    /// Takes the details back from somebody who no longer has the job: card blanked, files removed.
    pub(in crate::core) fn blank(&mut self, ticket: &Ticket, claimer: i64, why: Text) {
        if ticket.trial {
            // Of a test nothing stays, not even that it was there.
            return take_away(self, ticket, Recipient::Person(claimer), CardRole::Technician);
        }
        let lines = vec![why.with("ticket", shown(ticket.number))];
        self.card(Recipient::Person(claimer), ticket, CardRole::Technician, lines, Vec::new(), false, true);
        take_files_away(self, ticket, claimer);
    }

    /// The card in a group that the ticket has left.
    pub(in crate::core) fn retire(&mut self, ticket: &Ticket, to: Recipient, role: CardRole) {
        self.card(to, ticket, role, vec![Text::new("card-moved").with("ticket", shown(ticket.number))], Vec::new(), false, false);
    }
}
