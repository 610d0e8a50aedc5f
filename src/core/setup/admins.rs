//! Admins: made by one-time links, listed, removed; never the last one.
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::{Arg, Button, CardRef, CardRole, Does, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::data::{ADMIN_LINK, Setup, Wish};
use crate::core::scene::NewInvite;
use crate::core::stage::{Stage, person_is};
use crate::core::{commands, directory, guide, notice, offer};

/// How long a link that an admin made is valid.
const VALID: Millis = 24 * 3_600_000;
/// Most admins with a button each.
const MOST_SHOWN: usize = 30;

/// Somebody opened a link that makes admins. One that is wrong, used or expired says no more than that.
pub(in crate::core) fn opened(stage: &mut Stage<'_>) {
    if stage.scene.person.admin {
        stage.tell(stage.me(), Text::new("admin-already"));
        return commands::welcome(stage);
    }
    let admins = stage.scene.admins.clone();
    // A link of the program's is for a service without admins; one of an admin's dies with their right.
    let valid = |inviter: i64| if inviter == 0 { admins.is_empty() } else { admins.contains(&inviter) };
    let Some(invite) = stage.scene.invite.take().filter(|i| valid(i.inviter)) else {
        stage.tell(stage.me(), Text::new("link-dead"));
        return commands::welcome(stage);
    };
    let me = stage.scene.person.id;
    stage.scene.person.admin = true;
    stage.scene.admins.push(me);
    stage.scene.admins.sort_unstable();
    stage.step.used = Some(invite.code);
    let inviter = who(stage, invite.inviter);
    for admin in admins {
        let text = match admin == invite.inviter {
            true => Text::new("admin-joined-yours"),
            false => Text::new("admin-joined").with("inviter", inviter.clone()),
        };
        stage.tell(Recipient::Person(admin), text.with("who", who(stage, me)));
    }
    if stage.scene.admins.len() == 2 {
        // That was the last part of the first hour, or the inviter is still at another.
        guide::completed(stage, Recipient::Person(invite.inviter));
    }
    stage.tell(stage.me(), Text::new(if invite.inviter == 0 { "admin-first" } else { "admin-now" }));
    guide::show(stage, None);
    commands::deliver_waiting(stage);
}

/// Lists the admins. `pressed`: the message that the list takes the place of.
pub(in crate::core) fn show(stage: &mut Stage<'_>, pressed: Option<i64>) {
    let me = stage.scene.person.id;
    let admins = stage.scene.admins.clone();
    let mut lines = vec![Text::new("admins-title").with("count", admins.len() as i64)];
    let mut rows = Vec::new();
    for id in admins.iter().copied().take(MOST_SHOWN) {
        let appointed = stage.world.settings.appointed.contains(&id);
        let key = match (id == me, appointed) {
            (true, true) => "admins-line-self-appointed",
            (true, false) => "admins-line-self",
            (false, true) => "admins-line-appointed",
            (false, false) => "admins-line",
        };
        lines.push(Text::new(key).with("who", who(stage, id)));
        if !appointed && admins.len() > 1 {
            let label = Text::new("button-dismiss").with("who", plain(stage, id));
            rows.push(vec![Button { label, does: Does::Press(Wish::Setup(Setup::AskDismiss(id)).encode()) }]);
        }
    }
    rows.push(vec![guide::button("button-invite", Setup::Invite)]);
    stage.show(stage.me(), lines, Keyboard::Inline(rows), pressed.map_or(Place::New, Place::Edit));
}

/// Makes a link for another admin.
pub(in crate::core) fn invite(stage: &mut Stage<'_>) {
    let Some(code) = stage.scene.fresh_code.take() else { return stage.toast(Text::new("try-again")) };
    let link = format!("https://t.me/{}?start={ADMIN_LINK}{code}", stage.world.settings.bot_name);
    let (inviter, expires) = (stage.scene.person.id, stage.now + VALID);
    stage.step.invites.push(NewInvite { code, inviter, expires });
    stage.tell(stage.me(), Text::new("invite-link").with("link", link).with("until", stage.time(expires)));
}

/// Asks before an admin is removed.
pub(in crate::core) fn ask_dismiss(stage: &mut Stage<'_>, pressed: i64, id: i64) {
    if let Some(refusal) = refused(stage, id) {
        return stage.alert(refusal);
    }
    let key = if id == stage.scene.person.id { "dismiss-self-sure" } else { "dismiss-sure" };
    let rows = vec![vec![guide::button("button-dismiss-sure", Setup::Dismiss(id)), guide::button("button-back", Setup::Admins)]];
    let text = Text::new(key).with("who", who(stage, id));
    stage.show(stage.me(), vec![text], Keyboard::Inline(rows), Place::Edit(pressed));
}

/// Removes an admin; the list of admins is locked, so the last one stays whoever removes whom at the same moment.
pub(in crate::core) fn dismiss(stage: &mut Stage<'_>, pressed: i64, id: i64) {
    if let Some(refusal) = refused(stage, id) {
        return stage.alert(refusal);
    }
    let me = stage.scene.person.id;
    let (gone, by) = (who(stage, id), who(stage, me));
    let name = stage.scene.names.get(&id).cloned().unwrap_or_default();
    take_desk_away(stage, id);
    notice::orphan(stage);
    stage.scene.admins.retain(|a| *a != id);
    stage.step.dismissed.push(id);
    if id == me {
        stage.scene.person.admin = false;
        stage.scene.session.guide = false;
        stage.show(stage.me(), vec![Text::new("dismissed-self")], Keyboard::None, Place::Edit(pressed));
    } else {
        stage.tell(Recipient::Person(id), Text::new("dismissed-you"));
        stage.set_menu(Recipient::Person(id), directory::own_menu(person_is(false, &name)));
        show(stage, Some(pressed));
    }
    for admin in stage.scene.admins.clone().into_iter().filter(|a| *a != me) {
        let text = match id == me {
            true => Text::new("dismissed-left").with("who", gone.clone()),
            false => Text::new("dismissed-told").with("who", gone.clone()).with("by", by.clone()),
        };
        stage.tell(Recipient::Person(admin), text);
    }
}

/// Why somebody cannot be removed.
fn refused(stage: &Stage<'_>, id: i64) -> Option<Text> {
    let admins = &stage.scene.admins;
    match admins.contains(&id) {
        false => Some(Text::new("dismiss-gone")),
        true if stage.world.settings.appointed.contains(&id) => Some(Text::new("dismiss-appointed")),
        true => (admins.len() < 2).then(|| Text::new("dismiss-last")),
    }
}

/// Cards that they were shown only because they were an admin: what waits at the desk, the guide.
fn take_desk_away(stage: &mut Stage<'_>, id: i64) {
    let to = Recipient::Person(id);
    if stage.desk().contains(&to) {
        for ticket in stage.scene.tickets.clone().iter().filter(|t| t.crew.is_none() && t.status.is_open()) {
            offer::take_away(stage, ticket, to, CardRole::Desk);
        }
    }
    let place = Place::Card(CardRef { number: 0, role: CardRole::Guide });
    stage.say(Say { to, what: What::Nothing, keyboard: Keyboard::None, place, priority: Priority::Desk, protect: false });
}

/// A person as admins read of them: by working name, else by id; whoever acts, by the name that Telegram tells.
fn who(stage: &Stage<'_>, id: i64) -> Arg {
    Arg::Mention(id, name(stage, id).unwrap_or_default())
}

/// As [`who`], for a button.
fn plain(stage: &Stage<'_>, id: i64) -> String {
    name(stage, id).unwrap_or_else(|| id.to_string())
}

fn name(stage: &Stage<'_>, id: i64) -> Option<String> {
    let own = (id == stage.scene.person.id && !stage.name.is_empty()).then(|| stage.name.clone());
    stage.scene.names.get(&id).cloned().or(own)
}
