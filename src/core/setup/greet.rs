//! The bot in a group that is no crew yet: what is missing is said there, and to the admin who brought it in.
use crate::vocabulary::input::{MemberChange, Membership, Millis, Timer};
use crate::vocabulary::say::{Recipient, Text};

use crate::core::stage::Stage;

/// How long a group is given to be bound before it is told how: the guide's button adds the bot and binds the group in
/// two messages that follow each other at once.
const PATIENCE: Millis = 5_000;

/// The bot came into a group that is no crew, or its standing there changed.
pub(in crate::core) fn arrived(stage: &mut Stage<'_>, change: &MemberChange) {
    let administrator = change.now == Membership::Administrator;
    let timer = Timer::Greet { chat: change.chat, administrator };
    stage.timer(0, name(change.chat), Some((stage.now + PATIENCE, timer)));
    if !administrator {
        tell_who_added(stage, change);
    }
}

/// The admin who brought the bot into a group without the right that it needs is told how to give it. A stranger can add
/// the bot anywhere: no admin is to be bothered by that.
pub(in crate::core) fn tell_who_added(stage: &mut Stage<'_>, change: &MemberChange) {
    if stage.scene.admins.contains(&change.by.id) {
        stage.tell(Recipient::Person(change.by.id), Text::new("added-not-administrator").with("crew", &change.title));
    }
}

/// Somebody binds the group, or the bot is gone: no greeting is needed.
pub(in crate::core) fn never_mind(stage: &mut Stage<'_>, chat: i64) {
    stage.timer(0, name(chat), None);
}

/// Nobody has bound the group.
pub(in crate::core) fn greet(stage: &mut Stage<'_>, chat: i64, administrator: bool) {
    if !stage.scene.crews.iter().any(|c| c.chat == chat && c.active) {
        let key = if administrator { "added-administrator" } else { "added-member" };
        stage.tell(Recipient::Group(chat), Text::new(key));
    }
}

fn name(chat: i64) -> String {
    format!("greet:{chat}")
}
