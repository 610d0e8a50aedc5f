//! How updates come in: fetched by polling, or brought to a webhook. Both hand them to the same inbox, which knows by their
//! ids what it has already; so one may follow the other at any time.
use std::sync::Arc;

use tokio::sync::watch;

use crate::config::Settings;
use crate::inbox::{Arrived, Inbox};
use crate::telegram::client::{Client, Me};
use crate::telegram::polling;
use crate::telegram::webhook::{self, Hook};

use super::Failure;
use super::health::Updates;
use crate::clock::now;

/// The way in.
pub(super) enum Entrance {
    Polling,
    Webhook(Box<Hook>),
}

impl Entrance {
    /// As the settings want it; a webhook's address is taken here, so that whoever cannot listen does not even start.
    pub(super) async fn open(settings: &Settings) -> Result<Entrance, Failure> {
        match (&settings.webhook, settings.listen) {
            (Some(webhook), Some(listen)) => {
                let hook = Hook::open(webhook, listen).await.map_err(Failure::new)?;
                Ok(Entrance::Webhook(Box::new(hook)))
            }
            _ => Ok(Entrance::Polling),
        }
    }

    /// Receives until told to stop, and finishes what it has begun.
    pub(super) async fn receive(self, client: Client, me: Me, inbox: Inbox, updates: Arc<Updates>, stop: watch::Receiver<bool>) {
        let handle = move |batch: Vec<Arrived>| {
            let (inbox, updates) = (inbox.clone(), Arc::clone(&updates));
            async move {
                let size = batch.len();
                let handled = inbox.handle_batch(batch).await;
                updates.count(size, &handled);
                handled.map(drop)
            }
        };
        match self {
            Entrance::Polling => polling::run(client, me, now, handle, stop).await,
            Entrance::Webhook(hook) => webhook::run(client, *hook, me, now, handle, stop).await,
        }
    }
}
