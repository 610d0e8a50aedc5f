//! Whoever writes to the bot.
use serde::{Deserialize, Serialize};

use crate::core::input::Millis;

/// Languages that baoxiu speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Every language, the first one first.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// IETF tag.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// From a tag: Chinese of any kind is Chinese, everything else is English; no tag is Chinese.
    pub fn from_tag(tag: Option<&str>) -> Lang {
        match tag {
            Some(tag) if !tag.to_ascii_lowercase().starts_with("zh") => Lang::En,
            _ => Lang::Zh,
        }
    }
}

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
    /// Token bucket against floods: tokens left, in thousandths.
    pub tokens: i64,
    /// When the bucket was last filled.
    pub refilled: Millis,
    /// Whether the one polite notice was sent since the bucket ran dry.
    pub warned: bool,
}
