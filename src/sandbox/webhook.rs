//! Delivery by webhook: several updates side by side, but of each queue one after the other, repeated until the bot says 2xx.
//! Which updates share a queue is as in Telegram's own server (<https://github.com/tdlib/telegram-bot-api>, the queue id of
//! `Client::add_update`): messages of one chat do, and taps of one person.
use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::state::State;
use super::updates::Webhook;
use super::world::World;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// Longest pause between two tries; Telegram's is longer, but nobody waits that long in a demo.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_secs(30);

/// Updates of one queue wait for each other.
type QueueId = (&'static str, i64);

/// What keeps a queue from going on.
enum Hold {
    UnderWay,
    /// After a failure: until then, and how long the pause is.
    Pause(Instant, Duration),
}

/// Runs until the world closes.
pub(super) async fn deliver(world: World) {
    tokio::select! {
        () = world.closed() => {}
        () = run(&world) => {}
    }
}

async fn run(world: &World) {
    let client = reqwest::Client::new();
    let mut holds: HashMap<QueueId, Hold> = HashMap::new();
    let mut running = JoinSet::new();
    loop {
        let mut changes = world.watch();
        let now = Instant::now();
        while let Some((queue, id, update, hook)) = world.read(|state| next(state, &holds, running.len(), now)) {
            let pause = match holds.insert(queue, Hold::UnderWay) {
                Some(Hold::Pause(_, pause)) => (pause * 2).min(LONGEST_PAUSE),
                _ => FIRST_PAUSE,
            };
            let client = client.clone();
            running.spawn(async move { (queue, id, pause, post(&client, &update, &hook).await) });
        }
        let later = holds.values().filter_map(|hold| match hold {
            Hold::Pause(until, _) if *until > now => Some(*until),
            _ => None,
        });
        let until = later.min().unwrap_or(now + PATIENCE);
        tokio::select! {
            Some(done) = running.join_next() => {
                let Ok((queue, id, pause, outcome)) = done else { continue };
                settle(world, id, &outcome);
                match outcome {
                    Ok(()) => holds.remove(&queue),
                    Err(_) => holds.insert(queue, Hold::Pause(Instant::now() + pause, pause)),
                };
            }
            changed = changes.changed() => if changed.is_err() { return },
            () = sleep_until(until) => {}
        }
    }
}

/// The first update that may go now: none of its queue is under way, before it, or in a pause.
fn next(state: &State, holds: &HashMap<QueueId, Hold>, running: usize, now: Instant) -> Option<(QueueId, i64, Value, Webhook)> {
    let hook = state.updates.webhook.as_ref().filter(|hook| running < hook.connections)?;
    let free = |queue: &QueueId| match holds.get(queue) {
        None => true,
        Some(Hold::Pause(until, _)) => *until <= now,
        Some(Hold::UnderWay) => false,
    };
    // The first of a queue comes first in this order, too.
    let mut able = state.updates.waiting.iter().filter(|(_, update)| free(&queue(update)));
    let first = able.next()?;
    let mut later = able.filter(|(_, update)| queue(update) == queue(&first.1));
    let (id, update) = later.next().filter(|_| state.chance.strikes(state.muddle.overtakes)).unwrap_or(first);
    Some((queue(update), *id, update.clone(), hook.clone()))
}

fn queue(update: &Value) -> QueueId {
    let whose = |kind: &str, of: &str| update[kind][of]["id"].as_i64();
    let chat = ["message", "edited_message"].iter().find_map(|kind| whose(kind, "chat"));
    let tap = || whose("callback_query", "from").map(|person| ("tap", person));
    let member = || ["chat_member", "my_chat_member"].iter().find_map(|kind| whose(kind, "chat")).map(|chat| ("member", chat));
    chat.map(|chat| ("message", chat)).or_else(tap).or_else(member).unwrap_or(("other", 0))
}

async fn post(client: &reqwest::Client, update: &Value, hook: &Webhook) -> Result<(), String> {
    let mut request = client.post(&hook.url).timeout(PATIENCE).json(update);
    if let Some(secret) = &hook.secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("Wrong response from the webhook: {}", answer.status())),
        Err(_) => Err("Connection failed".to_owned()),
    }
}

fn settle(world: &World, id: i64, outcome: &Result<(), String>) {
    world.change(|state| match outcome {
        Ok(()) if state.chance.strikes(state.muddle.repeats) => {}
        Ok(()) => state.updates.delivered(id),
        Err(problem) => {
            let at = state.now_ms() / 1000;
            if let Some(hook) = &mut state.updates.webhook {
                hook.last_error = Some((at, problem.clone()));
            }
        }
    });
}
