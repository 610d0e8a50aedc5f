//! What an input asks for before anything is decided: rows, and questions to Telegram.
use crate::vocabulary::input::Membership;

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
    /// Whether a new arrival code is wanted: somebody may be given a ticket.
    pub arrival: bool,
    /// The notice that is locked.
    pub notice: Option<i64>,
    /// An admin whose notices that have not ended are wanted.
    pub notices_of: Option<i64>,
    /// Whether figures are wanted, if [`crate::core::may_read`] them.
    pub figures: bool,
    /// Ticket whose history is wanted, if [`crate::core::may_read`] it.
    pub history: Option<i64>,
    /// Whether it is wanted how many tickets wait where, if [`crate::core::may_read`] it.
    pub counts: bool,
    /// Whether it is wanted what is open, if [`crate::core::may_read`] it.
    pub morning: bool,
    /// Ticket that is to be given to a technician: those of its crew are wanted.
    pub roster: Option<i64>,
    /// Technician who is to have a ticket. Not locked.
    pub technician: Option<i64>,
    /// Whether it is wanted when the person gave jobs back in the last [`crate::desk::claims::COUNTED`].
    pub releases: bool,
    /// Ticket of which it is wanted whether it was contested, and which cards it has.
    pub aging: Option<i64>,
    /// Crew and page (from 0) of the list of its open tickets that is wanted, if [`crate::core::may_read`] it.
    pub waitlist: Option<(i64, i64)>,
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
    /// How does `user` stand to the groups of the crews for which they have claimed lately?
    CrewsOf {
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
