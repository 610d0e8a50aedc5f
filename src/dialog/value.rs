//! Values that slots hold.
use serde::{Deserialize, Serialize};

use crate::vocabulary::input::{Media, Post};

/// What a person answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// An option of a list, by its id.
    Choice(String),
    /// Own words.
    Words(String),
    /// A phone number: digits, with `+` if the country was given.
    Phone(String),
    /// Own words and files.
    Report {
        /// The words.
        text: String,
        /// The files.
        media: Vec<Media>,
    },
    /// An address.
    Address(Address),
    /// A message to be sent to many.
    Post(Post),
    /// An area of any level.
    Area {
        /// Its code.
        code: String,
        /// Its name in full.
        name: String,
    },
    /// Codes of areas of any level.
    Areas(Vec<String>),
}

/// An address as typed and as understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Address {
    /// Exactly as typed, all parts in order.
    pub typed: String,
    /// What stands after the names of the areas: street, house number.
    pub rest: String,
    /// Code of the county or town, as far as known.
    pub code: Option<String>,
    /// The area in full.
    pub place: String,
    /// Whether it is served.
    pub served: Option<bool>,
    /// Shared place, degrees north and east.
    pub location: Option<(f64, f64)>,
    /// Which words spoke for which place, when the outcome was not sure at once.
    pub doubt: String,
}
