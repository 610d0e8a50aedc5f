//! Questions of an operator's examination: the clock, and what Telegram thinks of the webhook.
use serde_json::Value;
use teloxide::payloads::{GetMe, GetWebhookInfo};
use teloxide::requests::Payload;

use crate::config::Secret;
use crate::outbox::transport::SendError;
use crate::telegram::client::{Client, SEND};
use crate::telegram::{fault, raw};
use crate::vocabulary::input::Millis;

/// What Telegram says of the webhook. The address may be as good as a password: it is compared, never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookState {
    /// Whether one is set, and the address; `None`: updates are waiting to be fetched.
    pub url: Option<Secret>,
    /// Updates that wait.
    pub waiting: i64,
    /// When a delivery failed last, in seconds since 1970; 0: never.
    pub failed_at: i64,
    /// Why it failed.
    pub failure: String,
}

impl Client {
    /// What Telegram says of the webhook.
    ///
    /// # Errors
    /// When Telegram does not answer.
    pub async fn webhook_state(&self) -> Result<WebhookState, SendError> {
        let info = raw::ask(&self.bot, GetWebhookInfo::new(), SEND).await?;
        Ok(state(&info))
    }

    /// The time of the machine that answers, to the second, from the head of its answer; `None`: it does not tell.
    ///
    /// # Errors
    /// When nobody answers.
    pub async fn clock(&self) -> Result<Option<Millis>, SendError> {
        let mut url = self.bot.api_url();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/bot{}/{}", self.bot.token(), GetMe::NAME));
        let answer = self.bot.client().post(url).timeout(SEND).send().await.map_err(|error| fault::network(&error))?;
        let date = answer.headers().get("date").and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| chrono::DateTime::parse_from_rfc2822(date).ok());
        Ok(date.map(|date| date.timestamp_millis()))
    }
}

fn state(info: &Value) -> WebhookState {
    let text = |field: &str| info[field].as_str().unwrap_or_default().to_owned();
    WebhookState {
        url: Some(text("url")).filter(|url| !url.is_empty()).map(Secret::new),
        waiting: info["pending_update_count"].as_i64().unwrap_or(0),
        failed_at: info["last_error_date"].as_i64().unwrap_or(0),
        failure: text("last_error_message"),
    }
}
