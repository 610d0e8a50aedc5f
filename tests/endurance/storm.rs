//! A storm of everything that a network and a server can do, all at once: whoever is served in it reads the same as in calm.
use std::time::{Duration, Instant};

use baoxiu::sandbox::{Fault, Harm, Muddle, Rates, World};
use tokio::task::JoinSet;

use super::customer::{self, KINDS, PROVINCES};
use super::house::{House, Way};
use super::random::Random;
use super::transcript::{self, Line};
use super::{PATIENCE, long};

const FIRST: i64 = 1_000;
/// One of each kind, who is served before the storm.
const CALM: std::ops::Range<i64> = FIRST - KINDS..FIRST;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_by_polling() {
    weathers_the_storm("storm, SQLite, polling", House::on_sqlite(Way::Polling, rates()).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_by_webhook() {
    if let Some(house) = House::on_postgres(Way::Webhook, rates()).await {
        weathers_the_storm("storm, PostgreSQL, webhook", house).await;
    }
}

fn rates() -> Rates {
    Rates { chat: Vec::new(), group: Vec::new(), ..Rates::default() }
}

async fn weathers_the_storm(name: &str, mut house: House) {
    let mut random = Random::seeded(name);
    // So few at a time that no crew's group gets a board, which says the same again on purpose; and nobody may have more than
    // three tickets open.
    let (customers, rounds) = if long() { (18, 3) } else { (9, 1) };
    house.set("BAOXIU_LIMIT_CHAT", "10");
    house.set("BAOXIU_LIMIT_GROUP", "1000");
    house.people(CALM.start..FIRST + customers);
    let bot = house.run();
    house.crews(&PROVINCES).await;
    play(&house, CALM, rounds, &mut random).join_all().await;
    house.settles(PATIENCE).await;

    let (since, first) = (Instant::now(), house.world.requests().len());
    house.world.seed(random.below(u64::MAX));
    storm(&house.world);
    let playing = play(&house, FIRST..FIRST + customers, rounds, &mut random).join_all();
    tokio::time::timeout(PATIENCE, playing).await.unwrap_or_else(|_| panic!("not everybody was served: {}", bot.said()));
    // Whatever is still owed, like a group's card: when the storm is over it is sent.
    house.world.clear_faults();
    house.settles(PATIENCE).await;
    let took = since.elapsed();
    assert!(bot.terminate().0.success());

    let calls = house.world.requests().split_off(first);
    let harmed = calls.iter().filter(|r| r.response.is_null() || r.status != 200).count();
    let mut chats = transcript::written(&house.world);
    let mut twice = 0;
    for (chat, lines) in &mut chats {
        for (before, again) in transcript::take_repeats(lines) {
            assert!(!before.answered, "said again in chat {chat} although its answer came: {again:#?}");
            twice += 1;
        }
    }
    let read = |id: i64| transcript::plain(chats.get(&id).map(Vec::<Line>::as_slice).unwrap_or_default());
    for n in 0..customers {
        assert_eq!(read(FIRST + n), read(CALM.start + n % KINDS), "customer {n} reads the same, in the same order");
    }
    let cards =
        chats.iter().filter(|(chat, _)| **chat < 0).flat_map(|(_, lines)| lines).filter(|l| l.text.contains("BX-")).count();
    assert_eq!(cards, usize::try_from((customers + KINDS) * rounds).unwrap(), "each ticket came to its crew once");
    assert_eq!(house.world.violations(), [""; 0]);
    println!(
        "{name}: {harmed} of {} calls harmed within {took:.1?}; {customers} customers read what they read in calm, in order; {twice} \
         messages came again, each because its answer was lost",
        calls.len()
    );
}

fn play(house: &House, who: std::ops::Range<i64>, rounds: i64, random: &mut Random) -> JoinSet<()> {
    let mut playing = JoinSet::new();
    for (n, id) in (0..).zip(who) {
        let pauses = Random::of(random.below(u64::MAX));
        playing.spawn(customer::lives(house.world.clone(), id, n, rounds, pauses));
    }
    playing
}

/// All faults that pass, and updates that come again. None overtakes another here: what a customer says in another order is
/// answered in another order.
fn storm(world: &World) {
    world.muddle(Muddle { repeats: 15, overtakes: 0 });
    let late = Harm::Late(Duration::from_secs(1));
    let page = Harm::Garbled("<html><title>502 Bad Gateway</title></html>");
    let common =
        [(4, Harm::status(500)), (3, Harm::status(502)), (3, Harm::CutBefore), (3, Harm::CutAfter), (4, late), (3, page)];
    let own = [
        ("sendMessage", 5, Harm::pause(1)),
        ("sendMessage", 2, Harm::Silence),
        ("sendMessage", 2, Harm::Late(Duration::from_secs(5))),
        ("editMessageText", 5, Harm::pause(1)),
        ("getUpdates", 5, Harm::status(409)),
        ("getUpdates", 3, Harm::Garbled("{\"ok\":true,\"result\":[{\"update_id\":")),
    ];
    for (percent, harm) in common {
        world.fault(Fault { percent: Some(percent), harm, ..Fault::default() });
    }
    for (method, percent, harm) in own {
        world.fault(Fault { method: Some(method.to_owned()), percent: Some(percent), harm, ..Fault::default() });
    }
}
