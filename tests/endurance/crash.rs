//! `kill -9` at random moments: no update is lost, none is applied twice, and everybody reads what they would have read.
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use baoxiu::sandbox::{Rates, World};
use baoxiu::store::Db;

use super::customer::{self, KINDS, PROVINCES, ROUND};
use super::house::{House, Way, holds, number, seen};
use super::random::Random;
use super::transcript::{self, Line};
use super::{IN_FLIGHT, PATIENCE, long};

const FIRST: i64 = 1_000;
/// One of each kind, who is served before anything goes wrong.
const CALM: std::ops::Range<i64> = FIRST - KINDS..FIRST;

/// How the board of a busy group begins.
const BOARD: &str = "接单看板";

/// How much is played.
struct Size {
    customers: i64,
    rounds: i64,
    kills: usize,
}

const SHORT: Size = Size { customers: 24, rounds: 1, kills: 5 };
/// At least 4,000 updates.
const LONG: Size = Size { customers: 100, rounds: 3, kills: 20 };

macro_rules! crashes {
    ($($name:ident: $house:ident, $way:ident;)+) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            if let Some(house) = $house(Way::$way).await {
                killed_at_random_moments(stringify!($name), house).await;
            }
        })+
    };
}
crashes! {
    sqlite_polling: on_sqlite, Polling;
    sqlite_webhook: on_sqlite, Webhook;
    postgres_polling: on_postgres, Polling;
    postgres_webhook: on_postgres, Webhook;
}

async fn on_sqlite(way: Way) -> Option<House> {
    Some(House::on_sqlite(way, rates()).await)
}

async fn on_postgres(way: Way) -> Option<House> {
    House::on_postgres(way, rates()).await
}

/// As in all chats together; a single chat may take more, so that the limit of all is what counts.
fn rates() -> Rates {
    Rates { chat: Vec::new(), group: Vec::new(), ..Rates::default() }
}

async fn killed_at_random_moments(name: &str, mut house: House) {
    let Size { customers, rounds, kills } = if long() { LONG } else { SHORT };
    let mut random = Random::seeded(name);
    house.set("RUST_LOG", "warn,baoxiu::outbox=debug");
    house.set("BAOXIU_LIMIT_CHAT", "10");
    house.set("BAOXIU_LIMIT_GROUP", "1000");
    let world = house.world.clone();
    house.people(CALM.start..FIRST + customers);
    let mut bot = house.run();
    house.crews(&PROVINCES).await;
    // What they read tells what all others must read.
    play(&world, CALM, rounds, 1, &mut random).join_all().await;
    house.settles(PATIENCE).await;

    let (since, first) = (Instant::now(), world.last_update());
    let mut playing = play(&world, FIRST..FIRST + customers, rounds, 4_000, &mut random);
    let planned = u64::try_from(customers * rounds).unwrap() * ROUND;
    let mut moments: Vec<u64> = (0..kills).map(|_| random.below(planned * 9 / 10)).collect();
    moments.sort_unstable();
    let (mut killed, mut copies) = (Vec::new(), Vec::new());
    for moment in moments {
        let made = || (world.last_update() - first).unsigned_abs() >= moment;
        world.wait(PATIENCE, || made().then_some(())).await.expect("customers go on");
        // However long the program takes to start: some moments lie in it, most do not.
        tokio::time::sleep(Duration::from_millis(random.below(1_500))).await;
        while playing.try_join_next().map(|done| done.expect("a customer is served")).is_some() {}
        assert!(!playing.is_empty(), "the kill came when everything was over");
        let confirmed = house.confirmed(first);
        bot.kill();
        killed.push(world.now_ms());
        copies.push((confirmed, house.copy()));
        tokio::time::sleep(Duration::from_millis(random.below(300))).await;
        bot = house.run();
    }
    while let Some(done) = playing.join_next().await {
        if let Err(error) = done {
            panic!("a customer was not served ({error}); the program said:\n{}", bot.said());
        }
    }
    house.settles(PATIENCE).await;
    let took = since.elapsed();
    let (status, stop) = bot.terminate();
    assert!(status.success() && stop < Duration::from_secs(8), "SIGTERM ends well and in time: {status}, {stop:?}");

    let db = house.db().await;
    let updates = world.last_update() - first;
    let seen = seen(&db).await;
    let lost: Vec<i64> = (first + 1..=world.last_update()).filter(|id| !seen.contains(id)).collect();
    assert_eq!(lost, [0; 0], "updates that were lost");
    let tickets = one_ticket_and_one_card(&db, &world, rounds, CALM.start..FIRST + customers).await;
    db.close().await;
    let twice = everybody_reads_the_same(&house, customers, &killed);
    let mut held = 0;
    for (confirmed, copy) in copies.iter().filter_map(|(confirmed, copy)| Some((confirmed, copy.as_ref()?))) {
        holds(copy.path(), &house, confirmed).await;
        held += confirmed.len();
    }
    assert_eq!(world.violations(), [""; 0]);
    println!(
        "{name}: {updates} updates from {customers} chats in {took:.1?}, killed {kills} times: 0 lost, 0 applied twice; {tickets} \
         dialogs, a ticket and a card each; messages sent twice, by kill: {twice:?}; {held} confirmed updates found in copies"
    );
}

