//! How the bot is: `/healthz` (the program lives), `/readyz` (the database can be read and written; else why not) and
//! `/metrics` in the text format of Prometheus, on an address of their own.
//!
//! The figures are few, and most are counted in the database when somebody asks; a library for registries would be larger
//! than all of this.
mod page;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Failure;
use crate::clock::now;
use crate::config::Settings;
use crate::desk::figures::{Answers, answers, midnight};
use crate::inbox::Handled;
use crate::inbox::night::Nights;
use crate::outbox::figures::Figures;
use crate::store::{Db, StoreError, figures, health};

/// The database is tried this often …
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// … and must answer within this.
const PATIENCE: Duration = Duration::from_secs(3);
/// Promises are counted once in so many looks, a minute: that reads a week of tickets.
const COUNT_EVERY: u32 = 30;
/// Days before today whose tickets are counted: as the figures of the desk do, seven with today.
const DAYS_BEFORE: u64 = 6;

/// What became of updates, as labels say it; the last one: it could not be stored.
const OUTCOMES: [&str; 7] = ["applied", "duplicate", "waiting", "stored", "parked", "gone", "not_stored"];

/// Counts updates since the start by what became of them.
#[derive(Debug, Default)]
pub(super) struct Updates([AtomicU64; OUTCOMES.len()]);

impl Updates {
    /// How often each of them happened.
    fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        OUTCOMES.into_iter().zip(self.0.iter().map(|count| count.load(Ordering::Relaxed)))
    }

    /// Counts a batch of so many.
    pub(super) fn count<E>(&self, size: usize, handled: &Result<Vec<Handled>, E>) {
        match handled {
            Ok(all) => all.iter().for_each(|one| self.add(*one as usize, 1)),
            Err(_) => self.add(OUTCOMES.len() - 1, size as u64),
        }
    }

    fn add(&self, place: usize, many: u64) {
        if let Some(count) = self.0.get(place) {
            count.fetch_add(many, Ordering::Relaxed);
        }
    }
}

/// What was last seen of the database.
#[derive(Clone, Debug)]
struct Seen {
    trouble: Option<String>,
    took: Duration,
    promises: Option<Answers>,
}

/// What can be told.
#[derive(Clone)]
pub(super) struct Sources {
    /// The database.
    pub db: Db,
    /// What became of updates.
    pub updates: Arc<Updates>,
    /// What became of messages.
    pub figures: Arc<Figures>,
    /// What was done at night.
    pub nights: Arc<Nights>,
    /// Where days begin.
    pub zone: chrono_tz::Tz,
}

#[derive(Clone)]
struct Parts {
    from: Sources,
    seen: watch::Receiver<Seen>,
}

/// Takes the address, if one is set.
///
/// # Errors
/// When it cannot be listened on.
pub(super) async fn open(settings: &Settings) -> Result<Option<TcpListener>, Failure> {
    let Some(address) = settings.metrics else { return Ok(None) };
    let problem = |e: std::io::Error| Failure::new(format!("BAOXIU_METRICS: the address cannot be listened on ({})", e.kind()));
    TcpListener::bind(address).await.map(Some).map_err(problem)
}

/// Answers until told to stop.
pub(super) async fn serve(listener: TcpListener, from: Sources, mut stop: watch::Receiver<bool>) {
    let trouble = Some("the database was not tried yet".to_owned());
    let (tell, seen) = watch::channel(Seen { trouble, took: Duration::ZERO, promises: None });
    let app = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(Parts { from: from.clone(), seen });
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => {}
        () = look(&from, tell) => {}
        _ = axum::serve(listener, app).into_future() => {}
    }
}

async fn look(from: &Sources, tell: watch::Sender<Seen>) {
    let mut promises = None;
    for round in (0..COUNT_EVERY).cycle() {
        let began = Instant::now();
        let trouble = match tokio::time::timeout(PATIENCE, health::probe(&from.db, now())).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("the database did not answer within 3 s: it is locked, or its disk or server hangs".to_owned()),
        };
        let took = began.elapsed();
        let before = tell.borrow().trouble.clone();
        match (&trouble, &before) {
            (Some(why), _) if trouble != before => tracing::error!(why, "not ready"),
            (None, Some(_)) => tracing::info!("the database can be read and written"),
            _ => {}
        }
        if round == 0 {
            promises = tokio::time::timeout(PATIENCE, counted(from)).await.ok().and_then(Result::ok);
        }
        tell.send_replace(Seen { trouble, took, promises });
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// How well the promise was kept, as the figures of the desk say it of the last seven days.
async fn counted(from: &Sources) -> Result<Answers, StoreError> {
    let now = now();
    let (today, week) = (midnight(now, from.zone, 0), midnight(now, from.zone, DAYS_BEFORE));
    let ledger = figures::read(&mut *from.db.read().await?, today, week).await?;
    Ok(answers(&ledger.tickets, week, now))
}

async fn ready(State(parts): State<Parts>) -> (StatusCode, String) {
    match &parts.seen.borrow().trouble {
        None => (StatusCode::OK, "ready\n".to_owned()),
        Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}

async fn metrics(State(parts): State<Parts>) -> impl IntoResponse {
    let counted = async { health::waiting(&mut *parts.from.db.read().await?).await };
    let waiting = tokio::time::timeout(PATIENCE, counted).await.ok().and_then(Result::ok);
    let seen = parts.seen.borrow().clone();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page::write(&parts.from, &seen, waiting.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_label() {
        let all = [Handled::Applied, Handled::Duplicate, Handled::Waiting, Handled::Stored, Handled::Parked, Handled::Gone];
        for one in all {
            assert_eq!(OUTCOMES[one as usize], format!("{one:?}").to_lowercase());
        }
        let updates = Updates::default();
        updates.count::<()>(2, &Ok(vec![Handled::Applied, Handled::Duplicate]));
        updates.count(3, &Err(()));
        let counts: Vec<u64> = updates.0.iter().map(|c| c.load(Ordering::Relaxed)).collect();
        assert_eq!(counts, [1, 1, 0, 0, 0, 0, 3]);
    }
}
