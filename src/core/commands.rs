//! Commands in private, and the same wishes in words.
use crate::desk::ticket::Status;
use crate::dialog::definition::Intent;
use crate::vocabulary::input::{Input, Millis};
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::{Button, Does, Keyboard, Place, Text};

use super::data::{self, Setup, Verb, Wish};
use super::rights::May;
use super::stage::Stage;
use super::talk::Outcome;
use super::{
    admins, board, caller, claim, crews, directory, dispatch, districts, finish, guide, hotline, morning, notice, queue, staff,
    talk,
};

/// Runs a command in private, if this person may use it here.
pub(super) fn run(stage: &mut Stage<'_>, input: &Input, name: &str, arguments: &str) {
    let Some(command) = directory::find(name) else { return stage.tell(stage.me(), Text::new("unknown-command")) };
    match stage.may_use(command) {
        May::Yes => {}
        May::No => return stage.tell(stage.me(), Text::new("unknown-command")),
        May::Unknown => return stage.tell(stage.me(), Text::new("try-again")),
    }
    match name {
        "start" => start(stage, input, arguments),
        "report" => report(stage),
        "status" => status(stage),
        "cancel" if data::ticket_number(arguments).is_some() => cancel(stage, arguments),
        "cancel" if let Some(run) = stage.run() => talk::give_up(stage, talk::cancelled(run)),
        "cancel" => stage.tell(stage.me(), Text::new("nothing-to-cancel")),
        "help" => help(stage),
        "language" => match arguments {
            "" => language(stage),
            tag => set_language(stage, tag, None),
        },
        "id" => stage.tell(stage.me(), Text::new("your-id").with("id", stage.scene.person.id)),
        "broadcast" => notice::begin(stage),
        "mute" => notice::mute(stage, true),
        "unmute" => notice::mute(stage, false),
        "privacy" => privacy(stage),
        "stats" => staff::stats(stage, stage.me()),
        "ticket" => staff::ticket(stage, arguments),
        "today" => morning::show(stage, vec![stage.me()]),
        "call" => caller::begin(stage, arguments),
        "queue" => queue::show(stage),
        "mine" => queue::mine(stage),
        "bind" => stage.tell(stage.me(), Text::new("bind-in-group")),
        "setup" => guide::show(stage, None),
        "crew" => crews::list(stage, None),
        "districts" => districts::show(stage, Vec::new(), None),
        "hotline" => hotline::show(stage),
        "admins" => admins::show(stage, None),
        _ => stage.tell(stage.me(), Text::new("unknown-command")),
    }
}

/// Calls off a ticket by its number: one's own, or as a dispatcher any, also one that a crew has.
fn cancel(stage: &mut Stage<'_>, arguments: &str) {
    let Some(number) = data::ticket_number(arguments) else { return };
    match stage.ticket(number).filter(|t| t.customer == stage.scene.person.id && t.status.is_open()) {
        Some(own) => talk::begin_about(stage, "cancel", &own),
        // Somebody else's ticket and one that does not exist answer alike.
        None if stage.is_dispatcher(stage.scene.person.id) == May::No => stage.tell(stage.me(), Text::new("no-such-ticket")),
        None => dispatch::dispatch(stage, None, Verb::Cancel, number),
    }
}

/// What a dialog left to do.
pub(super) fn after(stage: &mut Stage<'_>, outcome: Option<Outcome>) {
    match outcome {
        Some(Outcome::Finished(run)) => finish::finish(stage, &run),
        Some(Outcome::Partly(pressed)) => finish::partly(stage, pressed),
        Some(Outcome::Aside(intent)) => aside(stage, intent),
        None => {}
    }
}

/// A wish in words, outside of a dialog or beside it.
pub(super) fn aside(stage: &mut Stage<'_>, intent: Intent) {
    match intent {
        Intent::Help => help(stage),
        Intent::Human => stage.tell(stage.me(), Text::new("human")),
        Intent::Status => status(stage),
        Intent::Report | Intent::Restart => report(stage),
        Intent::Cancel => stage.tell(stage.me(), Text::new("nothing-to-cancel")),
        Intent::Correct => stage.tell(stage.me(), Text::new("correct-on-card")),
        Intent::Hello => menu(stage, "welcome"),
        Intent::Thanks => stage.tell(stage.me(), Text::new("welcome-thanks")),
        Intent::Back | Intent::Skip | Intent::Enough | Intent::Repeat => menu(stage, "not-understood"),
    }
}

fn start(stage: &mut Stage<'_>, input: &Input, parameter: &str) {
    if parameter.starts_with(data::ADMIN_LINK) {
        return admins::opened(stage);
    }
    if stage.scene.person.admin {
        deliver_waiting(stage);
    }
    match Wish::from_start(parameter) {
        Some(Wish::Ticket(Verb::Claim, ticket)) => claim::claim(stage, ticket, None),
        Some(Wish::Ticket(verb, ticket)) if dispatch::LINKED.contains(&verb) => dispatch::dispatch(stage, None, verb, ticket),
        Some(Wish::Queue(crew, page)) => board::page(stage, input, crew, page),
        Some(Wish::Join(ticket, code)) => caller::join(stage, ticket, &code),
        _ => welcome(stage),
    }
}

