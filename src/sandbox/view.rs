//! What a person sees in a chat, for tests to look at and to wait for.
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::state::{State, Stored};
use super::world::World;

/// A button of an inline keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub text: String,
    pub data: Option<String>,
    pub url: Option<String>,
}

/// Buttons in place of the letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyKeyboard {
    /// Labels, row by row.
    pub rows: Vec<Vec<String>>,
    /// Label of the button that shares the own phone number.
    pub contact: Option<String>,
    /// Label of the button that shares the place.
    pub location: Option<String>,
    pub one_time: bool,
}

/// A message as a person sees it now.
#[derive(Clone, Debug)]
pub struct ChatMessage {
    pub id: i64,
    /// Sender's user id.
    pub from: i64,
    pub from_name: String,
    pub from_bot: bool,
    /// Plain text; empty where there is only a caption.
    pub text: String,
    pub caption: Option<String>,
    /// Entities of text or caption, as the Bot API shows them.
    pub entities: Vec<Value>,
    pub inline: Vec<Vec<Button>>,
    /// The reply keyboard that came with this message.
    pub reply_keyboard: Option<ReplyKeyboard>,
    /// This message took the reply keyboard away.
    pub removes_keyboard: bool,
    pub edited: bool,
    /// `photo`, `video`, `animation`, `voice`, `audio`, `document`, `sticker`, `poll`, `contact`, `location`.
    pub media: Option<&'static str>,
    pub album: Option<String>,
    pub reply_to: Option<i64>,
    pub protect_content: bool,
    /// Someone came, left, pinned …: not written by anyone.
    pub service: bool,
    /// The bot's reaction, if it set one.
    pub reaction: Option<String>,
    /// Unix seconds.
    pub date: i64,
}

impl ChatMessage {
    /// Text or caption.
    pub fn words(&self) -> &str {
        self.caption.as_deref().unwrap_or(&self.text)
    }

    /// The inline button whose label contains this.
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.inline.iter().flatten().find(|button| button.text.contains(label))
    }
}

impl fmt::Display for ChatMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{} {}: ", self.id, self.from_name)?;
        if let Some(media) = self.media {
            write!(f, "[{media}] ")?;
        }
        if self.service {
            write!(f, "[service]")?;
        }
        write!(f, "{}", self.words().replace('\n', "\n    "))?;
        if self.edited {
            write!(f, " (edited)")?;
        }
        for row in &self.inline {
            let labels: Vec<_> = row.iter().map(|b| b.text.as_str()).collect();
            write!(f, "\n    [{}]", labels.join("] ["))?;
        }
        for row in self.reply_keyboard.iter().flat_map(|k| &k.rows) {
            write!(f, "\n    ({})", row.join(") ("))?;
        }
        Ok(())
    }
}

/// What showed up when a button press was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub query_id: String,
    pub text: String,
    /// Shown as a window that must be closed.
    pub show_alert: bool,
    pub url: Option<String>,
}

/// What was waited for did not come in time. Prints the whole conversation.
#[derive(Clone)]
pub struct WaitError {
    pub chat: i64,
    pub waited: Duration,
    pub conversation: Vec<ChatMessage>,
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "not seen in chat {} within {:?}; the conversation:", self.chat, self.waited)?;
        self.conversation.iter().try_for_each(|message| writeln!(f, "  {message}"))
    }
}

impl fmt::Debug for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for WaitError {}

impl World {
    /// The messages of a chat, oldest first, without deleted ones.
    pub fn messages(&self, chat: i64) -> Vec<ChatMessage> {
        self.read(|state| visible(state, chat))
    }

    /// The reply keyboard that is in force in a chat.
    pub fn keyboard(&self, chat: i64) -> Option<ReplyKeyboard> {
        self.read(|state| state.chats.get(&chat)?.keyboard.as_ref().map(|(_, markup)| reply_keyboard(markup)))
    }

    /// The message that is pinned in a chat.
    pub fn pinned(&self, chat: i64) -> Option<i64> {
        self.read(|state| state.chats.get(&chat)?.pinned)
    }

    /// Answers to a person's button presses, oldest first.
    pub fn toasts(&self, user: i64) -> Vec<Toast> {
        self.read(|state| {
            let theirs = state.queries.iter().filter(|(_, query)| query.user == user);
            theirs.filter_map(|(id, query)| Some(toast(*id, query.answer.as_ref()?))).collect()
        })
    }

    /// The answer to one button press; `None`: not answered yet.
    pub fn toast(&self, query_id: &str) -> Option<Toast> {
        let id = query_id.parse().ok()?;
        self.read(|state| Some(toast(id, state.queries.get(&id)?.answer.as_ref()?)))
    }

