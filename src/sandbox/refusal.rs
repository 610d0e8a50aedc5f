//! The answers with which Telegram says no.
use serde_json::{Value, json};

/// Telegram writes its reasons with a small letter, unless they are CODES.
fn lowered(reason: &str) -> String {
    let mut chars = reason.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_ascii_uppercase() && second != '_' => {
            format!("{}{}", first.to_ascii_lowercase(), chars.as_str())
        }
        _ => reason.to_owned(),
    }
}

/// A refused Bot API call: status, description and, now and then, parameters.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub status: u16,
    pub description: String,
    pub parameters: Option<Value>,
    /// The bot should have known better: counts as a violation. A lost race (a query that aged, an edit that
    /// changes nothing, a person who blocked the bot) is not the bot's fault.
    pub blame: bool,
}

impl Refusal {
    fn new(status: u16, description: String, blame: bool) -> Self {
        Self { status, description, parameters: None, blame }
    }

    /// 400 for which the bot is to blame.
    pub fn bad(what: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", lowered(what.as_ref())), true)
    }

    /// 400 that happens to a bot that does everything right.
    pub fn bad_luck(what: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", lowered(what.as_ref())), false)
    }

    pub fn forbidden(what: impl AsRef<str>) -> Self {
        Self::new(403, format!("Forbidden: {}", what.as_ref()), false)
    }

    pub fn conflict(what: impl AsRef<str>) -> Self {
        Self::new(409, format!("Conflict: {}", what.as_ref()), false)
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized".into(), false)
    }

    /// A file that is not there.
    pub fn not_found() -> Self {
        Self::new(404, "Not Found".into(), true)
    }

    /// A method that Telegram does not have.
    pub fn no_method() -> Self {
        Self::new(404, "Not Found: method not found".into(), true)
    }

    /// A method that Telegram has, and this world has not.
    pub fn not_played(method: &str) -> Self {
        Self::bad(format!("the sandbox does not play {method}"))
    }

    /// More messages than the limits allow: a bot that keeps a pace never hears this.
    pub fn too_many(seconds: i64) -> Self {
        let mut refusal = Self::new(429, format!("Too Many Requests: retry after {seconds}"), true);
        refusal.parameters = Some(json!({ "retry_after": seconds }));
        refusal
    }

    /// A group that became a supergroup: the new id travels along.
    pub fn migrated(to: i64) -> Self {
        let mut refusal = Self::bad_luck("group chat was upgraded to a supergroup chat");
        refusal.parameters = Some(json!({ "migrate_to_chat_id": to }));
        refusal
    }

    /// What an injected fault answers.
    pub fn injected(status: u16, retry_after: Option<u32>) -> Self {
        let description = match status {
            400 => "Bad Request: injected fault".to_owned(),
            403 => "Forbidden: bot was blocked by the user".to_owned(),
            429 => format!("Too Many Requests: retry after {}", retry_after.unwrap_or(1)),
            502 => "Bad Gateway".to_owned(),
            _ => "Internal Server Error".to_owned(),
        };
        let mut refusal = Self::new(status, description, false);
        let wait = if status == 429 { Some(retry_after.unwrap_or(1)) } else { retry_after };
        refusal.parameters = wait.map(|seconds| json!({ "retry_after": seconds }));
        refusal
    }

    /// The body as Telegram sends it.
    pub fn body(&self) -> Value {
        let mut body = json!({ "ok": false, "error_code": self.status, "description": self.description });
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}
