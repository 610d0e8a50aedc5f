//! The log of Bot API calls as the page shows it: the newest ones, without a token in them.
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{NEWS_WAIT, json_answer};
use crate::sandbox::TOKEN;
use crate::sandbox::params::Params;
use crate::sandbox::state::State;
use crate::sandbox::world::World;

/// Most calls in one answer.
const AT_ONCE: usize = 400;
/// Parameters whose value is a secret by itself.
const SECRET: [&str; 2] = ["secret_token", "token"];
const HIDDEN: &str = "•••";

/// Calls recorded after the `since`th, oldest first: `{last, calls: [{n, at, method, chat, status, params, answer}]}`.
/// Waits a while for the first one.
pub(super) async fn serve(world: &World, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else { return StatusCode::BAD_REQUEST.into_response() };
    let since = u64::try_from(params.int("since").unwrap_or(0)).unwrap_or(0);
    let mut changes = world.watch();
    let end = tokio::time::Instant::now() + NEWS_WAIT;
    while world.read(|state| state.recorded) == since {
        tokio::select! {
            _ = changes.changed() => {}
            () = tokio::time::sleep_until(end) => break,
            () = world.closed() => break,
        }
    }
    json_answer(&world.read(|state| calls(state, since)))
}

fn calls(state: &State, since: u64) -> Value {
    // A page that outlived an earlier server counts calls that this one never had.
    let since = if since > state.recorded { 0 } else { since };
    let new = usize::try_from(state.recorded - since).unwrap_or(usize::MAX).min(AT_ONCE).min(state.requests.len());
    let calls: Vec<Value> = state
        .requests
        .iter()
        .rev()
        .take(new)
        .zip(0..)
        .map(|(call, back)| {
            json!({
                "n": state.recorded - back, "at": call.at_ms, "method": call.method, "status": call.status,
                "chat": call.params["chat_id"], "params": discreet(&call.params), "answer": discreet(&call.response),
            })
        })
        .collect();
    json!({ "last": state.recorded, "calls": calls.into_iter().rev().collect::<Vec<_>>() })
}

/// The same without tokens, wherever they stand.
fn discreet(value: &Value) -> Value {
    match value {
        Value::String(text) => json!(text.replace(TOKEN, HIDDEN)),
        Value::Array(list) => list.iter().map(discreet).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| {
                let secret = SECRET.contains(&key.as_str()) && !value.is_null();
                (key.clone(), if secret { json!(HIDDEN) } else { discreet(value) })
            })
            .collect(),
        other => other.clone(),
    }
}
