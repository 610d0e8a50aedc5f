//! What the bot says: text keys, arguments and logical ids. The `render` room makes a message of it,
//! in the language of whoever receives it.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vocabulary::calendar::CalendarFile;
use crate::vocabulary::input::{Media, Millis};

/// One message to send, edit or take back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Say {
    /// Who receives it.
    pub to: Recipient,
    /// What; paragraphs joined by a line break.
    pub what: What,
    /// Buttons.
    pub keyboard: Keyboard,
    /// A new message, an edit, or a living card.
    pub place: Place,
    /// Order of service.
    pub priority: Priority,
    /// Forbid forwarding and saving.
    pub protect: bool,
}

/// Who receives a message; decides its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// A person in private; the chat's id is the user's id.
    Person(i64),
    /// A group.
    Group(i64),
}

impl Recipient {
    /// Telegram's chat id.
    pub fn chat(self) -> i64 {
        match self {
            Recipient::Person(id) | Recipient::Group(id) => id,
        }
    }
}

/// What a message holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Paragraphs.
    Text(Vec<Text>),
    /// Files, sent again by their ids.
    Media(Vec<Media>),
    /// A place on the map: degrees north, degrees east.
    Location(f64, f64),
    /// A file for calendars, made when it is sent.
    Calendar(Box<CalendarFile>),
    /// What the notice with this number says, in its admin's own words.
    Notice(i64),
    /// Nothing: takes the card back (blanks or deletes its messages).
    Nothing,
    /// No message: the command menu of the recipient's chat, by names of commands; empty: the menu that everybody sees.
    Menu(Vec<String>),
}

/// A text by its key, with arguments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// Key in the texts (`dialogs/*.ftl`).
    pub key: String,
    /// Arguments by name.
    pub args: BTreeMap<String, Arg>,
}

/// An argument of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// Somebody's words; escaped when rendered.
    Words(String),
    /// A number.
    Number(i64),
    /// A person by user id, shown by these words (else by the id) and leading to their profile.
    Mention(i64, String),
    /// Another text, in the recipient's language.
    Text(Text),
    /// The same within a sentence: its first letter is small, where a language has such letters.
    Within(Text),
    /// A moment, shown as a clock time in the service's time zone (with the date unless today, as seen from the second moment).
    Time(Millis, Millis),
    /// A day in the service's time zone.
    Day(Millis),
    /// Several texts, a line each.
    Lines(Vec<Text>),
}

impl Text {
    /// A text without arguments.
    pub fn new(key: impl Into<String>) -> Text {
        Text { key: key.into(), args: BTreeMap::new() }
    }

    /// The same arguments for another text.
    #[must_use]
    pub fn renamed(mut self, key: &str) -> Text {
        key.clone_into(&mut self.key);
        self
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Text {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Arg {
        Arg::Words(words.to_owned())
    }
}
impl From<String> for Arg {
    fn from(words: String) -> Arg {
        Arg::Words(words)
    }
}
impl From<&String> for Arg {
    fn from(words: &String) -> Arg {
        Arg::Words(words.clone())
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Arg {
        Arg::Number(number)
    }
}
impl From<Text> for Arg {
    fn from(text: Text) -> Arg {
        Arg::Text(text)
    }
}

/// Buttons of a message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keyboard {
    /// None; a reply keyboard that is showing stays.
    #[default]
    None,
    /// Buttons under the message, by rows.
    Inline(Vec<Vec<Button>>),
    /// Buttons in place of the keyboard, by rows.
    Reply(Vec<Vec<ReplyButton>>),
    /// Takes the reply keyboard away.
    Remove,
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// What it says.
    pub label: Text,
    /// What it does.
    pub does: Does,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// Comes back as a press with this data (versioned, ids only, at most 64 bytes).
    Press(String),
    /// Opens the bot in private with this start parameter (at most 64 of `A-Za-z0-9_-`).
    Start(String),
    /// Lets the person choose a group to add the bot to, as an administrator; the group then sends `/start` with this
    /// parameter.
    AddToGroup(String),
}

/// A button in place of the keyboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyButton {
    /// Sends its own label as text.
    Words(Text),
    /// Shares the person's contact.
    Contact(Text),
    /// Shares the person's place.
    Location(Text),
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At the end of the chat.
    New,
    /// In place of a message whose id is known; a new one if Telegram refuses the edit.
    Edit(i64),
    /// The living card: edited if it was sent, else sent.
    Card(CardRef),
    /// The living card, sent anew at the end of the chat; the old one is forgotten.
    CardAnew(CardRef),
    /// The living card as long as it stands; what was deleted does not come back.
    CardIfThere(CardRef),
}

/// Names a living message of a ticket, a notice or a crew; its chat is the recipient's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CardRef {
    /// Number of the ticket or notice, id of the crew.
    #[serde(alias = "ticket")]
    pub number: i64,
    /// Which of its cards.
    pub role: CardRole,
}

/// Which card of a ticket, or that of a notice or a crew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardRole {
    /// The customer's.
    Customer,
    /// The crew's, without street and name.
    Crew,
    /// The desk's.
    Desk,
    /// The claimer's, with the sealed details.
    Technician,
    /// Files shown to the claimer.
    Media,
    /// The shared place shown to the claimer.
    Location,
    /// The file for calendars, with the address, that the claimer was given.
    Calendar,
    /// How a notice comes along, in the chat of the admin who sends it.
    Notice,
    /// The guide through the first hour; of no ticket (number 0).
    Guide,
    /// What waits in a busy group, in place of a card for each ticket; the number is the crew's.
    Board,
}

impl CardRole {
    /// Every role.
    pub const ALL: [CardRole; 10] = [
        CardRole::Customer,
        CardRole::Crew,
        CardRole::Desk,
        CardRole::Technician,
        CardRole::Media,
        CardRole::Location,
        CardRole::Calendar,
        CardRole::Notice,
        CardRole::Guide,
        CardRole::Board,
    ];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            CardRole::Customer => "customer",
            CardRole::Crew => "crew",
            CardRole::Desk => "desk",
            CardRole::Technician => "technician",
            CardRole::Media => "media",
            CardRole::Location => "location",
            CardRole::Calendar => "calendar",
            CardRole::Notice => "notice",
            CardRole::Guide => "guide",
            CardRole::Board => "board",
        }
    }
}

/// Order of service at the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Answers to what somebody just did.
    #[default]
    Reply,
    /// Cards and calls to staff.
    Desk,
    /// News to many.
    Notice,
}

/// The answer to a press.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PressAnswer {
    /// Telegram's id of the tap.
    pub query: String,
    /// Who tapped; decides the language.
    pub to: i64,
    /// What the toast says; `None` just stops the spinner.
    pub text: Option<Text>,
    /// Show it as a dialog that must be closed.
    pub alert: bool,
    /// Open the bot in private with this start parameter instead.
    pub start: Option<String>,
}
