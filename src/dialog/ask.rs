//! Questions: what is said and which buttons it carries.
use crate::vocabulary::say::{Arg, Button, Does, Keyboard, ReplyButton, Text};

use super::address::{self, BUTTONS};
use super::data;
use super::definition::{Choice, Dialog, Kind, Slot};
use super::machine::{Machine, Tap};
use super::session::{Pending, Run};
use super::turn::Utter;
use super::value::Value;

impl Machine<'_> {
    /// The present question, or the review card. Every question has a number; buttons of earlier ones are old.
    pub(super) fn ask(&self, dialog: &Dialog, run: &mut Run) -> Utter {
        run.question += 1;
        match self.asked(dialog, run) {
            Some(slot) => self.question(dialog, run, slot),
            None => self.review(dialog, run),
        }
    }

    fn question(&self, dialog: &Dialog, run: &Run, slot: &Slot) -> Utter {
        let prompt = Text::new(format!("{}-{}", dialog.id, slot.id()));
        match (&run.pending, slot.kind) {
            (Some(Pending::Options(ids)), _) => {
                let list = slot.options.as_deref().unwrap_or_default();
                let mut rows: Vec<Vec<Button>> = ids
                    .iter()
                    .enumerate()
                    .map(|(i, id)| vec![button(run, Text::new(format!("{list}-{id}")), Tap::Option(i))])
                    .collect();
                rows.push(vec![
                    button(run, Text::new("button-neither"), Tap::Neither),
                    button(run, Text::new("button-cancel"), Tap::Cancel),
                ]);
                Utter::new(Text::new("choice-mean"), Keyboard::Inline(rows))
            }
            (Some(Pending::Typing), _) => {
                let key = format!("{}-type", slot.options.as_deref().unwrap_or_default());
                Utter::new(Text::new(key), Keyboard::Inline(self.navigation(run, slot)))
            }
            (Some(Pending::Districts { codes, location, .. }), _) => {
                let key = if location.is_some() { "address-which" } else { "address-several" };
                self.districts(run, slot, Text::new(key), codes.iter().map(|c| self.full_name(c)).collect())
            }
            (Some(Pending::Level { code, .. }), _) => {
                let children = self.matcher.children(code);
                let names = if children.len() <= BUTTONS { children.iter().map(|c| self.name(c)).collect() } else { Vec::new() };
                let key = if names.is_empty() { "address-missing-write" } else { "address-missing" };
                self.districts(run, slot, Text::new(key).with("area", self.full_name(code)), names)
            }
            (Some(Pending::Areas(codes)), _) => {
                self.districts(run, slot, Text::new("area-several"), codes.iter().map(|c| self.full_name(c)).collect())
            }
            (None | Some(Pending::Named { .. } | Pending::Files { .. }), Kind::Areas) => self.ask_areas(run, slot, prompt),
            (Some(Pending::Named { .. }), _) => Utter::new(prompt, Keyboard::Inline(self.navigation(run, slot))),
            (Some(Pending::Street { typed, codes, .. }), _) => self.street(run, slot, typed, codes),
            (Some(Pending::Files { media, .. }), _) if !media.is_empty() => {
                let text = Text::new("files-more").with("count", i64::try_from(media.len()).unwrap_or_default());
                let mut rows = vec![vec![button(run, Text::new("button-enough"), Tap::Enough)]];
                rows.extend(self.navigation(run, slot));
                rows.iter_mut().for_each(|row| row.retain(|b| b.label.key != "button-skip"));
                Utter::new(text, Keyboard::Inline(rows))
            }
            (None | Some(Pending::Files { .. }), Kind::Choice | Kind::ChoiceOrWords) => self.choices(run, slot, prompt),
            (None | Some(Pending::Files { .. }), Kind::Address) => {
                let mut rows = Vec::new();
                if slot.share && !run.desk {
                    rows.push(vec![ReplyButton::Location(Text::new("button-location"))]);
                }
                rows.extend(reply_navigation(run));
                Utter::new(prompt, Keyboard::Reply(rows))
            }
            (None | Some(Pending::Files { .. }), Kind::Phone) => {
                let mut rows = Vec::new();
                if slot.share && !run.desk {
                    rows.push(vec![ReplyButton::Contact(Text::new("button-contact"))]);
                }
                rows.extend(reply_navigation(run));
                Utter::new(prompt, Keyboard::Reply(rows))
            }
            (None | Some(Pending::Files { .. }), Kind::Words | Kind::Report | Kind::Name | Kind::Post | Kind::Area) => {
                Utter::new(prompt, Keyboard::Inline(self.navigation(run, slot)))
            }
        }
    }

    /// Whether an option is offered now. A part of today must still have an hour to go.
    pub(super) fn offers(&self, choice: &Choice, run: &Run) -> bool {
        let over = choice.day == Some(0) && choice.hours.is_some_and(|(_, to)| self.hour + 1 >= to);
        choice.offered(run) && !over
    }

    fn choices(&self, run: &Run, slot: &Slot, prompt: Text) -> Utter {
        let list = slot.options.as_deref().unwrap_or_default();
        let buttons: Vec<Button> = self
            .book
            .options(slot)
            .iter()
            .enumerate()
            .filter(|(_, c)| self.offers(c, run))
            .map(|(i, c)| button(run, label(list, &c.id, run), Tap::Option(i)))
            .collect();
        let mut rows: Vec<Vec<Button>> = buttons.chunks(slot.columns.max(1)).map(<[Button]>::to_vec).collect();
        rows.extend(self.navigation(run, slot));
        Utter::new(prompt, Keyboard::Inline(rows))
    }

    fn districts(&self, run: &Run, slot: &Slot, text: Text, names: Vec<String>) -> Utter {
        let mut rows: Vec<Vec<Button>> = names
            .into_iter()
            .take(BUTTONS)
            .enumerate()
            .map(|(i, name)| vec![button(run, Text::new("words").with("words", name), Tap::Option(i))])
            .collect();
        let mut last = vec![button(run, Text::new("button-other-address"), Tap::Neither)];
        last.extend(self.navigation(run, slot).into_iter().flatten().filter(|b| b.label.key == "button-cancel"));
        rows.push(last);
        Utter::new(text, Keyboard::Inline(rows))
    }

    fn street(&self, run: &Run, slot: &Slot, typed: &str, codes: &[String]) -> Utter {
        let names = codes.iter().map(|c| self.full_name(c)).collect::<Vec<_>>().join(" / ");
        let text = Text::new(if typed.is_empty() { "address-near" } else { "address-street" }).with("area", names);
        let mut rows = vec![vec![button(run, Text::new("button-no-street"), Tap::Skip)]];
        rows.extend(self.navigation(run, slot));
        Utter::new(text, Keyboard::Inline(rows))
    }

    /// Back, skip and cancel, as far as they apply.
    fn navigation(&self, run: &Run, slot: &Slot) -> Vec<Vec<Button>> {
        let mut row = Vec::new();
        if !run.trail.is_empty() || run.reviewing || run.pending.is_some() {
            row.push(button(run, Text::new("button-back"), Tap::Back));
        }
        if slot.skippable(run) && !run.slots.contains_key(slot.id()) {
            row.push(button(run, Text::new("button-skip"), Tap::Skip));
        }
        row.push(button(run, Text::new("button-cancel"), Tap::Cancel));
        vec![row]
    }

    fn review(&self, dialog: &Dialog, run: &Run) -> Utter {
        let fields: Vec<(usize, &Slot)> = dialog.slots.iter().enumerate().filter(|(_, s)| s.applies(run)).collect();
        let lines = fields.iter().map(|(_, s)| self.reviewed(dialog, run, s)).collect();
        let text = Text::new(format!("{}-review", dialog.id)).with("fields", Arg::Lines(lines));
        let mut rows = vec![vec![button(run, Text::new("button-submit"), Tap::Enough)]];
        let edits: Vec<Button> = fields
            .iter()
            .map(|(i, s)| {
                button(
                    run,
                    Text::new("button-edit").with("field", Arg::Within(Text::new(format!("label-{}", s.id())))),
                    Tap::Edit(*i),
                )
            })
            .collect();
        rows.extend(edits.chunks(3).map(<[Button]>::to_vec));
        rows.push(vec![button(run, Text::new("button-cancel-report"), Tap::Cancel)]);
        Utter::new(text, Keyboard::Inline(rows))
    }

    /// A field as the ticket will have it: what was said on the way belongs to the description.
    fn reviewed(&self, dialog: &Dialog, run: &Run, slot: &Slot) -> Text {
        let value = run.slots.get(slot.id());
        if slot.kind != Kind::Report {
            return self.shown(slot, value, run);
        }
        let text = self.story(&dialog.id, run);
        let media = match value {
            Some(Value::Report { media, .. }) => media.clone(),
            _ => Vec::new(),
        };
        let told = (!text.is_empty() || !media.is_empty()).then_some(Value::Report { text, media });
        self.shown(slot, told.as_ref(), run)
    }

    /// One tap that changes a slot.
    pub(super) fn change_button(&self, run: &Run, index: usize) -> Keyboard {
        Keyboard::Inline(vec![vec![button(run, Text::new("button-change"), Tap::Edit(index))]])
    }

    /// A field and its value, as shown on the review card and as an echo.
    pub(super) fn shown(&self, slot: &Slot, value: Option<&Value>, run: &Run) -> Text {
        let value = match value {
            None => Arg::Text(Text::new("empty")),
            Some(value) => self.value(slot, value, run),
        };
        Text::new("field").with("label", Text::new(format!("label-{}", slot.id()))).with("value", value)
    }

    fn value(&self, slot: &Slot, value: &Value, run: &Run) -> Arg {
        match value {
            Value::Choice(id) => Arg::Text(label(slot.options.as_deref().unwrap_or_default(), id, run)),
            Value::Words(words) | Value::Phone(words) => Arg::Words(words.clone()),
            Value::Area { name, .. } => Arg::Words(name.clone()),
            Value::Areas(codes) => self.area_names(codes),
            Value::Post(post) => Arg::Text(Text::new("files").with("count", i64::from(post.media.is_some()))),
            Value::Address(address) => Arg::Words(address::shown(address)),
            Value::Report { text, media } => {
                let count = i64::try_from(media.len()).unwrap_or_default();
                Arg::Text(match (text.is_empty(), count) {
                    (_, 0) => Text::new("words").with("words", text),
                    (true, n) => Text::new("files").with("count", n),
                    (false, n) => Text::new("words-files").with("words", text).with("count", n),
                })
            }
        }
    }

    pub(super) fn full_name(&self, code: &str) -> String {
        self.matcher.full_name(code).unwrap_or_else(|| code.to_owned())
    }

    fn name(&self, code: &str) -> String {
        self.matcher.area(code).map_or_else(|| code.to_owned(), |a| a.name)
    }
}

/// What an option is called; where a quote was accepted, its text may name it.
fn label(list: &str, option: &str, run: &Run) -> Text {
    let text = Text::new(format!("{list}-{option}"));
    match &run.quoted {
        Some(quoted) => text.with("quote", quoted),
        None => text,
    }
}

pub(super) fn button(run: &Run, label: Text, tap: Tap) -> Button {
    Button { label, does: Does::Press(data::encode(run, tap)) }
}

/// Where a reply keyboard stands, back and cancel are words.
fn reply_navigation(run: &Run) -> Vec<Vec<ReplyButton>> {
    let mut row = Vec::new();
    if !run.trail.is_empty() || run.reviewing {
        row.push(ReplyButton::Words(Text::new("button-back")));
    }
    row.push(ReplyButton::Words(Text::new("button-cancel")));
    vec![row]
}
