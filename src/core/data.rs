//! Callback data and start parameters beyond dialogs: versioned, ids only, at most 64 bytes.
//! Anyone can forge them: they name a wish, never a right.
use crate::vocabulary::input::Message;

mod appointment;
mod crew;
mod setup;
mod verb;

pub use appointment::Appoint;
pub use crew::CrewWish;
pub use setup::{Part, Setup};
pub use verb::Verb;

/// How the start parameter of a link that makes an admin begins; behind it stands the code.
pub const ADMIN_LINK: &str = "admin_";

/// How the start parameter that leads to what waits for a crew begins; behind it stands the crew's id.
const QUEUE: &str = "queue";

/// How the start parameter begins by which a customer who phoned joins their ticket; behind it stand its number and code.
const JOIN: &str = "join";

/// Stands for the desk where otherwise the id of a crew stands.
pub const DESK: i64 = 0;

/// What a button of a ticket or a menu wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A move of a ticket.
    Ticket(Verb, i64),
    /// Hand a ticket to the crew with this id.
    HandTo(i64, i64),
    /// Give a ticket to the technician with this user id.
    AssignTo(i64, i64),
    /// Go on to the stage of the visit with this id.
    Stage(i64, String),
    /// Tick what a stage demands, by its id.
    Tick(i64, String),
    /// Accept the quote of a ticket with this number.
    Accept(i64, i64),
    /// Decline it.
    Decline(i64, i64),
    /// So many stars for a ticket.
    Rate(i64, i64),
    /// Show what was recorded of a repair, and which page of it (from 1).
    Recorded(i64, i64),
    /// Something about the appointment of a ticket.
    Appoint(i64, Appoint),
    /// Show what waits for the crew with this id ([`DESK`]: at the desk), and which page of it (from 1).
    Queue(i64, i64),
    /// Join the ticket with this number, which was opened for a caller, by this code.
    Join(i64, String),
    /// Begin a report.
    Report,
    /// Show my tickets.
    Status,
    /// Choose a language.
    Language,
    /// Set the language to this tag.
    SetLanguage(String),
    /// Something about the service itself.
    Setup(Setup),
    /// What becomes of a notice.
    Notice(Order, i64),
}

/// What can be done with a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Send it.
    Send,
    /// Do not.
    Drop,
    /// Wait.
    Pause,
    /// Go on.
    GoOn,
    /// End it before the end.
    Stop,
}

const ORDERS: [(Order, &str); 5] =
    [(Order::Send, "send"), (Order::Drop, "drop"), (Order::Pause, "pause"), (Order::GoOn, "goon"), (Order::Stop, "stop")];

impl Order {
    fn word(self) -> &'static str {
        ORDERS.iter().find(|(o, _)| *o == self).map_or("", |(_, word)| word)
    }

    fn parse(word: &str) -> Option<Order> {
        ORDERS.iter().find(|(_, w)| *w == word).map(|(o, _)| *o)
    }
}

impl Wish {
    /// Callback data.
    pub fn encode(&self) -> String {
        match self {
            Wish::Ticket(verb, ticket) => format!("t1:{}:{ticket}", verb.word()),
            Wish::HandTo(ticket, crew) => format!("t1:handto:{ticket}:{crew}"),
            Wish::AssignTo(ticket, user) => format!("t1:assignto:{ticket}:{user}"),
            Wish::Queue(DESK, page) => format!("q1:desk:{page}"),
            Wish::Stage(ticket, stage) => format!("v1:stage:{ticket}:{stage}"),
            Wish::Tick(ticket, need) => format!("v1:tick:{ticket}:{need}"),
            Wish::Accept(ticket, version) => format!("v1:accept:{ticket}:{version}"),
            Wish::Decline(ticket, version) => format!("v1:decline:{ticket}:{version}"),
            Wish::Rate(ticket, stars) => format!("v1:rate:{ticket}:{stars}"),
            Wish::Recorded(ticket, page) => format!("r1:{ticket}:{page}"),
            Wish::Appoint(ticket, wish) => wish.encode(*ticket),
            Wish::Queue(crew, page) => format!("q1:{crew}:{page}"),
            // A start parameter, never the data of a button.
            Wish::Join(..) => String::new(),
            Wish::Report => "m1:report".to_owned(),
            Wish::Status => "m1:status".to_owned(),
            Wish::Language => "m1:language".to_owned(),
            Wish::SetLanguage(tag) => format!("m1:language:{tag}"),
            Wish::Setup(wish) => wish.encode(),
            Wish::Notice(order, notice) => format!("n1:{}:{notice}", order.word()),
        }
    }

