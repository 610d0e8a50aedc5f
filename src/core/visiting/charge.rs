//! What is charged in the end, beside what was agreed on.
use crate::desk::price::{self, Fen, shown as money};
use crate::desk::quote::{ABOVE, AMOUNT};
use crate::desk::ticket::Ticket;
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::say::Text;

use crate::core::cards::field;
use crate::core::quote;
use crate::core::stage::{Stage, shown};

/// The option with which the amount is asked for anew.
const WRONG: &str = "wrong";

/// What was agreed on and is still to be paid, as it is shown: offered as the answer to how much was charged.
pub(in crate::core) fn offered(stage: &Stage<'_>, ticket: Option<i64>) -> Option<String> {
    let ticket = stage.ticket(ticket?)?;
    ticket.details.quotes.due().map(|quote| money(quote.price.total()))
}

/// What the technician says was charged: the id of an option behind `@`, or the amount; `None`: that was none, and they have
/// been told.
pub(in crate::core) fn said(stage: &mut Stage<'_>, ticket: &Ticket, run: &Run) -> Option<String> {
    match run.slots.get(AMOUNT) {
        Some(Value::Choice(id)) => {
            let quoted = stage.world.book.lists().any(|l| l.options.iter().any(|o| o.id == *id && o.quoted));
            if !quoted {
                return Some(format!("@{id}"));
            }
            let due = ticket.details.quotes.due().map(|quote| money(quote.price.total()));
            // What the button said must still hold.
            if due.is_none() || due != run.quoted {
                stage.tell(stage.me(), Text::new("charge-changed").with("ticket", shown(ticket.number)));
                return None;
            }
            due
        }
        Some(Value::Words(words)) => match price::amount(words) {
            Ok(fen) => Some(money(fen)),
            Err(why) => {
                stage.tell(stage.me(), quote::no_amount(why));
                None
            }
        },
        _ => None,
    }
}

/// The technician says why it is more. Gives whether there was a slip: then the amount is forgotten.
pub(in crate::core) fn slipped(ticket: &mut Ticket, run: &Run) -> bool {
    let slip = matches!(run.slots.get(ABOVE), Some(Value::Choice(id)) if id == WRONG);
    if slip {
        for answer in [AMOUNT, ABOVE] {
            ticket.details.visit.answers.remove(answer);
        }
    }
    slip
}

/// What was agreed on, if more than that is charged.
fn exceeded(stage: &Stage<'_>, ticket: &Ticket) -> Option<Fen> {
    let demands = stage.world.book.visit.demands_quote(&ticket.fault);
    let agreed = ticket.details.quotes.agreed(demands)?;
    (ticket.details.visit.charged()? > agreed).then_some(agreed)
}

/// Whether more is charged than was agreed on.
pub(in crate::core) fn is_above(stage: &Stage<'_>, ticket: &Ticket) -> bool {
    exceeded(stage, ticket).is_some()
}

/// The job is done: the history keeps amount and quote, and dispatchers know where it is more.
pub(in crate::core) fn noted(stage: &mut Stage<'_>, ticket: &Ticket) {
    let quotes = &ticket.details.quotes;
    let quote = quotes.due().or(quotes.declined());
    let Some(charged) = ticket.details.visit.charged() else { return };
    let above = exceeded(stage, ticket);
    let Some(from) = quote.map(|quote| quote.price.total()).or(above) else { return };
    let why = ticket.details.visit.answers.get(ABOVE).filter(|_| above.is_some()).cloned().unwrap_or_default();
    let note = quote::note(Some(from), Some(charged));
    stage.put(ticket, stage.scene.person.id, "charged", format!("{note}\n{why}").trim_end());
    if let Some(agreed) = above {
        let key = if agreed == 0 { "charge-alone-desk" } else { "charge-above-desk" };
        let text = Text::new(key)
            .with("ticket", shown(ticket.number))
            .with("amount", money(charged))
            .with("agreed", money(agreed))
            .with("technician", &ticket.details.technician)
            .with("phone", &ticket.details.technician_phone)
            .with("why", why_text(&why));
        for to in stage.desk() {
            stage.tell(to, text.clone());
        }
    }
}

/// Why more was charged, in words.
pub(in crate::core) fn why_text(why: &str) -> Text {
    match why.strip_prefix('@') {
        Some(option) => Text::new(format!("above_reasons-{option}")),
        None if why.is_empty() => Text::new("empty"),
        None => Text::new("words").with("words", why),
    }
}

/// What was charged, beside what was agreed on: for the customer before they confirm, and for dispatchers.
pub(in crate::core) fn lines(ticket: &Ticket) -> Vec<Text> {
    let (visit, quotes) = (&ticket.details.visit, &ticket.details.quotes);
    let Some(said) = visit.answers.get(AMOUNT).filter(|said| !said.is_empty()) else { return Vec::new() };
    let amount = match said.strip_prefix('@') {
        Some(option) => Text::new(format!("amounts-{option}")),
        None => Text::new("words").with("words", said),
    };
    let first = match (quotes.due(), quotes.declined()) {
        (Some(quote), _) if said.starts_with('@') => {
            Text::new("charge-nothing").with("amount", amount).with("quote", quote::total(quote))
        }
        (Some(quote), _) => Text::new("charge-line").with("amount", amount).with("quote", quote::total(quote)),
        (None, Some(quote)) => Text::new("charge-declined").with("amount", amount).with("quote", quote::total(quote)),
        (None, None) => field("amount", amount),
    };
    let why = visit.answers.get(ABOVE).map(|why| Text::new("charge-why").with("why", why_text(why)));
    [first].into_iter().chain(why).collect()
}

/// The customer says that it is not fixed: whether what they paid covers the next visit.
pub(in crate::core) fn covered(ticket: &Ticket) -> Option<Text> {
    let quote = ticket.details.quotes.accepted.as_ref().filter(|quote| quote.charged)?;
    Some(Text::new("charge-covered").with("quote", quote::total(quote)))
}
