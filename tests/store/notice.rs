//! Notices: who is meant, and that the outbox stays small however many they are.
use std::sync::Arc;
use std::time::Instant;

use baoxiu::core::scene::TimerChange;
use baoxiu::desk::crew::{Crew, CrewKind};
use baoxiu::desk::notice::{Audience, Notice, PORTION, SHOW_EVERY, State};
use baoxiu::desk::ticket::Status;
use baoxiu::inbox::lookups::Lookups;
use baoxiu::inbox::{Inbox, Parts};
use baoxiu::store::notice::Tally;
use baoxiu::store::{Db, Unit, crew, notice, outbox, person, task, ticket};
use baoxiu::vocabulary::input::{Membership, Post, Timer, notice_subject};
use baoxiu::vocabulary::lang::Lang;
use tokio::sync::{Notify, mpsc};

use crate::databases::{Fresh, each};
use crate::rows;

const NOW: i64 = 1_770_000_000_000;
/// What may wait at most: less than a portion was there, and a portion came.
const BOUND: i64 = 2 * PORTION - 1;

/// People 1, 2, 3 …, as the letters say: `c` has a claimed ticket in 211481, `o` an open one in 110105, `x` a closed one in
/// 211402; `m` has muted news, `b` has blocked the bot, `a` is an admin, `t` a registered technician.
async fn people(fresh: &Fresh, all: &[&str]) {
    let (db, mut number) = (&fresh.db, 1000);
    let mut tx = db.begin().await.unwrap();
    for (id, marks) in (1..).zip(all) {
        let mut one = person::lock(&mut Unit::alone(&mut tx), db.sealer(), id, Lang::Zh).await.unwrap();
        one.reachable = !marks.contains('b');
        one.muted = marks.contains('m');
        one.admin = marks.contains('a');
        one.working_name = if marks.contains('t') { "李师傅".to_owned() } else { String::new() };
        person::write(&mut Unit::alone(&mut tx), db.sealer(), &one).await.unwrap();
        let kinds = [('c', Status::Claimed, "211481"), ('o', Status::Open, "110105"), ('x', Status::Closed, "211402")];
        for (_, status, district) in kinds.into_iter().filter(|(mark, ..)| marks.contains(*mark)) {
            number += 1;
            let district = Some(district.to_owned());
            let one = baoxiu::desk::ticket::Ticket { customer: id, status, district, ..rows::ticket(number) };
            ticket::insert(&mut Unit::alone(&mut tx), db.sealer(), &one).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_is_meant() {
    let area = |code: &str| Audience::Area(code.to_owned());
    for fresh in each().await {
        people(&fresh, &["", "c", "om", "xb", "a", "ac", "t", "to", "cx", "x"]).await;
        let mut tx = fresh.db.begin().await.unwrap();
        let groups =
            [(-11, CrewKind::Crew, true), (-12, CrewKind::Desk, true), (-13, CrewKind::Crew, false), (-14, CrewKind::Crew, true)];
        for (chat, kind, active) in groups {
            let one = Crew { id: 0, chat, kind, title: "群".to_owned(), areas: Vec::new(), active, profile: Default::default() };
            crew::upsert(&mut Unit::alone(&mut tx), fresh.db.sealer(), &one).await.unwrap();
        }
        let cases: [(Audience, &[i64]); 8] = [
            // Staff who never had a ticket are no customers; whoever muted or blocked is left out everywhere.
            (Audience::Customers, &[1, 2, 6, 8, 9, 10]),
            (Audience::OpenTickets, &[2, 6, 8, 9]),
            (area("211481"), &[2, 6, 9]),
            (area("211400"), &[2, 6, 9, 10]),
            (area("210000"), &[2, 6, 9, 10]),
            (area("110000"), &[8]),
            (area("440000"), &[]),
            (Audience::Crews, &[-11, -14]),
        ];
        for (audience, chats) in cases {
            let all = notice::page(&mut tx, &audience, 0, 500).await.unwrap();
            assert_eq!(all.iter().map(|(_, chat)| *chat).collect::<Vec<_>>(), chats, "{audience:?}");
            assert_eq!(notice::count(&mut tx, &audience).await.unwrap(), chats.len() as i64, "{audience:?}");
            // One after the other: nobody twice, nobody forgotten.
            let (mut after, mut found) = (0, Vec::new());
            while let [(place, chat)] = notice::page(&mut tx, &audience, after, 1).await.unwrap()[..] {
                (after, found) = (place, [found, vec![chat]].concat());
            }
            assert_eq!(found, chats, "{audience:?}");
        }
    }
}

struct Nobody;

impl Lookups for Nobody {
    fn member(&self, _chat: i64, _user: i64) -> std::pin::Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
        Box::pin(async { Membership::Unknown })
    }
}

/// The real core behind the real inbox; nobody sends.
pub fn inbox(db: &Db) -> Inbox {
    let (answers, _) = mpsc::channel(1);
    let (world, wake) = (crate::world::world(), Arc::new(Notify::new()));
    Inbox::new(Parts { db: db.clone(), bot: 1, world, lookups: Arc::new(Nobody), answers, wake })
}

/// Makes so many customers at once.
async fn crowd(db: &Db, many: i64) {
    let mut tx = db.begin().await.unwrap();
    sqlx::query(
        "INSERT INTO person (id, version, lang, reachable, admin, tokens, refilled, warned, muted) \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
         SELECT 1000 + i, 1, 'zh-CN', 1, 0, 0, 0, 0, 0 FROM n",
    )
    .bind(many)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// A notice that was just confirmed.
async fn confirmed(db: &Db, number: i64, total: i64) {
    let made = Notice::new(number, 7, Audience::Customers, NOW);
    let notice = Notice { state: State::Running, confirmed: Some(NOW), since: NOW, total, ..made };
    let mut tx = db.begin().await.unwrap();
    person::appoint(&mut Unit::alone(&mut tx), &[7]).await.unwrap();
    let post = Post { html: "通知".to_owned(), media: None };
    notice::insert(&mut tx, db.sealer(), &notice, &post).await.unwrap();
    rings(&mut tx, db, number, NOW).await;
    tx.commit().await.unwrap();
}

/// The notice goes on at this moment.
async fn rings(conn: &mut sqlx::AnyConnection, db: &Db, number: i64, due: i64) {
    let set = Some((due, Timer::Notice { notice: number, dealt: None }));
    let timer = TimerChange { subject: notice_subject(number), name: "notice".to_owned(), set };
    task::set_timer(&mut Unit::alone(conn), db.sealer(), &timer).await.unwrap();
}

/// Ends rows of the outbox as if they had been sent, at most `most`; gives their chats.
async fn send(db: &Db, number: i64, most: i64) -> Vec<i64> {
    let mut tx = db.begin().await.unwrap();
    let rows: Vec<(i64, i64)> = sqlx::query_as("SELECT id, chat FROM outbox WHERE notice = $1 ORDER BY id LIMIT $2")
        .bind(number)
        .bind(most)
        .fetch_all(&mut *tx)
        .await
        .unwrap();
    if let Some((last, _)) = rows.last() {
        sqlx::query("DELETE FROM outbox WHERE notice = $1 AND id <= $2")
            .bind(number)
            .bind(*last)
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    let tally = Tally { sent: rows.len() as i64, ..Tally::default() };
    notice::tally(&mut tx, number, tally).await.unwrap();
    // Its card was sent long ago.
    notice::shown(&mut tx, number, 1).await.unwrap();
    tx.commit().await.unwrap();
    rows.into_iter().map(|(_, chat)| chat).collect()
}

async fn state(db: &Db, number: i64) -> Notice {
    let mut tx = db.begin().await.unwrap();
    let notice = notice::lock(&mut tx, number).await.unwrap().unwrap().notice;
    tx.rollback().await.unwrap();
    notice
}

/// Memory of this process in MiB.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// 20,000 recipients; `BAOXIU_NOTICE_TO=1000000` for a measurement by hand.
#[tokio::test]
async fn the_outbox_stays_small_however_many_are_meant() {
    let many = std::env::var("BAOXIU_NOTICE_TO").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    for fresh in each().await {
        let db = &fresh.db;
        crowd(db, many).await;
        let since = Instant::now();
        let meant = notice::count(&mut db.read().await.unwrap(), &Audience::Customers).await.unwrap();
        println!("{:?}: {meant} counted in {:?}", db.backend(), since.elapsed());
        assert_eq!(meant, many);
        confirmed(db, 1, many).await;
        // What the program is made of does not grow with the notice: it is there before.
        let mut door = inbox(db);
        door.run_due(NOW - 1).await.unwrap();
        let (before, since) = (resident(), Instant::now());
        let mut times = vec![0u8; usize::try_from(many).unwrap()];
        let (mut now, mut steps, mut most, mut enqueuing) = (NOW, 0, 0, std::time::Duration::ZERO);
        // The program is started anew now and then.
        while state(db, 1).await.state == State::Running {
            let begun = Instant::now();
            door.run_due(now).await.unwrap();
            enqueuing += begun.elapsed();
            let waiting = outbox::waiting_of(&mut db.read().await.unwrap(), 1).await.unwrap();
            assert!(waiting <= BOUND, "{waiting} messages wait");
            most = most.max(waiting);
            // Slower at first: the outbox fills up to its bound.
            let pace = if steps < 4 { 90 } else { 500 };
            for chat in send(db, 1, pace).await {
                times[usize::try_from(chat - 1001).unwrap()] += 1;
            }
            (now, steps) = (now + SHOW_EVERY, steps + 1);
            if steps % 7 == 0 {
                door = inbox(db);
            }
            assert!(i64::from(steps) < many / 100 + 50, "it does not end");
        }
        let notice = state(db, 1).await;
        assert_eq!((notice.state, notice.sent, notice.left(0)), (State::Finished, many, 0));
        assert!(times.iter().all(|t| *t == 1), "everybody once");
        assert!(most > PORTION, "the bound was tried: {most}");
        println!(
            "{:?}: {many} recipients in {steps} steps, {:?}, of it {enqueuing:?} in the job; at most {most} rows; memory {before:?} -> {:?} MiB",
            db.backend(),
            since.elapsed(),
            resident()
        );
    }
}

#[tokio::test]
async fn notices_take_turns_and_a_stop_leaves_nothing() {
    for fresh in each().await {
        let db = &fresh.db;
        crowd(db, 700).await;
        confirmed(db, 1, 700).await;
        confirmed(db, 2, 700).await;
        let door = inbox(db);
        door.run_due(NOW).await.unwrap();
        let waiting = async |number| outbox::waiting_of(&mut db.read().await.unwrap(), number).await.unwrap();
        assert_eq!((waiting(1).await, waiting(2).await), (500, 0), "the second waits for the first");
        let paused = async |to: State| {
            let mut tx = db.begin().await.unwrap();
            let one = notice::lock(&mut tx, 1).await.unwrap().unwrap().notice;
            notice::write(&mut tx, &Notice { state: to, ..one }).await.unwrap();
            tx.commit().await.unwrap();
        };
        let seen = async || {
            let all = outbox::notices(&mut db.read().await.unwrap(), NOW + 60_000, 1_000).await.unwrap();
            let mut numbers: Vec<i64> = all.into_iter().filter_map(|row| row.notice).collect();
            numbers.dedup();
            numbers
        };
        assert_eq!(seen().await, [1]);
        paused(State::Paused).await;
        assert_eq!(seen().await, [0; 0], "nothing of it leaves");
        door.run_due(NOW + SHOW_EVERY).await.unwrap();
        assert_eq!((waiting(1).await, waiting(2).await), (500, 500), "one that is paused lets the others pass");
        assert_eq!(seen().await, [2]);
        // Counted once, whatever the core wrote meanwhile.
        let mut tx = db.begin().await.unwrap();
        let tally = Tally { sent: 3, unreachable: 2, failed: 1, left_out: 4 };
        notice::tally(&mut tx, 2, tally).await.unwrap();
        notice::previewed(&mut tx, 2, false).await.unwrap();
        outbox::drop_of(&mut tx, 2).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(waiting(2).await, 0);
        let two = state(db, 2).await;
        assert_eq!((two.sent, two.unreachable, two.failed, two.total), (3, 2, 1, 696));
        assert_eq!(two.state, State::Running, "the preview of a notice that is being sent is long past");

        let unfinished = async || notice::unfinished(&mut db.read().await.unwrap(), 7).await.unwrap();
        assert_eq!(unfinished().await, [1, 2]);
        // Whoever sends them is an admin no longer: nobody could stop them any more.
        let mut tx = db.begin().await.unwrap();
        person::dismiss(&mut Unit::alone(&mut tx), 7).await.unwrap();
        rings(&mut tx, db, 1, NOW + 2 * SHOW_EVERY).await;
        tx.commit().await.unwrap();
        assert_eq!(waiting(1).await, 500);
        door.run_due(NOW + 2 * SHOW_EVERY).await.unwrap();
        assert_eq!((state(db, 1).await.state, state(db, 2).await.state), (State::Stopped, State::Stopped));
        assert_eq!((waiting(1).await, waiting(2).await, unfinished().await), (0, 0, vec![]));
    }
}

#[tokio::test]
async fn what_a_notice_says_is_sealed() {
    for fresh in each().await {
        let db = &fresh.db;
        confirmed(db, 1, 0).await;
        let raw: Vec<u8> = sqlx::query_scalar("SELECT body FROM notice").fetch_one(&mut *db.read().await.unwrap()).await.unwrap();
        assert!(!String::from_utf8_lossy(&raw).contains("通知"));
        let (post, audience) = notice::body(&mut db.read().await.unwrap(), db.sealer(), 1).await.unwrap().unwrap();
        assert_eq!((&*post.html, audience), ("通知", Audience::Customers));
        assert_eq!(notice::body(&mut db.read().await.unwrap(), db.sealer(), 2).await.unwrap(), None);
    }
}
