//! Areas served, and further names of areas.
use sqlx::{AnyConnection, Row};

use super::unit::{Unit, values};
use super::{StoreError, known, meta};
use crate::coverage::Served;

const ANY: &str = "SELECT code FROM served_area LIMIT 1";
const LIST: &str = "SELECT code FROM served_area ORDER BY code";
const NAMED: &str = "SELECT code, name FROM served_area ORDER BY code";
const ADD: &str = "INSERT INTO served_area (code, name) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET name = excluded.name";
const ALIAS: &str = "INSERT INTO area_alias (code, name) VALUES ($1, $2) ON CONFLICT (code, name) DO NOTHING";
const ALIASES: &str = "SELECT code, name FROM area_alias ORDER BY code, name";
const REMOVE: &str = "DELETE FROM served_area WHERE code = $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[ANY, LIST, NAMED, ADD, ALIAS, ALIASES, REMOVE];

/// Fills the table with (code, name) at the first start; gives whether it was one. An admin may have emptied it since: then
/// nothing is served, and stays so.
pub async fn seed(unit: &mut Unit<'_>, areas: &[(String, String)]) -> Result<bool, StoreError> {
    let conn = unit.reads().await?;
    let known = meta::read(conn, meta::SERVED).await?.is_some();
    if areas.is_empty() || known || sqlx::query(ANY).fetch_optional(&mut *conn).await?.is_some() {
        return Ok(false);
    }
    for (code, name) in areas {
        unit.put(ADD, values![code.as_str(), name.as_str()]).await?;
    }
    changed(unit).await?;
    Ok(true)
}

/// Serves an area from now on.
pub async fn add(unit: &mut Unit<'_>, code: &str, name: &str) -> Result<(), StoreError> {
    unit.put(ADD, values![code, name]).await?;
    changed(unit).await
}

/// Serves an area no longer; gives whether it was served.
pub async fn remove(unit: &mut Unit<'_>, code: &str) -> Result<bool, StoreError> {
    let removed = sqlx::query(REMOVE).bind(code).execute(unit.reads().await?).await?.rows_affected() > 0;
    changed(unit).await?;
    Ok(removed)
}

/// Adds further names of areas, (code, name), to those that there are.
pub async fn call(unit: &mut Unit<'_>, aliases: &[(String, String)]) -> Result<(), StoreError> {
    for (code, name) in aliases {
        unit.put(ALIAS, values![code.as_str(), name.as_str()]).await?;
    }
    Ok(())
}

/// Further names of areas, (code, name).
pub async fn aliases(conn: &mut AnyConnection) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query(ALIASES).fetch_all(conn).await?;
    Ok(rows.iter().map(|r| Ok((r.try_get(0)?, r.try_get(1)?))).collect::<Result<_, sqlx::Error>>()?)
}

/// Codes and names of the areas served.
pub async fn areas(conn: &mut AnyConnection) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query(NAMED).fetch_all(conn).await?;
    Ok(rows.iter().map(|r| Ok((r.try_get(0)?, r.try_get(1)?))).collect::<Result<_, sqlx::Error>>()?)
}

/// Codes of the areas served.
pub async fn read(conn: &mut AnyConnection) -> Result<Served, StoreError> {
    let rows = sqlx::query(LIST).fetch_all(conn).await?;
    let codes = rows.iter().map(|r| r.try_get(0)).collect::<Result<Vec<String>, _>>()?;
    Ok(Served::new(codes))
}

/// Every program that keeps the set reads it anew.
async fn changed(unit: &mut Unit<'_>) -> Result<(), StoreError> {
    meta::count(unit, meta::SERVED).await?;
    known::changed(unit).await
}
