//! What dispatchers do, and what staff ask for.
pub(super) mod assign;
pub(super) mod caller;
pub(super) mod dispatch;
pub(super) mod morning;
pub(super) mod staff;
