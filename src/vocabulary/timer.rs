//! Timers: what the core asks to be told later.
use serde::{Deserialize, Serialize};

use super::input::Millis;

/// Timers of the core. A timer is a row; it enters like any message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// The parts of an album have had time to arrive.
    Album {
        /// The person whose session collects it.
        user: i64,
        /// Telegram's album id.
        album: String,
    },
    /// A dialog has been silent for half an hour.
    Remind {
        /// The silent person.
        user: i64,
        /// Run of the dialog that the timer was set for.
        run: i64,
    },
    /// A dialog has been silent for three days.
    Expire {
        /// The silent person.
        user: i64,
        /// Run of the dialog that the timer was set for.
        run: i64,
    },
    /// A technician has registered: now the claim that led to it.
    Claim {
        /// The technician.
        user: i64,
        /// Number of the ticket.
        ticket: i64,
    },
    /// A notice goes on: more recipients, progress, the end.
    Notice {
        /// Number of the notice.
        notice: i64,
        /// How many were dealt with when the timer was set, and since when they are that many.
        #[serde(default)]
        dealt: Option<(i64, Millis)>,
    },
    /// A notice found nobody: its admin chooses whom else it is for.
    Audience {
        /// The admin.
        user: i64,
        /// Number of the notice.
        notice: i64,
    },
    /// A group that the bot came into has had time to be bound.
    Greet {
        /// The group.
        chat: i64,
        /// Whether the bot is an administrator there.
        administrator: bool,
    },
    /// The board of a busy crew is to be brought up to date.
    Board {
        /// The crew.
        crew: i64,
        /// When that was to be; on the full minute it may also come anew.
        due: Millis,
    },
    /// Something of a ticket may no longer be kept.
    Blank {
        /// Number of the ticket.
        ticket: i64,
    },
    /// A recorded file is to be fetched, and its content summed up: slow work, done beside everything else. What comes of it
    /// enters as [`Timer::Fetched`].
    Fetch {
        /// Number of the ticket.
        ticket: i64,
        /// Number of the file.
        entry: usize,
        /// Telegram's id of the file.
        file: String,
    },
    /// A recorded file was fetched.
    Fetched {
        /// Number of the ticket.
        ticket: i64,
        /// Number of the file.
        entry: usize,
        /// What it is; `None`: it could not be fetched.
        sum: Option<Sum>,
    },
    /// The day of the dispatchers begins.
    Morning,
    /// The technician should have arrived.
    Late {
        /// Number of the ticket.
        ticket: i64,
        /// When they expected to be there.
        eta: Millis,
    },
    /// Something is to be said about an appointment: a reminder, or that it has begun.
    Appointment {
        /// Number of the ticket.
        ticket: i64,
        /// When it was agreed on; another one has a timer of its own.
        agreed: Millis,
    },
    /// The customer of a ticket that is done has had time to speak.
    Settle {
        /// Number of the ticket.
        ticket: i64,
        /// When it was done.
        since: Millis,
    },
    /// A mark on the way to the promised time of a ticket, or its end, has come.
    Promise {
        /// Number of the ticket.
        ticket: i64,
    },
    /// The crew whose turn it is has not claimed a ticket.
    Turn {
        /// Number of the ticket.
        ticket: i64,
        /// The crew.
        crew: i64,
    },
    /// A ticket waited for working hours, and they begin.
    Opens {
        /// Number of the ticket.
        ticket: i64,
    },
    /// A claimer has not contacted the customer yet.
    Lease {
        /// Number of the ticket.
        ticket: i64,
        /// Who had it when the timer was set.
        claimer: i64,
        /// Whether they were asked already.
        asked: bool,
    },
}

/// What is known of a file's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sum {
    /// It was not fetched yet; how often that was tried.
    Waits(usize),
    /// Its SHA-256, in hexadecimal digits.
    Known(String),
    /// It is too big for a bot to fetch: only Telegram's own id of it is known.
    TooBig,
    /// It could not be fetched.
    Missing,
}
