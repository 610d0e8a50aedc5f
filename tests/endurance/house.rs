//! The real program, a database of its own, and a Telegram on loopback whose limits are none but those of the test.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use baoxiu::sandbox::{ADMIN, Options, Rates, Sandbox, TOKEN, User, World};
use baoxiu::seal::key::KeyFile;
use baoxiu::store::Db;
use tempfile::TempDir;

use super::people::Person;
use super::postgres;
use super::process::Bot;

/// How updates come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Polling,
    Webhook,
}

pub struct House {
    pub world: World,
    /// Serves as long as it is kept.
    _sandbox: Sandbox,
    pub url: String,
    pub folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

impl House {
    /// On SQLite.
    pub async fn on_sqlite(way: Way, rates: Rates) -> House {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("baoxiu.db").display());
        House::build(folder, url, way, rates).await
    }

    /// On PostgreSQL, where there is one.
    pub async fn on_postgres(way: Way, rates: Rates) -> Option<House> {
        let url = tokio::task::spawn_blocking(postgres::database).await.unwrap()?;
        Some(House::build(tempfile::tempdir().unwrap(), url, way, rates).await)
    }

    async fn build(folder: TempDir, url: String, way: Way, rates: Rates) -> House {
        let sandbox = Sandbox::start(Options { rates, ..Options::default() }).await.unwrap();
        let mut settings = vec![
            ("TELOXIDE_TOKEN", TOKEN.to_owned()),
            ("TELOXIDE_API_URL", sandbox.api_url()),
            ("DATABASE_URL", url.clone()),
            ("BAOXIU_KEY_FILE", folder.path().join("baoxiu.key").display().to_string()),
            ("BAOXIU_ADMINS", ADMIN.to_string()),
            ("BAOXIU_TIMEZONE", noon()),
            ("RUST_LOG", "warn".to_owned()),
        ];
        if way == Way::Webhook {
            // Free a moment ago, and nobody is given the same one twice in a row.
            let listen = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            settings.push(("BAOXIU_WEBHOOK", format!("http://{listen}/hook")));
            settings.push(("BAOXIU_LISTEN", listen.to_string()));
        }
        House { world: sandbox.world(), _sandbox: sandbox, url, folder, settings }
    }

    /// Adds a setting.
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.settings.push((name, value.to_owned()));
    }

    pub fn settings(&self) -> Vec<(&str, &str)> {
        self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// Starts the program.
    pub fn run(&self) -> Bot {
        Bot::run(&self.settings(), &self.folder.path().join("log"))
    }

    pub fn key(&self) -> KeyFile {
        KeyFile::new(self.path("baoxiu.key"))
    }

    /// A file beside the database, or the SQLite database itself.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub async fn db(&self) -> Db {
        Db::open(&self.url, &self.key()).await.unwrap()
    }

    /// Updates after `first` that are confirmed.
    pub fn confirmed(&self, first: i64) -> Vec<i64> {
        // The last one first: an update that came between the two looks would be neither waiting nor unknown.
        let last = self.world.last_update();
        let waiting: BTreeSet<i64> = self.world.waiting_updates().into_iter().collect();
        (first + 1..=last).filter(|id| !waiting.contains(id)).collect()
    }

    /// The files of the database without what is only memory shared by processes; `None`: it is not a file. The program must
    /// stand still.
    pub fn copy(&self) -> Option<TempDir> {
        self.url.starts_with("sqlite:").then(|| {
            let folder = tempfile::tempdir().unwrap();
            for name in ["baoxiu.db", "baoxiu.db-wal"].into_iter().filter(|name| self.path(name).exists()) {
                std::fs::copy(self.path(name), folder.path().join(name)).unwrap();
            }
            folder
        })
    }

    /// People, who have not written yet.
    pub fn people(&self, ids: impl IntoIterator<Item = i64>) {
        for id in ids.into_iter().chain([ADMIN]) {
            let language_code = Some("zh-hans".to_owned());
            self.world.add_user(User { id, first_name: "顾客".to_owned(), language_code, ..User::default() });
        }
    }

    /// Groups -1, -2 …, each the crew of a province; the bot must run.
    pub async fn crews(&self, provinces: &[&str]) {
        self.world.start(ADMIN, None);
        for (group, province) in (1..).zip(provinces) {
            self.world.add_group(-group, province, ADMIN);
            self.world.add_bot(-group, ADMIN, true);
            let admin = Person::new(&self.world, ADMIN, -group);
            admin.says(&format!("/bind {province}"));
            admin.hears("✓").await;
        }
    }

    /// Waits until every update is confirmed and nothing is owed any more, not even a notice or an input that waits.
    pub async fn settles(&self, patience: Duration) {
        let db = self.db().await;
        let settled = async {
            while self.world.pending_updates() > 0
                || number(&db, "SELECT COUNT(*) FROM outbox").await > 0
                || number(&db, "SELECT COUNT(*) FROM task WHERE kind = 'input' AND parked IS NULL").await > 0
            {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let log = || std::fs::read_to_string(self.path("log")).unwrap_or_default();
        tokio::time::timeout(patience, settled).await.unwrap_or_else(|_| panic!("something is still owed; {}", log()));
        db.close().await;
    }
}

/// A time zone in which it is between noon and one o'clock, so that no day ends while a test runs.
fn noon() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let hour = i64::try_from(since.as_secs() / 3600 % 24).unwrap();
    // The signs of these zones are the other way round: west is +.
    format!("Etc/GMT{:+}", hour - 12)
}

/// The database in this folder opens, is sound, and holds these updates.
pub async fn holds(folder: &Path, house: &House, confirmed: &[i64]) {
    let url = format!("sqlite://{}", folder.join("baoxiu.db").display());
    let db = Db::open(&url, &house.key()).await.expect("the database opens");
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut *db.read().await.unwrap()).await.unwrap();
    assert_eq!(sound, "ok");
    let seen = seen(&db).await;
    let missing: Vec<&i64> = confirmed.iter().filter(|id| !seen.contains(id)).collect();
    assert!(missing.is_empty(), "updates that were confirmed are not there: {missing:?}");
    db.close().await;
}

/// Updates that the database knows.
pub async fn seen(db: &Db) -> BTreeSet<i64> {
    let seen: Vec<i64> =
        sqlx::query_scalar("SELECT update_id FROM seen_update").fetch_all(&mut *db.read().await.unwrap()).await.unwrap();
    seen.into_iter().collect()
}

pub async fn number(db: &Db, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut *db.read().await.unwrap()).await.unwrap()
}
