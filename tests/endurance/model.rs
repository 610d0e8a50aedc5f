//! A randomised model: customers, technicians and a dispatcher act at random upon the real inbox, store and sender, while the
//! program is killed between and inside commits, Telegram fails, steps panic, updates come again, and the clock jumps. After
//! every play, when all trouble is over, what must hold is checked. The seed that is printed repeats a play.
mod people;
mod rules;
mod telegram;

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use baoxiu::app::assets;
use baoxiu::core::World;
use baoxiu::core::scene::Scene;
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::inbox::lookups::Lookups;
use baoxiu::inbox::{self, Arrived, Core, Inbox};
use baoxiu::outbox::pace::Limits;
use baoxiu::outbox::sender::{self, Sender};
use baoxiu::seal::key::KeyFile;
use baoxiu::store::{Db, Unit, coverage, crew, person};
use baoxiu::vocabulary::input::{Input, Membership, Millis};
use baoxiu::vocabulary::lang::Lang;
use tokio::sync::{Notify, mpsc, watch};

use super::random::Random;
use super::{long, postgres, world};
use people::{CREW, DESK, DISPATCHER, TECHNICIANS};
use telegram::Telegram;

/// Monday, 2 March 2026, 14:00 in Shanghai.
const START: Millis = 1_772_431_200_000;
const MINUTE: Millis = 60_000;

thread_local! {
    /// What time it is. A play has one thread.
    static NOW: Cell<Millis> = const { Cell::new(START) };
}

fn now() -> Millis {
    NOW.get()
}

/// Steps of the core, in the order in which they were taken: whose, and the number of the update.
type Steps = Arc<Mutex<BTreeMap<i64, Vec<i64>>>>;

#[test]
fn hundreds_of_plays_on_sqlite() {
    plays("model, SQLite", if long() { 400 } else { 16 }, |_| None);
}

#[test]
fn plays_on_postgres() {
    plays("model, PostgreSQL", if long() { 100 } else { 4 }, |_| postgres::database());
}

fn plays(name: &str, times: u64, database: fn(u64) -> Option<String>) {
    let on_postgres = name.ends_with("PostgreSQL");
    let since = Instant::now();
    let first = Random::first(name);
    let mut told = rules::Told::default();
    for seed in first..first + times {
        let url = database(seed);
        if on_postgres && url.is_none() {
            return;
        }
        let _named = Named(seed);
        told.add(Play::new(seed, url).plays());
    }
    println!("{name}: {times} plays from {first} on in {:.1?}: {told}", since.elapsed());
}

type Panics = Arc<Mutex<Option<(Random, HashSet<String>)>>>;

/// Whether a step panics now.
fn strikes(panics: &Panics, input: &Input) -> bool {
    match &mut *panics.lock().unwrap() {
        Some((random, known)) => random.below(100) < 4 && known.insert(format!("{input:?}")),
        None => false,
    }
}

/// Names the play that a rule was broken in.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("to repeat it alone: BAOXIU_SEED={}", self.0);
        }
    }
}

/// One play, over all lives of the program.
struct Play {
    random: Random,
    telegram: Telegram,
    url: String,
    key: KeyFile,
    /// What people did; the place is the number of the update.
    updates: Vec<Input>,
    confirmed: usize,
    steps: Steps,
    /// Inputs that made a step panic: each does so once. `None`: none does any more.
    panics: Panics,
    kills: usize,
    _folder: tempfile::TempDir,
}

/// The program, as long as it lives.
struct Life {
    db: Db,
    inbox: Inbox,
    wake: Arc<Notify>,
    _stop: watch::Sender<bool>,
    _toasts: mpsc::Receiver<baoxiu::render::Toast>,
    _moves: mpsc::UnboundedReceiver<Input>,
}

impl Play {
    fn new(seed: u64, url: Option<String>) -> Play {
        NOW.set(START);
        let mut random = Random::of(seed);
        let folder = tempfile::tempdir().unwrap();
        let url = url.unwrap_or_else(|| format!("sqlite://{}", folder.path().join("baoxiu.db").display()));
        Play {
            telegram: Telegram::new(Random::of(random.below(u64::MAX))),
            url,
            key: KeyFile::new(folder.path().join("key")),
            updates: Vec::new(),
            confirmed: 0,
            steps: Steps::default(),
            panics: Arc::new(Mutex::new(Some((Random::of(random.below(u64::MAX)), HashSet::new())))),
            kills: 0,
            random,
            _folder: folder,
        }
    }

    fn plays(mut self) -> rules::Told {
        runtime().block_on(self.opens());
        for _ in 0..4 + self.random.below(4) {
            let mortal = runtime();
            mortal.block_on(async {
                let life = self.lives().await;
                for _ in 0..20 + self.random.below(30) {
                    self.steps(&life).await;
                }
                // Killed while it takes a batch, at whatever it is just waiting for.
                let batch = self.batch();
                let moment = Duration::from_micros(self.random.below(6_000));
                let _ = tokio::time::timeout(moment, life.inbox.handle_batch(batch)).await;
            });
            // Every task ends where it waits; a commit under way may still come through.
            drop(mortal);
            self.kills += 1;
        }
        self.telegram.look().trouble = 0;
        *self.panics.lock().unwrap() = None;
        let calm = runtime();
        calm.block_on(async {
            let life = self.lives().await;
            self.comes_to_rest(&life).await;
            let told = rules::hold(&life.db, &self.telegram, &self.steps, now()).await;
            life.db.close().await;
            told.of(self.updates.len(), self.kills)
        })
    }

