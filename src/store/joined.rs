//! Statements of the same text become one that writes many rows: what SQLite has to read, plan and answer counts by
//! statements, not by rows. SQLite only; pure.
//!
//! A text comes in few sizes (1, 2, 4 … rows, the last ones empty), so that all of them are known to the database.
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, RwLock};

use super::unit::Value;

/// Most rows of a statement.
const ROWS: usize = 32;

/// Statements to write, in an order that comes to the same as that in which they were put.
#[derive(Debug, Default)]
pub(super) struct Later {
    groups: Vec<Group>,
}

/// Statements of the same text, none of which touches what another one does.
#[derive(Debug)]
struct Group {
    sql: &'static str,
    table: &'static str,
    /// Which rows they touch; `None`: nobody knows.
    keys: Option<Vec<u64>>,
    rows: Vec<Vec<Value>>,
}

/// A statement that is ready to run.
pub(super) struct Ready {
    /// Its text.
    pub sql: Text,
    /// What it takes.
    pub values: Vec<Value>,
}

/// A text of ours, or one that was made of it.
pub(super) enum Text {
    /// As it was written.
    One(&'static str),
    /// For several rows.
    Many(Arc<str>),
}

impl Later {
    /// Puts a statement behind the others. The first `named` of its values name the rows that it touches; 0: it may touch all
    /// of its table.
    pub fn push(&mut self, sql: &'static str, named: usize, values: Vec<Value>) {
        let table = table(sql);
        let key = (named > 0).then(|| hash(values.get(..named).unwrap_or(&values)));
        // As far to the front as it may go: never past one that touches the same rows.
        let clash = |group: &&Group| group.table == table && group.touches(key);
        let behind = self.groups.iter().rposition(|group| clash(&group)).map_or(0, |place| place + 1);
        let joins = |group: &&mut Group| key.is_some() && group.sql == sql && group.rows.len() < ROWS;
        match self.groups.get_mut(behind..).unwrap_or_default().iter_mut().find(joins) {
            Some(group) => {
                group.rows.push(values);
                if let (Some(keys), Some(key)) = (&mut group.keys, key) {
                    keys.push(key);
                }
            }
            None => self.groups.push(Group { sql, table, keys: key.map(|key| vec![key]), rows: vec![values] }),
        }
    }

    /// Takes everything out, in order.
    pub fn take(&mut self) -> impl Iterator<Item = Ready> + use<> {
        std::mem::take(&mut self.groups).into_iter().flat_map(Group::ready)
    }
}

impl Group {
    fn touches(&self, key: Option<u64>) -> bool {
        match (&self.keys, key) {
            (Some(keys), Some(key)) => keys.contains(&key),
            _ => true,
        }
    }

