//! Messages in private: commands, answers, and words at any other time.
use crate::desk::flood::{self, Flow};
use crate::desk::ticket::{Status, Ticket};
use crate::dialog::definition::Choice;
use crate::dialog::fold::clean;
use crate::dialog::machine::Answer;
use crate::dialog::machine::Labels;
use crate::dialog::parse::choice::{self, Meant};
use crate::dialog::parse::mixed;
use crate::vocabulary::html;
use crate::vocabulary::input::{Content, Input, Media, Message, Post};
use crate::vocabulary::say::{Recipient, Text};

use super::stage::{Stage, shown};
use super::{appointment, commands, contact, data, quote, recording, talk};

/// Most characters of a note to a ticket.
const NOTE: usize = 1000;
/// Most characters of an answer to an offer of times.
const WISH: usize = 200;
/// Most of what the customer said on a ticket, in Telegram's units: a card takes 4,096, and shows more than this.
const STORY: usize = 2500;
/// Most files of a ticket, those added later included.
const FILES: usize = 20;

/// A message in private.
pub(super) fn message(stage: &mut Stage<'_>, input: &Input, m: &Message) {
    stage.scene.person.reachable = true;
    stage.name.clone_from(&m.from.name);
    match flood::take(&mut stage.scene.person, stage.now) {
        Flow::Pass => {}
        Flow::Warn => return stage.tell(stage.me(), Text::new("too-fast")),
        Flow::Drop => return,
    }
    if std::mem::take(&mut stage.scene.session.unreadable) {
        stage.tell(stage.me(), Text::new("session-lost"));
        return talk::begin(stage, "report", None, None, None);
    }
    if let Some((name, arguments)) = m.text().and_then(data::command) {
        if m.foreign {
            return stage.tell(stage.me(), Text::new("command-foreign"));
        }
        return commands::run(stage, input, &name, arguments);
    }
    if let (Some(ticket), Content::Media { media, .. }) = (recording::wanted(stage, m), &m.content) {
        return recording::take(stage, ticket, m, media);
    }
    if let Some(ticket) = stage.scene.card.and_then(|n| stage.ticket(n))
        && ticket.customer == m.from.id
        && ticket.status.is_open()
        && !ticket.trial
    {
        return note(stage, ticket, m);
    }
    if let Some(ticket) = stage.scene.card.and_then(|n| stage.ticket(n))
        && ticket.claimer == Some(m.from.id)
        && ticket.status == Status::Claimed
        && !ticket.trial
    {
        return contact::pass_on(stage, ticket, m);
    }
    if stage.run().is_none() {
        return idle(stage, m);
    }
    if stage.run().is_some_and(|run| stage.world.machine(&stage.scene).takes_post(run)) {
        return post(stage, m);
    }
    match (answer(m), &m.album) {
        (part @ Answer::File(..), Some(album)) => talk::collect(stage, part, album),
        (answer, _) => {
            let outcome = talk::answer(stage, answer, None);
            commands::after(stage, outcome);
        }
    }
}

/// A message that is to be sent to many, formatting and all.
fn post(stage: &mut Stage<'_>, m: &Message) {
    if m.album.is_some() {
        // Said once for all parts.
        let known = stage.run().is_some_and(|run| run.album == m.album);
        if let Some(run) = stage.scene.session.run.as_mut() {
            run.album.clone_from(&m.album);
        }
        if !known {
            stage.tell(stage.me(), Text::new("post-album"));
        }
        return;
    }
    let formatted = |words: &str| m.html.clone().unwrap_or_else(|| html::escape(words));
    let answer = match &m.content {
        Content::Text(text) => Answer::Post(text.clone(), Post { html: formatted(text), media: None }),
        Content::Media { media, caption } => {
            Answer::Post(caption.clone(), Post { html: formatted(caption), media: Some(media.clone()) })
        }
        _ => Answer::Other,
    };
    let outcome = talk::answer(stage, answer, None);
    commands::after(stage, outcome);
}