    /// A crew, a desk, technicians who are known.
    async fn opens(&self) {
        let db = Db::open(&self.url, &self.key).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let mut unit = Unit::alone(&mut tx);
        coverage::seed(&mut unit, &assets::load(None).unwrap().areas.served).await.unwrap();
        for (chat, kind) in [(CREW, CrewKind::Crew), (DESK, CrewKind::Desk)] {
            let crew =
                Crew { id: 0, chat, kind, title: "群".to_owned(), areas: Vec::new(), active: true, profile: Profile::default() };
            crew::upsert(&mut unit, db.sealer(), &crew).await.unwrap();
        }
        for id in TECHNICIANS.chain([DISPATCHER]) {
            let mut one = person::lock(&mut unit, db.sealer(), id, Lang::Zh).await.unwrap();
            (one.working_name, one.working_phone, one.reachable) = ("李师傅".to_owned(), "13900001111".to_owned(), true);
            person::write(&mut unit, db.sealer(), &one).await.unwrap();
        }
        tx.commit().await.unwrap();
        db.close().await;
    }

    async fn lives(&self) -> Life {
        let db = Db::open(&self.url, &self.key).await.unwrap();
        let (wake, (answers, _toasts)) = (Arc::new(Notify::new()), mpsc::channel(4096));
        let (steps, panics) = (Arc::clone(&self.steps), Arc::clone(&self.panics));
        let step = move |world: &World, input: &Input, scene: Scene| {
            if let Some(n) = number(input) {
                steps.lock().unwrap().entry(input.subject()).or_default().push(n);
            }
            if strikes(&panics, input) {
                // Not `panic!`, which would fill the log with hundreds of them.
                std::panic::resume_unwind(Box::new("as the model wants"));
            }
            baoxiu::core::step(world, input, scene)
        };
        let parts = inbox::Parts {
            db: db.clone(),
            bot: 1,
            world: world::world(),
            lookups: Arc::new(Members),
            answers,
            wake: Arc::clone(&wake),
        };
        let inbox = Inbox::with_core(parts, Core { step: Arc::new(step), ..Core::default() });
        let (migrated, _moves) = mpsc::unbounded_channel();
        let (_stop, stopped) = watch::channel(false);
        let parts = sender::Parts {
            db: db.clone(),
            transport: Arc::new(self.telegram.clone()),
            wake: Arc::clone(&wake),
            migrated,
            footers: Default::default(),
            limits: Limits::of(1_000, 100, 1_000, None),
            now,
        };
        tokio::spawn(Sender::new(parts).run(stopped));
        Life { db, inbox, wake, _stop, _toasts, _moves }
    }

    async fn steps(&mut self, life: &Life) {
        match self.random.below(100) {
            0..55 => {
                for _ in 0..1 + self.random.below(3) {
                    let n = i64::try_from(self.updates.len()).unwrap();
                    let input = people::act(&mut self.random, &self.telegram.look(), n);
                    self.updates.push(input);
                }
            }
            55..72 => self.delivers(life).await,
            72..88 => {
                let time = 1_000 + self.random.below(90_000) as Millis;
                self.passes(life, time).await;
            }
            88..92 => {
                let time = MINUTE * (1 + self.random.below(50) as Millis);
                self.passes(life, time).await;
            }
            // Somebody sets the clock.
            92..95 => NOW.set(now() - MINUTE * self.random.below(120) as Millis),
            _ => self.telegram.look().trouble = [0, 10, 40][self.random.below(3) as usize],
        }
        life.wake.notify_one();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    /// All that waits, as Telegram gives it to who asks.
    fn batch(&self) -> Vec<Arrived> {
        let waiting = self.updates.iter().enumerate().skip(self.confirmed).take(100);
        let arrived = |(n, input): (usize, &Input)| Arrived {
            update_id: Some(i64::try_from(n).unwrap() + 1),
            task: None,
            at: now(),
            input: input.clone(),
        };
        waiting.map(arrived).collect()
    }

    async fn delivers(&mut self, life: &Life) {
        let batch = self.batch();
        let next = self.confirmed + batch.len();
        let stored = life.inbox.handle_batch(batch).await.is_ok();
        // Now and then the confirmation does not arrive.
        if stored && self.random.below(10) > 0 {
            self.confirmed = next;
        }
    }

    async fn passes(&self, life: &Life, time: Millis) {
        NOW.set(now() + time);
        // An error is a passing one; what is due stays so.
        while life.inbox.run_due(now()).await.is_ok_and(|further| further > 0) {}
    }

    /// Everything is delivered, all timers ring, nothing is owed any more.
    async fn comes_to_rest(&mut self, life: &Life) {
        // The clock is right again: behind every moment that it ever showed.
        NOW.set(now().max(START) + 600 * MINUTE);
        while self.confirmed < self.updates.len() {
            self.delivers(life).await;
        }
        let since = Instant::now();
        let mut quiet = 0;
        while quiet < 3 {
            self.passes(life, 30_000).await;
            life.wake.notify_one();
            tokio::time::sleep(Duration::from_millis(3)).await;
            quiet = if rules::at_rest(&life.db).await { quiet + 1 } else { 0 };
            assert!(since.elapsed() < Duration::from_secs(60), "something is owed for ever");
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// The number of the update that an input came in.
fn number(input: &Input) -> Option<i64> {
    match input {
        Input::Message(m) => Some(m.id),
        Input::Press(p) => p.query.strip_prefix('q')?.parse().ok(),
        _ => None,
    }
}

struct Members;

impl Lookups for Members {
    fn member(&self, chat: i64, user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
        let membership = match (chat, user) {
            (CREW | DESK, 0) => Membership::Administrator,
            (CREW, user) if TECHNICIANS.contains(&user) => Membership::Member,
            (DESK, DISPATCHER) => Membership::Member,
            _ => Membership::Outside,
        };
        Box::pin(async move { membership })
    }
}
