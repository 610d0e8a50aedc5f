//! A database that the first version of the program has written is brought up to date, and everything in it is read.
use baoxiu::core::scene::TicketRef;
use baoxiu::desk::ticket::Status;
use baoxiu::dialog::session::Session;
use baoxiu::inbox::{Arrived, Handled};
use baoxiu::render::outgoing::{Body, Markup, Outgoing};
use baoxiu::seal::Sealer;
use baoxiu::seal::key::KeyFile;
use baoxiu::store::meta::Counter;
use baoxiu::store::session::Key;
use baoxiu::store::{Db, Unit, event, figures, meta, outbox, person, session, task, ticket};
use baoxiu::vocabulary::input::{Content, Input, Message, Sender};
use baoxiu::vocabulary::lang::Lang;
use baoxiu::vocabulary::say::{CardRef, CardRole, Place, Priority};
use serde_json::{Value, json};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, Connection, SqlSafeStr};

use crate::rows::{NOW, ticket as made};
use crate::{notice, postgres};

/// What the first version knew nothing of.
fn without(mut value: Value, fields: &[&str]) -> Vec<u8> {
    let object = value.as_object_mut().unwrap();
    for field in fields {
        assert!(object.remove(*field).is_some(), "{field} is a field of today");
    }
    value.to_string().into_bytes()
}

/// Tables and rows as the first version left them: an admin, a customer with an open ticket and a dialog, a message and
/// two tasks that wait.
async fn first_version(url: &str, key: &KeyFile) {
    sqlx::any::install_default_drivers();
    let address = url.strip_prefix("sqlite:").map_or_else(|| url.to_owned(), |path| format!("sqlite:{path}?mode=rwc"));
    let mut conn = AnyConnection::connect(&address).await.unwrap();
    let spine = include_str!("../../migrations/0001_spine.sql");
    let migration = Migration::new(1, "spine".into(), MigrationType::Simple, spine.into_sql_str(), false);
    Migrator::with_migrations(vec![migration]).run(&mut conn).await.unwrap();
    let s = &key.load_or_create(None).unwrap();
    let text = |sql: &'static str| sqlx::query(sql);
    text("INSERT INTO meta (name, value) VALUES ('key', $1)").bind(s.fingerprint()).execute(&mut conn).await.unwrap();
    text("UPDATE counter SET value = 1001 WHERE name = 'ticket'").execute(&mut conn).await.unwrap();
    text("UPDATE counter SET value = 2 WHERE name IN ('outbox', 'task')").execute(&mut conn).await.unwrap();
    for (id, admin) in [(7, 0i64), (9, 1)] {
        let sql = "INSERT INTO person (id, version, lang, reachable, admin, tokens, refilled, warned) \
             VALUES ($1, 1, 'zh-CN', 1, $2, 20000, $3, 0)";
        text(sql).bind(id).bind(admin).bind(NOW).execute(&mut conn).await.unwrap();
    }
    let details = serde_json::to_vec(&made(1001).details).unwrap();
    text("INSERT INTO ticket (number, version, customer, status, fault, danger, district, served, created, promise, updated, details) \
         VALUES (1001, 1, 7, 'open', 'heating', 1, '110105', 0, $1, $1, $1, $2)")
        .bind(NOW)
        .bind(s.seal("ticket", "details", "1001", &details).unwrap())
        .execute(&mut conn)
        .await
        .unwrap();
    let line = "INSERT INTO ticket_event (ticket, n, at, who, what) VALUES (1001, 1, $1, 7, 'submitted')";
    text(line).bind(NOW).execute(&mut conn).await.unwrap();
    text("INSERT INTO card (ticket, role, chat, n, message) VALUES (1001, 'customer', 7, 0, 55)")
        .execute(&mut conn)
        .await
        .unwrap();
    let state = without(serde_json::to_value(Session { runs: 3, ..Session::default() }).unwrap(), &["guide"]);
    text("INSERT INTO session (bot, chat, person, topic, version, updated, state) VALUES (1, 7, 7, 0, 1, $1, $2)")
        .bind(NOW)
        .bind(s.seal("session", "state", "1:7:7:0", &state).unwrap())
        .execute(&mut conn)
        .await
        .unwrap();
    owes(&mut conn, s).await;
    conn.close().await.unwrap();
}

