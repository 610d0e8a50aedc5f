//! What staff ask for: the figures of the service, and a ticket with its history.
use crate::desk::figures::{Answers, Counts, answers};
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::fold::clean;
use crate::vocabulary::input::{Millis, Press};
use crate::vocabulary::say::{Arg, Button, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::rights::May;
use crate::core::stage::{Stage, shown};
use crate::core::{appointment, caller, data, dispatch, quote, release, visit};

/// Most lines of a history that are shown, the newest ones.
pub const HISTORY: i64 = 30;
/// Most characters of somebody's words in a line of history.
const NOTE: usize = 200;

/// Shows the figures of today and of the last seven days.
pub(in crate::core) fn stats(stage: &mut Stage<'_>, to: Recipient) {
    // Read only for those who may see them.
    let Some(ledger) = stage.scene.figures.take() else { return };
    let (today, week) = crate::core::days(stage.world, stage.now);
    let now = Text::new("stats-now").with("open", ledger.open).with("unclaimed", ledger.unclaimed);
    let title = Text::new("stats-title").with("day", Arg::Day(stage.now)).with("at", stage.time(stage.now));
    let mut lines = vec![title, now];
    for (key, counts, from) in [("stats-today", ledger.today, today), ("stats-week", ledger.week, week)] {
        lines.push(Text::new("gap"));
        lines.extend(span(key, counts, answers(&ledger.tickets, from, stage.now)));
    }
    stage.show(to, lines, Keyboard::None, Place::New);
}

fn span(key: &str, counts: Counts, answers: Answers) -> Vec<Text> {
    let ended = match counts.cancelled {
        0 => Arg::Number(counts.ended),
        cancelled => Arg::Text(Text::new("stats-with-cancelled").with("ended", counts.ended).with("cancelled", cancelled)),
    };
    let kept = match answers.decided {
        0 => Text::new("empty"),
        decided => Text::new("stats-share")
            .with("kept", answers.kept)
            .with("decided", decided)
            .with("percent", answers.kept * 100 / decided),
    };
    let mut lines =
        vec![Text::new(key), Text::new("stats-new").with("new", counts.new), Text::new("stats-ended").with("ended", ended)];
    for (key, span) in [("stats-median", answers.median), ("stats-p90", answers.p90)] {
        // Where nothing was claimed there is nothing to say.
        lines.extend(span.map(|span| Text::new(key).with("span", minutes(span))));
    }
    lines.push(Text::new("stats-kept").with("share", kept));
    lines
}

/// Full minutes, the last one begun counted: "within" is then true.
fn minutes(span: Millis) -> Text {
    Text::new("stats-minutes").with("count", (span.max(1) + 59_999) / 60_000)
}

/// Shows a ticket and what became of it, as far as this person may see.
pub(in crate::core) fn ticket(stage: &mut Stage<'_>, arguments: &str) {
    let Some(number) = data::ticket_number(arguments) else { return stage.tell(stage.me(), Text::new("ticket-which")) };
    let me = stage.scene.person.id;
    let Some(ticket) = stage.ticket(number) else { return stage.tell(stage.me(), Text::new("no-such-ticket")) };
    if stage.is_dispatcher(me) == May::Yes {
        let lines = stage.desk_lines(&ticket);
        let rows = caller::all_buttons(&ticket);
        return show(stage, &ticket, lines, rows, true);
    }
    if ticket.claimer == Some(me) && ticket.status == Status::Claimed {
        // The living card, which is taken away with the job.
        stage.technician_card(&ticket, me, true);
        return show(stage, &ticket, Vec::new(), Vec::new(), false);
    }
    if ticket.claimer == Some(me) || stage.scene.history.had || stage.may_claim(&ticket, me) == May::Yes {
        let lines = stage.crew_lines(&ticket);
        return show(stage, &ticket, lines, Vec::new(), false);
    }
    // Somebody else's ticket and one that does not exist answer alike, also when Telegram could not be asked.
    stage.tell(stage.me(), Text::new("no-such-ticket"));
}

/// A dispatcher taps the number of a ticket in a list.
pub(in crate::core) fn open(stage: &mut Stage<'_>, p: &Press, ticket: &Ticket) {
    if dispatch::may(stage, Some(p)) {
        let lines = stage.desk_lines(ticket);
        show(stage, ticket, lines, caller::all_buttons(ticket), true);
    }
}

/// The lines of a card with its buttons, then the history; `words`: with what people said in it.
fn show(stage: &mut Stage<'_>, ticket: &Ticket, card: Vec<Text>, rows: Vec<Vec<Button>>, words: bool) {
    let keyboard = if rows.is_empty() { Keyboard::None } else { Keyboard::Inline(rows) };
    let history = if stage.scene.history.lines.is_empty() { Vec::new() } else { history(stage, ticket, words) };
    for (lines, keyboard) in [(card, keyboard), (history, Keyboard::None)] {
        if !lines.is_empty() {
            let (to, what, place) = (stage.me(), What::Text(lines), Place::New);
            stage.say(Say { to, what, keyboard, place, priority: Priority::Reply, protect: true });
        }
    }
}

fn history(stage: &Stage<'_>, ticket: &Ticket, words: bool) -> Vec<Text> {
    let history = &stage.scene.history;
    let mut lines = vec![Text::new("history-title").with("ticket", shown(ticket.number))];
    if history.earlier > 0 {
        lines.push(Text::new("history-earlier").with("count", history.earlier));
    }
    for (at, event) in &history.lines {
        let who = match event.who {
            0 => Arg::Text(Text::new("history-program")),
            who if who == ticket.customer && ticket.trial => Arg::Text(Text::new("history-admin")),
            who if who == ticket.customer => Arg::Text(Text::new("history-customer")),
            who => match history.names.get(&who) {
                Some(name) => Arg::Words(name.clone()),
                None => Arg::Text(Text::new("history-dispatcher")),
            },
        };
        // What was corrected is named by the ids of the questions, which are nobody's words; a chosen reason by its option's.
        let chosen = event.note.starts_with('@') && matches!(&*event.what, "released" | "contacted" | "declined_why");
        let figures = matches!(&*event.what, "quoted" | "accepted" | "declined" | "withdrawn" | "charged");
        // What it costs is between the customer, whoever does the work, and dispatchers.
        let figured = quote::told(event).filter(|_| figures && words);
        let appointed = appointment::history(&event.what, &event.note);
        let plain = chosen
            || figures
            || appointed.is_some()
            || matches!(&*event.what, "corrected" | "handed" | "assigned" | "stage" | "ticked" | "rated");
        let note = if words && !plain { clean(&event.note, NOTE) } else { String::new() };
        let key = if note.is_empty() { "history-line" } else { "history-line-note" };
        let line = Text::new(key).with("at", stage.time(*at)).with("who", who);
        let what = match &*event.what {
            _ if let Some(appointed) = appointed => appointed,
            "submitted" if ticket.trial => Text::new("history-trial"),
            "handed" if !event.note.is_empty() => Text::new("history-handed").with("crew", clean(&event.note, NOTE)),
            "assigned" if !event.note.is_empty() => Text::new("history-assigned").with("technician", clean(&event.note, NOTE)),
            "released" if chosen => Text::new("history-released").with("why", release::reason_text(&event.note)),
            "stage" => visit::moved(stage, &event.note),
            "ticked" if !event.note.is_empty() => {
                Text::new("history-ticked").with("need", Text::new(format!("need-{}", event.note)))
            }
            "rated" if !event.note.is_empty() => Text::new("history-rated").with("stars", event.note.as_str()),
            "contacted" if chosen => Text::new(event.note.trim_start_matches('@')),
            "declined_why" if chosen => Text::new("quote-history-why").with("why", quote::why_text(&event.note)),
            what => figured.unwrap_or_else(|| Text::new(format!("event-{what}"))),
        };
        let line = line.with("what", what);
        lines.push(if note.is_empty() { line } else { line.with("note", note) });
    }
    lines
}