/// The answer to a plain `/start`.
pub(super) fn welcome(stage: &mut Stage<'_>) {
    match stage.scene.person.admin {
        _ if stage.run().is_some() => talk::repeat(stage, Some(Text::new("dialog-running"))),
        true => menu(stage, "welcome-admin"),
        false => menu(stage, "welcome"),
    }
}

/// What waits at the desk, when the admins are the desk: an admin who starts may not have been reachable when it came.
pub(super) fn deliver_waiting(stage: &mut Stage<'_>) {
    let me = stage.me();
    if stage.desk().contains(&me) {
        for ticket in stage.scene.tickets.clone().iter().filter(|t| t.status == Status::Open && t.crew.is_none()) {
            stage.desk_card(ticket, me, true);
        }
    }
}

/// The greeting with at most three buttons.
pub(super) fn menu(stage: &mut Stage<'_>, key: &str) {
    let button = |key: &str, wish: Wish| Button { label: Text::new(key), does: Does::Press(wish.encode()) };
    let second = match key {
        // An admin has a service to set up rather than tickets of their own.
        "welcome-admin" => button("button-guide", Wish::Setup(Setup::Part(guide::next(stage)))),
        _ => button("button-status", Wish::Status),
    };
    let rows = vec![vec![button("button-report", Wish::Report)], vec![second, button("button-language", Wish::Language)]];
    stage.show(stage.me(), vec![Text::new(key)], Keyboard::Inline(rows), Place::New);
}

/// What is kept, who sees it, and until when, as the settings say.
fn privacy(stage: &mut Stage<'_>) {
    const HOUR: Millis = 3_600_000;
    let keep = stage.world.settings.keep;
    let text = Text::new("privacy")
        .with("session", keep.session / HOUR)
        .with("card", keep.card / HOUR)
        .with("media", keep.media / (24 * HOUR))
        .with("contact", keep.contact / (24 * HOUR));
    stage.tell(stage.me(), text);
}

fn help(stage: &mut Stage<'_>) {
    let key = match (stage.scene.person.admin, stage.scene.person.working_name.is_empty()) {
        (true, _) => "help-admin",
        (false, false) => "help-technician",
        (false, true) => "help",
    };
    stage.tell(stage.me(), Text::new(key));
    if stage.run().is_some() {
        stage.tell(stage.me(), Text::new("help-dialog-goes-on"));
    }
}

/// Begins a report, or shows the one that is running.
pub(super) fn report(stage: &mut Stage<'_>) {
    if !stage.may_report() {
        stage.tell(stage.me(), Text::new("too-many-open"));
        return status(stage);
    }
    match stage.run() {
        Some(run) if run.dialog == "report" => talk::repeat(stage, Some(Text::new("dialog-running"))),
        Some(_) => talk::repeat(stage, Some(Text::new("dialog-first"))),
        // A tap leaves the greeting in place: it is the way back to the menu.
        None => talk::begin(stage, "report", None, None, None),
    }
}

/// Shows this person's tickets, each with its card.
pub(super) fn status(stage: &mut Stage<'_>) {
    let me = stage.scene.person.id;
    let mine: Vec<_> = stage.scene.tickets.iter().filter(|t| t.customer == me).cloned().collect();
    let jobs: Vec<_> =
        stage.scene.tickets.iter().filter(|t| t.claimer == Some(me) && t.status == Status::Claimed).cloned().collect();
    if mine.is_empty() && jobs.is_empty() {
        return menu(stage, "no-tickets");
    }
    for ticket in &mine {
        stage.customer_card(ticket, true);
    }
    for ticket in &jobs {
        stage.technician_card(ticket, me, true);
    }
}

/// Offers the languages.
pub(super) fn language(stage: &mut Stage<'_>) {
    let row = Lang::ALL
        .iter()
        .map(|lang| Button {
            label: Text::new(format!("language-{}", lang.tag())),
            does: Does::Press(Wish::SetLanguage(lang.tag().to_owned()).encode()),
        })
        .collect();
    stage.show(stage.me(), vec![Text::new("language")], Keyboard::Inline(vec![row]), Place::New);
}

/// Sets the language; `pressed`: the message with the buttons.
pub(super) fn set_language(stage: &mut Stage<'_>, tag: &str, pressed: Option<i64>) {
    let known = Lang::ALL
        .into_iter()
        .find(|l| l.tag().eq_ignore_ascii_case(tag) || tag.eq_ignore_ascii_case(l.tag().get(..2).unwrap_or_default()));
    match known {
        Some(lang) => {
            stage.scene.person.lang = lang;
            let place = pressed.map_or(Place::New, Place::Edit);
            stage.show(stage.me(), vec![Text::new("language-set")], Keyboard::None, place);
            if stage.run().is_some() {
                talk::repeat(stage, None);
            }
        }
        None => language(stage),
    }
}
