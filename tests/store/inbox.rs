//! The door: one update, one transaction; what fails is kept and holds up nobody else.
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use baoxiu::core::scene::{Lookup, Needs, Scene, Step, TimerChange};
use baoxiu::desk::ticket::{Details, Event, Status, Ticket};
use baoxiu::dialog::session::Session;
use baoxiu::inbox::lookups::Lookups;
use baoxiu::inbox::{Arrived, Core, Handled, Inbox, Parts};
use baoxiu::render::Toast;
use baoxiu::store::{Db, Unit, parked, person, session, task, ticket};
use baoxiu::vocabulary::input::{Content, Input, Membership, Message, Press, Sender, Timer};
use baoxiu::vocabulary::say::{Keyboard, Place, PressAnswer, Priority, Recipient, Say, Text, What};
use tokio::sync::{Notify, mpsc};

use crate::databases::{each, sqlite};

const NOW: i64 = 1_770_000_000_000;
const BOT: i64 = 1;

/// What the steps of a test saw, in order.
type Seen = Arc<Mutex<Vec<(i64, String)>>>;

pub struct Door {
    pub inbox: Inbox,
    db: Db,
    toasts: mpsc::Receiver<Toast>,
    seen: Seen,
    /// While this is set, "boom" panics.
    broken: Arc<AtomicBool>,
}

struct Groups;

impl Lookups for Groups {
    fn member(&self, chat: i64, _user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
        Box::pin(async move {
            if chat == -2 {
                std::future::pending::<()>().await;
            }
            Membership::Member
        })
    }
}

fn needs(input: &Input) -> Needs {
    let lookups = match input {
        Input::Message(m) if text(input) == "who" => [-1, -2].map(|chat| Lookup::Member { chat, user: m.from.id }).to_vec(),
        _ => Vec::new(),
    };
    Needs { person: Some(input.subject()).filter(|id| *id > 0), lookups, staff: true, served: true, ..Needs::default() }
}

fn text(input: &Input) -> &str {
    match input {
        Input::Message(Message { content: Content::Text(text), .. }) => text,
        Input::Press(press) => &press.data,
        _ => "",
    }
}

fn say(to: Recipient) -> Say {
    Say {
        to,
        what: What::Text(vec![Text::new("parked").with("task", 1)]),
        keyboard: Keyboard::None,
        place: Place::New,
        priority: Priority::Reply,
        protect: false,
    }
}

fn step(seen: &Seen, broken: &AtomicBool, input: &Input, mut scene: Scene) -> Step {
    let said = text(input).to_owned();
    seen.lock().unwrap().push((input.subject(), format!("{said}{}", facts(&scene))));
    let person = Some(scene.person.clone()).filter(|p| p.id != 0);
    match said.as_str() {
        "boom" if broken.load(Ordering::Relaxed) => panic!("as the test wants"),
        "report" => {
            scene.session.runs += 1;
            let number = scene.next_number;
            let ticket = Ticket {
                number,
                customer: input.subject(),
                status: Status::Open,
                fault: "heating".into(),
                danger: false,
                district: None,
                served: None,
                created: scene.now,
                promise: None,
                crew: None,
                claimer: None,
                claimed: None,
                updated: scene.now,
                trial: false,
                details: Details::default(),
            };
            Step {
                session: Some(scene.session),
                person,
                tickets: vec![ticket],
                events: vec![Event { ticket: number, who: input.subject(), what: "submitted".into(), note: String::new() }],
                timers: vec![TimerChange {
                    subject: 0,
                    name: format!("promise:{number}"),
                    set: Some((scene.now + 9, Timer::Promise { ticket: number })),
                }],
                // To the writer, to a stranger, to a group: the stranger cannot be reached.
                say: vec![say(Recipient::Person(input.subject())), say(Recipient::Person(404)), say(Recipient::Group(-1))],
                ..Step::default()
            }
        }
        "tap" => {
            let answer = PressAnswer { query: "q".into(), to: input.subject(), text: None, alert: true, start: None };
            Step { answers: vec![answer], ..Step::default() }
        }
        "half" => Step {
            session: Some(Session { runs: 99, ..Session::default() }),
            tickets: vec![],
            events: vec![],
            person: Some(baoxiu::desk::person::Person { id: 5, ..Default::default() }),
            ..Step::default()
        },
        _ => Step::default(),
    }
}

fn facts(scene: &Scene) -> String {
    scene.facts.iter().map(|f| format!(" {}:{:?}", f.chat, f.membership)).collect()
}

