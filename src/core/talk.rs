//! Dialogs in a person's private chat: begun, answered, ended.
use crate::dialog::machine::Answer;
use crate::dialog::session::Run;
use crate::dialog::turn::{End, Turn};
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{Keyboard, Text};

use super::stage::Stage;
use super::{commands, finish};

/// Silence after which the person is reminded.
pub(super) const REMIND: Millis = 30 * 60 * 1000;
/// Silence after which the dialog ends.
pub(super) const EXPIRE: Millis = 72 * 60 * 60 * 1000;
/// How long the parts of an album may take to arrive.
const ALBUM: Millis = 1500;

/// Begins a dialog in place of whatever runs. `heard`: a message that led to it; `pressed`: the message with the button.
pub(super) fn begin(stage: &mut Stage<'_>, dialog: &str, ticket: Option<i64>, heard: Option<&str>, pressed: Option<i64>) {
    let keyboard = stage.run().is_some_and(|r| r.keyboard);
    stage.scene.session.runs += 1;
    let number = stage.scene.session.runs;
    let begun = stage.world.machine(&stage.scene).begin(dialog, number, ticket, heard, stage.now);
    if let Some((mut run, turn)) = begun {
        run.keyboard = keyboard;
        play(stage, run, turn, pressed);
    }
}

/// Hands an answer to the running dialog.
pub(super) fn answer(stage: &mut Stage<'_>, answer: Answer, pressed: Option<i64>) {
    if let Some(mut run) = stage.scene.session.run.take() {
        let turn = stage.world.machine(&stage.scene).answer(&mut run, answer, stage.now);
        play(stage, run, turn, pressed);
    }
}

/// Takes a part of an album: everything is answered at once, when the parts have had time to arrive.
pub(super) fn collect(stage: &mut Stage<'_>, part: Answer, album: &str) {
    if let Some(mut run) = stage.scene.session.run.take() {
        let turn = stage.world.machine(&stage.scene).answer(&mut run, part, stage.now);
        run.note = turn.echo.into_iter().next_back().or(run.note);
        run.album = Some(album.to_owned());
        let user = stage.scene.person.id;
        stage.timer(user, "album", Some((stage.now + ALBUM, Timer::Album { user, album: album.to_owned() })));
        keep(stage, run);
    }
}

/// Says the present question again.
pub(super) fn repeat(stage: &mut Stage<'_>, echo: Option<Text>) {
    if let Some(mut run) = stage.scene.session.run.take() {
        let mut turn = stage.world.machine(&stage.scene).resume(&mut run);
        turn.echo.extend(echo);
        play(stage, run, turn, None);
    }
}

fn play(stage: &mut Stage<'_>, mut run: Run, mut turn: Turn, pressed: Option<i64>) {
    let end = turn.end;
    if end == Some(End::Finished)
        && let Some(refusal) = finish::refused(stage, &run)
    {
        keep(stage, run);
        return stage.tell(stage.me(), refusal);
    }
    match end {
        Some(End::Cancelled) => turn.echo.push(Text::new(if run.dialog == "report" { "cancelled" } else { "cancelled-other" })),
        Some(End::Restart) => turn.echo.push(Text::new("restarted")),
        Some(End::Finished) if turn.echo.is_empty() && pressed.is_some() => turn.echo.push(Text::new("review-sent")),
        _ => {}
    }
    if let Some(toast) = turn.toast.take() {
        stage.toast(toast);
    }
    for (place, utter) in turn.lay_out(pressed, &mut run.keyboard) {
        stage.show(stage.me(), utter.lines, utter.keyboard, place);
    }
    match end {
        None => keep(stage, run),
        Some(End::Aside(intent)) => {
            keep(stage, run);
            commands::aside(stage, intent);
        }
        Some(End::Restart) => {
            let (dialog, ticket) = (run.dialog.clone(), run.ticket);
            begin(stage, &dialog, ticket, None, None);
        }
        Some(End::Cancelled) => over(stage),
        Some(End::Finished) => {
            over(stage);
            finish::finish(stage, &run);
        }
    }
}

/// The dialog goes on: the clock of silence starts anew.
fn keep(stage: &mut Stage<'_>, run: Run) {
    let user = stage.scene.person.id;
    stage.timer(user, "remind", Some((stage.now + REMIND, Timer::Remind { user, run: run.number })));
    stage.timer(user, "expire", Some((stage.now + EXPIRE, Timer::Expire { user, run: run.number })));
    stage.scene.session.run = Some(run);
}

/// The dialog is over.
pub(super) fn over(stage: &mut Stage<'_>) {
    let user = stage.scene.person.id;
    stage.scene.session.run = None;
    stage.timer(user, "remind", None);
    stage.timer(user, "expire", None);
}

/// Gives the running dialog up; says so, and takes its keyboard away.
pub(super) fn give_up(stage: &mut Stage<'_>, why: Text) {
    let keyboard = if stage.run().is_some_and(|r| r.keyboard) { Keyboard::Remove } else { Keyboard::None };
    over(stage);
    stage.show(stage.me(), vec![why], keyboard, crate::vocabulary::say::Place::New);
}
