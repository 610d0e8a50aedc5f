//! Every statement is understood, every table is read as it was written.
use baoxiu::core::scene::{History, TicketRef, TimerChange};
use baoxiu::desk::crew::{Crew, CrewKind, Profile};
use baoxiu::desk::ticket::{Details, Event, Status, Ticket};
use baoxiu::dialog::session::{Run, Session};
use baoxiu::store::meta::Counter;
use baoxiu::store::session::Key;
use baoxiu::store::task::{DELAYS, Failed};
use baoxiu::store::*;
use baoxiu::vocabulary::input::{Input, Post, Timer};
use baoxiu::vocabulary::lang::Lang;
use sqlx::{Executor, Row, SqlSafeStr};

use crate::databases::each;

pub const NOW: i64 = 1_770_000_000_000;

pub fn ticket(number: i64) -> Ticket {
    Ticket {
        number,
        customer: 7,
        status: Status::Open,
        fault: "heating".into(),
        danger: true,
        district: Some("110105".into()),
        served: Some(false),
        created: NOW,
        promise: Some(NOW + 1),
        crew: None,
        claimer: None,
        claimed: None,
        updated: NOW,
        trial: false,
        details: Details {
            phone: "13800000000".into(),
            address: "花园路 1 号".into(),
            location: Some((39.9, 116.4)),
            ..Details::default()
        },
    }
}

fn crew(chat: i64, areas: &[&str]) -> Crew {
    let areas = areas.iter().map(|a| a.to_string()).collect();
    Crew { id: 0, chat, kind: CrewKind::Crew, title: "朝阳一班".into(), areas, active: true, profile: Profile::default() }
}

#[tokio::test]
async fn every_statement_is_understood() {
    for fresh in each().await {
        let mut tx = fresh.db.begin().await.unwrap();
        for (file, statements) in STATEMENTS {
            for sql in *statements {
                if let Err(error) = tx.prepare(sql.into_sql_str()).await {
                    panic!("{:?}, {file}.rs: {sql}\n{error}", fresh.db.backend());
                }
            }
        }
    }
}

#[tokio::test]
async fn an_update_counts_once() {
    for fresh in each().await {
        let mut tx = fresh.db.begin().await.unwrap();
        assert!(update::insert(&mut Unit::alone(&mut tx), 1, 5, NOW).await.unwrap());
        assert!(!update::insert(&mut Unit::alone(&mut tx), 1, 5, NOW).await.unwrap());
        assert!(update::insert(&mut Unit::alone(&mut tx), 2, 5, NOW).await.unwrap(), "bots do not share numbers");
        assert!(update::insert(&mut Unit::alone(&mut tx), 1, 4, NOW + 9).await.unwrap(), "numbers may go back");
        assert!(!update::insert(&mut Unit::alone(&mut tx), 1, 4, NOW).await.unwrap());
        assert_eq!(meta::take(&mut Unit::alone(&mut tx), Counter::Task, 5).await.unwrap(), 1);
        assert_eq!(meta::next(&mut Unit::alone(&mut tx), Counter::Task).await.unwrap(), 6);
        assert_eq!(meta::take(&mut Unit::alone(&mut tx), Counter::Ticket, 0).await.unwrap(), 1001);
        assert_eq!(meta::next(&mut Unit::alone(&mut tx), Counter::Ticket).await.unwrap(), 1001);
    }
}

#[tokio::test]
async fn people_there_and_back() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        person::appoint(&mut Unit::alone(&mut tx), &[9, 7]).await.unwrap();
        assert_eq!(person::admins(&mut tx).await.unwrap(), [7, 9]);
        let mut p = person::lock(&mut Unit::alone(&mut tx), s, 7, Lang::En).await.unwrap();
        assert_eq!((p.lang, p.admin, p.reachable), (Lang::En, true, false), "the app's language, though the row was there");
        (p.working_name, p.working_phone) = ("王师傅".into(), "13900000000".into());
        (p.reachable, p.tokens, p.refilled, p.warned, p.menu) = (true, 1500, NOW, true, "setup".into());
        person::write(&mut Unit::alone(&mut tx), s, &p).await.unwrap();
        assert_eq!(person::lock(&mut Unit::alone(&mut tx), s, 7, Lang::Zh).await.unwrap(), p);
        assert_eq!(person::admin_names(&mut tx, s).await.unwrap().into_iter().collect::<Vec<_>>(), [(7, "王师傅".to_owned())]);
        person::appoint(&mut Unit::alone(&mut tx), &[9]).await.unwrap();
        assert_eq!(person::admins(&mut tx).await.unwrap(), [7, 9], "who is not named stays");
        person::dismiss(&mut Unit::alone(&mut tx), 7).await.unwrap();
        let dismissed = person::lock(&mut Unit::alone(&mut tx), s, 7, Lang::Zh).await.unwrap();
        // The menu that their chat shows is known still: whoever cannot be reached now loses it when they come back.
        assert_eq!((dismissed.admin, &*dismissed.menu), (false, "setup"));
        person::set_reachable(&mut tx, 7, false).await.unwrap();
        let route = person::route(&mut tx, 7).await.unwrap();
        assert_eq!((route.lang, route.reachable), (Lang::En, false));
        assert!(!person::route(&mut tx, 404).await.unwrap().reachable);
        assert_eq!(person::admins(&mut tx).await.unwrap(), [9]);
        let row = sqlx::query("SELECT working_name, working_phone, version FROM person WHERE id = 7")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        let phone: Vec<u8> = row.get(1);
        assert!(!phone.windows(11).any(|w| w == b"13900000000"), "no clear text");
        assert_eq!(row.get::<i64, _>(2), 6, "every lock and change counts");
    }
}

