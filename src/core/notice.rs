//! Notices: made in a dialog, shown to their admin first, sent in portions, watched until the end. And who wants none.
//!
//! Several may wait: they are sent one after the other, the oldest first; one that is paused lets the others pass.
mod amounts;

use crate::desk::notice::{Audience, CONFIRM_WITHIN, Notice, Refusal, SHOW_EVERY, STUCK, State};
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::input::{Millis, Press, Timer, notice_subject};
use crate::vocabulary::say::{Arg, Button, CardRef, CardRole, Does, Keyboard, Place, Priority, Recipient, Say, Text, What};

use super::data::{Order, Wish};
use super::scene::NoticeScene;
use super::stage::Stage;
use super::talk;
use amounts::{grouped, minutes, took};

/// The dialog that makes a notice.
pub(super) const DIALOG: &str = "broadcast";
/// How often the outbox is filled where a thousand messages a second may leave.
const FILL_EVERY: Millis = 250;
/// How often to look whether the preview has arrived.
const LOOK: Millis = 400;

/// Begins a notice.
pub(super) fn begin(stage: &mut Stage<'_>) {
    if stage.run().is_some() {
        return talk::repeat(stage, Some(Text::new("dialog-first")));
    }
    talk::begin(stage, DIALOG, None, None, None);
}

/// Wants news, or none.
pub(super) fn mute(stage: &mut Stage<'_>, muted: bool) {
    stage.scene.person.muted = muted;
    stage.tell(stage.me(), Text::new(if muted { "muted" } else { "unmuted" }));
}

/// The dialog is finished: a preview, exactly as it will arrive. The question follows once it has.
pub(super) fn made(stage: &mut Stage<'_>, run: &Run) {
    // An admin may have been dismissed while the dialog ran.
    if !stage.scene.person.admin {
        return stage.tell(stage.me(), Text::new("unknown-command"));
    }
    let Some(Value::Post(post)) = run.slots.get("post") else { return };
    let audience = match (run.slots.get("audience"), run.slots.get("area")) {
        (Some(Value::Choice(id)), Some(Value::Area { code, .. })) if id == "area" => Audience::Area(code.clone()),
        (Some(Value::Choice(id)), _) => match Audience::parse(id) {
            Some(audience) => audience,
            None => return,
        },
        _ => return,
    };
    let (me, now, number) = (stage.me(), stage.now, stage.scene.next_notice);
    let notice = Notice::new(number, me.chat(), audience, now);
    stage.tell(me, Text::new("notice-preview"));
    stage.say(Say {
        to: me,
        what: What::Notice(number),
        keyboard: Keyboard::None,
        place: Place::New,
        priority: Priority::Reply,
        protect: false,
    });
    ring(stage, &notice, now + LOOK);
    stage.scene.session.draft = Some((number, post.clone()));
    stage.step.post = Some(post.clone());
    stage.step.notice = Some(notice);
}

/// Nobody is meant: the admin chooses another audience for what they wrote.
pub(super) fn ask_again(stage: &mut Stage<'_>, number: i64) {
    if !stage.scene.person.admin {
        return;
    }
    match stage.scene.session.draft.take().filter(|(of, _)| *of == number) {
        Some((_, post)) if stage.run().is_none() => {
            talk::begin_with(stage, DIALOG, vec![("post", Value::Post(post))], Text::new("notice-nobody"));
        }
        _ => stage.tell(stage.me(), Text::new("notice-nobody-later")),
    }
}

/// A tap on the card of a notice.
pub(super) fn press(stage: &mut Stage<'_>, p: &Press, order: Order) {
    let mine = |scene: &NoticeScene| p.private && scene.notice.admin == p.from.id;
    let Some(NoticeScene { mut notice, .. }) = stage.scene.notice.clone().filter(|scene| mine(scene) && stage.scene.person.admin)
    else {
        // Somebody else's notice and one that does not exist answer alike.
        return stage.toast(Text::new("old-button"));
    };
    stage.scene.session.draft = None;
    let now = stage.now;
    let moved = match order {
        Order::Send => notice.confirm(now),
        Order::Drop => notice.call_off(),
        Order::Pause => notice.pause(),
        Order::GoOn => notice.go_on(now),
        Order::Stop => notice.stop(),
    };
    let (toast, due) = match (moved, order) {
        (Err(Refusal::Expired), _) => ("notice-expired", now),
        (Err(Refusal::NotNow), _) => return stage.toast(Text::new("notice-decided")),
        (Ok(()), Order::Send) => ("notice-begins", now),
        (Ok(()), Order::Drop) => ("notice-dropped", now),
        (Ok(()), Order::GoOn) => ("notice-goes-on", now),
        // What is under way arrives in this time.
        (Ok(()), Order::Pause) => ("notice-paused", now + SHOW_EVERY),
        (Ok(()), Order::Stop) => ("notice-stops", now + SHOW_EVERY),
    };
    stage.toast(Text::new(toast));
    let due = if notice.confirmed.is_some() { due.max(notice.shown + SHOW_EVERY) } else { due };
    // The first portion leaves at once; the card was not edited yet.
    ring(stage, &notice, if order == Order::Send { now } else { due });
    stage.step.notice = Some(notice);
}

