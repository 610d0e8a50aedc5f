//! Many who share one commit see what they would have seen one after the other.
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use baoxiu::core::scene::{TicketRef, TimerChange};
use baoxiu::desk::person::Person;
use baoxiu::desk::ticket::{Event, Status};
use baoxiu::dialog::session::{Run, Session};
use baoxiu::render::outgoing::{Body, Markup, Outgoing};
use baoxiu::seal::Sealer;
use baoxiu::store::known::Cache;
use baoxiu::store::meta::{self, Counter};
use baoxiu::store::session::Key;
use baoxiu::store::{
    Db, SQLITE_STATEMENTS, StoreError, Unit, Wants, Write, card, coverage, event, known, outbox, person, session, task, ticket,
    update,
};
use baoxiu::vocabulary::input::{Input, Timer};
use baoxiu::vocabulary::lang::Lang;
use baoxiu::vocabulary::say::{CardRef, CardRole, Place, Priority};
use sqlx::{AssertSqlSafe, Executor, Row, SqlSafeStr};

use crate::databases::{each, sqlite};
use crate::rows::{NOW, ticket as made};

type Doing<'u, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'u>>;
type Does<T> = Box<dyn for<'u> Fn(&'u mut Unit<'_>) -> Doing<'u, T> + Send + Sync>;

/// Somebody who writes on behalf of a person.
struct Job<T> {
    person: i64,
    update: i64,
    does: Does<T>,
}

impl<T: Send + 'static> Write for Job<T> {
    type Out = T;
    type Error = StoreError;

    fn wants(&self) -> Option<Wants> {
        Some(Wants {
            bot: 1,
            update: Some(self.update),
            subject: self.person,
            person: Some(self.person),
            card: Some((7, 55)),
            at: NOW,
        })
    }

    async fn write(&self, unit: &mut Unit<'_>) -> Result<T, StoreError> {
        (self.does)(unit).await
    }
}

macro_rules! job {
    ($person:expr, $update:expr, |$unit:ident| $body:block) => {
        Job { person: $person, update: $update, does: Box::new(move |$unit| Box::pin(async move { $body })) }
    };
}

fn line(ticket: i64, note: &str) -> Event {
    Event { ticket, who: 7, what: "created".into(), note: note.into() }
}

fn outgoing(chat: i64) -> Outgoing {
    let body = Body::Text { html: "好".into(), markup: Markup::None };
    Outgoing { chat, body, place: Place::New, priority: Priority::Reply, protect: false }
}

/// Keeps the writer busy, so that whoever comes meanwhile shares the next commit.
async fn busy(db: &Db) {
    let (db, slow) = (
        db.clone(),
        job!(0, 0, |_unit| {
            tokio::time::sleep(Duration::from_millis(60)).await;
            Ok(())
        }),
    );
    tokio::spawn(async move { db.write(slow).await });
    tokio::time::sleep(Duration::from_millis(20)).await;
}

async fn together<T: Send + 'static>(db: &Db, jobs: Vec<Job<T>>) -> Vec<Result<T, StoreError>> {
    busy(db).await;
    let mut running = tokio::task::JoinSet::new();
    let mut results: Vec<Option<Result<T, StoreError>>> = jobs.iter().map(|_| None).collect();
    for (i, job) in jobs.into_iter().enumerate() {
        let db = db.clone();
        running.spawn(async move { (i, db.write(job).await) });
        tokio::task::yield_now().await;
    }
    while let Some(done) = running.join_next().await {
        let (i, result) = done.unwrap();
        results[i] = Some(result);
    }
    results.into_iter().map(|result| result.unwrap()).collect()
}

