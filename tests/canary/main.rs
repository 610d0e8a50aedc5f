//! Personal data and the token stay where they belong: never in a log, at any level, in any format, on any bad day;
//! never in clear in the files of the database, nor in a backup.
mod mirror;
#[path = "../support/people.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod people;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/process.rs"]
mod process;

use std::path::Path;

use baoxiu::sandbox::{self, ADMIN, CREW, EMILY, Fault, Harm, LI, Options, Sandbox, TOKEN, WANG, World};
use people::{PATIENCE, Person};
use process::Bot;
use serde_json::json;

/// What a customer gives away, and what of it could be recognised.
const SECRETS: [&str; 13] = [
    "13798765432",
    "137 9876 5432",
    "137-9876-5432",
    "１３７９８７６５４３２",
    "98765432",
    "金丝雀路",
    "兴诚市",
    "柯楠颖",
    "蓝色鹦鹉花纹",
    "Canarystreet",
    "Kestrelname",
    // The token, and the part of it that is the secret.
    TOKEN,
    "AA-baoxiu-demo-token",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_text_lines() {
    nothing_leaks("text").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_json_lines() {
    nothing_leaks("json").await;
}

async fn nothing_leaks(format: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (url, log) = (format!("sqlite://{}", folder.path().join("baoxiu.db").display()), folder.path().join("log"));
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let world = sandbox.world();
    sandbox::scene(&world);
    let (mirror, admin) = (mirror::start(sandbox.api_url()).await, ADMIN.to_string());
    let everything =
        "trace,hyper=trace,hyper_util=trace,reqwest=trace,rustls=trace,sqlx=trace,teloxide=trace,teloxide_core=trace";
    let settings = [
        ("TELOXIDE_TOKEN", sandbox.token()),
        ("TELOXIDE_API_URL", &mirror),
        ("DATABASE_URL", &url),
        ("BAOXIU_ADMINS", &admin),
        ("RUST_LOG", everything),
        ("BAOXIU_LOG_FORMAT", format),
    ];
    let bot = Bot::run(&settings, &log);
    world.start(ADMIN, None);
    let group = Person::new(&world, ADMIN, CREW);
    group.says("/bind");
    group.hears("✓").await;

    step_by_step(&world).await;
    in_one_message(&world).await;
    odd_updates(&world);
    claim(&world).await;
    // A crash in the middle of it all; the new one begins with what was left.
    world.fault(Fault { method: Some("sendMessage".to_owned()), ..Fault::default() });
    Person::new(&world, WANG, WANG).says("柯楠颖 补充：137-9876-5432，金丝雀路 77 号");
    world.wait(PATIENCE, || (world.pending_updates() == 0).then_some(())).await.unwrap();
    bot.kill();
    let bot = Bot::run(&settings, &log);
    world.clear_faults();
    Person::new(&world, WANG, WANG).hears("已转告师傅").await;

    assert_eq!(world.violations(), [""; 0]);
    let said = bot.said();
    // Killed, so that nothing tidies up: what is in the journal stays there.
    bot.kill();
    assert!(said.contains("serving") && said.contains("TRACE") | said.contains("DEBUG"), "the log is there:\n{said}");
    assert!(
        said.contains("an address was not sure") && said.contains("葫芦岛▢7#2▢1"),
        "doubtful addresses are told of, masked:\n{said}"
    );
    search("the log", said.as_bytes());
    let clear = files(folder.path());
    assert!(holds(&clear, b"submitted") && holds(&clear, b"code_forgotten"), "what is not sealed is found");
    search("the database's files", &clear);
    let file = folder.path().join("backup");
    let done = process::program().arg("backup").arg(&file).env("DATABASE_URL", &url).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let backup = std::fs::read(&file).unwrap();
    assert!(holds(&backup, b"submitted") && holds(&backup, b"code_forgotten"), "what is not sealed is found");
    search("the backup", &backup);
}

/// A trouble of another kind each time, in the middle of what the customers tell.
fn trouble(world: &World, kind: u32) {
    let fault = |method: &str, status| Fault {
        method: Some(method.to_owned()),
        harm: Harm::Refused { status, retry_after: (status == 429).then_some(1) },
        times: Some(1),
        ..Fault::default()
    };
    world.fault(match kind {
        0 => fault("sendMessage", 500),
        1 => fault("sendMessage", 429),
        2 => fault("editMessageText", 400),
        3 => Fault { harm: Harm::CutBefore, ..fault("sendMessage", 0) },
        4 => Fault { harm: Harm::CutAfter, ..fault("getUpdates", 0) },
        _ => Fault { harm: Harm::CutBefore, ..fault("answerCallbackQuery", 0) },
    });
}

async fn step_by_step(world: &World) {
    let wang = Person::new(world, WANG, WANG);
    wang.says("/report");
    wang.hears("哪里出了问题").await;
    trouble(world, 0);
    wang.taps("密码忘了").await;
    wang.hears("请描述一下情况").await;
    trouble(world, 1);
    wang.says("柜门上有蓝色鹦鹉花纹");
    wang.hears("请告诉我地址").await;
    trouble(world, 2);
    // Misspelt, so that the log has a line about it.
    wang.says("葫芦岛兴诚市金丝雀路77号");
    wang.hears("留一个联系电话").await;
    trouble(world, 3);
    wang.says("１３７９８７６５４３２ 柯楠颖女士");
    wang.hears("什么时候方便").await;
    trouble(world, 4);
    wang.says("周六下午");
    wang.hears("请核对").await;
    trouble(world, 5);
    wang.says("提交");
    wang.hears("工单 BX-").await;
    wang.taps("改电话").await;
    wang.hears("请发新的联系电话").await;
    wang.says("137 9876 5432");
    wang.hears("已更新").await;
}

async fn in_one_message(world: &World) {
    let emily = Person::new(world, EMILY, EMILY);
    emily.says("forgot the code, 兴城市 5 Canarystreet, +86 137-9876-5432 Ms Kestrelname");
    emily.hears("Canarystreet").await;
    world.send_photo(EMILY, EMILY, None, "蓝色鹦鹉花纹");
}

/// Updates that no version of the Bot API sends, with everything in them.
fn odd_updates(world: &World) {
    let words = "柯楠颖 金丝雀路 13798765432";
    world.inject("message", json!({"message_id": "x", "text": words}));
    world.inject("message", json!({"message_id": 5, "date": 0, "chat": {"id": WANG, "type": "dream"}, "text": [words]}));
    world.inject("callback_query", json!({"id": words, "from": {"id": WANG, "first_name": words}, "data": words}));
    world.inject("edited_message", json!([words]));
}

async fn claim(world: &World) {
    let group = Person::new(world, LI, CREW);
    group.hears("BX-1001").await;
    let li = Person::new(world, LI, LI);
    world.start(LI, Some("claim_1001"));
    li.hears("顾客怎么称呼您").await;
    li.says("柯楠颖师傅");
    li.hears("您的工作电话").await;
    li.says("137-9876-5432");
    li.hears("金丝雀路").await;
}

fn search(place: &str, bytes: &[u8]) {
    for secret in SECRETS {
        if let Some(at) = bytes.windows(secret.len()).position(|w| w == secret.as_bytes()) {
            let around = String::from_utf8_lossy(&bytes[at.saturating_sub(400)..(at + 200).min(bytes.len())]);
            panic!("{place} holds {secret}: …{around}…");
        }
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|w| w == word)
}

/// Database, journal and index of the journal.
fn files(folder: &Path) -> Vec<u8> {
    let names = ["baoxiu.db", "baoxiu.db-wal", "baoxiu.db-shm"];
    names.into_iter().flat_map(|name| std::fs::read(folder.join(name)).unwrap_or_else(|_| panic!("{name} is there"))).collect()
}
