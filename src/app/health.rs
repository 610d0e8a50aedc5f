//! How the bot is: `/healthz` (the program lives), `/readyz` (the database can be read and written; else why not) and
//! `/metrics` in the text format of Prometheus, on an address of their own.
//!
//! The figures are few, and most are counted in the database when somebody asks; a library for registries would be larger
//! than all of this.
use std::fmt::Write;
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
use super::serve::now;
use crate::config::Settings;
use crate::inbox::Handled;
use crate::store::{Db, health};

/// The database is tried this often …
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// … and must answer within this.
const PATIENCE: Duration = Duration::from_secs(3);

/// What became of updates, as labels say it; the last one: it could not be stored.
const OUTCOMES: [&str; 7] = ["applied", "duplicate", "waiting", "stored", "parked", "gone", "not_stored"];

/// Counts updates since the start by what became of them.
#[derive(Debug, Default)]
pub(super) struct Updates([AtomicU64; OUTCOMES.len()]);

impl Updates {
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
}

#[derive(Clone)]
struct Parts {
    db: Db,
    updates: Arc<Updates>,
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
pub(super) async fn serve(listener: TcpListener, db: Db, updates: Arc<Updates>, mut stop: watch::Receiver<bool>) {
    let (tell, seen) = watch::channel(Seen { trouble: Some("the database was not tried yet".to_owned()), took: Duration::ZERO });
    let parts = Parts { db: db.clone(), updates, seen };
    let app = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(parts);
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => {}
        () = look(&db, tell) => {}
        _ = axum::serve(listener, app).into_future() => {}
    }
}

async fn look(db: &Db, tell: watch::Sender<Seen>) {
    loop {
        let began = Instant::now();
        let trouble = match tokio::time::timeout(PATIENCE, health::probe(db, now())).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("the database did not answer within 3 s".to_owned()),
        };
        let before = tell.borrow().trouble.clone();
        match (&trouble, &before) {
            (Some(why), _) if trouble != before => tracing::error!(why, "not ready"),
            (None, Some(_)) => tracing::info!("the database can be read and written"),
            _ => {}
        }
        tell.send_replace(Seen { trouble, took: began.elapsed() });
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn ready(State(parts): State<Parts>) -> (StatusCode, String) {
    match &parts.seen.borrow().trouble {
        None => (StatusCode::OK, "ready\n".to_owned()),
        Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}

async fn metrics(State(parts): State<Parts>) -> impl IntoResponse {
    let counted = async { health::waiting(&mut *parts.db.read().await?).await };
    let waiting = tokio::time::timeout(PATIENCE, counted).await.ok().and_then(Result::ok);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page(&parts, waiting.as_ref()))
}

/// Figures of a database that cannot be read are left out: a 0 would be a lie.
fn page(parts: &Parts, waiting: Option<&health::Waiting>) -> String {
    let mut page = Page::default();
    page.about("baoxiu_updates_total", "counter", "Updates by what became of them since the start.");
    for (outcome, count) in OUTCOMES.iter().zip(&parts.updates.0) {
        page.line("baoxiu_updates_total", &format!("{{outcome=\"{outcome}\"}}"), count.load(Ordering::Relaxed));
    }
    let seen = parts.seen.borrow();
    page.one("baoxiu_ready", "Whether the database can be read and written.", u8::from(seen.trouble.is_none()));
    page.one("baoxiu_database_seconds", "How long the last trial took: one commit and one read.", seen.took.as_secs_f64());
    let Some(waiting) = waiting else { return page.0 };
    let outbox = || ["reply", "desk", "notice"].into_iter().zip(waiting.outbox);
    page.about("baoxiu_outbox_messages", "gauge", "Messages that wait to be sent.");
    for (priority, (count, _)) in outbox() {
        page.line("baoxiu_outbox_messages", &format!("{{priority=\"{priority}\"}}"), count);
    }
    page.about("baoxiu_outbox_age_seconds", "gauge", "How long the oldest of them has waited.");
    for (priority, (_, oldest)) in outbox() {
        let age = oldest.map_or(0, |oldest| (now() - oldest).max(0) / 1_000);
        page.line("baoxiu_outbox_age_seconds", &format!("{{priority=\"{priority}\"}}"), age);
    }
    page.one("baoxiu_parked", "Inputs that failed for the last time and wait for a person.", waiting.parked);
    page.one("baoxiu_tickets_open", "Tickets that are not over.", waiting.open);
    page.one("baoxiu_tickets_unclaimed", "Open tickets that nobody has claimed.", waiting.unclaimed);
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn about(&mut self, name: &str, kind: &str, help: &str) {
        // Writing into a text cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn one(&mut self, name: &str, help: &str, value: impl std::fmt::Display) {
        self.about(name, "gauge", help);
        self.line(name, "", value);
    }
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
