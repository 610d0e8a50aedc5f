//! Which rows and facts an input wants, before anything is decided.
use crate::desk::crew::CrewKind;
use crate::desk::figures::midnight;
use crate::dialog::session::Session;
use crate::vocabulary::input::{Content, Input, MemberChange, Message, Millis, Press, Timer};

use super::data::{self, Setup, Verb, Wish};
use super::dispatch::LINKED;
use super::scene::{Lookup, Needs, Scene, TicketRef};
use super::{World, board, directory, groups, notice};

/// Rows and look-ups that an input wants.
pub fn needs(input: &Input) -> Needs {
    let all = |person| Needs { person: Some(person), staff: true, served: true, ..Needs::default() };
    match input {
        Input::Message(m) if m.private => {
            let waitlist = board::wanted(input);
            let counts = asks(m, "queue");
            let morning = asks(m, "today");
            let needs =
                Needs { figures: asks(m, "stats"), morning, history: asked_ticket(m), waitlist, counts, ..all(m.from.id) };
            let releases = matches!(start_wish(m), Some(Wish::Ticket(Verb::Claim, _)));
            message_needs(m, Needs { lookups: start_lookups(m), releases, arrival: releases, ..needs })
        }
        // A reply to the bot in a group that is no command: other people's talk, nothing is kept of it.
        Input::Message(m) if data::command_of(m).is_none() => Needs::default(),
        Input::Message(m) => {
            let lookups = vec![Lookup::Member { chat: m.chat, user: 0 }];
            Needs { lookups, figures: asks(m, "stats"), counts: asks(m, "queue"), morning: asks(m, "today"), ..all(m.from.id) }
        }
        Input::Edited(m) if m.private => all(m.from.id),
        Input::Edited(_) => Needs::default(),
        Input::Press(p) => {
            let waitlist = board::wanted(input);
            let needs = Needs { lookups: press_lookups(p), notice: pressed_notice(p), waitlist, ..all(p.from.id) };
            press_needs(p, needs)
        }
        Input::Member(_) | Input::Migrated { .. } | Input::Barred { .. } => Needs { staff: true, ..Needs::default() },
        // Whose chat it is; `user` is the bot itself.
        Input::BotMember(c) if c.private => Needs { person: Some(c.chat), staff: true, ..Needs::default() },
        Input::BotMember(_) => Needs { staff: true, ..Needs::default() },
        Input::Timer(Timer::Notice { notice, .. }) => Needs { notice: Some(*notice), staff: true, ..Needs::default() },
        Input::Timer(Timer::Morning) => Needs { staff: true, morning: true, ..Needs::default() },
        Input::Timer(Timer::Board { .. }) => Needs { staff: true, waitlist: board::wanted(input), ..Needs::default() },
        Input::Timer(
            Timer::Promise { .. }
            | Timer::Lease { .. }
            | Timer::Late { .. }
            | Timer::Appointment { .. }
            | Timer::Settle { .. }
            | Timer::Turn { .. }
            | Timer::Opens { .. }
            | Timer::Greet { .. },
        ) => Needs { staff: true, ..Needs::default() },
        Input::Timer(Timer::Fetch { .. } | Timer::Fetched { .. }) => Needs::default(),
        Input::Timer(Timer::Blank { ticket }) => Needs { aging: Some(*ticket), ..Needs::default() },
        Input::Timer(Timer::Claim { user, ticket }) => {
            let lookups = vec![Lookup::CrewOf { ticket: *ticket, user: *user }];
            Needs { lookups, releases: true, arrival: true, ..all(*user) }
        }
        Input::Timer(
            Timer::Album { user, .. } | Timer::Remind { user, .. } | Timer::Expire { user, .. } | Timer::Audience { user, .. },
        ) => all(*user),
    }
}

fn message_needs(m: &Message, needs: Needs) -> Needs {
    match data::command_of(m) {
        Some((name, parameter)) if name == "start" => {
            let invite = data::admin_link(parameter).map(str::to_owned);
            Needs { appoints: invite.is_some(), names: invite.is_some(), invite, ..needs }
        }
        Some((name, _)) if name == "admins" => Needs { names: true, ..needs },
        _ => needs,
    }
}

