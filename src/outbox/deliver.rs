//! Delivers one message: edits where it can, sends anew where it must, takes back.
use crate::outbox::album;
use crate::outbox::transport::{Manner, SendError, Transport};
use crate::render::outgoing::{Body, Markup, Outgoing};
use crate::store::outbox::{Mark, Touch};
use crate::vocabulary::input::Media;
use crate::vocabulary::say::Place;

/// What stands in a message that could not be taken back.
const BLANK: &str = "—";

/// What was done, to be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// What becomes of the record of the card, if the message touches one.
    pub record: Record,
    /// Files that could not travel with the first ones.
    pub rest: Vec<Media>,
    /// Messages that showed the card before and still stand, because Telegram could not be asked: to be taken back later.
    pub stale: Vec<i64>,
}

/// What becomes of the record of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Record {
    /// It stays.
    #[default]
    Keep,
    /// These messages show the card now.
    Replace(Vec<i64>),
    /// These messages show it too.
    Append(Vec<i64>),
    /// Nothing shows it any more.
    Forget,
}

/// How many messages Telegram will count. `mark` and `known` as in [`deliver`].
pub fn cost(message: &Outgoing, mark: Option<&Mark>, known: &[i64]) -> usize {
    let body = match &message.body {
        Body::Media(files) => album::first(files).0.len().max(1),
        _ => 1,
    };
    // Taking back is one request, however many messages it names.
    body + usize::from(mark.is_some_and(|mark| mark.touch == Touch::Anew) && !known.is_empty())
}

/// Delivers. `paid`: see [`Manner::paid`]. `known`: the messages that show the card, if the message touches one.
///
/// # Errors
/// As Telegram answers; a message that cannot be edited is sent anew and is no error.
pub async fn deliver<T: Transport>(
    to: &T,
    message: &Outgoing,
    paid: bool,
    mark: Option<&Mark>,
    known: &[i64],
) -> Result<Delivered, SendError> {
    let touch = mark.map(|mark| mark.touch);
    if message.body == Body::Delete {
        let targets = match message.place {
            Place::Edit(id) => vec![id],
            _ => known.to_vec(),
        };
        take_back(to, message.chat, &targets).await?;
        return Ok(Delivered { record: Record::Forget, ..Delivered::default() });
    }
    if touch == Some(Touch::IfThere) {
        return match known.first() {
            Some(id) => match to.edit(message.chat, *id, &message.body).await {
                Err(SendError::EditImpossible) => Ok(Delivered::default()),
                outcome => outcome.map(|()| Delivered::default()),
            },
            None => Ok(Delivered::default()),
        };
    }
    let old = match (&message.place, touch) {
        (Place::Edit(id), _) => Some(*id),
        (_, Some(Touch::Edit)) => known.first().copied(),
        _ => None,
    };
    if let Some(id) = old.filter(|_| can_be_edited(&message.body)) {
        match to.edit(message.chat, id, &message.body).await {
            Err(SendError::EditImpossible) => {}
            outcome => return outcome.map(|()| Delivered::default()),
        }
    } else if touch == Some(Touch::Edit) && !known.is_empty() {
        // Files and places cannot be edited into others: the new ones take the place of the old ones.
        take_back(to, message.chat, known).await?;
    }
    let (body, rest) = match &message.body {
        Body::Media(files) => {
            let (now, later) = album::first(files);
            if now.is_empty() {
                return Ok(Delivered::default());
            }
            (&Body::Media(now.to_vec()), later.to_vec())
        }
        body => (body, Vec::new()),
    };
    let sent = to.send(message.chat, body, Manner { protect: message.protect, paid }).await?.message_ids;
    let record = match touch {
        Some(Touch::More) => Record::Append(sent),
        Some(Touch::Edit | Touch::Anew) => Record::Replace(sent),
        Some(Touch::IfThere) | None => Record::Keep,
    };
    let stale = if touch == Some(Touch::Anew) { replaced(to, message.chat, known).await } else { Vec::new() };
    Ok(Delivered { record, rest, stale })
}

/// The card stands elsewhere now: what showed it before must not stay readable. The new message was sent, so nothing
/// that goes wrong here may undo that; gives what is still to be taken back.
async fn replaced<T: Transport>(to: &T, chat: i64, old: &[i64]) -> Vec<i64> {
    match take_back(to, chat, old).await {
        Ok(()) => Vec::new(),
        Err(error @ (SendError::RetryAfter(_) | SendError::Transient(_))) => {
            tracing::debug!(chat, %error, "an old card was not taken back; it is tried again");
            old.to_vec()
        }
        Err(error) => {
            tracing::warn!(chat, %error, "an old card could not be taken back");
            Vec::new()
        }
    }
}

/// A message with a reply keyboard can only be new: edits carry inline buttons only.
fn can_be_edited(body: &Body) -> bool {
    matches!(body, Body::Text { markup: Markup::None | Markup::Inline(_), .. })
}

/// After 48 hours Telegram refuses to delete. Then at least nothing readable and no button stays, where that is allowed.
/// One message that is too old keeps all that are named with it: they are taken back one by one then.
async fn take_back<T: Transport>(to: &T, chat: i64, messages: &[i64]) -> Result<(), SendError> {
    if messages.is_empty() {
        return Ok(());
    }
    match to.delete(chat, messages).await {
        Err(SendError::Refused(_) | SendError::EditImpossible) => {}
        outcome => return outcome,
    }
    let blank = Body::Text { html: BLANK.to_owned(), markup: Markup::None };
    for message in messages {
        if messages.len() > 1 {
            match to.delete(chat, &[*message]).await {
                Ok(()) => continue,
                Err(SendError::Refused(_) | SendError::EditImpossible) => {}
                Err(error) => return Err(error),
            }
        }
        match to.edit(chat, *message, &blank).await {
            Ok(()) | Err(SendError::Refused(_) | SendError::EditImpossible) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
