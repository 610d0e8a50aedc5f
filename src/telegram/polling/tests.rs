use std::sync::{Arc, Mutex};

use axum::extract::Path;
use axum::http::StatusCode;
use axum::{Json, Router, routing};
use serde_json::json;

use super::*;
use crate::config::Secret;

fn me() -> Me {
    Me { id: 99, name: "b".to_owned(), reads_all: false }
}

fn text(update_id: i64) -> Value {
    let chat = json!({"id": 7, "type": "private", "first_name": "w"});
    let from = json!({"id": 7, "is_bot": false, "first_name": "w"});
    json!({"update_id": update_id, "message": {"message_id": 1, "date": 1, "chat": chat, "from": from, "text": "a"}})
}

#[test]
fn what_is_not_understood_is_confirmed_with_the_rest() {
    let batch = vec![text(5), json!({"update_id": 6, "odd": 1}), json!({"odd": 1})];
    assert_eq!(after(&batch), Some(7));
    assert_eq!(read(&batch, &me(), 0).iter().map(|r| r.update_id).collect::<Vec<_>>(), [Some(5)]);
    assert_eq!(after(&[]), None);
}

#[test]
fn pauses_grow_and_end() {
    let mut trouble = Trouble::default();
    let pauses: Vec<u64> = (0..9).map(|_| trouble.next_pause().as_millis() as u64).collect();
    assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
}

type Calls = Arc<Mutex<Vec<String>>>;