#[tokio::test]
async fn sessions_there_and_back() {
    for fresh in each().await {
        let (mut tx, s, key) = (fresh.db.begin().await.unwrap(), fresh.db.sealer(), Key::private(1, 7));
        assert_eq!(session::lock(&mut Unit::alone(&mut tx), s, key, NOW).await.unwrap(), Session::default());
        let mut state = Session {
            runs: 3,
            run: Some(Run { dialog: "report".into(), ..Run::default() }),
            guide: false,
            album: Some("a".into()),
            draft: Some((3, Post { html: "停水".into(), media: None })),
            unreadable: false,
        };
        session::write(&mut Unit::alone(&mut tx), s, key, &state, NOW).await.unwrap();
        assert_eq!(session::lock(&mut Unit::alone(&mut tx), s, key, NOW).await.unwrap(), state);
        for spoilt in [s.seal("session", "state", "1:7:7:0", b"{\"run\": 5}").unwrap(), b"rubbish".to_vec()] {
            sqlx::query("UPDATE session SET state = $1").bind(spoilt).execute(&mut *tx).await.unwrap();
            assert!(session::lock(&mut Unit::alone(&mut tx), s, key, NOW).await.unwrap().unreadable, "marked, not an error");
        }
        state.runs = 4;
        session::write(&mut Unit::alone(&mut tx), s, key, &state, NOW).await.unwrap();
        assert_eq!(session::lock(&mut Unit::alone(&mut tx), s, key, NOW).await.unwrap(), state);
    }
}

