//! What an appointment adds to cards and to histories.
use crate::desk::appointment::Window;
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::say::{Arg, Button, Does, Text};

use crate::core::cards::field;
use crate::core::data::{Appoint, Wish};
use crate::core::stage::Stage;

/// A window in words: the day always with it, since "tomorrow" is another day tomorrow.
pub(super) fn window(one: Window) -> Text {
    window_as("appointment-window", one)
}

pub(super) fn window_as(key: &str, one: Window) -> Text {
    let text = Text::new(key).with("day", Arg::Day(one.from));
    text.with("from", Arg::Time(one.from, one.from)).with("to", Arg::Time(one.to, one.from))
}

/// Several windows in one line.
pub(super) fn joined(windows: &[Window]) -> Text {
    let and = |first: Text, second: Text| Text::new("appointment-or").with("first", first).with("second", second);
    windows.iter().copied().map(window).reduce(and).unwrap_or_else(|| Text::new("empty"))
}

pub(super) fn button(number: i64, wish: Appoint, label: &str) -> Button {
    Button { label: Text::new(label), does: Does::Press(Wish::Appoint(number, wish).encode()) }
}

fn button_with(number: i64, wish: Appoint, label: &str, one: Window) -> Button {
    let button = button(number, wish, label);
    Button { label: button.label.with("window", window(one)), ..button }
}

/// The buttons with which the customer answers an offer.
pub(super) fn choices(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Vec<Button>> {
    let (number, one) = (ticket.number, &ticket.details.appointment);
    let pick = |(n, window): (i64, &Window)| vec![button_with(number, Appoint::Pick(one.round, n), "button-pick", *window)];
    let ahead = |(_, window): &(i64, &Window)| window.from > stage.now;
    let mut rows: Vec<Vec<Button>> = (1..).zip(&one.offered).filter(ahead).map(pick).collect();
    if !one.offered.is_empty() {
        rows.push(vec![button(number, Appoint::OtherTime, "button-other-time")]);
    }
    rows
}

/// The buttons with which the technician agrees to a wish.
fn grants(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Vec<Button>> {
    let (number, one) = (ticket.number, &ticket.details.appointment);
    let ahead = |(_, window): &(i64, &Window)| window.from > stage.now;
    let grant = |(n, window): (i64, &Window)| vec![button_with(number, Appoint::Grant(one.round, n), "button-grant", *window)];
    (1..).zip(&one.wished).filter(ahead).map(grant).collect()
}

/// The buttons with which the technician answers a wish.
pub(super) fn answers(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Vec<Button>> {
    let mut rows = grants(stage, ticket);
    rows.push(vec![button(ticket.number, Appoint::Offer, "button-offer-others")]);
    rows
}

/// Whether the technician stands before the customer: then there is nothing to be agreed on.
fn met(stage: &Stage<'_>, ticket: &Ticket) -> bool {
    ticket.status == Status::Claimed && stage.world.book.visit.stage(&ticket.details.visit.stage).is_some_and(|s| s.met)
}

/// What is agreed and not over.
fn agreed(stage: &Stage<'_>, ticket: &Ticket) -> Option<Text> {
    ticket.details.appointment.current(stage.now).map(|one| field("appointment", window(one)))
}

/// What a line of a list says instead of the promise.
pub(in crate::core) fn due(stage: &Stage<'_>, ticket: &Ticket) -> Option<Text> {
    ticket.details.appointment.current(stage.now).map(|one| Text::new("board-agreed").with("window", window(one)))
}

/// What the crew and the desk see: the time alone.
pub(in crate::core) fn staff_line(stage: &Stage<'_>, ticket: &Ticket) -> Option<Text> {
    agreed(stage, ticket).filter(|_| ticket.status.is_open())
}

/// The lines of the customer's card.
pub(in crate::core) fn customer_lines(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Text> {
    if !ticket.status.is_open() {
        return Vec::new();
    }
    let one = &ticket.details.appointment;
    let choose = (!one.offered.is_empty()).then(|| Text::new("appointment-choose"));
    let wish = (!one.wish.is_empty()).then(|| Text::new("appointment-wished").with("words", &one.wish));
    agreed(stage, ticket).into_iter().chain(choose).chain(wish).collect()
}

/// The lines of the claimer's card.
pub(in crate::core) fn technician_lines(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Text> {
    let one = &ticket.details.appointment;
    let offered = (!one.offered.is_empty()).then(|| field("offered", joined(&one.offered)));
    let wish = (!one.wish.is_empty()).then(|| field("wished", &one.wish));
    agreed(stage, ticket).into_iter().chain(offered).chain(wish).collect()
}

fn change(number: i64, wish: Appoint) -> Vec<Button> {
    vec![button(number, wish, "button-move-visit"), button(number, Appoint::CallOff, "button-visit-off")]
}

/// The buttons of the customer's card.
pub(in crate::core) fn customer_rows(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Vec<Button>> {
    if met(stage, ticket) {
        return Vec::new();
    }
    let mut rows = choices(stage, ticket);
    if ticket.details.appointment.current(stage.now).is_some() {
        rows.push(change(ticket.number, Appoint::OtherTime));
    }
    rows
}

/// The buttons of the claimer's card.
pub(in crate::core) fn technician_rows(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Vec<Button>> {
    let (number, one) = (ticket.number, &ticket.details.appointment);
    if met(stage, ticket) {
        return Vec::new();
    }
    let row = match one.current(stage.now) {
        Some(_) => change(number, Appoint::Offer),
        None => vec![button(number, Appoint::Offer, "button-appoint")],
    };
    let mut rows = grants(stage, ticket);
    rows.push(row);
    rows
}

/// A line of history; `None`: it is about something else, or names no window.
pub(in crate::core) fn history(what: &str, note: &str) -> Option<Text> {
    let windows: Option<Vec<Window>> = note.split(',').map(Window::parse).collect();
    let windows = joined(&windows.filter(|all| !all.is_empty())?);
    match what {
        "offered" => Some(Text::new("history-offered").with("window", windows)),
        "agreed" => Some(Text::new("history-agreed").with("window", windows)),
        "moved" => Some(Text::new("history-moved").with("window", windows)),
        "called_off_visit" => Some(Text::new("history-visit-off").with("window", windows)),
        _ => None,
    }
}

/// The same for the customer.
pub(in crate::core) fn progress(what: &str, note: &str) -> Option<Text> {
    let windows: Option<Vec<Window>> = note.split(',').map(Window::parse).collect();
    let windows = joined(&windows.unwrap_or_default());
    Some(match what {
        "offered" => Text::new("progress-offered"),
        "wished" => Text::new("progress-wished"),
        "agreed" => Text::new("progress-agreed").with("window", windows),
        "moved" => Text::new("progress-moved").with("window", windows),
        "called_off_visit" => Text::new("progress-visit-off").with("window", windows),
        _ => return None,
    })
}