fn press_needs(p: &Press, needs: Needs) -> Needs {
    match Wish::decode(&p.data) {
        Some(Wish::Ticket(Verb::Claim, _)) => Needs { releases: true, arrival: true, ..needs },
        Some(Wish::Ticket(Verb::Progress, ticket)) if p.private => Needs { history: Some(ticket), ..needs },
        Some(Wish::Ticket(Verb::Link, _)) => Needs { fresh_code: true, ..needs },
        Some(Wish::Ticket(Verb::Assign, ticket)) => Needs { roster: Some(ticket), ..needs },
        Some(Wish::AssignTo(_, technician)) => Needs { technician: Some(technician), arrival: true, ..needs },
        Some(Wish::Setup(Setup::Invite)) if p.private => Needs { fresh_code: true, ..needs },
        Some(Wish::Setup(Setup::Admins | Setup::AskDismiss(_))) if p.private => Needs { names: true, ..needs },
        Some(Wish::Setup(Setup::Dismiss(id))) if p.private => {
            Needs { appoints: true, names: true, notices_of: Some(id), ..needs }
        }
        _ => needs,
    }
}

fn asks(m: &Message, command: &str) -> bool {
    data::command_of(m).is_some_and(|(name, _)| name == command)
}

/// The ticket that a member of the staff asks for.
fn asked_ticket(m: &Message) -> Option<i64> {
    let (name, parameter) = data::command_of(m)?;
    (name == "ticket").then(|| data::ticket_number(parameter)).flatten()
}

pub(super) fn start_wish(m: &Message) -> Option<Wish> {
    let (name, parameter) = data::command_of(m)?;
    match &*name {
        "start" => Wish::from_start(parameter),
        "cancel" => data::ticket_number(parameter).map(|n| Wish::Ticket(Verb::Cancel, n)),
        _ => None,
    }
}

fn start_lookups(m: &Message) -> Vec<Lookup> {
    match start_wish(m) {
        Some(Wish::Ticket(Verb::Claim, ticket)) => vec![Lookup::CrewOf { ticket, user: m.from.id }],
        Some(Wish::Ticket(verb, _)) if LINKED.contains(&verb) => vec![Lookup::Desk { user: m.from.id }],
        Some(Wish::Queue(crew, _)) => queue_lookups(crew, m.from.id),
        // Whether somebody is a dispatcher, only Telegram knows.
        _ if wants_staff(m) => {
            let user = m.from.id;
            let crew = asked_ticket(m).map(|ticket| Lookup::CrewOf { ticket, user });
            let crew = crew.or_else(|| asks(m, "queue").then_some(Lookup::CrewsOf { user }));
            [Lookup::Desk { user }].into_iter().chain(crew).collect()
        }
        _ => Vec::new(),
    }
}

/// Members of the crew and dispatchers may look.
fn queue_lookups(crew: i64, user: i64) -> Vec<Lookup> {
    vec![Lookup::Crew { crew, user }, Lookup::Desk { user }]
}

fn wants_staff(m: &Message) -> bool {
    let command = data::command_of(m).and_then(|(name, _)| directory::find(&name));
    command.is_some_and(|c| matches!(c.who, directory::For::Staff | directory::For::Dispatchers))
}

/// Whether the figures, the history or the list that an input asks for may be read for whoever asks. Rows that nobody may
/// see are not read either.
pub fn may_read(input: &Input, scene: &Scene) -> bool {
    if let Some((crew, _)) = board::wanted(input) {
        return board::may_see(input, scene, crew) == Some(true);
    }
    if let Input::Press(p) = input {
        // The customer sees what became of their own ticket.
        let Some(Wish::Ticket(Verb::Progress, number)) = Wish::decode(&p.data) else { return false };
        return p.private && scene.tickets.iter().any(|t| t.number == number && t.customer == p.from.id);
    }
    if *input == Input::Timer(Timer::Morning) {
        // Goes to dispatchers alone.
        return true;
    }
    let Input::Message(m) = input else { return false };
    let command = data::command_of(m).and_then(|(name, _)| directory::find(&name));
    // Who writes in the desk's group is a member of it.
    let at_desk = || scene.crews.iter().any(|c| c.active && c.kind == CrewKind::Desk && c.chat == m.chat);
    command.is_some_and(|c| if m.private { scene.may_use(c) == Some(true) } else { at_desk() })
}

