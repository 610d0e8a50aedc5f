//! The recording of a repair: wished, agreed to, taken, looked at.
use crate::desk::recording::{Agreed, Entry, MOST, Party, Refused};
use crate::desk::ticket::{Status, Ticket};
use crate::vocabulary::input::{Content, Media, MediaKind, Message, Millis, Press, Sum, Timer};
use crate::vocabulary::say::{Arg, Button, CardRef, CardRole, Does, Keyboard, Place, Priority, Recipient, Say, Text, What};

use crate::core::cards::wish;
use crate::core::data::{Verb, Wish};
use crate::core::rights::May;
use crate::core::stage::{Stage, shown};

const DAY: Millis = 24 * 3_600_000;
/// Files that are shown in a go: as many as an album holds.
const PAGE: usize = 10;

/// A tap of the customer or of whoever has the job, while the visit goes on.
pub(in crate::core) fn press(stage: &mut Stage<'_>, p: &Press, verb: Verb, ticket: Ticket) {
    let Some(party) = ticket.party(p.from.id) else { return };
    match verb {
        Verb::Record => agree(stage, p, ticket, party),
        Verb::NoRecord => refuse(stage, p, ticket, party),
        _ => panel(stage, &ticket, party),
    }
}

/// How it stands, and what one can say to it.
fn panel(stage: &mut Stage<'_>, ticket: &Ticket, party: Party) {
    let (lines, rows) = panel_of(stage, ticket, party);
    stage.show(stage.me(), lines, Keyboard::Inline(rows), Place::New);
}

fn panel_of(stage: &Stage<'_>, ticket: &Ticket, party: Party) -> (Vec<Text>, Vec<Vec<Button>>) {
    let recording = &ticket.details.recording;
    let number = ticket.number;
    let labelled = |verb, label: &str| Button { label: Text::new(label), ..wish(verb, number) };
    let other = recording.customer.or(recording.technician).is_some() && !recording.agrees(party);
    let (key, mut rows) = match (recording.is_on(), recording.agrees(party)) {
        (true, _) => ("recording-is-on", vec![vec![labelled(Verb::NoRecord, "recording-button-stop")]]),
        (false, true) => ("recording-asked", vec![vec![labelled(Verb::NoRecord, "recording-button-withdraw")]]),
        (false, false) if other => (
            if party == Party::Customer { "recording-wish-of-technician" } else { "recording-wish-of-customer" },
            vec![vec![wish(Verb::Record, number), wish(Verb::NoRecord, number)]],
        ),
        (false, false) => ("recording-offer", vec![vec![labelled(Verb::Record, "recording-button-wish")]]),
    };
    let mut lines = vec![about(ticket, key)];
    if !recording.is_on() {
        lines.push(Text::new("recording-terms").with("days", stage.world.settings.keep.media / DAY));
    }
    if !recording.entries.is_empty() {
        rows.push(vec![show_button(ticket)]);
    }
    (lines, rows)
}

fn about(ticket: &Ticket, key: &str) -> Text {
    let text = Text::new(key).with("ticket", shown(ticket.number)).with("technician", &ticket.details.technician);
    text.with("count", count(ticket))
}

fn count(ticket: &Ticket) -> i64 {
    i64::try_from(ticket.details.recording.entries.len()).unwrap_or(i64::MAX)
}

/// Leads to what was recorded.
pub(in crate::core) fn show_button(ticket: &Ticket) -> Button {
    let label = Text::new("recording-button-show").with("count", count(ticket));
    Button { label, does: Does::Press(Wish::Recorded(ticket.number, 1).encode()) }
}

/// The button on the cards of both sides; its label says whether it is on.
pub(in crate::core) fn card_button(ticket: &Ticket) -> Option<Button> {
    let recording = &ticket.details.recording;
    if ticket.by_phone() {
        return None;
    }
    let label = if recording.is_on() { "recording-button-on" } else { "recording-button" };
    Some(Button { label: Text::new(label).with("count", count(ticket)), ..wish(Verb::Recording, ticket.number) })
}

/// What is left to look at while nobody is at work.
pub(in crate::core) fn kept_row(ticket: &Ticket) -> Option<Vec<Button>> {
    (ticket.status != Status::Claimed && !ticket.details.recording.entries.is_empty()).then(|| vec![show_button(ticket)])
}

