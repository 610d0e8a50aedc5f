//! What admins set by talking to the bot, and what every update wants to know: areas served, hotline, progress of the
//! guide. Kept in memory; one row counts the changes.
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::AnyConnection;

use super::{StoreError, coverage, meta};
use crate::coverage::Served;

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Areas served.
    pub served: Served,
    /// The hotline that an admin has set, if any.
    pub hotline: Option<String>,
    /// Settled parts of the guide.
    pub settled: BTreeSet<String>,
}

/// Sets the hotline; empty: none is set, that of the settings counts.
pub async fn set_hotline(conn: &mut AnyConnection, hotline: &str) -> Result<(), StoreError> {
    match hotline {
        "" => meta::forget(conn, meta::HOTLINE).await?,
        hotline => meta::write(conn, meta::HOTLINE, hotline).await?,
    }
    meta::count(conn, meta::SERVED).await
}

/// Notes parts of the guide as settled.
pub async fn settle(conn: &mut AnyConnection, parts: &[String]) -> Result<(), StoreError> {
    // Counted first: the row is locked, and two admins who settle different parts at once lose none.
    meta::count(conn, meta::SERVED).await?;
    let mut settled = settled(conn).await?;
    settled.extend(parts.iter().cloned());
    let words: Vec<&str> = settled.iter().map(String::as_str).collect();
    meta::write(conn, meta::GUIDE, &words.join(" ")).await
}

async fn settled(conn: &mut AnyConnection) -> Result<BTreeSet<String>, StoreError> {
    let words = meta::read(conn, meta::GUIDE).await?.unwrap_or_default();
    Ok(words.split_whitespace().map(str::to_owned).collect())
}

/// Keeps it in memory and reads it anew only when it changed. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    kept: Arc<Mutex<Option<(String, Known)>>>,
}

impl Cache {
    /// What this transaction sees. Ask before it changes anything: what is not yet committed must not be kept.
    pub async fn read(&self, conn: &mut AnyConnection) -> Result<Known, StoreError> {
        let version = meta::read(conn, meta::SERVED).await?.unwrap_or_default();
        if let Some((kept, known)) = &*self.kept.lock().unwrap_or_else(PoisonError::into_inner)
            && *kept == version
        {
            return Ok(known.clone());
        }
        let known = Known {
            served: coverage::read(conn).await?,
            hotline: meta::read(conn, meta::HOTLINE).await?,
            settled: settled(conn).await?,
        };
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((version, known.clone()));
        Ok(known)
    }
}
