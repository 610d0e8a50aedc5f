//! A report becomes a ticket, and what its customer corrects.
pub(super) mod correct;
pub(super) mod duplicate;
pub(super) mod report;
