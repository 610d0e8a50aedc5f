//! What waits in a crew's group: its board while the group is busy, and the whole list in private.
use crate::desk::board::{self, SHOWN};
use crate::desk::crew::{Crew, CrewKind};
use crate::desk::ticket::Ticket;
use crate::vocabulary::input::{Input, Millis, Timer};
use crate::vocabulary::say::{Arg, Button, CardRef, CardRole, Does, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::cards::{fault, wish};
use crate::core::data::{DESK, Verb, Wish};
use crate::core::rights::May;
use crate::core::scene::{Scene, TimerChange, Waitlist};
use crate::core::stage::{Stage, shown};
use crate::core::{appointment, offer};

/// Crew and page (from 0) of the list that somebody in private asks for.
fn asked(input: &Input) -> Option<(i64, i64)> {
    let wish = match input {
        Input::Message(m) if m.private => crate::core::needs::start_wish(m),
        Input::Press(p) if p.private => Wish::decode(&p.data),
        _ => None,
    };
    match wish {
        Some(Wish::Queue(crew, page)) => Some((crew, page - 1)),
        _ => None,
    }
}

/// What an input wants to know of the tickets that wait for a crew, and of whom.
pub(in crate::core) fn wanted(input: &Input) -> Option<(i64, i64)> {
    match input {
        Input::Timer(Timer::Board { crew, .. }) => Some((*crew, 0)),
        _ => asked(input),
    }
}

/// Whether whoever asks may know what waits: members of the crew's group, as for claiming, and dispatchers.
pub(in crate::core) fn may_see(input: &Input, scene: &Scene, crew: i64) -> Option<bool> {
    if matches!(input, Input::Timer(_)) {
        return Some(true);
    }
    let me = scene.person.id;
    let inside = find(&scene.crews, crew).map(|crew| scene.inside(crew.chat, me));
    match (inside, scene.dispatches(me)) {
        (None, dispatches) if crew == DESK => dispatches,
        // As for a crew of others: nobody learns which there are.
        (None, _) => Some(false),
        (Some(Some(true)), _) | (_, Some(true)) => Some(true),
        (Some(None), _) | (_, None) => None,
        (Some(Some(false)), Some(false)) => Some(false),
    }
}

fn find(crews: &[Crew], id: i64) -> Option<&Crew> {
    crews.iter().find(|c| c.id == id && c.active && c.kind == CrewKind::Crew)
}

impl Stage<'_> {
    /// Gives the ticket to this crew, `None`: to the desk, and offers it to others besides. In a busy group it goes on the
    /// board.
    pub(in crate::core) fn assign(&mut self, ticket: &mut Ticket, crew: Option<i64>, also: Vec<i64>) {
        let before = (ticket.crew, ticket.details.boarded);
        self.offer_also(ticket, also);
        ticket.crew = crew;
        let busy = |chat: &i64| self.scene.queues.get(chat).is_some_and(|waiting| *waiting >= board::BUSY);
        ticket.details.boarded = !ticket.trial && self.groups(ticket).iter().any(|(_, chat)| busy(chat));
        let chat = self.crew(crew).map(|c| c.chat);
        match (chat, crew.filter(|_| before.0 == crew), before.1, ticket.details.boarded) {
            (_, Some(crew), true, false) => self.board_changed(crew),
            // It had a card there, which would go on telling what was.
            (Some(chat), Some(_), false, true) => offer::take_away(self, ticket, Recipient::Group(chat), CardRole::Crew),
            _ => {}
        }
    }

    /// Offers the ticket to these crews beside the one that it is given to, and to no others.
    pub(in crate::core) fn offer_also(&mut self, ticket: &mut Ticket, also: Vec<i64>) {
        if ticket.details.also != also {
            self.step.offers.retain(|(number, _)| *number != ticket.number);
            self.step.offers.push((ticket.number, also.clone()));
            ticket.details.also = also;
        }
    }

    /// Something on a crew's board has changed.
    pub(in crate::core) fn board_changed(&mut self, crew: i64) {
        let due = board::soon(self.now);
        let change = TimerChange { subject: 0, name: name(crew), set: Some((due, Timer::Board { crew, due })) };
        if !self.step.timers.contains(&change) {
            self.step.timers.push(change);
        }
    }
}

fn name(crew: i64) -> String {
    format!("board:{crew}")
}

