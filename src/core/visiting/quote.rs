//! The quote: the technician says what the work will cost, the customer accepts or declines, and until then nobody begins.
use crate::desk::price::{self, Price, Unread, shown as money};
use crate::desk::quote::{AMOUNT, Quote, Stale, Unsettled};
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::definition::{Choice, Finish, Slot};
use crate::dialog::fold::fold;
use crate::dialog::machine::{Answer, Labels};
use crate::dialog::parse::choice;
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::say::{Arg, Button, Does, Keyboard, Place, Recipient, Text};

use crate::core::cards::wish;
use crate::core::contact::{self, How};
use crate::core::data::{Verb, Wish};
use crate::core::finish;
use crate::core::stage::{Stage, shown};
use crate::core::talk;

mod show;

pub(in crate::core) use show::{customer_line, customer_row, note, progress, rows, staff_line, told, why_text};
use show::{included, parts};

/// Slots in which amounts are typed.
const AMOUNTS: [&str; 5] = ["price", "labour", "parts", "call_out", AMOUNT];

/// The list of the customer's answers.
const ANSWERS: &str = "quote_answers";

/// The claimer wants to say what it will cost.
pub(in crate::core) fn begin(stage: &mut Stage<'_>, ticket: &Ticket) {
    if ticket.by_phone() {
        // Nobody there could accept it; they agree on the phone.
        return stage.alert(Text::new("quote-by-phone").with("phone", &ticket.details.phone));
    }
    talk::begin_about(stage, "quote", ticket);
}

/// Reads what is typed where the running dialog asks for an amount, so that what cannot be read is asked again at once.
/// Everything else passes as it is.
///
/// # Errors
/// The text that says what is wrong.
pub(in crate::core) fn check(stage: &Stage<'_>, answer: Answer) -> Result<Answer, Text> {
    let book = &stage.world.book;
    let asked = stage.run().and_then(|run| {
        let dialog = book.dialog(&run.dialog).filter(|d| matches!(d.finish, Finish::Quote | Finish::Visit))?;
        dialog.slot(run.asking.as_deref()?).filter(|slot| AMOUNTS.contains(&slot.id()))
    });
    let (Some(slot), Answer::Words(words)) = (asked, &answer) else { return Ok(answer) };
    if book.intent(words).is_some() || is_option(stage, slot, words) {
        return Ok(answer);
    }
    let read = match slot.id() {
        "price" => price::read(words).map(|price| price.shown()).map_err(unread),
        _ => price::amount(words).map(money).map_err(no_amount),
    };
    read.map(Answer::Words)
}

/// Whether the words are those of an option, not nearly so.
fn is_option(stage: &Stage<'_>, slot: &Slot, words: &str) -> bool {
    let (list, folded) = (slot.options.as_deref().unwrap_or_default(), fold(words));
    stage.world.book.options(slot).iter().any(|option| {
        let labels = stage.world.texts.all(&format!("{list}-{}", option.id));
        option.words.iter().any(|w| w.is_match(&folded)) || labels.iter().any(|label| fold(label) == folded)
    })
}

/// What is said where a single amount is asked for.
pub(in crate::core) fn no_amount(why: Unread) -> Text {
    match why {
        Unread::Unclear => Text::new("price-unclear-amount"),
        other => unread(other),
    }
}

fn unread(why: Unread) -> Text {
    match why {
        Unread::Unclear => Text::new("price-unclear"),
        Unread::TooMuch => Text::new("price-too-much").with("most", money(price::MOST)),
        Unread::Sum { sum, said } => Text::new("price-sum").with("sum", money(sum)).with("said", money(said)),
    }
}

/// What the dialog has collected.
fn price_of(run: &Run) -> Result<Price, Unread> {
    let part = |slot: &str| match run.slots.get(slot) {
        Some(Value::Words(words)) => price::amount(words),
        _ => Ok(0),
    };
    match run.slots.get("price") {
        Some(Value::Words(words)) => price::read(words),
        _ => {
            let one = Price { labour: part("labour")?, parts: part("parts")?, call_out: part("call_out")?, lump: 0 };
            if one.total() > price::MOST { Err(Unread::TooMuch) } else { Ok(one) }
        }
    }
}

/// The claimer has said what it will cost: the customer is asked.
pub(in crate::core) fn given(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run) -> bool {
    let (me, number) = (stage.scene.person.id, shown(ticket.number));
    let price = match price_of(run) {
        Ok(price) => price,
        Err(why) => {
            stage.tell(stage.me(), unread(why));
            begin(stage, &ticket);
            return true;
        }
    };
    let Ok(before) = ticket.quote(me, price, finish::words(run, "included"), stage.now) else { return false };
    let gone = stage.scene.customer.as_ref().is_some_and(|customer| !customer.reachable);
    if !gone {
        contact::contacted(stage, &mut ticket, How::Written);
    }
    let note = note(before.map(|quote| quote.price.total()), Some(price.total()));
    stage.put(&ticket, me, "quoted", &note);
    ask(stage, &ticket, None);
    cards(stage, &ticket, true);
    let key = if gone { "quote-unreached" } else { "quote-sent" };
    let text = Text::new(key).with("ticket", number).with("total", money(price.total()));
    stage.tell(stage.me(), text.with("phone", &ticket.details.phone));
    true
}

