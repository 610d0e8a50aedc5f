//! The whole bot in this process, against a Bot API on loopback with the people of the demo in it.
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use baoxiu::app::{Failure, serve};
use baoxiu::config::{Rates, Secret, Settings};
use baoxiu::sandbox::{self, ADMIN, CREW, Options, Sandbox, World};
use baoxiu::seal::key::KeyFile;
use baoxiu::store::{Db, Unit, person};
use baoxiu::telemetry::LogFormat;
use baoxiu::vocabulary::lang::Lang;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::people::{PATIENCE, Person};
use crate::postgres;

/// Most that a stop may take; the bot promises 5 s, the rest is for a loaded machine.
const STOP: Duration = Duration::from_secs(8);

/// How to stop the bot, and how it ended.
type Running = (watch::Sender<bool>, JoinHandle<Result<(), Failure>>);

pub struct Town {
    pub world: World,
    pub settings: Settings,
    sandbox: Sandbox,
    bot: Option<Running>,
    link: Arc<Mutex<Option<String>>>,
    _folder: TempDir,
}

/// Plays a story on SQLite; nothing in it may break a rule of Telegram's.
pub async fn on_sqlite(story: impl AsyncFnOnce(&mut Town)) {
    play(None, story).await;
}

/// As [`on_sqlite`], where nothing is set up: no admin, no hotline, and the bot is in no group.
pub async fn fresh_on_sqlite(story: impl AsyncFnOnce(&mut Town)) {
    let mut town = Town::build(None, sandbox::fresh_scene).await;
    town.settings.admins.clear();
    town.settings.hotline = None;
    town.plays(story).await;
}

/// Plays a story on PostgreSQL, where there is one.
pub async fn on_postgres(story: impl AsyncFnOnce(&mut Town)) {
    if let Some(url) = tokio::task::spawn_blocking(postgres::database).await.unwrap() {
        play(Some(url), story).await;
    }
}

async fn play(url: Option<String>, story: impl AsyncFnOnce(&mut Town)) {
    Town::build(url, sandbox::scene).await.plays(story).await;
}

impl Town {
    async fn build(url: Option<String>, scene: fn(&World)) -> Town {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let world = sandbox.world();
        scene(&world);
        let folder = tempfile::tempdir().unwrap();
        let url = url.unwrap_or_else(|| format!("sqlite://{}", folder.path().join("baoxiu.db").display()));
        let settings = Settings {
            token: Some(Secret::new(sandbox.token())),
            api_url: Some(Secret::new(sandbox.api_url())),
            proxy: None,
            database_url: Secret::new(url),
            key_file: Some(folder.path().join("baoxiu.key")),
            admins: vec![ADMIN],
            hotline: Some("400-000-0000".to_owned()),
            webhook: None,
            listen: None,
            metrics: None,
            keep: Default::default(),
            desk: Default::default(),
            rates: Rates::default(),
            timezone: chrono_tz::Asia::Shanghai,
            dialogs: None,
            gazetteer: None,
            log: "off".to_owned(),
            log_format: LogFormat::Text,
        };
        Town { world, settings, sandbox, bot: None, link: Arc::default(), _folder: folder }
    }

    async fn plays(mut self, story: impl AsyncFnOnce(&mut Town)) {
        story(&mut self).await;
        if self.bot.is_some() {
            self.stops().await;
        }
        assert_eq!(self.world.violations(), [""; 0]);
    }

    /// Address of the page.
    pub fn page(&self) -> String {
        self.sandbox.page_url()
    }

    /// Starts the bot.
    pub fn serves(&mut self) {
        let (stop, stopped) = watch::channel(false);
        let settings = self.settings.clone();
        let runtime = tokio::runtime::Handle::current();
        let link = Arc::clone(&self.link);
        *link.lock().unwrap() = None;
        let invite = move |_: &str, parameter: &str| *link.lock().unwrap() = Some(parameter.to_owned());
        let bot = tokio::task::spawn_blocking(move || runtime.block_on(serve::serve_inviting(&settings, stopped, &invite)));
        self.bot = Some((stop, bot));
    }