#[tokio::test]
async fn statements_that_read_ahead_are_understood() {
    let fresh = sqlite().await;
    let mut tx = fresh.db.begin().await.unwrap();
    for sql in SQLITE_STATEMENTS.iter().flat_map(|(_, statements)| *statements) {
        tx.prepare(sql.into_sql_str()).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_read_ahead_costs_what_is_asked_for_however_much_is_open() {
    let fresh = sqlite().await;
    let mut tx = fresh.db.begin().await.unwrap();
    for sql in SQLITE_STATEMENTS.iter().flat_map(|(_, statements)| *statements) {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(&mut *tx).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|row| row.try_get(3).unwrap()).collect();
        let with = |words: &str| steps.iter().any(|step| step.starts_with(words));
        for table in ["session", "person", "seen_update", "task", "ticket", "card"] {
            assert!(with(&format!("SEARCH {table} USING")) && !with(&format!("SCAN {table}")), "{table}: {steps:#?}");
        }
        assert!(!steps.iter().any(|step| step.contains("ticket_status") || step.contains("task_due")), "{steps:#?}");
    }
}

#[tokio::test]
async fn an_update_counts_once_even_twice_in_one_commit() {
    for fresh in each().await {
        let again = || job!(7, 5, |unit| { update::insert(unit, 1, 5, NOW).await });
        let mut fresh_ones: Vec<bool> =
            together(&fresh.db, vec![again(), again()]).await.into_iter().map(Result::unwrap).collect();
        fresh_ones.sort_unstable();
        assert_eq!(fresh_ones, [false, true]);
        assert!(!fresh.db.write(again()).await.unwrap(), "nor in a later one");
    }
}

/// A send that was settled: nobody waits for it.
struct Settled;

impl Write for Settled {
    type Out = ();
    type Error = StoreError;

    fn is_urgent(&self) -> bool {
        false
    }

    async fn write(&self, _unit: &mut Unit<'_>) -> Result<(), StoreError> {
        Ok(())
    }
}

#[tokio::test]
async fn what_nobody_waits_for_shares_the_commit_of_what_somebody_waits_for() {
    let fresh = sqlite().await;
    let before = fresh.db.commits().count;
    let (settled, came) = tokio::join!(biased; fresh.db.write(Settled), fresh.db.write(job!(7, 5, |_unit| { Ok(()) })));
    assert!(settled.is_ok() && came.is_ok());
    assert_eq!(fresh.db.commits().count, before + 1);
    // It does not wait for ever.
    fresh.db.write(Settled).await.unwrap();
    assert_eq!(fresh.db.commits().count, before + 2);
}

#[tokio::test]
async fn what_one_writes_the_next_one_reads() {
    for fresh in each().await {
        let sealer = fresh.db.sealer().clone();
        let key = Key::private(1, 7);
        let one = {
            let s = sealer.clone();
            Job {
                person: 7,
                update: 1,
                does: Box::new(move |unit| {
                    let s = s.clone();
                    Box::pin(async move {
                        let mut session = session::lock(unit, &s, key, NOW).await?;
                        assert_eq!(session, Session::default());
                        session.run = Some(Run::default());
                        session::write(unit, &s, key, &session, NOW).await?;
                        let mut who = person::lock(unit, &s, 7, Lang::En).await?;
                        assert_eq!((who.id, who.lang, who.reachable), (7, Lang::En, false));
                        who.reachable = true;
                        who.working_name = "王师傅".into();
                        person::write(unit, &s, &who).await?;
                        let timer = TimerChange {
                            subject: 7,
                            name: "silence".into(),
                            set: Some((NOW + 5, Timer::Promise { ticket: 9 })),
                        };
                        task::set_timer(unit, &s, &timer).await?;
                        let number = meta::next(unit, Counter::Ticket).await?;
                        ticket::insert(unit, &s, &made(number)).await?;
                        for note in ["", "词", ""] {
                            event::append(unit, &s, &line(number, note), NOW).await?;
                        }
                        outbox::push(unit, &s, &outgoing(7), NOW).await
                    })
                }),
            }
        };
        let other = {
            let s = sealer.clone();
            Job {
                person: 7,
                update: 2,
                does: Box::new(move |unit| {
                    let s = s.clone();
                    Box::pin(async move {
                        assert!(session::lock(unit, &s, key, NOW).await?.run.is_some());
                        let who = person::lock(unit, &s, 7, Lang::Zh).await?;
                        assert_eq!((who.lang, who.reachable, who.working_name.as_str()), (Lang::En, true, "王师傅"));
                        let tickets = ticket::lock(unit, &s, &[TicketRef::Customer(7)], NOW).await?;
                        assert_eq!(tickets.iter().map(|t| t.number).collect::<Vec<_>>(), [1001]);
                        let mut done = tickets[0].clone();
                        done.status = Status::Cancelled;
                        ticket::update(unit, &s, &done).await?;
                        assert_eq!(ticket::lock(unit, &s, &[TicketRef::Customer(7)], NOW).await?, []);
                        let history = event::history(unit.reads().await?, &s, 1001, 1, 10).await?;
                        assert_eq!(history.lines.iter().map(|(_, e)| e.note.as_str()).collect::<Vec<_>>(), ["", "词", ""]);
                        assert_eq!(meta::next(unit, Counter::Ticket).await?, 1002);
                        outbox::push(unit, &s, &outgoing(7), NOW).await
                    })
                }),
            }
        };
        // On PostgreSQL they do not share a commit; there the second waits for nothing that the first has locked.
        let ids: Vec<i64> = if fresh.db.backend() == baoxiu::store::Backend::Sqlite {
            together(&fresh.db, vec![one, other]).await.into_iter().map(Result::unwrap).collect()
        } else {
            vec![fresh.db.write(one).await.unwrap(), fresh.db.write(other).await.unwrap()]
        };
        assert_eq!(ids, [1, 2]);
        let mut conn = fresh.db.read().await.unwrap();
        assert_eq!(
            outbox::waiting(&mut conn, Priority::Reply, 0, 10).await.unwrap().iter().map(|w| w.id).collect::<Vec<_>>(),
            [1, 2]
        );
        let due = task::due(&mut conn, &sealer, NOW + 5, 10).await.unwrap();
        assert_eq!(due.iter().map(|t| t.input.clone()).collect::<Vec<_>>(), [Some(Input::Timer(Timer::Promise { ticket: 9 }))]);
    }
}

/// What one of several does to rows that all of them touch.
#[derive(Clone, Copy, Debug)]
enum Act {
    Owe(i64),
    Sent(i64),
    Timer(i64, i64),
    NoTimer(i64),
    Shows(i64, i64),
    Forgets(i64),
    Happens(i64),
    Meets(i64, i64),
}

async fn act(unit: &mut Unit<'_>, sealer: &Sealer, act: Act) -> Result<(), StoreError> {
    let card = |number| CardRef { number, role: CardRole::Crew };
    let timer = |n: i64, set| TimerChange { subject: n, name: format!("t{n}"), set };
    match act {
        Act::Owe(chat) => outbox::push(unit, sealer, &outgoing(chat), NOW).await.map(drop),
        Act::Sent(id) => outbox::finish(unit, id).await,
        Act::Timer(n, due) => task::set_timer(unit, sealer, &timer(n, Some((due, Timer::Promise { ticket: n })))).await,
        Act::NoTimer(n) => task::set_timer(unit, sealer, &timer(n, None)).await,
        Act::Shows(number, message) => card::replace(unit, &card(number), 7, &[message, message + 1]).await,
        Act::Forgets(number) => card::forget(unit, &card(number), 7).await,
        Act::Happens(ticket) => event::append(unit, sealer, &line(ticket, ""), NOW).await,
        Act::Meets(id, tokens) => {
            let who = person::lock(unit, sealer, id, Lang::Zh).await?;
            person::write(unit, sealer, &Person { tokens, ..who }).await
        }
    }
}

/// Everything that such acts leave behind, without what is sealed.
async fn left(db: &Db) -> Vec<String> {
    let mut rows = Vec::new();
    for sql in [
        "SELECT 'outbox ' || id || ' ' || chat FROM outbox ORDER BY id",
        "SELECT 'task ' || subject || ' ' || name || ' ' || due FROM task ORDER BY subject, name, due",
        "SELECT 'card ' || ticket || ' ' || n || ' ' || message FROM card ORDER BY ticket, n, message",
        "SELECT 'event ' || ticket || ' ' || n FROM ticket_event ORDER BY ticket, n",
        "SELECT 'person ' || id || ' ' || tokens FROM person ORDER BY id",
        "SELECT 'counter ' || name || ' ' || value FROM counter ORDER BY name",
    ] {
        let mut conn = db.read().await.unwrap();
        rows.extend(sqlx::query_scalar::<_, String>(sql).fetch_all(&mut *conn).await.unwrap());
    }
    rows
}

/// Statements that were put off are joined and change places: what comes of it must be what came of one after the other.
#[tokio::test]
async fn put_off_and_joined_comes_to_the_same_as_one_after_the_other() {
    let mut random: u64 = 0x5eed;
    let mut below = move |n: i64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((random >> 33) % n as u64) as i64
    };
    for round in 0..25 {
        let acts: Vec<Act> = (0..1 + below(200))
            .map(|_| match below(8) {
                0 => Act::Owe(below(5)),
                1 => Act::Sent(1 + below(30)),
                2 => Act::Timer(below(4), below(9)),
                3 => Act::NoTimer(below(4)),
                4 => Act::Shows(below(4), 10 * below(9)),
                5 => Act::Forgets(below(4)),
                6 => Act::Happens(below(4)),
                _ => Act::Meets(1 + below(4), below(99)),
            })
            .collect();
        let (alone, shared) = (sqlite().await, sqlite().await);
        let mut tx = alone.db.begin().await.unwrap();
        for one in &acts {
            act(&mut Unit::alone(&mut tx), alone.db.sealer(), *one).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (sealer, doing) = (shared.db.sealer().clone(), acts.clone());
        let job = Job {
            person: 1,
            update: 1,
            does: Box::new(move |unit: &mut Unit<'_>| {
                let (sealer, doing) = (sealer.clone(), doing.clone());
                Box::pin(async move {
                    for one in doing {
                        act(unit, &sealer, one).await?;
                    }
                    Ok(())
                }) as Doing<'_, ()>
            }),
        };
        shared.db.write(job).await.unwrap();
        assert_eq!(left(&shared.db).await, left(&alone.db).await, "round {round}: {acts:?}");
    }
}