/// A message changed after it was sent: the answer stands, and says how to change it.
pub(super) fn edited(stage: &mut Stage<'_>, _m: &Message) {
    if flood::take(&mut stage.scene.person, stage.now) == Flow::Pass && stage.run().is_some() {
        stage.tell(stage.me(), Text::new("edited-ignored"));
    }
}

fn answer(m: &Message) -> Answer {
    match &m.content {
        Content::Text(text) => Answer::Words(text.clone()),
        Content::Media { media, caption } => Answer::File(media.clone(), caption.clone()),
        Content::Contact { phone, name, user } => {
            Answer::Contact { phone: phone.clone(), name: name.clone(), foreign: *user != Some(m.from.id) }
        }
        Content::Location { latitude, longitude } => Answer::Location(*latitude, *longitude),
        Content::Other(_) => Answer::Other,
    }
}

/// Nothing is running: a wish in words, a note to a ticket, or the beginning of a report.
fn idle(stage: &mut Stage<'_>, m: &Message) {
    let Some(text) = m.text() else {
        return match &m.content {
            Content::Media { media, caption } => match &open(stage)[..] {
                [ticket] => note(stage, ticket.clone(), m),
                [_, _, ..] => once(stage, m, "which-ticket"),
                // Hardly a fault of their own.
                [] if works(stage) => once(stage, m, "file-of-technician"),
                [] => {
                    talk::begin(stage, "report", None, Some(caption), None);
                    let file = Answer::File(media.clone(), String::new());
                    match &m.album {
                        Some(album) => talk::collect(stage, file, album),
                        None => {
                            // The file is kept; the question was just asked and need not be asked twice.
                            let said = stage.step.say.len();
                            let outcome = talk::answer(stage, file, None);
                            commands::after(stage, outcome);
                            stage.step.say.drain(..said);
                        }
                    }
                }
            },
            _ => commands::menu(stage, "not-understood"),
        };
    };
    if let Some(intent) = stage.world.book.intent(text) {
        return commands::aside(stage, intent);
    }
    let faults: Vec<_> = stage
        .world
        .book
        .dialog("report")
        .and_then(|d| d.slot("fault"))
        .map_or(Vec::new(), |s| stage.world.book.options(s).iter().collect());
    let found = mixed::read(&stage.world.matcher, &faults, text);
    let open = open(stage);
    let reports = if open.is_empty() {
        !found.faults.is_empty() || found.address.is_some() || sounds_like_a_fault(stage, &faults, text)
    } else {
        // "还在漏水" is about the open ticket; a fault with an address is a new one.
        !found.faults.is_empty() && found.address.is_some()
    };
    match (&open[..], reports) {
        (_, true) if stage.may_report() => talk::begin(stage, "report", None, Some(text), None),
        (_, true) => stage.tell(stage.me(), Text::new("too-many-open")),
        ([ticket], _) => note(stage, ticket.clone(), m),
        ([], _) => commands::menu(stage, "not-understood"),
        _ => stage.tell(stage.me(), Text::new("which-ticket")),
    }
}

/// Words that are like a fault, typing errors aside; a number alone is none.
fn sounds_like_a_fault(stage: &Stage<'_>, faults: &[&Choice], text: &str) -> bool {
    let labels: Vec<Vec<String>> = faults.iter().map(|c| stage.world.texts.all(&format!("faults-{}", c.id))).collect();
    text.chars().any(char::is_alphabetic) && choice::read(faults, &labels, text) != Meant::Unknown
}

/// Answers a file; the parts of an album once.
fn once(stage: &mut Stage<'_>, m: &Message, key: &str) {
    let more = m.album.is_some() && stage.scene.session.album == m.album;
    stage.scene.session.album.clone_from(&m.album);
    if !more {
        stage.tell(stage.me(), Text::new(key));
    }
}

/// Whether this person has jobs of others.
fn works(stage: &Stage<'_>) -> bool {
    let me = stage.scene.person.id;
    stage.scene.tickets.iter().any(|t| t.claimer == Some(me) && t.status == Status::Claimed && !t.trial)
}

