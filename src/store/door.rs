//! The one way to a transaction that writes. Whoever comes in is told which key seals.
//!
//! The key may be changed while bots run. Whoever sealed with the old one after everything was sealed anew would leave
//! something behind that nobody can open, so that must not be possible: every transaction reads, before it does anything
//! else, which key the database names, and the row cannot change before the transaction is over. On SQLite that follows
//! from there being one writer. On PostgreSQL every transaction shares a lock that the change takes alone.
use sqlx::AnyPool;

use super::{Backend, StoreError, Tx, meta};
use crate::seal::Sealer;

/// Shared by whoever writes, taken alone by whoever names another key. "baoxiu" in ASCII.
macro_rules! lock {
    () => {
        "108170621512053"
    };
}
// In one text with BEGIN it costs no round trip. What the key is must be asked in a statement of its own: that sees what was
// committed while the lock was waited for.
const SHARE: &str = concat!("BEGIN; SELECT pg_advisory_xact_lock_shared(", lock!(), ")");
const ALONE: &str = concat!("BEGIN; SELECT pg_advisory_xact_lock(", lock!(), ")");

/// Begins transactions. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Door {
    pub pool: AnyPool,
    pub backend: Backend,
    pub sealer: Sealer,
}

impl Door {
    /// Begins a transaction that writes; from here to its end the sealer seals with the key that the database names.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let mut tx = match self.backend {
            Backend::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            Backend::Postgres => self.pool.begin_with(SHARE).await?,
        };
        let named = meta::read(&mut tx, meta::KEY).await?.ok_or(StoreError::Gone { table: "meta" })?;
        if self.sealer.turn_to(&named)? {
            tracing::info!("the key was changed; the new one seals from now on");
        }
        Ok(tx)
    }

    /// Begins a transaction in which another key may be named: no other one that writes is under way.
    pub async fn begin_alone(&self) -> Result<Tx, StoreError> {
        Ok(match self.backend {
            Backend::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            Backend::Postgres => self.pool.begin_with(ALONE).await?,
        })
    }
}
