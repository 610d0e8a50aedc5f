//! What a message is made of: text, captions, files.
use serde_json::{Map, Value, json};

use super::Params;
use crate::sandbox::entities;
use crate::sandbox::markup::{self, Rich, utf16};
use crate::sandbox::people::Attachment;
use crate::sandbox::picture;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;

/// Most bytes of a text before its markup is parsed.
const SOURCE_LIMIT: usize = 1 << 15;
/// The largest photo: <https://core.telegram.org/bots/api#sendphoto>. So are the next two.
const PHOTO_BYTES: usize = 10 * 1024 * 1024;
const PHOTO_SIDES: u32 = 10_000;
const PHOTO_RATIO: u32 = 20;

/// Text with its entities, by `parse_mode` or by a list of entities.
fn rich(source: &str, mode: &str, entities: Option<Value>) -> Result<Rich, Refusal> {
    if source.len() > SOURCE_LIMIT {
        return Err(Refusal::bad("Text is too long"));
    }
    if let Some(Value::Array(entities)) = entities.filter(|_| mode.is_empty()) {
        let entities = entities::check(source, entities).map_err(Refusal::bad)?;
        return Ok(markup::finish(Rich { text: source.to_owned(), entities }));
    }
    match mode.to_ascii_lowercase().as_str() {
        "" => Ok(markup::plain(source)),
        "html" => markup::html(source).map_err(|why| Refusal::bad(format!("can't parse entities: {why}"))),
        // MarkdownV2 and Markdown are not played.
        _ => Err(Refusal::bad("Unsupported parse_mode")),
    }
}

/// `text` and `entities`, at most 4096 units.
pub(super) fn text(p: &Params) -> Result<Map<String, Value>, Refusal> {
    let rich = rich(p.text("text"), p.text("parse_mode"), p.json("entities")?)?;
    if rich.text.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    if utf16(&rich.text) > 4096 {
        return Err(Refusal::bad("message is too long"));
    }
    Ok(fields(rich, "text", "entities"))
}

/// `caption` and `caption_entities` of a call, at most 1024 units.
pub(super) fn caption(p: &Params) -> Result<Map<String, Value>, Refusal> {
    caption_of(p.text("caption"), p.text("parse_mode"), p.json("caption_entities")?)
}

/// The same for one part of an album.
pub(super) fn caption_of(source: &str, mode: &str, entities: Option<Value>) -> Result<Map<String, Value>, Refusal> {
    let rich = rich(source, mode, entities)?;
    if utf16(&rich.text) > 1024 {
        return Err(Refusal::bad("message caption is too long"));
    }
    if rich.text.is_empty() {
        return Ok(Map::new());
    }
    Ok(fields(rich, "caption", "caption_entities"))
}

fn fields(rich: Rich, text: &str, entities: &str) -> Map<String, Value> {
    let mut out = Map::from_iter([(text.to_owned(), json!(rich.text))]);
    if !rich.entities.is_empty() {
        out.insert(entities.to_owned(), json!(rich.entities));
    }
    out
}

/// A file by id, or an uploaded one.
pub(super) fn file(state: &mut State, p: &Params, key: &str, reference: &str, kind: &'static str) -> Result<Value, Refusal> {
    if let Some(upload) = p.upload(key, reference) {
        if upload.bytes.is_empty() {
            return Err(Refusal::bad("file must be non-empty"));
        }
        if kind == "photo" {
            photo(&upload.bytes)?;
        }
        let file = Attachment {
            name: upload.name.clone(),
            mime: upload.mime.clone(),
            bytes: upload.bytes.to_vec(),
            seconds: p.int("duration"),
        };
        return Ok(state.media(kind, file));
    }
    if reference.is_empty() {
        return Err(Refusal::bad(format!("there is no {kind} in the request")));
    }
    let wrong = || Refusal::bad("wrong file identifier/HTTP URL specified");
    let known = state.files.get(reference).cloned().ok_or_else(wrong)?;
    if known.kind != kind {
        return Err(Refusal::bad(format!("Can't use file of type {} as {}", file_type(known.kind), file_type(kind))));
    }
    let file = Attachment { name: known.name, mime: known.mime, bytes: known.bytes.to_vec(), seconds: known.seconds };
    let mut media = state.media(kind, file);
    // The same file keeps its unique id, whatever its new file id is.
    let last = if let Value::Array(sizes) = &mut media { sizes.last_mut() } else { Some(&mut media) };
    if let Some(last) = last {
        last["file_unique_id"] = json!(known.unique_id);
    }
    Ok(media)
}

fn photo(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > PHOTO_BYTES {
        let size = bytes.len();
        return Err(Refusal::bad(format!(
            "file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
        )));
    }
    match picture::size(bytes) {
        Some((width, height))
            if width.saturating_add(height) > PHOTO_SIDES
                || width.max(height) > PHOTO_RATIO.saturating_mul(width.min(height)) =>
        {
            Err(Refusal::bad("PHOTO_INVALID_DIMENSIONS"))
        }
        _ => Ok(()),
    }
}

/// Telegram's name for a kind of file.
fn file_type(kind: &str) -> &str {
    match kind {
        "photo" => "Photo",
        "video" => "Video",
        "voice" => "VoiceNote",
        "video_note" => "VideoNote",
        "audio" => "Audio",
        "animation" => "Animation",
        "sticker" => "Sticker",
        _ => "Document",
    }
}
