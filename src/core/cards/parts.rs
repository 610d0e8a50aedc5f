//! What cards are put together from: fields, states, buttons.
use crate::desk::ticket::Ticket;
use crate::vocabulary::input::Millis;
use crate::vocabulary::say::{Arg, Button, Does, Text};

use super::super::data::{Verb, Wish};
use super::super::stage::{Stage, shown};

impl Ticket {
    /// The address in full: the area as matched, then street and number as typed.
    pub(in crate::core) fn full_address(&self) -> String {
        [self.details.place.as_str(), self.details.street.as_str()].join(" ").trim().to_owned()
    }
}

pub(in crate::core) fn fault(ticket: &Ticket) -> Text {
    Text::new(format!("faults-{}", ticket.fault))
}

/// "Today" is another day tomorrow: a card says which day was meant.
pub(super) fn when(stage: &Stage<'_>, ticket: &Ticket) -> Arg {
    let Some(option) = ticket.details.when.strip_prefix('@') else { return Arg::Words(ticket.details.when.clone()) };
    match planned_day(stage, ticket) {
        Some(day) => Arg::Day(day),
        None => Arg::Text(Text::new(format!("when-{option}"))),
    }
}

/// The day that the customer chose, if they chose one: a moment in it.
pub(in crate::core) fn planned_day(stage: &Stage<'_>, ticket: &Ticket) -> Option<Millis> {
    const DAY: Millis = 24 * 3_600_000;
    let option = ticket.details.when.strip_prefix('@')?;
    let days = stage.world.book.choice("when", option).and_then(|c| c.day)?;
    Some(ticket.created + days * DAY)
}

pub(super) fn served(ticket: &Ticket) -> Text {
    Text::new(match ticket.served {
        Some(_) if ticket.details.opens.is_some() => "served-closed",
        Some(true) => "served-yes",
        Some(false) => "served-no",
        None => "served-unknown",
    })
}

pub(super) fn status(role: &str, ticket: &Ticket, stage: &Stage<'_>) -> Text {
    Text::new(format!("status-{role}-{}", ticket.status.as_str()))
        .with("technician", &ticket.details.technician)
        .with("phone", &ticket.details.technician_phone)
        .with("at", stage.time(ticket.claimed.unwrap_or(ticket.updated)))
        .with("outcome", &ticket.details.outcome)
}

pub(in crate::core) fn field(label: &str, value: impl Into<Arg>) -> Text {
    Text::new("field").with("label", Text::new(format!("label-{label}"))).with("value", value)
}

pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A button with a wish of this ticket.
pub(in crate::core) fn wish(verb: Verb, ticket: i64) -> Button {
    let wish = Wish::Ticket(verb, ticket);
    let label = match verb {
        Verb::Claim => "button-claim",
        Verb::Release => "button-release",
        Verb::Called => "button-called",
        Verb::NoAnswer => "button-no-answer",
        Verb::Done => "button-done",
        Verb::Quote => "quote-button",
        Verb::Withdraw => "quote-button-withdraw",
        Verb::Media => "button-media",
        Verb::Confirm => "button-confirm",
        Verb::NotFixed => "button-not-fixed",
        Verb::Cancel => "button-cancel-ticket",
        Verb::Progress => "visit-button-progress",
        Verb::Stranger => "visit-button-stranger",
        Verb::Opinion => "rating-button-opinion",
        Verb::Phone => "button-correct-phone",
        Verb::Address => "button-correct-address",
        Verb::Hand => "button-hand",
        Verb::Answer => "button-answer",
        Verb::Close => "button-close",
        Verb::CallOff => "button-cancel-ticket",
        Verb::Assign => "button-assign",
        Verb::TakeBack => "button-take-back",
        Verb::Show | Verb::Open => "button-show",
        Verb::Link => "button-join-link",
        Verb::Add => "button-add",
        Verb::Recording => "recording-button",
        Verb::Record => "recording-button-agree",
        Verb::NoRecord => "recording-button-refuse",
        Verb::SetPhone => "button-correct-phone",
        Verb::SetAddress => "button-correct-address",
        Verb::Reopen => "button-reopen",
    };
    Button { label: Text::new(label).with("ticket", shown(ticket)), does: Does::Press(wish.encode()) }
}
