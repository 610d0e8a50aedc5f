//! Power loss. A trace of the real program's system calls shows that what an update led to is on the disk before the update
//! is confirmed; and from that trace the disk is made as it was at any moment, without what was not synced.
mod disk;
mod trace;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use baoxiu::sandbox::{BOT_ID, Rates};
use tokio::task::JoinSet;

use super::customer::{self, PROVINCES};
use super::house::{House, Way, holds};
use super::process::Bot;
use super::random::Random;
use super::{PATIENCE, long};
use disk::Rest;
use trace::{Call, What};

const FIRST: i64 = 1_000;
/// Length of what stands before each page in the log, and of what stands before all of them.
const FRAME: usize = 24;
const HEAD: usize = 32;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn polling_confirms_what_is_on_the_disk() {
    confirms_what_is_on_the_disk("power, polling", Way::Polling).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_confirms_what_is_on_the_disk() {
    confirms_what_is_on_the_disk("power, webhook", Way::Webhook).await;
}

/// The program is stopped in the middle of whatever it does, its files are copied, it goes on: as a snapshot of the disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_of_the_files_hold_what_was_confirmed() {
    let mut random = Random::seeded("copies");
    let (customers, rounds, wanted) = if long() { (120, 3, 200) } else { (12, 1, 20) };
    let house = house(Way::Polling, customers).await;
    let bot = house.run();
    house.crews(&PROVINCES).await;
    let first = house.world.last_update();
    let mut playing = play(&house, customers, rounds, &mut random);
    let mut copies = Vec::new();
    while copies.len() < wanted && !playing.is_empty() {
        tokio::time::sleep(Duration::from_millis(random.below(150))).await;
        let confirmed = house.confirmed(first);
        bot.pauses().await;
        copies.push((confirmed, house.copy().expect("the database is a file")));
        bot.goes_on();
        while playing.try_join_next().map(|done| done.expect("everybody is served")).is_some() {}
    }
    tokio::time::timeout(PATIENCE, playing.join_all()).await.expect("everybody is served");
    assert!(copies.len() * 2 > wanted, "the play was over before the copies were taken: {}", copies.len());
    let mut held = 0;
    for (confirmed, copy) in &copies {
        holds(copy.path(), &house, confirmed).await;
        held += confirmed.len();
    }
    println!(
        "{} copies of the files of a running program: each opens, is sound, holds what was confirmed ({held})",
        copies.len()
    );
    bot.kill();
}

async fn house(way: Way, customers: i64) -> House {
    let mut house = House::on_sqlite(way, Rates::lifted()).await;
    house.set("BAOXIU_LIMIT_ALL", "200");
    house.set("BAOXIU_LIMIT_CHAT", "10");
    house.set("BAOXIU_LIMIT_GROUP", "1000");
    house.people(FIRST..FIRST + customers);
    house
}

fn play(house: &House, customers: i64, rounds: i64, random: &mut Random) -> JoinSet<()> {
    let mut playing = JoinSet::new();
    for n in 0..customers {
        playing.spawn(customer::lives(house.world.clone(), FIRST + n, n, rounds, Random::of(random.below(u64::MAX))));
    }
    playing
}

async fn confirms_what_is_on_the_disk(name: &str, way: Way) {
    if !can_trace() {
        return;
    }
    let mut random = Random::seeded(name);
    let (customers, moments) = if long() { (40, 600) } else { (6, 40) };
    let house = house(way, customers).await;
    let bot = house.run();
    house.crews(&PROVINCES).await;
    house.settles(PATIENCE).await;
    assert!(bot.terminate().0.success());
    let (base, first) = (std::fs::read(house.path("baoxiu.db")).unwrap(), house.world.last_update());

    let written = house.path("trace");
    let tracer = ["strace", "-D", "-f", "-q", "-xx", "-y", "-s", "16384", "-e", trace::CALLS, "-o"];
    let tracer: Vec<&str> = tracer.into_iter().chain([written.to_str().unwrap()]).collect();
    let bot = Bot::run_under(&tracer, &house.settings(), &house.path("log"));
    let playing = play(&house, customers, 1, &mut random);
    tokio::time::timeout(PATIENCE, playing.join_all()).await.expect("everybody is served");
    let id = bot.id();
    bot.kill();
    let (calls, lines) = trace::read(&traced(&written, id).await);

    let confirmed = confirmed(&calls, way, first);
    let updates = usize::try_from(house.world.last_update() - first).unwrap();
    assert!(confirmed.len() + 100 > updates && confirmed.len() > updates / 2, "{} of {updates}", confirmed.len());
    for (update, at) in &confirmed {
        on_the_disk(&calls, &house.path("baoxiu.db-wal"), *update, *at);
    }
    let database = house.path("baoxiu.db");
    let of_file = |call: &&Call| call.on == database.to_str().unwrap() && matches!(call.what, What::Write(..));
    let back = calls.iter().filter(of_file).count();
    let mut held = 0;
    for n in 0..moments {
        // Half of them where it is tightest: as an update is being confirmed.
        let (moment, rest) = match n % 4 {
            0 | 1 => (confirmed[usize::try_from(random.below(confirmed.len() as u64)).unwrap()].1, Rest::Lost),
            _ => (usize::try_from(random.below(lines as u64)).unwrap(), Rest::Chance),
        };
        let rest = if n % 4 == 1 { Rest::Chance } else { rest };
        let folder = tempfile::tempdir().unwrap();
        disk::at(moment, &calls, &base, &database, folder.path(), rest, &mut random);
        let until: Vec<i64> = confirmed.iter().filter(|(_, at)| *at <= moment).map(|(id, _)| *id).collect();
        holds(folder.path(), &house, &until).await;
        held += until.len();
    }
    println!(
        "{name}: {} updates confirmed, each after its commit was written to the log and that was synced ({} calls, {back} pages \
         written back); power lost at {moments} moments: every database opens, is sound and holds what was confirmed ({held} \
         updates looked for)",
        confirmed.len(),
        calls.len()
    );
}