/// A Bot API that has a webhook set and two updates, one of them strange.
async fn server(calls: Calls) -> Client {
    let answer = move |Path((_, method)): Path<(String, String)>, body: String| {
        let calls = Arc::clone(&calls);
        async move {
            let asked: Value = serde_json::from_str(&body).unwrap_or_default();
            let offset = asked["offset"].as_i64().unwrap_or(0);
            let call = if method == "GetUpdates" { format!("updates {offset}") } else { method.clone() };
            let quiet = calls.lock().unwrap().contains(&"updates 7".to_owned());
            calls.lock().unwrap().push(call);
            match method.as_str() {
                "GetWebhookInfo" => (StatusCode::OK, Json(json!({"ok": true, "result": {"url": "https://x"}}))),
                "DeleteWebhook" => (StatusCode::OK, Json(json!({"ok": true, "result": true}))),
                "GetMe" => {
                    (StatusCode::UNAUTHORIZED, Json(json!({"ok": false, "error_code": 401, "description": "Unauthorized"})))
                }
                "SendMessage" => (StatusCode::BAD_GATEWAY, Json(json!({"ok": false, "description": "Bad Gateway"}))),
                _ if quiet => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    (StatusCode::OK, Json(json!({"ok": true, "result": []})))
                }
                _ => {
                    let waiting: Vec<Value> = [text(5), json!({"update_id": 6, "odd": 1})]
                        .into_iter()
                        .filter(|u| u["update_id"].as_i64() >= Some(offset))
                        .collect();
                    (StatusCode::OK, Json(json!({"ok": true, "result": waiting})))
                }
            }
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().route("/{token}/{method}", routing::post(answer));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    Client::build(&Secret::new("1:a"), Some(&Secret::new(url)), None).unwrap()
}

#[tokio::test]
async fn updates_are_confirmed_only_when_they_are_stored() {
    let calls = Calls::default();
    let client = server(Arc::clone(&calls)).await;
    let (stop, stopped) = watch::channel(false);
    let tries = Arc::new(Mutex::new(0));
    let handle = move |batch: Vec<Arrived>| {
        assert_eq!(batch.iter().map(|a| a.update_id).collect::<Vec<_>>(), [Some(5)]);
        *tries.lock().unwrap() += 1;
        let outcome = if *tries.lock().unwrap() == 1 { Err("disk full") } else { Ok(()) };
        async move { outcome }
    };
    let polling = tokio::spawn(run(client, me(), || 0, handle, stopped));
    tokio::time::sleep(Duration::from_millis(850)).await;
    stop.send(true).unwrap();
    polling.await.unwrap();
    let calls = calls.lock().unwrap().clone();
    assert_eq!(calls[..6], ["GetWebhookInfo", "DeleteWebhook", "updates 0", "updates 0", "updates 7", "updates 0"], "{calls:?}");
}

#[tokio::test]
async fn a_refused_token_is_one_clear_error() {
    let error = server(Calls::default()).await.me().await.unwrap_err();
    assert!(!error.is_passing() && error.to_string().contains("TELOXIDE_TOKEN"), "{error}");
}

/// teloxide itself would sleep ten seconds inside a 5xx.
#[tokio::test]
async fn a_server_out_of_order_is_told_at_once() {
    let client = server(Calls::default()).await;
    let request = teloxide::payloads::SendMessage::new(teloxide::types::ChatId(7), "x");
    let outcome = raw::ask(&client.bot, request, Duration::from_secs(5)).await;
    assert!(matches!(outcome, Err(SendError::Transient(why)) if why != "time-out"), "{outcome:?}");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_cut_off() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::build(&Secret::new("1:a"), Some(&Secret::new(url)), None).unwrap();
    let request = teloxide::payloads::SendMessage::new(teloxide::types::ChatId(7), "x");
    let outcome = raw::ask(&client.bot, request, Duration::from_millis(100)).await;
    assert_eq!(outcome, Err(SendError::Transient("time-out")));
}

/// A proxy cut an answer short: what Telegram did is not done again.
#[tokio::test]
async fn ok_counts_although_the_rest_cannot_be_read() {
    let app = Router::new().fallback(|| async { "{\"ok\":true,\"result\":{\"message_id\":7,\"da" });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let client = Client::build(&Secret::new("1:a"), Some(&Secret::new(url)), None).unwrap();
    let request = teloxide::payloads::SendMessage::new(teloxide::types::ChatId(7), "x");
    assert_eq!(raw::ask(&client.bot, request, Duration::from_secs(5)).await, Ok(Value::Null));
}

/// A name cut in the middle of a character must not hold up everybody for ever.
#[tokio::test]
async fn half_a_character_holds_nobody_up() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let offsets = Arc::clone(&asked);
    let answer = move |Path((_, method)): Path<(String, String)>, body: String| {
        let offsets = Arc::clone(&offsets);
        async move {
            let offset = serde_json::from_str::<Value>(&body).unwrap_or_default()["offset"].as_i64().unwrap_or(0);
            if method != "GetUpdates" {
                return json!({"ok": true, "result": {"url": ""}}).to_string();
            }
            offsets.lock().unwrap().push(offset);
            if offset > 0 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                return json!({"ok": true, "result": []}).to_string();
            }
            let odd = text(6).to_string().replace("\"text\":\"a\"", "\"text\":\"a\\ud800b\"");
            assert!(odd.contains("ud800"));
            format!("{{\"ok\":true,\"result\":[{},{odd},{}]}}", text(5), text(7))
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().route("/{token}/{method}", routing::post(answer));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let client = Client::build(&Secret::new("1:a"), Some(&Secret::new(url)), None).unwrap();
    let (stop, stopped) = watch::channel(false);
    let (heard, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let handle = move |batch: Vec<Arrived>| {
        let _ = heard.send(batch);
        async { Ok::<(), String>(()) }
    };
    let polling = tokio::spawn(run(client, me(), || 0, handle, stopped));
    let batch = tokio::time::timeout(Duration::from_secs(20), hears.recv()).await.expect("the batch comes").unwrap();
    assert_eq!(batch.iter().map(|a| a.update_id).collect::<Vec<_>>(), [Some(5), Some(6), Some(7)]);
    let crate::vocabulary::input::Input::Message(odd) = &batch[1].input else { panic!("{:?}", batch[1]) };
    assert_eq!(odd.text(), Some("a\u{fffd}b"));
    tokio::time::sleep(Duration::from_millis(50)).await;
    stop.send(true).unwrap();
    polling.await.unwrap();
    assert!(asked.lock().unwrap().contains(&8), "confirmed: {:?}", asked.lock().unwrap());
}