    fn ready(self) -> Vec<Ready> {
        let width = self.rows.first().map_or(0, Vec::len);
        let size = self.rows.len().next_power_of_two();
        match text(self.sql, width, size).filter(|_| size > 1) {
            Some(sql) => {
                let mut values: Vec<Value> = self.rows.into_iter().flatten().collect();
                values.resize(width * size, Value::Number(None));
                vec![Ready { sql: Text::Many(sql), values }]
            }
            None => self.rows.into_iter().map(|values| Ready { sql: Text::One(self.sql), values }).collect(),
        }
    }
}

fn hash(values: &[Value]) -> u64 {
    let mut hasher = DefaultHasher::new();
    values.hash(&mut hasher);
    hasher.finish()
}

/// The table that a statement writes.
fn table(sql: &'static str) -> &'static str {
    let behind = ["INSERT INTO ", "DELETE FROM ", "UPDATE "].into_iter().find_map(|verb| sql.strip_prefix(verb));
    behind.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default()
}

/// Texts that were made, by what they were made of and how many rows they take.
static TEXTS: LazyLock<RwLock<Texts>> = LazyLock::new(RwLock::default);
type Texts = HashMap<(&'static str, usize), Option<Arc<str>>>;

fn text(sql: &'static str, width: usize, rows: usize) -> Option<Arc<str>> {
    if let Some(known) = TEXTS.read().ok().and_then(|texts| texts.get(&(sql, rows)).cloned()) {
        return known;
    }
    let made: Option<Arc<str>> = many(sql, width, rows).map(Arc::from);
    if let Ok(mut texts) = TEXTS.write() {
        texts.insert((sql, rows), made.clone());
    }
    made
}

/// A statement that does for `rows` times `width` values what `sql` does for `width`. A row whose first value is NULL does
/// nothing. `None` where nobody has thought of how.
pub(super) fn many(sql: &str, width: usize, rows: usize) -> Option<String> {
    if let Some(insert) = sql.strip_prefix("INSERT INTO ") {
        let (head, tail) = insert.split_once(" VALUES (")?;
        let (row, tail) = tail.split_at(closing(tail)?);
        let tail = tail.strip_prefix(')')?;
        if tail.contains('$') {
            return None;
        }
        let row = places(row, |place| format!("column{place}"));
        return Some(format!("INSERT INTO {head} SELECT {row} FROM ({}) WHERE column1 IS NOT NULL{tail}", table_of(width, rows)));
    }
    if let Some(delete) = sql.strip_prefix("DELETE FROM ") {
        let (table, condition) = delete.split_once(" WHERE ")?;
        let all: Vec<String> =
            (0..rows).map(|row| format!("({})", places(condition, |place| format!("${}", place + row * width)))).collect();
        return Some(format!("DELETE FROM {table} WHERE {}", all.join(" OR ")));
    }
    let (set, condition) = sql.strip_prefix("UPDATE ")?.split_once(" WHERE ")?;
    let given = |text: &str| places(text, |place| format!("given.column{place}"));
    Some(format!("UPDATE {} FROM ({}) AS given WHERE {}", given(set), table_of(width, rows), given(condition)))
}

/// `VALUES ($1, $2), ($3, $4)`.
fn table_of(width: usize, rows: usize) -> String {
    let row = |row: usize| (1..=width).map(|place| format!("${}", place + row * width)).collect::<Vec<_>>().join(", ");
    let all: Vec<String> = (0..rows).map(|n| format!("({})", row(n))).collect();
    format!("VALUES {}", all.join(", "))
}

/// Where the bracket closes that was open at the beginning.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1;
    text.char_indices().find_map(|(at, c)| {
        open += i32::from(c == '(') - i32::from(c == ')');
        (open == 0).then_some(at)
    })
}

/// Writes something else for each of the places `$1`, `$2` …
fn places(text: &str, write: impl Fn(usize) -> String) -> String {
    let mut parts = text.split('$');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = part.split_at(digits);
        out.push_str(&write(number.parse().unwrap_or_default()));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::unit::values;

    #[test]
    fn a_statement_becomes_one_for_many_rows() {
        let insert = "INSERT INTO a (b, c, d) VALUES ($1, 0, (SELECT MAX(e) FROM a WHERE b = $1)) ON CONFLICT (b) DO NOTHING";
        assert_eq!(
            many(insert, 1, 2).unwrap(),
            "INSERT INTO a (b, c, d) SELECT column1, 0, (SELECT MAX(e) FROM a WHERE b = column1) FROM (VALUES ($1), ($2)) \
             WHERE column1 IS NOT NULL ON CONFLICT (b) DO NOTHING"
        );
        let delete = "DELETE FROM a WHERE b = $1 AND c = $2";
        assert_eq!(many(delete, 2, 2).unwrap(), "DELETE FROM a WHERE (b = $1 AND c = $2) OR (b = $3 AND c = $4)");
        let update = "UPDATE a SET c = $2 WHERE b = $1";
        assert_eq!(
            many(update, 2, 2).unwrap(),
            "UPDATE a SET c = given.column2 FROM (VALUES ($1, $2), ($3, $4)) AS given WHERE b = given.column1"
        );
        assert_eq!(many("INSERT INTO a (b) SELECT $1", 1, 2), None);
    }

    const ADD: &str = "INSERT INTO a (b, c) VALUES ($1, $2)";
    const DROP: &str = "DELETE FROM a WHERE b = $1";
    const OTHER: &str = "INSERT INTO z (b) VALUES ($1)";
    const CLEAR: &str = "DELETE FROM a WHERE c = $1";

    fn order(later: &mut Later) -> Vec<(&'static str, usize)> {
        std::mem::take(&mut later.groups).iter().map(|group| (group.sql, group.rows.len())).collect()
    }

    #[test]
    fn what_touches_the_same_rows_keeps_its_order_and_all_else_is_joined() {
        let mut later = Later::default();
        for id in [1, 2, 3] {
            later.push(DROP, 1, values![id]);
            later.push(ADD, 1, values![id, 0]);
            later.push(OTHER, 1, values![id]);
        }
        assert_eq!(order(&mut later), [(DROP, 3), (ADD, 3), (OTHER, 3)]);
        later.push(ADD, 1, values![1, 0]);
        later.push(DROP, 1, values![1]);
        later.push(ADD, 1, values![1, 0]);
        later.push(ADD, 1, values![2, 0]);
        assert_eq!(order(&mut later), [(ADD, 2), (DROP, 1), (ADD, 1)], "the second row goes to the first that takes it");
        later.push(ADD, 1, values![1, 0]);
        later.push(CLEAR, 0, values![0]);
        later.push(ADD, 1, values![2, 0]);
        later.push(OTHER, 1, values![2]);
        assert_eq!(order(&mut later), [(ADD, 1), (CLEAR, 1), (ADD, 1), (OTHER, 1)], "it may touch any of them");
    }

    #[test]
    fn no_text_grows_without_end_and_sizes_are_few() {
        let mut later = Later::default();
        (0..70).for_each(|id| later.push(ADD, 1, values![id, 0]));
        let sizes: Vec<usize> = later.take().map(|ready| ready.values.len() / 2).collect();
        assert_eq!(sizes, [32, 32, 8]);
    }
}
