//! Tickets for those who phone: opened by a dispatcher, joined by the customer later, if they like.
use crate::desk::caller::NOBODY;
use crate::desk::ticket::{Refusal, Status, Ticket};
use crate::dialog::session::Run;
use crate::vocabulary::input::Press;
use crate::vocabulary::say::{Button, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::cards::wish;
use crate::core::data::{Verb, Wish};
use crate::core::stage::{Stage, shown};
use crate::core::{assign, commands, contact, dispatch, offer, recording, report, talk};

/// `/call`, and what may stand behind it: all of it, or a part that need not be asked for.
pub(in crate::core) fn begin(stage: &mut Stage<'_>, words: &str) {
    if stage.run().is_some() {
        return talk::repeat(stage, Some(Text::new("dialog-first")));
    }
    talk::begin(stage, "caller", None, Some(words).filter(|words| !words.is_empty()), None);
    let admin = stage.scene.person.admin;
    if let Some(run) = stage.scene.session.run.as_mut() {
        (run.desk, run.admin) = (true, admin);
    }
}

/// The dispatcher has everything.
pub(in crate::core) fn submit(stage: &mut Stage<'_>, run: &Run) {
    if !run.desk {
        return stage.tell(stage.me(), Text::new("unknown-command"));
    }
    let ticket = report::made(stage, run, NOBODY);
    offer::announce(stage, &ticket, None);
    let taken = match ticket.promise {
        Some(by) => Text::new("caller-taken-promised").with("by", stage.time(by)),
        None => Text::new("caller-taken"),
    };
    let lines = vec![taken.with("ticket", shown(ticket.number))];
    let rows = buttons(&ticket);
    let to = stage.me();
    // With the link that somebody could make of it, it is for them alone.
    let what = What::Text(lines);
    stage.say(Say { to, what, keyboard: Keyboard::Inline(rows), place: Place::New, priority: Priority::Reply, protect: true });
}

/// What dispatchers do for customers who phone, whether or not they are in Telegram.
pub(in crate::core) fn buttons(ticket: &Ticket) -> Vec<Vec<Button>> {
    let wish = |verb| wish(verb, ticket.number);
    let mut rows = Vec::new();
    if ticket.trial || ticket.is_blank() {
        return rows;
    }
    if ticket.status.is_open() {
        rows.push(vec![wish(Verb::SetPhone), wish(Verb::SetAddress)]);
    }
    if ticket.status == Status::Done {
        rows.push(vec![wish(Verb::Reopen)]);
    }
    if ticket.by_phone() && (ticket.status.is_open() || ticket.status == Status::Done) {
        rows.push(vec![wish(Verb::Link)]);
    }
    if !ticket.details.recording.entries.is_empty() {
        rows.push(vec![recording::show_button(ticket)]);
    }
    rows
}

/// All that a dispatcher can do with a ticket that they look at.
pub(in crate::core) fn all_buttons(ticket: &Ticket) -> Vec<Vec<Button>> {
    assign::buttons(ticket).into_iter().chain(buttons(ticket)).collect()
}

/// Shows the link by which the customer joins, to a dispatcher or to whoever has the job. The first one stays good: it may be
/// in the customer's hands already.
pub(in crate::core) fn link(stage: &mut Stage<'_>, mut ticket: Ticket, p: &Press) {
    let number = ticket.number;
    if !ticket.by_phone() {
        return stage.alert(Text::new("link-joined").with("ticket", shown(number)));
    }
    if ticket.details.join.is_empty() {
        let Some(code) = stage.scene.fresh_code.take() else { return stage.toast(Text::new("try-again")) };
        ticket.details.join = code;
        stage.put_quietly(&ticket);
    }
    let link = format!("https://t.me/{}?start={}", stage.world.settings.bot_name, Wish::join(number, &ticket.details.join));
    let text = Text::new("join-link").with("ticket", shown(number)).with("link", link).with("phone", &ticket.details.phone);
    stage.tell(dispatch::place_of(p), text);
}

/// Somebody opened the link of a ticket. One that is wrong, used or too late says no more than that.
pub(in crate::core) fn join(stage: &mut Stage<'_>, number: i64, code: &str) {
    let me = stage.scene.person.id;
    let Some(mut ticket) = stage.ticket(number) else { return dead(stage) };
    match ticket.join(me, code, stage.scene.person.lang, stage.now) {
        Ok(()) => {}
        // The link is tapped again.
        Err(Refusal::Taken) if ticket.customer == me => return stage.customer_card(&ticket, true),
        Err(_) => return dead(stage),
    }
    // Whoever waited for them to call back waits no longer.
    contact::heard(stage, &mut ticket);
    stage.put(&ticket, me, "joined", "");
    stage.tell(stage.me(), Text::new("joined").with("ticket", shown(number)));
    stage.customer_card(&ticket, true);
    stage.refresh_staff(&ticket);
    if let (Status::Claimed, Some(claimer)) = (ticket.status, ticket.claimer) {
        stage.tell(Recipient::Person(claimer), Text::new("told-joined").with("ticket", shown(number)));
    }
}

fn dead(stage: &mut Stage<'_>) {
    commands::menu(stage, "join-dead");
}
