//! Tickets, crews and people; who may do what. PURE.
pub mod crew;
pub mod person;
pub mod ticket;
