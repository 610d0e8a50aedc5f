//! Nobody waits for anyone: how long others wait for an answer while somebody or something keeps the bot busy.
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use baoxiu::render::outgoing::{Body, Markup, Outgoing};
use baoxiu::sandbox::{ADMIN, ChatMessage, Fault, Harm, Rates};
use baoxiu::store::{Unit, outbox};
use baoxiu::vocabulary::say::{CardRef, CardRole, Place, Priority};
use tokio::task::JoinSet;

use super::house::{House, Way, number};
use super::people::Person;
use super::random::Random;
use super::{PATIENCE, long};

const FIRST: i64 = 1_000;
/// Those who only want an answer now and then.
const OTHERS: i64 = 12;
/// People who have started the bot before, from one id to another.
const PEOPLE: &str = "WITH RECURSIVE n(id) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT id + 1 FROM n WHERE id < $2) \
    INSERT INTO person (id, version, lang, reachable, admin, tokens, refilled, warned) \
    SELECT id, 1, 'zh', 1, 0, 20000, 0, 0 FROM n";
const CARDS_WAIT: &str = "SELECT COUNT(*) FROM outbox WHERE priority = 1 AND chat = -1";
/// Who is a nuisance.
const NUISANCE: i64 = FIRST - 1;

macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {$(mod $test {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn sqlite() {
            let _alone = super::super::ALONE.lock().await;
            let house = super::House::on_sqlite(super::Way::Polling, super::Rates::default()).await;
            super::$test(concat!(stringify!($test), ", SQLite"), house).await;
        }
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn postgres() {
            let _alone = super::super::ALONE.lock().await;
            // They are all but the same there.
            if !super::long() && stringify!($test) != "a_queue_of_notices_and_cards_delays_no_reply" {
                return;
            }
            if let Some(house) = super::House::on_postgres(super::Way::Polling, super::Rates::default()).await {
                super::$test(concat!(stringify!($test), ", PostgreSQL"), house).await;
            }
        }
    })+};
}
on_both!(
    a_queue_of_notices_and_cards_delays_no_reply,
    who_writes_a_hundred_a_second_slows_nobody_else,
    a_pause_stays_in_its_chat
);

