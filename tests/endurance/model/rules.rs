//! What must hold when all trouble is over.
use std::collections::BTreeMap;
use std::fmt;

use baoxiu::store::Db;
use baoxiu::vocabulary::input::Millis;

use super::Steps;
use super::people::{CREW, DESK, SECRETS};
use super::telegram::Telegram;

/// What happened in plays, to be told.
#[derive(Default)]
pub struct Told {
    updates: usize,
    kills: usize,
    tickets: usize,
    claims: usize,
    overdue: usize,
    said: usize,
}

impl Told {
    pub fn of(self, updates: usize, kills: usize) -> Told {
        Told { updates, kills, ..self }
    }

    pub fn add(&mut self, other: Told) {
        self.updates += other.updates;
        self.kills += other.kills;
        self.tickets += other.tickets;
        self.claims += other.claims;
        self.overdue += other.overdue;
        self.said += other.said;
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Told { updates, kills, tickets, claims, overdue, said } = self;
        write!(
            f,
            "{updates} updates, {kills} kills, {tickets} tickets, {claims} claims, {overdue} overdue, {said} words in groups"
        )
    }
}

/// Whether nothing is owed and nothing waits to be tried again.
pub async fn at_rest(db: &Db) -> bool {
    count(db, "SELECT COUNT(*) FROM outbox").await == 0
        && count(db, "SELECT COUNT(*) FROM task WHERE kind = 'input' AND parked IS NULL").await == 0
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut *db.read().await.unwrap()).await.unwrap()
}

type TicketRow = (i64, i64, String, Option<i64>, Option<i64>, Option<i64>);

pub async fn hold(db: &Db, telegram: &Telegram, steps: &Steps, now: Millis) -> Told {
    assert_eq!(count(db, "SELECT COUNT(*) FROM task WHERE parked IS NOT NULL").await, 0, "every panic healed");
    let mut conn = db.read().await.unwrap();
    let tickets: Vec<TicketRow> =
        sqlx::query_as("SELECT number, customer, status, crew, claimer, promise FROM ticket ORDER BY number")
            .fetch_all(&mut *conn)
            .await
            .unwrap();
    let events: Vec<(i64, i64, String)> =
        sqlx::query_as("SELECT ticket, who, what FROM ticket_event ORDER BY ticket, n").fetch_all(&mut *conn).await.unwrap();
    let cards: Vec<(i64, String, i64, i64)> =
        sqlx::query_as("SELECT ticket, role, chat, message FROM card").fetch_all(&mut *conn).await.unwrap();
    drop(conn);
    let mut told = Told { tickets: tickets.len(), ..Told::default() };

    let numbers: Vec<i64> = tickets.iter().map(|t| t.0).collect();
    assert_eq!(numbers, (1_001..1_001 + tickets.len() as i64).collect::<Vec<_>>(), "numbers without gaps");
    let mut of: BTreeMap<i64, Vec<(i64, &str)>> = BTreeMap::new();
    events.iter().for_each(|(ticket, who, what)| of.entry(*ticket).or_default().push((*who, what)));
    for (number, customer, status, _, claimer, promise) in &tickets {
        let history = of.remove(number).unwrap_or_default();
        one_life(*number, *customer, status, *claimer, &history);
        let overdue = history.iter().filter(|(_, what)| *what == "overdue").count();
        let again = history
            .iter()
            .filter(|(_, what)| ["released", "lapsed", "taken_back", "left", "not_fixed", "handed"].contains(what))
            .count();
        assert!(overdue <= 1 + again, "BX-{number}: a promise is broken once: {history:?}");
        if status == "open" && promise.is_some_and(|promise| promise < now) {
            assert!(overdue > 0, "BX-{number} waits, and nobody was told: {history:?}");
        }
        told.claims += history.iter().filter(|(_, what)| *what == "claimed").count();
        told.overdue += overdue;
    }
    assert!(of.is_empty(), "histories of no ticket: {of:?}");

    visible(telegram, &tickets, &cards);
    let telegram = telegram.look();
    for (_, text) in telegram.in_groups.iter().filter(|(chat, _)| *chat == CREW) {
        let open = SECRETS.iter().find(|secret| text.contains(**secret));
        assert_eq!(open, None, "the crew's group reads what is personal: {text}");
    }
    told.said = telegram.in_groups.len();
    for (subject, order) in steps.lock().unwrap().iter() {
        assert!(order.is_sorted(), "steps of {subject} out of order: {order:?}");
    }
    told
}

/// Submitted once, by its customer; claimed by one at a time.
fn one_life(number: i64, customer: i64, status: &str, claimer: Option<i64>, history: &[(i64, &str)]) {
    assert_eq!(history.first(), Some(&(customer, "submitted")), "BX-{number}");
    let mut has = None;
    for (i, (who, what)) in history.iter().enumerate() {
        match *what {
            "submitted" => assert_eq!(i, 0, "BX-{number} was submitted twice: {history:?}"),
            "claimed" => {
                assert_eq!(has, None, "BX-{number} has two claimers: {history:?}");
                has = Some(*who);
            }
            "released" | "lapsed" | "taken_back" | "left" | "handed" | "to_desk" | "not_fixed" => has = None,
            _ => {}
        }
    }
    if status == "claimed" && has.is_some() {
        assert_eq!(claimer, has, "BX-{number}: {history:?}");
    }
    if status == "open" {
        assert_eq!(claimer, None, "BX-{number}: {history:?}");
    }
}

/// No card is lost: what is recorded is there and shows its ticket; what waits for somebody can be seen by them.
fn visible(telegram: &Telegram, tickets: &[TicketRow], cards: &[(i64, String, i64, i64)]) {
    let telegram = telegram.look();
    let shows = |ticket: i64, chat: i64, message: i64| {
        telegram.shows(chat, message).is_some_and(|shown| shown.text.contains(&format!("BX-{ticket}")))
    };
    for (ticket, role, chat, message) in cards.iter().filter(|c| ["crew", "customer", "technician", "desk"].contains(&&*c.1)) {
        assert!(shows(*ticket, *chat, *message), "the {role} card of BX-{ticket} in {chat} is not there");
    }
    let board = cards.iter().any(|(_, role, chat, _)| role == "board" && *chat == CREW);
    let has = |ticket: i64, chat: i64| cards.iter().any(|c| c.0 == ticket && c.2 == chat && shows(ticket, chat, c.3));
    for (number, customer, status, crew, ..) in tickets {
        if status == "open" || status == "claimed" {
            assert!(has(*number, *customer), "the customer of BX-{number} ({status}) has no card");
        }
        if status == "open" {
            let there = match crew {
                Some(_) => has(*number, CREW) || board,
                None => has(*number, DESK),
            };
            assert!(there, "BX-{number} waits where nobody sees it");
        }
    }
}
