//! A rendered message becomes a request of Telegram's.
use std::time::Duration;

use serde_json::Value;
use teloxide::payloads::{
    AnswerCallbackQuery, AnswerCallbackQuerySetters, DeleteMessage, DeleteMessages, EditMessageText, EditMessageTextSetters,
    SendDocument, SendLocation, SendMediaGroup, SendMessage, SendMessageSetters, SendPhoto, SendVideo, SendVideoNote, SendVoice,
};
use teloxide::requests::Payload;
use teloxide::types::{
    CallbackQueryId, ChatId, FileId, InputFile, InputMedia, InputMediaDocument, InputMediaPhoto, InputMediaVideo,
    LinkPreviewOptions, MessageId, ParseMode, Recipient,
};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::outbox::transport::{Manner, SendError, Sent, Transport};
use crate::render::Toast;
use crate::render::outgoing::{Body, Markup};
use crate::telegram::client::{Client, FILES, SEND};
use crate::telegram::commands::Scope;
use crate::telegram::{fault, raw, shape};
use crate::vocabulary::input::{Media, MediaKind, Post};

/// Between the tries to answer a tap.
const PRESS_PAUSES: [Duration; 3] = [Duration::from_millis(100), Duration::from_millis(300), Duration::from_millis(900)];

impl Transport for Client {
    async fn send(&self, chat: i64, body: &Body, manner: Manner) -> Result<Sent, SendError> {
        let answer = match body {
            Body::Text { html, markup } => raw::ask(&self.bot, text(chat, html, markup, manner.protect), SEND).await,
            Body::Location(latitude, longitude) => {
                let mut request = SendLocation::new(chat_id(chat), *latitude, *longitude);
                request.protect_content = manner.protect.then_some(true);
                raw::ask(&self.bot, request, SEND).await
            }
            Body::Media(files) => self.files(chat, files, "", manner).await,
            Body::Post(Post { html, media: None }) => raw::ask(&self.bot, post(chat, html, manner), SEND).await,
            Body::Post(Post { html, media: Some(file) }) => self.files(chat, std::slice::from_ref(file), html, manner).await,
            Body::Document { name, mime, content, html } => {
                let file = raw::File { field: "document", name, mime, content };
                let fields = document(chat, html, manner);
                raw::upload(&self.bot, SendDocument::NAME, &fields, file, FILES).await
            }
            Body::Menu(menus) => {
                // Set again as a whole when one of them fails: setting twice changes nothing.
                for menu in menus {
                    self.set_menu(Scope::Chat(chat), menu).await?;
                }
                return Ok(Sent::default());
            }
            // What a notice says is put in its place before.
            Body::Notice(_) | Body::Delete => return Ok(Sent::default()),
        };
        answer.map(|answer| sent(&answer))
    }

    async fn edit(&self, chat: i64, message: i64, body: &Body) -> Result<(), SendError> {
        let Body::Text { html, markup } = body else { return Err(SendError::EditImpossible) };
        let request = EditMessageText::new(chat_id(chat), message_id(message)?, html)
            .parse_mode(ParseMode::Html)
            .link_preview_options(no_preview())
            .reply_markup(shape::inline_of(markup));
        match raw::ask(&self.bot, request, SEND).await {
            Err(error) if !fault::is_not_modified(&error) => Err(error),
            _ => Ok(()),
        }
    }

    async fn delete(&self, chat: i64, messages: &[i64]) -> Result<(), SendError> {
        let ids = messages.iter().map(|id| message_id(*id)).collect::<Result<Vec<_>, _>>()?;
        let outcome = match ids.as_slice() {
            [] => return Ok(()),
            [one] => raw::ask(&self.bot, DeleteMessage::new(chat_id(chat), *one), SEND).await,
            _ => raw::ask(&self.bot, DeleteMessages::new(chat_id(chat), ids), SEND).await,
        };
        match outcome {
            Err(SendError::Refused(words)) if words.contains("message to delete not found") => Ok(()),
            outcome => outcome.map(drop),
        }
    }
}

