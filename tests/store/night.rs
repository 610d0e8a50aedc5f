//! What may no longer be kept is taken away, on the day and not before; after a crash the rest.
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use baoxiu::desk::keep::{Blanked, Keep};
use baoxiu::desk::ticket::{Details, Event, Status, Ticket};
use baoxiu::dialog::session::{Run, Session};
use baoxiu::inbox::lookups::Lookups;
use baoxiu::inbox::night::Night;
use baoxiu::inbox::{Inbox, Parts};
use baoxiu::store::{Backend, Db, Unit, card, event, parked, person, session, task, ticket, update};
use baoxiu::vocabulary::input::{Content, Input, Media, MediaKind, Membership, Message, Sender};
use baoxiu::vocabulary::lang::Lang;
use baoxiu::vocabulary::say::{CardRef, CardRole};
use sqlx::{Connection, Executor};
use tokio::sync::{Notify, mpsc};

use crate::databases::{Fresh, each, sqlite};
use crate::world::world;

const NOW: i64 = 1_770_000_000_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const BOT: i64 = 1;
const CUSTOMER: i64 = 7;
const TECHNICIAN: i64 = 9;
const DESK: i64 = -100;
/// What a customer gives away.
const SECRETS: [&str; 6] = ["13800000001", "兴海路", "王女士", "狗会叫", "file-of-a-photo", "周六带钥匙"];

struct Nobody;

impl Lookups for Nobody {
    fn member(&self, _chat: i64, _user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
        Box::pin(async { Membership::Unknown })
    }
}

fn inbox(db: &Db) -> Inbox {
    let (answers, _) = mpsc::channel(1);
    let parts =
        Parts { db: db.clone(), bot: BOT, world: world(), lookups: Arc::new(Nobody), answers, wake: Arc::new(Notify::new()) };
    Inbox::new(parts)
}

async fn night(fresh: &Fresh, now: i64) -> Night {
    let night = inbox(&fresh.db).night(now, Duration::ZERO).await.unwrap();
    Night { longest: Duration::ZERO, finished: 0, ..night }
}

fn a_ticket(number: i64, status: Status, updated: i64) -> Ticket {
    let media = vec![Media { kind: MediaKind::Photo, file_id: "file-of-a-photo".into(), unique_id: "u".into(), size: 0 }];
    Ticket {
        number,
        customer: CUSTOMER,
        status,
        fault: "stuck".into(),
        danger: false,
        district: Some("211481".into()),
        served: Some(true),
        created: updated - HOUR,
        promise: None,
        crew: None,
        claimer: Some(TECHNICIAN),
        claimed: Some(updated - HOUR / 2),
        updated,
        trial: false,
        details: Details {
            problem: "狗会叫".into(),
            media,
            place: "辽宁省葫芦岛市兴城市".into(),
            address: "兴城市兴海路3号".into(),
            street: "兴海路3号".into(),
            location: Some((40.6, 120.7)),
            phone: "13800000001".into(),
            name: "王女士".into(),
            when: "周六带钥匙".into(),
            technician: "李师傅".into(),
            technician_phone: "13900001111".into(),
            outcome: "给王女士换了锁".into(),
            ..Details::default()
        },
    }
}