/// This person's tickets that are not over.
fn open(stage: &Stage<'_>) -> Vec<Ticket> {
    let me = stage.scene.person.id;
    stage.scene.tickets.iter().filter(|t| t.customer == me && t.status.is_open() && !t.trial).cloned().collect()
}

/// What the customer said before, and now. What was said last is what somebody waits to read: if it is too much for a card,
/// the oldest words go.
pub(super) fn add_words(before: &str, words: &str) -> String {
    let all = clean(&[before, words].join("\n"), usize::MAX);
    let mut units = 0;
    let fitting = all.char_indices().rev().take_while(|(_, c)| {
        units += c.len_utf16();
        units <= STORY
    });
    match fitting.last().map_or(0, |(at, _)| at) {
        0 => all,
        at => format!("…{}", all.get(at..).unwrap_or_default()),
    }
}

/// Adds words or a file to a ticket, and passes them to whoever has it.
fn note(stage: &mut Stage<'_>, mut ticket: Ticket, m: &Message) {
    let answers = |stage: &mut Stage<'_>, words: &str| {
        quote::in_words(stage, &ticket, words) || appointment::said(stage, &ticket, &clean(words, WISH))
    };
    if m.text().is_some_and(|words| answers(stage, words)) {
        return;
    }
    // The parts of an album are one note: thanked for once, told once.
    let more = m.album.is_some() && ticket.details.album == m.album;
    ticket.details.album.clone_from(&m.album);
    let (words, file): (String, Option<Media>) = match &m.content {
        Content::Text(text) => (clean(text, NOTE), None),
        Content::Media { media, caption } => (clean(caption, NOTE), Some(media.clone())),
        _ => return stage.tell(stage.me(), Text::new("unexpected")),
    };
    if file.is_some() && ticket.details.media.len() >= FILES {
        if !more {
            stage.tell(stage.me(), Text::new("files-full").with("most", FILES as i64));
        }
        return;
    }
    add(&mut ticket, &words, file.into_iter().collect());
    ticket.updated = stage.now;
    let number = shown(ticket.number);
    contact::heard(stage, &mut ticket);
    stage.put(&ticket, ticket.customer, "note", &words);
    let key = if words.is_empty() { "told-file" } else { "told-note" };
    let told = pass_on(stage, &ticket, more, key);
    if !more {
        stage.tell(stage.me(), Text::new(told).with("ticket", number));
    }
}

/// Writes what the customer adds into a ticket; files that are too many fall away.
pub(super) fn add(ticket: &mut Ticket, words: &str, files: Vec<Media>) {
    let room = FILES.saturating_sub(ticket.details.media.len());
    ticket.details.media.extend(files.into_iter().take(room));
    if !words.is_empty() {
        ticket.details.problem = add_words(&ticket.details.problem, words);
    }
}

/// Passes what the customer added to whoever has the ticket, with this text; `more`: they were just told. Gives the key of what
/// the customer may be told.
pub(super) fn pass_on(stage: &mut Stage<'_>, ticket: &Ticket, more: bool, key: &str) -> &'static str {
    match ticket.claimer {
        Some(claimer) => {
            // The words stand on the card alone, which is protected and can be taken back.
            stage.technician_card(ticket, claimer, !more);
            if !more {
                stage.tell(Recipient::Person(claimer), Text::new(key).with("ticket", shown(ticket.number)));
            }
            "note-passed"
        }
        None => {
            stage.refresh(ticket);
            "note-kept"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_words_stay() {
        assert_eq!(add_words("", "漏水"), "漏水");
        assert_eq!(add_words("漏水", "还在漏"), "漏水\n还在漏");
        for old in ["水", "🔧"] {
            let all = add_words(&old.repeat(3000), "还在漏");
            assert!(all.starts_with('…') && all.ends_with("还在漏"), "{all}");
            assert!((STORY - 2..=STORY + 1).contains(&all.encode_utf16().count()));
            assert!(add_words(&all, "快来").ends_with("还在漏\n快来"));
        }
    }
}
