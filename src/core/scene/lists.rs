//! Lists to choose from, and to act on.
use std::collections::BTreeSet;

use crate::desk::ticket::Ticket;
use crate::vocabulary::input::Millis;

/// A technician, as dispatchers choose one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colleague {
    /// User id.
    pub id: i64,
    /// Working name.
    pub name: String,
    /// How many jobs they have now.
    pub jobs: i64,
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

/// What is open, for the morning list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Morning {
    /// How many tickets are open or claimed.
    pub total: i64,
    /// The most urgent of them. Not locked.
    pub tickets: Vec<Ticket>,
    /// Numbers of those whose customers have stopped the bot.
    pub stopped: BTreeSet<i64>,
    /// Tickets whose promise was broken lately.
    pub overdue: i64,
}