pub fn door(db: &Db) -> Door {
    let (answers, toasts) = mpsc::channel(16);
    let (seen, broken) = (Seen::default(), Arc::new(AtomicBool::new(true)));
    let core = Core {
        needs,
        tickets: |_, _| Vec::new(),
        wants_number: |input, _| text(input) == "report",
        wants_notice: |_, _| false,
        may_offer: |_, _| false,
        step: {
            let (seen, broken) = (seen.clone(), broken.clone());
            Arc::new(move |_, input, scene| step(&seen, &broken, input, scene))
        },
    };
    let parts = Parts {
        db: db.clone(),
        bot: BOT,
        world: crate::world::world(),
        lookups: Arc::new(Groups),
        answers,
        wake: Arc::new(Notify::new()),
    };
    Door { inbox: Inbox::with_core(parts, core), db: db.clone(), toasts, seen, broken }
}

pub fn says(update: i64, from: i64, text: &str) -> Arrived {
    let message = Message {
        chat: from,
        private: true,
        title: String::new(),
        topic: None,
        id: update,
        from: Sender { id: from, name: "李雷".into(), language: Some("en".into()) },
        anonymous: false,
        foreign: false,
        reply_to: None,
        album: None,
        content: Content::Text(text.into()),
        html: None,
    };
    Arrived { update_id: Some(update), task: None, at: NOW, input: Input::Message(message) }
}

fn taps(update: i64, from: i64, data: &str) -> Arrived {
    let from_ = Sender { id: from, ..Sender::default() };
    let press = Press { query: format!("q{update}"), from: from_, chat: from, private: true, message: 1, data: data.into() };
    Arrived { update_id: Some(update), task: None, at: NOW, input: Input::Press(press) }
}

impl Door {
    pub async fn count(&self, table: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        sqlx::query_scalar(sql).fetch_one(&mut *self.db.read().await.unwrap()).await.unwrap()
    }

