//! Limits of sending, and that the bot's own pace stays within them.
use std::time::Duration;

use baoxiu::outbox::pace::{self, Lane, Limits, Pace};
use baoxiu::sandbox::{CREW, EMILY, LI, Options, Rates, Sandbox, WANG, Window, scene};
use serde_json::{Value, json};

use crate::raw;

async fn strict(rates: Rates) -> Sandbox {
    let sandbox = Sandbox::start(Options { rates, ..Options::default() }).await.unwrap();
    scene(&sandbox.world());
    for person in [WANG, EMILY, LI] {
        sandbox.world().start(person, None);
    }
    sandbox
}

async fn say(sandbox: &Sandbox, chat: i64) -> Value {
    raw(sandbox, "sendMessage", json!({"chat_id": chat, "text": "x"})).await
}

async fn told(sandbox: &Sandbox, chat: i64, count: usize) -> usize {
    let mut sent = 0;
    for _ in 0..count {
        sent += usize::from(say(sandbox, chat).await["ok"] == true);
    }
    sent
}

#[tokio::test]
async fn a_chat_takes_a_burst_and_then_asks_to_wait() {
    let sandbox = strict(Rates { chat: vec![Window::new(6, 30)], ..Rates::lifted() }).await;
    assert_eq!(told(&sandbox, WANG, 6).await, 6);
    let answer = say(&sandbox, WANG).await;
    let wait = answer["parameters"]["retry_after"].as_u64().unwrap();
    assert_eq!(answer["error_code"], 429);
    assert_eq!(answer["description"], format!("Too Many Requests: retry after {wait}"));
    assert!((28..=30).contains(&wait), "{wait}");
    assert_eq!(sandbox.world().violations().len(), 1, "a bot can know the limits");
    assert_eq!(told(&sandbox, EMILY, 1).await, 1, "others do not wait");
    sandbox.world().advance(Duration::from_secs(wait));
    assert_eq!(told(&sandbox, WANG, 1).await, 1, "what was asked for is enough");
}

#[tokio::test]
async fn a_group_takes_twenty_a_minute_edits_and_albums_counted() {
    let sandbox = strict(Rates { chat: Vec::new(), ..Rates::default() }).await;
    let world = sandbox.world();
    let first = say(&sandbox, CREW).await["result"]["message_id"].clone();
    for n in 0..9 {
        let edit = json!({"chat_id": CREW, "message_id": first, "text": n.to_string()});
        assert_eq!(raw(&sandbox, "editMessageText", edit.clone()).await["ok"], true);
        // What changes nothing is refused, and costs nothing.
        assert_eq!(raw(&sandbox, "editMessageText", edit).await["error_code"], 400);
    }
    world.send_photo(WANG, WANG, None, "");
    let photo = raw(&sandbox, "getUpdates", json!({"offset": -1})).await["result"][0]["message"]["photo"][0]["file_id"].clone();
    let part = json!({"type": "photo", "media": photo});
    let album = json!({"chat_id": CREW, "media": vec![part; 10]});
    assert_eq!(raw(&sandbox, "sendMediaGroup", album).await["ok"], true);
    for (method, body) in [
        ("sendMessage", json!({"chat_id": CREW, "text": "x"})),
        ("editMessageText", json!({"chat_id": CREW, "message_id": first, "text": "y"})),
        ("copyMessage", json!({"chat_id": CREW, "from_chat_id": WANG, "message_id": 1})),
        ("forwardMessage", json!({"chat_id": CREW, "from_chat_id": WANG, "message_id": 1})),
    ] {
        assert_eq!(raw(&sandbox, method, body).await["error_code"], 429, "{method}");
    }
    assert_eq!(world.violations().len(), 4);
    let delete = json!({"chat_id": CREW, "message_id": first});
    assert_eq!(raw(&sandbox, "deleteMessage", delete).await["ok"], true, "taking back is no message");
    world.advance(Duration::from_secs(60));
    assert_eq!(told(&sandbox, CREW, 20).await, 20);
}

#[tokio::test]
async fn all_chats_share_a_limit() {
    let sandbox = strict(Rates { all: vec![Window::new(5, 30)], ..Rates::lifted() }).await;
    assert_eq!(told(&sandbox, WANG, 3).await + told(&sandbox, EMILY, 3).await, 5);
    assert_eq!(say(&sandbox, LI).await["error_code"], 429);
}

/// Whatever the bot wants to send: what its pace lets through, one message at a time in a chat, is never refused.
#[tokio::test]
async fn the_bots_own_pace_stays_within_the_limits() {
    let (sent, refused) = paced(Limits::default()).await;
    assert!(sent > 300 && refused == 0, "{sent} sent, {refused} refused");
    for hasty in [
        Limits { burst: 8, ..Limits::default() },
        Limits { every: 500, ..Limits::default() },
        Limits { group: pace::Window { count: 21, span: 60_000 }, ..Limits::default() },
    ] {
        assert!(paced(hasty).await.1 > 0, "{hasty:?} is too fast");
    }
}

/// Everything at once to four chats, for two minutes of the world's clock: how many were sent, how many refused.
async fn paced(limits: Limits) -> (usize, usize) {
    let sandbox = strict(Rates::default()).await;
    let world = sandbox.world();
    let mut pace = Pace::new(limits);
    let (mut sent, mut refused) = (0, 0);
    let end = world.now_ms() + 120_000;
    while world.now_ms() < end {
        let mut again = i64::MAX;
        for chat in [WANG, EMILY, LI, CREW] {
            let free = loop {
                match pace.take(Lane::Usual, chat, 1, world.now_ms()) {
                    Ok(()) if say(&sandbox, chat).await["ok"] == true => sent += 1,
                    Ok(()) => refused += 1,
                    Err(free) => break free,
                }
            };
            again = again.min(free);
        }
        world.advance(Duration::from_millis(u64::try_from(again - world.now_ms()).unwrap_or(0)));
    }
    assert_eq!(world.violations().len(), refused);
    (sent, refused)
}
