//! What a step is given and what it gives back: the border between the pure core and the database.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::coverage::Served;
use crate::desk::crew::Crew;
use crate::desk::figures::Ledger;
use crate::desk::notice::Notice;
use crate::desk::person::Person;
use crate::desk::ticket::{Event, Ticket};
use crate::dialog::session::Session;
use crate::vocabulary::input::{Membership, Millis, Post, Timer};
use crate::vocabulary::say::{CardRole, PressAnswer, Say};

/// Rows and look-ups that an input wants, known before the transaction begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The person whose session and person row are locked.
    pub person: Option<i64>,
    /// Questions to Telegram, asked before the transaction; 2 s at most.
    pub lookups: Vec<Lookup>,
    /// Whether crews, desk and admins are wanted.
    pub staff: bool,
    /// Whether the set of served areas is wanted.
    pub served: bool,
    /// Whether somebody may become an admin or stop being one: the list of admins is then locked, before all else.
    pub appoints: bool,
    /// Whether the working names of the admins are wanted.
    pub names: bool,
    /// Code of a link that makes whoever opens it an admin.
    pub invite: Option<String>,
    /// Whether a new code for such a link is wanted.
    pub fresh_code: bool,
    /// The notice that is locked.
    pub notice: Option<i64>,
    /// An admin whose notices that have not ended are wanted.
    pub notices_of: Option<i64>,
    /// Whether figures are wanted, if [`crate::core::may_read`] them.
    pub figures: bool,
    /// Ticket whose history is wanted, if [`crate::core::may_read`] it.
    pub history: Option<i64>,
    /// Ticket of which it is wanted whether it was contested, and which cards it has.
    pub aging: Option<i64>,
    /// Crew and page (from 0) of the list of its open tickets that is wanted, if [`crate::core::may_read`] it.
    pub waitlist: Option<(i64, i64)>,
}

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

/// A question to Telegram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// How does `user` stand to `chat`? `user` 0 asks for the bot itself.
    Member {
        /// The group.
        chat: i64,
        /// The person.
        user: i64,
    },
    /// How does `user` stand to the group of the crew that `ticket` was announced to?
    CrewOf {
        /// Number of the ticket.
        ticket: i64,
        /// The person.
        user: i64,
    },
    /// How does `user` stand to the group of this crew?
    Crew {
        /// Id of the crew.
        crew: i64,
        /// The person.
        user: i64,
    },
    /// How does `user` stand to the desk's group, if one is bound?
    Desk {
        /// The person.
        user: i64,
    },
}

/// The answer to a [`Lookup`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The group.
    pub chat: i64,
    /// The person; 0 for the bot itself.
    pub user: i64,
    /// How they stand to each other.
    pub membership: Membership,
}

/// Which ticket rows to lock, known once the session is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketRef {
    /// By number.
    Number(i64),
    /// By a card: the message of the bot in a chat.
    Card {
        /// The chat.
        chat: i64,
        /// The message.
        message: i64,
    },
    /// Tickets of a customer that are open, or done within the last seven days.
    Customer(i64),
    /// Tickets that a technician has claimed.
    Claimer(i64),
    /// Tickets that `user` has, or has done, that were announced to the crew of group `chat`.
    ClaimerIn {
        /// The technician.
        user: i64,
        /// The group.
        chat: i64,
    },
    /// Open tickets that no crew has.
    Unrouted,
    /// Open or claimed tickets announced to the crew of this group.
    Crew(i64),
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
    /// What Telegram said.
    pub facts: Vec<Fact>,
    /// Figures, when asked for by somebody who may read them.
    pub figures: Option<Ledger>,
    /// A ticket's history, when asked for by somebody who may read it.
    pub history: History,
    /// What is asked of a ticket that is to be blanked.
    pub aging: Aging,
    /// A page of what waits for a crew, when asked for by somebody who may read it.
    pub waitlist: Option<Waitlist>,
    /// How many messages wait for each group, by chat, when a ticket may be offered.
    pub queues: BTreeMap<i64, i64>,
    /// When the input came, Unix milliseconds.
    pub now: Millis,
}

/// Open tickets of a crew, the most urgent first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waitlist {
    /// How many there are.
    pub total: i64,
    /// When one of them last moved.
    pub newest: Millis,
    /// One page of them. Not locked.
    pub tickets: Vec<Ticket>,
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