fn press_lookups(p: &Press) -> Vec<Lookup> {
    match Wish::decode(&p.data) {
        Some(Wish::AssignTo(ticket, technician)) => {
            let me = match p.private {
                true => Lookup::Desk { user: p.from.id },
                false => Lookup::Member { chat: p.chat, user: p.from.id },
            };
            vec![me, Lookup::CrewOf { ticket, user: technician }]
        }
        Some(Wish::Ticket(..) | Wish::HandTo(..)) if !p.private => vec![Lookup::Member { chat: p.chat, user: p.from.id }],
        // What only dispatchers are shown; nobody else's tap waits for Telegram.
        Some(Wish::Ticket(verb, _)) if verb.is_of_desk() => vec![Lookup::Desk { user: p.from.id }],
        Some(Wish::HandTo(..) | Wish::Recorded(..)) => vec![Lookup::Desk { user: p.from.id }],
        // Offered in private by the list of what waits.
        Some(Wish::Ticket(Verb::Claim, ticket)) => vec![Lookup::CrewOf { ticket, user: p.from.id }],
        Some(Wish::Queue(crew, _)) if p.private => queue_lookups(crew, p.from.id),
        _ => Vec::new(),
    }
}

fn pressed_notice(p: &Press) -> Option<i64> {
    match Wish::decode(&p.data) {
        Some(Wish::Notice(_, notice)) if p.private => Some(notice),
        _ => None,
    }
}

/// When today began, and when the seven days that end with it did.
pub fn days(world: &World, now: Millis) -> (Millis, Millis) {
    let begin = |days| midnight(now, world.settings.timezone, days);
    (begin(0), begin(6))
}

/// Ticket rows to lock, once the session is known.
pub fn tickets(input: &Input, session: &Session) -> Vec<TicketRef> {
    let of_run = session.run.as_ref().and_then(|r| r.ticket).map(TicketRef::Number);
    let mut refs = Vec::new();
    match input {
        Input::Message(m) if !m.private => {
            let binds = data::command_of(m).and_then(|(name, arguments)| groups::binding(&name, arguments));
            refs.extend(binds.is_some().then_some(TicketRef::Unrouted));
        }
        Input::Message(m) => {
            refs.push(TicketRef::Customer(m.from.id));
            refs.extend(of_run);
            if matches!(m.content, Content::Media { .. }) {
                // A technician's file may belong to a recording.
                refs.push(TicketRef::Claimer(m.from.id));
            }
            match start_wish(m) {
                Some(Wish::Ticket(verb, ticket)) => {
                    refs.push(TicketRef::Number(ticket));
                    refs.extend((verb == Verb::Claim).then_some(TicketRef::Claimer(m.from.id)));
                }
                Some(Wish::Join(ticket, _)) => refs.push(TicketRef::Number(ticket)),
                _ => {}
            }
            refs.extend(asked_ticket(m).map(TicketRef::Number));
            if session.run.as_ref().is_some_and(|r| r.crew.is_some()) {
                refs.push(TicketRef::Unrouted);
            }
            match data::command_of(m) {
                Some((name, _)) if name == "status" || name == "mine" => refs.push(TicketRef::Claimer(m.from.id)),
                Some((name, _)) if name == "start" => refs.push(TicketRef::Unrouted),
                _ => {}
            }
            if let Some(message) = m.reply_to {
                refs.push(TicketRef::Card { chat: m.chat, message });
            }
        }
        Input::Press(p) => {
            if p.private {
                refs.push(TicketRef::Customer(p.from.id));
                refs.extend(of_run);
            }
            if p.private {
                // Whether the message is a living card, or one that was only sent.
                refs.push(TicketRef::Card { chat: p.chat, message: p.message });
            }
            match Wish::decode(&p.data) {
                // How many jobs they have already.
                Some(Wish::Ticket(Verb::Claim, ticket)) => {
                    refs.extend([TicketRef::Number(ticket), TicketRef::Claimer(p.from.id)]);
                }
                Some(Wish::Ticket(_, ticket) | Wish::HandTo(ticket, _) | Wish::AssignTo(ticket, _)) => {
                    refs.push(TicketRef::Number(ticket))
                }
                Some(
                    Wish::Stage(ticket, _)
                    | Wish::Tick(ticket, _)
                    | Wish::Rate(ticket, _)
                    | Wish::Accept(ticket, _)
                    | Wish::Decline(ticket, _)
                    | Wish::Recorded(ticket, _)
                    | Wish::Appoint(ticket, _),
                ) => {
                    refs.push(TicketRef::Number(ticket));
                }
                Some(Wish::Setup(Setup::EndTrial(ticket))) => refs.push(TicketRef::Number(ticket)),
                // What waits for hours may be offered now.
                Some(Wish::Setup(Setup::Crew(wish))) if wish.changes() => refs.push(TicketRef::Unrouted),
                // Cards of the desk that were shown to them as an admin.
                Some(Wish::Setup(Setup::Dismiss(_))) => refs.push(TicketRef::Unrouted),
                Some(Wish::Status) => refs.push(TicketRef::Claimer(p.from.id)),
                _ => {}
            }
        }
        Input::Member(c) => refs.push(TicketRef::ClaimerIn { user: c.user, chat: c.chat }),
        Input::Migrated { from, .. } => refs.extend([TicketRef::Crew(*from), TicketRef::Unrouted]),
        Input::BotMember(c) if c.private => refs.push(TicketRef::Customer(c.chat)),
        Input::BotMember(MemberChange { chat, .. }) | Input::Barred { chat } => {
            refs.extend([TicketRef::Crew(*chat), TicketRef::Unrouted]);
        }
        Input::Timer(Timer::Claim { ticket, user }) => {
            refs.extend([TicketRef::Number(*ticket), TicketRef::Claimer(*user)]);
        }
        Input::Timer(
            Timer::Promise { ticket }
            | Timer::Lease { ticket, .. }
            | Timer::Late { ticket, .. }
            | Timer::Appointment { ticket, .. }
            | Timer::Settle { ticket, .. }
            | Timer::Turn { ticket, .. }
            | Timer::Opens { ticket }
            | Timer::Fetched { ticket, .. }
            | Timer::Blank { ticket },
        ) => refs.push(TicketRef::Number(*ticket)),
        Input::Timer(_) => {
            refs.extend(of_run);
        }
        _ => {}
    }
    refs
}

