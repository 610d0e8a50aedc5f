//! Serves a bot: opens the database, greets Telegram, then receives, decides and sends side by side until told to stop.
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use crate::clock::now;
use crate::config::Settings;
use crate::core::{self, World};
use crate::inbox::{self, Arrived, Inbox};
use crate::outbox::pace::Limits;
use crate::outbox::sender::{self, Sender};
use crate::render;
use crate::store::{Db, StoreError};
use crate::telegram::client::{Client, Me};
use crate::telegram::lookup::Members;
use crate::vocabulary::input::Input;
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::Text;

use super::receive::Entrance;
use super::start::{Started, start};
use super::{Failure, first_admin, guard, health, menus, rules};

/// What a stop may take before it is cut short.
const DRAIN: Duration = Duration::from_secs(5);
/// Answers to presses that may wait at once; they expire in seconds, so more would be stale.
const TOASTS: usize = 1024;

/// Serves until `stop` turns true, then drains within 5 s.
///
/// # Errors
/// When something is missing or wrong at the start, a part of the bot ended by itself, or work did not end in time.
pub async fn serve(settings: &Settings, stop: watch::Receiver<bool>) -> Result<(), Failure> {
    serve_inviting(settings, stop, &|bot, parameter| first_admin::invite(&first_admin::at_telegram(bot, parameter))).await
}

/// As [`serve`]; `invite` is called with the bot's name and a start parameter when there is no admin: whoever starts the
/// bot with it first becomes one. It is a secret, for the terminal and never for the log.
///
/// # Errors
/// As [`serve`].
pub async fn serve_inviting(
    settings: &Settings,
    stop: watch::Receiver<bool>,
    invite: &(dyn Fn(&str, &str) + Sync),
) -> Result<(), Failure> {
    let client = Client::new(settings).map_err(Failure::new)?;
    let entrance = Entrance::open(settings).await?;
    let health_door = health::open(settings).await?;
    let Some(Started { assets, matcher, me, db, first_link }) = start(settings, &client, stop.clone()).await? else {
        return Ok(());
    };
    let known = core::Settings {
        bot_name: me.name.clone(),
        hotline: settings.hotline.clone(),
        timezone: settings.timezone,
        promise_minutes: settings.desk.promise,
        morning: settings.desk.morning,
        claims: rules::claims(settings.desk),
        visits: rules::visits(settings.desk),
        appointed: settings.admins.clone(),
        keep: rules::periods(settings.keep),
        paid_notices: settings.rates.paid,
    };
    let world = World { book: assets.book, texts: assets.texts, matcher, settings: known };
    tracing::info!(bot = %me.name, "serving");
    if let Some(parameter) = first_link {
        invite(&me.name, &parameter);
    }
    let serving = Serving { world: Arc::new(world), db, client, me, entrance, health_door };
    work(serving, settings, stop).await
}

/// What serving is made of.
struct Serving {
    world: Arc<World>,
    db: Db,
    client: Client,
    me: Me,
    entrance: Entrance,
    health_door: Option<TcpListener>,
}

