//! A notice to three hundred, and the program killed in the middle of it: everybody gets it, and next to nobody twice.
use std::path::Path;
use std::time::{Duration, Instant};

use baoxiu::sandbox::{ADMIN, Options, Sandbox, User, World};
use baoxiu::seal::key::KeyFile;
use baoxiu::store::{Db, Unit, person};
use baoxiu::vocabulary::lang::Lang;

use super::house::number;
use super::process::Bot;
use super::random::Random;
use super::{IN_FLIGHT, PATIENCE, postgres};

const FIRST_CUSTOMER: i64 = 100;
const RECIPIENTS: i64 = 300;
const KILLS: usize = 4;
const WORDS: &str = "明天停水";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("baoxiu.db").display());
    killed_while_it_is_sent(&url, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    if let Some(url) = tokio::task::spawn_blocking(postgres::database).await.unwrap() {
        killed_while_it_is_sent(&url, tempfile::tempdir().unwrap().path()).await;
    }
}

async fn killed_while_it_is_sent(url: &str, folder: &Path) {
    let since = Instant::now();
    let mut random = Random::seeded("a notice");
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
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
    let db = Db::open(url, &KeyFile::new(&key)).await.unwrap();
    crowd(&db, &world).await;
    let log = folder.join("log");
    let mut bot = Bot::run(&settings, &log);
    begin(&world).await;
    let got = || (0..RECIPIENTS).filter(|n| copies(&world, FIRST_CUSTOMER + n) > 0).count();
    for _ in 0..KILLS {
        // However long the program takes to start: some more have it when it dies.
        let before = got();
        world.wait(PATIENCE, || (got() > before).then_some(())).await.expect("it is being sent");
        tokio::time::sleep(Duration::from_millis(random.below(1_300))).await;
        bot.kill();
        println!("killed at {:?}, {} have it", since.elapsed(), got());
        assert!(got() < 300, "the kill came when everything was over");
        bot = Bot::run(&settings, &log);
    }
    sees(&world, "用时").await;
    let (status, _) = bot.terminate();
    assert!(status.success(), "SIGTERM ends well: {status}");

    let times: Vec<usize> = (0..RECIPIENTS).map(|n| copies(&world, FIRST_CUSTOMER + n)).collect();
    assert!(times.iter().all(|t| *t >= 1), "somebody was forgotten: {times:?}");
    let twice: usize = times.iter().map(|t| t - 1).sum();
    println!("{KILLS} kills, {RECIPIENTS} recipients in {:?}; sent twice: {twice}", since.elapsed());
    assert!(twice <= KILLS * IN_FLIGHT, "only what was under way at a kill may be sent twice: {twice}");
    assert_eq!(number(&db, "SELECT sent FROM notice").await, RECIPIENTS, "everybody is counted once");
    assert_eq!(number(&db, "SELECT COUNT(*) FROM outbox").await, 0);
    let left = "SELECT COUNT(*) FROM task WHERE name <> 'morning'";
    assert_eq!(number(&db, left).await, 0, "nothing is left to do but the next morning's list");
    assert_eq!(world.violations(), [""; 0]);
    db.close().await;
}

/// People who have started the bot before.
async fn crowd(db: &Db, world: &World) {
    let mut tx = db.begin().await.unwrap();
    for id in FIRST_CUSTOMER..FIRST_CUSTOMER + RECIPIENTS {
        world.add_user(User { id, first_name: "顾客".to_owned(), language_code: Some("zh".to_owned()), ..User::default() });
        world.begin(id);
        let mut one = person::lock(&mut Unit::alone(&mut tx), db.sealer(), id, Lang::Zh).await.unwrap();
        one.reachable = true;
        person::write(&mut Unit::alone(&mut tx), db.sealer(), &one).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// The admin writes the notice and confirms it.
async fn begin(world: &World) {
    let language_code = Some("zh-hans".to_owned());
    world.add_user(User { id: ADMIN, first_name: "周经理".to_owned(), language_code, ..User::default() });
    for (words, reads) in [("/start", "您是管理员"), ("/broadcast", "要群发什么"), (WORDS, "发给谁")] {
        world.say(ADMIN, ADMIN, words);
        sees(world, reads).await;
    }
    for (label, reads) in [("全体顾客", "将发给 300 人"), ("发送", "正在发送")] {
        world.press_label(ADMIN, ADMIN, label).expect("the button is there");
        sees(world, reads).await;
    }
}

async fn sees(world: &World, words: &str) {
    let there = |m: &baoxiu::sandbox::ChatMessage| m.from_bot && m.words().contains(words);
    world.wait_for(ADMIN, PATIENCE, |all| all.iter().any(there)).await.unwrap();
}

fn copies(world: &World, id: i64) -> usize {
    world.messages(id).iter().filter(|m| m.from_bot && m.text.starts_with(WORDS)).count()
}
