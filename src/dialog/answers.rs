//! Answers to each kind of question but addresses.
use crate::core::input::Media;
use crate::core::say::Text;

use super::definition::{Choice, Dialog, Kind, Slot};
use super::fold::clean;
use super::machine::Machine;
use super::parse::choice::{self, Meant};
use super::parse::{name, phone};
use super::session::{Pending, Run};
use super::turn::{Turn, Utter};
use super::value::Value;

/// Most characters of free words, where a slot names no limit.
const WORDS: usize = 1000;
/// Most files of a report, where a slot names no limit.
const FILES: usize = 10;

impl Machine<'_> {
    /// Typed words as an answer.
    pub(super) fn words(&self, dialog: &Dialog, run: &mut Run, text: &str) -> Turn {
        let Some(slot) = self.asked(dialog, run) else { return self.words_at_review(dialog, run, text) };
        match slot.kind {
            Kind::Address => {
                self.take_contact_along(dialog, run, text);
                self.address_words(dialog, run, slot, text)
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
    fn take_contact_along(&self, dialog: &Dialog, run: &mut Run, text: &str) {
        let folded = phone::digits_folded(text);
        if let (phone::Phone::Number(number), Some(slot)) = (phone::find(&folded).0, dialog.slot_of(Kind::Phone)) {
            run.slots.entry(slot.id().to_owned()).or_insert(Value::Phone(number));
        }
        if let (Some((name, _)), Some(slot)) = (name::find(&folded), dialog.slot_of(Kind::Name)) {
            run.slots.entry(slot.id().to_owned()).or_insert(Value::Words(name));
        }
    }

    fn phone_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        match phone::parse(text) {
            phone::Phone::Number(number) => {
                if let (Some((name, _)), Some(slot)) = (name::find(&phone::digits_folded(text)), dialog.slot_of(Kind::Name)) {
                    run.slots.entry(slot.id().to_owned()).or_insert(Value::Words(name));
                }
                self.fill_echo(dialog, run, slot, Value::Phone(number))
            }
            phone::Phone::NoAreaCode => self.again(dialog, run, slot, Text::new("phone-area-code")),
            phone::Phone::Invalid => self.again(dialog, run, slot, Text::new("phone-invalid")),
            phone::Phone::Missing => self.again(dialog, run, slot, self.again_key(dialog, slot)),
        }
    }

    /// A shared contact answers the question for a phone number; elsewhere it is kept for later.
    pub(super) fn contact(&self, dialog: &Dialog, run: &mut Run, number: &str, name: &str, foreign: bool) -> Turn {
        let (Some(slot), phone::Phone::Number(number)) = (dialog.slot_of(Kind::Phone), phone::from_contact(number)) else {
            return self.unexpected_here(dialog, run);
        };
        let name = clean(name, 40);
        if let (Some(slot), false) = (dialog.slots.iter().find(|s| s.kind == Kind::Name && s.silent), name.is_empty()) {
            run.slots.entry(slot.id().to_owned()).or_insert(Value::Words(name.clone()));
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

    fn unexpected_here(&self, dialog: &Dialog, run: &Run) -> Turn {
        let mut turn = Turn::say(self.ask(dialog, run));
        turn.echo.push(Text::new("unexpected"));
        turn
    }

    /// A file: collected where files are asked for, refused politely elsewhere.
    pub(super) fn file(&self, dialog: &Dialog, run: &mut Run, media: Media, caption: &str) -> Turn {
        let report = dialog.slot_of(Kind::Report);
        let Some(slot) = self.asked(dialog, run).filter(|s| s.kind == Kind::Report) else {
            // A picture that comes a question late still belongs to the report.
            if let Some(Value::Report { media: files, .. }) = report.and_then(|s| run.slots.get_mut(s.id()))
                && files.len() < FILES
            {
                files.push(media);
                let mut turn = Turn::say(self.ask(dialog, run));
                turn.echo.push(Text::new("file-added"));
                return turn;
            }
            if let Some(slot) = report.filter(|s| run.skipped.contains(s.id())) {
                run.skipped.remove(slot.id());
                run.slots.insert(slot.id().to_owned(), Value::Report { text: clean(caption, WORDS), media: vec![media] });
                let mut turn = Turn::say(self.ask(dialog, run));
                turn.echo.push(Text::new("file-added"));
                return turn;
            }
            return self.unexpected_here(dialog, run);
        };
        let most = slot.max.unwrap_or(FILES);
        let (mut text, mut files) = match run.pending.take() {
            Some(Pending::Files { text, media }) => (text, media),
            _ => (String::new(), Vec::new()),
        };
        if !caption.is_empty() {
            text = clean(&[text.as_str(), caption].join("\n"), WORDS);
        }
        let full = files.len() >= most;
        if !full && !files.iter().any(|f| f.unique_id == media.unique_id) {
            files.push(media);
        }
        run.pending = Some(Pending::Files { text, media: files });
        let mut turn = Turn::say(self.ask(dialog, run));
        if full {
            turn.echo.push(Text::new("files-full").with("most", i64::try_from(most).unwrap_or(i64::MAX)));
        }
        turn
    }

    fn report_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        // A message with a phone and an address is not a description: it answers what comes next as well.
        let mut turn = Turn::default();
        let (before, media) = match run.pending.take() {
            Some(Pending::Files { text, media }) => (text, media),
            _ => (String::new(), Vec::new()),
        };
        if before.is_empty() && media.is_empty() && self.take_mixed(dialog, run, text, &mut turn) {
            let words = std::mem::take(&mut run.heard).join("\n");
            if !words.is_empty() {
                return self.fill(dialog, run, slot, Value::Report { text: words, media }, turn);
            }
            turn.say.push(self.ask(dialog, run));
            return turn;
        }
        let text = clean(&[before.as_str(), text].join("\n"), WORDS);
        self.fill_echo(dialog, run, slot, Value::Report { text, media })
    }

    fn offered<'s>(&'s self, slot: &Slot, run: &Run) -> Vec<&'s Choice> {
        self.book.options(slot).iter().filter(|c| c.offered(run)).collect()
    }

    fn choice_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        let mut turn = Turn::default();
        if run.pending != Some(Pending::Typing) && !run.reviewing && self.take_mixed(dialog, run, text, &mut turn) {
            if run.slots.contains_key(slot.id()) {
                self.advance(dialog, run, &mut turn);
            } else {
                turn.say.push(self.ask(dialog, run));
            }
            return turn;
        }
        if run.pending == Some(Pending::Typing) {
            return self.fill_echo(dialog, run, slot, Value::Words(clean(text, slot.max.unwrap_or(WORDS))));
        }
        let list = slot.options.clone().unwrap_or_default();
        let mut options = self.offered(slot, run);
        if let Some(Pending::Options(ids)) = &run.pending {
            // The numbers and "yes" mean the proposals while these are shown; other words start anew.
            options.retain(|c| ids.contains(&c.id) || text.trim().parse::<usize>().is_err());
        }
        let labels: Vec<Vec<String>> = options.iter().map(|c| self.labels.all(&format!("{list}-{}", c.id))).collect();
        match choice::read(&options, &labels, text) {
            Meant::Exactly(id) => self.choose(dialog, run, slot, &id),
            Meant::Perhaps(ids) if slot.kind == Kind::Choice => {
                run.heard.push(clean(text, WORDS));
                run.pending = Some(Pending::Options(ids));
                Turn::say(self.ask(dialog, run))
            }
            Meant::Perhaps(ids) if ids.len() == 1 && text.chars().count() <= 8 => {
                let id = ids.into_iter().next().unwrap_or_default();
                self.choose(dialog, run, slot, &id)
            }
            _ if slot.kind == Kind::ChoiceOrWords => {
                self.fill_echo(dialog, run, slot, Value::Words(clean(text, slot.max.unwrap_or(WORDS))))
            }
            _ => {
                if text.chars().count() > 3 {
                    run.heard.push(clean(text, WORDS));
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
        match run.pending.take() {
            Some(Pending::Files { text, media }) => self.fill_echo(dialog, run, slot, Value::Report { text, media }),
            Some(Pending::Options(ids)) => match ids.first() {
                Some(id) => self.choose(dialog, run, slot, &id.clone()),
                None => Turn::say(self.ask(dialog, run)),
            },
            pending => {
                run.pending = pending;
                Turn::say(self.ask(dialog, run))
            }
        }
    }

    /// What is known so far, a line a slot.
    pub(super) fn known(&self, dialog: &Dialog, run: &Run) -> Vec<Text> {
        dialog.slots.iter().filter(|s| run.slots.contains_key(s.id())).map(|s| self.shown(s, run.slots.get(s.id()), run)).collect()
    }

    /// A message with only text, such as a question without buttons.
    pub(super) fn plain(lines: Vec<Text>) -> Utter {
        Utter { lines, keyboard: crate::core::say::Keyboard::None }
    }
}
