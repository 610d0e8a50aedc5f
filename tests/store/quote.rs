//! A quote through the door, with the program's own decisions: sealed, and with one winner.
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use baoxiu::desk::ticket::{Details, Status, Ticket};
use baoxiu::inbox::lookups::Lookups;
use baoxiu::inbox::{Arrived, Core, Handled, Inbox, Parts};
use baoxiu::render::outgoing::Body;
use baoxiu::store::{Db, Unit, outbox, person, ticket};
use baoxiu::vocabulary::input::{Input, Membership, Press, Sender};
use baoxiu::vocabulary::lang::Lang;
use baoxiu::vocabulary::say::Priority;
use sqlx::Row;
use tokio::sync::{Notify, mpsc};

use crate::databases::each;
use crate::inbox::says;

const NOW: i64 = 1_770_000_000_000;
const NUMBER: i64 = 1_001;
const CUSTOMER: i64 = 7;
const CLAIMER: i64 = 9;

struct Nobody;

impl Lookups for Nobody {
    fn member(&self, _chat: i64, _user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
        Box::pin(async { Membership::Unknown })
    }
}

fn taps(update: i64, from: i64, data: &str) -> Arrived {
    let sender = Sender { id: from, ..Sender::default() };
    let press = Press { query: format!("q{update}"), from: sender, chat: from, private: true, message: 1, data: data.into() };
    Arrived { update_id: Some(update), task: None, at: NOW + update * 1_500, input: Input::Press(press) }
}

fn writes(update: i64, from: i64, words: &str) -> Arrived {
    Arrived { at: NOW + update * 1_500, ..says(update, from, words) }
}

/// The door of the program, and a job that somebody has and makes a quote for.
async fn door(db: &Db, reachable: bool) -> Inbox {
    let (mut tx, s) = (db.begin().await.unwrap(), db.sealer());
    for (id, reachable, name) in [(CUSTOMER, reachable, ""), (CLAIMER, true, "李师傅")] {
        let mut one = person::lock(&mut Unit::alone(&mut tx), s, id, Lang::Zh).await.unwrap();
        (one.reachable, one.working_name, one.working_phone) = (reachable, name.to_owned(), "13900001111".to_owned());
        person::write(&mut Unit::alone(&mut tx), s, &one).await.unwrap();
    }
    let one = Ticket {
        number: NUMBER,
        customer: CUSTOMER,
        status: Status::Claimed,
        fault: "leak".into(),
        danger: false,
        district: None,
        served: None,
        created: NOW,
        promise: None,
        crew: None,
        claimer: Some(CLAIMER),
        claimed: Some(NOW),
        updated: NOW,
        trial: false,
        details: Details { phone: "13812345678".into(), ..Details::default() },
    };
    ticket::insert(&mut Unit::alone(&mut tx), s, &one).await.unwrap();
    tx.commit().await.unwrap();
    let inbox = inbox(db);
    for arrived in [taps(1, CLAIMER, "t1:quote:1001"), writes(2, CLAIMER, "150+80+50"), writes(3, CLAIMER, "跳过")] {
        assert_eq!(inbox.handle(arrived).await.unwrap(), Handled::Applied);
    }
    inbox
}

fn inbox(db: &Db) -> Inbox {
    let parts = Parts {
        db: db.clone(),
        bot: 1,
        world: crate::world::world(),
        lookups: Arc::new(Nobody),
        // Nobody reads the answers to taps here.
        answers: mpsc::channel(64).0,
        wake: Arc::new(Notify::new()),
    };
    Inbox::with_core(parts, Core::default())
}

async fn now(db: &Db) -> Ticket {
    ticket::read(&mut db.read().await.unwrap(), db.sealer(), NUMBER).await.unwrap().unwrap()
}

/// What waits to be sent to somebody.
async fn hears(db: &Db, who: i64) -> String {
    let mut conn = db.read().await.unwrap();
    let mut all = String::new();
    for priority in [Priority::Reply, Priority::Desk] {
        for row in outbox::waiting(&mut conn, priority, 0, 100).await.unwrap() {
            let message = outbox::body(&mut conn, db.sealer(), row.id).await.unwrap().unwrap();
            if let (true, Body::Text { html, .. }) = (message.chat == who, &message.body) {
                all += html;
            }
        }
    }
    all
}

#[tokio::test]
async fn whoever_cannot_be_written_to_is_to_be_phoned() {
    for fresh in each().await {
        let _inbox = door(&fresh.db, false).await;
        let after = now(&fresh.db).await;
        assert_eq!(after.details.quotes.open().map(|q| (q.version, q.price.total())), Some((1, 28_000)));
        assert_eq!(after.details.contacted, None, "nobody has read it");
        assert!(hears(&fresh.db, CLAIMER).await.contains("请打电话 13812345678"));
    }
}

#[tokio::test]
async fn what_it_says_is_sealed_and_one_answer_wins() {
    for fresh in each().await {
        let rival = Db::open(&fresh.url, &fresh.key()).await.unwrap();
        let one = door(&fresh.db, true).await;
        let two = inbox(&rival);
        assert!(hears(&fresh.db, CUSTOMER).await.contains("¥280"));
        assert!(!hears(&fresh.db, CLAIMER).await.contains("请打电话"));
        // The customer accepts while the technician takes it back, in two programs.
        let (first, second) =
            tokio::join!(one.handle(taps(4, CUSTOMER, "v1:accept:1001:1")), two.handle(taps(5, CLAIMER, "t1:withdraw:1001")));
        assert_eq!((first.unwrap(), second.unwrap()), (Handled::Applied, Handled::Applied));
        let quotes = now(&fresh.db).await.details.quotes;
        let sql = "SELECT what, note FROM ticket_event WHERE what IN ('quoted', 'accepted', 'withdrawn') ORDER BY n";
        let rows = sqlx::query(sql).fetch_all(&mut *fresh.db.read().await.unwrap()).await.unwrap();
        let what: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let won = if quotes.accepted.is_some() { "accepted" } else { "withdrawn" };
        assert_eq!((what, quotes.pending), (vec!["quoted".to_owned(), won.to_owned()], None), "{:?}", fresh.db.backend());
        for row in &rows {
            let note: Vec<u8> = row.get(1);
            assert!(!note.windows(5).any(|w| w == b"28000"), "no clear text");
        }
    }
}
