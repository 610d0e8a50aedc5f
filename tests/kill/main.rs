//! `kill -9` of the real program, five times in the middle of fifty reports, four times in that of a [`notice`]: nothing is
//! lost, nothing is done twice.
//!
//! The moments are random; `BAOXIU_KILL_SEED` repeats a run's.
mod customer;
mod notice;
#[path = "../support/postgres.rs"]
mod postgres;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/process.rs"]
mod process;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

use baoxiu::sandbox::{ADMIN, Options, Rates, Sandbox, User, Window, World};
use baoxiu::seal::key::KeyFile;
use baoxiu::store::Db;
use process::Bot;

const CUSTOMERS: i64 = 50;
const KILLS: usize = 5;
/// Most sends that the program has under way at a moment: those may repeat after a crash.
const IN_FLIGHT: usize = 12;
/// For everything together; a loaded machine must not fail the test.
const PATIENCE: Duration = Duration::from_secs(300);
const FIRST_CUSTOMER: i64 = 100;
/// Four crews, because Telegram takes twenty messages a minute in one group.
const PROVINCES: [&str; 4] = ["辽宁省", "陕西省", "广东省", "湖北省"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("baoxiu.db").display());
    killed_five_times(&url, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    if let Some(url) = tokio::task::spawn_blocking(postgres::database).await.unwrap() {
        killed_five_times(&url, tempfile::tempdir().unwrap().path()).await;
    }
}

async fn killed_five_times(url: &str, folder: &Path) {
    let since = Instant::now();
    let mut random = Random::seeded();
    // A program that was killed has forgotten what it sent within the minute.
    let rates = Rates { group: vec![Window::new(40, 60)], ..Rates::default() };
    let sandbox = Sandbox::start(Options { rates, ..Options::default() }).await.unwrap();
    let world = sandbox.world();
    let api = sandbox.api_url();
    let (key, admin) = (folder.join("baoxiu.key"), ADMIN.to_string());
    let settings = [
        ("TELOXIDE_TOKEN", sandbox.token()),
        ("TELOXIDE_API_URL", &api),
        ("DATABASE_URL", url),
        ("BAOXIU_KEY_FILE", key.to_str().unwrap()),
        ("BAOXIU_ADMINS", &admin),
        ("RUST_LOG", "warn"),
    ];
    let log = folder.join("log");
    let run = || Bot::run(&settings, &log);

    let mut bot = run();
    open(&world).await;
    let mut customers = tokio::task::JoinSet::new();
    for n in 0..CUSTOMERS {
        let later = Duration::from_millis(random.below(12_000));
        let world = world.clone();
        customers.spawn(async move {
            tokio::time::sleep(later).await;
            tokio::time::timeout(PATIENCE, customer::reports(&world, FIRST_CUSTOMER + n, n)).await
        });
    }
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(900 + random.below(1_600))).await;
        while customers.try_join_next().map(|done| done.unwrap().expect("a customer is served")).is_some() {}
        assert!(!customers.is_empty(), "the kill came when everything was over");
        println!("killed at {:?}, {} customers under way", since.elapsed(), customers.len());
        bot.kill();
        bot = run();
    }
    while let Some(done) = customers.join_next().await {
        if done.unwrap().is_err() {
            panic!("a customer was not served; the program said:\n{}", bot.said());
        }
    }
    let db = Db::open(url, &KeyFile::new(&key)).await.unwrap();
    let empty = async {
        while number(&db, "SELECT COUNT(*) FROM outbox").await > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, empty).await.expect("everything owed is sent");
    let (status, took) = bot.terminate();
    assert!(status.success(), "SIGTERM ends well: {status}");
    assert!(took < Duration::from_secs(8), "a stop takes at most 5 s: {took:?}");

    check(&db, &world).await;
    let twice = sent_twice(&world);
    println!("{KILLS} kills, {CUSTOMERS} reports in {:?}; messages sent twice: {twice}", since.elapsed());
    assert!(twice <= KILLS * IN_FLIGHT, "only what was under way at a kill may be sent twice: {twice}");
    assert_eq!(world.violations(), [""; 0]);
    assert_eq!(world.pending_updates(), 0, "every update is confirmed");
    db.close().await;
}

