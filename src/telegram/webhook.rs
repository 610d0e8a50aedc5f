//! Receives updates by webhook: Telegram brings each of them, and counts it as delivered when the answer is 200. So that
//! answer leaves only when the update is stored; 500 says that nothing could be stored, and Telegram brings it again.
//!
//! Telegram brings several updates at the same moment, but never two of one queue: messages of one chat wait for each other,
//! and so do taps of one person (<https://github.com/tdlib/telegram-bot-api>: `WebhookActor` has a queue for each). What belongs in an order
//! therefore comes in that order, and the gates of the inbox keep it when an update is brought a second time.
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use subtle::ConstantTimeEq;
use teloxide::payloads::{GetWebhookInfo, SetWebhook};
use teloxide::requests::Payload;
use teloxide::types::True;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::{Secret, Webhook};
use crate::inbox::Arrived;
use crate::outbox::transport::SendError;
use crate::telegram::client::{Client, Me, SEND};
use crate::telegram::polling::{self, ALLOWED, Trouble, stoppable};
use crate::telegram::raw;
use crate::vocabulary::input::Millis;

/// Largest body that is read. An update is a few kilobytes.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long a body may take to arrive: a slow one must not hold a place for ever.
const BODY_PATIENCE: Duration = Duration::from_secs(10);
/// Updates that Telegram may bring at the same moment: as many as the inbox handles side by side. Telegram takes 1 to 100.
const AT_ONCE: u8 = 64;
/// Somebody may take the webhook away, or Telegram may fail to reach it: look this often.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How long a stop waits for connections that are in use; less than the program's own limit.
const DRAIN: Duration = Duration::from_secs(3);
/// The header with the secret: <https://core.telegram.org/bots/api#setwebhook>
const HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// The way in for Telegram.
pub struct Hook {
    listener: TcpListener,
    url: Secret,
    /// The path of `url`, which a proxy hands on as it is.
    path: String,
    secret: Secret,
}

/// Why there is no way in.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// The address cannot be listened on.
    #[error("BAOXIU_LISTEN: the address cannot be listened on ({0}); name another, or stop whoever listens there")]
    Listen(std::io::ErrorKind),
    /// The webhook's address cannot be read.
    #[error("BAOXIU_WEBHOOK must be an address that Telegram can reach, like https://bot.example.org/telegram")]
    Address,
    /// There is no randomness to make a secret of.
    #[error("the system gives no random numbers for the webhook's secret; set BAOXIU_WEBHOOK_SECRET")]
    Random,
}

impl Hook {
    /// Listens; Telegram is told nothing yet.
    ///
    /// # Errors
    /// When the address cannot be listened on, or no secret can be made.
    pub async fn open(webhook: &Webhook, listen: std::net::SocketAddr) -> Result<Hook, HookError> {
        let url: reqwest::Url = webhook.url.reveal().parse().map_err(|_| HookError::Address)?;
        let secret = match &webhook.secret {
            Some(secret) => secret.clone(),
            None => fresh_secret()?,
        };
        let listener = TcpListener::bind(listen).await.map_err(|e| HookError::Listen(e.kind()))?;
        Ok(Hook { listener, path: url.path().to_owned(), url: webhook.url.clone(), secret })
    }
}

/// 32 random bytes in letters that Telegram takes.
fn fresh_secret() -> Result<Secret, HookError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| HookError::Random)?;
    Ok(Secret::new(bytes.iter().map(|b| format!("{b:02x}")).collect::<String>()))
}

/// What every request needs.
struct Door<H> {
    path: String,
    secret: Secret,
    me: Me,
    now: fn() -> Millis,
    handle: H,
}

