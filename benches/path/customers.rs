//! Customers who report one fault after the other, each as fast as the bot answers.
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::telegram::{Said, Telegram};

pub const ADMIN: i64 = 1;
const CREW: i64 = -100;

/// What the bot must have said before the next step, and the step: words, or the label of a button.
const STEPS: [(&str, Step); 5] = [
    ("", Step::Say("漏水")),
    ("情况", Step::Say("水管一直在滴水，关了总阀还在滴")),
    ("地址", Step::Say("兴城市兴海路3号2单元501 13812345678 王女士")),
    ("什么时候方便", Step::Tap("今天")),
    ("请核对", Step::Tap("提交报修")),
];
const LAST: &str = "BX-";

#[derive(Clone, Copy)]
enum Step {
    Say(&'static str),
    Tap(&'static str),
}

/// Times of steps and the number of finished dialogs since the last reset.
#[derive(Default)]
struct Log {
    steps: Vec<Duration>,
    dialogs: usize,
    over: bool,
}

pub struct Figures {
    pub dialogs: usize,
    pub per_second: f64,
    pub p50: f64,
    pub p99: f64,
    pub max: f64,
}

struct Customer {
    step: usize,
    since: Instant,
}

#[derive(Clone)]
pub struct Customers {
    telegram: Telegram,
    log: Arc<Mutex<Log>>,
}

impl Customers {
    pub fn new(telegram: Telegram) -> Customers {
        Customers { telegram, log: Arc::default() }
    }

    /// The admin starts the bot and binds a crew.
    pub async fn open(&self) {
        self.telegram.push(message(ADMIN, ADMIN, self.telegram.next_message(), "/start"));
        self.telegram.push(message(ADMIN, CREW, self.telegram.next_message(), "/bind"));
        while self.telegram.sent() < 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// So many begin at once; whoever is done is followed by somebody new.
    pub fn come(&self, size: usize) {
        let mut heard = self.telegram.listen();
        let (telegram, log) = (self.telegram.clone(), Arc::clone(&self.log));
        tokio::spawn(async move {
            let mut next = 1_000_000;
            let mut under_way: HashMap<i64, Customer> = HashMap::new();
            let mut come = |under_way: &mut HashMap<i64, Customer>| {
                next += 1;
                act(&telegram, next, STEPS[0].1, None);
                under_way.insert(next, Customer { step: 1, since: Instant::now() });
            };
            (0..size).for_each(|_| come(&mut under_way));
            while let Some(said) = heard.recv().await {
                let Some(customer) = under_way.get_mut(&said.chat) else { continue };
                let expected = STEPS.get(customer.step).map_or(LAST, |(words, _)| words);
                if !said.text.contains(expected) {
                    continue;
                }
                let mut log = log.lock().expect("sound");
                if log.over {
                    return;
                }
                log.steps.push(customer.since.elapsed());
                match STEPS.get(customer.step) {
                    Some((_, step)) => {
                        customer.step += 1;
                        customer.since = Instant::now();
                        act(&telegram, said.chat, *step, Some(&said));
                    }
                    None => {
                        log.dialogs += 1;
                        under_way.remove(&said.chat);
                        come(&mut under_way);
                    }
                }
            }
        });
    }

    pub fn reset(&self) {
        *self.log.lock().expect("sound") = Log::default();
    }

    pub fn leave(&self) {
        self.log.lock().expect("sound").over = true;
    }

    pub fn figures(&self, span: Duration) -> Figures {
        let mut log = self.log.lock().expect("sound");
        log.steps.sort_unstable();
        let at = |share: f64| {
            let place = ((log.steps.len() as f64) * share) as usize;
            log.steps.get(place.min(log.steps.len().saturating_sub(1))).map_or(0.0, |d| d.as_secs_f64() * 1e3)
        };
        Figures {
            dialogs: log.dialogs,
            per_second: log.dialogs as f64 / span.as_secs_f64(),
            p50: at(0.5),
            p99: at(0.99),
            max: at(1.0),
        }
    }
}

fn act(telegram: &Telegram, who: i64, step: Step, said: Option<&Said>) {
    match (step, said) {
        (Step::Say(words), _) => telegram.push(message(who, who, telegram.next_message(), words)),
        (Step::Tap(label), Some(said)) => {
            let data = said.buttons.iter().find(|(l, _)| l == label).map(|(_, data)| data.clone());
            let data = data.unwrap_or_else(|| panic!("no button {label} under {}", said.text));
            telegram.push(json!({"callback_query": {"id": telegram.next_message().to_string(), "from": user(who),
                "message": {"message_id": said.message, "date": 1, "chat": {"id": who, "type": "private"}, "text": "x"},
                "chat_instance": "1", "data": data}}));
        }
        (Step::Tap(label), None) => panic!("{label} stands under nothing"),
    }
}

fn user(id: i64) -> Value {
    json!({"id": id, "is_bot": false, "first_name": "王", "language_code": "zh-hans"})
}

fn message(who: i64, chat: i64, id: i64, text: &str) -> Value {
    let place = if chat < 0 {
        json!({"id": chat, "type": "group", "title": "g"})
    } else {
        json!({"id": chat, "type": "private", "first_name": "王"})
    };
    let mut message = json!({"message_id": id, "date": 1, "chat": place, "from": user(who), "text": text});
    if let Some(end) = text.starts_with('/').then_some(text.len()) {
        message["entities"] = json!([{"type": "bot_command", "offset": 0, "length": end}]);
    }
    json!({"message": message})
}
