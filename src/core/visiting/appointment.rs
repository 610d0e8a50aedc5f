//! The appointment: the technician offers times, the customer picks one or says another, both can move it and call it off.
//! Whoever did not do it is told at once; what was agreed holds until something else is.
use crate::desk::appointment::{MOST, Unclear, Window, of_day, windows};
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::vocabulary::input::Press;
use crate::vocabulary::say::{Button, Keyboard, Place, Recipient, Text};

use crate::core::contact::{self, How};
use crate::core::data::Appoint;
use crate::core::stage::{Stage, shown};
use crate::core::{finish, lease, promise, talk};

mod calendar;
mod handover;
mod phone;
mod remind;
mod show;

pub(in crate::core) use calendar::take_away;
pub(in crate::core) use handover::{cancelled, closed, gone, inherited, kept, orphaned, released, taken_over};
pub(in crate::core) use remind::tick;
pub(in crate::core) use show::{
    customer_lines, customer_rows, due, history, progress, staff_line, technician_lines, technician_rows,
};

use phone::{agreed_by_phone, heard_of, must_phone};
use show::{button, window};

/// The list of usual times.
const LIST: &str = "appointment_times";
/// The dialogs of the two sides.
const OFFER: &str = "appointment";
const WISH: &str = "appointment_wish";

/// A tap in private on a button about an appointment.
pub(in crate::core) fn press(stage: &mut Stage<'_>, p: &Press, number: i64, wish: Appoint) {
    let me = p.from.id;
    // Somebody else's ticket and one that does not exist answer alike.
    let mine = |t: &Ticket| !t.trial && (t.customer == me || t.claimer == Some(me));
    let Some(ticket) = stage.ticket(number).filter(mine) else { return stage.toast(Text::new("old-button")) };
    if !ticket.status.is_open() {
        return stage.toast(Text::new("ticket-over").with("ticket", shown(number)));
    }
    let (customer, claimer) = (ticket.customer == me, ticket.claimer == Some(me));
    match wish {
        Appoint::Pick(round, n) if customer => pick(stage, p, ticket, round, n),
        Appoint::OtherTime if customer => match may_wish(&ticket) {
            true => talk::begin_about(stage, WISH, &ticket),
            false => stale(stage, &ticket),
        },
        Appoint::CallOff if customer || claimer => call_off(stage, p, ticket),
        Appoint::Offer if claimer && ticket.details.appointment.unheard => stage.alert(must_phone(&ticket)),
        Appoint::Offer if claimer => talk::begin_about(stage, OFFER, &ticket),
        Appoint::Grant(round, n) if claimer => grant(stage, p, ticket, round, n),
        Appoint::Calendar if claimer => calendar::for_technician(stage, ticket),
        _ => stage.toast(Text::new("old-button")),
    }
}

/// The technician has said when they can come.
pub(in crate::core) fn offered(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run) -> bool {
    let (me, now, zone) = (stage.scene.person.id, stage.now, stage.world.settings.timezone);
    if ticket.claimer != Some(me) || ticket.status != Status::Claimed || ticket.trial {
        return false;
    }
    if ticket.details.appointment.unheard {
        // They blocked the bot while the technician wrote.
        stage.tell(stage.me(), must_phone(&ticket));
        return true;
    }
    let read = match run.slots.get("times") {
        Some(Value::Choice(id)) => match stage.world.book.choice(LIST, id).and_then(|c| Some((c.day?, c.hours?))) {
            Some((day, hours)) => of_day(day, hours, now, zone).map(|one| vec![one]),
            None => Err(Unclear::Words),
        },
        Some(Value::Words(words)) => windows(words, now, zone),
        _ => Err(Unclear::Words),
    };
    let windows = match read {
        Ok(windows) => windows,
        Err(why) => {
            stage.tell(stage.me(), unclear(why));
            talk::begin_about(stage, &run.dialog, &ticket);
            return true;
        }
    };
    if ticket.by_phone() {
        return agreed_by_phone(stage, ticket, run, &windows);
    }
    contact::contacted(stage, &mut ticket, How::Offered);
    ticket.details.appointment.offer(windows.clone());
    ticket.updated = now;
    let note: Vec<String> = windows.iter().map(Window::to_string).collect();
    stage.put(&ticket, me, "offered", &note.join(","));
    // The card is far above by now, and says what the customer was asked.
    stage.refresh_news(&ticket);
    let text = match ticket.details.appointment.ahead(now) {
        Some(holds) => about("told-offered-holds", &ticket).with("window", window(holds)),
        None => about("told-offered", &ticket),
    };
    let rows = show::choices(stage, &ticket);
    stage.show(Recipient::Person(ticket.customer), vec![text], Keyboard::Inline(rows), Place::New);
    true
}

