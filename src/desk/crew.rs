//! Crews 班组: staff groups and the districts that they cover.
use serde::{Deserialize, Serialize};

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
