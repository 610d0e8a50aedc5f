//! Rows that are due go to Telegram: in order, no faster than allowed, again until they arrive.
//!
//! Law: every message leaves through the outbox. It was written in the same transaction as the change that it tells of;
//! here it is only sent. Sending is at-least-once: a crash between Telegram's answer and our commit repeats at most the
//! sends that were in flight, because Telegram has no key to recognise a repeat by.
pub mod album;
pub mod backlog;
pub mod deliver;
pub mod figures;
pub mod intake;
pub mod pace;
pub mod posts;
pub mod sender;
pub mod settle;
pub mod transport;
