//! What the quotes add to cards and to the history.
use crate::desk::price::{Fen, shown as money};
use crate::desk::quote::Quote;
use crate::desk::ticket::{Event, Ticket};
use crate::vocabulary::say::{Button, Text};

use super::{answers, button, total};
use crate::core::cards::{field, wish};
use crate::core::charge;
use crate::core::data::Verb;

/// How the quotes stand, for the customer.
pub(in crate::core) fn customer_line(ticket: &Ticket) -> Vec<Text> {
    let quotes = &ticket.details.quotes;
    let held = quotes.accepted.as_ref().map(|quote| {
        let key = if quote.charged { "quote-line-charged" } else { "quote-line-accepted" };
        Text::new(key).with("total", total(quote))
    });
    let pending = quotes.pending.iter().flat_map(|quote| match quote.declined {
        // The message that asked may be far above, or never have come.
        None => [vec![Text::new("quote-line-open").with("total", total(quote))], parts(quote), included(quote)].concat(),
        Some(_) => vec![Text::new("quote-line-declined").with("total", total(quote))],
    });
    held.into_iter().chain(pending).collect()
}

/// What the price is made of, a line each; none where it was not divided.
pub(super) fn parts(quote: &Quote) -> Vec<Text> {
    let price = quote.price;
    if !price.is_divided() {
        return Vec::new();
    }
    [("labour", price.labour), ("parts", price.parts), ("call_out", price.call_out)]
        .map(|(label, fen)| field(label, money(fen)))
        .to_vec()
}

/// What is included, if the technician said it.
pub(super) fn included(quote: &Quote) -> Vec<Text> {
    if quote.included.is_empty() { Vec::new() } else { vec![field("included", &quote.included)] }
}

/// How they stand, for the claimer and the desk: with the parts, and with the reason of a "no".
pub(in crate::core) fn staff_line(ticket: &Ticket) -> Vec<Text> {
    let quotes = &ticket.details.quotes;
    let held = quotes.accepted.as_ref().map(|quote| {
        let key = if quote.charged { "quote-staff-charged" } else { "quote-staff-accepted" };
        [vec![Text::new(key).with("price", quote.price.shown())], included(quote)].concat()
    });
    let pending = quotes.pending.as_ref().map(|quote| {
        let text = |key: &str| Text::new(key).with("price", quote.price.shown());
        let line = match (quote.declined, &*quote.why) {
            (None, _) => text("quote-staff-open"),
            (Some(_), "") => text("quote-staff-declined"),
            (Some(_), why) => text("quote-staff-declined-why").with("why", why_text(why)),
        };
        [vec![line], included(quote)].concat()
    });
    held.into_iter().chain(pending).flatten().collect()
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
        ("charged", Some(agreed), _) if !why.is_empty() => {
            let key = if agreed == 0 { "charge-history-alone" } else { "charge-history-why" };
            text(key, from, to).with("why", charge::why_text(why))
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
        "charged" if from == Some(0) => "charge-progress-alone",
        "charged" => "charge-progress",
        _ => return None,
    };
    let text = Text::new(key).with("from", from.map(money).unwrap_or_default());
    Some(text.with("to", to.map(money).unwrap_or_default()))
}