/// Receives until `stop` turns true or its sender is gone; `handle` as in [`polling::run`]. The webhook stays set: Telegram
/// keeps what comes meanwhile. What is being handled at the end is finished.
pub async fn run<H, F, E>(client: Client, hook: Hook, me: Me, now: fn() -> Millis, handle: H, mut stop: watch::Receiver<bool>)
where
    H: Fn(Vec<Arrived>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Display + Send + 'static,
{
    let Hook { listener, url, path, secret } = hook;
    let door = Arc::new(Door { path, secret: secret.clone(), me, now, handle });
    let app = Router::new().fallback(receive::<H, F, E>).layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(door);
    let mut closing = stop.clone();
    let closed = async move {
        // An error means that nobody is left who could tell.
        let _ = closing.wait_for(|stop| *stop).await;
    };
    let mut server = tokio::spawn(axum::serve(listener, app).with_graceful_shutdown(closed).into_future());
    tokio::select! {
        // It ends before its time only when the system takes the listener away.
        _ = &mut server => return,
        () = keep_set(&client, &url, &secret, &mut stop) => {}
    }
    if tokio::time::timeout(DRAIN, &mut server).await.is_err() {
        server.abort();
    }
}

/// One request; the order of the refusals is: path, method, secret, size.
async fn receive<H, F, E>(State(door): State<Arc<Door<H>>>, request: Request) -> Response
where
    H: Fn(Vec<Arrived>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Display + Send + 'static,
{
    if request.uri().path() != door.path {
        return StatusCode::NOT_FOUND.into_response();
    }
    if request.method() != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response();
    }
    if !is_telegram(request.headers(), &door.secret) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let body = match tokio::time::timeout(BODY_PATIENCE, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => body,
        Ok(Err(refusal)) => return refusal.status().into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let Some(update) = understood(&body) else {
        // Brought again it would be no better, and everything behind it would wait.
        tracing::warn!(bytes = body.len(), "an update cannot be read at all; it is dropped");
        return StatusCode::OK.into_response();
    };
    let arrived = polling::read(&[update], &door.me, (door.now)());
    if arrived.is_empty() {
        return StatusCode::OK.into_response();
    }
    // Of its own: a connection that breaks ends this function, but not what it has begun.
    match tokio::spawn((door.handle)(arrived)).await {
        Ok(Ok(())) => StatusCode::OK.into_response(),
        Ok(Err(error)) => {
            tracing::error!(%error, "an update was not stored; Telegram brings it again");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// In a time that does not tell how much of the secret was right.
fn is_telegram(headers: &HeaderMap, secret: &Secret) -> bool {
    headers.get(HEADER).is_some_and(|given| given.as_bytes().ct_eq(secret.reveal().as_bytes()).into())
}

fn understood(body: &[u8]) -> Option<Value> {
    raw::parse(&String::from_utf8_lossy(body)).ok().filter(|update| update["update_id"].is_i64())
}

/// Tells Telegram where to deliver, and again whenever somebody has told it otherwise; until it is time to stop.
async fn keep_set(client: &Client, url: &Secret, secret: &Secret, stop: &mut watch::Receiver<bool>) {
    let mut trouble = Trouble::default();
    // What failed before this start is over.
    let mut complaint = None;
    let mut set = false;
    while !*stop.borrow() {
        let asked = async {
            let anew = !set;
            if anew {
                client.set_webhook(url, secret).await?;
                tracing::info!("the webhook is set");
            }
            Ok((anew, client.webhook().await?))
        };
        match stoppable(stop, asked).await {
            None => return,
            Some(Ok((anew, info))) => {
                trouble.over();
                set = anew || info.url == url.reveal();
                if !set {
                    tracing::warn!("the webhook is gone or another one is set; does a second program use this bot's token?");
                    continue;
                }
                if complaint.replace(info.failed_at).is_some_and(|last| last < info.failed_at) {
                    tracing::warn!(why = info.failure, waiting = info.waiting, "Telegram could not deliver an update");
                }
                stoppable(stop, tokio::time::sleep(LOOK_EVERY)).await;
            }
            Some(Err(error)) => {
                stoppable(stop, trouble.pause(&error)).await;
            }
        }
    }
}

/// What Telegram says of the webhook.
struct Info {
    url: String,
    /// Updates that wait for delivery.
    waiting: i64,
    /// When a delivery last failed, Unix seconds; 0: never.
    failed_at: i64,
    failure: String,
}

/// teloxide's own is made for certificates and travels as a form.
#[derive(Serialize)]
struct Set<'a> {
    url: &'a str,
    secret_token: &'a str,
    max_connections: u8,
    allowed_updates: &'static [&'static str],
    drop_pending_updates: bool,
}

impl Payload for Set<'_> {
    type Output = True;
    const NAME: &'static str = SetWebhook::NAME;
}

impl Client {
    async fn set_webhook(&self, url: &Secret, secret: &Secret) -> Result<(), SendError> {
        let set = Set {
            url: url.reveal(),
            secret_token: secret.reveal(),
            max_connections: AT_ONCE,
            allowed_updates: ALLOWED,
            drop_pending_updates: false,
        };
        raw::ask(&self.bot, set, SEND).await.map(drop)
    }

    async fn webhook(&self) -> Result<Info, SendError> {
        let info = raw::ask(&self.bot, GetWebhookInfo::new(), SEND).await?;
        let text = |field: &str| info[field].as_str().unwrap_or_default().to_owned();
        Ok(Info {
            url: text("url"),
            waiting: info["pending_update_count"].as_i64().unwrap_or(0),
            failed_at: info["last_error_date"].as_i64().unwrap_or(0),
            failure: text("last_error_message"),
        })
    }
}

#[cfg(test)]
mod tests;
