//! Fills an empty database with rows of a backup, in one transaction: all of them, or the database stays as it was.
use std::path::PathBuf;

use sqlx::{Any, AnyConnection, Connection, Row, Transaction};

use super::open::{self, WRITER};
use super::tables::{TABLES, Table, safe};
use super::unit::{self, Value};
use super::url::{self, Target};
use super::{Backend, StoreError, error, existing};

// Text: PostgreSQL has types of its own for names.
const SQLITE_TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table'";
const POSTGRES_TABLES: &str =
    "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()";
/// Filled by the migrations themselves; what a backup says takes their place.
const SEEDED: [&str; 2] = ["meta", "counter"];

/// A database that is being filled.
#[derive(Debug)]
pub struct Filling<'c> {
    tx: Transaction<'c, Any>,
}

/// Opens an empty database, makes the tables as they were in `version`, has `fill` write rows, and brings the tables up to
/// date. After an error nothing of it stands: a file that was made is removed.
///
/// # Errors
/// When there is something in the database, it cannot be written, or `fill` fails.
pub async fn restore<E: From<StoreError>>(
    address: &str,
    version: i64,
    fill: impl AsyncFnOnce(&mut Filling<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut made = create(address)?;
    let restored = into(address, version, fill).await;
    if restored.is_ok() {
        made.0 = None;
    }
    restored
}

/// A file that was made, removed unless it is kept: also when whoever waits for it gives up.
struct Made(Option<PathBuf>);

impl Drop for Made {
    fn drop(&mut self) {
        let Some(path) = self.0.take() else { return };
        for end in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(end);
            // What would be left is an empty database.
            let _ = std::fs::remove_file(name);
        }
    }
}

fn create(address: &str) -> Result<Made, StoreError> {
    sqlx::any::install_default_drivers();
    let Target::Sqlite(path) = url::parse(address)? else { return Ok(Made(None)) };
    url::sqlite(&path)?;
    let there = path.exists();
    open::create_private(&path)?;
    Ok(Made((!there).then_some(path)))
}

async fn into<E: From<StoreError>>(
    address: &str,
    version: i64,
    fill: impl AsyncFnOnce(&mut Filling<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let (mut conn, backend) = existing::connect(address).await?;
    let done = inside(&mut conn, backend, version, fill).await;
    // What is not committed is rolled back with it.
    let closed = conn.close().await.map_err(StoreError::from);
    done.and(closed.map_err(E::from))
}

async fn inside<E: From<StoreError>>(
    conn: &mut AnyConnection,
    backend: Backend,
    version: i64,
    fill: impl AsyncFnOnce(&mut Filling<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let begin = match backend {
        Backend::Sqlite => {
            refuse_if_filled(conn, backend).await?;
            for pragma in WRITER {
                sqlx::query(*pragma).execute(&mut *conn).await.map_err(StoreError::from)?;
            }
            "BEGIN IMMEDIATE"
        }
        Backend::Postgres => "BEGIN",
    };
    let mut tx = conn.begin_with(begin).await.map_err(StoreError::from)?;
    let there = refuse_if_filled(&mut tx, backend).await?;
    for table in &there {
        run(&mut tx, format!("DROP TABLE {}", table.name)).await?;
    }
    if !there.is_empty() {
        run(&mut tx, "DROP TABLE IF EXISTS _sqlx_migrations".to_owned()).await?;
    }
    open::migrate(&mut tx, version).await?;
    // Looked at again under a lock: a bot that is started on it at the same moment is seen, or waits. On SQLite nobody else
    // can write by now.
    let made = tables(&mut tx, backend).await?;
    if backend == Backend::Postgres {
        let names: Vec<&str> = made.iter().map(|table| table.name).collect();
        run(&mut tx, format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", names.join(", "))).await?;
    }
    refuse_if_filled(&mut tx, backend).await?;
    for name in SEEDED {
        run(&mut tx, format!("DELETE FROM {name}")).await?;
    }
    let mut filling = Filling { tx };
    fill(&mut filling).await?;
    open::migrate(&mut filling.tx, existing::newest()).await?;
    Ok(filling.tx.commit().await.map_err(StoreError::from)?)
}

/// The tables of ours that are there.
async fn tables(conn: &mut AnyConnection, backend: Backend) -> Result<Vec<&'static Table>, StoreError> {
    let sql = match backend {
        Backend::Sqlite => SQLITE_TABLES,
        Backend::Postgres => POSTGRES_TABLES,
    };
    let rows = sqlx::query(sql).fetch_all(&mut *conn).await?;
    let names = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<String>, _>>()?;
    Ok(TABLES.iter().filter(|table| names.iter().any(|name| name == table.name)).collect())
}

/// Gives the tables of ours that are there; they are empty.
async fn refuse_if_filled(conn: &mut AnyConnection, backend: Backend) -> Result<Vec<&'static Table>, StoreError> {
    let there = tables(&mut *conn, backend).await?;
    for table in there.iter().filter(|table| !SEEDED.contains(&table.name)) {
        if table.count(&mut *conn).await? > 0 {
            return Err(StoreError::Filled { table: table.name });
        }
    }
    Ok(there)
}

async fn run(conn: &mut AnyConnection, sql: String) -> Result<(), StoreError> {
    safe(sql).execute(conn).await?;
    Ok(())
}

impl Filling<'_> {
    /// Writes a row; `columns`: places in [`Table::columns`], of the values in their order.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn put(&mut self, table: &Table, columns: &[usize], values: Vec<Value>) -> Result<(), StoreError> {
        let names: Vec<&str> = columns.iter().filter_map(|at| table.columns.get(*at)).map(|(name, _)| *name).collect();
        let places: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
        // Kept prepared: there are as many texts as tables, and as many uses as rows.
        let query = values.into_iter().fold(safe(sql).persistent(true), unit::bind);
        query.execute(&mut *self.tx).await.map_err(|e| StoreError::Refused { table: table.name, what: error::describe(&e) })?;
        Ok(())
    }

    /// How many rows a table has by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&mut self, table: &Table) -> Result<i64, StoreError> {
        table.count(&mut self.tx).await
    }
}
