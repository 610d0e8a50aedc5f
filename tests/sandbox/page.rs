//! The page and what it asks of its server.
use baoxiu::sandbox::{ADMIN, BOT_ID, EMILY, Options, Sandbox, WANG};
use serde_json::{Value, json};

use crate::{raw, scenery};

#[tokio::test]
async fn the_page_is_for_this_machine_only() {
    let (sandbox, _) = scenery().await;
    let client = reqwest::Client::new();
    let page = client.get(sandbox.page_url()).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("baoxiu demo"));
    let stranger = client.get(sandbox.page_url()).header("host", "evil.example").send().await.unwrap();
    assert_eq!(stranger.status(), 403);
    let act = client.post(format!("{}/sandbox/act", sandbox.api_url())).json(&json!({"do": "start", "user": WANG}));
    assert_eq!(act.try_clone().unwrap().header("origin", "http://evil.example").send().await.unwrap().status(), 403);
    assert!(act.send().await.unwrap().status().is_success());
    assert_eq!(sandbox.world().messages(WANG)[0].text, "/start");
    let news: Value = reqwest::get(format!("{}/sandbox/events?since=0", sandbox.api_url())).await.unwrap().json().await.unwrap();
    assert_eq!(news["people"].as_array().unwrap().len(), 5);
    sandbox.stop().await;
    assert!(reqwest::get(sandbox.page_url()).await.is_err());
}

#[tokio::test]
async fn the_page_is_complete_and_knows_its_server() {
    let (sandbox, _) = scenery().await;
    let get = async |path: &str| reqwest::get(format!("{}{path}", sandbox.api_url())).await.unwrap();
    let mut wanted = vec!["/style.css".to_owned(), "/app.js".to_owned()];
    let mut seen = 0;
    while let Some(path) = wanted.get(seen).cloned() {
        seen += 1;
        let text = get(&path).await.error_for_status().unwrap().text().await.unwrap();
        assert!(!text.contains("//cdn") && text.lines().count() < 300, "{path}");
        for part in text.split("from \"./").skip(1).filter_map(|rest| rest.split('"').next()) {
            if !wanted.contains(&format!("/{part}")) {
                wanted.push(format!("/{part}"));
            }
        }
    }
    assert!(seen > 5, "{wanted:?}");
    assert_eq!(get("/nothing.js").await.status(), 404);
    let other = Sandbox::start(Options::default()).await.unwrap();
    let session = async |sandbox: &Sandbox| {
        let url = format!("{}/sandbox/events?since=0", sandbox.api_url());
        reqwest::get(url).await.unwrap().json::<Value>().await.unwrap()["session"].as_str().unwrap().to_owned()
    };
    assert_eq!(session(&sandbox).await, session(&sandbox).await);
    assert_ne!(session(&sandbox).await, session(&other).await);
}

async fn acts(sandbox: &Sandbox, act: Value) -> Value {
    let answer = reqwest::Client::new().post(format!("{}/sandbox/act", sandbox.api_url())).json(&act).send().await.unwrap();
    answer.error_for_status().unwrap().json::<Value>().await.unwrap()["result"].take()
}

