//! What the visit adds to everybody's cards.
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::visit::StageDef;
use crate::vocabulary::say::{Button, Does, Text};

use crate::core::cards::{field, wish};
use crate::core::data::{Verb, Wish};
use crate::core::stage::{Stage, shown};
use crate::core::{charge, quote, rating, recording};

/// The lines that the visit adds to the customer's card.
pub(in crate::core) fn customer_lines(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Text> {
    let visit = &ticket.details.visit;
    match ticket.status {
        Status::Claimed => {
            let here = (!visit.stage.is_empty()).then(|| stage_text(stage, ticket, "-customer"));
            let code = (!visit.code.is_empty()).then(|| Text::new("visit-code").with("code", &visit.code));
            here.into_iter().chain(code).chain(quote::customer_line(ticket)).collect()
        }
        Status::Done => {
            let by = ticket.updated + stage.world.settings.visits.confirm;
            let silence = (by > stage.now).then(|| Text::new("visit-silence").with("by", stage.time(by)));
            charge::lines(ticket).into_iter().chain(silence).collect()
        }
        _ => charge::lines(ticket),
    }
}

/// The lines that the visit adds to the claimer's card.
pub(in crate::core) fn technician_lines(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Text> {
    let visit = &ticket.details.visit;
    let here = (!visit.stage.is_empty()).then(|| field("stage", stage_text(stage, ticket, "")));
    let ticked = visit.ticked.iter().map(|(need, (_, at))| {
        let need = Text::new(format!("need-{need}"));
        Text::new("visit-ticked-line").with("need", need).with("at", stage.time(*at))
    });
    let code = (!visit.code.is_empty()).then(|| Text::new("visit-code-technician").with("code", &visit.code));
    here.into_iter().chain(ticked).chain(code).chain(quote::staff_line(ticket)).collect()
}

/// Where it stands, for the crew and the desk.
pub(in crate::core) fn staff_line(stage: &Stage<'_>, ticket: &Ticket) -> Option<Text> {
    let on = ticket.status == Status::Claimed && !ticket.details.visit.stage.is_empty();
    on.then(|| field("stage", stage_text(stage, ticket, "")))
}

/// What dispatchers see besides: what was paid, what the customer thinks of it.
pub(in crate::core) fn staff_lines(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Text> {
    let mut lines: Vec<Text> = staff_line(stage, ticket).into_iter().collect();
    if ticket.status == Status::Claimed {
        lines.extend(quote::staff_line(ticket));
    }
    lines.extend(charge::lines(ticket).into_iter().chain(rating::line(ticket)));
    lines
}

/// The buttons of the customer while somebody is on the job.
pub(in crate::core) fn customer_rows(ticket: &Ticket) -> Vec<Vec<Button>> {
    let wish = |verb| wish(verb, ticket.number);
    let reports = !ticket.details.visit.code.is_empty() && ticket.details.visit.stranger.is_none();
    let mut rows: Vec<Vec<Button>> = quote::customer_row(ticket).into_iter().collect();
    rows.extend(reports.then(|| vec![wish(Verb::Stranger)]));
    rows.push(vec![wish(Verb::Phone), wish(Verb::Address)]);
    rows.extend(recording::card_button(ticket).map(|button| vec![button]));
    rows.push(vec![wish(Verb::Progress), wish(Verb::Cancel)]);
    rows
}

/// The buttons of the stages that can follow, and of what is to be ticked for them.
pub(in crate::core) fn stage_rows(stage: &Stage<'_>, ticket: &Ticket) -> Vec<Vec<Button>> {
    let plan = &stage.world.book.visit;
    let visit = &ticket.details.visit;
    let next: Vec<&StageDef> = plan.after(&visit.stage).collect();
    let mut rows: Vec<Vec<Button>> = Vec::new();
    let mut ticks: Vec<&str> = Vec::new();
    for need in next.iter().flat_map(|s| plan.demands(s, &ticket.fault)).filter(|n| n.tick) {
        let id = need.id.get_ref().as_str();
        if !visit.has(id) && !ticks.contains(&id) {
            ticks.push(id);
        }
    }
    rows.extend(ticks.into_iter().map(|id| vec![tick_button(ticket.number, id)]));
    let buttons: Vec<Button> = next.into_iter().filter(|s| !s.end).map(|s| stage_button(ticket.number, s)).collect();
    rows.extend(buttons.chunks(2).map(<[Button]>::to_vec));
    rows
}

/// A line of history: from where to where. Stages that are no longer in the plan keep their ids.
pub(in crate::core) fn moved(stage: &Stage<'_>, note: &str) -> Text {
    let name = |id: &str| match stage.world.book.visit.stage(id).filter(|_| !id.is_empty()) {
        Some(_) => Text::new(format!("stage-{id}")),
        None => Text::new("words").with("words", id),
    };
    match note.split_once('>') {
        Some((from, to)) => Text::new("history-stage").with("from", name(from)).with("to", name(to)),
        None => Text::new("event-stage"),
    }
}

fn stage_button(number: i64, stage: &StageDef) -> Button {
    let id = stage.id.get_ref();
    Button { label: Text::new(format!("stage-{id}-button")), does: Does::Press(Wish::Stage(number, id.clone()).encode()) }
}

pub(super) fn tick_button(number: i64, need: &str) -> Button {
    Button { label: Text::new(format!("need-{need}-button")), does: Does::Press(Wish::Tick(number, need.to_owned()).encode()) }
}

/// The stage in words; `tail` says for whom.
pub(super) fn stage_text(stage: &Stage<'_>, ticket: &Ticket, tail: &str) -> Text {
    let d = &ticket.details;
    let id = stage.world.book.visit.stage(&d.visit.stage).map_or("", |s| s.id.get_ref());
    Text::new(format!("stage-{id}{tail}"))
        .with("ticket", shown(ticket.number))
        .with("technician", &d.technician)
        .with("phone", &d.technician_phone)
        .with("code", if d.visit.code.is_empty() { "none" } else { &*d.visit.code })
        .with("eta", stage.time(d.visit.eta.unwrap_or(stage.now)))
}
