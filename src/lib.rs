//! 报修 · 保修: an after-sales service bot for Telegram.
//!
//! # The map
//! Data flows one way. Each arrow is the only one between its two rooms:
//!
//! ```text
//!  Telegram ──▶ telegram ──▶ inbox ──▶ core ──▶ render ──▶ store (outbox rows) ──▶ outbox ──▶ telegram ──▶ Telegram
//!               update        one        step     message                            pace,
//!               to Input      transaction                                            retry
//! ```
//!
//! - [`vocabulary`] (pure): the words that the rooms speak: what can happen, what is said.
//! - [`dialog`] (pure): dialogs as data; slots, parsers, questions. [`coverage`] (pure): addresses to districts.
//! - [`desk`] (pure): tickets and their moves, crews, people. [`core`] (pure): the one decision function.
//! - [`render`] (pure): a text key and its arguments to a message in the recipient's language.
//! - [`store`] and [`seal`]: rows, sealed. [`inbox`]: one update, one transaction. [`outbox`]: what is owed to Telegram.
//! - [`telegram`]: the only room that names Telegram's types. [`sandbox`]: a Bot API on loopback, for the demo and the tests.
//! - [`app`]: puts them together. [`config`], [`telemetry`], [`clock`]: the environment, the log, the time.
//!
//! # Laws
//! 1. An update is confirmed to Telegram only after everything that follows from it is committed.
//! 2. Every message leaves through the outbox, written in the same transaction; answers to presses are the one exception.
//! 3. The pure rooms know no clock, no database, no network and no Telegram. `tests/architecture.rs` holds them to it.
//! 4. Rights come from locked rows and from what Telegram says, never from the data of a button.
//! 5. Personal data is sealed at rest and never logged.
//! 6. No dead end: every question takes a button, a number or words; what we do not serve is still taken on.
pub mod app;
pub mod clock;
pub mod config;
pub mod core;
pub mod coverage;
pub mod desk;
pub mod dialog;
pub mod inbox;
pub mod outbox;
pub mod render;
pub mod sandbox;
pub mod seal;
pub mod store;
pub mod telegram;
pub mod telemetry;
pub mod vocabulary;