async fn told(sandbox: &Sandbox, path: &str) -> Value {
    reqwest::get(format!("{}/sandbox/{path}", sandbox.api_url())).await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn the_log_tells_every_call_and_no_token() {
    let (sandbox, _) = scenery().await;
    sandbox.world().start(WANG, None);
    let text = format!("my token is {}", sandbox.token());
    raw(&sandbox, "sendMessage", json!({"chat_id": WANG, "text": text, "reply_markup": {"force_reply": true}})).await;
    let secret = json!({"url": "http://127.0.0.1:1/", "secret_token": "hush-hush"});
    raw(&sandbox, "setWebhook", secret).await;
    let log = told(&sandbox, "log?since=0").await;
    let calls = log["calls"].as_array().unwrap();
    let methods: Vec<&str> = calls.iter().map(|call| call["method"].as_str().unwrap()).collect();
    assert_eq!((methods.as_slice(), &log["last"]), (&["sendMessage", "setWebhook"][..], &json!(2)));
    assert_eq!((&calls[0]["n"], &calls[0]["chat"], &calls[0]["status"]), (&json!(1), &json!(WANG), &json!(200)));
    assert_eq!(calls[0]["params"]["text"], "my token is •••");
    assert_eq!(calls[0]["answer"]["result"]["text"], "my token is •••");
    let everything = log.to_string();
    assert!(!everything.contains(sandbox.token()) && !everything.contains("hush-hush"), "{everything}");
    // Only what is new comes again; numbers of an earlier server begin anew.
    raw(&sandbox, "getMe", json!({})).await;
    assert_eq!(told(&sandbox, "log?since=2").await["calls"].as_array().unwrap().len(), 1);
    assert_eq!(told(&sandbox, "log?since=99").await["calls"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_fault_of_the_page_meets_what_it_names() {
    let (sandbox, _) = scenery().await;
    let status = async |method: &str, chat: i64| {
        sandbox.world().start(chat, None);
        let word = if method == "sendMessage" { "text" } else { "action" };
        raw(&sandbox, method, json!({"chat_id": chat, word: "typing"})).await["error_code"].take()
    };
    acts(&sandbox, json!({"do": "fault_on", "kind": "429", "retry_after": 7, "sends": true, "chat": WANG})).await;
    let fault = told(&sandbox, "events?since=0").await["faults"].take();
    assert_eq!(fault, json!([{"kind": "status", "status": 429, "retry_after": 7, "chat": WANG, "method": null, "sends": true}]));
    assert_eq!(status("sendMessage", WANG).await, 429);
    assert_eq!(status("sendMessage", EMILY).await, Value::Null);
    assert_eq!(status("sendChatAction", WANG).await, Value::Null, "“typing…” is no message");
    // Another one takes its place.
    acts(&sandbox, json!({"do": "fault_on", "kind": "500", "sends": false, "chat": null})).await;
    assert_eq!((status("sendChatAction", WANG).await, status("sendMessage", EMILY).await), (json!(500), json!(500)));
    acts(&sandbox, json!({"do": "fault_off"})).await;
    assert_eq!(status("sendMessage", WANG).await, Value::Null);
    assert_eq!(told(&sandbox, "events?since=0").await["faults"], json!([]));
}

#[tokio::test]
async fn groups_are_made_and_grow() {
    let (sandbox, _) = scenery().await;
    let group = acts(&sandbox, json!({"do": "new_group", "user": ADMIN, "title": " 城西二班 ", "members": [WANG]})).await;
    acts(&sandbox, json!({"do": "add", "user": ADMIN, "chat": group, "who": BOT_ID, "on": true})).await;
    let known = async |id: &Value| {
        let news = told(&sandbox, "events?since=0").await;
        let chat = news["chats"].as_array().unwrap().iter().find(|chat| chat["id"] == *id).unwrap().clone();
        let members: Vec<_> = chat["members"].as_array().unwrap().iter().map(|m| (m["id"].clone(), m["role"].clone())).collect();
        (chat["title"].clone(), chat["kind"].clone(), chat["migrated"].clone(), members)
    };
    let members = vec![(json!(BOT_ID), json!("administrator")), (json!(WANG), json!("member")), (json!(ADMIN), json!("creator"))];
    assert_eq!(known(&group).await, (json!("城西二班"), json!("group"), json!(false), members.clone()));
    let larger = acts(&sandbox, json!({"do": "migrate", "user": ADMIN, "chat": group})).await;
    assert_eq!(known(&larger).await, (json!("城西二班"), json!("supergroup"), json!(false), members));
    assert_eq!(known(&group).await.2, json!(true));
    acts(&sandbox, json!({"do": "leave", "user": WANG, "chat": larger})).await;
    acts(&sandbox, json!({"do": "kick", "user": ADMIN, "chat": larger, "who": BOT_ID})).await;
    assert_eq!(known(&larger).await.3, [(json!(ADMIN), json!("creator"))]);
}
