//! Parked inputs: shown without what anybody wrote, tried again by the running bot, dropped with a reason.
use baoxiu::sandbox::{Options, Sandbox};
use baoxiu::store::{Db, Unit, parked, task};
use baoxiu::vocabulary::input::{Input, Timer};
use sqlx::Row;

use crate::databases::{Fresh, each};
use crate::shell::{SECRETS, baoxiu, message, running, soon, with};

async fn park(db: &Db, input: &Input) -> i64 {
    let now = baoxiu::clock::now() - 3 * 3_600_000;
    let mut tx = db.begin().await.unwrap();
    let id = task::push_failed(&mut Unit::alone(&mut tx), db.sealer(), input, now).await.unwrap();
    task::park(&mut tx, id, now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn left(fresh: &Fresh, id: i64) -> i64 {
    let sql = "SELECT COUNT(*) FROM task WHERE id = $1";
    sqlx::query(sql).bind(id).fetch_one(&mut *fresh.db.read().await.unwrap()).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_names_kind_age_and_tries_and_nobody() {
    for fresh in each().await {
        assert_eq!(baoxiu(&fresh, &["parked"], &[]).await.out, "nothing is parked\n");
        let words = park(&fresh.db, &message(1)).await;
        let timer = park(&fresh.db, &Input::Timer(Timer::Promise { ticket: 1024 })).await;
        let told = baoxiu(&fresh, &["parked"], &[]).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        let lines: Vec<&str> = told.out.lines().collect();
        assert_eq!(
            lines[0],
            format!("{words:>6}  message: text, 17 characters · a person's (…482) · parked 3 h ago after 1 tries")
        );
        assert_eq!(lines[1], format!("{timer:>6}  timer: promise of ticket 1024 · nobody's · parked 3 h ago after 1 tries"));
        for secret in SECRETS {
            assert!(!told.out.contains(secret) && !told.err.contains(secret), "{}{}", told.out, told.err);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_running_bot_takes_up_what_is_tried_again() {
    for fresh in each().await {
        let id = park(&fresh.db, &message(1)).await;
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let bot = running(&fresh, &sandbox).await;
        assert_eq!(left(&fresh, id).await, 1, "what is parked is left alone");
        let told = baoxiu(&fresh, &["parked", "retry", &id.to_string()], &[]).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        soon("the bot takes it up", async || left(&fresh, id).await == 0).await;
        let told = baoxiu(&fresh, &["parked", "retry", &id.to_string()], &[]).await;
        assert!(told.code == Some(1) && told.err.contains("is not parked"), "{}", told.err);
        let (status, _) = bot.terminate();
        assert!(status.success(), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_dropped_leaves_its_reason_and_nothing_else() {
    for fresh in each().await {
        let id = park(&fresh.db, &message(1)).await.to_string();
        for (reason, word) in [(" ", "say why"), ("ask 138 0000 0001", "leave numbers of people out")] {
            let told = baoxiu(&fresh, &["parked", "drop", &id, "--reason", reason], &[]).await;
            assert!(told.code == Some(1) && told.err.contains(word), "{}", told.err);
        }
        let told = baoxiu(&fresh, &["parked", "drop", &id, "--reason", "phoned, see ticket 1024"], &[]).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        assert!(
            told.err.contains("phoned, see ticket 1024"),
            "the log of {} holds the reason: {}\n{}",
            fresh.url,
            told.err,
            told.out
        );
        assert_eq!(baoxiu(&fresh, &["parked"], &[]).await.out, "nothing is parked\n");
        let told = baoxiu(&fresh, &["parked", "dropped"], &[]).await;
        assert!(told.out.contains("phoned, see ticket 1024") && told.out.contains(&id), "{}", told.out);
        for again in [&["parked", "retry", &id][..], &["parked", "drop", &id, "--reason", "once more"]] {
            assert_eq!(baoxiu(&fresh, again, &[]).await.code, Some(1), "it is gone for good");
        }
        let mut conn = fresh.db.read().await.unwrap();
        assert_eq!(parked::count(&mut conn).await.unwrap(), 0);
        assert!(task::due(&mut conn, fresh.db.sealer(), i64::MAX, 9).await.unwrap().is_empty(), "nothing runs it");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_database_is_made_and_none_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let (file, key) = (folder.path().join("none.db"), folder.path().join("none.key"));
    let told = with(&format!("sqlite:{}", file.display()), &key, &["parked"], &[]).await;
    assert!(told.code == Some(1) && told.err.contains("there is no database"), "{}", told.err);
    assert!(!file.exists() && !key.exists());
    for fresh in each().await {
        for (version, word) in [(99, "use the program that the bot runs with"), (-99, "start the bot with this program once")] {
            let sql = match version {
                99 => "UPDATE _sqlx_migrations SET version = 99 WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)",
                _ => "DELETE FROM _sqlx_migrations WHERE version = 99",
            };
            let mut tx = fresh.db.begin().await.unwrap();
            sqlx::query(sql).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
            let told = baoxiu(&fresh, &["parked"], &[]).await;
            assert!(told.code == Some(1) && told.err.contains(word), "{}", told.err);
        }
    }
}
