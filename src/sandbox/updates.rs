//! The queue of updates: who may see what, and what waits for `getUpdates`.
use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::faults::Muddle;
use super::state::Chance;

/// Kinds that come only when they are asked for by name.
const ONLY_BY_NAME: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// How many that were confirmed are kept, to come again.
const PAST_KEPT: usize = 200;

/// Updates that wait, and the rules under which new ones are added.
#[derive(Default)]
pub(super) struct Updates {
    pub waiting: VecDeque<(i64, Value)>,
    last_id: i64,
    /// The last that were confirmed.
    past: VecDeque<Value>,
    /// The last `allowed_updates`; empty = the default set.
    pub allowed: Vec<String>,
    /// Which `getUpdates` call is the newest: an older one that still waits is turned away.
    pub poller: u64,
    /// Address and secret of the webhook.
    pub webhook: Option<Webhook>,
}

#[derive(Clone)]
pub(super) struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    /// How many updates may be under way at the same moment.
    pub connections: usize,
    pub last_error: Option<(i64, String)>,
}

impl Updates {
    pub fn wants(&self, kind: &str) -> bool {
        if self.allowed.is_empty() { !ONLY_BY_NAME.contains(&kind) } else { self.allowed.iter().any(|k| k == kind) }
    }

    pub fn last_id(&self) -> i64 {
        self.last_id
    }

    pub fn push(&mut self, kind: &str, payload: Value, now_s: i64) {
        if self.last_id == 0 {
            // A bot that keeps its database over several worlds must not take new updates for old ones.
            self.last_id = now_s - 1_000_000_000;
        }
        self.last_id += 1;
        let mut update = Map::new();
        update.insert("update_id".into(), json!(self.last_id));
        update.insert(kind.into(), payload);
        self.waiting.push_back((self.last_id, Value::Object(update)));
    }

    /// Forgets what an offset confirms. A negative offset keeps only that many from the end.
    pub fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            while self.waiting.len() > keep {
                self.waiting.pop_front();
            }
        }
        while self.waiting.front().is_some_and(|(id, _)| *id < offset) {
            self.past.extend(self.waiting.pop_front().map(|(_, update)| update));
        }
        while self.past.len() > PAST_KEPT {
            self.past.pop_front();
        }
    }

    /// Forgets one update, which was delivered.
    pub fn delivered(&mut self, id: i64) {
        self.waiting.retain(|(waiting, _)| *waiting != id);
    }

    /// The first that wait, got out of order as wanted; those that come again are beyond the limit.
    pub fn batch(&self, limit: usize, muddle: Muddle, chance: &Chance) -> Vec<Value> {
        let mut batch: Vec<Value> = self.waiting.iter().take(limit).map(|(_, update)| update.clone()).collect();
        for i in 1..batch.len() {
            if chance.strikes(muddle.overtakes) {
                batch.swap(i - 1, i);
            }
        }
        let again = batch.iter().filter(|_| chance.strikes(muddle.repeats)).count();
        for _ in 0..again {
            let old = usize::try_from(chance.below(self.past.len().max(1) as u64)).unwrap_or_default();
            let at = usize::try_from(chance.below(batch.len() as u64)).unwrap_or_default();
            if let Some(update) = self.past.get(old) {
                batch.insert(at, update.clone());
            }
        }
        batch
    }
}
