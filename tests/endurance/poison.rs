//! A message that makes the program panic, every time it is tried, beside people who only want an answer: it is kept, tried
//! again and parked, what its sender says later waits behind it, and nobody else notices.
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use baoxiu::core::World;
use baoxiu::core::scene::Scene;
use baoxiu::inbox::lookups::Lookups;
use baoxiu::inbox::{Arrived, Core, Handled, Inbox, Parts};
use baoxiu::store::{Db, parked, task};
use baoxiu::vocabulary::input::{Content, Input, Membership, Message, Sender};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

use super::databases::{self, Fresh};
use super::house::number;
use super::{long, world};

const POISON: &str = "毒";
const POISONER: i64 = 7;
const OTHERS: i64 = 40;
const NOW: i64 = 1_770_000_000_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn delays_nobody_and_is_parked() {
    let _alone = super::ALONE.lock().await;
    for fresh in databases::each().await {
        poisoned(&fresh).await;
    }
}

async fn poisoned(fresh: &Fresh) {
    let inbox = inbox(&fresh.db);
    let each = if long() { 100 } else { 15 };
    let calm = others(&inbox, 1_000, each).await;
    let poisoning = {
        let inbox = inbox.clone();
        async move {
            let mut outcomes = Vec::new();
            for update in 1..=20 {
                let words = if update % 2 == 1 { POISON } else { "/privacy" };
                // From somebody new each time: nothing of it waits behind an earlier one of theirs.
                outcomes.push(inbox.handle(says(update, POISONER + update, words)).await.unwrap());
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            outcomes
        }
    };
    let (outcomes, busy) = tokio::join!(poisoning, others(&inbox, 100_000, each));
    assert!(outcomes.iter().step_by(2).all(|o| *o == Handled::Stored), "{outcomes:?}");
    assert!(outcomes.iter().skip(1).step_by(2).all(|o| *o == Handled::Applied), "{outcomes:?}");

    // What its sender says later waits behind it, until it is parked.
    let told = [says(50, POISONER, POISON), says(51, POISONER, "/privacy")];
    assert_eq!(inbox.handle_batch(told.to_vec()).await.unwrap(), [Handled::Stored, Handled::Waiting]);
    let mut now = NOW;
    for delay in task::DELAYS {
        now += delay;
        inbox.run_due(now).await.unwrap();
    }
    inbox.run_due(now).await.unwrap();
    let set_aside = parked::list(&mut fresh.db.read().await.unwrap(), fresh.db.sealer(), 99).await.unwrap().len();
    assert_eq!(set_aside, 11, "each poison is parked, and nothing else");
    assert_eq!(number(&fresh.db, "SELECT COUNT(*) FROM task WHERE kind = 'input' AND parked IS NULL").await, 0);
    let (calm, busy) = (worst(calm), worst(busy));
    println!(
        "{:?}: others' inputs were through within {calm:.0?} (99 %) in calm, {busy:.0?} beside 10 that panicked",
        fresh.db.backend()
    );
    assert!(busy < Duration::from_secs(1), "nobody waits for a poison");
}

fn inbox(db: &Db) -> Inbox {
    let (answers, _) = mpsc::channel(16);
    let wake = Arc::new(Notify::new());
    let parts = Parts { db: db.clone(), bot: 1, world: world::world(), lookups: Arc::new(Nobody), answers, wake };
    let step = |world: &World, input: &Input, scene: Scene| {
        let poison = matches!(input, Input::Message(m) if m.text() == Some(POISON));
        if poison {
            // As a panic does, but nothing is printed: the traces of twenty took the machine longer than all the rest.
            std::panic::resume_unwind(Box::new("as the test wants"));
        }
        baoxiu::core::step(world, input, scene)
    };
    Inbox::with_core(parts, Core { step: Arc::new(step), ..Core::default() })
}

/// All of them write one message after the other; how long each took.
async fn others(inbox: &Inbox, first_update: i64, each: i64) -> Vec<Duration> {
    let mut writing = JoinSet::new();
    for n in 0..OTHERS {
        let inbox = inbox.clone();
        writing.spawn(async move {
            let mut waits = Vec::new();
            for i in 0..each {
                let since = Instant::now();
                let arrived = says(first_update + n * each + i, 1_000 + n, "/privacy");
                assert_eq!(inbox.handle(arrived).await.unwrap(), Handled::Applied);
                waits.push(since.elapsed());
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            waits
        });
    }
    writing.join_all().await.into_iter().flatten().collect()
}

fn worst(mut waits: Vec<Duration>) -> Duration {
    waits.sort_unstable();
    waits[waits.len() * 99 / 100]
}

fn says(update: i64, from: i64, text: &str) -> Arrived {
    let message = Message {
        chat: from,
        private: true,
        title: String::new(),
        topic: None,
        id: update,
        from: Sender { id: from, name: "李雷".into(), language: Some("zh".into()) },
        anonymous: false,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text(text.into()),
        html: None,
    };
    Arrived { update_id: Some(update), task: None, at: NOW, input: Input::Message(message) }
}

/// Asked nothing here.
struct Nobody;

impl Lookups for Nobody {
    fn member(&self, _chat: i64, _user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
        Box::pin(async { Membership::Unknown })
    }
}
