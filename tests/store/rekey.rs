//! A change of keys among writers that know nothing of it: nobody seals with the old key once the database names the new
//! one, nothing is lost, and everything opens with the new key alone.
use crate::sealed::opened;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::desk::notice::{Audience, Notice};
use baoxiu::desk::person::Person;
use baoxiu::desk::ticket::Event;
use baoxiu::dialog::session::Session;
use baoxiu::render::outgoing::{Body, Markup, Outgoing};
use baoxiu::store::session::Key;
use baoxiu::store::tables::{Kind, TABLES};
use baoxiu::store::{Backend, Db, StoreError, Unit, Write, crew, event, notice, outbox, person, rekey, session, task, ticket};
use baoxiu::vocabulary::input::{Input, Post, Timer};
use baoxiu::vocabulary::lang::Lang;
use baoxiu::vocabulary::say::{Place, Priority};

use crate::databases::each;
use crate::rows::{NOW, ticket as made};

/// Counts a session's runs on: what it was, and one more.
struct Runs(Db, Key);

impl Write for Runs {
    type Out = u64;
    type Error = StoreError;

    async fn write(&self, unit: &mut Unit<'_>) -> Result<u64, StoreError> {
        let Runs(db, key) = self;
        let mut session = session::lock(unit, db.sealer(), *key, 1).await?;
        assert!(!session.unreadable, "a session opens at every moment");
        session.runs += 1;
        // Others are quicker: the key may be changed now.
        tokio::time::sleep(Duration::from_millis(2)).await;
        session::write(unit, db.sealer(), *key, &session, 1).await?;
        Ok(u64::try_from(session.runs).unwrap())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_seals_with_the_old_key_after_the_new_one_is_named() {
    for fresh in each().await {
        for id in 1..=400 {
            let mut tx = fresh.db.begin().await.unwrap();
            let mut unit = Unit::alone(&mut tx);
            let mut one = person::lock(&mut unit, fresh.db.sealer(), id, Lang::Zh).await.unwrap();
            (one.working_name, one.working_phone) = ("李雷".into(), "13800000001".into());
            person::write(&mut unit, fresh.db.sealer(), &one).await.unwrap();
            tx.commit().await.unwrap();
        }
        // Programs of their own, that found the key file before it was touched.
        let (over, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
        let mut bots = Vec::new();
        // A file has one bot, a server may have several.
        for bot in 1..=if fresh.db.backend() == Backend::Sqlite { 1 } else { 3 } {
            let db = Db::open_existing(&fresh.url, &fresh.key()).await.unwrap();
            for person in 1..=4 {
                let (db, over, done) = (db.clone(), over.clone(), done.clone());
                bots.push(tokio::spawn(async move {
                    let mut runs = 0;
                    while !over.load(Ordering::Relaxed) {
                        runs += 1;
                        let counted = loop {
                            match db.write(Runs(db.clone(), Key::private(bot, person))).await {
                                // SQLite gives its lock to whoever asks at the right moment, not to whoever waits longest.
                                Err(error) if error.is_transient() => {}
                                counted => break counted.unwrap(),
                            }
                        };
                        assert_eq!(counted, runs, "nothing is lost");
                        done.fetch_add(1, Ordering::Relaxed);
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                }));
            }
        }
        let rotation = fresh.key().rotate(&fresh.db.keys().await.unwrap()).unwrap();
        let tool = Db::open_existing(&fresh.url, &fresh.key()).await.unwrap();
        let working = async |more: i64| {
            let until = done.load(Ordering::Relaxed) + more;
            while done.load(Ordering::Relaxed) < until {
                assert!(bots.iter().all(|bot| !bot.is_finished()));
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        working(30).await;
        rekey::turn(&tool, &rotation.new, &rotation.old).await.unwrap();
        let first = rekey::pass(&tool, &rotation.new, &rotation.old).await.unwrap();
        assert!(first.resealed >= 800 && first.closed == 0, "{first:?}");
        working(30).await;
        let second = rekey::pass(&tool, &rotation.new, &rotation.old).await.unwrap();
        assert_eq!(second, rekey::Pass::default(), "{:?}", fresh.db.backend());
        rekey::finish(&tool).await.unwrap();
        let new = rotation.new.clone();
        let old = rotation.old.clone();
        let kept = rotation.finish("2026-11-23").unwrap();
        working(30).await;
        over.store(true, Ordering::Relaxed);
        let talking = bots.len() as u64;
        for bot in bots {
            bot.await.unwrap();
        }
        assert_eq!(opened(&fresh.db, &new).await, (800 + talking, 0));
        assert_eq!(opened(&fresh.db, &old).await.0, 0);
        // Who has slept through it all follows as well, and whoever starts now knows the new key alone.
        let mut tx = fresh.db.begin().await.unwrap();
        let one = person::lock(&mut Unit::alone(&mut tx), fresh.db.sealer(), 7, Lang::Zh).await.unwrap();
        assert_eq!((one.working_phone.as_str(), fresh.db.sealer().fingerprint()), ("13800000001", new.fingerprint()));
        tx.commit().await.unwrap();
        std::fs::remove_file(kept).unwrap();
        Db::open_existing(&fresh.url, &fresh.key()).await.unwrap().close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_new_key_nothing_is_written() {
    for fresh in each().await {
        let before = std::fs::read(fresh.key().path()).unwrap();
        let bot = Db::open_existing(&fresh.url, &fresh.key()).await.unwrap();
        let rotation = fresh.key().rotate(&fresh.db.keys().await.unwrap()).unwrap();
        rekey::turn(&fresh.db, &rotation.new, &rotation.old).await.unwrap();
        let both = std::fs::read(fresh.key().path()).unwrap();
        // A bot on another machine has a copy of its own.
        std::fs::write(fresh.key().path(), &before).unwrap();
        let refused = bot.write(Runs(bot.clone(), Key::private(1, 1))).await.unwrap_err().to_string();
        assert!(refused.contains("does not belong to this database"), "{refused}");
        std::fs::write(fresh.key().path(), &both).unwrap();
        assert_eq!(bot.write(Runs(bot.clone(), Key::private(1, 1))).await.unwrap(), 1, "it goes on when the key is there");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_new_key_is_named_only_when_nobody_is_in_the_middle_of_writing() {
    for fresh in each().await {
        let bot = Db::open_existing(&fresh.url, &fresh.key()).await.unwrap();
        let rotation = fresh.key().rotate(&fresh.db.keys().await.unwrap()).unwrap();
        let old = rotation.old.fingerprint();
        let mut tx = bot.begin().await.unwrap();
        let tool = fresh.db.clone();
        let turning = tokio::spawn(async move { rekey::turn(&tool, &rotation.new, &rotation.old).await.map(|()| rotation) });
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!turning.is_finished(), "{:?}: it waits for whoever may seal with the old key", bot.backend());
        assert_eq!(fresh.db.keys().await.unwrap(), [old]);
        // Sealed with the old key, and committed before the new one is named.
        let mut unit = Unit::alone(&mut tx);
        let one = person::lock(&mut unit, bot.sealer(), 7, Lang::Zh).await.unwrap();
        person::write(&mut unit, bot.sealer(), &Person { working_name: "李雷".into(), ..one }).await.unwrap();
        tx.commit().await.unwrap();
        let rotation = turning.await.unwrap().unwrap();
        drop(bot.begin().await.unwrap());
        assert_eq!(bot.sealer().fingerprint(), rotation.new.fingerprint(), "whoever comes next is told");
        assert_eq!(rekey::pass(&fresh.db, &rotation.new, &rotation.old).await.unwrap().resealed, 1);
    }
}

#[tokio::test]
async fn whatever_the_store_seals_is_found_by_the_list_of_tables() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let mut unit = Unit::alone(&mut tx);
        let one = person::lock(&mut unit, s, 7, Lang::Zh).await.unwrap();
        let one = Person { working_name: "李雷".into(), working_phone: "13800000001".into(), ..one };
        person::write(&mut unit, s, &one).await.unwrap();
        let key = Key { bot: 1, chat: -100, person: 7, topic: 3 };
        session::lock(&mut unit, s, key, 1).await.unwrap();
        session::write(&mut unit, s, key, &Session::default(), 1).await.unwrap();
        let group = Crew {
            id: 0,
            chat: -100,
            kind: CrewKind::Crew,
            title: "大连组".into(),
            areas: Vec::new(),
            active: true,
            profile: Profile::default(),
        };
        crew::upsert(&mut unit, s, &group).await.unwrap();
        ticket::insert(&mut unit, s, &made(1001)).await.unwrap();
        let line = Event { ticket: 1001, who: 7, what: "note".into(), note: "漏水".into() };
        event::append(&mut unit, s, &line, 1).await.unwrap();
        task::push_failed(&mut unit, s, &Input::Timer(Timer::Promise { ticket: 1001 }), 1).await.unwrap();
        let body = Body::Text { html: "您好".to_owned(), markup: Markup::None };
        let message = Outgoing { chat: 7, body, place: Place::New, priority: Priority::Reply, protect: false };
        outbox::push(&mut unit, s, &message, 1).await.unwrap();
        outbox::push_notice(&mut unit, 1, &[7], 1).await.unwrap();
        let post = Post { html: "通知".to_owned(), media: None };
        notice::insert(&mut tx, s, &Notice::new(1, 7, Audience::Customers, NOW), &post).await.unwrap();
        tx.commit().await.unwrap();
        let sealed = TABLES.iter().flat_map(|table| table.columns).filter(|(_, kind)| *kind == Kind::Sealed).count() as u64;
        // One value for each column: a column that no function above fills belongs here.
        assert_eq!(opened(&fresh.db, s).await, (sealed, 0));
        let rotation = fresh.key().rotate(&fresh.db.keys().await.unwrap()).unwrap();
        rekey::turn(&fresh.db, &rotation.new, &rotation.old).await.unwrap();
        let pass = rekey::pass(&fresh.db, &rotation.new, &rotation.old).await.unwrap();
        assert_eq!(pass, rekey::Pass { resealed: sealed, missed: 0, closed: 0 });
        let mut tx = fresh.db.begin().await.unwrap();
        let seen = outbox::body(&mut tx, fresh.db.sealer(), 1).await.unwrap();
        assert_eq!(seen, Some(message), "it is read as it was written");
        assert_eq!(ticket::read(&mut tx, fresh.db.sealer(), 1001).await.unwrap(), Some(made(1001)));
    }
}