/// The customer answers in words: which version they mean, only a tap can tell. Gives whether that is what they said.
pub(in crate::core) fn in_words(stage: &mut Stage<'_>, ticket: &Ticket, words: &str) -> bool {
    let answers = stage.world.book.lists().find(|list| list.name == ANSWERS).map_or(&[][..], |list| &list.options);
    let answers: Vec<&Choice> = answers.iter().collect();
    let meant = ticket.details.quotes.open().is_some() && !choice::by_pattern(&answers, &fold(words)).is_empty();
    if meant {
        ask(stage, ticket, Some(Text::new("quote-tap")));
    }
    meant
}

/// Asks the customer; `more` closes the message.
fn ask(stage: &mut Stage<'_>, ticket: &Ticket, more: Option<Text>) {
    let Some(quote) = ticket.details.quotes.open() else { return };
    let mut lines = offer(ticket, quote);
    if let Some(held) = ticket.details.quotes.due() {
        lines.push(Text::new("quote-replaces").with("total", money(held.price.total())));
    }
    lines.push(match (ticket.details.quotes.accepted.is_some(), quote.price.call_out) {
        (false, 1..) => Text::new("quote-ask-call-out").with("call_out", money(quote.price.call_out)),
        _ => Text::new("quote-ask"),
    });
    lines.extend(more);
    let rows = vec![answers(ticket.number, quote.version)];
    stage.show(Recipient::Person(ticket.customer), lines, Keyboard::Inline(rows), Place::New);
}

/// What a quote says, as the customer reads it.
fn offer(ticket: &Ticket, quote: &Quote) -> Vec<Text> {
    let head = Text::new("quote-offer").with("ticket", shown(ticket.number)).with("version", quote.version);
    let mut lines = vec![head.with("technician", &ticket.details.technician)];
    lines.extend(parts(quote));
    lines.push(Text::new("quote-total").with("total", total(quote)));
    lines.extend(included(quote));
    lines
}

/// The customer's buttons under a quote.
fn answers(number: i64, version: i64) -> Vec<Button> {
    [("accept", Wish::Accept(number, version)), ("decline", Wish::Decline(number, version))]
        .map(|(id, wish)| Button { label: Text::new(format!("{ANSWERS}-{id}")), does: Does::Press(wish.encode()) })
        .to_vec()
}

/// The claimer takes it back.
pub(in crate::core) fn withdraw(stage: &mut Stage<'_>, mut ticket: Ticket) {
    let (me, number) = (stage.scene.person.id, shown(ticket.number));
    let Ok(Some(quote)) = ticket.withdraw_quote(me, stage.now) else {
        return stage.toast(Text::new("quote-nothing-open").with("ticket", number));
    };
    let total = quote.price.total();
    stage.put(&ticket, me, "withdrawn", &note(Some(total), None));
    cards(stage, &ticket, false);
    let text = |key: &str| Text::new(key).with("ticket", number.as_str()).with("total", money(total));
    stage.toast(text("quote-withdrawn"));
    if quote.declined.is_none() {
        let told = text("quote-told-withdrawn").with("technician", &ticket.details.technician);
        stage.tell(Recipient::Person(ticket.customer), told);
    }
}

/// The customer accepts.
pub(in crate::core) fn accept(stage: &mut Stage<'_>, message: i64, number: i64, version: i64) {
    let me = stage.scene.person.id;
    let Some(mut ticket) = stage.ticket(number) else { return stage.toast(Text::new("old-button")) };
    let before = match ticket.accept_quote(me, version, stage.now) {
        Ok(before) => before.filter(|quote| !quote.charged),
        Err(stale) => return refuse(stage, &ticket, stale),
    };
    let Some(quote) = ticket.details.quotes.accepted.clone() else { return };
    stage.put(&ticket, me, "accepted", &note(before.map(|quote| quote.price.total()), Some(quote.price.total())));
    answered(stage, &ticket, message, &quote, Text::new("quote-accepted"));
    cards(stage, &ticket, true);
    tell_claimer(stage, &ticket, Text::new("quote-told-accepted").with("total", total(&quote)));
}

/// The customer declines: the technician knows at once, why may follow.
pub(in crate::core) fn decline(stage: &mut Stage<'_>, message: i64, number: i64, version: i64) {
    let me = stage.scene.person.id;
    let Some(mut ticket) = stage.ticket(number) else { return stage.toast(Text::new("old-button")) };
    if let Err(stale) = ticket.decline_quote(me, version, stage.now) {
        return refuse(stage, &ticket, stale);
    }
    let Some(quote) = ticket.details.quotes.declined().cloned() else { return };
    stage.put(&ticket, me, "declined", &note(None, Some(quote.price.total())));
    answered(stage, &ticket, message, &quote, Text::new("quote-declined"));
    cards(stage, &ticket, true);
    tell_claimer(stage, &ticket, Text::new("quote-told-declined").with("total", total(&quote)));
    if stage.run().is_none() {
        // Nobody loses a report that they are writing over a question that may stay open.
        talk::begin_about(stage, "decline", &ticket);
    }
}

