//! Tickets, crews and people: allowed moves, who hears of what, who may do what. PURE.
pub mod appointment;
pub mod board;
pub mod claims;
pub mod crew;
pub mod figures;
pub mod flood;
pub mod hours;
pub mod keep;
pub mod notice;
pub mod person;
pub mod promise;
pub mod route;
pub mod ticket;
pub mod visit;