/// Why a time cannot be offered, and how to write it.
fn unclear(why: Unclear) -> Text {
    match why {
        Unclear::Words => Text::new("appointment-unclear"),
        Unclear::Past => Text::new("appointment-past"),
        Unclear::Far => Text::new("appointment-far"),
        Unclear::Many => Text::new("appointment-many").with("most", i64::try_from(MOST).unwrap_or_default()),
    }
}

/// Whether there is anything that the customer could wish otherwise, and somebody who reads it, now or later.
fn may_wish(ticket: &Ticket) -> bool {
    let one = &ticket.details.appointment;
    let said = !one.offered.is_empty() || !one.wish.is_empty();
    one.agreed.is_some() || (ticket.status == Status::Claimed && said)
}

/// The customer picks a window.
fn pick(stage: &mut Stage<'_>, p: &Press, mut ticket: Ticket, round: i64, n: i64) {
    let n = usize::try_from(n - 1).unwrap_or(usize::MAX);
    let one = &ticket.details.appointment;
    let Some(chosen) = one.picked(round, n, stage.now).filter(|_| ticket.status == Status::Claimed) else {
        return match one.offered.get(n).filter(|_| round == one.round) {
            Some(_) => stage.alert(Text::new("appointment-passed")),
            None => stale(stage, &ticket),
        };
    };
    contact::heard(stage, &mut ticket);
    if stage.scene.card.is_none() {
        // The message that asked says what was answered, and asks no more.
        let text = about("appointment-picked", &ticket).with("window", window(chosen));
        stage.show(stage.me(), vec![text], Keyboard::None, Place::Edit(p.message));
    }
    picked(stage, ticket, chosen);
}

/// The customer has picked a window: everybody hears of it.
fn picked(stage: &mut Stage<'_>, mut ticket: Ticket, chosen: Window) {
    let before = agree(stage, &mut ticket, chosen);
    let text = |key: &str| about(key, &ticket).with("window", window(chosen));
    let to = Recipient::Person(ticket.customer);
    let (customer, technician) = (text("told-agreed"), text(if before { "told-picked-moved" } else { "told-picked" }));
    calendar::send(stage, &mut ticket, to, customer);
    if let Some(claimer) = ticket.claimer {
        let rows = vec![vec![button(ticket.number, Appoint::Calendar, "button-calendar")]];
        stage.show(Recipient::Person(claimer), vec![technician], Keyboard::Inline(rows), Place::New);
    }
}

/// The customer answers an offer in words, without a button: a window that is offered is picked, another one is a wish. Gives
/// whether their words are such an answer.
pub(in crate::core) fn said(stage: &mut Stage<'_>, ticket: &Ticket, words: &str) -> bool {
    let offered = &ticket.details.appointment.offered;
    if ticket.status != Status::Claimed || offered.is_empty() {
        return false;
    }
    let Ok(found) = windows(words, stage.now, stage.world.settings.timezone) else { return false };
    let mut ticket = ticket.clone();
    match found[..] {
        [one] if offered.contains(&one) => {
            contact::heard(stage, &mut ticket);
            picked(stage, ticket, one);
        }
        _ => wishes(stage, ticket, words, found),
    }
    true
}

/// The technician agrees to what the customer wished.
fn grant(stage: &mut Stage<'_>, p: &Press, mut ticket: Ticket, round: i64, n: i64) {
    let n = usize::try_from(n - 1).unwrap_or(usize::MAX);
    let Some(chosen) = ticket.details.appointment.granted(round, n, stage.now) else { return stale(stage, &ticket) };
    contact::contacted(stage, &mut ticket, How::Offered);
    agree(stage, &mut ticket, chosen);
    let text = |key: &str| about(key, &ticket).with("window", window(chosen));
    let to = Recipient::Person(ticket.customer);
    let (customer, technician) = (text("told-granted"), text("appointment-granted"));
    let rows = vec![vec![button(ticket.number, Appoint::Calendar, "button-calendar")]];
    let place = if stage.scene.card.is_none() { Place::Edit(p.message) } else { Place::New };
    stage.show(stage.me(), vec![technician], Keyboard::Inline(rows), place);
    calendar::send(stage, &mut ticket, to, customer);
    heard_of(stage, &ticket);
}

/// Both agree on a window; gives whether it replaces another one.
fn agree(stage: &mut Stage<'_>, ticket: &mut Ticket, chosen: Window) -> bool {
    let me = stage.scene.person.id;
    let moved = ticket.details.appointment.agree(chosen, stage.now).is_some();
    ticket.updated = stage.now;
    if moved {
        stage.put(ticket, me, "moved", &chosen.to_string());
    } else {
        stage.put(ticket, me, "agreed", &chosen.to_string());
    }
    // Whoever comes at an agreed time need not be asked whether they have called.
    lease::stop(stage, ticket.number);
    remind::watch(stage, ticket);
    stage.refresh(ticket);
    moved
}