    fn seen(&self) -> Vec<(i64, String)> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

#[tokio::test]
async fn an_update_is_applied_once_and_whole() {
    for fresh in each().await {
        let mut door = door(&fresh.db);
        assert_eq!(door.inbox.handle(says(10, 7, "report")).await.unwrap(), Handled::Applied);
        assert_eq!(door.inbox.handle(says(10, 7, "report")).await.unwrap(), Handled::Duplicate);
        let mut tx = fresh.db.begin().await.unwrap();
        assert_eq!(
            session::lock(&mut Unit::alone(&mut tx), fresh.db.sealer(), session::Key::private(BOT, 7), NOW).await.unwrap().runs,
            1
        );
        assert!(ticket::read(&mut tx, fresh.db.sealer(), 1001).await.unwrap().is_some());
        tx.rollback().await.unwrap();
        assert_eq!((door.count("outbox").await, door.count("task").await, door.count("ticket_event").await), (2, 1, 1));
        assert_eq!(door.inbox.handle(says(11, 7, "report")).await.unwrap(), Handled::Applied);
        assert!(ticket::read(&mut fresh.db.read().await.unwrap(), fresh.db.sealer(), 1002).await.unwrap().is_some());

        assert_eq!(door.inbox.handle(taps(12, 7, "tap")).await.unwrap(), Handled::Applied);
        assert!(door.toasts.try_recv().unwrap().alert);
        assert_eq!(door.inbox.handle(taps(12, 7, "tap")).await.unwrap(), Handled::Duplicate);
        assert_eq!(door.toasts.try_recv().unwrap(), Toast { query: "q12".into(), text: None, alert: false, url: None });
    }
}

#[tokio::test]
async fn timers_fire_once_through_the_same_door() {
    for fresh in each().await {
        let door = door(&fresh.db);
        door.inbox.handle(says(10, 7, "report")).await.unwrap();
        assert_eq!(door.inbox.run_due(NOW + 8).await.unwrap(), 0);
        assert_eq!(door.inbox.run_due(NOW + 9).await.unwrap(), 1);
        assert_eq!(door.inbox.run_due(NOW + 9).await.unwrap(), 0);
        assert_eq!(door.seen(), [(7, "report".into()), (0, "".into())]);
    }
}

#[tokio::test]
async fn a_panic_is_kept_retried_and_parked_and_delays_nobody_else() {
    for fresh in each().await {
        let mut door = door(&fresh.db);
        let mut tx = fresh.db.begin().await.unwrap();
        person::appoint(&mut Unit::alone(&mut tx), &[99]).await.unwrap();
        person::set_reachable(&mut tx, 99, true).await.unwrap();
        tx.commit().await.unwrap();

        let batch = vec![taps(1, 7, "boom"), says(2, 7, "after"), says(3, 8, "other"), says(4, 8, "other")];
        let handled = door.inbox.handle_batch(batch).await.unwrap();
        assert_eq!(handled, [Handled::Stored, Handled::Waiting, Handled::Applied, Handled::Applied]);
        assert_eq!(door.toasts.try_recv().unwrap().query, "q1", "the button stops spinning");
        assert_eq!(
            door.inbox.handle(taps(1, 7, "boom")).await.unwrap(),
            Handled::Duplicate,
            "it is confirmed and not taken again"
        );
        assert_eq!(door.count("session WHERE person = 7").await, 0, "nothing of the failed one was kept but itself");
        assert_eq!(door.inbox.run_due(NOW).await.unwrap(), 0, "the one behind it waits");

        let mut now = NOW;
        for delay in task::DELAYS {
            now += delay;
            assert_eq!(door.inbox.run_due(now - 1).await.unwrap(), 0);
            assert_eq!(door.count("outbox").await, 0);
            assert_eq!(door.inbox.run_due(now).await.unwrap(), 1);
        }
        assert_eq!(parked::list(&mut fresh.db.read().await.unwrap(), fresh.db.sealer(), 9).await.unwrap().len(), 1);
        assert_eq!(door.count("outbox").await, 1, "the admin hears of it");
        door.seen();
        assert_eq!(door.inbox.run_due(now).await.unwrap(), 1);
        assert_eq!(door.seen(), [(7, "after".into())]);
    }
}

#[tokio::test]
async fn a_passing_fault_heals_and_order_is_kept() {
    let fresh = sqlite().await;
    let door = door(&fresh.db);
    let batch = ["boom", "one", "two"].into_iter().zip(1..).map(|(text, id)| says(id, 7, text)).collect();
    door.inbox.handle_batch(batch).await.unwrap();
    door.broken.store(false, Ordering::Relaxed);
    door.seen();
    for _ in 0..3 {
        assert_eq!(door.inbox.run_due(NOW + 1000).await.unwrap(), 1);
    }
    assert_eq!(door.seen(), ["boom", "one", "two"].map(|t| (7, t.to_owned())));
    assert_eq!(door.count("task").await, 0);
    assert_eq!(door.inbox.handle(says(4, 7, "three")).await.unwrap(), Handled::Applied);
}

#[tokio::test]
async fn the_task_loop_runs_what_is_due() {
    let fresh = sqlite().await;
    let door = door(&fresh.db);
    // The report's timer was due long ago by the real clock.
    let inbox = door.inbox.clone();
    let running = tokio::spawn(async move { inbox.run_tasks().await });
    door.inbox.handle(says(1, 7, "report")).await.unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(5), async {
        while door.count("task").await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
    running.abort();
}

#[tokio::test]
async fn what_the_core_did_not_lock_is_not_written() {
    let fresh = sqlite().await;
    let door = door(&fresh.db);
    assert_eq!(door.inbox.handle(says(1, 7, "half")).await.unwrap(), Handled::Stored);
    assert_eq!(door.count("session").await, 0, "the session written before is taken back");
}

#[tokio::test]
async fn nothing_personal_lies_open_in_the_file() {
    let fresh = sqlite().await;
    let door = door(&fresh.db);
    door.inbox.handle(says(1, 7, "report")).await.unwrap();
    assert_eq!(door.inbox.handle(says(2, 7, "boom")).await.unwrap(), Handled::Stored);
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(fresh.folder.path()).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let holds = |word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
    assert!(holds("submitted") && holds("heating"), "what is not sealed can be found, so the search works");
    assert!(!holds("李雷") && !holds("boom") && !holds("\"run\""), "name, words and session are sealed");
}

#[tokio::test]
async fn many_at_once() {
    for fresh in each().await {
        let door = door(&fresh.db);
        let batch: Vec<_> = (0..200).map(|i| says(i, 100 + i % 40, "report")).collect();
        let handled = door.inbox.handle_batch(batch.clone()).await.unwrap();
        assert!(handled.iter().all(|h| *h == Handled::Applied), "{:?}: {handled:?}", fresh.db.backend());
        assert!(door.inbox.handle_batch(batch).await.unwrap().iter().all(|h| *h == Handled::Duplicate));
        assert_eq!((door.count("ticket").await, door.count("outbox").await), (200, 400));
    }
}

#[tokio::test]
async fn a_slow_look_up_is_unknown() {
    let fresh = sqlite().await;
    let door = door(&fresh.db);
    door.inbox.handle(says(1, 7, "who")).await.unwrap();
    assert_eq!(door.seen(), [(7, "who -1:Member -2:Unknown".into())]);
}
