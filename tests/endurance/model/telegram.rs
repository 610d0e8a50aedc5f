//! A Telegram in memory: it shows what it was sent, and fails when chance wants it.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use baoxiu::outbox::transport::{Manner, SendError, Sent, Transport};
use baoxiu::render::outgoing::{Body, Markup, Tap};

use super::super::random::Random;

/// A message that stands in a chat.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: i64,
    pub text: String,
    /// Data of its buttons.
    pub buttons: Vec<String>,
}

pub struct State {
    pub chats: BTreeMap<i64, Vec<Shown>>,
    /// Everything that was ever said in groups, taken back or not.
    pub in_groups: Vec<(i64, String)>,
    /// In how many of a hundred cases a call fails.
    pub trouble: u64,
    random: Random,
    last: i64,
}

/// Clones share it; it outlives the program.
#[derive(Clone)]
pub struct Telegram(Arc<Mutex<State>>);

/// What a call meets.
enum Fate {
    Passes,
    Lost(SendError),
    /// It is done, but nobody hears of it.
    AnswerLost,
}

impl Telegram {
    pub fn new(random: Random) -> Telegram {
        let state = State { chats: BTreeMap::new(), in_groups: Vec::new(), trouble: 0, random, last: 0 };
        Telegram(Arc::new(Mutex::new(state)))
    }

    pub fn look(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// The network is between: the program may be killed before a call arrives, and before its answer does.
    async fn call<T>(&self, act: impl FnOnce(&mut State) -> Result<T, SendError>) -> Result<T, SendError> {
        tokio::task::yield_now().await;
        let fate = self.look().fate();
        let done = match fate {
            Fate::Lost(error) => Err(error),
            Fate::AnswerLost => act(&mut self.look()).and(Err(SendError::Transient("the answer was lost"))),
            Fate::Passes => act(&mut self.look()),
        };
        tokio::task::yield_now().await;
        done
    }
}

impl State {
    fn fate(&mut self) -> Fate {
        if self.random.below(100) >= self.trouble {
            return Fate::Passes;
        }
        match self.random.below(4) {
            0 => Fate::Lost(SendError::RetryAfter(Duration::from_secs(3))),
            1 | 2 => Fate::Lost(SendError::Transient("network")),
            _ => Fate::AnswerLost,
        }
    }

    fn says(&mut self, chat: i64, text: &str) {
        if chat < 0 {
            self.in_groups.push((chat, text.to_owned()));
        }
    }

    pub fn shows(&self, chat: i64, message: i64) -> Option<&Shown> {
        self.chats.get(&chat)?.iter().find(|shown| shown.id == message)
    }
}

fn shown(id: i64, body: &Body) -> Shown {
    let (text, rows) = match body {
        Body::Text { html, markup: Markup::Inline(rows) } => (html.clone(), rows.as_slice()),
        Body::Text { html, .. } => (html.clone(), &[][..]),
        other => (format!("{other:?}"), &[][..]),
    };
    let data = |(_, tap): &(String, Tap)| match tap {
        Tap::Data(data) => Some(data.clone()),
        Tap::Url(_) => None,
    };
    Shown { id, text, buttons: rows.iter().flatten().filter_map(data).collect() }
}

impl Transport for Telegram {
    async fn send(&self, chat: i64, body: &Body, _manner: Manner) -> Result<Sent, SendError> {
        if matches!(body, Body::Menu(_)) {
            return self.call(|_| Ok(Sent::default())).await;
        }
        self.call(|state| {
            state.last += 1;
            let new = shown(state.last, body);
            state.says(chat, &new.text);
            state.chats.entry(chat).or_default().push(new);
            Ok(Sent { message_ids: vec![state.last] })
        })
        .await
    }

    async fn edit(&self, chat: i64, message: i64, body: &Body) -> Result<(), SendError> {
        self.call(|state| {
            let new = shown(message, body);
            state.says(chat, &new.text);
            let old = state.chats.entry(chat).or_default().iter_mut().find(|shown| shown.id == message);
            *old.ok_or(SendError::EditImpossible)? = new;
            Ok(())
        })
        .await
    }

    async fn delete(&self, chat: i64, messages: &[i64]) -> Result<(), SendError> {
        self.call(|state| {
            state.chats.entry(chat).or_default().retain(|shown| !messages.contains(&shown.id));
            Ok(())
        })
        .await
    }
}