impl Client {
    /// Answers a tap, straight away. A connection that broke is tried again at once: who won a job is told by such an
    /// answer. Telegram forgets a tap within seconds, so nothing is tried for longer than a message may take.
    pub async fn answer_press(&self, toast: &Toast) {
        let mut request = AnswerCallbackQuery::new(CallbackQueryId(toast.query.clone())).show_alert(toast.alert);
        request.text.clone_from(&toast.text);
        request.url = toast.url.as_deref().and_then(|url| url.parse().ok());
        let tries = async {
            let mut pauses = PRESS_PAUSES.into_iter();
            loop {
                match (raw::ask(&self.bot, request.clone(), SEND).await, pauses.next()) {
                    (Err(SendError::Transient(_)), Some(pause)) => tokio::time::sleep(pause).await,
                    (outcome, _) => return outcome.map(drop),
                }
            }
        };
        let outcome = tokio::time::timeout(SEND, tries).await.unwrap_or(Err(SendError::Transient("time-out")));
        if let Err(error) = outcome {
            tracing::debug!(%error, "a tap was not answered");
        }
    }

    /// Answers taps as they come, side by side: a slow one holds up no other. Ends when nobody sends any more.
    pub async fn answer_presses(self, mut toasts: mpsc::Receiver<Toast>) {
        let mut answering = JoinSet::new();
        while let Some(toast) = toasts.recv().await {
            while answering.try_join_next().is_some() {}
            let client = self.clone();
            answering.spawn(async move { client.answer_press(&toast).await });
        }
        while answering.join_next().await.is_some() {}
    }

    /// By their ids, as JSON: teloxide's own requests for files would build a form that uploads nothing.
    /// `caption`: HTML, under a file that is sent alone.
    async fn files(&self, chat: i64, files: &[Media], caption: &str, manner: Manner) -> Result<Value, SendError> {
        let (protect, paid) = (manner.protect.then_some(true), manner.paid.then_some(true));
        let to = chat_id(chat);
        let [file] = files else {
            let mut request = SendMediaGroup::new(to, files.iter().map(in_album));
            (request.protect_content, request.allow_paid_broadcast) = (protect, paid);
            return raw::ask(&self.bot, request, FILES).await;
        };
        macro_rules! alone {
            ($request:ident) => {{
                let mut request = $request::new(to, input(file));
                (request.protect_content, request.allow_paid_broadcast) = (protect, paid);
                if !caption.is_empty() {
                    request.caption = Some(caption.to_owned());
                    request.parse_mode = Some(ParseMode::Html);
                }
                raw::ask(&self.bot, request, FILES).await
            }};
        }
        match file.kind {
            MediaKind::Photo => alone!(SendPhoto),
            MediaKind::Video => alone!(SendVideo),
            MediaKind::VideoNote => {
                // Takes no words.
                let mut request = SendVideoNote::new(to, input(file));
                (request.protect_content, request.allow_paid_broadcast) = (protect, paid);
                raw::ask(&self.bot, request, FILES).await
            }
            MediaKind::Voice => alone!(SendVoice),
            MediaKind::Document => alone!(SendDocument),
        }
    }
}

fn text(chat: i64, html: &str, markup: &Markup, protect: bool) -> SendMessage {
    let mut request = SendMessage::new(chat_id(chat), html).parse_mode(ParseMode::Html).link_preview_options(no_preview());
    request.protect_content = protect.then_some(true);
    request.reply_markup = shape::markup(markup);
    request
}

/// What goes with a file that is uploaded, as the fields of a form.
fn document(chat: i64, html: &str, manner: Manner) -> Vec<(&'static str, String)> {
    let mut fields = vec![("chat_id", chat.to_string()), ("caption", html.to_owned()), ("parse_mode", "HTML".to_owned())];
    fields.extend(manner.protect.then(|| ("protect_content", "true".to_owned())));
    fields
}

/// As the admin wrote it, with the previews of links that everybody expects under news.
fn post(chat: i64, html: &str, manner: Manner) -> SendMessage {
    let mut request = SendMessage::new(chat_id(chat), html).parse_mode(ParseMode::Html);
    request.protect_content = manner.protect.then_some(true);
    request.allow_paid_broadcast = manner.paid.then_some(true);
    request
}

