//! A rendered message, ready for Telegram, as it waits in the outbox.
use serde::{Deserialize, Serialize};

use crate::vocabulary::input::{Media, Post};
use crate::vocabulary::say::{CardRef, Place, Priority};

/// A rendered message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outgoing {
    /// Telegram's chat id.
    pub chat: i64,
    /// What is sent.
    pub body: Body,
    /// Where it goes.
    pub place: Place,
    /// Order of service.
    pub priority: Priority,
    /// Forbid forwarding and saving.
    pub protect: bool,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Text in Telegram's HTML, at most 4,096 UTF-16 units when parsed.
    Text {
        /// The text.
        html: String,
        /// Its buttons.
        markup: Markup,
    },
    /// Files by their ids: one is sent alone, two to ten of kinds that mix as an album.
    Media(Vec<Media>),
    /// A place on the map: degrees north, degrees east.
    Location(f64, f64),
    /// A file that the program made.
    Document {
        /// Its name.
        name: String,
        /// Its type, such as `text/calendar`.
        mime: String,
        /// What is in it.
        content: String,
        /// The text under it, in Telegram's HTML.
        html: String,
    },
    /// What the notice with this number says: its body is kept once, and put in its place when it is sent.
    Notice(i64),
    /// What a notice says, ready to be sent.
    Post(Post),
    /// Takes the card's messages away.
    Delete,
    /// Sets the chat's own command menu, once for each language; without commands takes it away.
    Menu(Vec<Menu>),
}

/// A command menu in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    /// Two letters (`zh`); `None`: all who have no menu in their own language.
    pub language: Option<String>,
    /// Commands without `/`, and what they do.
    pub commands: Vec<(String, String)>,
}

impl Body {
    /// The notice that this stands for.
    pub fn notice(&self) -> Option<i64> {
        match self {
            Body::Notice(notice) => Some(*notice),
            _ => None,
        }
    }
}

/// Rendered buttons.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Markup {
    /// None.
    #[default]
    None,
    /// Rows of (label, data or url).
    Inline(Vec<Vec<(String, Tap)>>),
    /// Rows of (label, what it asks for).
    Reply(Vec<Vec<(String, Ask)>>),
    /// Takes the reply keyboard away.
    Remove,
}

/// What an inline button carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tap {
    /// Callback data.
    Data(String),
    /// Address to open.
    Url(String),
}

/// What a reply button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Sends its label.
    Words,
    /// The person's contact.
    Contact,
    /// The person's place.
    Location,
}

impl Outgoing {
    /// The living card that this message is or becomes.
    pub fn card(&self) -> Option<&CardRef> {
        match &self.place {
            Place::Card(card) | Place::CardAnew(card) | Place::CardIfThere(card) => Some(card),
            Place::New | Place::Edit(_) => None,
        }
    }
}
