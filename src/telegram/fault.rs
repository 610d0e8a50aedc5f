//! Telegram's refusals, sorted by what is to be done about them.
use std::time::Duration;

use serde_json::Value;

use crate::outbox::transport::SendError;

/// Said when Telegram does not know the token.
pub(super) const TOKEN: SendError = SendError::Transient("the token is refused");
/// Said when another program polls with the same token, or a webhook is set.
pub(super) const CONFLICT: SendError = SendError::Transient("somebody else receives the updates");

/// Said when no answer came in time.
pub(super) const TIME_OUT: SendError = SendError::Transient("time-out");

/// A request that got no answer. What the client says of it holds the address, and with it the token.
pub(super) fn network(error: &reqwest::Error) -> SendError {
    if error.is_timeout() { TIME_OUT } else { SendError::Transient("network") }
}

/// An answer that is not `ok`.
pub(super) fn refused(answer: &Value) -> SendError {
    if let Some(seconds) = answer["parameters"]["retry_after"].as_u64() {
        return SendError::RetryAfter(Duration::from_secs(seconds));
    }
    if let Some(to) = answer["parameters"]["migrate_to_chat_id"].as_i64() {
        return SendError::Migrated(to);
    }
    answer["description"].as_str().map_or(SendError::Transient("an answer without meaning"), described)
}

/// A message is gone, too old, or of a kind that cannot become the new one.
const UNEDITABLE: [&str; 5] = [
    "message to edit not found",
    "message can't be edited",
    "MESSAGE_ID_INVALID",
    "there is no text in the message to edit",
    "inline keyboard expected",
];

/// There is nobody to write to, or no right to write a word. Where only photos are forbidden ("not enough rights to send
/// photos"), words still arrive: that is one message refused, not a group lost.
const BARRED: [&str; 10] = [
    "chat not found",
    "user is deactivated",
    "group is deactivated",
    "PEER_ID_INVALID",
    "USER_IS_BLOCKED",
    "not enough rights to send text messages",
    "have no rights to send a message",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_RESTRICTED",
    "CHAT_SEND_PLAIN_FORBIDDEN",
];

/// By Telegram's description: its codes alone do not tell what is to be done.
fn described(words: &str) -> SendError {
    let has = |part: &str| words.contains(part);
    let lower = words.to_ascii_lowercase();
    if words == "Unauthorized" || words == "Not Found" {
        TOKEN
    } else if lower.starts_with("too many requests") {
        let seconds = words.rsplit(' ').next().and_then(|n| n.parse().ok()).unwrap_or(1);
        SendError::RetryAfter(Duration::from_secs(seconds))
    } else if UNEDITABLE.into_iter().any(has) {
        SendError::EditImpossible
    } else if has("message thread not found") || has("TOPIC_CLOSED") || has("TOPIC_DELETED") {
        SendError::ThreadNotFound
    } else if words.starts_with("Forbidden") || words.starts_with("Unauthorized: bot ") || BARRED.into_iter().any(has) {
        SendError::Blocked
    } else if words.starts_with("Bad Request") || has("Request Entity Too Large") || has("wrong file identifier") {
        SendError::Refused(harmless(words))
    } else if lower.starts_with("conflict") || has("can't use getUpdates method") {
        CONFLICT
    } else {
        SendError::Transient("a fault of Telegram's")
    }
}

/// Whether Telegram only says that nothing had to change.
pub(super) fn is_not_modified(error: &SendError) -> bool {
    matches!(error, SendError::Refused(words) if words.contains("message is not modified"))
}

/// What of a refusal may be logged: its first words. Telegram quotes parts of the message behind them.
fn harmless(words: &str) -> String {
    let kept = words.split(['"', '\'', '“', '<']).next().unwrap_or_default();
    let kept: String = kept.chars().filter(|c| c.is_ascii() && !c.is_ascii_digit()).take(80).collect();
    kept.trim_end_matches([' ', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(description: &str) -> SendError {
        refused(&json!({"ok": false, "description": description}))
    }

    #[test]
    fn refusals_are_sorted_by_what_is_to_be_done() {
        use SendError::{Blocked, EditImpossible, Migrated, RetryAfter, ThreadNotFound};
        let cases = [
            ("Forbidden: bot was blocked by the user", Blocked),
            ("Forbidden: user is deactivated", Blocked),
            ("Forbidden: bot can't initiate conversation with a user", Blocked),
            ("Forbidden: bot was kicked from the group chat", Blocked),
            ("Forbidden: bot is not a member of the supergroup chat", Blocked),
            ("Bad Request: chat not found", Blocked),
            ("Bad Request: not enough rights to send text messages to the chat", Blocked),
            ("Bad Request: have no rights to send a message", Blocked),
            ("Bad Request: CHAT_WRITE_FORBIDDEN", Blocked),
            ("Bad Request: message to edit not found", EditImpossible),
            ("Bad Request: message can't be edited", EditImpossible),
            ("Bad Request: message thread not found", ThreadNotFound),
            ("Too Many Requests: retry after 17", RetryAfter(Duration::from_secs(17))),
            ("Unauthorized", TOKEN),
            ("Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", CONFLICT),
            ("Internal Server Error", SendError::Transient("a fault of Telegram's")),
            ("Bad Gateway", SendError::Transient("a fault of Telegram's")),
        ];
        for (description, expected) in cases {
            assert_eq!(answer(description), expected, "{description}");
        }
        let photos = "Bad Request: not enough rights to send photos to the chat";
        assert_eq!(answer(photos), SendError::Refused(photos.to_owned()), "words still arrive there: the group is not lost");
        assert_eq!(refused(&json!({"ok": false, "parameters": {"migrate_to_chat_id": -1009, "new": 1}})), Migrated(-1009));
    }

    #[test]
    fn not_modified_is_known() {
        let long = "Bad Request: message is not modified: specified new message content and reply markup are exactly the \
                    same as a current content and reply markup of the message";
        assert!(is_not_modified(&answer(long)));
        assert!(!is_not_modified(&answer("Bad Request: message is too long")));
    }

    #[test]
    fn a_refusal_quotes_nothing_of_the_message() {
        let error = answer("Bad Request: can't parse entities: Unsupported start tag \"王先生 13800000000\" at byte offset 3");
        assert!(matches!(&error, SendError::Refused(words) if words.starts_with("Bad Request: can")));
        assert!(!error.to_string().contains("138") && !error.to_string().contains('王'));
    }
}