/// Telegram's answer: a message, or the messages of an album. It said `ok`, so it counts as sent whatever it looks like.
fn sent(answer: &Value) -> Sent {
    let id = |message: &Value| message["message_id"].as_i64();
    let message_ids = match answer {
        Value::Array(messages) => messages.iter().filter_map(id).collect(),
        message => id(message).into_iter().collect(),
    };
    Sent { message_ids }
}

fn in_album(file: &Media) -> InputMedia {
    match file.kind {
        MediaKind::Photo => InputMedia::Photo(InputMediaPhoto::new(input(file))),
        MediaKind::Video => InputMedia::Video(InputMediaVideo::new(input(file))),
        MediaKind::VideoNote | MediaKind::Voice | MediaKind::Document => {
            InputMedia::Document(InputMediaDocument::new(input(file)))
        }
    }
}

fn input(file: &Media) -> InputFile {
    InputFile::file_id(FileId(file.file_id.clone()))
}

fn chat_id(chat: i64) -> Recipient {
    Recipient::Id(ChatId(chat))
}

fn message_id(id: i64) -> Result<MessageId, SendError> {
    i32::try_from(id).map(MessageId).map_err(|_| SendError::EditImpossible)
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_is_html_without_preview() {
        let request = serde_json::to_value(text(7, "<b>a</b>", &Markup::None, true)).unwrap();
        let expected = json!({"chat_id": 7, "text": "<b>a</b>", "parse_mode": "HTML", "protect_content": true,
            "link_preview_options": {"is_disabled": true}});
        assert_eq!(request, expected);
    }

    #[test]
    fn files_travel_by_their_ids() {
        let file = |kind| Media { kind, file_id: "F1".to_owned(), unique_id: "U".to_owned(), size: 0 };
        let album = SendMediaGroup::new(chat_id(7), [in_album(&file(MediaKind::Photo)), in_album(&file(MediaKind::Video))]);
        let request = serde_json::to_value(album).unwrap();
        assert_eq!(request["media"], json!([{"type": "photo", "media": "F1"}, {"type": "video", "media": "F1"}]));
        let alone = serde_json::to_value(SendVoice::new(chat_id(7), input(&file(MediaKind::Voice)))).unwrap();
        assert_eq!(alone, json!({"chat_id": 7, "voice": "F1"}));
    }

    #[tokio::test]
    async fn a_file_of_our_own_arrives_as_it_is() {
        use crate::config::Secret;
        use crate::sandbox::{Options, Rates, Sandbox, User};

        let sandbox = Sandbox::start(Options { rates: Rates::lifted(), ..Options::default() }).await.unwrap();
        let world = sandbox.world();
        world.add_user(User { id: 7, first_name: "王".to_owned(), ..User::default() });
        world.start(7, None);
        let client = Client::build(&Secret::new(sandbox.token()), Some(&Secret::new(sandbox.api_url())), None).unwrap();
        let (name, mime) = ("BX-1001.ics".to_owned(), "text/calendar".to_owned());
        let body =
            Body::Document {
                name, mime, content: "BEGIN:VCALENDAR\r\n工单\r\n".to_owned(), html: "<b>约好了</b>".to_owned()
            };
        let sent = client.send(7, &body, Manner { protect: true, paid: false }).await.unwrap();
        let seen = world.messages(7).into_iter().find(|m| m.id == sent.message_ids[0]).unwrap();
        assert_eq!((seen.media, seen.caption.as_deref(), seen.protect_content), (Some("document"), Some("约好了"), true));
        assert_eq!(client.edit(7, seen.id, &body).await, Err(SendError::EditImpossible));
        world.block(7);
        assert_eq!(client.send(7, &body, Manner::default()).await, Err(SendError::Blocked));
    }

    #[test]
    fn ok_counts_as_sent_whatever_the_answer_looks_like() {
        assert_eq!(sent(&json!([{"message_id": 1}, {"message_id": 2}])).message_ids, [1, 2]);
        assert_eq!(sent(&json!({"message_id": 3, "something": {"new": 1}})).message_ids, [3]);
        assert_eq!(sent(&json!(true)).message_ids, [0i64; 0]);
    }
}
