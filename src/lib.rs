//! 报修 · 保修: an after-sales service bot for Telegram.
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
