//! The program, its customers, and what is asked of both.
use std::collections::HashMap;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use baoxiu::sandbox::{ADMIN, Options, Rates, Sandbox, User, Window, World};
use baoxiu::seal::key::KeyFile;
use baoxiu::store::Db;
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::customer;
use crate::process::Bot;

pub const CUSTOMERS: i64 = 12;
pub const FIRST_CUSTOMER: i64 = 100;
/// A loaded machine must not fail a test.
const PATIENCE: Duration = Duration::from_secs(120);
/// Four crews, because Telegram takes twenty messages a minute in one group.
const PROVINCES: [&str; 4] = ["辽宁省", "陕西省", "广东省", "湖北省"];

pub struct Play {
    pub world: World,
    sandbox: Sandbox,
    url: String,
    health: String,
    folder: TempDir,
    bot: Option<Bot>,
    /// How often it was started anew.
    restarts: usize,
}

impl Play {
    /// The program on this database, and four crews.
    pub async fn on(url: &str) -> Play {
        let rates = Rates { group: vec![Window::new(40, 60)], ..Rates::default() };
        let sandbox = Sandbox::start(Options { rates, ..Options::default() }).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let world = sandbox.world();
        let mut play = Play { world, sandbox, url: url.to_owned(), health: String::new(), folder, bot: None, restarts: 0 };
        while !play.log().contains("serving") {
            // Between being found free and being used a port may be taken by somebody else.
            if play.bot.as_mut().is_none_or(|bot| bot.ended().is_some()) {
                play.health = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
                play.starts();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        play.restarts = 0;
        play.peopled().await;
        play
    }

    async fn peopled(&self) {
        let world = &self.world;
        let person =
            |id: i64, name: &str| User { id, first_name: name.into(), language_code: Some("zh-hans".into()), ..User::default() };
        world.add_user(person(ADMIN, "周经理"));
        world.start(ADMIN, None);
        for n in 0..=CUSTOMERS {
            world.add_user(person(FIRST_CUSTOMER + n, "顾客"));
        }
        for (group, province) in (1..).zip(PROVINCES) {
            world.add_group(-group, province, ADMIN);
            world.add_bot(-group, ADMIN, true);
            world.say(ADMIN, -group, &format!("/bind {province}"));
        }
        for group in 1..=4 {
            let bound = world.wait_for(-group, PATIENCE, |all| all.iter().any(|m| m.text.contains('✓'))).await;
            assert!(bound.is_ok(), "the bot serves:\n{}", self.log());
        }
    }

    /// Starts the program, the first time or anew.
    pub fn starts(&mut self) {
        self.restarts += 1;
        let key = self.folder.path().join("baoxiu.key");
        let (api, admin) = (self.sandbox.api_url(), ADMIN.to_string());
        let settings = [
            ("TELOXIDE_TOKEN", self.sandbox.token()),
            ("TELOXIDE_API_URL", &api),
            ("DATABASE_URL", &self.url),
            ("BAOXIU_KEY_FILE", key.to_str().unwrap()),
            ("BAOXIU_ADMINS", &admin),
            ("BAOXIU_METRICS", &self.health),
        ];
        self.bot = Some(Bot::run(&settings, &self.folder.path().join("log")));
    }

    /// What the program has said.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Customers report faults; comes back when all of them are under way.
    pub async fn begin(&self) -> JoinSet<()> {
        let mut customers = JoinSet::new();
        for n in 0..CUSTOMERS {
            let world = self.world.clone();
            customers.spawn(async move {
                // Some of them come while the database is out of order.
                tokio::time::sleep(Duration::from_millis(u64::try_from(n * 300).unwrap())).await;
                customer::reports(&world, FIRST_CUSTOMER + n, n).await;
            });
        }
        let answered = || self.world.messages(FIRST_CUSTOMER + 2).iter().any(|m| m.from_bot).then_some(());
        assert!(self.world.wait(PATIENCE, answered).await.is_some(), "the first customers are answered:\n{}", self.log());
        customers
    }

    /// Waits until the program says that it is not ready, for this reason, and logs what to do; while that is so, nothing is
    /// confirmed.
    pub async fn is_down(&mut self, reason: &str, advice: &str) {
        let why = self.until(503).await;
        assert!(why.contains(reason), "{why}");
        soon(&format!("a line with {advice}"), async || self.log().contains(advice)).await;
        let answered = self.health("/healthz").await;
        assert_eq!(answered.0, 200, "the program lives");
        soon("customers have written", async || self.world.pending_updates() > 0).await;
        let before = self.world.pending_updates();
        tokio::time::sleep(Duration::from_secs(3)).await;
        let after = self.world.pending_updates();
        assert!(after >= before, "an update was confirmed that was not stored: {before}, {after}\n{}", self.log());
        let ended = self.bot.as_mut().and_then(Bot::ended);
        assert!(ended.is_none(), "the program goes on: {ended:?}\n{}", self.log());
    }

    /// The cause is gone: everybody is answered, nothing was lost, nothing was done or said twice.
    pub async fn goes_on(&mut self, mut customers: JoinSet<()>) {
        self.until(200).await;
        let all = async { while customers.join_next().await.map(Result::unwrap).is_some() {} };
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            panic!("a customer was not served:\n{}", self.log());
        }
        soon("everything is confirmed", async || self.world.pending_updates() == 0).await;
        soon("everything owed is sent", async || {
            self.health("/metrics").await.1.contains("baoxiu_outbox_messages{priority=\"reply\"} 0\n")
        })
        .await;
        let ended = self.bot.as_mut().and_then(Bot::ended);
        assert!(ended.is_none(), "without a restart: {ended:?}\n{}", self.log());
        self.terminates();
        self.check().await;
    }

    /// SIGTERM, and it ends well.
    pub fn terminates(&mut self) {
        let bot = self.bot.take().expect("the bot runs");
        let log = bot.said();
        let (status, _) = bot.terminate();
        assert!(status.success(), "{status}:\n{log}");
    }

    /// Waits until the program ends by itself.
    pub async fn ends(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.bot.as_mut().and_then(Bot::ended) {
                return status;
            }
            assert!(since.elapsed() < PATIENCE, "the program does not end:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn check(&self) {
        let db = Db::open(&self.url, &KeyFile::new(self.folder.path().join("baoxiu.key"))).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let mut customers: Vec<i64> = sqlx::query_scalar("SELECT customer FROM ticket").fetch_all(&mut *conn).await.unwrap();
        customers.sort_unstable();
        assert_eq!(customers, (FIRST_CUSTOMER..FIRST_CUSTOMER + CUSTOMERS).collect::<Vec<_>>(), "one ticket each");
        let events: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM ticket_event").fetch_one(&mut *conn).await.unwrap();
        assert_eq!(events, CUSTOMERS, "one submission each");
        let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM task WHERE kind = 'input'").fetch_one(&mut *conn).await.unwrap();
        assert_eq!(kept, 0, "nothing waits");
        drop(conn);
        db.close().await;
        let mut said: HashMap<String, usize> = HashMap::new();
        for request in self.world.requests().iter().filter(|r| r.method.eq_ignore_ascii_case("sendMessage") && r.status == 200) {
            *said.entry(format!("{} {}", request.params["chat_id"], request.params["text"])).or_default() += 1;
        }
        said.retain(|_, times| *times > 1);
        // What was sent but could not be written down before the program had to end is sent again at the next start.
        let most = if self.restarts > 0 { 12 } else { 0 };
        assert!(said.len() <= most, "said twice: {said:?}");
        assert_eq!(self.world.violations(), [""; 0]);
    }

    async fn until(&self, status: u16) -> String {
        let since = Instant::now();
        loop {
            let (now, text) = self.health("/readyz").await;
            if now == status {
                return text;
            }
            assert!(since.elapsed() < PATIENCE, "waited for {status}: {now} {text}\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn health(&self, path: &str) -> (u16, String) {
        match reqwest::get(format!("http://{}{path}", self.health)).await {
            Ok(answer) => (answer.status().as_u16(), answer.text().await.unwrap_or_default()),
            Err(_) => (0, String::new()),
        }
    }
}

/// Waits until it is so.
pub async fn soon(what: &str, so: impl AsyncFn() -> bool) {
    let since = Instant::now();
    while !so().await {
        assert!(since.elapsed() < PATIENCE, "waited for: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