fn agree(stage: &mut Stage<'_>, p: &Press, mut ticket: Ticket, party: Party) {
    let me = p.from.id;
    let agreed = ticket.details.recording.agree(party, stage.now);
    let (mine, theirs) = match agreed {
        Agreed::Before => return panel(stage, &ticket, party),
        Agreed::Asks => {
            stage.put(&ticket, me, "recording_wished", "");
            ("recording-asked", None)
        }
        Agreed::On => {
            stage.put(&ticket, me, "recording_agreed", "");
            ("recording-on", Some("recording-on"))
        }
    };
    stage.show(stage.me(), vec![about(&ticket, mine)], Keyboard::None, Place::Edit(p.message));
    let other = Recipient::Person(ticket.opposite(party));
    match theirs {
        Some(key) => stage.tell(other, about(&ticket, key)),
        None => {
            let opposite = if party == Party::Customer { Party::Technician } else { Party::Customer };
            let (lines, rows) = panel_of(stage, &ticket, opposite);
            stage.show(other, lines, Keyboard::Inline(rows), Place::New);
        }
    }
    cards(stage, &ticket);
}

fn refuse(stage: &mut Stage<'_>, p: &Press, mut ticket: Ticket, party: Party) {
    let me = p.from.id;
    let (mine, theirs) = match ticket.details.recording.refuse(party) {
        Refused::Nothing => return panel(stage, &ticket, party),
        Refused::Wish => {
            stage.put(&ticket, me, "recording_refused", "");
            ("recording-refused", "recording-refused")
        }
        Refused::Own => {
            stage.put(&ticket, me, "recording_ended", "");
            ("recording-withdrawn", "recording-withdrawn")
        }
        Refused::Over => {
            stage.put(&ticket, me, "recording_ended", "");
            ("recording-ended", "recording-ended")
        }
    };
    stage.show(stage.me(), vec![about(&ticket, mine)], Keyboard::None, Place::Edit(p.message));
    stage.tell(Recipient::Person(ticket.opposite(party)), about(&ticket, theirs));
    cards(stage, &ticket);
}

/// The buttons of both sides say how it stands.
fn cards(stage: &mut Stage<'_>, ticket: &Ticket) {
    stage.customer_card(ticket, false);
    if let Some(claimer) = ticket.claimer {
        stage.technician_card(ticket, claimer, false);
    }
}

/// The ticket to whose recording a file belongs: the one that is replied to, else the only one that is being recorded. While a
/// dialog asks for something a file without a reply is its answer.
pub(in crate::core) fn wanted(stage: &Stage<'_>, m: &Message) -> Option<Ticket> {
    let Content::Media { media, .. } = &m.content else { return None };
    if media.kind == MediaKind::Voice {
        return None;
    }
    let records = |t: &&Ticket| t.details.recording.is_on() && t.party(m.from.id).is_some();
    if let Some(number) = stage.scene.card {
        return stage.scene.tickets.iter().filter(records).find(|t| t.number == number).cloned();
    }
    let mut here = stage.scene.tickets.iter().filter(records);
    match (here.next(), here.next()) {
        (Some(one), None) if stage.run().is_none() => Some(one.clone()),
        _ => None,
    }
}

/// Takes a file into the recording.
pub(in crate::core) fn take(stage: &mut Stage<'_>, mut ticket: Ticket, m: &Message, media: &Media) {
    let (me, number, now) = (m.from.id, ticket.number, stage.now);
    let recording = &mut ticket.details.recording;
    // The parts of an album are thanked for once.
    let more = m.album.is_some() && recording.album == m.album;
    recording.album.clone_from(&m.album);
    let by = if Some(me) == ticket.claimer { ticket.details.technician.clone() } else { String::new() };
    let Some(entry) = recording.add(media.clone(), &by, now) else {
        if !more {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            stage.tell(stage.me(), about(&ticket, "recording-full").with("most", most));
        }
        return;
    };
    let big = ticket.details.recording.entries.last().is_some_and(|e| e.sum == Sum::TooBig);
    if !big {
        let fetch = Timer::Fetch { ticket: number, entry, file: media.file_id.clone() };
        stage.timer(0, timer_name(number, entry), Some((now, fetch)));
    }
    stage.put(&ticket, me, "recorded", "");
    if !more || big {
        let key = match (big, m.album.is_some()) {
            (true, _) => "recording-taken-big",
            (false, true) => "recording-taken-album",
            (false, false) => "recording-taken",
        };
        stage.tell(stage.me(), about(&ticket, key));
    }
    cards(stage, &ticket);
}

