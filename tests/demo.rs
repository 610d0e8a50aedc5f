//! The demo as somebody who tries it: the real program, over what its page says to the server.
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/process.rs"]
mod process;

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use process::program;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(60);
/// Customer, and the crew's group.
const CUSTOMER: i64 = 7_100_000_001;
const CREW: i64 = -1_001_000_000_001;

struct Demo {
    child: Child,
    page: String,
}

impl Demo {
    /// Started, and the crew is bound.
    async fn start() -> Demo {
        let mut child =
            program().args(["demo", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let page = lines.find_map(|line| {
            let line = line.unwrap();
            let at = line.find("http://127.0.0.1:")?;
            Some(line[at..].trim_end_matches('/').split_whitespace().next().unwrap().trim_end_matches('/').to_owned())
        });
        // The pipe stays open: the program may go on writing.
        std::thread::spawn(move || lines.for_each(drop));
        let demo = Demo { child, page: page.expect("the greeting names the page") };
        demo.until("the crew is bound", |news| said(news, CREW, "✓")).await;
        demo
    }

    async fn act(&self, act: Value) -> reqwest::StatusCode {
        reqwest::Client::new().post(format!("{}/sandbox/act", self.page)).json(&act).send().await.unwrap().status()
    }

    async fn says(&self, words: &str) {
        assert_eq!(self.act(json!({ "do": "say", "user": CUSTOMER, "chat": CUSTOMER, "text": words })).await, 200);
    }

    async fn news(&self) -> Value {
        reqwest::get(format!("{}/sandbox/events?since=0", self.page)).await.unwrap().json().await.unwrap()
    }

    async fn until(&self, what: &str, right: impl Fn(&Value) -> bool) -> Value {
        let since = Instant::now();
        loop {
            let news = self.news().await;
            if right(&news) {
                return news;
            }
            assert!(since.elapsed() < PATIENCE, "{what}: {news:#}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn said(news: &Value, chat: i64, words: &str) -> bool {
    let chat = news["chats"].as_array().unwrap().iter().find(|c| c["id"] == chat);
    chat.is_some_and(|chat| {
        let mut texts = chat["messages"].as_array().unwrap().iter().map(|m| m["body"]["text"].as_str().unwrap_or_default());
        texts.any(|text| text.contains(words))
    })
}

#[tokio::test]
async fn who_turns_the_clock_forward_sees_the_promise_at_work() {
    let demo = Demo::start().await;
    demo.says("/start").await;
    demo.says("漏水 兴城市兴海路3号 13812345678").await;
    demo.until("the time is asked for", |news| said(news, CUSTOMER, "什么时候方便")).await;
    demo.says("尽快").await;
    demo.until("the review", |news| said(news, CUSTOMER, "请核对")).await;
    demo.says("提交").await;
    let news = demo.until("the crew's card", |news| said(news, CREW, "待接单")).await;
    assert!(!said(&news, CREW, "还没人接") && news["turns"] == true);

    let before = news["now"].as_i64().unwrap();
    for _ in 0..3 {
        assert_eq!(demo.act(json!({ "do": "forward", "minutes": 5 })).await, 200);
    }
    demo.until("half of the time is over", |news| said(news, CREW, "还没人接")).await;
    for _ in 0..2 {
        assert_eq!(demo.act(json!({ "do": "forward", "minutes": 5 })).await, 200);
    }
    demo.until("the customer hears the truth", |news| said(news, CUSTOMER, "可能会晚一些")).await;
    assert_eq!(demo.act(json!({ "do": "forward", "minutes": 5 })).await, 200);
    let news = demo.until("the crew's card says so", |news| said(news, CREW, "已超时")).await;
    assert!(news["now"].as_i64().unwrap() - before >= 30 * 60_000);
    for bad in [0, 24 * 60 + 1, -5] {
        assert_eq!(demo.act(json!({ "do": "forward", "minutes": bad })).await, 400, "{bad}");
    }
}