async fn owes(conn: &mut AnyConnection, s: &Sealer) {
    let body = json!({"chat": 7, "body": {"text": {"html": "工单", "markup": "none"}}, "priority": "reply", "protect": false,
        "place": {"card": {"ticket": 1001, "role": "customer"}}});
    sqlx::query("INSERT INTO outbox (id, chat, priority, created, due, tries, card, body) VALUES (1, 7, 0, $1, $1, 0, $2, $3)")
        .bind(NOW)
        .bind("1001/customer")
        .bind(s.seal("outbox", "body", "1", body.to_string().as_bytes()).unwrap())
        .execute(&mut *conn)
        .await
        .unwrap();
    let Value::Object(message) = serde_json::to_value(says("/status")).unwrap() else { panic!("an object") };
    let (kind, message) = message.into_iter().next().unwrap();
    let message: Value = serde_json::from_slice(&without(message, &["html"])).unwrap();
    let sql = "INSERT INTO task (id, kind, subject, name, due, tries, input) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    for (id, what, subject, name, input) in [
        (1i64, "input", 7i64, "", json!({ kind: message })),
        (2, "timer", 0, "promise:1001", json!({"timer": {"promise": {"ticket": 1001}}})),
    ] {
        let sealed = s.seal("task", "input", &id.to_string(), input.to_string().as_bytes()).unwrap();
        let row = sqlx::query(sql).bind(id).bind(what).bind(subject).bind(name).bind(NOW).bind(0i64).bind(sealed);
        row.execute(&mut *conn).await.unwrap();
    }
}

fn says(words: &str) -> Input {
    Input::Message(Message {
        chat: 7,
        private: true,
        title: String::new(),
        topic: None,
        id: 1,
        from: Sender { id: 7, ..Sender::default() },
        anonymous: false,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text(words.to_owned()),
        html: None,
    })
}

#[tokio::test]
async fn what_the_first_version_wrote_is_read_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![format!("sqlite:{}", folder.path().join("baoxiu.db").display())];
    urls.extend(tokio::task::spawn_blocking(postgres::database).await.unwrap());
    for (n, url) in urls.iter().enumerate() {
        let key = KeyFile::new(folder.path().join(format!("key{n}")));
        first_version(url, &key).await;
        let db = Db::open(url, &key).await.unwrap();
        read(&db).await;
        // What waits is carried out, and tells the customer.
        let door = notice::inbox(&db);
        assert_eq!(door.run_due(NOW).await.unwrap(), 2);
        let mut told = Vec::new();
        for priority in [Priority::Reply, Priority::Desk] {
            told.extend(outbox::waiting(&mut db.read().await.unwrap(), priority, 0, 100).await.unwrap());
        }
        assert!(
            told.iter().filter(|row| row.chat == 7).count() > 2,
            "the card, the answer, the promise that was missed: {told:?}"
        );
        let arrived = Arrived { update_id: Some(5), task: None, at: NOW, input: says("/mute") };
        assert_eq!(door.handle(arrived).await.unwrap(), Handled::Applied);
        assert!(person::route(&mut db.read().await.unwrap(), 7).await.unwrap().muted);
        db.close().await;
        // Opened again by the same version: nothing is done twice.
        let db = Db::open(url, &key).await.unwrap();
        assert_eq!(person::admins(&mut db.read().await.unwrap()).await.unwrap(), [9]);
        db.close().await;
    }
}

async fn read(db: &Db) {
    let (mut tx, s) = (db.begin().await.unwrap(), db.sealer());
    assert_eq!(person::admins(&mut tx).await.unwrap(), [9]);
    let one = person::lock(&mut Unit::alone(&mut tx), s, 7, Lang::En).await.unwrap();
    assert_eq!((one.lang, one.reachable, one.muted, &*one.menu), (Lang::Zh, true, false, ""));
    let found = ticket::lock(&mut Unit::alone(&mut tx), s, &[TicketRef::Customer(7)], NOW).await.unwrap();
    assert_eq!((found.len(), found[0].status, found[0].trial), (1, Status::Open, false));
    assert_eq!(found[0].details, made(1001).details);
    assert_eq!(event::history(&mut tx, s, 1001, 7, 9).await.unwrap().lines.len(), 1);
    assert_eq!(figures::read(&mut tx, NOW, NOW).await.unwrap().open, 1, "it counts");
    let state = session::lock(&mut Unit::alone(&mut tx), s, Key::private(1, 7), NOW).await.unwrap();
    assert_eq!((state.runs, state.unreadable), (3, false));
    let place = Place::Card(CardRef { number: 1001, role: CardRole::Customer });
    let body = Body::Text { html: "工单".to_owned(), markup: Markup::None };
    let expected = Outgoing { chat: 7, body, place, priority: Priority::Reply, protect: false };
    assert_eq!(outbox::body(&mut tx, s, 1).await.unwrap(), Some(expected));
    assert_eq!(outbox::waiting(&mut tx, Priority::Reply, 0, 9).await.unwrap().len(), 1);
    assert!(task::due(&mut tx, s, NOW, 9).await.unwrap().iter().all(|one| one.input.is_some()));
    for (counter, next) in [(Counter::Ticket, 1002), (Counter::Notice, 1), (Counter::Admin, 1), (Counter::Outbox, 3)] {
        assert_eq!(meta::take(&mut Unit::alone(&mut tx), counter, 0).await.unwrap(), next, "{counter:?}");
    }
    tx.rollback().await.unwrap();
}
