//! A ticket for the tests of this room.
use super::ticket::{Details, Status, Ticket};
use crate::vocabulary::input::Millis;

/// A leak that customer 7 reported `at` a moment, and that nobody has.
pub(super) fn ticket(at: Millis) -> Ticket {
    Ticket {
        number: 1_001,
        customer: 7,
        status: Status::Open,
        fault: "leak".to_owned(),
        danger: false,
        district: None,
        served: None,
        created: at,
        promise: None,
        crew: None,
        claimer: None,
        claimed: None,
        updated: at,
        trial: false,
        details: Details::default(),
    }
}