/// Each begins within `within` milliseconds.
fn play(world: &World, who: std::ops::Range<i64>, rounds: i64, within: u64, random: &mut Random) -> tokio::task::JoinSet<()> {
    let mut playing = tokio::task::JoinSet::new();
    for (n, id) in (0..).zip(who) {
        let (world, pauses) = (world.clone(), Random::of(random.below(u64::MAX)));
        let later = Duration::from_millis(random.below(within));
        playing.spawn(async move {
            tokio::time::sleep(later).await;
            tokio::time::timeout(PATIENCE, customer::lives(world, id, n, rounds, pauses)).await.expect("a customer is served");
        });
    }
    playing
}

/// Every dialog that came to its end has one ticket, every ticket one number, one submission, and one recorded card in each
/// chat (or a place on the board of a busy group), which is there to be seen.
async fn one_ticket_and_one_card(db: &Db, world: &World, rounds: i64, customers: std::ops::Range<i64>) -> usize {
    let mut conn = db.read().await.unwrap();
    let tickets: Vec<(i64, i64, i64)> =
        sqlx::query_as("SELECT number, customer, crew FROM ticket ORDER BY number").fetch_all(&mut *conn).await.unwrap();
    let numbers: Vec<i64> = tickets.iter().map(|t| t.0).collect();
    assert_eq!(numbers, (1_001..1_001 + rounds * (customers.end - customers.start)).collect::<Vec<_>>(), "no gap, none twice");
    for id in customers {
        let own = tickets.iter().filter(|(_, customer, _)| *customer == id).count();
        assert_eq!(own, usize::try_from(rounds).unwrap(), "tickets of {id}");
    }
    let events: Vec<(i64, String)> = sqlx::query_as("SELECT ticket, what FROM ticket_event").fetch_all(&mut *conn).await.unwrap();
    assert_eq!(events.len(), tickets.len(), "one submission each: {events:?}");

    let cards: Vec<(i64, String, i64, i64)> =
        sqlx::query_as("SELECT ticket, role, chat, message FROM card").fetch_all(&mut *conn).await.unwrap();
    let mut of_ticket: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    let shown = |chat: i64, message: i64| world.messages(chat).into_iter().find(|m| m.id == message);
    // A group that was too busy for a card each has one board of all.
    let (boards, cards): (Vec<_>, Vec<_>) = cards.iter().partition(|(_, role, ..)| role == "board");
    let boards: Vec<i64> =
        boards.iter().filter(|(_, _, chat, message)| shown(*chat, *message).is_some()).map(|(crew, ..)| *crew).collect();
    for (ticket, role, chat, message) in cards {
        of_ticket.entry(*ticket).or_default().push(role);
        assert!(
            shown(*chat, *message).is_some_and(|m| m.text.contains(&format!("BX-{ticket}"))),
            "a card that is not there: {ticket} {role}"
        );
    }
    for (ticket, customer, crew) in &tickets {
        let mut roles = of_ticket.remove(ticket).unwrap_or_default();
        roles.sort_unstable();
        let on_board = boards.contains(crew) && roles == ["customer"];
        assert!(on_board || roles == ["crew", "customer"], "the cards of BX-{ticket} (customer {customer}): {roles:?}");
    }
    assert_eq!(number(db, "SELECT COUNT(*) FROM task WHERE kind = 'input'").await, 0, "nothing failed, nothing waits");
    tickets.len()
}

/// Compares what everybody read with what those of their kind read in calm, in order, but for messages that came twice; those
/// are counted by the kill that explains them. On a machine that stands still for seconds an answer of Telegram's comes too
/// late: then the program says that it tries again.
fn everybody_reads_the_same(house: &House, customers: i64, killed: &[i64]) -> Vec<usize> {
    let mut chats = transcript::written(&house.world);
    let log = std::fs::read_to_string(house.path("log")).unwrap();
    let mut too_late: Vec<&str> = log.lines().filter(|line| line.contains("tried again") && line.contains("time-out")).collect();
    let mut twice = vec![0; killed.len()];
    for (chat, lines) in &mut chats {
        // A board is put up again on purpose, where people look.
        lines.retain(|line| !line.text.contains(BOARD));
        for (before, again) in transcript::take_repeats(lines) {
            // Telegram may take a request a moment after its sender was killed.
            let kill = killed.iter().position(|at| (before.at_ms - 1_000..=again.at_ms).contains(at));
            let of_chat = |line: &&str| line.split_whitespace().any(|word| word == format!("chat={chat}"));
            if let (None, Some(at)) = (kill, too_late.iter().position(of_chat)) {
                too_late.remove(at);
                continue;
            }
            let kill = kill.unwrap_or_else(|| {
                panic!("said twice in chat {chat} although nobody was killed: {before:?} {again:?}; kills: {killed:?}")
            });
            twice[kill] += 1;
        }
    }
    let read = |id: i64| transcript::plain(chats.get(&id).map(Vec::<Line>::as_slice).unwrap_or_default());
    for n in 0..customers {
        let (calm, own) = (read(CALM.start + n % KINDS), read(FIRST + n));
        assert!(calm.len() > 10, "the calm ones were served");
        if let Some(at) = (0..calm.len().max(own.len())).find(|at| calm.get(*at) != own.get(*at)) {
            panic!("customer {n} read otherwise from message {at} on: {:#?}\ninstead of {:#?}", &own[at..], &calm[at..]);
        }
    }
    assert!(twice.iter().all(|n| *n <= IN_FLIGHT), "only what was under way at a kill may be sent twice: {twice:?}");
    twice
}
