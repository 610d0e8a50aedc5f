//! When an input fails: it is kept, sealed, in a transaction of its own, and the admins hear of it when
//! its last try is over.
use std::collections::HashMap;

use super::apply::Routes;
use super::failure::Failure;
use super::{Arrived, Done, Handled, Inbox};
use crate::store::task::{self, Failed};
use crate::store::{StoreError, Unit, person, update};
use crate::vocabulary::say::{Keyboard, Place, Priority, Recipient, Say, Text, What};

impl Inbox {
    /// Keeps an input that failed: stored for a later try, or parked after the last one.
    pub(super) async fn keep(&self, arrived: &Arrived) -> Result<Done, StoreError> {
        let mut tx = self.inner.parts.db.begin().await?;
        let done = self.keep_in(&mut Unit::alone(&mut tx), arrived).await?;
        self.inner.parts.db.commit(tx).await?;
        Ok(done)
    }

    async fn keep_in(&self, unit: &mut Unit<'_>, arrived: &Arrived) -> Result<Done, StoreError> {
        let parts = &self.inner.parts;
        if let Some(id) = arrived.update_id {
            // The commit whose answer was lost may have succeeded after all.
            if !update::insert(unit, parts.bot, id, arrived.at).await? {
                return Ok(Done::new(Handled::Duplicate));
            }
        }
        let Some(id) = arrived.task else {
            task::push_failed(unit, parts.db.sealer(), &arrived.input, arrived.at).await?;
            return Ok(Done { tasks: true, ..Done::new(Handled::Stored) });
        };
        Ok(match task::fail(unit.writes().await?, id, arrived.at).await? {
            Failed::Again(_) => Done { tasks: true, ..Done::new(Handled::Stored) },
            Failed::Gone => Done::new(Handled::Gone),
            Failed::Parked => {
                let owes = self.tell_admins(unit, id, arrived.at).await?;
                Done { tasks: true, owes, disturbs: owes, ..Done::new(Handled::Parked) }
            }
        })
    }

    /// Tells the admins that a task was parked. A text that cannot be rendered must not undo the parking.
    pub(super) async fn tell_admins(&self, unit: &mut Unit<'_>, task: i64, now: i64) -> Result<bool, StoreError> {
        let say: Vec<Say> = person::admins(unit.reads().await?).await?.into_iter().map(|admin| parked(admin, task)).collect();
        let parts = &self.inner.parts;
        let known = self.inner.known.read(unit, parts.db.sealer()).await?;
        let hotline = known.hotline.clone().or_else(|| parts.world.settings.hotline.clone());
        let mut routes = Routes { writer: None, known: HashMap::new() };
        match self.owe(unit, &mut routes, &say, hotline.as_deref(), now).await {
            Ok(owes) => Ok(owes),
            Err(Failure::Store(error)) => Err(error),
            Err(failure) => {
                tracing::error!(task, %failure, "the admins could not be told of a parked input");
                Ok(false)
            }
        }
    }
}

fn parked(admin: i64, task: i64) -> Say {
    Say {
        to: Recipient::Person(admin),
        what: What::Text(vec![Text::new("parked").with("task", task)]),
        keyboard: Keyboard::None,
        place: Place::New,
        priority: Priority::Desk,
        protect: false,
    }
}
