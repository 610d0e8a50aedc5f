#[path = "cards/tests.rs"]
mod cards;
#[path = "clock/tests.rs"]
mod clock;
#[path = "notices/tests.rs"]
mod notices;

use std::collections::VecDeque;
use std::sync::Mutex;

use super::*;
use crate::outbox::pace::Window;
use crate::outbox::transport::{Manner, Sent};
use crate::render::outgoing::{Body, Markup, Outgoing};
use crate::seal::Sealer;
use crate::seal::key::KeyFile;
use crate::store::{Unit, Write, card, notice, outbox, person};
use crate::vocabulary::input::{Media, MediaKind};
use crate::vocabulary::say::{CardRef, CardRole, Place, Priority};

/// A Telegram that writes down what it is asked for and fails when told to.
#[derive(Default)]
struct Fake {
    said: Mutex<Vec<String>>,
    /// What the next requests meet; `None`: nothing.
    fails: Mutex<VecDeque<Option<SendError>>>,
}

impl Fake {
    fn answer(&self, words: String) -> Result<usize, SendError> {
        if let Some(Some(error)) = self.fails.lock().unwrap().pop_front() {
            return Err(error);
        }
        let mut said = self.said.lock().unwrap();
        said.push(words);
        Ok(said.len())
    }
}

fn words(body: &Body) -> String {
    match body {
        Body::Text { html, .. } => html.clone(),
        Body::Media(files) => format!("{} files", files.len()),
        Body::Post(post) => post.html.clone(),
        other => format!("{other:?}"),
    }
}

impl Transport for Fake {
    async fn send(&self, chat: i64, body: &Body, manner: Manner) -> Result<Sent, SendError> {
        tokio::task::yield_now().await;
        let n = self.answer(format!("{chat}: {}{}", words(body), if manner.paid { " (paid)" } else { "" }))?;
        let files = if let Body::Media(files) = body { files.len() } else { 1 };
        Ok(Sent { message_ids: (0..files).map(|i| (n * 100 + i) as i64).collect() })
    }
    async fn edit(&self, chat: i64, message: i64, body: &Body) -> Result<(), SendError> {
        self.answer(format!("{chat}: edit {message}: {}", words(body))).map(drop)
    }
    async fn delete(&self, chat: i64, messages: &[i64]) -> Result<(), SendError> {
        self.answer(format!("{chat}: delete {messages:?}")).map(drop)
    }
}

struct World {
    sender: Sender<Fake>,
    db: Db,
    fake: Arc<Fake>,
    migrated: mpsc::UnboundedReceiver<Input>,
    now: Millis,
    _folder: tempfile::TempDir,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite://{}", folder.path().join("baoxiu.db").display());
    let db = Db::open(&address, &KeyFile::new(folder.path().join("key"))).await.unwrap();
    let fake = Arc::new(Fake::default());
    let (tell, migrated) = mpsc::unbounded_channel();
    let parts = Parts {
        db: db.clone(),
        transport: Arc::clone(&fake),
        wake: Arc::new(Notify::new()),
        migrated: tell,
        footers: BTreeMap::from([(Lang::Zh, "停".to_owned()), (Lang::En, "stop".to_owned())]),
        limits: Limits::default(),
        now: || 0,
    };
    // Started so long ago that what an earlier run may have sent is earned back.
    World { sender: Sender::new(parts), db, fake, migrated, now: 11_000, _folder: folder }
}

impl World {
    /// Owes as the program does: what is committed is handed over.
    async fn hand(&self, message: Outgoing) {
        self.db.write(Owing { sealer: self.db.sealer().clone(), message, now: self.now }).await.unwrap();
    }

    /// One turn, and what comes of it, without looking for anything that was not handed over.
    async fn turns(&mut self) -> Vec<String> {
        self.sender.looked = self.now;
        self.sender.turn(self.now, false).await.unwrap();
        while let Some(done) = self.sender.running.join_next_with_id().await {
            self.sender.note(done);
        }
        self.sender.turn(self.now, false).await.unwrap();
        while let Some(done) = self.sender.settling.join_next().await {
            self.sender.settled(done);
        }
        std::mem::take(&mut *self.fake.said.lock().unwrap())
    }