/// Whether this machine lets a program be traced.
fn can_trace() -> bool {
    let mut try_it = Command::new("strace");
    try_it.args(["-f", "-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    let works = try_it.status().is_ok_and(|status| status.success());
    let required = std::env::var("BAOXIU_REQUIRE_STRACE").as_deref() == Ok("1");
    assert!(works || !required, "BAOXIU_REQUIRE_STRACE=1, but strace cannot trace here: install it, allow ptrace");
    if !works {
        eprintln!("strace cannot trace here: the power stays on");
    }
    works
}

/// The trace, once it ends with the end of the program.
async fn traced(file: &Path, program: u32) -> String {
    let (since, program) = (Instant::now(), program.to_string());
    loop {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        // Short numbers are followed by more than one blank.
        let ends =
            |line: &str| line.split_once(' ').is_some_and(|(id, said)| id == program && said.trim_start().starts_with("+++"));
        let end = text.lines().rev().take(100).any(ends);
        if end {
            return text;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "the trace has no end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Updates after `first` that were confirmed, and when that began, at the earliest: before that moment Telegram cannot know.
fn confirmed(calls: &[Call], way: Way, first: i64) -> Vec<(i64, usize)> {
    let mut confirmed = Vec::new();
    let mut came: std::collections::HashMap<&str, i64> = Default::default();
    let mut next = first + 1;
    for call in calls {
        match (&call.what, way) {
            (What::Out(bytes), Way::Polling) => {
                let offset = number_after(&trace::text(bytes), "{\"offset\":").unwrap_or(0);
                while next < offset {
                    confirmed.push((next, call.began));
                    next += 1;
                }
            }
            (What::In(bytes), Way::Webhook) => {
                if let Some(update) = number_after(&trace::text(bytes), "\"update_id\":") {
                    came.insert(&call.on, update);
                }
            }
            (What::Out(bytes), Way::Webhook) if bytes.starts_with(b"HTTP/1.1 200") => {
                if let Some(update) = came.remove(call.on.as_str()).filter(|update| *update > first) {
                    confirmed.push((update, call.began));
                }
            }
            _ => {}
        }
    }
    confirmed
}

fn number_after(text: &str, key: &str) -> Option<i64> {
    let digits = text.split(key).nth(1)?;
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The page with the row of the update, and the mark of the commit that it belongs to, were written to the log, and a sync
/// that began after that was through when the update was confirmed.
fn on_the_disk(calls: &[Call], log: &Path, update: i64, confirmed: usize) {
    let log = log.to_str().unwrap();
    // As SQLite writes the two numbers into the row, side by side.
    let mut row = BOT_ID.to_be_bytes()[2..].to_vec();
    row.extend(i32::try_from(update).unwrap().to_be_bytes());
    let writes: Vec<(&Call, usize, &[u8])> = calls
        .iter()
        .filter(|call| call.on == log && call.began < confirmed)
        .filter_map(|call| match &call.what {
            What::Write(at, bytes) => Some((call, *at, bytes.as_slice())),
            _ => None,
        })
        .collect();
    let holds = |bytes: &[u8]| bytes.windows(row.len()).any(|part| part == row);
    let page = writes.iter().position(|(_, _, bytes)| holds(bytes));
    let page = page.unwrap_or_else(|| panic!("update {update} was confirmed, but never written"));
    // Each page follows its frame, and the frame of a commit's last page names the size of the database.
    let ends_commit = |at: usize| {
        let (_, place, frame) = writes[at - 1];
        place >= HEAD && frame.len() == FRAME && frame[4..8] != [0; 4]
    };
    let last = (page..writes.len()).find(|at| *at > 0 && writes[*at].2.len() > FRAME && ends_commit(*at));
    let last = last.unwrap_or_else(|| panic!("update {update} was confirmed, but its commit never written"));
    let written = writes[last].0.ended.unwrap_or(usize::MAX);
    let synced = |call: &Call| {
        call.on == log && matches!(call.what, What::Sync) && call.began > written && call.ended.is_some_and(|e| e < confirmed)
    };
    assert!(calls.iter().any(synced), "update {update} was confirmed on line {confirmed} before it was on the disk");
}