/// The notice goes on by itself: asks its admin, fills the outbox, shows how far it is, tells the end. `dealt`: how many
/// were dealt with when it last looked, and since when.
pub(super) fn tick(stage: &mut Stage<'_>, dealt: Option<(i64, Millis)>) {
    let Some(mut scene) = stage.scene.notice.clone() else { return };
    let now = stage.now;
    let still = dealt.filter(|(count, _)| *count == scene.notice.dealt()).map_or(now, |(_, since)| since);
    scene.stuck = scene.notice.state == State::Running && scene.waiting > 0 && now - still >= STUCK;
    let orphan = !stage.scene.admins.contains(&scene.notice.admin);
    if orphan && scene.notice.stop().is_ok() {
        scene.next.clear();
    }
    let moves = matches!(scene.notice.state, State::Running | State::Paused | State::Stopped) && scene.notice.ended.is_none();
    if let Some(later) = scene.notice.shown_too_lately(now).filter(|_| moves) {
        let scene = fill(stage, scene);
        watch(stage, &scene.notice, next_look(stage, later), still);
        stage.step.notice = Some(scene.notice);
        return;
    }
    match scene.notice.state {
        State::Preview | State::Draft if orphan => drop_it(stage, scene, "notice-dropped"),
        State::Preview if scene.notice.is_late(now) => drop_it(stage, scene, "notice-preview-late"),
        State::Preview => ring(stage, &scene.notice, now + LOOK),
        State::Refused => drop_it(stage, scene, "notice-refused"),
        State::Draft if scene.notice.since == 0 => ask(stage, scene),
        State::Draft if scene.notice.is_late(now) => drop_it(stage, scene, "notice-expired"),
        State::Draft => {}
        State::Running => go(stage, scene, still),
        State::Paused => show(stage, scene, false),
        State::Stopped if scene.notice.ended.is_none() => end(stage, scene),
        State::Dropped if scene.notice.ended.is_none() => drop_it(stage, scene, "notice-dropped"),
        State::Stopped | State::Finished | State::Dropped => {}
    }
}

/// The preview has arrived: how many are meant, and shall it be sent?
fn ask(stage: &mut Stage<'_>, mut scene: NoticeScene) {
    scene.notice.total = scene.meant;
    if scene.meant == 0 {
        // Asked by an input of the admin's own: what was written waits in their session.
        let (user, number) = (scene.notice.admin, scene.notice.number);
        (scene.notice.state, scene.notice.ended) = (State::Dropped, Some(stage.now));
        stage.step.notice = Some(scene.notice);
        return stage.timer(user, "audience", Some((stage.now, Timer::Audience { user, notice: number })));
    }
    scene.notice.since = stage.now;
    ring(stage, &scene.notice, stage.now + CONFIRM_WITHIN);
    show(stage, scene, true);
}

/// Owes the notice to those who are next, if the outbox has room for them.
fn fill(stage: &mut Stage<'_>, mut scene: NoticeScene) -> NoticeScene {
    if let Some((last, _)) = scene.next.last() {
        scene.notice.reached = *last;
        stage.step.owed = scene.next.iter().map(|(_, chat)| *chat).collect();
        scene.waiting += i64::try_from(scene.next.len()).unwrap_or_default();
    }
    scene
}

fn go(stage: &mut Stage<'_>, scene: NoticeScene, still: Millis) {
    let mut scene = fill(stage, scene);
    if scene.next.is_empty() && scene.waiting == 0 && scene.behind.is_none() {
        scene.notice.state = State::Finished;
        return end(stage, scene);
    }
    watch(stage, &scene.notice, next_look(stage, stage.now + SHOW_EVERY), still);
    show(stage, scene, false);
}

/// Where messages leave faster than the card is shown, the outbox is filled more often.
fn next_look(stage: &Stage<'_>, shown: Millis) -> Millis {
    if stage.world.settings.paid_notices.is_some() { shown.min(stage.now + FILL_EVERY) } else { shown }
}

/// Whose notice it is stops being an admin: nobody else could pause or stop it, so it ends.
pub(super) fn orphan(stage: &mut Stage<'_>) {
    for number in std::mem::take(&mut stage.scene.unfinished) {
        stage.timer(notice_subject(number), "notice", Some((stage.now, Timer::Notice { notice: number, dealt: None })));
    }
}