#[tokio::test]
async fn a_card_is_found_as_soon_as_it_is_recorded() {
    let fresh = sqlite().await;
    let card = CardRef { number: 17, role: CardRole::Crew };
    let finds = |person: i64| job!(person, person, |unit| { ticket::card(unit, 7, 55).await });
    let shows = Job {
        person: 2,
        update: 2,
        does: Box::new(move |unit: &mut Unit<'_>| {
            let card = card.clone();
            Box::pin(async move { card::replace(unit, &card, 7, &[55]).await.map(|()| None) }) as Doing<'_, Option<i64>>
        }),
    };
    let found: Vec<_> = together(&fresh.db, vec![finds(1), shows, finds(3)]).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(found, [None, None, Some(17)]);
    assert_eq!(fresh.db.write(finds(4)).await.unwrap(), Some(17));
}

#[tokio::test]
async fn who_fails_takes_nobody_along() {
    for fresh in each().await {
        let sealer = fresh.db.sealer().clone();
        let good = |person: i64| {
            let s = sealer.clone();
            Job {
                person,
                update: person,
                does: Box::new(move |unit: &mut Unit<'_>| {
                    let s = s.clone();
                    Box::pin(async move {
                        let who = person::lock(unit, &s, person, Lang::Zh).await?;
                        person::write(unit, &s, &Person { reachable: true, ..who }).await?;
                        outbox::push(unit, &s, &outgoing(person), NOW).await
                    }) as Doing<'_, i64>
                }),
            }
        };
        let bad = job!(8, 8, |unit| {
            outbox::finish(unit, 77).await?;
            Err(StoreError::Broken)
        });
        // What the database refuses is found out when it is written: at the end, or by whoever reads next.
        let s = sealer.clone();
        let refused = Job {
            person: 9,
            update: 9,
            does: Box::new(move |unit: &mut Unit<'_>| {
                let s = s.clone();
                Box::pin(async move {
                    ticket::insert(unit, &s, &made(1)).await?;
                    ticket::insert(unit, &s, &made(1)).await?;
                    Ok(0i64)
                }) as Doing<'_, i64>
            }),
        };
        let results = together(&fresh.db, vec![good(7), bad, refused, good(10)]).await;
        let ok: Vec<bool> = results.iter().map(Result::is_ok).collect();
        assert_eq!(ok, [true, false, false, true]);
        let mut conn = fresh.db.read().await.unwrap();
        let chats: Vec<i64> = outbox::waiting(&mut conn, Priority::Reply, 0, 10).await.unwrap().iter().map(|w| w.chat).collect();
        assert_eq!(chats.len(), 2);
        assert!(chats.contains(&7) && chats.contains(&10));
    }
}

