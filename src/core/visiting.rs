//! The visit: when, at what price, how it goes, what is recorded of it, what the customer thinks.
pub(super) mod appointment;
pub(super) mod charge;
pub(super) mod progress;
pub(super) mod quote;
pub(super) mod rating;
pub(super) mod recording;
pub(super) mod visit;
