//! A bad proxy between the bot and the Bot API: now and then it answers in its own words, and quotes what it was sent.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;

#[derive(Clone)]
struct Mirror {
    behind: String,
    client: reqwest::Client,
    sends: Arc<AtomicUsize>,
}

/// Starts it in front of `behind`; gives its address.
pub async fn start(behind: String) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mirror = Mirror { behind, client, sends: Arc::default() };
    let app = Router::new().fallback(pass).with_state(mirror);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

async fn pass(State(mirror): State<Mirror>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let path = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
    if path.to_lowercase().contains("/sendmessage") {
        let quoted = String::from_utf8_lossy(&body).into_owned();
        match mirror.sends.fetch_add(1, Ordering::Relaxed) % 9 {
            3 => return answer(502, format!("<html>Bad gateway for {path}: {quoted}</html>")),
            5 => return answer(200, format!("{{\"ok\": false, garbage {path} {quoted}")),
            7 => {
                let description = format!("Internal error: cannot handle {quoted} at {path}");
                return answer(200, serde_json::json!({"ok": false, "error_code": 500, "description": description}).to_string());
            }
            _ => {}
        }
    }
    let mut passed = mirror.client.request(parts.method, format!("{}{path}", mirror.behind)).body(body);
    if let Some(kind) = parts.headers.get("content-type") {
        passed = passed.header("content-type", kind);
    }
    match passed.send().await {
        Ok(given) => {
            let status = given.status().as_u16();
            answer(status, given.text().await.unwrap_or_default())
        }
        Err(_) => answer(504, "gone".to_owned()),
    }
}

fn answer(status: u16, body: String) -> Response {
    Response::builder().status(status).header("content-type", "application/json").body(Body::from(body)).unwrap()
}