/// The customer has said why they declined.
pub(in crate::core) fn because(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run) -> bool {
    let me = stage.scene.person.id;
    let why = finish::choice_or_words(run, "reason");
    if ticket.customer != me || ticket.status != Status::Claimed {
        return false;
    }
    if why.is_empty() {
        return true;
    }
    let Some(quote) = ticket.details.quotes.pending.as_mut().filter(|quote| quote.declined.is_some()) else {
        stage.tell(stage.me(), Text::new("quote-stale-replaced").with("ticket", shown(ticket.number)));
        return true;
    };
    quote.why.clone_from(&why);
    stage.put(&ticket, me, "declined_why", &why);
    cards(stage, &ticket, true);
    let told = match why.strip_prefix('@') {
        Some(_) => Text::new("quote-told-why").with("why", why_text(&why)),
        // Own words stand on the card alone, which is protected and can be taken back.
        None => Text::new("quote-told-why-words"),
    };
    tell_claimer(stage, &ticket, told);
    stage.tell(stage.me(), Text::new("quote-why-noted").with("ticket", shown(ticket.number)));
    true
}

fn tell_claimer(stage: &mut Stage<'_>, ticket: &Ticket, text: Text) {
    if let Some(claimer) = ticket.claimer {
        stage.tell(Recipient::Person(claimer), text.with("ticket", shown(ticket.number)));
    }
}

/// The message that asked says what was answered, and asks no more. The living card stays one.
fn answered(stage: &mut Stage<'_>, ticket: &Ticket, message: i64, quote: &Quote, answer: Text) {
    let mut lines = offer(ticket, quote);
    lines.push(answer);
    let place = if stage.scene.card.is_none() { Place::Edit(message) } else { Place::New };
    stage.show(stage.me(), lines, Keyboard::None, place);
}

/// Shows the quotes as they are now to those who read them on their cards; the crew's group is not among them. `news`: the
/// claimer's card comes again, since edits do not notify.
fn cards(stage: &mut Stage<'_>, ticket: &Ticket, news: bool) {
    stage.customer_card(ticket, false);
    if ticket.crew.is_none() {
        stage.desk_cards(ticket, false);
    }
    if let Some(claimer) = ticket.claimer {
        stage.technician_card(ticket, claimer, news);
    }
}

/// An answer that does not count is answered politely, and changes nothing.
fn refuse(stage: &mut Stage<'_>, ticket: &Ticket, stale: Stale) {
    let key = match stale {
        // Somebody else's ticket and one that does not exist answer alike.
        Stale::Unknown => return stage.toast(Text::new("old-button")),
        Stale::Over => "ticket-over",
        Stale::Accepted => "quote-stale-accepted",
        Stale::Declined => "quote-stale-declined",
        Stale::Replaced => "quote-stale-replaced",
    };
    stage.alert(Text::new(key).with("ticket", shown(ticket.number)));
}

/// Work may not begin, or the job not end, as the quotes stand.
pub(in crate::core) fn refuse_stage(stage: &mut Stage<'_>, ticket: &Ticket, unsettled: Unsettled) {
    let key = match unsettled {
        Unsettled::Open => "quote-first-open",
        Unsettled::Declined => "quote-first-declined",
        Unsettled::Missing => "quote-first-missing",
    };
    let total = ticket.details.quotes.pending.as_ref().map_or(0, |quote| quote.price.total());
    let text = Text::new(key).with("ticket", shown(ticket.number)).with("total", money(total));
    stage.show(stage.me(), vec![text], Keyboard::Inline(vec![rows(ticket)]), Place::New);
}

/// Whoever made it no longer has the job: the customer is told that the quote binds nobody any more. `first`: what they are
/// told besides.
pub(in crate::core) fn tell_fallen(stage: &mut Stage<'_>, ticket: &Ticket, first: Option<Text>, fell: Option<&Quote>) {
    let key = if first.is_some() { "quote-fell" } else { "quote-fell-alone" };
    let fell = fell.map(|quote| Text::new(key).with("ticket", shown(ticket.number)).with("total", total(quote)));
    let lines: Vec<Text> = first.into_iter().chain(fell).collect();
    if !lines.is_empty() {
        stage.show(Recipient::Person(ticket.customer), lines, Keyboard::None, Place::New);
    }
}

/// The amount of a quote, as an argument.
pub(in crate::core) fn total(quote: &Quote) -> Arg {
    Arg::Words(money(quote.price.total()))
}

/// The claimer's button.
pub(in crate::core) fn button(ticket: &Ticket) -> Button {
    let anew = ticket.details.quotes.pending.is_some();
    let label = Text::new(if anew { "quote-button-anew" } else { "quote-button" });
    Button { label, ..wish(Verb::Quote, ticket.number) }
}
