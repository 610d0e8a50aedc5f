//! 报修 · 保修: an after-sales service bot for Telegram.
pub mod coverage;
pub mod sandbox;
