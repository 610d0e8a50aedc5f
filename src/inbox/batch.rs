//! Many inputs at once: those of one subject in order, different subjects side by side.
use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::JoinSet;

use super::{Arrived, Handled, Inbox, InboxError};

impl Inbox {
    /// Handles a batch; `Ok`, in the order given, only when every input is stored. After an `Err` some may
    /// be stored and others not: when the batch comes again, those that were are dropped as duplicates.
    pub async fn handle_batch(&self, batch: Vec<Arrived>) -> Result<Vec<Handled>, InboxError> {
        let count = batch.len();
        let mut subjects: Vec<Vec<(usize, Arrived)>> = Vec::new();
        let mut places: HashMap<i64, usize> = HashMap::new();
        for (i, arrived) in batch.into_iter().enumerate() {
            let place = *places.entry(arrived.input.subject()).or_insert_with(|| {
                subjects.push(Vec::new());
                subjects.len() - 1
            });
            if let Some(subject) = subjects.get_mut(place) {
                subject.push((i, arrived));
            }
        }
        let mut running = JoinSet::new();
        for subject in subjects {
            // One place is taken before the work is started: a long batch does not become a thousand tasks.
            let permit = Arc::clone(&self.inner.subjects).acquire_owned().await.map_err(|_| InboxError::BrokeOff)?;
            let inbox = self.clone();
            running.spawn(async move {
                let _permit = permit;
                inbox.in_order(subject).await
            });
        }
        let mut handled = vec![None; count];
        let mut failed = None;
        while let Some(outcome) = running.join_next().await {
            match outcome {
                Ok(Ok(done)) => {
                    for (i, outcome) in done {
                        if let Some(place) = handled.get_mut(i) {
                            *place = Some(outcome);
                        }
                    }
                }
                Ok(Err(error)) => failed = Some(error),
                Err(_) => failed = Some(InboxError::BrokeOff),
            }
        }
        match failed {
            Some(error) => Err(error),
            None => handled.into_iter().collect::<Option<Vec<_>>>().ok_or(InboxError::BrokeOff),
        }
    }

    /// Stops at the first input that could not be stored: a later one must not overtake it.
    async fn in_order(&self, subject: Vec<(usize, Arrived)>) -> Result<Vec<(usize, Handled)>, InboxError> {
        let mut done = Vec::with_capacity(subject.len());
        for (i, arrived) in subject {
            done.push((i, self.handle(arrived).await?));
        }
        Ok(done)
    }
}