/// Writes a ticket with its history and its cards, and people who can be written to.
async fn holds(db: &Db, one: &Ticket, events: &[(&str, &str)]) {
    let mut tx = db.begin().await.unwrap();
    let mut unit = Unit::alone(&mut tx);
    for id in [CUSTOMER, TECHNICIAN] {
        let mut person = person::lock(&mut unit, db.sealer(), id, Lang::Zh).await.unwrap();
        person.reachable = true;
        person::write(&mut unit, db.sealer(), &person).await.unwrap();
    }
    ticket::insert(&mut unit, db.sealer(), one).await.unwrap();
    for (what, note) in events {
        let event = Event { ticket: one.number, who: CUSTOMER, what: (*what).into(), note: (*note).into() };
        event::append(&mut unit, db.sealer(), &event, one.updated).await.unwrap();
    }
    let cards = [(CardRole::Customer, CUSTOMER), (CardRole::Technician, TECHNICIAN), (CardRole::Desk, DESK)];
    for (message, (role, chat)) in (one.number * 10..).zip(cards) {
        card::replace(&mut unit, &CardRef { number: one.number, role }, chat, &[message]).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn now_is(db: &Db, number: i64) -> Ticket {
    ticket::read(&mut db.read().await.unwrap(), db.sealer(), number).await.unwrap().unwrap()
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut *db.read().await.unwrap()).await.unwrap()
}

/// Everything sealed that a customer's words could be in, opened with the key.
async fn opened(db: &Db) -> String {
    let mut conn = db.read().await.unwrap();
    let mut all = String::new();
    let mut add = |table: &'static str, column: &'static str, rows: Vec<(String, Vec<u8>)>| {
        for (row, sealed) in rows {
            let plain = db.sealer().open(table, column, &row, &sealed).unwrap_or_else(|_| panic!("{table}.{column} {row}"));
            all.push_str(&format!("{table} {row}: {}\n", String::from_utf8(plain).unwrap()));
        }
    };
    let rows = "SELECT CAST(number AS TEXT), details FROM ticket";
    add("ticket", "details", sqlx::query_as(rows).fetch_all(&mut *conn).await.unwrap());
    let rows = "SELECT CAST(ticket AS TEXT) || ':' || CAST(n AS TEXT), note FROM ticket_event WHERE note IS NOT NULL";
    add("ticket_event", "note", sqlx::query_as(rows).fetch_all(&mut *conn).await.unwrap());
    let rows = "SELECT CAST(bot AS TEXT) || ':' || CAST(chat AS TEXT) || ':' || CAST(person AS TEXT) || ':' || \
                CAST(topic AS TEXT), state FROM session WHERE state IS NOT NULL";
    add("session", "state", sqlx::query_as(rows).fetch_all(&mut *conn).await.unwrap());
    let rows = "SELECT CAST(id AS TEXT), body FROM outbox";
    add("outbox", "body", sqlx::query_as(rows).fetch_all(&mut *conn).await.unwrap());
    let rows = "SELECT CAST(id AS TEXT), input FROM task";
    add("task", "input", sqlx::query_as(rows).fetch_all(&mut *conn).await.unwrap());
    all
}

#[tokio::test]
async fn a_ticket_is_blanked_step_by_step_and_to_the_millisecond() {
    for fresh in each().await {
        let db = &fresh.db;
        holds(db, &a_ticket(1_001, Status::Closed, NOW), &[("done", "给王女士换了锁"), ("handed", "兴城组")]).await;
        holds(db, &a_ticket(1_002, Status::Done, NOW), &[("done", "好"), ("not_fixed", "狗会叫")]).await;
        holds(db, &a_ticket(1_003, Status::Claimed, NOW), &[("claimed", "")]).await;
        let nothing = Night::default();

        assert_eq!(night(&fresh, NOW + DAY - 1).await, nothing, "23 h 59");
        assert_eq!(night(&fresh, NOW + DAY).await, Night { cards: 2, ..nothing.clone() });
        assert_eq!(night(&fresh, NOW + DAY).await, nothing, "once");
        let one = now_is(db, 1_001).await;
        assert_eq!((one.details.blanked, one.details.phone.as_str(), one.updated), (Blanked::Card, "13800000001", NOW));
        // The technician's card is edited, the others are not touched; 1,003 is under way.
        assert_eq!(count(db, "SELECT COUNT(*) FROM outbox WHERE card IN ('1001/technician=', '1002/technician=')").await, 2);
        assert_eq!(count(db, "SELECT COUNT(*) FROM outbox").await, 2);

        assert_eq!(night(&fresh, NOW + 30 * DAY - 1).await, nothing);
        assert_eq!(night(&fresh, NOW + 30 * DAY).await, Night { media: 2, ..nothing.clone() });
        assert!(now_is(db, 1_001).await.details.media.is_empty());
        assert_eq!(now_is(db, 1_002).await.details.media.len(), 1, "contested: what was photographed may be asked for");

        assert_eq!(night(&fresh, NOW + 90 * DAY - 1).await, nothing);
        assert!(opened(db).await.contains("13800000001"));
        assert_eq!(night(&fresh, NOW + 90 * DAY).await, Night { contacts: 2, ..nothing.clone() });
        for number in [1_001, 1_002] {
            let one = now_is(db, number).await;
            assert!(one.is_blank() && one.details.media.is_empty() && one.details.phone.is_empty(), "{one:?}");
            assert_eq!((one.district.as_deref(), one.details.technician.as_str()), (Some("211481"), "李师傅"));
        }
        assert_eq!(now_is(db, 1_003).await.details.phone, "13800000001", "not over");
        assert_eq!(count(db, "SELECT COUNT(*) FROM ticket_event").await, 5, "what happened when stays");
        assert_eq!(count(db, "SELECT COUNT(*) FROM ticket_event WHERE note IS NOT NULL").await, 1, "the crew's name");
        assert_eq!(count(db, "SELECT COUNT(*) FROM outbox WHERE card LIKE '1001/%='").await, 4, "every card, once more");

        assert_eq!(night(&fresh, NOW + 97 * DAY).await, Night { messages: 6, ..nothing.clone() });
        assert_eq!(night(&fresh, NOW + 97 * DAY).await, nothing);
        assert_eq!(count(db, "SELECT COUNT(*) FROM card").await, 3, "of the ticket under way");
    }
}

#[tokio::test]
async fn with_the_key_nothing_personal_is_found() {
    for fresh in each().await {
        let db = &fresh.db;
        holds(db, &a_ticket(1_001, Status::Cancelled, NOW), &[("cancelled", "兴海路堵车"), ("note", "周六带钥匙")]).await;
        says(db, NOW).await;
        let input = message("兴海路3号 13800000001 王女士");
        let mut tx = db.begin().await.unwrap();
        let row = task::push_failed(&mut Unit::alone(&mut tx), db.sealer(), &input, NOW).await.unwrap();
        task::park(&mut tx, row, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let before = opened(db).await;
        for secret in SECRETS {
            assert!(before.contains(secret), "{secret} was there");
        }
        // The first run was the program's first for months: everything at once.
        let done = night(&fresh, NOW + 90 * DAY + 1).await;
        assert_eq!(done, Night { contacts: 1, sessions: 1, parked: 1, ..Night::default() });
        let after = opened(db).await;
        for secret in SECRETS {
            assert!(!after.contains(secret), "{secret} is still there: {after}");
        }
        assert_eq!(parked::count(&mut db.read().await.unwrap()).await.unwrap(), 0);
        // The note in its place goes when it is as old.
        assert_eq!(night(&fresh, NOW + 181 * DAY).await, Night { dropped: 1, messages: 3, ..Night::default() });
    }
}

fn message(text: &str) -> Input {
    Input::Message(Message {
        chat: CUSTOMER,
        private: true,
        title: String::new(),
        topic: None,
        id: 1,
        from: Sender { id: CUSTOMER, name: "王女士".into(), language: None },
        anonymous: false,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text(text.into()),
        html: None,
    })
}

/// A customer's conversation, last written at `at`.
async fn says(db: &Db, at: i64) {
    let run = Run { dialog: "report".into(), number: 3, heard: vec!["兴海路3号 13800000001".into()], ..Run::default() };
    let spoken = Session { run: Some(run), runs: 3, guide: true, ..Session::default() };
    let mut tx = db.begin().await.unwrap();
    session::write(&mut Unit::alone(&mut tx), db.sealer(), session::Key::private(BOT, CUSTOMER), &spoken, at).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_conversation_is_forgotten_after_72_hours_but_old_buttons_stay_known() {
    for fresh in each().await {
        let db = &fresh.db;
        says(db, NOW).await;
        assert_eq!(night(&fresh, NOW + 72 * HOUR - 60_000).await, Night::default(), "71 h 59");
        assert_eq!(night(&fresh, NOW + 72 * HOUR).await, Night { sessions: 1, ..Night::default() });
        assert_eq!(night(&fresh, NOW + 999 * HOUR).await, Night::default(), "once");
        let mut tx = db.begin().await.unwrap();
        let key = session::Key::private(BOT, CUSTOMER);
        let left = session::lock(&mut Unit::alone(&mut tx), db.sealer(), key, NOW).await.unwrap();
        assert_eq!(left, Session { runs: 3, guide: true, ..Session::default() }, "the next dialog is the fourth");
        drop(tx);
        says(db, NOW + 1_000 * HOUR).await;
        assert_eq!(night(&fresh, NOW + 1_072 * HOUR).await.sessions, 1, "whoever comes back is forgotten again");
    }
}

#[tokio::test]
async fn updates_are_remembered_for_three_days_whatever_their_numbers() {
    for fresh in each().await {
        let db = &fresh.db;
        let mut tx = db.begin().await.unwrap();
        for (bot, id, at) in [(1, 900, NOW), (1, 5, NOW + 1), (2, 900, NOW - DAY), (2, i64::MAX, NOW + DAY)] {
            assert!(update::insert(&mut Unit::alone(&mut tx), bot, id, at).await.unwrap());
        }
        tx.commit().await.unwrap();
        assert_eq!(night(&fresh, NOW + 3 * DAY).await.updates, 1, "only what is older than three days");
        assert_eq!(night(&fresh, NOW + 3 * DAY + 2).await.updates, 2);
        assert_eq!(count(db, "SELECT COUNT(*) FROM seen_update").await, 1);
    }
}

#[tokio::test]
async fn a_crash_in_the_middle_leaves_nothing_half_done() {
    const MANY: i64 = 60;
    for fresh in each().await {
        let db = &fresh.db;
        for number in 1_001..=1_000 + MANY {
            holds(db, &a_ticket(number, Status::Closed, NOW), &[("note", "狗会叫")]).await;
        }
        let breaking = inbox(db);
        let run = tokio::spawn(async move { breaking.night(NOW + 90 * DAY, Duration::ZERO).await });
        while count(db, "SELECT COUNT(*) FROM ticket WHERE blanked = 3").await < 5 {
            tokio::task::yield_now().await;
        }
        run.abort();
        let _ = run.await;
        let done = count(db, "SELECT COUNT(*) FROM ticket WHERE blanked = 3").await;
        assert!((5..MANY).contains(&done), "it broke off in the middle: {done}");
        let rest = night(&fresh, NOW + 90 * DAY).await;
        // What was under way when it broke off may still have been carried out.
        let done = i64::try_from(rest.contacts).unwrap();
        assert!((1..=MANY - 5).contains(&done), "{rest:?}");
        assert_eq!(count(db, "SELECT COUNT(*) FROM ticket WHERE blanked = 3").await, MANY);
        assert_eq!(count(db, "SELECT COUNT(*) FROM outbox").await, 3 * MANY, "each card is edited once");
        assert!(!opened(db).await.contains("狗会叫"));
    }
}

#[tokio::test]
async fn a_contested_ticket_that_was_opened_again_begins_anew() {
    let fresh = sqlite().await;
    let mut one = a_ticket(1_001, Status::Done, NOW);
    one.blank(Blanked::Card, false);
    one.not_fixed(CUSTOMER, NOW + 2 * DAY).unwrap();
    assert_eq!((one.details.blanked, Keep::default().due(&one, NOW + 99 * DAY)), (Blanked::Nothing, Blanked::Nothing));
    one.done(TECHNICIAN, "这次好了", NOW + 3 * DAY).unwrap();
    holds(&fresh.db, &one, &[("not_fixed", "狗会叫")]).await;
    assert_eq!(night(&fresh, NOW + 4 * DAY).await, Night { cards: 1, ..Night::default() });
    let mut blank = now_is(&fresh.db, 1_001).await;
    blank.blank(Blanked::Contact, false);
    assert!(blank.not_fixed(CUSTOMER, NOW + 99 * DAY).is_err(), "nobody could go there any more");
}

/// `BAOXIU_NIGHT_ROWS=1000000 cargo test --test store a_large_database -- --nocapture`
#[tokio::test]
async fn a_large_database_is_swept_in_small_steps() {
    let many: i64 = std::env::var("BAOXIU_NIGHT_ROWS").map_or(20_000, |rows| rows.parse().unwrap());
    for fresh in each().await {
        let (db, inbox) = (&fresh.db, inbox(&fresh.db));
        let mut tx = db.begin().await.unwrap();
        // Nine of ten are old.
        let rows = "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
                    INSERT INTO seen_update (bot, update_id, at) SELECT 1, i, CASE WHEN i * 10 < $1 * 9 THEN 1 ELSE $2 END FROM n";
        sqlx::query(rows).bind(many).bind(NOW).execute(&mut *tx).await.unwrap();
        let rows = "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
                    INSERT INTO session (bot, chat, person, topic, version, updated) SELECT 1, i, i, 0, 1, 1 FROM n";
        sqlx::query(rows).bind(many / 10).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        // What a database does by itself after so much was written at once is no part of this.
        let settle = match db.backend() {
            Backend::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
            Backend::Postgres => "ANALYZE",
        };
        let mut other = sqlx::AnyConnection::connect(&fresh.url.replacen("sqlite:", "sqlite://", 1)).await.unwrap();
        other.execute(settle).await.unwrap();
        other.close().await.unwrap();
        let began = std::time::Instant::now();
        let done = inbox.night(NOW, Duration::ZERO).await.unwrap();
        println!("{:?}: {many} updates in {:?}, longest step {:?}", db.backend(), began.elapsed(), done.longest);
        assert_eq!((done.updates, done.sessions), ((many * 9 - 1) as u64 / 10, many as u64 / 10));
        assert!(done.longest < Duration::from_secs(5), "{:?}", done.longest);
    }
}
