//! The only room that names teloxide's types: update -> input, message -> method; polling; webhook; look-ups; command menus.
//!
//! teloxide gives the client, the types and the requests. Its dispatcher, its polling and its throttle are not used: they
//! confirm updates before they are handled. Answers are read as plain JSON and only then given to teloxide's types, so
//! that something new in Telegram's answers costs one field and not a whole batch of updates.
pub mod client;
pub mod commands;
pub mod lookup;
pub mod polling;
pub mod send;
pub mod update;
pub mod webhook;

pub mod examine;
mod fault;
mod fetch;
mod html;
mod raw;
mod salvage;
mod shape;
