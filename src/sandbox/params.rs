//! Parameters, however they come: JSON, url-encoded, multipart, query string.
use std::collections::{HashMap, HashSet};

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::{BODY_LIMIT, schema};

/// An uploaded file.
pub(super) struct Upload {
    pub name: String,
    pub mime: String,
    pub bytes: Bytes,
}

/// The parameters of one call.
#[derive(Default)]
pub(super) struct Params {
    values: Map<String, Value>,
    /// Those of them that came as text: from a form or the query string.
    as_text: HashSet<String>,
    files: HashMap<String, Upload>,
}

impl Params {
    /// Reads query string and body.
    pub async fn read(request: Request) -> Result<Self, Refusal> {
        let mut params = Self::default();
        params.form(request.uri().query().unwrap_or_default());
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/") {
            params.multipart(request).await?;
            return Ok(params);
        }
        let json = kind.starts_with("application/json");
        let body = to_bytes(request.into_body(), BODY_LIMIT).await;
        let body = body.map_err(|_| Refusal::bad("request body could not be read"))?;
        if json && !body.is_empty() {
            match serde_json::from_slice(&body) {
                Ok(Value::Object(values)) => params.values.extend(values),
                Ok(Value::Null) => {}
                _ => return Err(Refusal::bad("can't parse request: JSON object expected")),
            }
        } else {
            params.form(&String::from_utf8_lossy(&body));
        }
        Ok(params)
    }

    fn form(&mut self, encoded: &str) {
        for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.text_value(decode(key), decode(value));
        }
    }

    fn text_value(&mut self, key: String, value: String) {
        self.as_text.insert(key.clone());
        self.values.insert(key, Value::String(value));
    }

    async fn multipart(&mut self, request: Request) -> Result<(), Refusal> {
        let broken = || Refusal::bad("can't parse multipart body");
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
        while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
            let key = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let mime = part.content_type().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|_| broken())?;
            if name.is_none() && mime.is_none() {
                self.text_value(key, String::from_utf8_lossy(&bytes).into_owned());
            } else {
                let mime = mime.unwrap_or_else(|| "application/octet-stream".into());
                self.files.insert(key, Upload { name: name.unwrap_or_else(|| "file".into()), mime, bytes });
            }
        }
        Ok(())
    }

    /// Holds the parameters against the Bot API's own description.
    ///
    /// # Errors
    /// No such method, or a parameter that is unknown, missing or of the wrong type.
    pub fn check(&self, method: &str) -> Result<(), Refusal> {
        if !schema::is_method(method) {
            return Err(Refusal::no_method());
        }
        let files: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let call = schema::Call { method, values: &self.values, as_text: &self.as_text, files: &files };
        schema::check(&call).map_or(Ok(()), |why| Err(Refusal::bad(why)))
    }

    /// All parameters, for the record.
    pub fn values(&self) -> Value {
        let mut all = self.values.clone();
        for (key, file) in &self.files {
            all.insert(key.clone(), Value::String(format!("file {} ({} bytes)", file.name, file.bytes.len())));
        }
        Value::Object(all)
    }

    /// A text, or an empty one.
    pub fn text(&self, key: &str) -> &str {
        self.values.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// A whole number, written as such or as text.
    pub fn int(&self, key: &str) -> Option<i64> {
        match self.values.get(key)? {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_i64(),
        }
    }

    /// A number, written as such or as text.
    pub fn float(&self, key: &str) -> Option<f64> {
        match self.values.get(key)? {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_f64(),
        }
    }

    /// A flag; absent is false.
    pub fn flag(&self, key: &str) -> bool {
        match self.values.get(key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true") || text == "1",
            _ => false,
        }
    }

    /// An object or a list, written as such or as JSON in a text.
    pub fn json(&self, key: &str) -> Result<Option<Value>, Refusal> {
        match self.values.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => match serde_json::from_str(text) {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(Refusal::bad(format!("can't parse {key} JSON object"))),
            },
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// The file of a parameter: uploaded under its name, or under the name that `attach://…` gives.
    pub fn upload(&self, key: &str, reference: &str) -> Option<&Upload> {
        match reference.strip_prefix("attach://") {
            Some(name) => self.files.get(name),
            None => self.files.get(key),
        }
    }
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = || u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok();
        match bytes[at] {
            b'+' => out.push(b' '),
            b'%' => match hex() {
                Some(byte) => {
                    out.push(byte);
                    at += 2;
                }
                None => out.push(b'%'),
            },
            byte => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}
