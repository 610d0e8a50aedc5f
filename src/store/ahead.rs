//! What many inputs want to know, read for all of them in one statement. SQLite only.
//!
//! What is known holds until somebody writes it: whoever does takes it out here, or forgets all (see
//! [`super::unit::Unit::writes`]).
use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::meta::{self, Counter};
use super::person::{self, Stored};
use super::unit::{Value, values};
use super::{StoreError, ticket};
use crate::vocabulary::input::Millis;

// In one statement: a round trip costs more than what is read. Every row says in its last column what it is, and has the columns
// of a person. `json_each` takes any number of ids in one place. A plus keeps SQLite
// from the index of a column: it would rather look through everything that is open than for the few who are asked for.
const READ: &str = "SELECT id, lang, reachable, admin, working_name, working_phone, tokens, refilled, warned, muted, menu, 'person' \
     FROM person WHERE id IN (SELECT value FROM json_each($4)) \
     UNION ALL SELECT person, '', 0, 0, state, NULL, 0, 0, 0, 0, '', 'session' FROM session \
     WHERE bot = $1 AND chat = person AND topic = 0 AND person IN (SELECT value FROM json_each($4)) \
     UNION ALL SELECT update_id, '', 0, 0, NULL, NULL, 0, 0, 0, 0, '', 'seen' FROM seen_update \
     WHERE bot = $1 AND update_id IN (SELECT value FROM json_each($2)) \
     UNION ALL SELECT DISTINCT subject, '', 0, 0, NULL, NULL, 0, 0, 0, 0, '', 'waits' FROM task \
     WHERE kind = 'input' AND +parked IS NULL AND subject IN (SELECT value FROM json_each($3)) \
     UNION ALL SELECT DISTINCT customer, '', 0, 0, NULL, NULL, 0, 0, 0, 0, '', 'customer' FROM ticket \
     WHERE customer IN (SELECT value FROM json_each($4)) AND (+status IN ('open', 'claimed') OR (+status = 'done' AND updated >= $5)) \
     UNION ALL SELECT ticket, chat || ':' || message, 0, 0, NULL, NULL, 0, 0, 0, 0, '', 'card' FROM card \
     WHERE role NOT IN ('notice', 'board') \
     AND message IN (SELECT value FROM json_each($8)) AND chat IN (SELECT value FROM json_each($9)) \
     UNION ALL SELECT value, name, 0, 0, NULL, NULL, 0, 0, 0, 0, '', 'counter' FROM counter \
     UNION ALL SELECT 0, value, 0, 0, NULL, NULL, 0, 0, 0, 0, '', name FROM meta WHERE name IN ($6, $7)";

/// Every statement of this file; SQLite's alone.
pub const ALL: &[&str] = &[READ];

/// What an input will ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wants {
    /// The bot.
    pub bot: i64,
    /// Telegram's number of the update.
    pub update: Option<i64>,
    /// Whose queue it belongs to.
    pub subject: i64,
    /// Whose session and row it locks.
    pub person: Option<i64>,
    /// Chat and id of the message whose ticket it wants to know.
    pub card: Option<(i64, i64)>,
    /// When it came.
    pub at: Millis,
}

/// What is known; a question that is in none of the fields was not asked.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Whether the update was here before.
    seen: HashMap<i64, bool>,
    /// Whether an input of the subject waits.
    waits: HashMap<i64, bool>,
    /// Whether the customer has tickets that count.
    customers: HashMap<i64, bool>,
    /// The ticket that a message of the bot belongs to, by chat and message.
    cards: HashMap<(i64, i64), Option<i64>>,
    sessions: HashMap<i64, Option<Vec<u8>>>,
    people: HashMap<i64, Option<Stored>>,
    counters: BTreeMap<Counter, i64>,
    taken: HashSet<Counter>,
    known: Option<String>,
    key: Option<String>,
}