#[tokio::test]
async fn tickets_there_and_back() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let id = crew::upsert(&mut Unit::alone(&mut tx), s, &crew(-100, &[])).await.unwrap();
        let open = ticket(1001);
        let claimed = Ticket {
            crew: Some(id),
            status: Status::Claimed,
            claimer: Some(8),
            claimed: Some(NOW),
            served: None,
            district: None,
            promise: None,
            ..ticket(1002)
        };
        let done = Ticket { status: Status::Done, updated: NOW - ticket::DONE_COUNTS, ..ticket(1003) };
        let old = Ticket { status: Status::Done, updated: NOW - ticket::DONE_COUNTS - 1, ..ticket(1004) };
        for one in [&open, &claimed, &done, &old] {
            ticket::insert(&mut Unit::alone(&mut tx), s, one).await.unwrap();
            assert_eq!(ticket::read(&mut tx, s, one.number).await.unwrap().as_ref(), Some(one));
        }
        assert!(ticket::update(&mut Unit::alone(&mut tx), s, &ticket(4)).await.is_err(), "nothing to update");
        sqlx::query("INSERT INTO card (ticket, role, chat, n, message) VALUES (1003, 'crew', -100, 0, 55)")
            .execute(&mut *tx)
            .await
            .unwrap();
        assert_eq!(ticket::crew_chats(&mut tx, 1002).await.unwrap(), [-100]);
        assert_eq!(ticket::crew_chats(&mut tx, 1001).await.unwrap(), [0i64; 0]);
        for (refs, expected) in [
            (vec![TicketRef::Number(1004)], vec![1004]),
            (vec![TicketRef::Number(4)], vec![]),
            (vec![TicketRef::Card { chat: -100, message: 55 }], vec![1003]),
            (vec![TicketRef::Customer(7)], vec![1001, 1002, 1003]),
            (vec![TicketRef::Claimer(8)], vec![1002]),
            (vec![TicketRef::ClaimerIn { user: 8, chat: -100 }], vec![1002]),
            (vec![TicketRef::ClaimerIn { user: 8, chat: -1 }], vec![]),
            (vec![TicketRef::Crew(-100)], vec![1002]),
            (vec![TicketRef::Number(1003), TicketRef::Customer(7), TicketRef::Number(1004)], vec![1003, 1001, 1002, 1004]),
        ] {
            let locked = ticket::lock(&mut Unit::alone(&mut tx), s, &refs, NOW).await.unwrap();
            assert_eq!(locked.iter().map(|t| t.number).collect::<Vec<_>>(), expected, "{refs:?}");
        }
        let details: Vec<u8> =
            sqlx::query("SELECT details FROM ticket WHERE number = 1001").fetch_one(&mut *tx).await.unwrap().get(0);
        assert!(!String::from_utf8_lossy(&details).contains("13800000000"));
        for note in ["", "水管爆了"] {
            let event = Event { ticket: 1001, who: 7, what: "submitted".into(), note: note.into() };
            event::append(&mut Unit::alone(&mut tx), s, &event, NOW).await.unwrap();
        }
        let mut technician = person::lock(&mut Unit::alone(&mut tx), s, 7, Lang::Zh).await.unwrap();
        technician.working_name = "李师傅".into();
        person::write(&mut Unit::alone(&mut tx), s, &technician).await.unwrap();
        let history = event::history(&mut tx, s, 1001, 7, 9).await.unwrap();
        assert_eq!(
            history.lines.iter().map(|(at, e)| (*at, e.note.as_str())).collect::<Vec<_>>(),
            [(NOW, ""), (NOW, "水管爆了")]
        );
        assert_eq!((history.earlier, history.had, history.names[&7].as_str()), (0, false, "李师傅"));
        let claimed = Event { ticket: 1001, who: 7, what: "claimed".into(), note: String::new() };
        event::append(&mut Unit::alone(&mut tx), s, &claimed, NOW).await.unwrap();
        let newest = event::history(&mut tx, s, 1001, 7, 2).await.unwrap();
        assert_eq!((newest.earlier, newest.had), (1, true));
        assert_eq!(newest.lines.iter().map(|(_, e)| e.what.as_str()).collect::<Vec<_>>(), ["submitted", "claimed"]);
        assert!(!event::history(&mut tx, s, 1001, 8, 2).await.unwrap().had, "somebody else");
        assert_eq!(event::history(&mut tx, s, 4, 7, 2).await.unwrap(), History::default(), "no such ticket");
    }
}

#[tokio::test]
async fn crews_there_and_back_and_to_a_new_group() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let first = crew::upsert(&mut Unit::alone(&mut tx), s, &crew(-1, &["1101", "110105001"])).await.unwrap();
        let second = crew::upsert(&mut Unit::alone(&mut tx), s, &Crew { kind: CrewKind::Desk, ..crew(-2, &[]) }).await.unwrap();
        assert_eq!(crew::upsert(&mut Unit::alone(&mut tx), s, &crew(-1, &["3101"])).await.unwrap(), first, "known by its chat");
        crew::deactivate(&mut Unit::alone(&mut tx), -1).await.unwrap();
        let all = crew::all(&mut tx, s).await.unwrap();
        assert_eq!(all.iter().map(|c| c.id).collect::<Vec<_>>(), [second, first], "active ones first");
        assert_eq!((all[1].areas.as_slice(), all[1].title.as_str()), (["3101".to_owned()].as_slice(), "朝阳一班"));

        sqlx::query("INSERT INTO card (ticket, role, chat, n, message) VALUES (1, 'crew', -2, 0, 5)")
            .execute(&mut *tx)
            .await
            .unwrap();
        crew::migrate(&mut Unit::alone(&mut tx), -2, -1002).await.unwrap();
        crew::migrate(&mut Unit::alone(&mut tx), -2, -1002).await.unwrap();
        let moved = crew::all(&mut tx, s).await.unwrap().into_iter().find(|c| c.id == second).unwrap();
        assert_eq!((moved.chat, moved.kind, moved.active), (-1002, CrewKind::Desk, true));
        assert_eq!(ticket::card(&mut Unit::alone(&mut tx), -2, 5).await.unwrap(), None);
        crew::migrate(&mut Unit::alone(&mut tx), -1, -1002).await.unwrap();
        assert_eq!(crew::all(&mut tx, s).await.unwrap().len(), 2, "a group that is bound already keeps its row");
    }
}

