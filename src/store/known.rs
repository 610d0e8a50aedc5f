//! What changes by an admin's word, and what every update wants to know: areas served, hotline, progress of the guide, crews,
//! admins. Kept in memory; one row counts the changes.
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::AnyConnection;

use super::unit::Unit;
use super::{StoreError, coverage, crew, meta, person};
use crate::coverage::Served;
use crate::desk::crew::Crew;
use crate::seal::Sealer;

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Areas served.
    pub served: Served,
    /// The hotline that an admin has set, if any.
    pub hotline: Option<String>,
    /// Crews are asked one after another, not all at once.
    pub turns: bool,
    /// Settled parts of the guide.
    pub settled: BTreeSet<String>,
    /// All bound groups, active ones first.
    pub crews: Vec<Crew>,
    /// User ids of the admins, ascending.
    pub admins: Vec<i64>,
}

/// Some of it was changed: every program that keeps it reads it anew.
pub async fn changed(unit: &mut Unit<'_>) -> Result<(), StoreError> {
    if let Some(ahead) = unit.ahead() {
        ahead.known_changed();
    }
    meta::count(unit, meta::KNOWN).await
}

/// Sets the hotline; empty: none is set, that of the settings counts.
pub async fn set_hotline(unit: &mut Unit<'_>, hotline: &str) -> Result<(), StoreError> {
    match hotline {
        "" => meta::forget(unit, meta::HOTLINE).await?,
        hotline => meta::write(unit, meta::HOTLINE, hotline).await?,
    }
    changed(unit).await
}

/// Sets whether crews are asked one after another.
pub async fn set_turns(unit: &mut Unit<'_>, turns: bool) -> Result<(), StoreError> {
    match turns {
        true => meta::write(unit, meta::TURNS, "1").await?,
        false => meta::forget(unit, meta::TURNS).await?,
    }
    changed(unit).await
}

/// Notes parts of the guide as settled.
pub async fn settle(unit: &mut Unit<'_>, parts: &[String]) -> Result<(), StoreError> {
    // Counted first: the row is locked, and two admins who settle different parts at once lose none.
    changed(unit).await?;
    let mut settled = settled(unit.reads().await?).await?;
    settled.extend(parts.iter().cloned());
    let words: Vec<&str> = settled.iter().map(String::as_str).collect();
    meta::write(unit, meta::GUIDE, &words.join(" ")).await
}

async fn settled(conn: &mut AnyConnection) -> Result<BTreeSet<String>, StoreError> {
    let words = meta::read(conn, meta::GUIDE).await?.unwrap_or_default();
    Ok(words.split_whitespace().map(str::to_owned).collect())
}

/// Keeps it in memory and reads it anew only when it changed. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    kept: Arc<Mutex<Option<Kept>>>,
}

/// With its version.
type Kept = (String, Arc<Known>);

impl Cache {
    /// What this unit sees. Alone in its transaction, ask before it changes anything: what is not yet committed must not be
    /// kept. Of what others have changed in a commit that is shared, nothing is.
    pub async fn read(&self, unit: &mut Unit<'_>, sealer: &Sealer) -> Result<Arc<Known>, StoreError> {
        let committed = if unit.has_all_locked() {
            unit.ahead().and_then(|ahead| ahead.known().map(str::to_owned))
        } else {
            Some(meta::read(unit.reads().await?, meta::KNOWN).await?.unwrap_or_default())
        };
        if let (Some(version), Some((kept, known))) = (&committed, &*self.kept.lock().unwrap_or_else(PoisonError::into_inner))
            && kept == version
        {
            return Ok(Arc::clone(known));
        }
        let conn = unit.reads().await?;
        let known = Arc::new(Known {
            served: coverage::read(conn).await?,
            hotline: meta::read(conn, meta::HOTLINE).await?,
            turns: meta::read(conn, meta::TURNS).await?.is_some(),
            settled: settled(conn).await?,
            crews: crew::all(conn, sealer).await?,
            admins: person::admins(conn).await?,
        });
        if let Some(version) = committed {
            *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((version, Arc::clone(&known)));
        }
        Ok(known)
    }
}
