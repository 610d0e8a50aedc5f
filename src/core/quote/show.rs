//! What the quotes add to cards and to the history.
use crate::desk::price::{Fen, shown as money};
use crate::desk::ticket::{Event, Ticket};
use crate::vocabulary::say::{Button, Text};

use super::super::cards::wish;
use super::super::data::Verb;
use super::{answers, button, total};

/// How the quotes stand, for the customer.
pub(in crate::core) fn customer_line(ticket: &Ticket) -> Vec<Text> {
    let quotes = &ticket.details.quotes;
    let held = quotes.accepted.as_ref().map(|quote| {
        let key = if quote.charged { "quote-line-charged" } else { "quote-line-accepted" };
        Text::new(key).with("total", total(quote))
    });
    let pending = quotes.pending.as_ref().map(|quote| match quote.declined {
        None => Text::new("quote-line-open").with("total", total(quote)),
        Some(_) => Text::new("quote-line-declined").with("total", total(quote)),
    });
    held.into_iter().chain(pending).collect()
}

/// How they stand, for the claimer and the desk: with the parts, and with the reason of a "no".
pub(in crate::core) fn staff_line(ticket: &Ticket) -> Vec<Text> {
    let quotes = &ticket.details.quotes;
    let held = quotes.accepted.as_ref().map(|quote| {
        let key = if quote.charged { "quote-staff-charged" } else { "quote-staff-accepted" };
        Text::new(key).with("price", quote.price.shown())
    });
    let pending = quotes.pending.as_ref().map(|quote| {
        let text = |key: &str| Text::new(key).with("price", quote.price.shown());
        match (quote.declined, &*quote.why) {
            (None, _) => text("quote-staff-open"),
            (Some(_), "") => text("quote-staff-declined"),
            (Some(_), why) => text("quote-staff-declined-why").with("why", why_text(why)),
        }
    });
    held.into_iter().chain(pending).collect()
}

/// Why a quote was declined, in words.
pub(in crate::core) fn why_text(why: &str) -> Text {
    match why.strip_prefix('@') {
        Some(option) => Text::new(format!("decline_reasons-{option}")),
        None => Text::new("words").with("words", why),
    }
}

/// The claimer's buttons.
pub(in crate::core) fn rows(ticket: &Ticket) -> Vec<Button> {
    let withdraw = ticket.details.quotes.pending.is_some().then(|| wish(Verb::Withdraw, ticket.number));
    [button(ticket)].into_iter().chain(withdraw).collect()
}

/// The customer's buttons on their card, while a quote waits.
pub(in crate::core) fn customer_row(ticket: &Ticket) -> Option<Vec<Button>> {
    ticket.details.quotes.open().map(|quote| answers(ticket.number, quote.version))
}

/// What a line of history keeps: from which amount to which.
pub(in crate::core) fn note(from: Option<Fen>, to: Option<Fen>) -> String {
    let words = |fen: Option<Fen>| fen.map(|fen| fen.to_string()).unwrap_or_default();
    format!("{}>{}", words(from), words(to))
}

/// Reads it, and what stands below it.
fn figures(note: &str) -> Option<(Option<Fen>, Option<Fen>, &str)> {
    let (amounts, words) = note.split_once('\n').unwrap_or((note, ""));
    let (from, to) = amounts.split_once('>')?;
    Some((from.parse().ok(), to.parse().ok(), words))
}

/// A line of history in words, with the amounts; `None`: it keeps none.
pub(in crate::core) fn told(event: &Event) -> Option<Text> {
    let text = |key: &str, from: Option<Fen>, to: Option<Fen>| {
        let text = Text::new(key).with("from", from.map(money).unwrap_or_default());
        text.with("to", to.map(money).unwrap_or_default())
    };
    let (from, to, why) = figures(&event.note)?;
    Some(match (&*event.what, from, to) {
        ("quoted", Some(_), _) => text("quote-history-anew", from, to),
        ("quoted", None, _) => text("quote-history-quoted", from, to),
        ("accepted", Some(_), _) => text("quote-history-accepted-anew", from, to),
        ("accepted", None, _) => text("quote-history-accepted", from, to),
        ("declined", _, _) => text("quote-history-declined", from, to),
        ("withdrawn", _, _) => text("quote-history-withdrawn", from, to),
        ("charged", Some(_), _) if !why.is_empty() => {
            text("charge-history-why", from, to).with("why", super::super::charge::why_text(why))
        }
        ("charged", Some(_), _) => text("charge-history", from, to),
        _ => return None,
    })
}

/// The same for the customer; `None`: nothing that they would ask for.
pub(in crate::core) fn progress(event: &Event) -> Option<Text> {
    let (from, to, _) = figures(&event.note)?;
    let key = match &*event.what {
        "quoted" => "quote-progress-quoted",
        "accepted" => "quote-progress-accepted",
        "declined" => "quote-progress-declined",
        "withdrawn" => "quote-progress-withdrawn",
        "charged" => "charge-progress",
        _ => return None,
    };
    let text = Text::new(key).with("from", from.map(money).unwrap_or_default());
    Some(text.with("to", to.map(money).unwrap_or_default()))
}