#[tokio::test]
async fn what_is_kept_in_memory_is_what_was_committed() {
    let fresh = sqlite().await;
    let cache = Cache::default();
    let sealer = fresh.db.sealer().clone();
    let reader = |person: i64| {
        let (s, cache) = (sealer.clone(), cache.clone());
        Job {
            person,
            update: person,
            does: Box::new(move |unit: &mut Unit<'_>| {
                let (s, cache) = (s.clone(), cache.clone());
                Box::pin(async move { Ok(cache.read(unit, &s).await?.hotline.clone()) }) as Doing<'_, Option<String>>
            }),
        }
    };
    let sets = |person: i64, fails: bool| {
        job!(person, person, |unit| {
            known::set_hotline(unit, "110").await?;
            coverage::add(unit, "110105", "朝阳区").await?;
            if fails { Err(StoreError::Broken) } else { Ok(None) }
        })
    };
    // The failure undoes the first try of all; the second reader must not have learned from it.
    let results = together(&fresh.db, vec![reader(1), sets(2, true), reader(3)]).await;
    assert_eq!(results[2].as_ref().unwrap(), &None);
    let results = together(&fresh.db, vec![reader(1), sets(2, false), reader(3)]).await;
    assert_eq!((results[0].as_ref().unwrap(), results[2].as_ref().unwrap().as_deref()), (&None, Some("110")));
    assert_eq!(fresh.db.write(reader(1)).await.unwrap().as_deref(), Some("110"));
}
