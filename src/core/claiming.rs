//! From an open ticket to whoever has it: offered, claimed, contacted in time, given back.
pub(super) mod board;
pub(super) mod claim;
pub(super) mod contact;
pub(super) mod lease;
pub(super) mod offer;
pub(super) mod promise;
pub(super) mod queue;
pub(super) mod release;
