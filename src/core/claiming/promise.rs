//! The promise: who is told what on the way to its end, and after it. The clock itself is [`crate::desk::promise`].
use crate::desk::promise::{Mark, Promised};
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::definition::Kind;
use crate::vocabulary::input::{Millis, Timer};
use crate::vocabulary::say::{Keyboard, Place, Recipient, Text};

use crate::core::stage::{Stage, shown};
use crate::core::{assign, groups};

const MINUTE: Millis = 60_000;

/// Promises an answer from now on, and watches over it.
pub(in crate::core) fn begin(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let minutes = minutes(stage, ticket);
    ticket.details.promised = Some(Promised::new(stage.now, minutes * MINUTE));
    watch(stage, ticket);
}

/// What is promised for this fault, else by this crew, else by the service.
fn minutes(stage: &Stage<'_>, ticket: &Ticket) -> i64 {
    let list = stage.world.book.dialog("report").and_then(|d| d.slot_of(Kind::Choice)).and_then(|s| s.options.as_deref());
    let of_fault = list.and_then(|list| stage.world.book.choice(list, &ticket.fault)).and_then(|fault| fault.promise);
    let of_crew = stage.crew(ticket.crew).and_then(|c| c.profile.promise);
    of_fault.or(of_crew).unwrap_or(stage.world.settings.promise_minutes)
}

/// Working time since a moment.
fn worked(stage: &Stage<'_>, ticket: &Ticket, from: Millis) -> Millis {
    stage.hours(ticket).working_between(stage.world.settings.timezone, from, stage.now)
}

/// Nothing is promised any more.
pub(in crate::core) fn withdraw(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    ticket.promise = None;
    ticket.details.promised = None;
    stop(stage, ticket.number);
}

/// Nobody needs to be told any more.
pub(in crate::core) fn stop(stage: &mut Stage<'_>, number: i64) {
    stage.timer(0, name(number), None);
}

/// The customer has to say something first: the clock stands still, and so does the lease.
pub(in crate::core) fn pause(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let now = stage.now;
    let since = ticket.details.promised.as_ref().map_or(now, |p| p.from);
    let worked = worked(stage, ticket, since);
    if let Some(promised) = ticket.details.promised.as_mut().filter(|p| p.paused.is_none()) {
        promised.passed += worked;
        promised.paused = Some(now);
        ticket.promise = None;
        stop(stage, ticket.number);
    }
}

/// The customer has said something: the clock goes on with what was left.
pub(in crate::core) fn resume(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let now = stage.now;
    if let Some(promised) = ticket.details.promised.as_mut().filter(|p| p.paused.is_some()) {
        (promised.paused, promised.from) = (None, now);
        watch(stage, ticket);
    }
}

/// Says by when, and sets the timer of the next mark.
fn watch(stage: &mut Stage<'_>, ticket: &mut Ticket) {
    let Some(promised) = &ticket.details.promised else { return };
    let (hours, zone) = (stage.hours(ticket), stage.world.settings.timezone);
    let at = |passed: Millis| hours.after(zone, promised.from, (passed - promised.passed).max(0));
    ticket.promise = Some(at(promised.span));
    let next = promised.next().map(at);
    stage.timer(0, name(ticket.number), next.map(|at| (at, Timer::Promise { ticket: ticket.number })));
}

fn name(number: i64) -> String {
    format!("promise:{number}")
}

/// A mark has come. The customer who was contacted, or who has to say something first, waits for nobody.
pub(in crate::core) fn tick(stage: &mut Stage<'_>, number: i64) {
    let Some(mut ticket) = stage.ticket(number).filter(|t| t.status.is_open() && t.details.contacted.is_none()) else { return };
    let Some(by) = ticket.promise else { return };
    let now = stage.now;
    // A ticket of an older version of the program has no clock, only a time.
    let of_old = Promised::new(ticket.created, by - ticket.created);
    let worked = worked(stage, &ticket, ticket.details.promised.as_ref().map_or(of_old.from, |p| p.from));
    let promised = ticket.details.promised.get_or_insert(of_old);
    let (unaware, unheard) = (promised.told < Mark::Most.percent(), promised.told < Mark::Over.percent());
    let mark = promised.reached(promised.passed + worked);
    watch(stage, &mut ticket);
    match mark {
        None => stage.put_quietly(&ticket),
        Some(mark @ (Mark::Half | Mark::Most)) => {
            stage.put_quietly(&ticket);
            warn(stage, &ticket, mark, (by - now).max(0));
            if mark == Mark::Most {
                tell_truth(stage, &ticket, by);
            }
        }
        Some(mark @ (Mark::Over | Mark::Long)) => {
            if unaware {
                // The program was down when it was time for it.
                tell_truth(stage, &ticket, by);
            }
            let text = late(&ticket, now - by);
            if mark == Mark::Long {
                // Where they are the desk, they have been told, or are told below.
                let desk = stage.desk();
                if !desk.iter().any(|to| matches!(to, Recipient::Person(_))) {
                    groups::tell_admins(stage, std::slice::from_ref(&text));
                }
            }
            if !unheard {
                return stage.put_quietly(&ticket);
            }
            stage.put(&ticket, 0, "overdue", "");
            stage.refresh(&ticket);
            for to in stage.desk() {
                let rows = assign::buttons(&ticket);
                stage.show(to, vec![text.clone()], Keyboard::Inline(rows), Place::New);
            }
            if let Some(claimer) = ticket.claimer {
                stage.tell(Recipient::Person(claimer), about("promise-over-yours", &ticket));
            }
        }
    }
}

