//! Holds a call against the table.
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{Entry, Field, Kind, TABLE};

/// A call as it came.
pub(in crate::sandbox) struct Call<'a> {
    pub method: &'a str,
    pub values: &'a Map<String, Value>,
    /// Parameters that came as text (form or query string): numbers, flags and JSON are read from it.
    pub as_text: &'a HashSet<String>,
    /// Names of the parts that hold files.
    pub files: &'a [&'a str],
}

/// What is wrong with a call, in words that follow `Bad Request: `; `None`: nothing, or the method is unknown.
pub(in crate::sandbox) fn check(call: &Call) -> Option<String> {
    let method = TABLE.methods.get(&call.method.to_ascii_lowercase())?;
    parameters(method, call).and_then(|()| attached(method, call)).and_then(|()| complete(method, call)).err()
}

fn parameters(method: &Entry, call: &Call) -> Result<(), String> {
    for (name, value) in call.values {
        let field = method.fields.iter().find(|field| field.name == name);
        let field = field.ok_or_else(|| format!("unknown parameter \"{name}\" of {}", method.name))?;
        match value.as_str().filter(|_| call.as_text.contains(name)) {
            Some(text) => written(field, text)?,
            None => fits(&field.kinds, value, name).map_err(|why| other_keyboard(field, value).unwrap_or(why))?,
        }
    }
    Ok(())
}

/// Telegram has words of its own for a keyboard that is not for editing.
fn other_keyboard(field: &Field, value: &Value) -> Option<String> {
    let other = ["keyboard", "remove_keyboard", "force_reply"].iter().any(|key| value.get(key).is_some());
    (other && field.kinds == [Kind::Named("InlineKeyboardMarkup")]).then(|| "Inline keyboard expected".to_owned())
}

/// Files come under the name of a parameter that takes one, or some value names them by `attach://`.
fn attached(method: &Entry, call: &Call) -> Result<(), String> {
    let everything = Value::Object(call.values.clone()).to_string();
    for file in call.files {
        let own = method.fields.iter().any(|field| field.name == *file && field.kinds.contains(&Kind::File));
        if !own && !everything.contains(&format!("attach://{file}")) {
            return Err(format!("no parameter of {} takes the file \"{file}\"", method.name));
        }
    }
    Ok(())
}

fn complete(method: &Entry, call: &Call) -> Result<(), String> {
    let given = |name| call.values.get(name).is_some_and(|value| *value != "") || call.files.contains(&name);
    match method.fields.iter().find(|field| field.required && !given(field.name)) {
        Some(field) => Err(missing(method.name, field.name)),
        None => Ok(()),
    }
}

/// Telegram's words for a parameter that is not there.
fn missing(method: &str, parameter: &str) -> String {
    match (method, parameter) {
        ("deleteMessage", "chat_id") => "chat identifier is not specified".to_owned(),
        ("deleteMessage", "message_id") => "message identifier is not specified".to_owned(),
        (_, "chat_id" | "from_chat_id" | "latitude" | "longitude") => format!("{parameter} is empty"),
        (_, "text") => "message text is empty".to_owned(),
        (_, "photo" | "video" | "animation" | "audio" | "document" | "voice" | "video_note" | "sticker") => {
            format!("there is no {parameter} in the request")
        }
        (_, "message_ids") => "message identifiers are not specified".to_owned(),
        (_, "user_id") => "invalid user_id specified".to_owned(),
        (_, "file_id") => "file_id not specified".to_owned(),
        (_, "action") => "wrong parameter action in request".to_owned(),
        _ => format!("parameter \"{parameter}\" is required"),
    }
}

