//! What an operator's commands take.
use clap::Subcommand;

/// What is to be done about parked inputs.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Parked {
    /// Try one again: by the running bot within a second, else at its next start.
    Retry {
        /// The number that the list and the admins' message show.
        id: i64,
    },
    /// Give one up. What the person wrote is overwritten by the reason.
    Drop {
        /// The number that the list and the admins' message show.
        id: i64,
        /// Why; it is logged, so leave names and numbers of people out.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// List what was dropped, with the reasons.
    Dropped,
}
