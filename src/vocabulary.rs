//! The words that the rooms speak to each other: what can happen ([`input`]) and what is said ([`say`]). PURE, and below
//! every other room: it knows none of them.
pub mod calendar;
pub mod html;
pub mod input;
pub mod lang;
pub mod say;
mod timer;
