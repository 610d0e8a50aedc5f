//! Dialogs in a person's private chat: begun, answered, ended.
use crate::desk::ticket::Ticket;
use crate::dialog::definition::{Finish, Intent};
use crate::dialog::machine::{About, Answer};
use crate::dialog::session::Run;
use crate::dialog::turn::{End, Turn};
use crate::dialog::value::Value;
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{Keyboard, Text};

use super::duplicate;
use super::stage::Stage;
use super::{charge, quote};

/// Silence after which the person is reminded.
pub(super) const REMIND: Millis = 30 * 60 * 1000;
/// How long the parts of an album may take to arrive.
const ALBUM: Millis = 1500;

/// What a dialog leaves to others.
#[must_use]
pub(super) enum Outcome {
    /// Everything is there: carry it out.
    Finished(Box<Run>),
    /// Some of it is there: carry that out, the dialog goes on. Holds the message with the button.
    Partly(Option<i64>),
    /// Said beside the dialog, which goes on.
    Aside(Intent),
}

/// Begins a dialog in place of whatever runs. `heard`: a message that led to it; `pressed`: the message with the button.
pub(super) fn begin(stage: &mut Stage<'_>, dialog: &str, ticket: Option<i64>, heard: Option<&str>, pressed: Option<i64>) {
    let keyboard = stage.run().is_some_and(|r| r.keyboard);
    stage.scene.session.runs += 1;
    let number = stage.scene.session.runs;
    let about = About { ticket, quoted: charge::offered(stage, ticket) };
    let begun = stage.world.machine(&stage.scene).begin(dialog, number, about, heard, stage.now);
    if let Some((mut run, turn)) = begun {
        run.keyboard = keyboard;
        // A dialog that has just asked its first question is not over.
        let _ = play(stage, run, turn, pressed);
    }
}

/// Begins a dialog of which something is known already, and says why.
pub(super) fn begin_with(stage: &mut Stage<'_>, dialog: &str, known: Vec<(&str, Value)>, why: Text) {
    stage.scene.session.runs += 1;
    let number = stage.scene.session.runs;
    let begun = stage.world.machine(&stage.scene).begin_with(dialog, number, known, stage.now);
    if let Some((run, mut turn)) = begun {
        turn.echo.push(why);
        // As in `begin`.
        let _ = play(stage, run, turn, None);
    }
}

/// Begins a dialog about a ticket in the acting person's private chat.
pub(super) fn begin_about(stage: &mut Stage<'_>, dialog: &str, ticket: &Ticket) {
    if !stage.scene.person.reachable {
        return stage.open_private(String::new());
    }
    if stage.run().is_some_and(|r| r.dialog == "report") {
        return stage.alert(Text::new("dialog-first"));
    }
    begin(stage, dialog, Some(ticket.number), None, None);
}

/// Hands an answer to the running dialog.
pub(super) fn answer(stage: &mut Stage<'_>, answer: Answer, pressed: Option<i64>) -> Option<Outcome> {
    let answer = match quote::check(stage, answer) {
        Ok(answer) => answer,
        Err(why) => {
            repeat(stage, Some(why));
            return None;
        }
    };
    let mut run = stage.scene.session.run.take()?;
    let turn = stage.world.machine(&stage.scene).answer(&mut run, answer, stage.now);
    play(stage, run, turn, pressed)
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
    go_on(stage, echo.into_iter().collect(), None);
}

/// Says the present question again, after something was carried out. `pressed`: the message with the button.
pub(super) fn go_on(stage: &mut Stage<'_>, done: Vec<Text>, pressed: Option<i64>) {
    if let Some(mut run) = stage.scene.session.run.take() {
        let mut turn = stage.world.machine(&stage.scene).resume(&mut run);
        turn.echo.extend(done);
        // A question that is only repeated ends nothing.
        let _ = play(stage, run, turn, pressed);
    }
}

