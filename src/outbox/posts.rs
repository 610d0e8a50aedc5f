//! What notices say: one sealed body each, opened once, put in the place of the rows that stand for it.
use std::collections::{BTreeMap, HashMap};

use sqlx::AnyConnection;

use crate::render::outgoing::{Body, Outgoing};
use crate::render::signed;
use crate::seal::Sealer;
use crate::store::{StoreError, notice, person};
use crate::vocabulary::input::Post;
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::Priority;

/// Notices that are remembered: one is sent at a time, and some that were paused.
const KEPT: usize = 8;

/// What became of the place where a notice belongs.
#[derive(Clone, Debug, PartialEq)]
pub enum Put {
    /// It can be sent.
    Ready(Outgoing),
    /// The person has muted news since it was owed.
    Muted,
}

/// Bodies of notices. What was once sent does not change.
#[derive(Debug)]
pub struct Posts {
    kept: HashMap<i64, (Post, bool)>,
    footers: BTreeMap<Lang, String>,
}

impl Posts {
    /// `footers`: how to stop news, as HTML, under what customers get.
    pub fn new(footers: BTreeMap<Lang, String>) -> Posts {
        Posts { kept: HashMap::new(), footers }
    }

    /// Puts what the notice says in its place; any other message stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] or [`StoreError::Seal`] when the body can never be read.
    pub async fn put(&mut self, conn: &mut AnyConnection, sealer: &Sealer, message: Outgoing) -> Result<Put, StoreError> {
        let Some(number) = message.body.notice() else { return Ok(Put::Ready(message)) };
        let (post, to_people) = match self.kept.get(&number) {
            Some(kept) => kept,
            None => {
                let (post, audience) = notice::body(conn, sealer, number)
                    .await?
                    .ok_or(StoreError::Unreadable { table: "notice", column: "body" })?;
                if self.kept.len() >= KEPT {
                    self.kept.clear();
                }
                let to_people = audience.is_people();
                self.kept.entry(number).or_insert((post, to_people))
            }
        };
        let mut post = post.clone();
        if message.chat > 0 {
            let route = person::route(conn, message.chat).await?;
            if route.muted && message.priority == Priority::Notice {
                return Ok(Put::Muted);
            }
            if let (true, Some(footer)) = (*to_people, self.footers.get(&route.lang)) {
                post = signed(post, footer);
            }
        }
        Ok(Put::Ready(Outgoing { body: Body::Post(post), ..message }))
    }
}
