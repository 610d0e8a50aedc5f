//! Whoever writes to the bot.
use serde::{Deserialize, Serialize};

use crate::vocabulary::input::Millis;
use crate::vocabulary::lang::Lang;

/// A person and what the bot knows of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Telegram's user id.
    pub id: i64,
    /// Language chosen with `/language`, else that of the app when first seen.
    pub lang: Lang,
    /// Whether the bot may write to them (they started it and have not blocked it).
    pub reachable: bool,
    /// Whether they are an admin.
    pub admin: bool,
    /// Working name and phone of a technician; sealed at rest, empty until the first claim.
    pub working_name: String,
    /// See `working_name`.
    pub working_phone: String,
    /// Commands of the menu that was set for their chat alone, by name, with spaces between; empty: everybody's.
    #[serde(default)]
    pub menu: String,
    /// Token bucket against floods: tokens left, in thousandths.
    pub tokens: i64,
    /// When the bucket was last filled.
    pub refilled: Millis,
    /// Whether the one polite notice was sent since the bucket ran dry.
    pub warned: bool,
    /// Whether they want no notices (`/mute`); what concerns their own tickets reaches them all the same.
    #[serde(default)]
    pub muted: bool,
}
