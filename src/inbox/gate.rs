//! Lets the inputs of one subject in one at a time, first come, first served. The database would keep
//! their writes apart too; the gate keeps their order, also while a failed one is being stored.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

type Gate = Arc<tokio::sync::Mutex<()>>;

/// One gate for each subject that something is under way for.
#[derive(Clone, Default)]
pub(super) struct Gates {
    open: Arc<Mutex<HashMap<i64, Gate>>>,
}

/// Others of the subject wait until this is dropped.
pub(super) struct Pass {
    gates: Gates,
    subject: i64,
    held: Option<OwnedMutexGuard<()>>,
}

impl Gates {
    pub(super) async fn pass(&self, subject: i64) -> Pass {
        let gate = Arc::clone(self.map().entry(subject).or_default());
        // Made before waiting, so that a future which is dropped while it waits clears up as well.
        let mut pass = Pass { gates: self.clone(), subject, held: None };
        pass.held = Some(gate.lock_owned().await);
        pass
    }

    fn map(&self) -> MutexGuard<'_, HashMap<i64, Gate>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut open = self.gates.map();
        self.held = None;
        // Only the map knows the gate any more: nobody waits at it.
        if open.get(&self.subject).is_some_and(|gate| Arc::strong_count(gate) == 1) {
            open.remove(&self.subject);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_at_a_time_and_nothing_left() {
        let gates = Gates::default();
        let first = gates.pass(7).await;
        let other = gates.pass(8).await;
        let waiting = tokio::spawn({
            let gates = gates.clone();
            async move { drop(gates.pass(7).await) }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(first);
        waiting.await.unwrap();
        drop(other);
        assert!(gates.map().is_empty());
    }
}