impl Ahead {
    /// Reads for all. They come at the same moment and belong to the same bot.
    pub async fn read(conn: &mut AnyConnection, wants: &[Wants]) -> Result<Ahead, StoreError> {
        let mut ahead = Ahead::default();
        let Some(first) = wants.first() else { return Ok(ahead) };
        let updates: Vec<i64> = wants.iter().filter_map(|w| w.update).collect();
        let subjects: Vec<i64> = wants.iter().map(|w| w.subject).collect();
        let people: Vec<i64> = wants.iter().filter_map(|w| w.person).collect();
        ahead.seen.extend(updates.iter().map(|id| (*id, false)));
        ahead.waits.extend(subjects.iter().map(|id| (*id, false)));
        ahead.customers.extend(people.iter().map(|id| (*id, false)));
        let cards: Vec<(i64, i64)> = wants.iter().filter_map(|w| w.card).collect();
        ahead.cards.extend(cards.iter().map(|key| (*key, None)));
        ahead.sessions.extend(people.iter().map(|id| (*id, None)));
        ahead.people.extend(people.iter().map(|id| (*id, None)));
        ahead.known = Some(String::new());
        let since = wants.iter().map(|w| w.at).min().unwrap_or(first.at) - ticket::DONE_COUNTS;
        let (chats, messages): (Vec<i64>, Vec<i64>) = cards.into_iter().unzip();
        let read = sqlx::query(READ).bind(first.bot).bind(list(&updates)).bind(list(&subjects)).bind(list(&people)).bind(since);
        let read = read.bind(meta::KNOWN).bind(meta::KEY).bind(list(&messages)).bind(list(&chats));
        for row in read.fetch_all(conn).await? {
            ahead.note(&row)?;
        }
        Ok(ahead)
    }

    fn note(&mut self, row: &AnyRow) -> Result<(), StoreError> {
        let (number, word, what): (i64, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(11)?);
        match what.as_str() {
            "person" => _ = self.people.insert(number, Some(Stored::read(row)?)),
            "session" => _ = self.sessions.insert(number, row.try_get(4)?),
            "seen" => _ = self.seen.insert(number, true),
            "waits" => _ = self.waits.insert(number, true),
            "customer" => _ = self.customers.insert(number, true),
            "card" => {
                let key = word.split_once(':').and_then(|(chat, message)| Some((chat.parse().ok()?, message.parse().ok()?)));
                // A message asked for in another chat is no answer, and of several tickets the first one counts.
                if let Some(card) = key.and_then(|key| self.cards.get_mut(&key)) {
                    *card = Some(card.map_or(number, |known| known.min(number)));
                }
            }
            "counter" => self.counters.extend(Counter::ALL.into_iter().find(|c| c.name() == word).map(|c| (c, number))),
            meta::KEY => self.key = Some(word),
            _ => self.known = Some(word),
        }
        Ok(())
    }

    /// Fingerprint of the key that the database names, if it was asked.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Whether the update was here before; from now on it was.
    pub fn sees(&mut self, update: i64) -> Option<bool> {
        self.seen.get_mut(&update).map(|seen| std::mem::replace(seen, true))
    }

    /// Whether nothing of this subject waits, as far as is known.
    pub fn waits_for_nothing(&self, subject: i64) -> bool {
        self.waits.get(&subject) == Some(&false)
    }

    /// Something of this subject waits from now on.
    pub fn waits_now(&mut self, subject: i64) {
        self.waits.insert(subject, true);
    }

    /// Whether this customer has no ticket that counts, as far as is known.
    pub fn has_no_ticket(&self, customer: i64) -> bool {
        self.customers.get(&customer) == Some(&false)
    }

    /// A ticket of this customer was written.
    pub fn ticket_of(&mut self, customer: i64) {
        self.customers.insert(customer, true);
    }

    /// The ticket that a message belongs to, if that is known.
    pub fn card(&self, chat: i64, message: i64) -> Option<Option<i64>> {
        self.cards.get(&(chat, message)).copied()
    }

    /// Cards in this chat are written.
    pub fn cards_in(&mut self, chat: i64) {
        self.cards.retain(|(known, _), _| *known != chat);
    }

    /// The sealed session; whoever takes it writes it.
    pub fn take_session(&mut self, person: i64) -> Option<Option<Vec<u8>>> {
        self.sessions.remove(&person)
    }

    /// The person's row; whoever takes it writes it.
    pub fn take_person(&mut self, id: i64) -> Option<Option<person::Stored>> {
        self.people.remove(&id)
    }

    /// Counts on; gives the last number.
    pub fn count(&mut self, counter: Counter, n: i64) -> Option<i64> {
        let value = self.counters.get_mut(&counter)?;
        *value += n;
        if n > 0 {
            self.taken.insert(counter);
        }
        Some(*value)
    }

    /// Version of what is kept in memory.
    pub fn known(&self) -> Option<&str> {
        self.known.as_deref()
    }

    /// What is kept in memory was changed, and not yet committed.
    pub fn known_changed(&mut self) {
        self.known = None;
    }

    /// Statements that write the counters down.
    pub fn counted(&mut self) -> Vec<(&'static str, Vec<Value>)> {
        let taken = self.taken.drain().filter_map(|counter| Some((counter, self.counters.get(&counter)?)));
        taken.map(|(counter, value)| (meta::SET, values![counter.name(), *value])).collect()
    }
}

fn list(ids: &[i64]) -> String {
    let words: Vec<String> = ids.iter().map(i64::to_string).collect();
    format!("[{}]", words.join(","))
}
