//! Seals everything anew with another key, in small steps beside bots that run. It may be broken off at any point and done
//! again: what is sealed with the new key already is passed over.
use std::time::{Duration, Instant};

use sqlx::AnyConnection;

use super::tables::{Kind, TABLES, Table, safe};
use super::unit::{self, Unit, Value};
use super::{Backend, Db, StoreError, meta};
use crate::seal::Sealer;

/// Rows looked at, and at most written, in one transaction.
const STEP: i64 = 200;
/// A step that a bot was in the way of is tried again so often.
const TRIES: u32 = 10;
/// Others get at least this long between two steps.
const SHORTEST_PAUSE: Duration = Duration::from_millis(5);
/// Freed places in the file are overwritten: what was sealed with the old key is not to be found there.
const FORGET: &str = "PRAGMA secure_delete = ON";
/// Best effort: the journal is folded back and emptied, as far as nobody reads in it.
const FOLD: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// What a pass has met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// Values that were sealed with the old key, and are no longer.
    pub resealed: u64,
    /// Values that were sealed with the old key, and were changed by somebody else meanwhile.
    pub missed: u64,
    /// Values that neither key opens.
    pub closed: u64,
}

/// Names the key that seals from now on, if the database does not name it yet. When this returns, nobody seals with the old
/// one any more, because every begin of theirs asks which one counts.
///
/// # Errors
/// When the database fails.
pub async fn turn(db: &Db, new: &Sealer, old: &Sealer) -> Result<(), StoreError> {
    patiently(|| turn_once(db, new, old)).await
}

async fn turn_once(db: &Db, new: &Sealer, old: &Sealer) -> Result<(), StoreError> {
    let mut tx = db.writer.begin_alone().await?;
    if meta::read(&mut tx, meta::KEY).await?.as_deref() != Some(&new.fingerprint()) {
        let mut unit = Unit::alone(&mut tx);
        meta::write(&mut unit, meta::KEY_BEFORE, &old.fingerprint()).await?;
        meta::write(&mut unit, meta::KEY, &new.fingerprint()).await?;
    }
    Ok(tx.commit().await?)
}

/// Seals anew everything that the old key opens.
///
/// # Errors
/// When the database fails; what was done until then stands.
pub async fn pass(db: &Db, new: &Sealer, old: &Sealer) -> Result<Pass, StoreError> {
    let mut pass = Pass::default();
    for table in TABLES.iter().filter(|table| table.columns.iter().any(|(_, kind)| *kind == Kind::Sealed)) {
        let mut last: Option<Vec<Value>> = None;
        loop {
            let began = Instant::now();
            let mut rows = table.page(&mut *db.read().await?, last.as_deref(), STEP).await?;
            let mut anew = Vec::new();
            for row in &rows {
                reseal(table, row, new, old, &mut anew, &mut pass)?;
            }
            write(db, table, &anew, &mut pass).await?;
            last = rows.pop();
            if last.is_none() {
                break;
            }
            tokio::time::sleep(began.elapsed().max(SHORTEST_PAUSE)).await;
        }
    }
    Ok(pass)
}

/// Ends it: everything is sealed with the new key.
///
/// # Errors
/// When the database fails.
pub async fn finish(db: &Db) -> Result<(), StoreError> {
    patiently(|| forget(db)).await?;
    if db.backend() == Backend::Sqlite {
        // A bot that reads keeps it from being done; then the bot's own next one does it.
        let _ = sqlx::query(FOLD).fetch_all(&mut *db.writer.pool.acquire().await?).await;
    }
    Ok(())
}

async fn forget(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    meta::forget(&mut Unit::alone(&mut tx), meta::KEY_BEFORE).await?;
    Ok(tx.commit().await?)
}

/// A sealed value, as it is and as it is to be.
struct Anew {
    column: &'static str,
    key: Vec<Value>,
    was: Vec<u8>,
    is: Vec<u8>,
}

fn reseal(
    table: &Table,
    row: &[Value],
    new: &Sealer,
    old: &Sealer,
    anew: &mut Vec<Anew>,
    pass: &mut Pass,
) -> Result<(), StoreError> {
    let places: Vec<usize> = (0..table.columns.len()).collect();
    let name = table.row(&places, row);
    for ((column, kind), value) in table.columns.iter().zip(row) {
        // Empty: a message of a notice, whose body stands elsewhere.
        let (Kind::Sealed, Value::Bytes(Some(was))) = (kind, value) else { continue };
        if was.is_empty() || new.open(table.name, column, &name, was).is_ok() {
            continue;
        }
        let Ok(plain) = old.open(table.name, column, &name, was) else {
            pass.closed += 1;
            continue;
        };
        let is = new.seal(table.name, column, &name, &plain)?;
        anew.push(Anew { column, key: row.iter().take(table.key).cloned().collect(), was: was.clone(), is });
    }
    Ok(())
}

async fn write(db: &Db, table: &Table, anew: &[Anew], pass: &mut Pass) -> Result<(), StoreError> {
    if anew.is_empty() {
        return Ok(());
    }
    let written = patiently(|| step(db, table, anew)).await?;
    pass.resealed += written;
    pass.missed += anew.len() as u64 - written;
    Ok(())
}

/// Again, when a bot was in the way.
async fn patiently<T, F: Future<Output = Result<T, StoreError>>>(work: impl Fn() -> F) -> Result<T, StoreError> {
    let mut tries = 0;
    loop {
        match work().await {
            Err(error) if error.is_transient() && tries < TRIES => tries += 1,
            done => return done,
        }
        tokio::time::sleep(SHORTEST_PAUSE * (1 << tries)).await;
    }
}

async fn step(db: &Db, table: &Table, anew: &[Anew]) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    if db.backend() == Backend::Sqlite {
        sqlx::query(FORGET).fetch_all(&mut *tx).await?;
    }
    let mut written = 0;
    for one in anew {
        written += put(&mut tx, table, one).await?;
    }
    tx.commit().await?;
    Ok(written)
}

/// Writes one, if it is still what was read: a bot that changed it has sealed it with the new key.
async fn put(conn: &mut AnyConnection, table: &Table, anew: &Anew) -> Result<u64, StoreError> {
    let keys = table.columns.iter().take(table.key).enumerate();
    let condition: Vec<String> = keys.map(|(n, (column, _))| format!("{column} = ${}", n + 3)).collect();
    let (column, condition) = (anew.column, condition.join(" AND "));
    let sql = format!("UPDATE {} SET {column} = $1 WHERE {column} = $2 AND {condition}", table.name);
    let query = safe(sql).persistent(true).bind(anew.is.clone()).bind(anew.was.clone());
    let query = anew.key.iter().cloned().fold(query, unit::bind);
    Ok(query.execute(conn).await?.rows_affected())
}
