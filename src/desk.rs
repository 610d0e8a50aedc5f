//! Tickets, crews and people: allowed moves, who hears of what, who may do what. PURE.
pub mod board;
pub mod crew;
pub mod figures;
pub mod flood;
pub mod keep;
pub mod notice;
pub mod person;
pub mod route;
pub mod ticket;
