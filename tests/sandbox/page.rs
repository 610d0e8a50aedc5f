//! The page and what it asks of its server.
use baoxiu::sandbox::{Options, Sandbox, WANG};
use serde_json::{Value, json};

use crate::scenery;

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
