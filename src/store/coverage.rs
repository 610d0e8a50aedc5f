//! Areas served.
use sqlx::{AnyConnection, Row};
use std::sync::{Arc, Mutex, PoisonError};

use super::{StoreError, meta};
use crate::coverage::Served;

const ANY: &str = "SELECT code FROM served_area LIMIT 1";
const LIST: &str = "SELECT code FROM served_area ORDER BY code";
const ADD: &str = "INSERT INTO served_area (code, name) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET name = excluded.name";
const REMOVE: &str = "DELETE FROM served_area WHERE code = $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[ANY, LIST, ADD, REMOVE];

/// Fills the table with (code, name) when it is empty; gives whether it was.
pub async fn seed(conn: &mut AnyConnection, areas: &[(String, String)]) -> Result<bool, StoreError> {
    if sqlx::query(ANY).fetch_optional(&mut *conn).await?.is_some() {
        return Ok(false);
    }
    for (code, name) in areas {
        sqlx::query(ADD).bind(code.as_str()).bind(name.as_str()).execute(&mut *conn).await?;
    }
    changed(conn).await?;
    Ok(true)
}

/// Serves an area from now on.
pub async fn add(conn: &mut AnyConnection, code: &str, name: &str) -> Result<(), StoreError> {
    sqlx::query(ADD).bind(code).bind(name).execute(&mut *conn).await?;
    changed(conn).await
}

/// Serves an area no longer; gives whether it was served.
pub async fn remove(conn: &mut AnyConnection, code: &str) -> Result<bool, StoreError> {
    let removed = sqlx::query(REMOVE).bind(code).execute(&mut *conn).await?.rows_affected() > 0;
    changed(conn).await?;
    Ok(removed)
}

/// Codes of the areas served.
pub async fn read(conn: &mut AnyConnection) -> Result<Served, StoreError> {
    let rows = sqlx::query(LIST).fetch_all(conn).await?;
    let codes = rows.iter().map(|r| r.try_get(0)).collect::<Result<Vec<String>, _>>()?;
    Ok(Served::new(codes))
}

/// Counts the change, so that every program that keeps the set reads it anew.
async fn changed(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let count: u64 = meta::read(conn, meta::SERVED).await?.and_then(|v| v.parse().ok()).unwrap_or(0);
    meta::write(conn, meta::SERVED, &(count + 1).to_string()).await
}

/// Keeps the set in memory and reads it anew only when it changed. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    kept: Arc<Mutex<Option<(String, Served)>>>,
}

impl Cache {
    /// The set as this transaction sees it.
    pub async fn read(&self, conn: &mut AnyConnection) -> Result<Served, StoreError> {
        let version = meta::read(conn, meta::SERVED).await?.unwrap_or_default();
        if let Some((kept, served)) = &*self.kept.lock().unwrap_or_else(PoisonError::into_inner)
            && *kept == version
        {
            return Ok(served.clone());
        }
        let served = read(conn).await?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((version, served.clone()));
        Ok(served)
    }
}
