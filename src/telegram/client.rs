//! The client: where Telegram is, how to get there, how long to wait.
use std::time::Duration;

use serde_json::Value;
use teloxide::Bot;
use teloxide::payloads::GetMe;

use crate::config::{Secret, Settings};
use crate::outbox::transport::SendError;
use crate::telegram::{fault, raw};

/// Most that one message may take.
pub(super) const SEND: Duration = Duration::from_secs(4);
/// Most that files may take, even though they are sent by their ids: Telegram's servers fetch them from each other.
pub(super) const FILES: Duration = Duration::from_secs(20);
/// Most that a look-up may take.
pub(super) const LOOKUP: Duration = Duration::from_secs(2);
/// How long Telegram holds `getUpdates` open …
pub(super) const POLL: Duration = Duration::from_secs(25);
/// … and how long we wait for it.
pub(super) const POLL_LIMIT: Duration = Duration::from_secs(35);

/// The way to Telegram. `Debug` shows no token.
#[derive(Clone)]
pub struct Client {
    pub(super) bot: Bot,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client(hidden)")
    }
}

/// Why there is no way to Telegram.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// There is no token.
    #[error("no token is set; set TELOXIDE_TOKEN")]
    NoToken,
    /// The address cannot be read.
    #[error("TELOXIDE_API_URL cannot be used; write an address like https://api.telegram.org")]
    Address,
    /// The client cannot be built.
    #[error("the way to Telegram cannot be built; look at TELOXIDE_PROXY")]
    Build,
    /// Telegram does not know the token.
    #[error("Telegram refuses the token; compare TELOXIDE_TOKEN with what @BotFather shows under /mybots, API Token")]
    Token,
    /// Telegram could not be asked.
    #[error("Telegram cannot be reached ({0}); look at the network, TELOXIDE_API_URL and TELOXIDE_PROXY")]
    Unreachable(SendError),
}

impl ClientError {
    /// Whether trying again later may help.
    pub fn is_passing(&self) -> bool {
        matches!(self, ClientError::Unreachable(_))
    }
}

/// Who the bot is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// User id of the bot.
    pub id: i64,
    /// Name without `@`.
    pub name: String,
    /// Whether it sees every message in groups (privacy mode off): not needed, worth a remark.
    pub reads_all: bool,
}

impl Client {
    /// Builds the way to Telegram; nothing is sent yet.
    ///
    /// # Errors
    /// When there is no token, or an address cannot be used.
    pub fn new(settings: &Settings) -> Result<Client, ClientError> {
        let token = settings.token.as_ref().ok_or(ClientError::NoToken)?;
        Client::build(token, settings.api_url.as_ref(), settings.proxy.as_ref())
    }

    /// As [`Client::new`], from parts.
    ///
    /// # Errors
    /// When an address cannot be used.
    pub fn build(token: &Secret, api_url: Option<&Secret>, proxy: Option<&Secret>) -> Result<Client, ClientError> {
        // Every request has a time-out of its own; the client's is only a net below the longest of them.
        let mut builder = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(POLL_LIMIT + Duration::from_secs(5))
            .tcp_nodelay(true)
            .no_proxy();
        if let Some(proxy) = proxy {
            builder = builder.proxy(reqwest::Proxy::all(proxy.reveal()).map_err(|_| ClientError::Build)?);
        }
        let client = builder.build().map_err(|_| ClientError::Build)?;
        let mut bot = Bot::with_client(token.reveal(), client);
        if let Some(url) = api_url {
            let url: reqwest::Url = url.reveal().trim_end_matches('/').parse().map_err(|_| ClientError::Address)?;
            // teloxide panics on an address that can have no path.
            if url.cannot_be_a_base() {
                return Err(ClientError::Address);
            }
            bot = bot.set_api_url(url);
        }
        Ok(Client { bot })
    }

    /// Asks Telegram who the bot is.
    ///
    /// # Errors
    /// When the token is refused, or Telegram cannot be reached.
    pub async fn me(&self) -> Result<Me, ClientError> {
        let answer = raw::ask(&self.bot, GetMe::new(), SEND).await.map_err(|error| match error {
            error if error == fault::TOKEN => ClientError::Token,
            error => ClientError::Unreachable(error),
        })?;
        me(&answer).ok_or(ClientError::Unreachable(SendError::Transient("not an answer of Telegram's")))
    }
}

fn me(answer: &Value) -> Option<Me> {
    Some(Me {
        id: answer["id"].as_i64()?,
        name: answer["username"].as_str()?.to_owned(),
        reads_all: answer["can_read_all_group_messages"].as_bool().unwrap_or(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_never_shows_its_token() {
        let client = Client::build(&Secret::new("1:sesame"), Some(&Secret::new("http://127.0.0.1:9/")), None).unwrap();
        assert!(!format!("{client:?}").contains("sesame"));
        assert_eq!(client.bot.api_url().as_str(), "http://127.0.0.1:9/");
    }

    #[test]
    fn bad_addresses_are_errors_not_panics() {
        let token = Secret::new("1:a");
        assert!(matches!(Client::build(&token, Some(&Secret::new("mailto:x")), None), Err(ClientError::Address)));
        assert!(matches!(Client::build(&token, None, Some(&Secret::new("::"))), Err(ClientError::Build)));
    }

    #[tokio::test]
    async fn nobody_there_is_said_without_the_token() {
        let client = Client::build(&Secret::new("1:sesame"), Some(&Secret::new("http://127.0.0.1:9")), None).unwrap();
        let error = client.me().await.unwrap_err();
        assert!(error.is_passing() && !error.to_string().contains("sesame"));
    }
}
