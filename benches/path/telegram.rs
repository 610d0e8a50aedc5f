//! A Bot API server that hands over updates and takes messages, and does nothing else: what is measured is the bot.
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};

pub const TOKEN: &str = "7000000001:AA-a-token-of-no-value-for-the-bench";

/// What the bot said to a chat: the text, and the buttons' data by their labels.
pub struct Said {
    pub chat: i64,
    pub message: i64,
    pub text: String,
    pub buttons: Vec<(String, String)>,
}

#[derive(Clone)]
pub struct Telegram {
    inner: Arc<Inner>,
}

struct Inner {
    address: String,
    updates: Mutex<(i64, VecDeque<Value>)>,
    more: Notify,
    message: AtomicI64,
    sent: AtomicU64,
    polled: OnceLock<Instant>,
    told: mpsc::UnboundedSender<Said>,
    heard: Mutex<Option<mpsc::UnboundedReceiver<Said>>>,
}

impl Telegram {
    pub async fn start() -> Telegram {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (told, heard) = mpsc::unbounded_channel();
        let telegram = Telegram {
            inner: Arc::new(Inner {
                address: format!("http://{}", listener.local_addr().expect("an address")),
                updates: Mutex::new((1, VecDeque::new())),
                more: Notify::new(),
                message: AtomicI64::new(1),
                sent: AtomicU64::new(0),
                polled: OnceLock::new(),
                told,
                heard: Mutex::new(Some(heard)),
            }),
        };
        let app = Router::new().route("/{bot}/{method}", axum::routing::post(answer)).with_state(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        telegram
    }

    pub fn address(&self) -> String {
        self.inner.address.clone()
    }

    /// What the bot says from now on; to be taken once.
    pub fn listen(&self) -> mpsc::UnboundedReceiver<Said> {
        self.inner.heard.lock().expect("sound").take().expect("taken once")
    }

    /// When the bot first asked for updates.
    pub async fn first_poll(&self) -> Instant {
        loop {
            match self.inner.polled.get() {
                Some(at) => return *at,
                None => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        }
    }

    pub fn sent(&self) -> u64 {
        self.inner.sent.load(Ordering::Relaxed)
    }

    pub fn next_message(&self) -> i64 {
        self.inner.message.fetch_add(1, Ordering::Relaxed)
    }

    /// Puts an update into the queue; its number is set here.
    pub fn push(&self, mut update: Value) {
        let mut updates = self.inner.updates.lock().expect("sound");
        update["update_id"] = json!(updates.0);
        updates.0 += 1;
        updates.1.push_back(update);
        drop(updates);
        self.inner.more.notify_one();
    }

    async fn updates(&self, ask: &Value) -> Value {
        let _ = self.inner.polled.set(Instant::now());
        let offset = ask["offset"].as_i64().unwrap_or(0);
        let until = tokio::time::Instant::now() + Duration::from_secs(ask["timeout"].as_u64().unwrap_or(0));
        loop {
            let more = self.inner.more.notified();
            {
                let queue = &mut self.inner.updates.lock().expect("sound").1;
                while queue.front().is_some_and(|u| u["update_id"].as_i64().unwrap_or(0) < offset) {
                    queue.pop_front();
                }
                if !queue.is_empty() {
                    return queue.iter().take(100).cloned().collect();
                }
            }
            if tokio::time::timeout_at(until, more).await.is_err() {
                return json!([]);
            }
        }
    }

    fn said(&self, ask: &Value) -> Value {
        let chat = ask["chat_id"].as_i64().unwrap_or(0);
        let message = ask["message_id"].as_i64().unwrap_or_else(|| self.next_message());
        let rows = ask["reply_markup"]["inline_keyboard"].as_array();
        let buttons = rows.into_iter().flatten().filter_map(Value::as_array).flatten();
        let word = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        self.inner.sent.fetch_add(1, Ordering::Relaxed);
        let _ = self.inner.told.send(Said {
            chat,
            message,
            text: word(&ask["text"]),
            buttons: buttons.map(|b| (word(&b["text"]), word(&b["callback_data"]))).collect(),
        });
        json!({"message_id": message, "date": 1, "chat": {"id": chat, "type": "private"}})
    }
}

async fn answer(
    State(telegram): State<Telegram>,
    Path((_bot, method)): Path<(String, String)>,
    body: Bytes,
) -> axum::Json<Value> {
    let ask: Value = serde_json::from_slice(&body).unwrap_or_default();
    let result = match method.to_ascii_lowercase().as_str() {
        "getupdates" => telegram.updates(&ask).await,
        "getme" => json!({"id": 7_000_000_001_i64, "is_bot": true, "first_name": "b", "username": "baoxiu_bench_bot",
            "can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false}),
        "getwebhookinfo" => json!({"url": "", "has_custom_certificate": false, "pending_update_count": 0}),
        "getchatmember" => json!({"status": "administrator", "user": {"id": ask["user_id"], "is_bot": true, "first_name": "b"},
            "can_be_edited": false, "is_anonymous": false}),
        "sendmessage" | "editmessagetext" => telegram.said(&ask),
        _ => json!(true),
    };
    axum::Json(json!({"ok": true, "result": result}))
}