/// People, groups, and four crews.
async fn open(world: &World) {
    let person = |id: i64, name: &str| User {
        id,
        first_name: name.to_owned(),
        language_code: Some("zh-hans".to_owned()),
        ..User::default()
    };
    world.add_user(person(ADMIN, "周经理"));
    world.start(ADMIN, None);
    for n in 0..CUSTOMERS {
        world.add_user(person(FIRST_CUSTOMER + n, "顾客"));
    }
    for (group, province) in (1..).zip(PROVINCES) {
        world.add_group(-group, province, ADMIN);
        world.add_bot(-group, ADMIN, true);
        world.say(ADMIN, -group, &format!("/bind {province}"));
    }
    for group in 1..=4 {
        world.wait_for(-group, PATIENCE, |all| all.iter().any(|m| m.text.contains('✓'))).await.unwrap();
    }
}

/// Every customer has one ticket, every ticket one number, one submission, and one recorded card in each chat.
async fn check(db: &Db, world: &World) {
    let mut conn = db.read().await.unwrap();
    let tickets: Vec<(i64, i64)> = sqlx::query_as("SELECT number, customer FROM ticket").fetch_all(&mut *conn).await.unwrap();
    let numbers: BTreeSet<i64> = tickets.iter().map(|t| t.0).collect();
    let customers: BTreeSet<i64> = tickets.iter().map(|t| t.1).collect();
    assert_eq!(numbers, (1_001..=1_000 + CUSTOMERS).collect(), "numbers are distinct and without gaps");
    assert_eq!(customers, (FIRST_CUSTOMER..FIRST_CUSTOMER + CUSTOMERS).collect(), "one ticket each");
    let events: Vec<(i64, String)> = sqlx::query_as("SELECT ticket, what FROM ticket_event").fetch_all(&mut *conn).await.unwrap();
    assert_eq!(events.len(), tickets.len(), "one submission each: {events:?}");

    let cards: Vec<(i64, String, i64, i64)> =
        sqlx::query_as("SELECT ticket, role, chat, message FROM card").fetch_all(&mut *conn).await.unwrap();
    let mut of_ticket: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for (ticket, role, chat, message) in &cards {
        of_ticket.entry(*ticket).or_default().push(role);
        let shown = world.messages(*chat).into_iter().find(|m| m.id == *message);
        assert!(shown.is_some_and(|m| m.text.contains(&format!("BX-{ticket}"))), "a card that is not there: {ticket} {role}");
    }
    for (ticket, customer) in &tickets {
        let mut roles = of_ticket.remove(ticket).unwrap_or_default();
        roles.sort_unstable();
        assert_eq!(roles, ["crew", "customer"], "the cards of BX-{ticket} (customer {customer})");
    }
    assert_eq!(number(db, "SELECT COUNT(*) FROM task WHERE kind = 'input'").await, 0, "nothing failed, nothing waits");
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut *db.read().await.unwrap()).await.unwrap()
}

/// New messages with the same words to the same chat: in this play nobody is told anything twice on purpose.
fn sent_twice(world: &World) -> usize {
    let mut sent: HashMap<String, usize> = HashMap::new();
    for request in world.requests().iter().filter(|r| r.method.eq_ignore_ascii_case("sendMessage") && r.status == 200) {
        *sent.entry(format!("{} {}", request.params["chat_id"], request.params["text"])).or_default() += 1;
    }
    sent.values().map(|times| times - 1).sum()
}

/// A small generator of its own: a test needs no better one.
struct Random(u64);

impl Random {
    fn seeded() -> Random {
        let given = std::env::var("BAOXIU_KILL_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(std::process::id()) ^ sandbox_clock());
        println!("BAOXIU_KILL_SEED={seed}");
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn sandbox_clock() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    since.subsec_nanos().into()
}
