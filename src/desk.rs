//! Tickets, crews and people: allowed moves, who hears of what, who may do what. PURE.
pub mod appointment;
pub mod board;
pub mod caller;
pub mod claims;
pub mod crew;
#[cfg(test)]
mod example;
pub mod figures;
pub mod flood;
pub mod hours;
pub mod keep;
pub mod morning;
pub mod notice;
pub mod person;
pub mod price;
pub mod promise;
pub mod quote;
pub mod recording;
pub mod route;
pub mod ticket;
pub mod visit;
