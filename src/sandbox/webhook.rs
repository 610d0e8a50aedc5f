//! Delivery by webhook: one update after the other, repeated until the bot says 2xx.
use std::time::Duration;

use serde_json::Value;

use super::state::State;
use super::world::World;

/// Longest pause between two tries; Telegram's is longer, but nobody waits that long in a demo.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

/// Runs until the world closes.
pub(super) async fn deliver(world: World) {
    tokio::select! {
        () = world.closed() => {}
        () = run(&world) => {}
    }
}

async fn run(world: &World) {
    let client = reqwest::Client::new();
    let mut pause = Duration::from_millis(250);
    loop {
        let mut changes = world.watch();
        let Some((id, update, url, secret)) = world.read(next) else {
            if changes.changed().await.is_err() {
                return;
            }
            continue;
        };
        let mut request = client.post(&url).timeout(Duration::from_secs(30)).json(&update);
        if let Some(secret) = secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        let problem = match request.send().await {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("Wrong response from the webhook: {}", answer.status())),
            Err(_) => Some("Connection failed".to_owned()),
        };
        if problem.is_none() {
            pause = Duration::from_millis(250);
            world.change(|state| state.updates.confirm(id + 1));
            continue;
        }
        world.change(|state| {
            let at = state.now_ms() / 1000;
            if let Some(hook) = &mut state.updates.webhook {
                hook.last_error = problem.map(|problem| (at, problem));
            }
        });
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn next(state: &State) -> Option<(i64, Value, String, Option<String>)> {
    let hook = state.updates.webhook.as_ref()?;
    let (id, update) = state.updates.waiting.front()?;
    Some((*id, update.clone(), hook.url.clone(), hook.secret.clone()))
}
