//! Telegram's update becomes an [`Input`], or nothing.
//!
//! In groups only commands, replies to the bot, presses, membership changes and migrations are inputs: other people's
//! talk ends here, unread and unkept.
use serde_json::Value;
use teloxide::types::{
    CallbackQuery, Chat, ChatMemberKind, ChatMemberUpdated, MediaKind as Kind, Message as Telegram, MessageEntityKind,
    MessageKind, Update, UpdateKind, User,
};

use crate::telegram::client::Me;
use crate::telegram::{html, salvage};
use crate::vocabulary::input::{Content, Input, Media, MediaKind, MemberChange, Membership, Message, Press, Sender};

/// What an update means to the core; `None`: nothing.
pub fn input(update: &Value, me: &Me) -> Option<Input> {
    match parse(update) {
        Some(kind) if !is_unread(&kind) => of_kind(kind, me),
        _ => of_kind(parse(&salvage::slim(update)?)?, me),
    }
}

fn parse(update: &Value) -> Option<UpdateKind> {
    // Through text: some of teloxide's types borrow from it and refuse a tree of values.
    serde_json::from_str::<Update>(&update.to_string()).ok().map(|update| update.kind)
}

/// teloxide turns what it does not understand into these, and a message loses its text for one odd field elsewhere.
fn is_unread(kind: &UpdateKind) -> bool {
    match kind {
        UpdateKind::Error(_) => true,
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => matches!(message.kind, MessageKind::Empty {}),
        _ => false,
    }
}

fn of_kind(kind: UpdateKind, me: &Me) -> Option<Input> {
    match kind {
        UpdateKind::Message(message) => migration(&message).or_else(|| message_of(&message, me).map(Input::Message)),
        UpdateKind::EditedMessage(message) => message_of(&message, me).map(Input::Edited),
        UpdateKind::CallbackQuery(query) => press(query),
        UpdateKind::ChatMember(change) => member(&change).map(Input::Member),
        UpdateKind::MyChatMember(change) => member(&change).map(Input::BotMember),
        _ => None,
    }
}

/// Told twice, in the old group and in the new one; either alone is enough.
fn migration(message: &Telegram) -> Option<Input> {
    let here = message.chat.id.0;
    match (message.migrate_to_chat_id(), message.migrate_from_chat_id()) {
        (Some(to), _) => Some(Input::Migrated { from: here, to: to.0 }),
        (_, Some(from)) => Some(Input::Migrated { from: from.0, to: here }),
        _ => None,
    }
}

fn message_of(message: &Telegram, me: &Me) -> Option<Message> {
    let chat = &message.chat;
    if chat.is_channel() {
        return None;
    }
    let from = message.from.as_ref()?;
    let mut content = content(message)?;
    let mut foreign = message.forward_origin().is_some() || message.via_bot.is_some() || message.is_automatic_forward();
    let reply_to = reply_to(message, me);
    let html = if chat.is_private() { html::of(message) } else { None };
    let mut command = false;
    if let Content::Text(text) = &mut content {
        match own_command(text, &me.name).filter(|_| marked(message)) {
            Some(own) => (*text, command) = (own, true),
            None => foreign |= text.starts_with('/'),
        }
    }
    if !chat.is_private() && reply_to.is_none() && (foreign || !command) {
        return None;
    }
    Some(Message {
        chat: chat.id.0,
        private: chat.is_private(),
        title: title(chat),
        topic: message.thread_id.filter(|_| message.is_topic_message).map(|id| id.0.0.into()),
        id: message.id.0.into(),
        from: sender(from),
        anonymous: message.sender_chat.is_some(),
        foreign,
        reply_to,
        album: message.media_group_id().map(|id| id.0.clone()),
        content,
        html,
    })
}

/// Whether Telegram marks the beginning of the text as a command, and the sender did not set it as quotation or code.
fn marked(message: &Telegram) -> bool {
    use MessageEntityKind::{Blockquote, BotCommand, Code, ExpandableBlockquote, Pre};
    let first: Vec<_> = message.entities().unwrap_or_default().iter().filter(|e| e.offset == 0).map(|e| &e.kind).collect();
    first.contains(&&BotCommand)
        && !first.iter().any(|kind| matches!(kind, Blockquote | ExpandableBlockquote | Code | Pre { .. }))
}

/// A command for this bot, without the bot's name in it; `None`: no command, or another bot's.
fn own_command(text: &str, name: &str) -> Option<String> {
    let rest = text.strip_prefix('/')?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, tail) = rest.split_at(end);
    let (word, addressed) = word.split_once('@').unwrap_or((word, name));
    let sound = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (sound && addressed.eq_ignore_ascii_case(name)).then(|| format!("/{word}{tail}"))
}