/// Brings a board up to date, and says when to look again. One on which nothing is left is taken away.
pub(in crate::core) fn refresh(stage: &mut Stage<'_>, crew: i64, due: Millis) {
    let Some(list) = stage.scene.waitlist.take() else { return };
    let Some(chat) = find(&stage.scene.crews, crew).map(|c| c.chat) else { return };
    let card = CardRef { number: crew, role: CardRole::Board };
    let to = Recipient::Group(chat);
    let (place, what, keyboard) = if list.total == 0 {
        (Place::Card(card), What::Nothing, Keyboard::None)
    } else {
        let again = board::later(stage.now, list.newest);
        stage.timer(0, name(crew), Some((again, Timer::Board { crew, due: again })));
        let mut lines = vec![Text::new("board-title").with("total", list.total)];
        if list.total > SHOWN {
            lines.push(Text::new("board-hint").with("shown", SHOWN));
        }
        lines.extend(entries(stage, &list));
        let mut rows = claims(&list);
        if list.total > SHOWN {
            let label = Text::new("button-queue").with("total", list.total);
            rows.push(vec![Button { label, does: Does::Start(Wish::queue(crew)) }]);
        }
        let anew = board::comes_anew(due, list.newest);
        (if anew { Place::CardAnew(card) } else { Place::Card(card) }, What::Text(lines), Keyboard::Inline(rows))
    };
    stage.say(Say { to, what, keyboard, place, priority: Priority::Desk, protect: false });
}

/// A page of everything that waits for a crew, or at the desk, for somebody in private.
pub(in crate::core) fn page(stage: &mut Stage<'_>, input: &Input, crew: i64, page: i64) {
    match may_see(input, &stage.scene, crew) {
        Some(true) => {}
        Some(false) => return stage.toast(Text::new("queue-not-yours")),
        None => return stage.toast(Text::new("try-again")),
    }
    let found = find(&stage.scene.crews, crew);
    let member = found.is_some_and(|c| stage.member(c.chat, stage.scene.person.id) == May::Yes);
    let title = found.map_or_else(|| Arg::Text(Text::new("queue-desk")), |c| Arg::Words(c.title.clone()));
    let pressed = if let Input::Press(p) = input { Some(p.message) } else { None };
    let Some(list) = stage.scene.waitlist.take() else { return };
    let pages = (list.total + SHOWN - 1) / SHOWN;
    let title = if list.total == 0 {
        Text::new("queue-empty").with("crew", title)
    } else {
        Text::new("queue-title").with("crew", title).with("total", list.total).with("page", page.min(pages)).with("pages", pages)
    };
    let mut lines = vec![title];
    lines.extend(entries(stage, &list));
    // A dispatcher does not claim, but decides who does.
    let mut rows = if member { claims(&list) } else { numbers(&list, Verb::Open) };
    let turn = |key, page| Button { label: Text::new(key), does: Does::Press(Wish::Queue(crew, page).encode()) };
    let mut turns = Vec::new();
    if page > 1 {
        turns.push(turn("button-page-before", page.min(pages + 1) - 1));
    }
    turns.push(turn("button-page-again", page));
    if page < pages {
        turns.push(turn("button-page-after", page + 1));
    }
    rows.push(turns);
    // In a storm the newest tickets are dozens of pages away.
    if page + 1 < pages {
        rows.push(vec![turn("button-page-last", pages)]);
    }
    let place = pressed.map_or(Place::New, Place::Edit);
    stage.show(stage.me(), lines, Keyboard::Inline(rows), place);
}

/// A line for each ticket, as much as the crew may know.
fn entries(stage: &Stage<'_>, list: &Waitlist) -> Vec<Text> {
    list.tickets.iter().map(|ticket| line(stage, ticket)).collect()
}

/// A line about a ticket.
pub(in crate::core) fn line(stage: &Stage<'_>, ticket: &Ticket) -> Text {
    let key = if ticket.danger { "board-line-danger" } else { "board-line" };
    let due = match ticket.promise {
        _ if let Some(agreed) = appointment::due(stage, ticket) => agreed,
        _ if ticket.details.contacted.is_some() => Text::new("board-contacted"),
        Some(by) if by <= stage.now => Text::new("board-late").with("by", stage.time(by)),
        Some(by) => Text::new("board-by").with("by", stage.time(by)),
        None => Text::new("board-planned"),
    };
    let text = Text::new(key).with("ticket", shown(ticket.number)).with("place", place(stage, ticket));
    text.with("fault", fault(ticket)).with("due", due)
}

/// The area and the one above it: a line of a phone holds no more.
pub(in crate::core) fn place(stage: &Stage<'_>, ticket: &Ticket) -> Arg {
    let matcher = &stage.world.matcher;
    let Some(area) = ticket.district.as_deref().and_then(|code| matcher.area(code)) else {
        return Arg::Text(Text::new("place-unknown"));
    };
    let above = area.parent.and_then(|code| matcher.area(&code)).map(|above| above.name);
    Arg::Words(above.unwrap_or_default() + &area.name)
}

/// A button for each ticket, three in a row.
fn numbers(list: &Waitlist, verb: Verb) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> = list.tickets.iter().map(|ticket| wish(verb, ticket.number)).collect();
    buttons.chunks(3).map(<[Button]>::to_vec).collect()
}

/// Two buttons in a row.
fn claims(list: &Waitlist) -> Vec<Vec<Button>> {
    let button = |ticket: &Ticket| {
        // The line says the rest: two labels stand side by side on a phone.
        let label = Text::new("button-claim-one").with("number", ticket.number.to_string());
        Button { label, ..wish(Verb::Claim, ticket.number) }
    };
    let buttons: Vec<Button> = list.tickets.iter().map(button).collect();
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}
