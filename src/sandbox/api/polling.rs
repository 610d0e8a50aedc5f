//! How updates leave: long polling, and the settings of a webhook.
use std::time::Duration;

use serde_json::{Value, json};

use super::Params;
use crate::sandbox::markup::web_url;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;
use crate::sandbox::updates::Webhook;
use crate::sandbox::world::World;

/// Waits for updates. A later call of this kind turns an earlier one away with 409, as Telegram does.
pub(super) async fn get_updates(world: &World, p: &Params) -> Result<Value, Refusal> {
    let allowed = p.json("allowed_updates")?;
    let seconds = u64::try_from(p.int("timeout").unwrap_or(0)).unwrap_or(0).min(50);
    let limit = usize::try_from(p.int("limit").unwrap_or(100)).unwrap_or(100).clamp(1, 100);
    let mut changes = world.watch();
    let mine = world.change(|state| {
        if state.updates.webhook.is_some() {
            return Err(Refusal::conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        allow(state, allowed);
        if let Some(offset) = p.int("offset") {
            state.updates.confirm(offset);
        }
        state.updates.poller += 1;
        Ok(state.updates.poller)
    })?;
    let end = tokio::time::Instant::now() + Duration::from_secs(seconds);
    loop {
        let (newest, updates) =
            world.read(|state| (state.updates.poller, state.updates.batch(limit, state.muddle, &state.chance)));
        if newest != mine {
            return Err(Refusal::conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running",
            ));
        }
        if !updates.is_empty() || tokio::time::Instant::now() >= end {
            return Ok(Value::Array(updates));
        }
        tokio::select! {
            _ = changes.changed() => {}
            () = tokio::time::sleep_until(end) => {}
            () = world.closed() => return Ok(json!([])),
        }
    }
}

/// Absent keeps the previous list, an empty one means the default.
fn allow(state: &mut State, list: Option<Value>) {
    if let Some(Value::Array(kinds)) = list {
        state.updates.allowed = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
}

pub(super) fn webhook(state: &mut State, method: &str, p: &Params) -> Result<Value, Refusal> {
    if method == "getwebhookinfo" {
        return Ok(info(state));
    }
    let url = if method == "setwebhook" { p.text("url") } else { "" };
    // Telegram wants https; here plain http to this machine is fine too.
    let local = url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:");
    let reachable = local || (url.starts_with("https://") && web_url(url));
    if !url.is_empty() && !reachable {
        return Err(Refusal::bad("bad webhook: An HTTPS URL must be provided for webhook"));
    }
    let secret = p.text("secret_token");
    if secret.len() > 256 || !secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
        return Err(Refusal::bad("secret token contains unallowed characters"));
    }
    allow(state, p.json("allowed_updates")?);
    if p.flag("drop_pending_updates") {
        state.updates.waiting.clear();
    }
    let secret = (!secret.is_empty()).then(|| secret.to_owned());
    let connections = usize::try_from(p.int("max_connections").unwrap_or(40)).unwrap_or(40).clamp(1, 100);
    state.updates.webhook = (!url.is_empty()).then(|| Webhook { url: url.to_owned(), secret, connections, last_error: None });
    // Whoever polls now must learn of it.
    state.updates.poller += 1;
    Ok(json!(true))
}

fn info(state: &State) -> Value {
    let hook = state.updates.webhook.as_ref();
    let mut info = json!({
        "url": hook.map(|hook| hook.url.as_str()).unwrap_or_default(),
        "has_custom_certificate": false,
        "pending_update_count": state.updates.waiting.len(),
    });
    if let Some((at, error)) = hook.and_then(|hook| hook.last_error.as_ref()) {
        info["last_error_date"] = json!(at);
        info["last_error_message"] = json!(error);
    }
    if !state.updates.allowed.is_empty() {
        info["allowed_updates"] = json!(state.updates.allowed);
    }
    info
}