    /// Reads callback data; `None` for anything that no version of the program wrote.
    pub fn decode(data: &str) -> Option<Wish> {
        let parts: Vec<&str> = data.split(':').collect();
        match parts[..] {
            ["t1", "handto", ticket, crew] => Some(Wish::HandTo(id(ticket)?, id(crew)?)),
            ["t1", "assignto", ticket, user] => Some(Wish::AssignTo(id(ticket)?, id(user)?)),
            ["t1", verb, ticket] => Some(Wish::Ticket(Verb::parse(verb)?, id(ticket)?)),
            ["q1", "desk", page] => Some(Wish::Queue(DESK, id(page)?)),
            ["v1", "stage", ticket, stage] if !stage.is_empty() => Some(Wish::Stage(id(ticket)?, stage.to_owned())),
            ["v1", "tick", ticket, need] if !need.is_empty() => Some(Wish::Tick(id(ticket)?, need.to_owned())),
            ["v1", "accept", ticket, version] => Some(Wish::Accept(id(ticket)?, id(version)?)),
            ["v1", "decline", ticket, version] => Some(Wish::Decline(id(ticket)?, id(version)?)),
            ["v1", "rate", ticket, stars] => Some(Wish::Rate(id(ticket)?, id(stars).filter(|n| *n <= 5)?)),
            ["r1", ticket, page] => Some(Wish::Recorded(id(ticket)?, id(page)?)),
            ["a1", ref wish @ ..] => Appoint::decode(wish).map(|(ticket, wish)| Wish::Appoint(ticket, wish)),
            ["q1", crew, page] => Some(Wish::Queue(id(crew)?, id(page)?)),
            ["n1", order, notice] => Some(Wish::Notice(Order::parse(order)?, id(notice)?)),
            ["m1", "report"] => Some(Wish::Report),
            ["m1", "status"] => Some(Wish::Status),
            ["m1", "language"] => Some(Wish::Language),
            ["m1", "language", tag] => Some(Wish::SetLanguage(tag.to_owned())),
            ["s1", ref wish @ ..] => Setup::decode(wish).map(Wish::Setup),
            _ => None,
        }
    }

    /// Start parameter that leads to a move of a ticket: `claim_17`.
    pub fn start(verb: Verb, ticket: i64) -> String {
        format!("{}_{ticket}", verb.word())
    }

    /// Start parameter that leads to what waits for a crew: `queue_3`.
    pub fn queue(crew: i64) -> String {
        format!("{QUEUE}_{crew}")
    }

    /// Start parameter by which a caller joins their ticket: `join_17_abc…`.
    pub fn join(ticket: i64, code: &str) -> String {
        format!("{JOIN}_{ticket}_{code}")
    }

    /// Reads a start parameter.
    pub fn from_start(parameter: &str) -> Option<Wish> {
        let (verb, ticket) = parameter.split_once('_')?;
        if verb == QUEUE {
            return Some(Wish::Queue(id(ticket)?, 1));
        }
        if verb == JOIN {
            let (ticket, code) = ticket.split_once('_')?;
            return plain(code).then_some(Wish::Join(id(ticket)?, code.to_owned()));
        }
        Some(Wish::Ticket(Verb::parse(verb)?, id(ticket)?))
    }
}

/// The code of a link that makes an admin, if the message opens one: at most 58 of `a-z2-7`.
pub fn admin_link(parameter: &str) -> Option<&str> {
    let code = parameter.strip_prefix(ADMIN_LINK)?;
    (plain(code) && code.len() <= 64 - ADMIN_LINK.len()).then_some(code)
}

/// Whether this may be a random code: some of `a-z2-7`.
fn plain(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
}

/// A positive number in plain digits.
fn id(text: &str) -> Option<i64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten().filter(|n| *n > 0)
}

/// A ticket's number as people write it: `BX-1024`, `bx1024`, `1024`.
pub fn ticket_number(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.get(..2).filter(|head| head.eq_ignore_ascii_case("bx")).map_or(text, |_| text.get(2..).unwrap_or_default());
    id(digits.trim_start_matches(['-', ' ']))
}

/// The command of a message, and what stands behind it; `None` for what its sender did not write as a command.
pub fn command_of(message: &Message) -> Option<(String, &str)> {
    command(message.text().filter(|_| !message.foreign)?)
}

/// A command and what stands behind it: `/start claim_17` gives (`start`, `claim_17`). `None` for other text.
pub fn command(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix('/')?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, arguments) = rest.split_at(end);
    let name = word.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    plain.then(|| (name, arguments.trim()))
}

#[cfg(test)]
mod tests;
