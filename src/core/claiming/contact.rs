//! The first contact with the customer: called, tried in vain, or written to through the bot.
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::fold::clean;
use crate::vocabulary::input::Message;
use crate::vocabulary::say::{Keyboard, Place, Recipient, Text};

use crate::core::cards::wish;
use crate::core::data::Verb;
use crate::core::stage::{Stage, shown};
use crate::core::{lease, promise};

/// Most characters of a message that is passed on.
const WORDS: usize = 1000;

/// How the customer was contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) enum How {
    /// By phone, as the technician says.
    Called,
    /// By words that the bot passed on.
    Written,
    /// By offering times for a visit.
    Offered,
    /// By a visit.
    Visited,
}

impl How {
    /// Key of the text that says so; the note of the line of history, behind `@`.
    fn key(self) -> &'static str {
        match self {
            How::Called => "contacted-called",
            How::Written => "contacted-written",
            How::Offered => "contacted-offered",
            How::Visited => "contacted-visited",
        }
    }
}

/// Notes that the claimer has contacted the customer: what was promised is decided. Gives whether that was new.
pub(in crate::core) fn contacted(stage: &mut Stage<'_>, ticket: &mut Ticket, how: How) -> bool {
    let me = stage.scene.person.id;
    promise::resume(stage, ticket);
    ticket.details.unreached = None;
    if ticket.contact(me, stage.now) != Ok(true) {
        return false;
    }
    promise::stop(stage, ticket.number);
    lease::stop(stage, ticket.number);
    stage.put(ticket, me, "contacted", &format!("@{}", how.key()));
    true
}

/// The claimer taps *called*.
pub(in crate::core) fn called(stage: &mut Stage<'_>, mut ticket: Ticket) {
    let number = shown(ticket.number);
    if !contacted(stage, &mut ticket, How::Called) {
        return stage.toast(Text::new("contact-known").with("ticket", number));
    }
    stage.toast(Text::new("contact-noted").with("ticket", number));
    stage.refresh_staff(&ticket);
}

/// The claimer taps *no answer*: the customer is asked, and the clock waits for them.
pub(in crate::core) fn no_answer(stage: &mut Stage<'_>, mut ticket: Ticket) {
    let number = shown(ticket.number);
    if ticket.details.contacted.is_some() {
        // An old screen: nobody waits for this call any more.
        return stage.toast(Text::new("contact-known").with("ticket", number));
    }
    if ticket.details.unreached.is_some() {
        return stage.toast(Text::new("unreached-known").with("ticket", number));
    }
    ticket.details.unreached = Some(stage.now);
    promise::pause(stage, &mut ticket);
    lease::stop(stage, ticket.number);
    stage.put(&ticket, stage.scene.person.id, "unreached", "");
    stage.refresh_staff(&ticket);
    if ticket.by_phone() {
        // Nobody but the desk can ask them to call back.
        stage.toast(Text::new("unreached-noted-phone").with("ticket", number.clone()));
        let text = Text::new("told-unreached-desk").with("ticket", number).with("own", &ticket.details.phone);
        let text = text.with("technician", &ticket.details.technician).with("phone", &ticket.details.technician_phone);
        return stage.desk().into_iter().for_each(|to| stage.tell(to, text.clone()));
    }
    stage.toast(Text::new("unreached-noted").with("ticket", number.clone()));
    let text = Text::new("told-unreached")
        .with("ticket", number)
        .with("technician", &ticket.details.technician)
        .with("phone", &ticket.details.technician_phone)
        .with("own", &ticket.details.phone);
    let rows = vec![vec![wish(Verb::Phone, ticket.number)]];
    stage.show(Recipient::Person(ticket.customer), vec![text], Keyboard::Inline(rows), Place::New);
}

/// The customer has said something: whoever waited for it is at work again.
pub(in crate::core) fn heard(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let waited = ticket.details.unreached.take().is_some();
    promise::resume(stage, ticket);
    if waited && ticket.status == Status::Claimed && ticket.details.contacted.is_none() {
        lease::begin(stage, ticket);
    }
}

/// The claimer replies to the ticket's card: their words go to the customer.
pub(in crate::core) fn pass_on(stage: &mut Stage<'_>, mut ticket: Ticket, m: &Message) {
    let number = shown(ticket.number);
    if ticket.by_phone() {
        return stage.tell(stage.me(), Text::new("caller-phone-them").with("phone", &ticket.details.phone));
    }
    let words = m.text().map(|text| clean(text, WORDS)).unwrap_or_default();
    if words.is_empty() {
        return stage.tell(stage.me(), Text::new("relay-words-only"));
    }
    let new = contacted(stage, &mut ticket, How::Written);
    ticket.updated = stage.now;
    stage.put(&ticket, stage.scene.person.id, "relayed", &words);
    let text = Text::new("told-relay").with("ticket", number.clone()).with("technician", &ticket.details.technician);
    stage.tell(Recipient::Person(ticket.customer), text.with("words", words));
    if new {
        stage.refresh_staff(&ticket);
    }
    stage.tell(stage.me(), Text::new("relay-sent").with("ticket", number));
}
