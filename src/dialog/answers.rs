//! Answers to each kind of question but addresses.
use crate::vocabulary::html;
use crate::vocabulary::input::{Media, Post};
use crate::vocabulary::say::Text;

use super::definition::{Dialog, Kind, Slot};
use super::fold::clean;
use super::gather::hear;
use super::machine::Machine;
use super::parse::choice::Meant;
use super::parse::{hotline, name, phone};
use super::session::{Pending, Run};
use super::turn::Turn;
use super::value::Value;

/// Most characters of free words, where a slot names no limit.
const WORDS: usize = 1000;
/// Longest answer that is short enough to mean an option and nothing besides.
const SHORT: usize = 8;
/// Most files of a report, where a slot names no limit.
const FILES: usize = 10;

impl Machine<'_> {
    /// Typed words as an answer.
    pub(super) fn words(&self, dialog: &Dialog, run: &mut Run, text: &str) -> Turn {
        let Some(slot) = self.asked(dialog, run) else { return self.words_at_review(dialog, run, text) };
        match slot.kind {
            Kind::Address => {
                let taken = self.take_contact_along(dialog, run, text);
                let mut turn = self.address_words(dialog, run, slot, text);
                if run.asking.is_some() {
                    turn.echo.splice(0..0, taken);
                }
                turn
            }
            Kind::Phone => self.phone_words(dialog, run, slot, text),
            Kind::Name => {
                let name = clean(text, slot.max.unwrap_or(WORDS));
                if name.chars().any(char::is_alphabetic) && !matches!(phone::parse(&name), phone::Phone::Number(_)) {
                    self.fill_echo(dialog, run, slot, Value::Words(name))
                } else {
                    self.again(dialog, run, slot, self.again_key(dialog, slot))
                }
            }
            Kind::Words => match clean(text, slot.max.unwrap_or(WORDS)) {
                words if words.is_empty() => self.again(dialog, run, slot, self.again_key(dialog, slot)),
                words => self.fill_echo(dialog, run, slot, Value::Words(words)),
            },
            Kind::Post => self.posted(dialog, run, slot, Post { html: html::escape(text), media: None }),
            Kind::Area => self.area_words(dialog, run, slot, text),
            Kind::Areas => self.areas_words(dialog, run, slot, text),
            Kind::Report => self.report_words(dialog, run, slot, text),
            Kind::Choice | Kind::ChoiceOrWords => self.choice_words(dialog, run, slot, text),
        }
    }

    fn words_at_review(&self, dialog: &Dialog, run: &mut Run, text: &str) -> Turn {
        // "手机改成 139…" at the review card: what can be read as a value is taken as a correction.
        if let (phone::Phone::Number(number), Some(slot)) = (phone::parse(text), dialog.slot_of(Kind::Phone)) {
            run.reviewing = true;
            return self.fill_echo(dialog, run, slot, Value::Phone(number));
        }
        let mut turn = Turn::say(self.ask(dialog, run));
        turn.echo.push(Text::new("review-buttons"));
        turn
    }

    /// Fills a slot and echoes what was understood.
    pub(super) fn fill_echo(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, value: Value) -> Turn {
        let echo = self.shown(slot, Some(&value), run);
        self.fill(dialog, run, slot, value, Turn { echo: vec![echo], ..Turn::default() })
    }

    pub(super) fn again_key(&self, dialog: &Dialog, slot: &Slot) -> Text {
        Text::new(format!("{}-{}-again", dialog.id, slot.id()))
    }

    /// A phone number or name in the same message as the address become slots of their own.
    /// Gives what was taken, to be echoed.
    fn take_contact_along(&self, dialog: &Dialog, run: &mut Run, text: &str) -> Vec<Text> {
        let folded = phone::digits_folded(text);
        let number = match phone::find(&folded).0 {
            phone::Phone::Number(number) => Some((Kind::Phone, Value::Phone(number))),
            _ => None,
        };
        let name = name::find(&folded).map(|(name, _)| (Kind::Name, Value::Words(name)));
        let mut taken = Vec::new();
        for (kind, value) in number.into_iter().chain(name) {
            if let Some(slot) = dialog.slot_of(kind).filter(|s| !run.slots.contains_key(s.id())) {
                taken.push(self.shown(slot, Some(&value), run));
                run.slots.insert(slot.id().to_owned(), value);
            }
        }
        taken
    }

    fn phone_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        if slot.service {
            return match hotline::parse(text) {
                Some(number) => self.fill_echo(dialog, run, slot, Value::Phone(number)),
                None => self.again(dialog, run, slot, self.again_key(dialog, slot)),
            };
        }
        match phone::parse(text) {
            phone::Phone::Number(number) => {
                let number = Value::Phone(number);
                let mut turn = Turn { echo: vec![self.shown(slot, Some(&number), run)], ..Turn::default() };
                if let (Some(name), Some(slot)) = (name::beside_phone(text), dialog.slot_of(Kind::Name)) {
                    let name = Value::Words(name);
                    turn.echo.push(self.shown(slot, Some(&name), run));
                    run.slots.insert(slot.id().to_owned(), name);
                }
                self.fill(dialog, run, slot, number, turn)
            }
            phone::Phone::NoAreaCode => self.again(dialog, run, slot, Text::new("phone-area-code")),
            phone::Phone::Invalid => self.again(dialog, run, slot, Text::new("phone-invalid")),
            phone::Phone::Missing => self.again(dialog, run, slot, self.again_key(dialog, slot)),
        }
    }

    /// A shared contact answers the question for a phone number; elsewhere it is kept for later.
    pub(super) fn contact(&self, dialog: &Dialog, run: &mut Run, number: &str, name: &str, foreign: bool) -> Turn {
        let Some(slot) = dialog.slot_of(Kind::Phone) else { return self.unexpected(dialog, run) };
        let phone::Phone::Number(number) = phone::from_contact(number) else {
            return self.again(dialog, run, slot, Text::new("phone-invalid"));
        };
        let name = clean(name, 40);
        if let (Some(slot), false) = (dialog.slots.iter().find(|s| s.kind == Kind::Name && s.silent), name.is_empty()) {
            let name = Value::Words(name.clone());
            if foreign {
                run.slots.insert(slot.id().to_owned(), name);
            } else {
                run.slots.entry(slot.id().to_owned()).or_insert(name);
            }
        }
        if run.asking.as_deref() != Some(slot.id()) {
            run.slots.insert(slot.id().to_owned(), Value::Phone(number));
            let mut turn = Turn::say(self.ask(dialog, run));
            turn.echo.push(Text::new("phone-kept"));
            return turn;
        }
        let echo = if foreign {
            Text::new("phone-of-other").with("name", name).with("phone", number.clone())
        } else {
            self.shown(slot, Some(&Value::Phone(number.clone())), run)
        };
        self.fill(dialog, run, slot, Value::Phone(number), Turn { echo: vec![echo], ..Turn::default() })
    }

    /// A file: collected where files are asked for, refused politely elsewhere.
    pub(super) fn file(&self, dialog: &Dialog, run: &mut Run, media: Media, caption: &str) -> Turn {
        let report = dialog.slot_of(Kind::Report);
        let Some(slot) = self.asked(dialog, run).filter(|s| s.kind == Kind::Report) else {
            // A picture that comes early or late still belongs to the report.
            let Some(slot) = report else { return self.unexpected(dialog, run) };
            run.skipped.remove(slot.id());
            let empty = Value::Report { text: String::new(), media: Vec::new() };
            let most = slot.max.unwrap_or(FILES);
            let mut note = Text::new("file-added");
            if let Value::Report { text, media: files } = run.slots.entry(slot.id().to_owned()).or_insert(empty) {
                *text = clean(&[text.as_str(), caption].join("\n"), WORDS);
                if files.len() >= most {
                    note = full(most);
                } else if !files.iter().any(|f| f.unique_id == media.unique_id) {
                    files.push(media);
                }
            }
            let mut turn = Turn::say(self.ask(dialog, run));
            turn.echo.push(note);
            return turn;
        };
        let most = slot.max.unwrap_or(FILES);
        let (mut text, mut files) = match run.pending.take() {
            Some(Pending::Files { text, media }) => (text, media),
            _ => (String::new(), Vec::new()),
        };
        if !caption.is_empty() {
            text = clean(&[text.as_str(), caption].join("\n"), WORDS);
        }
        let too_many = files.len() >= most;
        if !too_many && !files.iter().any(|f| f.unique_id == media.unique_id) {
            files.push(media);
        }
        run.pending = Some(Pending::Files { text, media: files });
        let mut turn = Turn::say(self.ask(dialog, run));
        if too_many {
            turn.echo.push(full(most));
        }
        turn
    }

    fn report_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        // A message with a phone and an address is not a description: it answers what comes next as well.
        let mut turn = Turn::default();
        let (before, media) = match run.pending.take() {
            // At the review new words replace the old ones; the files stay.
            Some(Pending::Files { media, .. }) if run.reviewing => (String::new(), media),
            Some(Pending::Files { text, media }) => (text, media),
            _ => (String::new(), Vec::new()),
        };
        if before.is_empty() && media.is_empty() && !run.reviewing {
            let heard = run.heard.clone();
            match self.take_mixed(dialog, run, text, &mut turn) {
                Some(taken) if !taken.words => {
                    turn.say.push(self.ask(dialog, run));
                    return turn;
                }
                Some(_) => {
                    // The whole message is the description: nothing of it gets lost.
                    run.heard = heard;
                    return self.fill(dialog, run, slot, Value::Report { text: clean(text, WORDS), media }, turn);
                }
                None => {}
            }
        }
        let text = clean(&[before.as_str(), text].join("\n"), WORDS);
        self.fill_echo(dialog, run, slot, Value::Report { text, media })
    }

    fn choice_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        if slot.kind == Kind::ChoiceOrWords
            && dialog.mixed
            && let Some(turn) = self.said_elsewhere(dialog, run, text)
        {
            return turn;
        }
        let mut turn = Turn::default();
        if run.pending == Some(Pending::Typing) {
            return self.fill_echo(dialog, run, slot, Value::Words(clean(text, slot.max.unwrap_or(WORDS))));
        }
        if !run.reviewing
            && let Some(taken) = self.take_mixed(dialog, run, text, &mut turn)
        {
            if run.slots.contains_key(slot.id()) {
                self.advance(dialog, run, &mut turn);
            } else if slot.kind == Kind::Choice && !taken.proposals.is_empty() {
                self.propose(dialog, run, slot, taken.proposals, &mut turn);
            } else {
                turn.say.push(self.ask(dialog, run));
            }
            return turn;
        }
        match self.meant(slot, run, text) {
            Meant::Exactly(id) => self.choose(dialog, run, slot, &id),
            Meant::Perhaps(ids) if slot.kind == Kind::Choice => {
                hear(run, text);
                match &ids[..] {
                    // One is no choice: it is said what was understood, and one tap leads back.
                    [id] => self.choose(dialog, run, slot, id),
                    _ => {
                        self.propose(dialog, run, slot, ids, &mut turn);
                        turn
                    }
                }
            }
            Meant::Perhaps(ids) if ids.len() == 1 && text.chars().count() <= SHORT && !slot.literal => {
                let id = ids.into_iter().next().unwrap_or_default();
                self.choose(dialog, run, slot, &id)
            }
            _ if slot.kind == Kind::ChoiceOrWords => {
                self.fill_echo(dialog, run, slot, Value::Words(clean(text, slot.max.unwrap_or(WORDS))))
            }
            _ => {
                if text.chars().count() > 3 {
                    hear(run, text);
                }
                self.again(dialog, run, slot, self.again_key(dialog, slot))
            }
        }
    }

    fn choose(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, id: &str) -> Turn {
        let typed = slot.options.as_ref().and_then(|list| self.book.choice(list, id)).is_some_and(|c| c.typed);
        if typed {
            run.pending = Some(Pending::Typing);
            return Turn::say(self.ask(dialog, run));
        }
        self.fill_echo(dialog, run, slot, Value::Choice(id.to_owned()))
    }

    /// A button with an option.
    pub(super) fn option(&self, dialog: &Dialog, run: &mut Run, index: usize) -> Turn {
        let Some(slot) = self.asked(dialog, run) else { return Turn::say(self.ask(dialog, run)) };
        let id = match &run.pending {
            Some(Pending::Options(ids)) => ids.get(index).cloned(),
            Some(Pending::Districts { .. } | Pending::Level { .. } | Pending::Street { .. }) => {
                return self.district_tap(dialog, run, slot, index);
            }
            Some(Pending::Named { .. }) => return self.areas_tap(dialog, run, slot, index),
            Some(Pending::Areas(codes)) => match codes.get(index).cloned() {
                Some(code) => return self.fill_area(dialog, run, slot, code),
                None => None,
            },
            _ => self.book.options(slot).get(index).filter(|c| c.offered(run)).map(|c| c.id.clone()),
        };
        match id {
            Some(id) => self.choose(dialog, run, slot, &id),
            None => Turn::say(self.ask(dialog, run)),
        }
    }

    /// "That is all": the files collected so far, or the first proposal.
    pub(super) fn enough(&self, dialog: &Dialog, run: &mut Run) -> Turn {
        let Some(slot) = self.asked(dialog, run) else { return Turn::say(self.ask(dialog, run)) };
        if slot.kind == Kind::Areas {
            return self.areas_enough(dialog, run, slot);
        }
        match run.pending.clone() {
            Some(Pending::Files { text, media }) => self.fill_echo(dialog, run, slot, Value::Report { text, media }),
            Some(Pending::Options(ids)) => match ids.first() {
                Some(id) => self.choose(dialog, run, slot, id),
                None => Turn::say(self.ask(dialog, run)),
            },
            _ => Turn::say(self.ask(dialog, run)),
        }
    }
}

fn full(most: usize) -> Text {
    Text::new("files-full").with("most", i64::try_from(most).unwrap_or(i64::MAX))
}
