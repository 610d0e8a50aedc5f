//! A file for calendars, as it is said: the `render` room writes it in the language of whoever receives it.
use serde::{Deserialize, Serialize};

use super::input::Millis;
use super::say::Text;

/// One event for a calendar: RFC 5545.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalendarFile {
    /// What stands under the file.
    pub caption: Text,
    /// Name of the file.
    pub name: String,
    /// The same for every version of the event, and of no other event.
    pub uid: String,
    /// Number of the version, from 0 on.
    pub sequence: i64,
    /// When this version was made.
    pub stamp: Millis,
    /// When it begins.
    pub from: Millis,
    /// When it ends.
    pub to: Millis,
    /// Its title.
    pub summary: Text,
    /// What it is about.
    pub description: Text,
    /// Where; somebody's words. Empty: not said.
    pub location: String,
    /// It does not take place.
    pub cancelled: bool,
}
