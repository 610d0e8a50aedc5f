//! Why an input was not applied, and how pure code is called so that its panic is one of the reasons.
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::store::StoreError;

/// Why an input was not applied. Never holds what a person wrote.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the program panicked while it decided; see the standard error output")]
    Panicked,
    #[error("the core wrote a {0} that it had not asked for")]
    Unlocked(&'static str),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Failure {
        Failure::Store(error.into())
    }
}

/// Calls pure code; a panic becomes a failure of this one input. Nothing that it touched is used again.
pub(super) fn guarded<T>(pure: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(pure)).map_err(|_| Failure::Panicked)
}