async fn work(serving: Serving, settings: &Settings, mut stop: watch::Receiver<bool>) -> Result<(), Failure> {
    let Serving { world, db, client, me, entrance, health_door } = serving;
    let rates = settings.rates;
    let limits = Limits::of(rates.all, rates.chat, rates.group, rates.paid);
    let wake = Arc::new(Notify::new());
    let (answers, toasts) = mpsc::channel(TOASTS);
    let lookups = Arc::new(Members::new(client.clone(), me.id));
    let (menus, about) = (menus::menus(&world), menus::about(&world));
    let footers = Lang::ALL.into_iter().map(|lang| (lang, render::html(&world, &Text::new("notice-footer"), lang))).collect();
    let inbox = Inbox::new(inbox::Parts { db: db.clone(), bot: me.id, world, lookups, answers, wake: wake.clone() });

    let (moved, moves) = mpsc::unbounded_channel();
    let sender = Sender::new(sender::Parts {
        db: db.clone(),
        transport: Arc::new(client.clone()),
        wake,
        migrated: moved,
        footers,
        limits,
        now,
    });
    let updates = Arc::new(health::Updates::default());
    let sources = health::Sources {
        db: db.clone(),
        updates: updates.clone(),
        figures: sender.figures(),
        nights: inbox.nights(),
        zone: settings.timezone,
    };
    let telling = health_door.map(|door| tokio::spawn(health::serve(door, sources, stop.clone())));
    // The sender outlives everything that writes to the outbox, so that it can say what it has sent.
    let (stop_sender, sender_stops) = watch::channel(false);
    let mut sending = tokio::spawn(sender.run(sender_stops));
    let mut answering = tokio::spawn(client.clone().answer_presses(toasts));
    let mut timers = tokio::spawn({
        let inbox = inbox.clone();
        async move { inbox.run_tasks().await }
    });
    let mut nights = tokio::spawn({
        let (inbox, hour) = (inbox.clone(), settings.keep.hour);
        async move { inbox.run_nights(hour).await }
    });
    let mut following = tokio::spawn(follow(inbox.clone(), moves));
    let mut guarding = tokio::spawn(guard::watch(db.clone()));
    let greeting = tokio::spawn({
        let client = client.clone();
        async move { client.introduce(&menus, &about).await }
    });

    // Of its own: receiving also ends when somebody else has ended too early.
    let (stop_receiving, receiving_stops) = watch::channel(false);
    let mut receiving = tokio::spawn(entrance.receive(client, me, inbox, updates, receiving_stops));
    let lost = tokio::select! {
        biased;
        // The signal, or nobody is left who could give it.
        _ = stop.wait_for(|s| *s) => None,
        Ok(error) = &mut guarding => Some(Lost::File(error)),
        part = first_end([
            ("receiving", &mut receiving),
            ("sending", &mut sending),
            ("answering of taps", &mut answering),
            ("running of timers", &mut timers),
            ("nightly job", &mut nights),
            ("following of groups", &mut following),
        ]) => Some(Lost::Part(part)),
    };
    match &lost {
        None => tracing::info!("stopping: finishing what is under way"),
        Some(Lost::Part(part)) => {
            tracing::error!(part, "a part of the bot ended by itself; the rest is finished and the program ends");
        }
        Some(Lost::File(error)) => tracing::error!(%error, "the program ends"),
    }
    greeting.abort();
    guarding.abort();
    let drained = tokio::time::timeout(DRAIN, async {
        let _ = stop_receiving.send(true);
        over(receiving).await;
        timers.abort();
        nights.abort();
        following.abort();
        over(timers).await;
        over(nights).await;
        over(following).await;
        let _ = stop_sender.send(true);
        over(sending).await;
        // Ends when the last inbox is gone.
        over(answering).await;
        db.close().await;
    });
    let drained = drained.await;
    if let Some(telling) = telling {
        telling.abort();
    }
    match (drained, lost) {
        (Ok(()), None) => {
            tracing::info!("stopped; nothing is lost");
            Ok(())
        }
        (_, Some(Lost::File(error))) => Err(Failure::new(error)),
        (_, Some(Lost::Part(part))) => Err(Failure::new(format!(
            "a part of the bot ended by itself ({part}); what was not finished goes on at the next start"
        ))),
        (Err(_), None) => Err(Failure::new(
            "stopping took longer than 5 s and was cut short; what was not confirmed comes again at the next start",
        )),
    }
}

/// Why the program ends although nobody told it to.
enum Lost {
    /// A part that never ends by itself did.
    Part(&'static str),
    /// The database file is not what it was.
    File(StoreError),
}

/// Waits until one of the tasks ends or panics; gives its name. None of them ends by itself as long as all is well, and
/// without it the process would live on deaf or mute, where a supervisor sees nothing to restart.
async fn first_end<const N: usize>(mut tasks: [(&'static str, &mut JoinHandle<()>); N]) -> &'static str {
    poll_fn(|cx| {
        for (name, task) in &mut tasks {
            if Pin::new(&mut **task).poll(cx).is_ready() {
                return Poll::Ready(*name);
            }
        }
        Poll::Pending
    })
    .await
}

/// Waits for a task, unless it has ended before: then its outcome may have been taken already.
async fn over(task: JoinHandle<()>) {
    if !task.is_finished() {
        let _ = task.await;
    }
}

/// Groups whose id changed enter like any other input.
async fn follow(inbox: Inbox, mut moves: mpsc::UnboundedReceiver<Input>) {
    while let Some(input) = moves.recv().await {
        if let Err(error) = inbox.handle(Arrived { update_id: None, task: None, at: now(), input }).await {
            tracing::error!(%error, "a group's new id could not be written down; it is told again at the next message");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_part_that_panics_or_ends_is_named() {
        let mut steady = tokio::spawn(std::future::pending());
        let mut broken = tokio::spawn(async { panic!("a test") });
        assert_eq!(first_end([("steady", &mut steady), ("broken", &mut broken)]).await, "broken");
        // Its outcome was taken: waiting for it again must not break off the drain.
        over(broken).await;
        let mut ended = tokio::spawn(async {});
        assert_eq!(first_end([("ended", &mut ended), ("steady", &mut steady)]).await, "ended");
        over(ended).await;
        steady.abort();
        over(steady).await;
    }
}
