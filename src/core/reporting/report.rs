//! A report becomes a ticket.
use crate::desk::caller::NOBODY;
use crate::desk::ticket::{Details, Status, Ticket};
use crate::dialog::definition::Kind;
use crate::dialog::session::Run;
use crate::dialog::value::{Address, Value};
use crate::vocabulary::lang::Lang;

use crate::core::finish::{choice_or_words, words};
use crate::core::stage::Stage;
use crate::core::{correct, offer, promise};

/// The value of the dialog's first slot of a kind.
fn value<'r>(stage: &Stage<'_>, run: &'r Run, kind: Kind) -> Option<&'r Value> {
    let slot = stage.world.book.dialog(&run.dialog)?.slot_of(kind)?.id().to_owned();
    run.slots.get(&slot)
}

/// A customer submits a report.
pub(in crate::core) fn submit(stage: &mut Stage<'_>, run: &Run) {
    let ticket = made(stage, run, stage.scene.person.id);
    stage.customer_card(&ticket, true);
    offer::announce(stage, &ticket, None);
}

/// Makes a ticket of a finished report, for this customer; it is placed, promised an answer, and written.
pub(in crate::core) fn made(stage: &mut Stage<'_>, run: &Run, customer: i64) -> Ticket {
    let fault = match value(stage, run, Kind::Choice) {
        Some(Value::Choice(id)) => id.clone(),
        _ => "other".to_owned(),
    };
    let address = match value(stage, run, Kind::Address) {
        Some(Value::Address(address)) => address.clone(),
        _ => Address::default(),
    };
    let media = match value(stage, run, Kind::Report) {
        Some(Value::Report { media, .. }) => media.clone(),
        _ => Vec::new(),
    };
    let when = match choice_or_words(run, "when") {
        said if !said.is_empty() => said,
        // Not asked: a danger does not wait.
        _ if address.served == Some(true) => "@asap".to_owned(),
        _ => "@soon".to_owned(),
    };
    let promised = address.served == Some(true) && when == "@asap";
    let now = stage.now;
    let list = stage.world.book.dialog(&run.dialog).and_then(|d| d.slot_of(Kind::Choice)).and_then(|s| s.options.clone());
    let danger = list.and_then(|l| stage.world.book.choice(&l, &fault)).is_some_and(|c| c.danger);
    let machine = stage.world.machine(&stage.scene);
    let problem = machine.story(&run.dialog, run);
    // Words can only raise the alarm, never lower it.
    let danger = danger || stage.world.book.dialog(&run.dialog).is_some_and(|d| !machine.dangers(d, &problem).is_empty());
    let mut ticket = Ticket {
        number: stage.scene.next_number,
        customer,
        status: Status::Open,
        fault,
        danger,
        district: None,
        served: None,
        created: now,
        promise: None,
        crew: None,
        claimer: None,
        claimed: None,
        updated: now,
        trial: false,
        details: Details {
            problem,
            media,
            destination: words(run, "destination").to_owned(),
            phone: words(run, "phone").to_owned(),
            name: words(run, "name").to_owned(),
            lang: if customer == NOBODY { Lang::default() } else { stage.scene.person.lang },
            when,
            ..Details::default()
        },
    };
    correct::set_address(&mut ticket, &address);
    offer::place(stage, &mut ticket);
    // Nothing is promised for hours in which nobody works.
    if promised && ticket.details.opens.is_none() {
        promise::begin(stage, &mut ticket);
    }
    stage.put(&ticket, stage.scene.person.id, "submitted", "");
    ticket
}
