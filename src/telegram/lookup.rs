//! Questions to Telegram that a decision rests on.
use std::pin::Pin;

use serde_json::Value;
use teloxide::payloads::GetChatMember;
use teloxide::types::{ChatId, Recipient, UserId};

use crate::inbox::lookups::Lookups;
use crate::outbox::transport::SendError;
use crate::telegram::client::{Client, LOOKUP};
use crate::telegram::raw;
use crate::vocabulary::input::{Membership, Sum};

/// Asks Telegram who is in which group.
#[derive(Clone, Debug)]
pub struct Members {
    client: Client,
    bot: i64,
}

impl Members {
    /// `bot`: the bot's own user id, asked for when somebody wants to know of user 0.
    pub fn new(client: Client, bot: i64) -> Members {
        Members { client, bot }
    }

    /// How `user` (0: the bot itself) stands to `chat`; [`Membership::Unknown`] if Telegram does not say within 2 s.
    pub async fn membership(&self, chat: i64, user: i64) -> Membership {
        let asked = tokio::time::timeout(LOOKUP, async {
            match self.ask(chat, user).await {
                Err(SendError::Migrated(to)) => self.ask(to, user).await,
                answer => answer,
            }
        });
        match asked.await {
            Ok(Ok(answer)) => membership(&answer),
            // Not in the group, or the bot is not: in either case no right comes of it.
            Ok(Err(SendError::Refused(_) | SendError::Blocked)) => Membership::Outside,
            Ok(Err(error)) => {
                tracing::warn!(chat, %error, "a look-up failed");
                Membership::Unknown
            }
            Err(_) => {
                tracing::warn!(chat, "a look-up took too long");
                Membership::Unknown
            }
        }
    }

    async fn ask(&self, chat: i64, user: i64) -> Result<Value, SendError> {
        let user = if user == 0 { self.bot } else { user };
        let Ok(user) = u64::try_from(user) else { return Err(SendError::Blocked) };
        raw::ask(&self.client.bot, GetChatMember::new(Recipient::Id(ChatId(chat)), UserId(user)), LOOKUP).await
    }
}

impl Lookups for Members {
    fn member(&self, chat: i64, user: i64) -> Pin<Box<dyn Future<Output = Membership> + Send + '_>> {
        Box::pin(self.membership(chat, user))
    }

    fn sum(&self, file: &str, most: i64) -> Pin<Box<dyn Future<Output = Option<Sum>> + Send + '_>> {
        let file = file.to_owned();
        Box::pin(async move {
            let summed = self.client.sum(&file, most).await;
            summed.inspect_err(|error| tracing::warn!(%error, "a recorded file could not be fetched")).ok()
        })
    }
}

/// Read from plain JSON: teloxide wants every right of an administrator to be there, and Telegram adds some every year.
fn membership(answer: &Value) -> Membership {
    match answer["status"].as_str() {
        Some("creator" | "administrator") => Membership::Administrator,
        Some("member") => Membership::Member,
        Some("restricted") if answer["is_member"].as_bool() == Some(true) => Membership::Member,
        Some("restricted" | "left" | "kicked") => Membership::Outside,
        _ => Membership::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_of_telegram() {
        let cases = [
            (json!({"status": "creator"}), Membership::Administrator),
            (json!({"status": "administrator"}), Membership::Administrator),
            (json!({"status": "member"}), Membership::Member),
            (json!({"status": "restricted", "is_member": true}), Membership::Member),
            (json!({"status": "restricted", "is_member": false}), Membership::Outside),
            (json!({"status": "left"}), Membership::Outside),
            (json!({"status": "kicked", "until_date": 0}), Membership::Outside),
            (json!({"status": "something new"}), Membership::Unknown),
        ];
        for (answer, expected) in cases {
            assert_eq!(membership(&answer), expected, "{answer}");
        }
    }
}