    /// Start parameter of the link that the running bot has printed, if it has.
    pub fn link(&self) -> Option<String> {
        self.link.lock().unwrap().clone()
    }

    /// Waits for the link that makes the first admin.
    pub async fn invited(&self) -> String {
        let since = Instant::now();
        loop {
            match self.link() {
                Some(link) => return link,
                None => assert!(since.elapsed() < PATIENCE, "the bot prints a link"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Starts the bot, and the admin makes the group a crew.
    pub async fn opens(&mut self) {
        self.serves();
        self.world.start(ADMIN, None);
        let admin = self.of(ADMIN, CREW);
        admin.says("/bind");
        admin.hears("✓").await;
    }

    /// Stops the bot as SIGTERM does; it must end well and in time.
    pub async fn stops(&mut self) {
        let (stop, bot) = self.bot.take().expect("the bot runs");
        let since = Instant::now();
        stop.send(true).expect("the bot still runs");
        tokio::time::timeout(STOP, bot).await.expect("the bot stops in time").unwrap().expect("the bot stops well");
        assert!(since.elapsed() < STOP);
    }

    /// Waits until the bot ends by itself.
    pub async fn ends(&mut self) -> Result<(), Failure> {
        let (_stop, bot) = self.bot.take().expect("the bot runs");
        tokio::time::timeout(PATIENCE, bot).await.expect("the bot ends").unwrap()
    }

    /// A person in their private chat.
    pub fn person(&self, id: i64) -> Person {
        self.of(id, id)
    }

    /// A person in a chat.
    pub fn of(&self, id: i64, chat: i64) -> Person {
        Person::new(&self.world, id, chat)
    }

    pub async fn db(&self) -> Db {
        let key = KeyFile::new(self.settings.key_file.clone().unwrap());
        Db::open(self.settings.database_url.reveal(), &key).await.unwrap()
    }

    /// Technicians who have worked here before: they have a name, a phone, and have started the bot.
    pub async fn knows(&self, technicians: &[(i64, &str, &str)]) {
        let db = self.db().await;
        let mut tx = db.begin().await.unwrap();
        for (id, name, phone) in technicians {
            let mut one = person::lock(&mut Unit::alone(&mut tx), db.sealer(), *id, Lang::Zh).await.unwrap();
            (one.working_name, one.working_phone, one.reachable) = ((*name).to_owned(), (*phone).to_owned(), true);
            person::write(&mut Unit::alone(&mut tx), db.sealer(), &one).await.unwrap();
            self.world.start(*id, None);
        }
        tx.commit().await.unwrap();
        db.close().await;
    }

    /// A customer reports a fault by one message with everything in it; gives the ticket's number as shown.
    pub async fn reports(&self, customer: i64, all: &str) -> String {
        let one = self.person(customer);
        one.says(all);
        one.hears("什么时候方便").await;
        one.says("周六下午");
        one.hears("请核对").await;
        one.taps("提交报修").await;
        let card = one.hears("工单 BX-").await;
        let digits = card.text.split("BX-").nth(1).unwrap_or_default();
        format!("BX-{}", digits.chars().take_while(char::is_ascii_digit).collect::<String>())
    }

    /// Waits until the database says so of the first customer's being reachable.
    pub async fn until(&self, what: &str, right: impl Fn(bool) -> bool) {
        let db = self.db().await;
        let since = Instant::now();
        while !right(person::route(&mut db.read().await.unwrap(), sandbox::WANG).await.unwrap().reachable) {
            assert!(since.elapsed() < PATIENCE, "waited for: {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        db.close().await;
    }

    /// Ends the Bot API server, as a network that is gone.
    pub async fn vanishes(&self) {
        self.sandbox.stop().await;
    }
}
