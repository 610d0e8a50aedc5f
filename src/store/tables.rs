//! Every table and column of the migrations, in one list: what a backup takes, and what is sealed anew when the key is changed.
//! A test compares it with both databases, so that a new migration cannot be forgotten here.
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row};

use super::StoreError;
use super::unit::{self, Value};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// BIGINT.
    Number,
    /// TEXT.
    Text,
    /// BYTEA: sealed, see [`crate::seal`].
    Sealed,
}

use Kind::{Number, Sealed, Text};

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// How many of its first columns are its primary key. Joined by `:` they are the row that a sealed value is bound to.
    pub key: usize,
    /// Its columns, those of the key first.
    pub columns: &'static [(&'static str, Kind)],
}

const fn table(name: &'static str, key: usize, columns: &'static [(&'static str, Kind)]) -> Table {
    Table { name, key, columns }
}

/// All of them. Beside the migrations of `migrations/`: a column that is added there is added here.
pub const TABLES: &[Table] = &[
    table("meta", 1, &[("name", Text), ("value", Text)]),
    table("counter", 1, &[("name", Text), ("value", Number)]),
    table("seen_update", 2, &[("bot", Number), ("update_id", Number), ("at", Number)]),
    table(
        "person",
        1,
        &[
            ("id", Number),
            ("version", Number),
            ("lang", Text),
            ("reachable", Number),
            ("admin", Number),
            ("working_name", Sealed),
            ("working_phone", Sealed),
            ("tokens", Number),
            ("refilled", Number),
            ("warned", Number),
            ("muted", Number),
            ("menu", Text),
        ],
    ),
    table(
        "session",
        4,
        &[
            ("bot", Number),
            ("chat", Number),
            ("person", Number),
            ("topic", Number),
            ("version", Number),
            ("updated", Number),
            ("state", Sealed),
        ],
    ),
    table(
        "crew",
        1,
        &[("id", Number), ("chat", Number), ("kind", Text), ("title", Sealed), ("active", Number), ("profile", Text)],
    ),
    table("crew_area", 2, &[("crew", Number), ("code", Text)]),
    table("served_area", 1, &[("code", Text), ("name", Text)]),
    table("area_alias", 2, &[("code", Text), ("name", Text)]),
    table(
        "ticket",
        1,
        &[
            ("number", Number),
            ("version", Number),
            ("customer", Number),
            ("status", Text),
            ("fault", Text),
            ("danger", Number),
            ("district", Text),
            ("served", Number),
            ("created", Number),
            ("promise", Number),
            ("crew", Number),
            ("claimer", Number),
            ("claimed", Number),
            ("updated", Number),
            ("details", Sealed),
            ("trial", Number),
            ("blanked", Number),
        ],
    ),
    table(
        "ticket_event",
        2,
        &[("ticket", Number), ("n", Number), ("at", Number), ("who", Number), ("what", Text), ("note", Sealed)],
    ),
    table("ticket_offer", 2, &[("ticket", Number), ("crew", Number)]),
    table("card", 4, &[("ticket", Number), ("role", Text), ("chat", Number), ("n", Number), ("message", Number)]),
    table(
        "task",
        1,
        &[
            ("id", Number),
            ("kind", Text),
            ("subject", Number),
            ("name", Text),
            ("due", Number),
            ("tries", Number),
            ("parked", Number),
            ("input", Sealed),
        ],
    ),
    table(
        "outbox",
        1,
        &[
            ("id", Number),
            ("chat", Number),
            ("priority", Number),
            ("created", Number),
            ("due", Number),
            ("tries", Number),
            ("card", Text),
            ("body", Sealed),
            ("notice", Number),
        ],
    ),
    table(
        "notice",
        1,
        &[
            ("number", Number),
            ("version", Number),
            ("admin", Number),
            ("state", Text),
            ("audience", Text),
            ("created", Number),
            ("confirmed", Number),
            ("ended", Number),
            ("since", Number),
            ("before", Number),
            ("shown", Number),
            ("reached", Number),
            ("total", Number),
            ("sent", Number),
            ("unreachable", Number),
            ("failed", Number),
            ("body", Sealed),
        ],
    ),
    table("invite", 1, &[("code", Text), ("inviter", Number), ("created", Number), ("expires", Number)]),
];

/// The table of that name.
pub fn named(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

impl Table {
    /// Names of its columns, with commas between.
    pub fn list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    fn key_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().take(self.key).map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// What sealed values of a row are bound to; `columns`: places of the values, those of the key among them.
    pub fn row(&self, columns: &[usize], values: &[Value]) -> String {
        let at = |place| columns.iter().position(|column| *column == place).and_then(|at| values.get(at));
        let words = (0..self.key).filter_map(at).map(|value| match value {
            Value::Number(number) => number.unwrap_or_default().to_string(),
            Value::Text(text) => text.clone().unwrap_or_default(),
            Value::Bytes(_) => String::new(),
        });
        words.collect::<Vec<_>>().join(":")
    }

    /// Reads `$1` rows in the order of the key; `behind`: those after the key in the places from `$2` on.
    pub fn page_sql(&self, behind: bool) -> String {
        let (list, key) = (self.list(), self.key_list());
        let places: Vec<String> = (2..self.key + 2).map(|n| format!("${n}")).collect();
        let condition = if behind { format!(" WHERE ({key}) > ({})", places.join(", ")) } else { String::new() };
        format!("SELECT {list} FROM {}{condition} ORDER BY {key} LIMIT $1", self.name)
    }

    /// Counts its rows.
    pub fn count_sql(&self) -> String {
        format!("SELECT COUNT(*) FROM {}", self.name)
    }

    /// At most `limit` rows behind the key of the row `after`, in the order of the key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(
        &self,
        conn: &mut AnyConnection,
        after: Option<&[Value]>,
        limit: i64,
    ) -> Result<Vec<Vec<Value>>, StoreError> {
        let mut query = safe(self.page_sql(after.is_some())).bind(limit);
        for value in after.unwrap_or_default().iter().take(self.key) {
            query = unit::bind(query, value.clone());
        }
        query.fetch_all(conn).await?.iter().map(|row| self.read(row)).collect()
    }

    /// How many rows it has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, conn: &mut AnyConnection) -> Result<i64, StoreError> {
        Ok(safe(self.count_sql()).fetch_one(conn).await?.try_get(0)?)
    }

    fn read(&self, row: &AnyRow) -> Result<Vec<Value>, StoreError> {
        let value = |(at, (_, kind)): (usize, &(&str, Kind))| {
            Ok(match kind {
                Number => Value::Number(row.try_get(at)?),
                Text => Value::Text(row.try_get(at)?),
                Sealed => Value::Bytes(row.try_get(at)?),
            })
        };
        self.columns.iter().enumerate().map(value).collect()
    }
}

/// A statement put together from the names in [`TABLES`] and nothing else. Not kept prepared: they are many, and seldom used.
pub(super) fn safe<'q>(sql: String) -> Query<'q, Any, AnyArguments> {
    sqlx::query(AssertSqlSafe(sql)).persistent(false)
}