/// Whether the counter of ticket numbers must be locked: only a review card can be submitted, and a test ticket opened.
pub fn wants_number(input: &Input, session: &Session) -> bool {
    let trial = |p: &Press| p.private && Wish::decode(&p.data) == Some(Wish::Setup(Setup::Trial));
    if matches!(input, Input::Press(p) if trial(p)) {
        return true;
    }
    let reviewing = session.run.as_ref().is_some_and(|r| r.asking.is_none());
    reviewing && matches!(input, Input::Message(Message { private: true, .. }) | Input::Press(Press { private: true, .. }))
}

/// Whether the input may offer a ticket to a crew: how much waits for each group is then wanted. What customers say offers
/// one only at the end of a dialog.
pub fn may_offer(input: &Input, session: &Session) -> bool {
    match input {
        Input::Message(m) if m.private => session.run.as_ref().is_some_and(|r| r.asking.is_none() || r.ticket.is_some()),
        Input::Press(p) if p.private => session.run.as_ref().is_none_or(|r| r.asking.is_none() || r.ticket.is_some()),
        Input::Edited(_) => false,
        Input::Timer(timer) => {
            matches!(timer, Timer::Claim { .. } | Timer::Lease { .. } | Timer::Turn { .. } | Timer::Opens { .. })
        }
        _ => true,
    }
}

/// The ticket whose customer is to be read: whoever makes them a quote must know whether they can be written to.
pub fn wants_customer(session: &Session) -> Option<i64> {
    session.run.as_ref().filter(|r| r.dialog == "quote").and_then(|r| r.ticket)
}

/// Whether the counter of notices must be locked: only the dialog of a broadcast makes one.
pub fn wants_notice(input: &Input, session: &Session) -> bool {
    let making = session.run.as_ref().is_some_and(|r| r.dialog == notice::DIALOG);
    making && matches!(input, Input::Message(Message { private: true, .. }) | Input::Press(Press { private: true, .. }))
}
