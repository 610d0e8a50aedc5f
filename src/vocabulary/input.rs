//! What can happen to the bot, in its own words. Telegram's types end at the `telegram` room;
//! an [`Input`] survives storage and is all that the core ever sees of the outside.
use serde::{Deserialize, Serialize};

pub use super::timer::{Sum, Timer};

/// Milliseconds since the Unix epoch.
pub type Millis = i64;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A message in private, or in a group a command or a reply to the bot.
    Message(Message),
    /// A message that was changed after it was sent.
    Edited(Message),
    /// A tap on an inline button.
    Press(Press),
    /// Somebody's membership in a group changed.
    Member(MemberChange),
    /// The bot's own membership in a chat changed.
    BotMember(MemberChange),
    /// A group became a supergroup and has a new id.
    Migrated {
        /// The id that is no longer valid.
        from: i64,
        /// The id that takes its place.
        to: i64,
    },
    /// Telegram does not let the bot write in a group any more: it is out, or has no right to.
    Barred {
        /// The group.
        chat: i64,
    },
    /// A timer that the core asked for fired.
    Timer(Timer),
}

/// Who did it, as Telegram describes them at that moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sender {
    /// Telegram's user id.
    pub id: i64,
    /// First and last name as shown in Telegram; personal data.
    pub name: String,
    /// IETF tag of the person's app, if Telegram gives one.
    pub language: Option<String>,
}

/// A message from a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Chat that it stands in; equals the sender's id in private.
    pub chat: i64,
    /// Whether the chat is private.
    pub private: bool,
    /// Title of the group, empty in private.
    pub title: String,
    /// Forum topic, if the chat has topics.
    pub topic: Option<i64>,
    /// Telegram's id of the message within the chat.
    pub id: i64,
    /// Who sent it.
    pub from: Sender,
    /// Sent as "anonymous admin" or in the name of a channel: `from` is then nobody in particular.
    pub anonymous: bool,
    /// Forwarded, sent through another bot, meant for one, or set as quotation or code: never a command.
    pub foreign: bool,
    /// Message of the bot that it replies to.
    pub reply_to: Option<i64>,
    /// Album that it belongs to.
    pub album: Option<String>,
    /// What it holds.
    pub content: Content,
    /// Text or caption with its formatting, in Telegram's HTML; only in private, and only if there is any formatting.
    #[serde(default)]
    pub html: Option<String>,
}

/// What a message holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Plain text; its formatting stands in [`Message::html`].
    Text(String),
    /// Photo, video, voice message or document that may serve as a picture.
    Media {
        /// The file.
        media: Media,
        /// Text under it, empty if none.
        caption: String,
    },
    /// A shared contact.
    Contact {
        /// The number as Telegram gives it, often without `+`.
        phone: String,
        /// Name on the card.
        name: String,
        /// Whose number it is, if that person uses Telegram.
        user: Option<i64>,
    },
    /// A shared place in degrees (WGS-84 as the phone gives it).
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
    },
    /// Anything that no question takes: sticker, poll, game …
    Other(String),
}

/// A file that stays with Telegram; baoxiu keeps only its ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What kind of file.
    pub kind: MediaKind,
    /// Id to send it again with (this bot only).
    pub file_id: String,
    /// Id that is the same for every bot, to recognise the file.
    pub unique_id: String,
    /// Bytes, as Telegram says; 0: it does not say.
    #[serde(default)]
    pub size: i64,
}

/// Kinds of files that a report can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A compressed picture.
    Photo,
    /// A film.
    Video,
    /// A round film: it goes alone, without words under it, and as nothing else.
    VideoNote,
    /// A voice message.
    Voice,
    /// A picture or film sent as a file.
    Document,
}

/// A tap on an inline button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Press {
    /// Telegram's id of the tap, to answer it with; expires in seconds.
    pub query: String,
    /// Who tapped.
    pub from: Sender,
    /// Chat of the message with the button.
    pub chat: i64,
    /// Whether that chat is private.
    pub private: bool,
    /// The message with the button.
    pub message: i64,
    /// What the button carries; anyone can forge it.
    pub data: String,
}

/// How a person stands to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// Owner or administrator.
    Administrator,
    /// Ordinary member.
    Member,
    /// Left, banned or never in.
    Outside,
    /// Telegram could not be asked in time: "try again".
    Unknown,
}

/// A change of membership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberChange {
    /// The chat.
    pub chat: i64,
    /// Whether it is a private chat (then `Outside` means: the person blocked the bot).
    pub private: bool,
    /// Title of the group.
    pub title: String,
    /// Who brought the change about.
    pub by: Sender,
    /// Whose membership changed.
    pub user: i64,
    /// What it is now.
    pub now: Membership,
}

/// The queue of a notice: its own, far from every id that Telegram gives, so that a notice and a chat never wait for each
/// other.
pub fn notice_subject(notice: i64) -> i64 {
    i64::MIN.saturating_add(notice)
}

/// What a notice says: words, and perhaps a file above them. Kept as Telegram's HTML, sent again by the file's id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Text, or the caption of the file; Telegram's HTML.
    pub html: String,
    /// The file.
    pub media: Option<Media>,
}

impl Message {
    /// The text, if that is what the message holds.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Input {
    /// The person whose session, or else the chat whose queue, this input belongs to. Inputs of one
    /// subject are handled in the order in which they came.
    pub fn subject(&self) -> i64 {
        match self {
            Input::Message(m) | Input::Edited(m) if m.private => m.from.id,
            Input::Message(m) | Input::Edited(m) => m.chat,
            // Also in a group: a tap that fails must not hold up the taps of everybody else there.
            Input::Press(p) => p.from.id,
            Input::Member(c) | Input::BotMember(c) => c.chat,
            Input::Migrated { from, .. } => *from,
            Input::Barred { chat } => *chat,
            Input::Timer(
                Timer::Album { user, .. }
                | Timer::Remind { user, .. }
                | Timer::Expire { user, .. }
                | Timer::Audience { user, .. }
                | Timer::Claim { user, .. },
            ) => *user,
            Input::Timer(
                Timer::Promise { .. }
                | Timer::Lease { .. }
                | Timer::Late { .. }
                | Timer::Appointment { .. }
                | Timer::Settle { .. }
                | Timer::Turn { .. }
                | Timer::Opens { .. }
                | Timer::Greet { .. }
                | Timer::Morning
                | Timer::Fetch { .. }
                | Timer::Fetched { .. }
                | Timer::Board { .. }
                | Timer::Blank { .. },
            ) => 0,
            Input::Timer(Timer::Notice { notice, .. }) => notice_subject(*notice),
        }
    }
}
