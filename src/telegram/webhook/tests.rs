use std::sync::Mutex;

use serde_json::json;

use super::*;

const SECRET: &str = "a-secret-of-a-test";

/// What a bot was brought, and what it answers.
#[derive(Clone, Default)]
struct Bot {
    brought: Arc<Mutex<Vec<Option<i64>>>>,
    broken: Arc<Mutex<bool>>,
}

/// A Telegram that agrees to everything, and the address of the way in.
async fn opened() -> (Bot, String, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
    let telegram = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}", telegram.local_addr().unwrap());
    let app = Router::new().fallback(|| async { json!({"ok": true, "result": true}).to_string() });
    tokio::spawn(async move { axum::serve(telegram, app).await.unwrap() });
    let client = Client::build(&Secret::new("1:a"), Some(&Secret::new(api)), None).unwrap();
    let webhook = Webhook { url: Secret::new("https://bot.example.org/hook"), secret: Some(Secret::new(SECRET)) };
    let hook = Hook::open(&webhook, ([127, 0, 0, 1], 0).into()).await.unwrap();
    let address = format!("http://{}/hook", hook.listener.local_addr().unwrap());
    let bot = Bot::default();
    let handle = {
        let bot = bot.clone();
        move |batch: Vec<Arrived>| {
            let bot = bot.clone();
            async move {
                if *bot.broken.lock().unwrap() {
                    return Err("disk full");
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
                bot.brought.lock().unwrap().extend(batch.iter().map(|a| a.update_id));
                Ok(())
            }
        }
    };
    let (stop, stopped) = watch::channel(false);
    let me = Me { id: 99, name: "b".to_owned(), reads_all: false };
    let running = tokio::spawn(run(client, hook, me, || 0, handle, stopped));
    (bot, address, stop, running)
}

fn text(update_id: i64) -> String {
    let chat = json!({"id": 7, "type": "private", "first_name": "w"});
    let from = json!({"id": 7, "is_bot": false, "first_name": "w"});
    let message = json!({"message_id": 1, "date": 1, "chat": chat, "from": from, "text": "a"});
    json!({"update_id": update_id, "message": message}).to_string()
}

async fn posts(address: &str, secret: &str, body: impl Into<reqwest::Body>) -> u16 {
    let request = reqwest::Client::new().post(address).header(HEADER, secret).body(body);
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn only_telegram_gets_in() {
    let (bot, address, _stop, _running) = opened().await;
    assert_eq!(posts(&format!("{address}/x"), SECRET, text(5)).await, 404);
    assert_eq!(posts(&address.replace("/hook", "/"), SECRET, text(5)).await, 404);
    let fetched = reqwest::Client::new().get(&address).header(HEADER, SECRET).send().await.unwrap();
    assert_eq!((fetched.status().as_u16(), fetched.headers()["allow"].to_str().unwrap()), (405, "POST"));
    for wrong in ["", "a-secret-of-a-tesT", "a-secret-of-a-test-", "a"] {
        assert_eq!(posts(&address, wrong, text(5)).await, 401, "{wrong}");
    }
    assert_eq!(reqwest::Client::new().post(&address).body(text(5)).send().await.unwrap().status().as_u16(), 401);
    assert_eq!(posts(&address, SECRET, " ".repeat(BODY_LIMIT + 1)).await, 413);
    assert_eq!(*bot.brought.lock().unwrap(), []);
    assert_eq!(posts(&address, SECRET, format!("{}{}", text(5), " ".repeat(BODY_LIMIT - 1_000))).await, 200);
    assert_eq!(*bot.brought.lock().unwrap(), [Some(5)]);
}

#[tokio::test]
async fn what_cannot_be_read_is_not_brought_again() {
    let (bot, address, _stop, _running) = opened().await;
    for odd in ["", "{", "[]", "{\"update_id\":\"5\"}", "{\"update_id\":5,\"odd\":1}"] {
        assert_eq!(posts(&address, SECRET, odd).await, 200, "{odd}");
    }
    assert_eq!(posts(&address, SECRET, vec![0xff, 0xfe]).await, 200);
    assert_eq!(*bot.brought.lock().unwrap(), []);
    // Half a character costs one character, as with polling.
    assert_eq!(posts(&address, SECRET, text(6).replace("\"text\":\"a\"", "\"text\":\"a\\ud800\"")).await, 200);
    assert_eq!(*bot.brought.lock().unwrap(), [Some(6)]);
}

#[tokio::test]
async fn what_is_not_stored_is_brought_again() {
    let (bot, address, _stop, _running) = opened().await;
    *bot.broken.lock().unwrap() = true;
    assert_eq!(posts(&address, SECRET, text(5)).await, 500);
    *bot.broken.lock().unwrap() = false;
    assert_eq!(posts(&address, SECRET, text(5)).await, 200);
    assert_eq!(*bot.brought.lock().unwrap(), [Some(5)]);
}

#[tokio::test]
async fn what_was_begun_is_finished() {
    let (bot, address, stop, running) = opened().await;
    // Whoever brought it does not wait for the answer …
    let hasty = reqwest::Client::new().post(&address).header(HEADER, SECRET).body(text(5));
    assert!(hasty.timeout(Duration::from_millis(60)).send().await.is_err());
    // … and the next one is under way when the program is told to stop.
    let last = tokio::spawn(async move { posts(&address, SECRET, text(6)).await });
    tokio::time::sleep(Duration::from_millis(60)).await;
    stop.send(true).unwrap();
    assert_eq!(last.await.unwrap(), 200);
    tokio::time::timeout(DRAIN, running).await.unwrap().unwrap();
    assert_eq!(*bot.brought.lock().unwrap(), [Some(5), Some(6)]);
}

#[tokio::test]
async fn secrets_are_made_anew() {
    let (one, other) = (fresh_secret().unwrap(), fresh_secret().unwrap());
    assert!(one != other && one.reveal().len() == 64 && one.reveal().bytes().all(|b| b.is_ascii_hexdigit()));
}
