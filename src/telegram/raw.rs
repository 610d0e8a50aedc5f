//! teloxide's requests, sent by its HTTP client, with answers in plain JSON.
//!
//! teloxide's answer types refuse what they do not know: one unknown field type and a sent message would look like a
//! failure (and be sent twice), one odd update would hold up its whole batch. And its way of sending sleeps ten seconds
//! inside a 5xx, longer than a tap lives.
mod pieces;

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde_json::Value;
use teloxide::Bot;
use teloxide::payloads::GetUpdates;
use teloxide::requests::Payload;

use crate::outbox::transport::SendError;
use crate::telegram::fault;

/// Said of an answer that is not in Telegram's form.
const UNLIKE: SendError = SendError::Transient("not an answer of Telegram's");

/// `getUpdates` with 64 bits for the offset: teloxide has `u32` for ids but `i32` for the offset.
#[derive(Clone, Serialize)]
pub(super) struct Updates {
    pub offset: i64,
    pub limit: u8,
    pub timeout: u64,
    pub allowed_updates: &'static [&'static str],
}

impl Payload for Updates {
    type Output = Vec<Value>;
    const NAME: &'static str = GetUpdates::NAME;
}

/// Asks and waits at most `limit`.
pub(super) async fn ask<P: Payload + Serialize>(bot: &Bot, request: P, limit: Duration) -> Result<Value, SendError> {
    understood(&post(bot, &request, limit).await?)
}

fn understood(body: &str) -> Result<Value, SendError> {
    match parse(body) {
        // It was done, whatever it looks like; said twice would be worse than not understood.
        Err(_) if is_ok(body) => Ok(Value::Null),
        answer => result(answer),
    }
}

/// A file to upload.
pub(super) struct File<'f> {
    /// The parameter that it is.
    pub field: &'static str,
    /// Its name.
    pub name: &'f str,
    /// Its type.
    pub mime: &'f str,
    /// What is in it.
    pub content: &'f str,
}

/// Uploads a file and waits at most `limit`. teloxide would read it from a stream of its own making and answer with its own
/// types.
pub(super) async fn upload(
    bot: &Bot,
    method: &str,
    fields: &[(&'static str, String)],
    file: File<'_>,
    limit: Duration,
) -> Result<Value, SendError> {
    let part = Part::text(file.content.to_owned()).file_name(file.name.to_owned()).mime_str(file.mime);
    let part = part.map_err(|_| SendError::Refused("a file of no known type".to_owned()))?;
    let form = fields.iter().fold(Form::new(), |form, (name, value)| form.text(*name, value.clone())).part(file.field, part);
    let sending = async {
        let answer = bot.client().post(url(bot, method)).multipart(form).send().await.map_err(|error| fault::network(&error))?;
        answer.text().await.map_err(|error| fault::network(&error))
    };
    understood(&tokio::time::timeout(limit, sending).await.unwrap_or(Err(fault::TIME_OUT))?)
}

/// Asks for updates and waits at most `limit`. What cannot be read of them is reduced to its number, see [`pieces`].
pub(super) async fn updates(bot: &Bot, request: Updates, limit: Duration) -> Result<Vec<Value>, SendError> {
    let body = post(bot, &request, limit).await?;
    match parse(&body) {
        Err(_) if is_ok(&body) => Some(pieces::updates(&body)).filter(|read| !read.is_empty()).ok_or(UNLIKE),
        answer => match result(answer)? {
            Value::Array(updates) => Ok(updates),
            _ => Err(UNLIKE),
        },
    }
}

fn is_ok(body: &str) -> bool {
    body.trim_start().starts_with("{\"ok\":true")
}

fn result(answer: serde_json::Result<Value>) -> Result<Value, SendError> {
    match answer {
        Ok(mut answer) if answer["ok"] == true => Ok(answer["result"].take()),
        Ok(answer) => Err(fault::refused(&answer)),
        Err(_) => Err(UNLIKE),
    }
}

/// The body of the answer.
async fn post<P: Payload + Serialize>(bot: &Bot, request: &P, limit: Duration) -> Result<String, SendError> {
    tokio::time::timeout(limit, post_at_leisure(bot, request)).await.unwrap_or(Err(fault::TIME_OUT))
}

fn url(bot: &Bot, method: &str) -> reqwest::Url {
    let mut url = bot.api_url();
    let base = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("{base}/bot{}/{method}", bot.token()));
    url
}

async fn post_at_leisure<P: Payload + Serialize>(bot: &Bot, request: &P) -> Result<String, SendError> {
    let answer = bot.client().post(url(bot, P::NAME)).json(request).send().await.map_err(|error| fault::network(&error))?;
    answer.text().await.map_err(|error| fault::network(&error))
}

/// Reads JSON as Telegram may write it.
pub(super) fn parse(json: &str) -> serde_json::Result<Value> {
    serde_json::from_str(json).or_else(|_| serde_json::from_str(&whole(json)))
}

/// JSON with `\ufffd` in place of every half of a pair of escapes that stands alone. Such a half is no character; one of them
/// would make the whole answer unreadable, and the same updates would come again for ever.
fn whole(json: &str) -> String {
    let half = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..0xe000).contains(unit))
    };
    let mut out = String::with_capacity(json.len());
    let mut rest = 0;
    while let Some(at) = json.get(rest..).and_then(|tail| tail.find('\\')).map(|found| rest + found) {
        out.push_str(json.get(rest..at).unwrap_or_default());
        let (taken, written) = match (half(at), half(at + 6)) {
            (Some(high), Some(low)) if high < 0xdc00 && low >= 0xdc00 => (12, json.get(at..at + 12)),
            (Some(_), _) => (6, Some("\\ufffd")),
            // The character behind the stroke may be a stroke itself.
            (None, _) => (2, json.get(at..at + 2)),
        };
        out.push_str(written.unwrap_or_default());
        rest = at + taken;
    }
    out.push_str(json.get(rest..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_characters_cost_one_character() {
        let read = |json: &str| serde_json::from_str::<Value>(&whole(json)).map(|v| v.as_str().unwrap_or_default().to_owned());
        for (json, expected) in [
            (r#""\ud83d\ude00""#, "😀"),
            (r#""a\ud800b""#, "a\u{fffd}b"),
            (r#""\ud800\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\udc00\ud800""#, "\u{fffd}\u{fffd}"),
            (r#""\\ud800""#, "\\ud800"),
            (r#""\\\ud800""#, "\\\u{fffd}"),
            (r#""漏水\n""#, "漏水\n"),
        ] {
            assert_eq!(read(json).unwrap(), expected, "{json}");
        }
        for broken in ["\\", "\"\\ud8", "\"\\ud800\\", "\\u漏水"] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