/// The crew, and whoever has it, hear that time runs out.
fn warn(stage: &mut Stage<'_>, ticket: &Ticket, mark: Mark, left: Millis) {
    let key = if ticket.status == Status::Open { "promise-warn-open" } else { "promise-warn-claimed" };
    let text = about(key, ticket).with("minutes", (left + MINUTE - 1) / MINUTE);
    // A board says itself what is due.
    let group = stage.crew(ticket.crew).filter(|c| c.active && !ticket.details.boarded).map(|c| Recipient::Group(c.chat));
    let desk = if ticket.crew.is_none() { stage.desk() } else { Vec::new() };
    for staff in group.into_iter().chain(desk) {
        stage.tell(staff, text.clone());
    }
    // Between the two the lease asks them anyway.
    if let Some(claimer) = ticket.claimer.filter(|_| mark == Mark::Most) {
        let minutes = (left + MINUTE - 1) / MINUTE;
        stage.tell(Recipient::Person(claimer), about("promise-warn-yours", ticket).with("minutes", minutes));
    }
}

/// The customer hears before the time is over that it may not be kept, and whom to call.
fn tell_truth(stage: &mut Stage<'_>, ticket: &Ticket, by: Millis) {
    let key = match (ticket.status == Status::Open, stage.now < by) {
        (true, true) => "promise-truth-open",
        (true, false) => "promise-truth-open-late",
        (false, true) => "promise-truth-claimed",
        (false, false) => "promise-truth-claimed-late",
    };
    let text = about(key, ticket).with("by", stage.time(by));
    if ticket.by_phone() {
        let text = about("promise-truth-phone", ticket).with("by", stage.time(by)).with("own", &ticket.details.phone);
        return stage.desk().into_iter().for_each(|to| stage.tell(to, text.clone()));
    }
    stage.tell(Recipient::Person(ticket.customer), text);
}

fn late(ticket: &Ticket, by: Millis) -> Text {
    let key = if ticket.status == Status::Open { "promise-over-open" } else { "promise-over-claimed" };
    about(key, ticket).with("minutes", by.max(0) / MINUTE)
}

fn about(key: &str, ticket: &Ticket) -> Text {
    let text = Text::new(key).with("ticket", shown(ticket.number)).with("technician", &ticket.details.technician);
    text.with("phone", &ticket.details.technician_phone)
}

impl Stage<'_> {
    /// What staff see of the promise: by when, and once it is known, by how much it was kept or missed.
    pub(in crate::core) fn promise_line(&self, ticket: &Ticket) -> Option<Text> {
        let at = ticket.details.contacted;
        let line = match (ticket.promise, at, &ticket.details.promised) {
            (Some(by), Some(at), _) if at <= by => {
                Text::new("promise-kept").with("by", self.time(by)).with("minutes", (by - at) / MINUTE)
            }
            (Some(by), Some(at), _) => {
                Text::new("promise-missed").with("by", self.time(by)).with("minutes", (at - by + MINUTE - 1) / MINUTE)
            }
            (Some(by), None, _) if by <= self.now => Text::new("promise-late").with("by", self.time(by)),
            (Some(by), None, _) => Text::new("promise-by").with("by", self.time(by)),
            (None, _, Some(Promised { paused: Some(_), .. })) => Text::new("promise-paused"),
            (None, ..) => return None,
        };
        Some(crate::core::cards::field("promise", line))
    }
}