/// Tells the end: on the card, and in a message that notifies.
fn end(stage: &mut Stage<'_>, mut scene: NoticeScene) {
    scene.notice.ended = Some(stage.now);
    let notice = scene.notice.clone();
    show(stage, scene, false);
    let key = if notice.state == State::Finished { "notice-result" } else { "notice-result-stopped" };
    let text = counts(Text::new(key), &notice)
        .with("left", grouped(notice.left(0)))
        .with("took", took(stage.now - notice.confirmed.unwrap_or(stage.now)));
    stage.tell(Recipient::Person(notice.admin), text.clone());
    if !stage.scene.admins.contains(&notice.admin) {
        for admin in stage.scene.admins.clone() {
            stage.tell(Recipient::Person(admin), text.clone());
        }
    }
}

/// It is not sent, and why.
fn drop_it(stage: &mut Stage<'_>, mut scene: NoticeScene, why: &str) {
    let asked = scene.notice.since > 0;
    (scene.notice.state, scene.notice.ended) = (State::Dropped, Some(stage.now));
    let (to, number) = (Recipient::Person(scene.notice.admin), scene.notice.number);
    let place = if asked { Place::Card(CardRef { number, role: CardRole::Notice }) } else { Place::New };
    stage.show(to, vec![Text::new(why)], Keyboard::None, place);
    stage.step.notice = Some(scene.notice);
}

/// The living card: the question, then how far it is.
fn show(stage: &mut Stage<'_>, mut scene: NoticeScene, anew: bool) {
    scene.notice.shown = -stage.now;
    let NoticeScene { notice, waiting, stuck, behind, .. } = scene;
    let number = notice.number;
    let who = audience(stage, &notice.audience);
    let mut lines = vec![Text::new("notice-title").with("notice", number).with("audience", who)];
    let button =
        |key: &str, order: Order| Button { label: Text::new(key), does: Does::Press(Wish::Notice(order, number).encode()) };
    let rows = match notice.state {
        State::Draft => {
            let key = if notice.audience.is_people() { "notice-ask" } else { "notice-ask-groups" };
            lines.push(Text::new(key).with("count", grouped(notice.total)));
            if stage.world.settings.paid_notices.is_some() {
                // A tenth of a Star for each: https://core.telegram.org/bots/api#sendmessage
                lines.push(Text::new("notice-ask-paid").with("stars", grouped((notice.total + 9) / 10)));
            }
            vec![vec![button("button-send", Order::Send), button("button-cancel", Order::Drop)]]
        }
        state => {
            lines.push(Text::new(match (state, behind) {
                (State::Paused, _) => "notice-is-paused",
                (State::Running, Some(_)) => "notice-waits",
                (State::Running, None) => "notice-runs",
                (State::Finished, _) => "notice-is-done",
                _ => "notice-is-stopped",
            }));
            let percent = format!("{} {}%", notice.bar(waiting), notice.percent(waiting));
            lines.push(Text::new("words").with("words", percent));
            let left = Arg::from(grouped(notice.left(waiting)));
            lines.push(counts(Text::new("notice-counts"), &notice).with("left", left));
            let stop = button("button-stop", Order::Stop);
            match (state, behind) {
                (State::Running, first) => {
                    match first {
                        Some(_) => {}
                        None if stuck => lines.push(Text::new("notice-stuck")),
                        None => {
                            let minutes = minutes(notice.time_left(waiting, stage.now));
                            lines.push(Text::new("notice-time-left").with("minutes", minutes));
                        }
                    }
                    vec![vec![button("button-pause", Order::Pause), stop]]
                }
                (State::Paused, _) => vec![vec![button("button-go-on", Order::GoOn), stop]],
                _ => Vec::new(),
            }
        }
    };
    let card = CardRef { number, role: CardRole::Notice };
    let place = if anew { Place::CardAnew(card) } else { Place::Card(card) };
    let keyboard = if rows.is_empty() { Keyboard::None } else { Keyboard::Inline(rows) };
    stage.show(Recipient::Person(notice.admin), lines, keyboard, place);
    stage.step.notice = Some(notice);
}

fn counts(text: Text, notice: &Notice) -> Text {
    text.with("notice", notice.number)
        .with("sent", grouped(notice.sent))
        .with("unreachable", grouped(notice.unreachable))
        .with("failed", grouped(notice.failed))
}

fn audience(stage: &Stage<'_>, audience: &Audience) -> Arg {
    let word = match audience {
        Audience::Area(code) => {
            return Arg::Words(stage.world.matcher.full_name(code).unwrap_or_else(|| code.clone()));
        }
        other => other.word(),
    };
    Arg::Text(Text::new(format!("audiences-{word}")))
}

fn ring(stage: &mut Stage<'_>, notice: &Notice, due: Millis) {
    let number = notice.number;
    stage.timer(notice_subject(number), "notice", Some((due, Timer::Notice { notice: number, dealt: None })));
}

/// As [`ring`], with a memory of how long nothing has moved.
fn watch(stage: &mut Stage<'_>, notice: &Notice, due: Millis, still: Millis) {
    let number = notice.number;
    let timer = Timer::Notice { notice: number, dealt: Some((notice.dealt(), still)) };
    stage.timer(notice_subject(number), "notice", Some((due, timer)));
}