/// The message of the bot that is replied to. In a forum every message "replies" to the one that made its topic: if the
/// bot made the topic, the whole talk in it would be taken for replies.
fn reply_to(message: &Telegram, me: &Me) -> Option<i64> {
    let to = message.reply_to_message()?;
    let makes_topic =
        to.forum_topic_created().is_some() || (message.is_topic_message && message.thread_id.is_some_and(|t| t.0 == to.id));
    let own = to.from.as_ref().is_some_and(|user| id(user) == me.id);
    (own && !makes_topic).then_some(to.id.0.into())
}

fn content(message: &Telegram) -> Option<Content> {
    let common = match &message.kind {
        MessageKind::Common(common) => common,
        MessageKind::Dice(_) => return Some(Content::Other("dice".to_owned())),
        MessageKind::Empty {} => return Some(Content::Other("unknown".to_owned())),
        // Service messages: nobody said anything.
        _ => return None,
    };
    let file = |kind, file: &teloxide::types::FileMeta, caption: &Option<String>| Content::Media {
        media: Media { kind, file_id: file.id.0.clone(), unique_id: file.unique_id.0.clone(), size: i64::from(file.size) },
        caption: caption.clone().unwrap_or_default(),
    };
    let other = |kind: &str| Content::Other(kind.to_owned());
    Some(match &common.media_kind {
        Kind::Text(m) => Content::Text(m.text.clone()),
        Kind::Photo(m) => {
            // Telegram lists sizes from small to large, but does not promise it.
            let largest = m.photo.iter().max_by_key(|size| u64::from(size.width) * u64::from(size.height))?;
            file(MediaKind::Photo, &largest.file, &m.caption)
        }
        Kind::Video(m) => file(MediaKind::Video, &m.video.file, &m.caption),
        Kind::VideoNote(m) => file(MediaKind::VideoNote, &m.video_note.file, &None),
        Kind::Voice(m) => file(MediaKind::Voice, &m.voice.file, &m.caption),
        Kind::Document(m) => file(MediaKind::Document, &m.document.file, &m.caption),
        // An animation may not stand in an album of photos, a song not go as a voice message; a document may be anything.
        Kind::Animation(m) => file(MediaKind::Document, &m.animation.file, &m.caption),
        Kind::Audio(m) => file(MediaKind::Document, &m.audio.file, &m.caption),
        Kind::Contact(m) => Content::Contact {
            phone: m.contact.phone_number.clone(),
            name: full_name(&m.contact.first_name, m.contact.last_name.as_deref()),
            user: m.contact.user_id.map(|id| id.0 as i64),
        },
        Kind::Location(m) => Content::Location { latitude: m.location.latitude, longitude: m.location.longitude },
        Kind::Venue(m) => Content::Location { latitude: m.venue.location.latitude, longitude: m.venue.location.longitude },
        Kind::PaidMedia(_) => other("paid_media"),
        Kind::Game(_) => other("game"),
        Kind::Poll(_) => other("poll"),
        Kind::Checklist(_) => other("checklist"),
        Kind::Sticker(_) => other("sticker"),
        Kind::Story(_) => other("story"),
        Kind::Migration(_) => return None,
    })
}

/// A tap on a message whose chat is known; taps on inline results and games are not ours.
fn press(query: CallbackQuery) -> Option<Input> {
    let message = query.message.as_ref()?;
    Some(Input::Press(Press {
        query: query.id.0.clone(),
        from: sender(&query.from),
        chat: message.chat().id.0,
        private: message.chat().is_private(),
        message: message.id().0.into(),
        data: query.data.clone()?,
    }))
}

fn member(change: &ChatMemberUpdated) -> Option<MemberChange> {
    if change.chat.is_channel() {
        return None;
    }
    Some(MemberChange {
        chat: change.chat.id.0,
        private: change.chat.is_private(),
        title: title(&change.chat),
        by: sender(&change.from),
        user: id(&change.new_chat_member.user),
        now: match &change.new_chat_member.kind {
            kind @ ChatMemberKind::Restricted(_) if !kind.is_present() => Membership::Outside,
            ChatMemberKind::Owner(_) | ChatMemberKind::Administrator(_) => Membership::Administrator,
            ChatMemberKind::Member(_) | ChatMemberKind::Restricted(_) => Membership::Member,
            ChatMemberKind::Left | ChatMemberKind::Banned(_) => Membership::Outside,
        },
    })
}

fn sender(user: &User) -> Sender {
    Sender { id: id(user), name: full_name(&user.first_name, user.last_name.as_deref()), language: user.language_code.clone() }
}

/// Telegram's ids have at most 52 significant bits.
fn id(user: &User) -> i64 {
    user.id.0 as i64
}

fn full_name(first: &str, last: Option<&str>) -> String {
    last.map_or_else(|| first.to_owned(), |last| format!("{first} {last}")).trim().to_owned()
}

fn title(chat: &Chat) -> String {
    chat.title().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
