//! Callback data and start parameters beyond dialogs: versioned, ids only, at most 64 bytes.
//! Anyone can forge them: they name a wish, never a right.
use crate::vocabulary::input::Message;

mod appointment;
mod crew;
mod setup;

pub use appointment::Appoint;
pub use crew::CrewWish;
pub use setup::{Part, Setup};

/// How the start parameter of a link that makes an admin begins; behind it stands the code.
pub const ADMIN_LINK: &str = "admin_";

/// How the start parameter that leads to what waits for a crew begins; behind it stands the crew's id.
const QUEUE: &str = "queue";

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
    /// So many stars for a ticket.
    Rate(i64, i64),
    /// Something about the appointment of a ticket.
    Appoint(i64, Appoint),
    /// Show what waits for the crew with this id ([`DESK`]: at the desk), and which page of it (from 1).
    Queue(i64, i64),
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

/// What can be done with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// A technician takes it.
    Claim,
    /// The claimer puts it back.
    Release,
    /// The claimer has called the customer.
    Called,
    /// The claimer has called, and nobody answered.
    NoAnswer,
    /// The claimer says what was done.
    Done,
    /// Show the claimer the files.
    Media,
    /// The customer confirms.
    Confirm,
    /// The customer says that it is not fixed.
    NotFixed,
    /// Call it off.
    Cancel,
    /// The customer sees what became of it.
    Progress,
    /// The customer reports that whoever came cannot say the code.
    Stranger,
    /// The customer says a word to their rating.
    Opinion,
    /// Correct the phone.
    Phone,
    /// Correct the address.
    Address,
    /// Hand it to a crew: show which.
    Hand,
    /// Write to the customer from the desk.
    Answer,
    /// Close it at the desk.
    Close,
    /// Call it off at the desk.
    CallOff,
    /// Give it to a technician: show which.
    Assign,
    /// Take it away from whoever has it.
    TakeBack,
    /// Show whoever has it its card.
    Show,
    /// Show a dispatcher its card.
    Open,
}

const VERBS: [(Verb, &str); 22] = [
    (Verb::Claim, "claim"),
    (Verb::Release, "release"),
    (Verb::Called, "called"),
    (Verb::NoAnswer, "noanswer"),
    (Verb::Done, "done"),
    (Verb::Media, "media"),
    (Verb::Confirm, "confirm"),
    (Verb::NotFixed, "notfixed"),
    (Verb::Cancel, "cancel"),
    (Verb::Progress, "progress"),
    (Verb::Stranger, "stranger"),
    (Verb::Opinion, "opinion"),
    (Verb::Phone, "phone"),
    (Verb::Address, "address"),
    (Verb::Hand, "hand"),
    (Verb::Answer, "answer"),
    (Verb::Close, "close"),
    (Verb::CallOff, "calloff"),
    (Verb::Assign, "assign"),
    (Verb::TakeBack, "takeback"),
    (Verb::Show, "show"),
    (Verb::Open, "open"),
];

impl Verb {
    /// Whether only dispatchers are shown a button that does this.
    pub fn is_of_desk(self) -> bool {
        matches!(self, Verb::Hand | Verb::Answer | Verb::Close | Verb::CallOff | Verb::Assign | Verb::TakeBack | Verb::Open)
    }

    fn word(self) -> &'static str {
        VERBS.iter().find(|(v, _)| *v == self).map_or("", |(_, word)| word)
    }

    fn parse(word: &str) -> Option<Verb> {
        VERBS.iter().find(|(_, w)| *w == word).map(|(v, _)| *v)
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
            Wish::Rate(ticket, stars) => format!("v1:rate:{ticket}:{stars}"),
            Wish::Appoint(ticket, wish) => wish.encode(*ticket),
            Wish::Queue(crew, page) => format!("q1:{crew}:{page}"),
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
            ["v1", "rate", ticket, stars] => Some(Wish::Rate(id(ticket)?, id(stars).filter(|n| *n <= 5)?)),
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

    /// Reads a start parameter.
    pub fn from_start(parameter: &str) -> Option<Wish> {
        let (verb, ticket) = parameter.split_once('_')?;
        if verb == QUEUE {
            return Some(Wish::Queue(id(ticket)?, 1));
        }
        Some(Wish::Ticket(Verb::parse(verb)?, id(ticket)?))
    }
}

/// The code of a link that makes an admin, if the message opens one: at most 58 of `a-z2-7`.
pub fn admin_link(parameter: &str) -> Option<&str> {
    let code = parameter.strip_prefix(ADMIN_LINK)?;
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b));
    (plain && (1..=64 - ADMIN_LINK.len()).contains(&code.len())).then_some(code)
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
mod tests {
    use super::*;

    #[test]
    fn wishes_survive_the_round_trip_and_forgeries_do_not() {
        for (verb, _) in VERBS {
            let wish = Wish::Ticket(verb, i64::MAX);
            assert!(wish.encode().len() <= 64);
            assert_eq!(Wish::decode(&wish.encode()), Some(wish.clone()));
            assert_eq!(Wish::from_start(&Wish::start(verb, i64::MAX)), Some(wish));
        }
        for (order, _) in ORDERS {
            let wish = Wish::Notice(order, i64::MAX);
            assert!(wish.encode().len() <= 64);
            assert_eq!(Wish::decode(&wish.encode()), Some(wish));
        }
        let queue = Wish::Queue(i64::MAX, i64::MAX);
        assert!(queue.encode().len() <= 64);
        assert_eq!(Wish::decode(&queue.encode()), Some(queue));
        assert_eq!(Wish::decode(&Wish::Queue(DESK, 2).encode()), Some(Wish::Queue(DESK, 2)));
        assert_eq!(Wish::decode("q1:0:2"), None, "the desk has a name");
        assert_eq!(Wish::from_start(&Wish::queue(3)), Some(Wish::Queue(3, 1)));
        assert_eq!(Wish::decode("t1:handto:17:3"), Some(Wish::HandTo(17, 3)));
        let given = Wish::AssignTo(i64::MAX, i64::MAX);
        assert!(given.encode().len() <= 64);
        assert_eq!(Wish::decode(&given.encode()), Some(given));
        for forged in [
            "",
            "t1",
            "t1:claim:",
            "t1:claim:-1",
            "t1:claim:0",
            "t1:claim:+7",
            "t1:claim:1:2",
            "q1:3",
            "q1:3:0",
            "t2:claim:1",
            "m1:",
            "x".repeat(64).as_str(),
        ] {
            assert_eq!(Wish::decode(forged), None, "{forged}");
        }
    }

    #[test]
    fn commands_are_read_as_telegram_sends_them() {
        assert_eq!(command("/start claim_17"), Some(("start".into(), "claim_17")));
        assert_eq!(command("/bind@baoxiu_demo_bot 兴城市 延长县"), Some(("bind".into(), "兴城市 延长县")));
        assert_eq!(command("/"), None);
        assert_eq!(command("/路 12号"), None);
        assert_eq!(command("report"), None);
    }
}