fn timer_name(ticket: i64, entry: usize) -> String {
    format!("fetch:{ticket}:{entry}")
}

/// A file was fetched, or could not be.
pub(in crate::core) fn fetched(stage: &mut Stage<'_>, number: i64, entry: usize, sum: Option<Sum>) {
    let Some(mut ticket) = stage.ticket(number) else { return };
    let again = ticket.details.recording.fetched(entry, sum);
    stage.put_quietly(&ticket);
    let file = entry.checked_sub(1).and_then(|at| ticket.details.recording.entries.get(at)).map(|e| e.media.file_id.clone());
    if let (Some(pause), Some(file)) = (again, file) {
        let fetch = Timer::Fetch { ticket: number, entry, file };
        stage.timer(0, timer_name(number, entry), Some((stage.now + pause, fetch)));
    }
}

/// Shows what was recorded, for those who may see it: the customer, whoever has the job, dispatchers.
pub(in crate::core) fn show(stage: &mut Stage<'_>, number: i64, page: i64) {
    let me = stage.scene.person.id;
    let of_visit = |t: &Ticket| t.claimer == Some(me) && t.status == Status::Claimed;
    let Some(ticket) = stage.ticket(number) else { return stage.toast(Text::new("old-button")) };
    let customer = ticket.customer == me;
    if !customer && !of_visit(&ticket) && stage.is_dispatcher(me) != May::Yes {
        return stage.toast(Text::new("old-button"));
    }
    let skipped = usize::try_from(page - 1).unwrap_or_default().saturating_mul(PAGE);
    let here: Vec<(usize, &Entry)> = ticket.details.recording.entries.iter().enumerate().skip(skipped).take(PAGE).collect();
    if here.is_empty() {
        return stage.toast(about(&ticket, "recording-none"));
    }
    let mut lines = vec![about(&ticket, "recording-title")];
    lines.extend(here.iter().map(|(at, entry)| line(stage, *at, entry)));
    let files = here.iter().map(|(_, entry)| entry.media.clone()).collect();
    let more = skipped + PAGE < ticket.details.recording.entries.len();
    let next = Button {
        label: Text::new("recording-button-more"),
        does: Does::Press(Wish::Recorded(number, page.saturating_add(1)).encode()),
    };
    let keyboard = if more { Keyboard::Inline(vec![vec![next]]) } else { Keyboard::None };
    let to = stage.me();
    // Whoever loses the job loses the files, as they do the others.
    let place = if customer { Place::New } else { Place::CardAnew(CardRef { number, role: CardRole::Media }) };
    let protect = !customer;
    let say = |what, keyboard, place| Say { to, what, keyboard, place, priority: Priority::Reply, protect };
    stage.say(say(What::Media(files), Keyboard::None, place));
    stage.say(say(What::Text(lines), keyboard, Place::New));
}

fn line(stage: &Stage<'_>, at: usize, entry: &Entry) -> Text {
    let kind = match entry.media.kind {
        MediaKind::Photo => "recording-photo",
        MediaKind::Video | MediaKind::VideoNote => "recording-video",
        _ => "recording-file",
    };
    let by = if entry.by.is_empty() { Arg::Text(Text::new("recording-by-customer")) } else { Arg::Words(entry.by.clone()) };
    let sum = match &entry.sum {
        Sum::Known(sum) => Text::new("recording-sum").with("sum", sum),
        Sum::Waits(_) => Text::new("recording-sum-waits"),
        Sum::TooBig => Text::new("recording-sum-too-big").with("id", &entry.media.unique_id),
        Sum::Missing => Text::new("recording-sum-missing").with("id", &entry.media.unique_id),
    };
    let text = Text::new("recording-line").with("n", i64::try_from(at + 1).unwrap_or(i64::MAX)).with("kind", Text::new(kind));
    text.with("at", stage.time(entry.at)).with("by", by).with("sum", sum)
}
