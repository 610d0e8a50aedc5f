//! The list of tables is that of the migrations, on both databases.
use std::collections::BTreeSet;

use baoxiu::store::Backend;
use baoxiu::store::tables::{Kind, TABLES};
use sqlx::{Executor, Row, SqlSafeStr};

use crate::databases::{Fresh, each};

/// Table, column, what it holds, place in the primary key (0: not in it).
type Column = (String, String, Kind, i64);

async fn real(fresh: &Fresh) -> BTreeSet<Column> {
    let sql = match fresh.db.backend() {
        Backend::Sqlite => {
            "SELECT t.name, c.name, c.type, c.pk FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
        }
        Backend::Postgres => {
            "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT), \
             CAST(COALESCE(k.ordinal_position, 0) AS BIGINT) FROM information_schema.columns AS c \
             LEFT JOIN information_schema.table_constraints AS p ON p.table_schema = c.table_schema \
             AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY' \
             LEFT JOIN information_schema.key_column_usage AS k ON k.constraint_schema = p.constraint_schema \
             AND k.constraint_name = p.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name \
             WHERE c.table_schema = current_schema()"
        }
    };
    let rows = sqlx::query(sql).fetch_all(&mut *fresh.db.read().await.unwrap()).await.unwrap();
    let column = |row: &sqlx::any::AnyRow| {
        let kind = match row.get::<String, _>(2).to_uppercase().as_str() {
            "BIGINT" => Kind::Number,
            "TEXT" => Kind::Text,
            "BYTEA" => Kind::Sealed,
            other => panic!("{other} is no type of the portable subset"),
        };
        (row.get(0), row.get(1), kind, row.get(3))
    };
    // sqlx's own table has other types.
    rows.iter().filter(|row| row.get::<String, _>(0) != "_sqlx_migrations").map(column).collect()
}

#[tokio::test]
async fn every_table_and_column_is_listed() {
    let listed: BTreeSet<Column> = TABLES
        .iter()
        .flat_map(|table| {
            table.columns.iter().enumerate().map(|(at, (column, kind))| {
                let place = if at < table.key { at as i64 + 1 } else { 0 };
                (table.name.to_owned(), (*column).to_owned(), *kind, place)
            })
        })
        .collect();
    for fresh in each().await {
        let real = real(&fresh).await;
        let forgotten: Vec<_> = real.difference(&listed).collect();
        let invented: Vec<_> = listed.difference(&real).collect();
        assert!(
            forgotten.is_empty() && invented.is_empty(),
            "{:?}: src/store/tables.rs lacks {forgotten:?} and has {invented:?}",
            fresh.db.backend()
        );
    }
}

#[tokio::test]
async fn the_statements_made_of_it_are_understood() {
    for fresh in each().await {
        let mut tx = fresh.db.begin().await.unwrap();
        for sql in TABLES.iter().flat_map(|table| [table.page_sql(false), table.page_sql(true), table.count_sql()]) {
            if let Err(error) = tx.prepare(sqlx::AssertSqlSafe(sql.clone()).into_sql_str()).await {
                panic!("{:?}: {sql}\n{error}", fresh.db.backend());
            }
        }
    }
}