#[tokio::test]
async fn coverage_is_seeded_once_and_kept_until_it_changes() {
    for fresh in each().await {
        let mut tx = fresh.db.begin().await.unwrap();
        let cache = known::Cache::default();
        let area = |code: &str| vec![(code.to_owned(), "区".to_owned())];
        assert!(coverage::seed(&mut Unit::alone(&mut tx), &area("110105")).await.unwrap());
        assert!(!coverage::seed(&mut Unit::alone(&mut tx), &area("110106")).await.unwrap());
        cache.read(&mut Unit::alone(&mut tx), fresh.db.sealer()).await.unwrap();
        coverage::add(&mut Unit::alone(&mut tx), "310101", "黄浦区").await.unwrap();
        cache.read(&mut Unit::alone(&mut tx), fresh.db.sealer()).await.unwrap();
        assert!(coverage::remove(&mut Unit::alone(&mut tx), "310101").await.unwrap());
        assert!(!coverage::remove(&mut Unit::alone(&mut tx), "310101").await.unwrap());
        assert_eq!(meta::read(&mut tx, meta::SERVED).await.unwrap().as_deref(), Some("4"));
        // An admin may serve nothing for a while; the next start does not undo that.
        assert!(coverage::remove(&mut Unit::alone(&mut tx), "110105").await.unwrap());
        assert!(!coverage::seed(&mut Unit::alone(&mut tx), &area("110105")).await.unwrap());
        assert_eq!(coverage::areas(&mut tx).await.unwrap(), []);
        let called = vec![("110105".to_owned(), "国贸".to_owned())];
        coverage::call(&mut Unit::alone(&mut tx), &called).await.unwrap();
        coverage::call(&mut Unit::alone(&mut tx), &called).await.unwrap();
        assert_eq!(coverage::aliases(&mut tx).await.unwrap(), called);
    }
}

#[tokio::test]
async fn timers_replace_and_failed_inputs_keep_their_order() {
    for fresh in each().await {
        let (mut tx, s) = (fresh.db.begin().await.unwrap(), fresh.db.sealer());
        let promise = |ticket, due: Option<i64>| TimerChange {
            subject: 0,
            name: format!("promise:{ticket}"),
            set: due.map(|due| (due, Timer::Promise { ticket })),
        };
        for change in [promise(1, Some(NOW)), promise(1, Some(NOW + 50)), promise(2, Some(NOW + 50)), promise(2, None)] {
            task::set_timer(&mut Unit::alone(&mut tx), s, &change).await.unwrap();
        }
        assert_eq!(task::next_due(&mut tx).await.unwrap(), Some(NOW + 50));
        assert!(task::due(&mut tx, s, NOW + 49, 9).await.unwrap().is_empty());
        let due = task::due(&mut tx, s, NOW + 50, 9).await.unwrap();
        assert_eq!(
            due.iter().map(|t| (t.timer, t.input.clone())).collect::<Vec<_>>(),
            [(true, Some(Input::Timer(Timer::Promise { ticket: 1 })))]
        );
        assert!(task::take(&mut tx, due[0].id).await.unwrap());
        assert!(!task::take(&mut tx, due[0].id).await.unwrap(), "once only");
        assert_eq!(task::next_due(&mut tx).await.unwrap(), None);

        let input = Input::Migrated { from: 5, to: 6 };
        let first = task::push_failed(&mut Unit::alone(&mut tx), s, &input, NOW).await.unwrap();
        let second = task::push_waiting(&mut Unit::alone(&mut tx), s, &input, NOW).await.unwrap();
        assert!(task::waits(&mut Unit::alone(&mut tx), 5, None).await.unwrap());
        assert!(!task::waits(&mut Unit::alone(&mut tx), 5, Some(first)).await.unwrap());
        assert!(!task::waits(&mut Unit::alone(&mut tx), 6, None).await.unwrap());
        assert!(task::due(&mut tx, s, NOW, 9).await.unwrap().is_empty(), "the second waits for the first");
        for delay in &DELAYS[1..] {
            assert_eq!(task::fail(&mut tx, first, NOW).await.unwrap(), Failed::Again(NOW + delay));
        }
        assert_eq!(task::fail(&mut tx, first, NOW).await.unwrap(), Failed::Parked);
        assert_eq!(task::fail(&mut tx, first, NOW).await.unwrap(), Failed::Gone);
        assert_eq!(task::due(&mut tx, s, NOW, 9).await.unwrap()[0].id, second, "a parked one holds nobody up");
        assert_eq!(parked::list(&mut tx, s, 9).await.unwrap()[0].id, first);
        assert!(parked::retry(&mut tx, first, NOW).await.unwrap());
        assert_eq!(task::due(&mut tx, s, NOW, 9).await.unwrap()[0].id, first);
        sqlx::query("UPDATE task SET input = $1").bind(b"rubbish".to_vec()).execute(&mut *tx).await.unwrap();
        assert_eq!(task::due(&mut tx, s, NOW, 9).await.unwrap()[0].input, None);
    }
}
