//! A unit of work: one transaction as those who write in it see it.
//!
//! Alone in its transaction, every statement runs at once and rows are locked by it. Where many share one commit (see
//! [`super::Db::write`]) a round trip per statement would cost more than all work: there what many of them want to know is read
//! ahead, in a few statements for all, and what they write is put off and written in one go. That is only safe because
//! whoever shares a commit is alone in the database from begin to commit.
use std::collections::BTreeMap;

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use super::StoreError;
use super::ahead::Ahead;
use super::handover::{Ids, Owed};
use super::joined::{Later, Ready, Text};
use super::outbox::Waiting;
use crate::render::outgoing::Outgoing;

/// A value on its way into the database.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number, or NULL.
    Number(Option<i64>),
    /// A text, or NULL.
    Text(Option<String>),
    /// Bytes, or NULL.
    Bytes(Option<Vec<u8>>),
}

macro_rules! into_value {
    ($($from:ty => $kind:ident),*) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Value {
                Value::$kind(Some(value))
            }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Value {
                Value::$kind(value)
            }
        }
    )*};
}
into_value!(i64 => Number, String => Text, Vec<u8> => Bytes);

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(Some(value.to_owned()))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Number(Some(i64::from(value)))
    }
}

/// What statements take, in the order of their places.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::unit::Value::from($value)),*] };
}
pub(crate) use values;

/// One transaction, alone or shared. It neither begins nor commits.
#[derive(Debug)]
pub struct Unit<'c> {
    conn: &'c mut AnyConnection,
    shared: Option<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    ahead: Option<Ahead>,
    later: Later,
    owed: Vec<Owed>,
    /// Ids of messages that were given out.
    ids: Option<Ids>,
    /// Messages that wait for each group, once somebody has asked.
    queues: Option<BTreeMap<i64, i64>>,
}

impl<'c> Unit<'c> {
    /// Alone: every statement runs at once.
    pub fn alone(conn: &'c mut AnyConnection) -> Unit<'c> {
        Unit { conn, shared: None }
    }

    /// Of many that share a commit, on SQLite and with its write lock held.
    pub(super) fn shared(conn: &'c mut AnyConnection, ahead: Ahead) -> Unit<'c> {
        Unit { conn, shared: Some(Shared { ahead: Some(ahead), ..Shared::default() }) }
    }

    /// Whether nobody else can write before the commit, so that reading a row is as good as locking it.
    pub fn has_all_locked(&self) -> bool {
        self.shared.is_some()
    }

    /// What was read ahead, as long as it holds.
    pub(super) fn ahead(&mut self) -> Option<&mut Ahead> {
        self.shared.as_mut().and_then(|shared| shared.ahead.as_mut())
    }

    /// Runs a statement that gives nothing back: now if alone, else with many others. Gives how many rows it changed, if that
    /// is known already.
    pub(super) async fn put(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Option<u64>, StoreError> {
        self.put_named(sql, 0, values).await
    }

    /// As [`Unit::put`]. The first `named` values say which rows it touches, in the same way for all statements of a table
    /// that have any: those of others may be written before it, together.
    pub(super) async fn put_named(
        &mut self,
        sql: &'static str,
        named: usize,
        values: Vec<Value>,
    ) -> Result<Option<u64>, StoreError> {
        match &mut self.shared {
            Some(shared) => {
                shared.later.push(sql, named, values);
                Ok(None)
            }
            None => {
                let query = values.into_iter().fold(sqlx::query(sql), bind);
                Ok(Some(query.execute(&mut *self.conn).await?.rows_affected()))
            }
        }
    }

    /// As [`Unit::put_named`], of a statement that must change one row, named by its first value.
    pub(super) async fn put_one(&mut self, table: &'static str, sql: &'static str, values: Vec<Value>) -> Result<(), StoreError> {
        match self.put_named(sql, 1, values).await? {
            None | Some(1) => Ok(()),
            Some(_) => Err(StoreError::Gone { table }),
        }
    }

    /// Notes a message that is owed.
    pub(super) fn owes(&mut self, row: &Waiting, message: &Outgoing) {
        if let Some(shared) = &mut self.shared {
            if let Some(queues) = shared.queues.as_mut().filter(|_| row.chat < 0) {
                *queues.entry(row.chat).or_default() += 1;
            }
            shared.owed.push(Owed { row: row.clone(), message: message.clone() });
        }
    }

    /// How many messages wait for each group, if that was read before: whoever shares a commit adds to it.
    pub(super) fn queues(&self) -> Option<&BTreeMap<i64, i64>> {
        self.shared.as_ref()?.queues.as_ref()
    }

    /// How many messages wait for each group was read.
    pub(super) fn knows_queues(&mut self, queues: &BTreeMap<i64, i64>) {
        if let Some(shared) = &mut self.shared {
            shared.queues = Some(queues.clone());
        }
    }

    /// Notes that ids of messages were given out, `n` of them from `first`.
    pub(super) fn gave(&mut self, first: i64, n: i64) {
        if let Some(shared) = &mut self.shared {
            let before = shared.ids.map_or(first - 1, |(before, _)| before);
            shared.ids = Some((before, first + n - 1));
        }
    }

    /// What is owed by it, and which ids were given out.
    pub(super) fn owed(self) -> (Vec<Owed>, Option<Ids>) {
        self.shared.map(|shared| (shared.owed, shared.ids)).unwrap_or_default()
    }

    /// The connection, to read with, or to lock one's own rows: everything that was put off is written.
    pub async fn reads(&mut self) -> Result<&mut AnyConnection, StoreError> {
        self.flush().await?;
        Ok(self.conn)
    }

    /// The connection, to write with in ways that nobody keeps track of: what was read ahead holds no longer.
    pub async fn writes(&mut self) -> Result<&mut AnyConnection, StoreError> {
        self.flush().await?;
        if let Some(shared) = &mut self.shared {
            shared.ahead = None;
        }
        Ok(self.conn)
    }

    /// Writes what was put off.
    pub(super) async fn flush(&mut self) -> Result<(), StoreError> {
        let Some(shared) = &mut self.shared else { return Ok(()) };
        for (sql, values) in shared.ahead.iter_mut().flat_map(|ahead| ahead.counted()) {
            shared.later.push(sql, 1, values);
        }
        for Ready { sql, values } in shared.later.take() {
            let query = match sql {
                Text::One(sql) => sqlx::query(sql),
                // Every text is one of ours, see `joined::many`.
                Text::Many(sql) => sqlx::query(AssertSqlSafe(sql)),
            };
            values.into_iter().fold(query, bind).execute(&mut *self.conn).await?;
        }
        Ok(())
    }
}

pub(super) fn bind(query: Query<'_, Any, AnyArguments>, value: Value) -> Query<'_, Any, AnyArguments> {
    match value {
        Value::Number(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    }
}