/// The customer has said which time would do.
pub(in crate::core) fn wished(stage: &mut Stage<'_>, ticket: Ticket, run: &Run) -> bool {
    if ticket.customer != stage.scene.person.id || !ticket.status.is_open() {
        return false;
    }
    if !may_wish(&ticket) {
        stage.tell(stage.me(), state(stage, &ticket));
        return true;
    }
    let words = finish::words(run, "wish");
    let readable = windows(words, stage.now, stage.world.settings.timezone).unwrap_or_default();
    wishes(stage, ticket, words, readable);
    true
}

/// The customer wishes another time, in words that can be read as these windows, if as any.
fn wishes(stage: &mut Stage<'_>, mut ticket: Ticket, words: &str, readable: Vec<Window>) {
    let (me, now) = (stage.scene.person.id, stage.now);
    ticket.details.appointment.wish(words, readable);
    ticket.updated = now;
    contact::heard(stage, &mut ticket);
    stage.put(&ticket, me, "wished", words);
    stage.refresh_news(&ticket);
    if let Some(claimer) = ticket.claimer {
        // Their words stand on the card alone, which is protected and can be taken back.
        let text = about("told-wished", &ticket);
        stage.show(Recipient::Person(claimer), vec![text], Keyboard::Inline(show::answers(stage, &ticket)), Place::New);
    }
    let key = match (ticket.claimer.is_some(), ticket.details.appointment.ahead(now).is_some()) {
        (true, true) => "wish-passed-holds",
        (true, false) => "wish-passed",
        (false, _) => "wish-kept",
    };
    let holds = ticket.details.appointment.window().map_or_else(|| Text::new("empty"), window);
    stage.tell(stage.me(), about(key, &ticket).with("window", holds));
}

/// Either of them calls the appointment off; the ticket goes on.
fn call_off(stage: &mut Stage<'_>, p: &Press, mut ticket: Ticket) {
    let me = p.from.id;
    if ticket.details.appointment.current(stage.now).is_none() {
        // An old screen: that time is over.
        return stale(stage, &ticket);
    }
    let Some(before) = ticket.details.appointment.call_off() else { return stale(stage, &ticket) };
    ticket.updated = stage.now;
    let by_customer = me == ticket.customer;
    if by_customer {
        contact::heard(stage, &mut ticket);
    }
    if ticket.details.contacted.is_none() && ticket.promise.is_none() && promised(&ticket) {
        // Whoever has it took it with an agreed time, and has not spoken to the customer yet.
        promise::begin(stage, &mut ticket);
    }
    let d = &ticket.details;
    if ticket.status == Status::Claimed && d.contacted.is_none() && d.unreached.is_none() {
        lease::begin(stage, &ticket);
    }
    stage.put(&ticket, me, "called_off_visit", &before.to_string());
    remind::watch(stage, &ticket);
    stage.refresh(&ticket);
    let has_file = ticket.details.appointment.holders.contains(&ticket.customer);
    let text = |key: &str| about(key, &ticket).with("window", window(before)).with("file", if has_file { "yes" } else { "no" });
    let customer = text(if by_customer { "visit-off-yours" } else { "told-visit-off" });
    let technician = text("told-visit-off-technician");
    stage.toast(text("visit-off"));
    if has_file {
        calendar::withdraw(stage, &ticket, before, ticket.customer, customer);
    } else {
        stage.tell(Recipient::Person(ticket.customer), customer);
    }
    let Some(claimer) = ticket.claimer else { return };
    if !by_customer {
        heard_of(stage, &ticket);
    }
    if by_customer {
        let rows: Vec<Vec<Button>> = vec![vec![button(ticket.number, Appoint::Offer, "button-appoint")]];
        stage.show(Recipient::Person(claimer), vec![technician], Keyboard::Inline(rows), Place::New);
    }
    if ticket.details.appointment.holders.contains(&claimer) {
        let text = about("calendar-withdrawn", &ticket).with("window", window(before));
        calendar::withdraw(stage, &ticket, before, claimer, text);
    }
}

/// Whether an answer was promised when it was reported, and would be again.
fn promised(ticket: &Ticket) -> bool {
    ticket.served == Some(true) && ticket.details.when == "@asap" && ticket.details.opens.is_none()
}

/// A button that is older than what it is about.
fn stale(stage: &mut Stage<'_>, ticket: &Ticket) {
    let text = state(stage, ticket);
    stage.alert(text);
}

/// How it stands, for whoever tapped an old button.
fn state(stage: &Stage<'_>, ticket: &Ticket) -> Text {
    let one = &ticket.details.appointment;
    match one.current(stage.now) {
        Some(agreed) => about("appointment-stands", ticket).with("window", window(agreed)),
        None if !one.offered.is_empty() && ticket.customer == stage.scene.person.id => about("appointment-newer", ticket),
        None => about("appointment-none", ticket),
    }
}

/// A text with what most of them say.
fn about(key: &str, ticket: &Ticket) -> Text {
    let text = Text::new(key).with("ticket", shown(ticket.number)).with("technician", &ticket.details.technician);
    text.with("phone", &ticket.details.technician_phone)
}