/// A parameter that came as text.
fn written(field: &Field, text: &str) -> Result<(), String> {
    // Telegram cannot tell an empty parameter from none.
    if text.is_empty() {
        return Ok(());
    }
    let mut wrong = String::new();
    for kind in &field.kinds {
        let read = match kind {
            Kind::Text | Kind::File => return Ok(()),
            Kind::Boolean => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Some(Value::Bool(true)),
                "false" | "no" | "0" => Some(Value::Bool(false)),
                _ => None,
            },
            _ => serde_json::from_str(text).ok(),
        };
        match read.map(|value| fits(std::slice::from_ref(kind), &value, field.name)) {
            Some(Ok(())) => return Ok(()),
            Some(Err(why)) => wrong = why,
            None => wrong = not_of(&field.kinds, field.name),
        }
    }
    Err(wrong)
}

/// Whether a value is of one of these kinds; if not, what is wrong with the kind that it looks most like.
fn fits(kinds: &[Kind], value: &Value, path: &str) -> Result<(), String> {
    let mut nearest: Option<(usize, String)> = None;
    for entry in kinds.iter().filter(|_| value.is_object()).flat_map(entries) {
        let Err(why) = object(entry, value, path) else { return Ok(()) };
        let likeness = likeness(entry, value);
        if nearest.as_ref().is_none_or(|(best, _)| likeness > *best) {
            nearest = Some((likeness, why));
        }
    }
    if let Some((_, why)) = nearest {
        return Err(why);
    }
    let right = kinds.iter().any(|kind| match kind {
        Kind::Integer => value.is_i64() || value.is_u64(),
        Kind::Float => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Text => value.is_string(),
        Kind::File => value.as_str().is_some_and(|text| text.starts_with("attach://")),
        Kind::Word(word) => value == word,
        Kind::List(_) => value.is_array(),
        Kind::Named(_) => false,
    });
    if !right {
        return Err(not_of(kinds, path));
    }
    let Some(inner) = kinds.iter().find_map(|kind| if let Kind::List(inner) = kind { Some(inner) } else { None }) else {
        return Ok(());
    };
    for (at, one) in value.as_array().into_iter().flatten().enumerate() {
        fits(inner, one, &format!("{path}[{at}]"))?;
    }
    Ok(())
}

/// The types with fields that a kind stands for.
fn entries(kind: &Kind) -> Vec<&'static Entry> {
    let Kind::Named(name) = kind else { return Vec::new() };
    match TABLE.types.get(name) {
        Some(entry) if entry.one_of.is_empty() => vec![entry],
        Some(entry) => entry.one_of.iter().flat_map(|name| entries(&Kind::Named(name))).collect(),
        None => Vec::new(),
    }
}

fn object(entry: &Entry, value: &Value, path: &str) -> Result<(), String> {
    let fields: HashMap<&str, &Field> = entry.fields.iter().map(|field| (field.name, field)).collect();
    for (name, value) in value.as_object().into_iter().flatten() {
        let field = fields.get(name.as_str());
        let field = field.ok_or_else(|| format!("can't parse {path}: unknown field \"{name}\" of {}", entry.name))?;
        fits(&field.kinds, value, &format!("{path}.{name}"))?;
    }
    match entry.fields.iter().find(|field| field.required && value.get(field.name).is_none()) {
        Some(field) => Err(format!("can't parse {path}: Can't find field \"{}\"", field.name)),
        None => Ok(()),
    }
}

/// How much a value looks like a type: by a word that fits, else by the fields that are there.
fn likeness(entry: &Entry, value: &Value) -> usize {
    let there = entry.fields.iter().filter_map(|field| Some((field, value.get(field.name)?)));
    there.map(|(field, value)| if field.kinds.iter().any(|k| matches!(k, Kind::Word(w) if value == w)) { 100 } else { 1 }).sum()
}

fn not_of(kinds: &[Kind], path: &str) -> String {
    let names: Vec<_> = kinds.iter().map(name_of).collect();
    format!("field \"{path}\" must be of type {}", names.join(" or "))
}

fn name_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer => "Integer",
        Kind::Float => "Float",
        Kind::Boolean => "Boolean",
        Kind::Text => "String",
        Kind::File => "InputFile",
        Kind::Word(word) => word,
        Kind::List(_) => "Array",
        Kind::Named(name) => name,
    }
}