    async fn owe(&self, messages: &[Outgoing]) {
        let mut tx = self.db.begin().await.unwrap();
        for message in messages {
            outbox::push(&mut Unit::alone(&mut tx), self.db.sealer(), message, self.now).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Sends all that may go after `later` milliseconds; gives what Telegram was asked for, and when to look again.
    async fn after(&mut self, later: Millis) -> (Vec<String>, Millis) {
        self.now += later;
        let again = loop {
            self.sender.intake.look();
            self.sender.notices = Some(self.now);
            let again = self.sender.turn(self.now, false).await.unwrap();
            if let Some(done) = self.sender.running.join_next_with_id().await {
                self.sender.note(done);
            } else if let Some(done) = self.sender.settling.join_next().await {
                self.sender.settled(done);
            } else {
                break again;
            }
        };
        (std::mem::take(&mut *self.fake.said.lock().unwrap()), again)
    }

    fn fail(&self, errors: impl IntoIterator<Item = SendError>) {
        self.fake.fails.lock().unwrap().extend(errors.into_iter().map(Some));
    }

    /// As [`World::fail`], once one request has passed.
    fn fail_the_second(&self, errors: impl IntoIterator<Item = SendError>) {
        self.fake.fails.lock().unwrap().push_back(None);
        self.fail(errors);
    }

    async fn shows(&self, card: &CardRef) -> Vec<i64> {
        card::messages(&mut self.db.read().await.unwrap(), card, 7).await.unwrap()
    }

    async fn left(&self) -> usize {
        let mut conn = self.db.read().await.unwrap();
        let mut left = outbox::notices(&mut conn, Millis::MAX, 100).await.unwrap().len();
        for priority in [Priority::Reply, Priority::Desk] {
            left += outbox::waiting(&mut conn, priority, 0, 100).await.unwrap().len();
        }
        left
    }
}

fn message(chat: i64, text: &str, place: Place) -> Outgoing {
    let body = Body::Text { html: text.to_owned(), markup: Markup::None };
    Outgoing { chat, body, place, priority: Priority::Reply, protect: false }
}

fn text(chat: i64, words: &str) -> Outgoing {
    message(chat, words, Place::New)
}

fn crew_card() -> CardRef {
    CardRef { number: 17, role: CardRole::Crew }
}

fn card_text(words: &str) -> Outgoing {
    message(7, words, Place::Card(crew_card()))
}

fn card_anew(words: &str) -> Outgoing {
    message(7, words, Place::CardAnew(crew_card()))
}

struct Owing {
    sealer: Sealer,
    message: Outgoing,
    now: Millis,
}

impl Write for Owing {
    type Out = i64;
    type Error = StoreError;

    async fn write(&self, unit: &mut Unit<'_>) -> Result<i64, StoreError> {
        outbox::push(unit, &self.sealer, &self.message, self.now).await
    }
}

#[tokio::test]
async fn what_is_handed_over_is_sent_and_what_is_not_is_read() {
    let mut w = world().await;
    w.owe(&[text(7, "an old one")]).await;
    w.hand(text(8, "the first")).await;
    let mut said = w.turns().await;
    // Two chats do not wait for each other: either may be first.
    said.sort_unstable();
    assert_eq!(said, ["7: an old one", "8: the first"], "nothing is known yet: all rows are read");
    w.now += 9_000;
    w.hand(text(8, "handed")).await;
    sqlx::query("UPDATE outbox SET body = X'00'").execute(&mut *w.db.begin().await.unwrap()).await.unwrap();
    assert_eq!(w.turns().await, ["8: handed"]);
    w.now += 9_000;
    // Somebody else wrote a row in between: it comes first, because it was owed first.
    w.owe(&[text(8, "another program's")]).await;
    w.hand(text(8, "and then")).await;
    assert_eq!(w.turns().await, ["8: another program's"]);
    assert_eq!(w.turns().await, ["8: and then"]);
    w.now += 9_000;
    for n in 0..2_100 {
        w.hand(text(1_000 + n, "many")).await;
    }
    // More than is kept for one who does not come.
    let mut said = w.turns().await;
    while w.left().await > 0 {
        said.extend(w.after(1_000).await.0);
    }
    let each: std::collections::HashSet<&String> = said.iter().collect();
    assert_eq!((said.len(), each.len()), (2_100, 2_100));
}

/// What was sent and is not written down is sent again after a crash.
#[tokio::test]
async fn what_a_crash_may_repeat_does_not_grow_while_nothing_can_be_written() {
    let mut w = world().await;
    let owed: Vec<Outgoing> = (1..=40).map(|chat| text(chat, "a")).collect();
    w.owe(&owed).await;
    let busy = w.db.begin().await.unwrap();
    for _ in 0..40 {
        w.sender.intake.look();
        w.sender.turn(w.now, false).await.unwrap();
        while let Some(done) = w.sender.running.join_next_with_id().await {
            w.sender.note(done);
        }
        // The pace is not what holds it back.
        w.now += 1_000;
    }
    assert_eq!(w.fake.said.lock().unwrap().len(), AT_ONCE);
    busy.rollback().await.unwrap();
    let mut said = Vec::new();
    while w.left().await > 0 {
        said.extend(w.after(1_000).await.0);
    }
    assert_eq!(said.len(), 40, "nothing is forgotten, nothing sent twice");
}

#[tokio::test]
async fn order_is_kept_and_rows_end() {
    let mut w = world().await;
    w.owe(&[text(7, "a"), text(8, "x"), text(7, "b"), text(7, "c")]).await;
    // Chats do not wait for each other; within a chat nothing overtakes.
    let (said, _) = w.after(0).await;
    let of = |chat: &str| said.iter().filter(|s| s.starts_with(chat)).cloned().collect::<Vec<_>>();
    assert_eq!(of("7:"), ["7: a", "7: b", "7: c"]);
    assert_eq!(of("8:"), ["8: x"]);
    assert_eq!(w.left().await, 0);
}

#[tokio::test]
async fn a_chat_is_paced() {
    let mut w = world().await;
    w.owe(&(0..6).map(|i| text(7, &i.to_string())).collect::<Vec<_>>()).await;
    let (said, again) = w.after(0).await;
    assert_eq!((said.len(), again), (4, w.now + 1_000));
    assert_eq!(w.after(1_000).await.0, ["7: 4"]);
    assert_eq!(w.after(1_000).await.0, ["7: 5"]);
}

#[tokio::test]
async fn passing_trouble_is_retried_in_order() {
    let mut w = world().await;
    w.owe(&[text(7, "a"), text(7, "b")]).await;
    w.fail([SendError::Transient("network")]);
    assert_eq!(w.after(0).await, (vec![], w.now + 500));
    w.owe(&[text(8, "x")]).await;
    assert_eq!(w.after(499).await.0, ["8: x"]);
    w.fail([SendError::Transient("network")]);
    assert_eq!(w.after(1).await.0, [""; 0]);
    assert_eq!(w.after(999).await.0, [""; 0]);
    assert_eq!(w.after(1).await.0, ["7: a", "7: b"]);
}

#[tokio::test]
async fn a_429_holds_its_chat_alone() {
    let mut w = world().await;
    w.owe(&[text(7, "a")]).await;
    w.fail([SendError::RetryAfter(Duration::from_secs(30))]);
    w.after(0).await;
    w.owe(&[text(7, "b"), text(8, "x")]).await;
    assert_eq!(w.after(29_999).await.0, ["8: x"]);
    assert_eq!(w.after(1).await.0, ["7: a", "7: b"]);
}

#[tokio::test]
async fn refusals_end_the_row_and_blocking_marks_the_person() {
    let mut w = world().await;
    let mut tx = w.db.begin().await.unwrap();
    let mut person =
        crate::store::person::lock(&mut Unit::alone(&mut tx), w.db.sealer(), 7, crate::vocabulary::lang::Lang::Zh).await.unwrap();
    person.reachable = true;
    crate::store::person::write(&mut Unit::alone(&mut tx), w.db.sealer(), &person).await.unwrap();
    tx.commit().await.unwrap();
    w.owe(&[text(7, "a"), text(7, "b"), text(7, "c")]).await;
    w.fail([SendError::Refused("Bad Request".to_owned()), SendError::Blocked]);
    assert_eq!(w.after(0).await.0, ["7: c"]);
    assert_eq!(w.left().await, 0);
    let route = crate::store::person::route(&mut w.db.read().await.unwrap(), 7).await.unwrap();
    assert!(!route.reachable);
}

#[tokio::test]
async fn messages_follow_a_group_to_its_new_id() {
    let mut w = world().await;
    w.owe(&[text(-5, "a"), text(-5, "b")]).await;
    w.fail([SendError::Migrated(-100)]);
    assert_eq!(w.after(0).await.0, ["-100: a", "-100: b"]);
    assert_eq!(w.migrated.try_recv().unwrap(), Input::Migrated { from: -5, to: -100 });
}

#[tokio::test]
async fn after_a_day_a_message_is_given_up() {
    let mut w = world().await;
    w.owe(&[text(7, "a"), text(7, "b")]).await;
    w.fail([SendError::Transient("network")]);
    assert_eq!(w.after(24 * 3_600_000).await.0, ["7: b"]);
    assert_eq!(w.left().await, 0);
}

#[tokio::test]
async fn the_loop_wakes_and_stops() {
    let World { sender, db, fake, _folder, .. } = world().await;
    let (stop, stopped) = watch::channel(false);
    let wake = Arc::clone(&sender.parts.wake);
    let running = tokio::spawn(sender.run(stopped));
    tokio::time::sleep(Duration::from_millis(50)).await;
    let mut tx = db.begin().await.unwrap();
    outbox::push(&mut Unit::alone(&mut tx), db.sealer(), &text(7, "a"), 0).await.unwrap();
    tx.commit().await.unwrap();
    db.handover().disturb();
    wake.notify_one();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(*fake.said.lock().unwrap(), ["7: a"]);
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(2), running).await.unwrap().unwrap();
}
