//! The morning list: what dispatchers must look after today, every morning and when they ask.
use crate::desk::figures::midnight;
use crate::desk::morning::{self, Known, SECTIONS, Section};
use crate::desk::ticket::Ticket;
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{Arg, Button, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::cards::{fault, wish};
use crate::core::data::Verb;
use crate::core::scene::Morning;
use crate::core::stage::{Stage, shown};
use crate::core::{board, cards};

/// Broken promises of so long are counted.
pub const LATELY: Millis = 24 * 3_600_000;
/// Name of its timer; its subject is 0.
pub const TIMER: &str = "morning";
/// Most lines of a section.
const LINES: usize = 10;
/// Most buttons.
const BUTTONS: usize = 12;

/// The day of the dispatchers begins. After a night in which the program was down it begins later.
pub(in crate::core) fn begins(stage: &mut Stage<'_>) {
    let settings = &stage.world.settings;
    let next = morning::next(stage.now, settings.timezone, settings.morning);
    stage.timer(0, TIMER, Some((next, Timer::Morning)));
    let desk = stage.desk();
    show(stage, desk);
}

/// Shows the list.
pub(in crate::core) fn show(stage: &mut Stage<'_>, to: Vec<Recipient>) {
    // Read only for those who may see it.
    let Some(list) = stage.scene.morning.take() else { return };
    let (lines, numbers) = lines(stage, &list);
    let buttons: Vec<Button> = numbers.iter().take(BUTTONS).map(|number| wish(Verb::Open, *number)).collect();
    let keyboard =
        if buttons.is_empty() { Keyboard::None } else { Keyboard::Inline(buttons.chunks(3).map(<[Button]>::to_vec).collect()) };
    for to in to {
        let priority = if to == stage.me() { Priority::Reply } else { Priority::Desk };
        let what = What::Text(lines.clone());
        stage.say(Say { to, what, keyboard: keyboard.clone(), place: Place::New, priority, protect: true });
    }
}

/// What it says, and the tickets that it names, the first ones first.
fn lines(stage: &Stage<'_>, list: &Morning) -> (Vec<Text>, Vec<i64>) {
    let today = midnight(stage.now, stage.world.settings.timezone, 0);
    let placed: Vec<(&Ticket, Option<Millis>, Vec<Section>)> = list
        .tickets
        .iter()
        .map(|ticket| {
            let planned = planned(stage, ticket);
            let known = Known { stopped: list.stopped.contains(&ticket.number), planned };
            (ticket, planned, morning::sections(ticket, known, today, stage.now))
        })
        .collect();
    let mut lines = vec![Text::new("morning-title").with("day", Arg::Day(stage.now)).with("open", list.total)];
    if list.overdue > 0 {
        lines.push(Text::new("morning-overdue").with("count", list.overdue));
    }
    let mut numbers = Vec::new();
    for section in SECTIONS {
        let mut here: Vec<_> = placed.iter().filter(|(_, _, sections)| sections.contains(&section)).collect();
        if here.is_empty() {
            continue;
        }
        if section == Section::Today {
            here.sort_by_key(|(ticket, planned, _)| (*planned, ticket.number));
        }
        lines.push(Text::new("gap"));
        lines.push(Text::new(key(section)).with("count", count(here.len())));
        for (ticket, planned, _) in here.iter().take(LINES) {
            lines.push(line(stage, section, ticket, *planned));
            if !numbers.contains(&ticket.number) {
                numbers.push(ticket.number);
            }
        }
        if here.len() > LINES {
            lines.push(Text::new("morning-more").with("count", count(here.len() - LINES)));
        }
    }
    if numbers.is_empty() {
        lines.push(Text::new("morning-clear"));
    }
    let seen = count(list.tickets.len());
    if seen < list.total {
        lines.push(Text::new("morning-unseen").with("count", list.total - seen));
    }
    (lines, numbers)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn key(section: Section) -> &'static str {
    match section {
        Section::Missed => "morning-missed",
        Section::Unreachable => "morning-unreachable",
        Section::Today => "morning-today",
        Section::Stuck => "morning-stuck",
    }
}

/// When somebody is expected there: as was agreed, or as the technician said, else the day that the customer asked for.
fn planned(stage: &Stage<'_>, ticket: &Ticket) -> Option<Millis> {
    let agreed = ticket.details.appointment.window().map(|window| window.from);
    agreed.or(ticket.details.visit.eta).or_else(|| cards::planned_day(stage, ticket))
}

fn line(stage: &Stage<'_>, section: Section, ticket: &Ticket, planned: Option<Millis>) -> Text {
    let who = match &*ticket.details.technician {
        "" => Arg::Text(Text::new("morning-nobody")),
        name => Arg::Words(name.to_owned()),
    };
    let text = |key: &str| {
        let text = Text::new(key).with("ticket", shown(ticket.number)).with("fault", fault(ticket));
        text.with("place", board::place(stage, ticket)).with("who", who.clone()).with("phone", &ticket.details.phone)
    };
    match section {
        Section::Missed => text("morning-line-missed").with("by", stage.time(ticket.promise.unwrap_or(stage.now))),
        Section::Unreachable => text("morning-line-unreachable"),
        // A day that the customer chose has no hour yet.
        Section::Today => match planned.filter(|at| cards::planned_day(stage, ticket) != Some(*at)) {
            Some(at) => text("morning-line-at").with("at", stage.time(at)),
            None => text("morning-line-today"),
        },
        Section::Stuck => text("morning-line-stuck").with("since", stage.time(ticket.updated)),
    }
}
