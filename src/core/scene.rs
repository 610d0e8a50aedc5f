//! What a step is given and what it gives back: the border between the pure core and the database.
mod asked;
mod lists;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::coverage::Served;
use crate::desk::crew::Crew;
use crate::desk::figures::Ledger;
use crate::desk::notice::Notice;
use crate::desk::person::Person;
use crate::desk::ticket::{Event, Ticket};
use crate::dialog::session::Session;
use crate::vocabulary::input::{Millis, Post, Timer};
use crate::vocabulary::say::{CardRole, PressAnswer, Say};

pub use asked::{Fact, Lookup, Needs, TicketRef};
pub use lists::{Colleague, Morning, Waitlist};

/// A link that makes whoever opens it an admin, once. Valid and locked when a step sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Its code, as opened.
    pub code: String,
    /// The admin who made it; 0: the program, at a start without admins.
    pub inviter: i64,
}

/// A link to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvite {
    /// Its code; only a hash of it is stored.
    pub code: String,
    /// The admin who makes it.
    pub inviter: i64,
    /// When it dies.
    pub expires: Millis,
}

/// What became of a ticket, as far as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// How many older lines are left out.
    pub earlier: i64,
    /// The newest lines, oldest first, each with its time.
    pub lines: Vec<(Millis, Event)>,
    /// Working names of the technicians in these lines, by user id.
    pub names: BTreeMap<i64, String>,
    /// Whether the acting person ever claimed the ticket.
    pub had: bool,
}

/// What is asked of a ticket that is to be blanked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aging {
    /// The customer once said "not fixed".
    pub contested: bool,
    /// Which cards it has in which chats.
    pub cards: Vec<(CardRole, i64)>,
}

/// Everything that a step may look at. Rows are locked until the commit.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The session, when a person was asked for.
    pub session: Session,
    /// The person.
    pub person: Person,
    /// The tickets that were asked for, in the order asked, without repeats.
    pub tickets: Vec<Ticket>,
    /// The ticket that the message replied to or pressed on belongs to, when asked for by card.
    pub card: Option<i64>,
    /// Number that a new ticket takes.
    pub next_number: i64,
    /// The notice that was asked for.
    pub notice: Option<NoticeScene>,
    /// Number that a new notice takes.
    pub next_notice: i64,
    /// Numbers of the notices that have not ended, of the admin who was asked for. Not locked.
    pub unfinished: Vec<i64>,
    /// All bound groups, active ones first, by id.
    pub crews: Vec<Crew>,
    /// User ids of the admins, ascending.
    pub admins: Vec<i64>,
    /// Crews that are as good as each other are asked one after another, not all at once.
    pub turns: bool,
    /// Areas served.
    pub served: Served,
    /// The hotline as it is now.
    pub hotline: Option<String>,
    /// Parts of the guide that were settled: done, or left for later.
    pub settled: BTreeSet<String>,
    /// Working names of the admins who have one.
    pub names: BTreeMap<i64, String>,
    /// The link that was opened, if it is valid.
    pub invite: Option<Invite>,
    /// A random code that nobody has seen.
    pub fresh_code: Option<String>,
    /// Four random digits for a new claim.
    pub arrival: Option<String>,
    /// What Telegram said.
    pub facts: Vec<Fact>,
    /// Figures, when asked for by somebody who may read them.
    pub figures: Option<Ledger>,
    /// A ticket's history, when asked for by somebody who may read it.
    pub history: History,
    /// How many tickets wait for each crew that has any, and how many of them are late; [`super::data::DESK`]: at the desk.
    pub counts: BTreeMap<i64, (i64, i64)>,
    /// Technicians who may be given the ticket, when asked for; whoever worked for its crew last comes first.
    pub roster: Vec<Colleague>,
    /// The technician who is to have a ticket. Not locked.
    pub technician: Option<Person>,
    /// The customer of the ticket for which a quote is being made. Not locked.
    pub customer: Option<Person>,
    /// When the person gave jobs back lately, ascending, when asked for.
    pub releases: Vec<Millis>,
    /// What is asked of a ticket that is to be blanked.
    pub aging: Aging,
    /// A page of what waits for a crew, when asked for by somebody who may read it.
    pub waitlist: Option<Waitlist>,
    /// What is open, when asked for by somebody who may read it.
    pub morning: Option<Morning>,
    /// How many messages wait for each group, by chat, when a ticket may be offered.
    pub queues: BTreeMap<i64, i64>,
    /// When the input came, Unix milliseconds.
    pub now: Millis,
}

/// A notice, locked, and what its next step wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeScene {
    /// The notice.
    pub notice: Notice,
    /// How many are meant; counted only when the admin is to be asked.
    pub meant: i64,
    /// How many of its messages wait or are under way.
    pub waiting: i64,
    /// Nothing of it has got through for a while, although messages wait.
    pub stuck: bool,
    /// An earlier notice that is being sent: this one waits for it.
    pub behind: Option<i64>,
    /// Who is next (place in the order, chat), at most [`crate::desk::notice::PORTION`]; empty also when the outbox has
    /// enough, or the notice is not being sent.
    pub next: Vec<(i64, i64)>,
}

/// What a step decided. Applied in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// The session to write; `None`: unchanged.
    pub session: Option<Session>,
    /// The person to write; `None`: unchanged.
    pub person: Option<Person>,
    /// Tickets to write; one with `Scene::next_number` is new.
    pub tickets: Vec<Ticket>,
    /// Numbers of tickets of which nothing is to remain in the database.
    pub removed: Vec<i64>,
    /// History lines.
    pub events: Vec<Event>,
    /// Numbers of tickets in whose history nobody's own words are to remain.
    pub forgotten: Vec<i64>,
    /// Crews to bind, change or put out of use (`id` 0: new; matched by `chat`).
    pub crews: Vec<Crew>,
    /// Further crews that tickets are offered to from now on, by number.
    pub offers: Vec<(i64, Vec<i64>)>,
    /// Whether crews are asked one after another from now on.
    pub turns: Option<bool>,
    /// Areas served from now on: code and name in full.
    pub serve: Vec<(String, String)>,
    /// Codes of areas served no longer.
    pub unserve: Vec<String>,
    /// The hotline from now on; empty: that of the settings.
    pub hotline: Option<String>,
    /// Parts of the guide that are settled now.
    pub settle: Vec<String>,
    /// Links to make.
    pub invites: Vec<NewInvite>,
    /// Code of the link that was used: it dies.
    pub used: Option<String>,
    /// People who stop being admins, with their links.
    pub dismissed: Vec<i64>,
    /// A group's id changed: (from, to); every row follows.
    pub migrated: Option<(i64, i64)>,
    /// The notice to write; one with `Scene::next_notice` is new.
    pub notice: Option<Notice>,
    /// What a new notice says.
    pub post: Option<Post>,
    /// Chats that are owed the notice now, in order.
    pub owed: Vec<i64>,
    /// Timers to set or drop.
    pub timers: Vec<TimerChange>,
    /// Messages, in order.
    pub say: Vec<Say>,
    /// Answers to presses: sent straight after the commit, never stored.
    pub answers: Vec<PressAnswer>,
}

/// A timer to set or to drop. A timer is named by `(subject, name)`; setting replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimerChange {
    /// Whose queue it enters: see [`crate::vocabulary::input::Input::subject`].
    pub subject: i64,
    /// Name, unique within the subject, e.g. `remind`, `promise:17`.
    pub name: String,
    /// When, and what; `None` drops it.
    pub set: Option<(Millis, Timer)>,
}
