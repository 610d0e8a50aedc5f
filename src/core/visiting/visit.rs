//! The visit: the technician goes from stage to stage, everybody's cards follow, and the customer knows who stands at the door.
use crate::desk::quote::{ABOVE, AMOUNT, Demand};
use crate::desk::ticket::{Status, Ticket};
use crate::desk::visit::{Halt, Move, Visit, expected};
use crate::dialog::session::Run;
use crate::dialog::value::Value;
use crate::dialog::visit::{ETA, Need, OUTCOME};
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{Arg, Button, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::cards::wish;
use crate::core::contact::{self, How};
use crate::core::data::Verb;
use crate::core::stage::{Stage, shown};
use crate::core::{appointment, charge, finish, offer, quote, rating, talk, trial};

mod show;

pub(in crate::core) use show::{customer_lines, customer_rows, moved, staff_line, staff_lines, stage_rows, technician_lines};
use show::{stage_text, tick_button};

/// Somebody has claimed it: whoever comes must be able to say a code that only they and the customer have.
pub(in crate::core) fn begin(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    ticket.details.visit = Visit::begun(stage.scene.arrival.take().filter(|_| !ticket.trial).unwrap_or_default());
}

/// The claimer taps the button of a stage.
pub(in crate::core) fn go(stage: &mut Stage<'_>, ticket: Ticket, to: &str) {
    advance(stage, ticket, to, false);
}

/// The claimer taps *done*.
pub(in crate::core) fn done(stage: &mut Stage<'_>, ticket: Ticket) {
    if ticket.trial {
        // Of a test nobody wants to see more than that it works.
        return talk::begin_about(stage, "done", &ticket);
    }
    let world = stage.world;
    if let Some(last) = world.book.visit.last() {
        advance(stage, ticket, last.id.get_ref(), false);
    }
}

/// The claimer has answered what a stage demands.
pub(in crate::core) fn answered(stage: &mut Stage<'_>, mut ticket: Ticket, run: &Run) -> bool {
    let me = stage.scene.person.id;
    if ticket.claimer != Some(me) || ticket.status != Status::Claimed {
        return false;
    }
    if ticket.trial {
        let outcome = finish::choice_or_words(run, OUTCOME);
        let done = ticket.done(me, &outcome, stage.now).is_ok();
        if done {
            trial::passed(stage, &ticket);
        }
        return done;
    }
    let plan = &stage.world.book.visit;
    let Some(need) = plan.needs.iter().find(|n| n.dialog.as_deref() == Some(&*run.dialog)) else { return false };
    let id = need.id.get_ref();
    if !take(stage, &mut ticket, id, run) {
        // A dialog about the same: what was said was not what is wanted.
        talk::begin_about(stage, &run.dialog, &ticket);
        return true;
    }
    // Kept also where something else is still missing: nobody is asked twice.
    stage.save(&ticket);
    let here = ticket.details.visit.stage.clone();
    let goal = plan.after(&here).find(|s| s.needs.iter().any(|n| n.get_ref() == id));
    match goal {
        Some(goal) => advance(stage, ticket, goal.id.get_ref(), true),
        // They have gone on meanwhile, and nothing from here wants it.
        None => stage.technician_card(&ticket, me, true),
    }
    true
}

/// Keeps an answer with the ticket; gives whether it was one.
fn take(stage: &mut Stage<'_>, ticket: &mut Ticket, need: &str, run: &Run) -> bool {
    if need == AMOUNT {
        let Some(said) = charge::said(stage, ticket, run) else { return false };
        ticket.details.visit.answers.insert(need.to_owned(), said);
        return true;
    }
    if need == ABOVE && charge::slipped(ticket, run) {
        return true;
    }
    let visit = &mut ticket.details.visit;
    if need == ETA {
        let at = match run.slots.get(ETA) {
            Some(Value::Choice(id)) => {
                let minutes = stage.world.book.lists().find_map(|l| l.options.iter().find(|c| c.id == *id)?.minutes);
                minutes.map(|m| stage.now + m * 60_000)
            }
            Some(Value::Words(words)) => expected(words, stage.now, stage.world.settings.timezone),
            _ => None,
        };
        let Some(at) = at else {
            stage.tell(stage.me(), Text::new("visit-eta-unclear"));
            return false;
        };
        visit.eta = Some(at);
    }
    let words = match run.slots.get(need) {
        Some(Value::Report { media, .. }) if media.is_empty() => {
            stage.tell(stage.me(), Text::new("visit-photos-none"));
            return false;
        }
        Some(Value::Report { text, media }) => {
            visit.photos.clone_from(media);
            text.clone()
        }
        _ => finish::choice_or_words(run, need),
    };
    visit.answers.insert(need.to_owned(), words);
    true
}

/// The claimer ticks a need.
pub(in crate::core) fn tick(stage: &mut Stage<'_>, mut ticket: Ticket, need: &str) {
    let me = stage.scene.person.id;
    let plan = &stage.world.book.visit;
    // A button that was forged may name what nobody needs to see for this fault.
    let asked = plan.stages.iter().any(|s| plan.demands(s, &ticket.fault).any(|n| n.tick && n.id.get_ref() == need));
    if !asked {
        return stage.toast(Text::new("old-button"));
    }
    if ticket.details.visit.has(need) {
        return stage.toast(Text::new("visit-ticked-already"));
    }
    ticket.details.visit.ticked.insert(need.to_owned(), (me, stage.now));
    stage.put(&ticket, me, "ticked", need);
    stage.toast(Text::new("visit-ticked").with("need", Text::new(format!("need-{need}"))));
    if stage.scene.card.is_none() {
        // The card is above the message that asked for it.
        return stage.technician_card(&ticket, me, true);
    }
    stage.technician_card(&ticket, me, false);
}

fn advance(stage: &mut Stage<'_>, mut ticket: Ticket, to: &str, spoke: bool) {
    let (world, me, now) = (stage.world, stage.scene.person.id, stage.now);
    let plan = &world.book.visit;
    let Some(target) = plan.stage(to).filter(|_| !to.is_empty()) else { return stage.toast(Text::new("old-button")) };
    let fault = ticket.fault.clone();
    let above = charge::is_above(stage, &ticket);
    let demands: Vec<&Need> = plan.demands(target, &fault).filter(|n| above || !n.above).collect();
    let needs: Vec<&str> = demands.iter().filter(|n| !n.quote).map(|n| n.id.get_ref().as_str()).collect();
    let quote = demands.iter().find(|n| n.quote).map(|n| if n.names(&fault) { Demand::Accepted } else { Demand::Settled });
    let leads = plan.after(&ticket.details.visit.stage).any(|s| s.id.get_ref() == to);
    let step = Move { to, leads, needs: &needs, quote, ends: target.end };
    match ticket.clone().advance(me, &step, now) {
        Ok(_) => {}
        Err(Halt::Needs(need)) => return ask(stage, &ticket, &need),
        Err(Halt::Quote(unsettled)) => return quote::refuse_stage(stage, &ticket, unsettled),
        Err(Halt::NotFromHere) => {
            let text = Text::new("visit-not-from-here").with("ticket", shown(ticket.number));
            let here = stage_text(stage, &ticket, "");
            return stage.toast(text.with("stage", here));
        }
        Err(Halt::Refused(_)) => return stage.toast(Text::new("ticket-over").with("ticket", shown(ticket.number))),
    }
    // Before the ticket is done: then nobody could say any more that the customer was contacted.
    if target.met || target.push {
        contact::contacted(stage, &mut ticket, if target.met { How::Visited } else { How::Written });
    }
    if target.met || target.end {
        appointment::kept(stage, &mut ticket);
    }
    // As just tried on a copy.
    let Ok(from) = ticket.advance(me, &step, now) else { return };
    let visit = &mut ticket.details.visit;
    for need in demands.iter().filter(|n| n.again) {
        visit.answers.remove(need.id.get_ref());
    }
    if !target.due {
        visit.eta = None;
    }
    watch(stage, &ticket);
    if target.end {
        return over(stage, &ticket);
    }
    let from = plan.stage(&from).map_or(from.clone(), |s| s.id.get_ref().clone());
    stage.put(&ticket, me, "stage", &format!("{from}>{to}"));
    if spoke {
        // The card is far above by now, and its buttons are what comes next.
        stage.refresh_news(&ticket);
    } else {
        stage.refresh(&ticket);
        let here = stage_text(stage, &ticket, "");
        stage.toast(Text::new("visit-moved").with("ticket", shown(ticket.number)).with("stage", here));
    }
    if target.push {
        let text = stage_text(stage, &ticket, "-push");
        stage.tell(Recipient::Person(ticket.customer), text);
    }
}

/// Asks for what a stage demands.
fn ask(stage: &mut Stage<'_>, ticket: &Ticket, need: &str) {
    let world = stage.world;
    match world.book.visit.need(need).and_then(|n| n.dialog.as_deref()) {
        Some(dialog) => talk::begin_about(stage, dialog, ticket),
        None => {
            let text = Text::new("visit-tick-first").with("ticket", shown(ticket.number));
            let text = text.with("need", Text::new(format!("need-{need}")));
            let rows = vec![vec![tick_button(ticket.number, need)]];
            stage.show(stage.me(), vec![text], Keyboard::Inline(rows), Place::New);
        }
    }
}

/// The visit is over: the customer is asked, and told what their silence will mean.
fn over(stage: &mut Stage<'_>, ticket: &Ticket) {
    let me = stage.scene.person.id;
    let outcome = ticket.details.outcome.clone();
    let by = stage.now + stage.world.settings.visits.confirm;
    stage.timer(0, settle_name(ticket.number), Some((by, Timer::Settle { ticket: ticket.number, since: ticket.updated })));
    charge::noted(stage, ticket);
    stage.put(ticket, me, "done", &outcome);
    stage.refresh(ticket);
    offer::take_files_away(stage, ticket, me);
    let thanks = if ticket.by_phone() { "done-thanks-phone" } else { "done-thanks" };
    stage.tell(stage.me(), Text::new(thanks).with("ticket", shown(ticket.number)));
    let customer = Recipient::Person(ticket.customer);
    let photos = ticket.details.visit.photos.clone();
    if !photos.is_empty() {
        let (what, place) = (What::Media(photos), Place::New);
        stage.say(Say { to: customer, what, keyboard: Keyboard::None, place, priority: Priority::Desk, protect: false });
    }
    let mut lines = vec![Text::new("told-done").with("ticket", shown(ticket.number)).with("outcome", outcome)];
    lines.extend(charge::lines(ticket));
    lines.push(Text::new("visit-fixed"));
    lines.push(Text::new("visit-silence").with("by", stage.time(by)));
    let rows: Vec<Vec<Button>> = vec![vec![wish(Verb::Confirm, ticket.number), wish(Verb::NotFixed, ticket.number)]];
    stage.show(customer, lines, Keyboard::Inline(rows), Place::New);
}

/// Sets or drops the timer of a late technician.
fn watch(stage: &mut Stage<'_>, ticket: &Ticket) {
    let number = ticket.number;
    let late = ticket.details.visit.eta.map(|eta| (eta + stage.world.settings.visits.late, Timer::Late { ticket: number, eta }));
    stage.timer(0, format!("late:{number}"), late);
}

/// The technician should have been there: they are asked, and the customer is told the truth.
pub(in crate::core) fn late(stage: &mut Stage<'_>, number: i64, eta: Millis) {
    let still = |t: &Ticket| t.status == Status::Claimed && t.details.visit.eta == Some(eta);
    let Some(ticket) = stage.ticket(number).filter(still) else { return };
    let Some(claimer) = ticket.claimer else { return };
    let text = |key: &str| {
        let text = Text::new(key).with("ticket", shown(number)).with("eta", Arg::Time(eta, stage.now));
        text.with("technician", &ticket.details.technician).with("phone", &ticket.details.technician_phone)
    };
    let (customer, technician) = (text("visit-late-customer"), text("visit-late-technician"));
    stage.tell(Recipient::Person(ticket.customer), customer);
    let rows = stage_rows(stage, &ticket);
    stage.show(Recipient::Person(claimer), vec![technician], Keyboard::Inline(rows), Place::New);
}

/// The customer has said nothing for as long as they were told.
pub(in crate::core) fn settle(stage: &mut Stage<'_>, number: i64, since: Millis) {
    let Some(mut ticket) = stage.ticket(number).filter(|t| t.updated == since) else { return };
    if ticket.settle(stage.now).is_err() {
        return;
    }
    stage.put(&ticket, 0, "settled", "");
    stage.refresh(&ticket);
    rating::ask(stage, &ticket, Some(Text::new("visit-settled").with("ticket", shown(number))));
    if let Some(claimer) = ticket.claimer {
        stage.tell(Recipient::Person(claimer), Text::new("visit-settled-technician").with("ticket", shown(number)));
    }
}

fn settle_name(number: i64) -> String {
    format!("settle:{number}")
}

/// The customer has spoken: their silence means nothing any more.
pub(in crate::core) fn spoken(stage: &mut Stage<'_>, number: i64) {
    stage.timer(0, settle_name(number), None);
}

/// The customer says that it is not fixed: the same technician goes again, and dispatchers know.
pub(in crate::core) fn contested(stage: &mut Stage<'_>, ticket: &Ticket) {
    let text = Text::new("visit-not-fixed-desk").with("ticket", shown(ticket.number));
    let text = text.with("technician", &ticket.details.technician).with("phone", &ticket.details.technician_phone);
    for to in stage.desk() {
        stage.tell(to, text.clone());
    }
}

/// The customer reports that whoever stands at the door cannot say the code.
pub(in crate::core) fn stranger(stage: &mut Stage<'_>, mut ticket: Ticket) {
    let number = ticket.number;
    if ticket.status != Status::Claimed || ticket.details.visit.code.is_empty() {
        return stage.toast(Text::new("ticket-over").with("ticket", shown(number)));
    }
    if let Some(at) = ticket.details.visit.stranger {
        return stage.alert(Text::new("visit-stranger-known").with("at", stage.time(at)));
    }
    ticket.details.visit.stranger = Some(stage.now);
    stage.put(&ticket, ticket.customer, "stranger", "");
    let d = &ticket.details;
    let alarm = Text::new("visit-stranger-desk")
        .with("ticket", shown(number))
        .with("technician", &d.technician)
        .with("phone", &d.technician_phone)
        .with("customer", &d.phone)
        .with("address", ticket.full_address());
    let rows = vec![vec![wish(Verb::Answer, number), wish(Verb::TakeBack, number)]];
    for to in stage.desk() {
        let what = What::Text(vec![alarm.clone()]);
        let keyboard = Keyboard::Inline(rows.clone());
        stage.say(Say { to, what, keyboard, place: Place::New, priority: Priority::Reply, protect: true });
    }
    let advice = Text::new("visit-stranger-advice").with("ticket", shown(number));
    let text = advice.with("technician", &ticket.details.technician).with("phone", &ticket.details.technician_phone);
    stage.tell(stage.me(), text);
    stage.customer_card(&ticket, false);
}
