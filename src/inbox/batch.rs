//! Many inputs at once: those of one subject in order, different subjects side by side.
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tokio::task::JoinSet;

use super::{Arrived, Handled, Inbox, InboxError};

impl Inbox {
    /// Handles a batch; `Ok`, in the order given, only when every input is stored. After an `Err` some may
    /// be stored and others not: when the batch comes again, those that were are dropped as duplicates.
    pub async fn handle_batch(&self, batch: Vec<Arrived>) -> Result<Vec<Handled>, InboxError> {
        let count = batch.len();
        let mut subjects: Vec<Vec<(usize, Arrived)>> = Vec::new();
        let mut places: HashMap<i64, usize> = HashMap::new();
        for (i, arrived) in batch.into_iter().enumerate() {
            let place = *places.entry(arrived.input.subject()).or_insert_with(|| {
                subjects.push(Vec::new());
                subjects.len() - 1
            });
            if let Some(subject) = subjects.get_mut(place) {
                subject.push((i, arrived));
            }
        }
        let mut running = JoinSet::new();
        for subject in subjects {
            // One place is taken before the work is started: a long batch does not become a thousand tasks.
            let permit = Arc::clone(&self.inner.subjects).acquire_owned().await.map_err(|_| InboxError::BrokeOff)?;
            let inbox = self.clone();
            running.spawn(async move {
                let _permit = permit;
                inbox.in_order(subject).await
            });
        }
        let mut handled = vec![None; count];
        let mut failed = None;
        while let Some(outcome) = running.join_next().await {
            match outcome {
                Ok(Ok(done)) => {
                    for (i, outcome) in done {
                        if let Some(place) = handled.get_mut(i) {
                            *place = Some(outcome);
                        }
                    }
                }
                Ok(Err(error)) => failed = Some(error),
                Err(_) => failed = Some(InboxError::BrokeOff),
            }
        }
        match failed {
            Some(error) => Err(error),
            None => handled.into_iter().collect::<Option<Vec<_>>>().ok_or(InboxError::BrokeOff),
        }
    }

    /// Stops at the first input that could not be stored: a later one must not overtake it.
    async fn in_order(&self, subject: Vec<(usize, Arrived)>) -> Result<Vec<(usize, Handled)>, InboxError> {
        let mut done = Vec::with_capacity(subject.len());
        // All of them ask Telegram at the same moment: thirty taps in a group wait for one slow answer, not for thirty.
        let mut asking = VecDeque::with_capacity(subject.len());
        for (_, arrived) in &subject {
            let (inbox, arrived) = (self.clone(), arrived.clone());
            asking.push_back(tokio::spawn(async move { inbox.ask_ahead(&arrived).await }));
        }
        for (i, arrived) in subject {
            let _gate = self.inner.gates.pass(arrived.input.subject()).await;
            let asked = match asking.pop_front() {
                Some(asking) => asking.await.ok().flatten(),
                None => None,
            };
            done.push((i, self.let_in(arrived, asked).await?));
        }
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::sync::Mutex;
    use std::time::{Duration, Instant};

    use tokio::sync::{Notify, mpsc};

    use crate::app::assets;
    use crate::core::scene::{Lookup, Needs, Scene, Step};
    use crate::core::{self, World};
    use crate::inbox::lookups::{Lookups, PATIENCE};
    use crate::inbox::{Core, Parts};
    use crate::seal::key::KeyFile;
    use crate::store::Db;
    use crate::vocabulary::input::{Input, Membership, Press, Sender};

    use super::*;

    /// A Telegram that never answers.
    struct Mute;

    impl Lookups for Mute {
        fn member(&self, _chat: i64, _user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
            Box::pin(std::future::pending())
        }
    }

    #[tokio::test]
    async fn a_telegram_that_never_answers_delays_a_subject_once() {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("baoxiu.db").display());
        let db = Db::open(&address, &KeyFile::new(folder.path().join("key"))).await.unwrap();
        let assets = assets::load(None).unwrap();
        let areas = assets.areas.named();
        let settings = core::Settings {
            bot_name: "bot".to_owned(),
            hotline: None,
            timezone: chrono_tz::Asia::Shanghai,
            promise_minutes: 30,
            morning: 8,
            claims: Default::default(),
            visits: Default::default(),
            appointed: Vec::new(),
            keep: Default::default(),
            paid_notices: None,
        };
        let world = Arc::new(assets::world(assets, &areas, settings).unwrap());
        let seen: Arc<Mutex<Vec<(String, usize)>>> = Arc::default();
        let core = Core {
            needs: |_| Needs { lookups: vec![Lookup::Member { chat: -1, user: 7 }], ..Needs::default() },
            tickets: |_, _| Vec::new(),
            wants_number: |_, _| false,
            wants_notice: |_, _| false,
            may_offer: |_, _| false,
            step: Arc::new({
                let seen = Arc::clone(&seen);
                move |_: &World, input: &Input, scene: Scene| {
                    if let Input::Press(press) = input {
                        seen.lock().unwrap().push((press.data.clone(), scene.facts.len()));
                    }
                    Step::default()
                }
            }),
        };
        let (answers, _toasts) = mpsc::channel(64);
        let parts = Parts { db, bot: 1, world, lookups: Arc::new(Mute), answers, wake: Arc::new(Notify::new()) };
        let inbox = Inbox::with_core(parts, core);
        let tap = |n: i64| {
            let from = Sender { id: 7, ..Sender::default() };
            let query = format!("q{n}");
            let press = Press { query, from, chat: -1, private: false, message: 1, data: n.to_string() };
            Arrived { update_id: Some(n), task: None, at: 1, input: Input::Press(press) }
        };
        let since = Instant::now();
        let handled = inbox.handle_batch((0..30).map(tap).collect()).await.unwrap();
        assert_eq!(handled, vec![Handled::Applied; 30]);
        // One after another they would take a minute.
        assert!(since.elapsed() < PATIENCE + Duration::from_secs(20), "{:?}", since.elapsed());
        let order: Vec<(String, usize)> = (0..30).map(|n| (n.to_string(), 1)).collect();
        assert_eq!(*seen.lock().unwrap(), order, "in order, each with its answer");
    }
}