fn play(stage: &mut Stage<'_>, mut run: Run, mut turn: Turn, pressed: Option<i64>) -> Option<Outcome> {
    let end = turn.end;
    if end == Some(End::Finished)
        && let Some(refusal) = refused(stage, &run)
    {
        keep(stage, run);
        stage.tell(stage.me(), refusal);
        return None;
    }
    match end {
        Some(End::Cancelled) => turn.echo.push(cancelled(&run)),
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
        None => {
            keep(stage, run);
            duplicate::hint(stage);
        }
        Some(End::Partly) => {
            keep(stage, run);
            return Some(Outcome::Partly(pressed));
        }
        Some(End::Aside(intent)) => {
            keep(stage, run);
            return Some(Outcome::Aside(intent));
        }
        Some(End::Restart) => {
            let (dialog, ticket, rights) = (run.dialog.clone(), run.ticket, (run.desk, run.admin, run.crew));
            begin(stage, &dialog, ticket, None, None);
            if let Some(anew) = stage.scene.session.run.as_mut() {
                (anew.desk, anew.admin, anew.crew) = rights;
            }
        }
        Some(End::Cancelled) => over(stage, run.watched),
        Some(End::Finished) => {
            over(stage, run.watched);
            return Some(Outcome::Finished(Box::new(run)));
        }
    }
    None
}

/// The word on a dialog that its person gives up.
pub(super) fn cancelled(run: &Run) -> Text {
    Text::new(match &*run.dialog {
        "report" => "cancelled",
        _ if run.carried => "cancelled-rest",
        _ => "cancelled-other",
    })
}

/// Why a dialog cannot be carried out now; it then stays open.
fn refused(stage: &Stage<'_>, run: &Run) -> Option<Text> {
    let submits = stage.world.book.dialog(&run.dialog).is_some_and(|d| d.finish == Finish::Submit);
    (submits && !stage.may_report()).then(|| Text::new("too-many-open"))
}

/// The dialog goes on: the clock of silence starts anew.
fn keep(stage: &mut Stage<'_>, mut run: Run) {
    if !run.watched {
        // Set once: when it fires too early, because the person has said something since, it is set anew.
        run.watched = true;
        remind_later(stage, run.number, stage.now);
    }
    stage.scene.session.run = Some(run);
}

fn remind_later(stage: &mut Stage<'_>, run: i64, spoke: Millis) {
    let user = stage.scene.person.id;
    stage.timer(user, "remind", Some((spoke + REMIND, Timer::Remind { user, run })));
}

fn expire_later(stage: &mut Stage<'_>, run: i64, spoke: Millis) {
    let user = stage.scene.person.id;
    stage.timer(user, "expire", Some((spoke + stage.world.settings.keep.session, Timer::Expire { user, run })));
}

/// The time after which a silent person is reminded may be over.
pub(super) fn remind(stage: &mut Stage<'_>, number: i64) {
    let Some(run) = stage.scene.session.run.as_mut().filter(|r| r.number == number) else { return };
    let spoke = run.at;
    if spoke + REMIND > stage.now {
        return remind_later(stage, number, spoke);
    }
    run.watched = false;
    let key = if run.dialog == "report" { "remind" } else { "remind-other" };
    expire_later(stage, number, spoke);
    stage.tell(stage.me(), Text::new(key));
}

/// The time after which a silent person's dialog ends may be over.
pub(super) fn expire(stage: &mut Stage<'_>, number: i64) {
    match stage.run().filter(|r| r.number == number).map(|r| r.at) {
        // Set when sessions were kept for a shorter time, or the person has spoken since.
        Some(spoke) if spoke + stage.world.settings.keep.session > stage.now => expire_later(stage, number, spoke),
        Some(_) => give_up(stage, Text::new("expired")),
        None => {}
    }
}

/// The dialog is over. A timer that is left when it fires finds nothing to do.
fn over(stage: &mut Stage<'_>, watched: bool) {
    let user = stage.scene.person.id;
    stage.scene.session.run = None;
    stage.timer(user, if watched { "remind" } else { "expire" }, None);
}

/// Gives the running dialog up; says so, and takes its keyboard away.
pub(super) fn give_up(stage: &mut Stage<'_>, why: Text) {
    let keyboard = if stage.run().is_some_and(|r| r.keyboard) { Keyboard::Remove } else { Keyboard::None };
    over(stage, stage.run().is_some_and(|r| r.watched));
    stage.show(stage.me(), vec![why], keyboard, crate::vocabulary::say::Place::New);
}
