//! What people do when they do anything: mostly sensible, never in order.
use baoxiu::vocabulary::input::{Content, Input, MemberChange, Membership, Message, Press, Sender};

use super::super::random::Random;
use super::telegram::State;

pub const CUSTOMERS: std::ops::Range<i64> = 100..104;
pub const TECHNICIANS: std::ops::Range<i64> = 200..203;
pub const DISPATCHER: i64 = 300;
pub const CREW: i64 = -1;
pub const DESK: i64 = -2;
/// What must never be read in the crew's group: street, phone, name.
pub const SECRETS: [&str; 3] = ["兴海路", "1380000", "王女士"];

/// Somebody does something; `n` is the number of the update.
pub fn act(random: &mut Random, telegram: &State, n: i64) -> Input {
    match random.below(100) {
        0..65 => {
            let who = CUSTOMERS.start + below(random, CUSTOMERS.end - CUSTOMERS.start);
            customer(random, telegram, n, who)
        }
        65..92 => {
            let who = TECHNICIANS.start + below(random, TECHNICIANS.end - TECHNICIANS.start);
            let place = if random.below(3) > 0 { CREW } else { who };
            tap(random, telegram, n, who, place).unwrap_or_else(|| says(n, who, "/status"))
        }
        92..97 => {
            let place = if random.below(2) == 0 { DESK } else { DISPATCHER };
            tap(random, telegram, n, DISPATCHER, place).unwrap_or_else(|| says(n, DISPATCHER, "/start"))
        }
        _ => {
            let user = TECHNICIANS.start + below(random, TECHNICIANS.end - TECHNICIANS.start);
            let now = if random.below(3) == 0 { Membership::Outside } else { Membership::Member };
            let by = sender(user);
            Input::Member(MemberChange { chat: CREW, private: false, title: "班组".to_owned(), by, user, now })
        }
    }
}

fn customer(random: &mut Random, telegram: &State, n: i64, who: i64) -> Input {
    let report = format!("兴城市兴海路{n}号 密码忘了 1380000{who:04} 王女士");
    let last = telegram.chats.get(&who).and_then(|shown| shown.last()).map_or("", |shown| shown.text.as_str());
    let words = match random.below(20) {
        // What is asked for is given, mostly.
        0..12 if last.contains("什么时候方便") => ["今天", "尽快"][below(random, 2) as usize],
        0..12 if last.contains("请核对") => "提交",
        0..8 => &report,
        12 => "/status",
        13 => ["/cancel", "/report", "/start", "漏水", "跳过", "返回", "13800000001", "谢谢"][below(random, 8) as usize],
        _ => return tap(random, telegram, n, who, who).unwrap_or_else(|| says(n, who, &report)),
    };
    says(n, who, words)
}

/// A button of one of the newest messages of a chat; an old or a forged one now and then.
fn tap(random: &mut Random, telegram: &State, n: i64, who: i64, chat: i64) -> Option<Input> {
    let newest: Vec<_> = telegram.chats.get(&chat)?.iter().rev().filter(|m| !m.buttons.is_empty()).take(4).collect();
    let message = newest.get(below(random, newest.len().max(1) as i64) as usize)?;
    let data = message.buttons[below(random, message.buttons.len() as i64) as usize].clone();
    let press = Press { query: format!("q{n}"), from: sender(who), chat, private: chat > 0, message: message.id, data };
    Some(Input::Press(press))
}

fn says(n: i64, who: i64, text: &str) -> Input {
    Input::Message(Message {
        chat: who,
        private: true,
        title: String::new(),
        topic: None,
        id: n,
        from: sender(who),
        anonymous: false,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text(text.to_owned()),
        html: None,
    })
}

fn sender(id: i64) -> Sender {
    Sender { id, name: "某人".to_owned(), language: Some("zh".to_owned()) }
}

fn below(random: &mut Random, limit: i64) -> i64 {
    random.below(limit.unsigned_abs()) as i64
}
