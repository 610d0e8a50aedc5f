//! How the backlog learns what is owed: what was just committed is handed over, the rest is read.
use std::collections::HashMap;

use crate::outbox::backlog::{Backlog, Fate};
use crate::outbox::deliver::Record;
use crate::outbox::settle::Outcome;
use crate::render::outgoing::Outgoing;
use crate::store::handover::Handover;
use crate::store::outbox::Waiting;
use crate::store::{Db, StoreError, card, outbox};
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::{CardRef, Priority};

/// Rows of a priority that are kept in memory; the others are read when these are done.
const WINDOW: usize = 4_000;
/// Rows that are read in one go.
const PAGE: i64 = 1_000;
/// Bodies and cards that are remembered.
const KEPT: usize = 4_000;

/// How far the rows of a priority are known.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    priority: Priority,
    /// Every row up to this one was taken up.
    last: i64,
    /// There are more than fit.
    behind: bool,
}

/// What is known of the outbox beside the backlog.
#[derive(Debug)]
pub struct Intake {
    handover: Handover,
    cursors: [Cursor; 2],
    /// Rows are to be read, because nobody hands them over, or not all.
    look: bool,
    bodies: HashMap<i64, Outgoing>,
    /// Which messages show which card in a chat. Nobody but the sender writes that, except when a group's id changes.
    cards: HashMap<(CardRef, i64), Vec<i64>>,
}

impl Intake {
    /// Knows nothing yet.
    pub fn new(handover: Handover) -> Intake {
        let cursors = [Priority::Reply, Priority::Desk].map(|priority| Cursor { priority, last: 0, behind: false });
        Intake { handover, cursors, look: true, bodies: HashMap::new(), cards: HashMap::new() }
    }

    /// Somebody may have written rows without handing them over.
    pub fn look(&mut self) {
        self.look = true;
    }

    /// Takes over what was committed; gives whether notices are owed, too.
    pub fn hear(&mut self, backlog: &mut Backlog, now: Millis) -> bool {
        let owing = self.handover.take();
        let notices = owing.notices;
        if owing.incomplete {
            backlog.clear();
            self.cards.clear();
            self.bodies.clear();
            self.cursors.iter_mut().for_each(|cursor| (cursor.last, cursor.behind) = (0, false));
            self.look = true;
            return notices;
        }
        for owed in owing.owed {
            let Some(cursor) = self.cursors.iter_mut().find(|cursor| cursor.priority == owed.row.priority) else { continue };
            if cursor.behind || owed.row.id <= cursor.last {
                continue;
            }
            if backlog.waiting(cursor.priority) >= WINDOW {
                cursor.behind = true;
                continue;
            }
            cursor.last = owed.row.id;
            if self.bodies.len() < KEPT {
                self.bodies.insert(owed.row.id, owed.message);
            }
            backlog.add(owed.row, now);
        }
        notices
    }

    /// Whether rows are to be read.
    pub fn wants_rows(&self, backlog: &Backlog) -> bool {
        self.look || self.cursors.iter().any(|c| c.behind && backlog.waiting(c.priority) < WINDOW / 2)
    }

    /// Reads rows.
    pub async fn read(&mut self, db: &Db, backlog: &mut Backlog, now: Millis) -> Result<(), StoreError> {
        let mut conn = db.read().await?;
        for cursor in &mut self.cursors {
            cursor.behind = true;
            while cursor.behind && backlog.waiting(cursor.priority) < WINDOW {
                let rows = outbox::waiting(&mut conn, cursor.priority, cursor.last, PAGE).await?;
                cursor.behind = i64::try_from(rows.len()).unwrap_or(PAGE) >= PAGE;
                cursor.last = rows.last().map_or(cursor.last, |row| row.id);
                rows.into_iter().for_each(|row| backlog.add(row, now));
            }
        }
        self.look = false;
        Ok(())
    }

    /// What a row says; `None`: it is gone.
    ///
    /// # Errors
    /// As [`outbox::body`].
    pub async fn body(&self, db: &Db, row: &Waiting) -> Result<Option<Outgoing>, StoreError> {
        match self.bodies.get(&row.id) {
            Some(message) => Ok(Some(Outgoing { chat: row.chat, ..message.clone() })),
            None => outbox::body(&mut *db.read().await?, db.sealer(), row.id).await,
        }
    }

    /// Messages that show a card.
    pub async fn card(&mut self, db: &Db, card: &CardRef, chat: i64) -> Result<Vec<i64>, StoreError> {
        let key = (card.clone(), chat);
        if let Some(known) = self.cards.get(&key) {
            return Ok(known.clone());
        }
        let known = card::messages(&mut *db.read().await?, card, chat).await?;
        self.shows(card, chat, known.clone());
        Ok(known)
    }

    /// What became of a message is written down.
    pub fn settled(&mut self, outcome: &Outcome, fate: &Fate) {
        if !matches!(fate, Fate::Waits { .. } | Fate::Moves(_)) {
            for row in &outcome.job.next.rows {
                self.bodies.remove(&row.id);
            }
        }
        let Some(card) = outcome.job.message.as_ref().ok().and_then(Outgoing::card) else { return };
        match outcome.result.as_ref().map(|delivered| &delivered.record) {
            Ok(Record::Keep) => {}
            Ok(Record::Replace(messages)) => self.shows(card, outcome.chat, messages.clone()),
            Ok(Record::Append(_) | Record::Forget) | Err(_) => _ = self.cards.remove(&(card.clone(), outcome.chat)),
        }
    }

    fn shows(&mut self, card: &CardRef, chat: i64, messages: Vec<i64>) {
        if self.cards.len() >= KEPT {
            self.cards.clear();
        }
        self.cards.insert((card.clone(), chat), messages);
    }
}
