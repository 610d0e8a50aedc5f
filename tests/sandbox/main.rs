//! The sandbox answers a real client as Telegram would.
mod client;
mod derive;
mod fidelity;
mod page;
mod rates;
mod refusals;
mod schema;

use baoxiu::sandbox::{Options, Rates, Sandbox, scene};
use serde_json::Value;
use teloxide::prelude::*;

/// Without limits of sending: a test says in a moment what a bot would say in minutes.
async fn scenery() -> (Sandbox, Bot) {
    let sandbox = Sandbox::start(Options { rates: Rates::lifted(), ..Options::default() }).await.unwrap();
    scene(&sandbox.world());
    let url = reqwest::Url::parse(&sandbox.api_url()).unwrap();
    let bot = Bot::new(sandbox.token()).set_api_url(url);
    (sandbox, bot)
}

async fn raw(sandbox: &Sandbox, method: &str, body: Value) -> Value {
    let url = format!("{}/bot{}/{method}", sandbox.api_url(), sandbox.token());
    reqwest::Client::new().post(url).json(&body).send().await.unwrap().json().await.unwrap()
}

/// The description of a refusal.
async fn refused(sandbox: &Sandbox, method: &str, body: Value) -> String {
    let answer = raw(sandbox, method, body).await;
    assert_eq!(answer["ok"], false, "{method} was accepted: {answer}");
    answer["description"].as_str().unwrap().to_owned()
}

/// Sends a message through the raw API and gives its id.
async fn sent(sandbox: &Sandbox, body: Value) -> i64 {
    let answer = raw(sandbox, "sendMessage", body).await;
    answer["result"]["message_id"].as_i64().unwrap_or_else(|| panic!("{answer}"))
}