/// Ten thousand notices (twice as many in the long form) and two hundred cards of one group wait; a customer's reply leaves within a second.
async fn a_queue_of_notices_and_cards_delays_no_reply(name: &str, house: House) {
    const CARDS: i64 = 200;
    // Thirty of them leave in a second; more than half of them shall be left when the last reply has come.
    let recipients = if long() { 20_000 } else { 10_000 };
    house.people(FIRST..FIRST + recipients);
    (FIRST..FIRST + recipients).for_each(|id| house.world.begin(id));
    let bot = house.run();
    house.crews(&["辽宁省"]).await;
    let db = house.db().await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query(PEOPLE).bind(FIRST).bind(FIRST + recipients - 1).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let admin = Person::new(&house.world, ADMIN, ADMIN);
    for (words, reads) in [("/broadcast", "要群发什么"), ("明天停水", "发给谁")] {
        admin.says(words);
        admin.hears(reads).await;
    }
    admin.taps("全体顾客").await;
    admin.hears("将发给").await;
    admin.taps("发送").await;
    admin.hears("正在发送").await;
    let mut tx = db.begin().await.unwrap();
    for ticket in 5_001..=5_000 + CARDS {
        let place = Place::Card(CardRef { number: ticket, role: CardRole::Crew });
        let body = Body::Text { html: format!("工单 BX-{ticket}"), markup: Markup::None };
        let card = Outgoing { chat: -1, body, place, priority: Priority::Desk, protect: false };
        outbox::push(&mut Unit::alone(&mut tx), db.sealer(), &card, house.world.now_ms()).await.unwrap();
    }
    tx.commit().await.unwrap();
    // Until the bot, which did not write the cards itself, has found them.
    while number(&db, CARDS_WAIT).await == CARDS {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let mut waits = Vec::new();
    let customers = [FIRST, FIRST + 1].map(|id| Person::new(&house.world, id, id));
    let mut random = Random::seeded(name);
    for n in 0..if long() { 200 } else { 14 } {
        // Neither of them writes more often than once a second.
        tokio::time::sleep(Duration::from_millis(500 + random.below(300))).await;
        waits.push(asks(&customers[n % 2], n / 2).await);
    }
    let queued = recipients - number(&db, "SELECT sent FROM notice").await;
    let cards = number(&db, CARDS_WAIT).await;
    db.close().await;
    println!("{name}: {queued} notices and {cards} cards still queued; a customer's reply took {}", Waits(&mut waits));
    assert!(queued > recipients / 2 && cards > CARDS / 2, "they were still queued");
    assert!(waits.iter().all(|wait| *wait < Duration::from_secs(1)), "a reply leaves within a second");
    assert_eq!(house.world.violations(), [""; 0]);
    bot.kill();
}

/// A hundred messages a second from one person.
async fn who_writes_a_hundred_a_second_slows_nobody_else(name: &str, house: House) {
    house.people(NUISANCE..FIRST + OTHERS);
    let bot = house.run();
    house.crews(&["辽宁省"]).await;
    let times = if long() { 40 } else { 6 };
    let mut calm = others(&house, times).await;
    let over = AtomicBool::new(false);
    let mut busy = Vec::new();
    let mut written = 0;
    let flood = async {
        let mut tick = tokio::time::interval(Duration::from_millis(10));
        while !over.load(Ordering::Relaxed) {
            tick.tick().await;
            house.world.say(NUISANCE, NUISANCE, "/privacy");
            written += 1;
        }
    };
    let served = async {
        busy = others(&house, times).await;
        over.store(true, Ordering::Relaxed);
    };
    tokio::join!(flood, served);
    println!("{name}: others waited {} in calm, {} beside {written} messages of one person", Waits(&mut calm), Waits(&mut busy));
    assert!(at(&mut busy, 99) < Duration::from_secs(1), "others are served as before");
    let told = house.world.messages(NUISANCE).iter().filter(|m| m.from_bot).count();
    assert!(told < written / 4, "the flood itself is not answered message by message: {told} of {written}");
    house.settles(PATIENCE).await;
    bot.kill();
}

/// Telegram asks for a pause in one chat, for which a lot is owed.
async fn a_pause_stays_in_its_chat(name: &str, house: House) {
    house.people(NUISANCE..FIRST + OTHERS);
    let bot = house.run();
    house.crews(&["辽宁省"]).await;
    let times = if long() { 40 } else { 5 };
    let mut calm = others(&house, times).await;
    let sends = Fault { sends: true, chat: Some(NUISANCE), harm: Harm::pause(60), ..Fault::default() };
    house.world.fault(sends);
    (0..20).for_each(|n| _ = house.world.say(NUISANCE, NUISANCE, ["/privacy", "/id"][n % 2]));
    let mut busy = others(&house, times).await;
    println!("{name}: others waited {} in calm, {} beside a pause", Waits(&mut calm), Waits(&mut busy));
    let refused = house.world.requests().iter().filter(|r| r.status == 429).count();
    assert_eq!(refused, 1, "the pause is kept");
    assert!(at(&mut busy, 99) < Duration::from_secs(1), "others are served as before");
    bot.kill();
}

/// Each of the others asks so many times, once a second; how long each answer took.
async fn others(house: &House, times: usize) -> Vec<Duration> {
    let mut asking = JoinSet::new();
    for n in 0..OTHERS {
        let one = Person::new(&house.world, FIRST + n, FIRST + n);
        asking.spawn(async move {
            let mut waits = Vec::new();
            for n in 0..times {
                tokio::time::sleep(Duration::from_millis(1_000)).await;
                waits.push(asks(&one, n).await);
            }
            waits
        });
    }
    asking.join_all().await.into_iter().flatten().collect()
}

async fn asks(one: &Person, n: usize) -> Duration {
    let before = one.shown().len();
    let since = Instant::now();
    one.says(["/privacy", "/id"][n % 2]);
    let words = ["只保存报修需要的内容", "用户 ID"][n % 2];
    let answer = |m: &&ChatMessage| m.from_bot && m.text.contains(words);
    one.expects(words, |all| all.iter().filter(|m| m.from_bot).skip(before).any(|m| answer(&m))).await;
    since.elapsed()
}

fn at(waits: &mut [Duration], percent: usize) -> Duration {
    waits.sort_unstable();
    waits[(waits.len() * percent / 100).min(waits.len() - 1)]
}

struct Waits<'a>(&'a mut Vec<Duration>);

impl std::fmt::Display for Waits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut sorted = self.0.clone();
        let (half, most, longest) = (at(&mut sorted, 50), at(&mut sorted, 99), at(&mut sorted, 100));
        write!(f, "{half:.0?} (half), {most:.0?} (99 %), {longest:.0?} (longest of {})", sorted.len())
    }
}
