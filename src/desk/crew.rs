//! Crews 班组: staff groups and the districts that they cover.
use serde::{Deserialize, Serialize};

use super::hours::Hours;
use crate::vocabulary::lang::Lang;

/// A staff group known to the bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crew {
    /// Row id.
    pub id: i64,
    /// Telegram's id of the group.
    pub chat: i64,
    /// What the group is for.
    pub kind: CrewKind,
    /// Title of the group when it was bound; sealed at rest.
    pub title: String,
    /// Codes of provinces, prefectures, counties or towns; empty means every district.
    pub areas: Vec<String>,
    /// Whether the bot is still in the group.
    pub active: bool,
    /// What it does, and when.
    #[serde(default)]
    pub profile: Profile,
}

/// What a crew does, and when. Nothing set: everything, in every language, always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Ids of the faults that it repairs; none: all.
    #[serde(default)]
    pub faults: Vec<String>,
    /// Languages that it speaks; none: all.
    #[serde(default)]
    pub langs: Vec<Lang>,
    /// When it works.
    #[serde(default)]
    pub hours: Hours,
    /// Minutes within which it answers; `None`: as the service does.
    #[serde(default)]
    pub promise: Option<i64>,
}

/// What a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrewKind {
    /// Technicians who claim jobs.
    Crew,
    /// Dispatchers, who catch what no crew takes.
    Desk,
}
