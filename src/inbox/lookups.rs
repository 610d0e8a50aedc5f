//! Questions to Telegram, asked before the transaction begins: a slow network never holds a lock.
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::core::scene::{Fact, Lookup};
use crate::desk::route;
use crate::store::{Db, StoreError, crew, roster, ticket};
use crate::vocabulary::input::{Membership, Millis, Sum};

/// How long all look-ups of an input may take together.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Asks Telegram. Errors are answered as [`Membership::Unknown`].
pub trait Lookups: Send + Sync {
    /// How `user` (0: the bot itself) stands to the group `chat`.
    fn member(&self, chat: i64, user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>>;

    /// What a file of at most `most` bytes is that Telegram has; `None`: it could not be fetched now. May take long. Whoever
    /// cannot fetch says so.
    fn sum(&self, file: &str, most: i64) -> Pin<Box<dyn Future<Output = Option<Sum>> + Send + '_>> {
        let _ = (file, most);
        Box::pin(std::future::ready(None))
    }
}

/// Asks everything at the same moment; what is not answered in time is unknown. A question about a ticket
/// without a crew has no answer at all.
pub(super) async fn ask(lookups: &Arc<dyn Lookups>, db: &Db, questions: &[Lookup], now: Millis) -> Result<Vec<Fact>, StoreError> {
    let mut asked = Vec::with_capacity(questions.len());
    for question in questions {
        match *question {
            Lookup::Member { chat, user } => asked.push((chat, user)),
            Lookup::CrewOf { ticket, user } => {
                let chats = ticket::crew_chats(&mut *db.read().await?, ticket).await?;
                asked.extend(chats.into_iter().map(|chat| (chat, user)));
            }
            Lookup::Crew { crew: id, user } => {
                let crews = crew::all(&mut *db.read().await?, db.sealer()).await?;
                asked.extend(crews.iter().find(|c| c.id == id).map(|c| (c.chat, user)));
            }
            Lookup::CrewsOf { user } => {
                let chats = roster::crews_of(&mut *db.read().await?, user, now).await?;
                asked.extend(chats.into_iter().map(|chat| (chat, user)));
            }
            Lookup::Desk { user } => {
                let crews = crew::all(&mut *db.read().await?, db.sealer()).await?;
                asked.extend(route::desk(&crews).map(|desk| (desk.chat, user)));
            }
        }
    }
    let deadline = Instant::now() + PATIENCE;
    let mut answers = JoinSet::new();
    let mut facts: Vec<Fact> =
        asked.iter().map(|(chat, user)| Fact { chat: *chat, user: *user, membership: Membership::Unknown }).collect();
    for (i, (chat, user)) in asked.into_iter().enumerate() {
        let lookups = Arc::clone(lookups);
        answers.spawn(async move { (i, timeout_at(deadline, lookups.member(chat, user)).await) });
    }
    while let Some(answer) = answers.join_next().await {
        if let Ok((i, Ok(membership))) = answer
            && let Some(fact) = facts.get_mut(i)
        {
            fact.membership = membership;
        }
    }
    Ok(facts)
}