    /// Waits until the chat looks right.
    ///
    /// # Errors
    /// It did not in time; the error prints the conversation.
    pub async fn wait_for(
        &self,
        chat: i64,
        timeout: Duration,
        right: impl Fn(&[ChatMessage]) -> bool,
    ) -> Result<Vec<ChatMessage>, WaitError> {
        self.wait(timeout, || Some(self.messages(chat)).filter(|messages| right(messages))).await.ok_or_else(|| WaitError {
            chat,
            waited: timeout,
            conversation: self.messages(chat),
        })
    }

    /// Waits until a button press was answered; `None`: it was not in time.
    pub async fn wait_for_toast(&self, query_id: &str, timeout: Duration) -> Option<Toast> {
        self.wait(timeout, || self.toast(query_id)).await
    }

    /// Waits until something in the world is as it should be; `None`: it was not in time.
    pub async fn wait<T>(&self, timeout: Duration, look: impl Fn() -> Option<T>) -> Option<T> {
        let mut changes = self.watch();
        let end = tokio::time::Instant::now() + timeout;
        loop {
            if let Some(found) = look() {
                return Some(found);
            }
            match tokio::time::timeout_at(end, changes.changed()).await {
                Ok(Ok(())) => {}
                _ => return look(),
            }
        }
    }
}

fn toast(id: u64, answer: &Value) -> Toast {
    Toast {
        query_id: id.to_string(),
        text: answer["text"].as_str().unwrap_or_default().to_owned(),
        show_alert: answer["show_alert"].as_bool().unwrap_or_default(),
        url: answer["url"].as_str().map(str::to_owned),
    }
}

fn visible(state: &State, chat: i64) -> Vec<ChatMessage> {
    let messages = state.chats.get(&chat).map(|chat| chat.messages.as_slice()).unwrap_or_default();
    messages.iter().filter(|message| !message.deleted).map(seen).collect()
}

const MEDIA: [&str; 11] =
    ["photo", "video", "video_note", "animation", "voice", "audio", "document", "sticker", "poll", "contact", "location"];

fn seen(stored: &Stored) -> ChatMessage {
    let body = &stored.body;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let rows = body["reply_markup"]["inline_keyboard"].as_array();
    let button =
        |b: &Value| Button { text: text(&b["text"]).unwrap_or_default(), data: text(&b["callback_data"]), url: text(&b["url"]) };
    let media = MEDIA.into_iter().find(|kind| body.get(kind).is_some());
    let other = stored.other_markup.as_ref();
    ChatMessage {
        id: stored.id,
        from: body["from"]["id"].as_i64().unwrap_or_default(),
        from_name: text(&body["from"]["first_name"]).unwrap_or_default(),
        from_bot: stored.is_bots(),
        text: text(&body["text"]).unwrap_or_default(),
        caption: text(&body["caption"]),
        entities: body["entities"].as_array().or(body["caption_entities"].as_array()).cloned().unwrap_or_default(),
        inline: rows.into_iter().flatten().map(|row| row.as_array().into_iter().flatten().map(button).collect()).collect(),
        reply_keyboard: other.filter(|m| m.get("keyboard").is_some()).map(reply_keyboard),
        removes_keyboard: other.is_some_and(|m| m.get("remove_keyboard").is_some()),
        edited: body.get("edit_date").is_some(),
        media,
        album: text(&body["media_group_id"]),
        reply_to: body["reply_to_message"]["message_id"].as_i64(),
        protect_content: body["has_protected_content"].as_bool().unwrap_or_default(),
        service: media.is_none() && body.get("text").is_none(),
        reaction: stored.reaction.as_ref().and_then(|r| text(&r["emoji"])),
        date: body["date"].as_i64().unwrap_or_default(),
    }
}

fn reply_keyboard(markup: &Value) -> ReplyKeyboard {
    let label = |b: &Value| b.as_str().or(b["text"].as_str()).unwrap_or_default().to_owned();
    let rows: Vec<&Vec<Value>> = markup["keyboard"].as_array().into_iter().flatten().filter_map(Value::as_array).collect();
    let that = |key: &str| rows.iter().copied().flatten().find(|b| b[key] == Value::Bool(true)).map(label);
    ReplyKeyboard {
        rows: rows.iter().map(|row| row.iter().map(label).collect()).collect(),
        contact: that("request_contact"),
        location: that("request_location"),
        one_time: markup["one_time_keyboard"].as_bool().unwrap_or_default(),
    }
}
