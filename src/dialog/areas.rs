//! The question for several areas. What is clear is taken at once; the question stays open for what is not.
use crate::vocabulary::say::{Arg, Button, Keyboard, Text};

use super::address::BUTTONS;
use super::ask::button;
use super::definition::{Dialog, Slot};
use super::fold::clean;
use super::machine::{Machine, Tap};
use super::session::{Namesakes, Pending, Run};
use super::turn::{End, Turn, Utter};
use super::value::Value;

/// Most characters of names that are read at once: every name is looked up, and others wait.
pub const LONGEST: usize = 1000;
/// Most names shown in a list of areas.
pub const MOST_NAMED: usize = 12;

/// Names in a row, the first [`MOST_NAMED`] of them.
pub fn listed(names: &[String]) -> Arg {
    let mut shown = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join("、");
    if names.len() > MOST_NAMED {
        shown.push('…');
    }
    Arg::Words(shown)
}

/// What is still to be settled.
#[derive(Default)]
struct Open {
    several: Vec<Namesakes>,
    unknown: Vec<String>,
}

impl Machine<'_> {
    /// Names of areas; or which of several was meant.
    pub(super) fn areas_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        if text.chars().count() > LONGEST {
            return self.again(dialog, run, slot, Text::new("areas-long"));
        }
        let text = clean(text, LONGEST);
        let mut open = open(run);
        if let Some(index) = open.several.first().and_then(|first| self.chosen_area(first, &text)) {
            return self.areas_tap(dialog, run, slot, index);
        }
        let named = self.matcher.named(&text);
        if named.is_empty() {
            return self.again(dialog, run, slot, self.again_key(dialog, slot));
        }
        if let ([only], Some(first)) = (&named[..], open.several.first_mut()) {
            // "Dalian" after "which Zhongshan District?" says which; it does not mean the whole city.
            let meant = |code: &String| matches!(&only.codes[..], [holder] if self.matcher.lies_in(code, holder));
            let fitting: Vec<String> = first.codes.iter().filter(|code| meant(code)).cloned().collect();
            match &fitting[..] {
                [] => {}
                [one] => {
                    let index = first.codes.iter().position(|code| code == one).unwrap_or_default();
                    return self.areas_tap(dialog, run, slot, index);
                }
                _ => {
                    first.codes = fitting;
                    keep_open(run, open);
                    return Turn::say(self.ask(dialog, run));
                }
            }
        }
        // What was not found is written anew now.
        open.unknown.clear();
        let mut sure = Vec::new();
        for mut name in named {
            match name.codes.len() {
                0 => open.unknown.push(name.words),
                1 => sure.append(&mut name.codes),
                _ if open.several.iter().any(|s| s.codes == name.codes) => {}
                _ => open.several.push(Namesakes { words: name.words, codes: name.codes }),
            }
        }
        open.several.retain(|name| !name.codes.iter().any(|code| sure.contains(code)));
        self.areas_taken(dialog, run, slot, sure, open, false)
    }

    /// By its number, or by a part of its name in full.
    fn chosen_area(&self, name: &Namesakes, text: &str) -> Option<usize> {
        let number = text.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|i| *i < name.codes.len().min(BUTTONS));
        let fits = |code: &String| self.full_name(code).contains(text);
        let mut fitting = name.codes.iter().enumerate().filter(|(_, code)| fits(code)).map(|(i, _)| i);
        number.or(fitting.next().filter(|_| fitting.next().is_none()))
    }

    /// One of several was meant.
    pub(super) fn areas_tap(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, index: usize) -> Turn {
        let mut open = open(run);
        match open.several.first().and_then(|first| first.codes.get(index).cloned()) {
            Some(code) => {
                open.several.remove(0);
                self.areas_taken(dialog, run, slot, vec![code], open, true)
            }
            None => Turn::say(self.ask(dialog, run)),
        }
    }

    /// None of several was meant: on to the next name.
    pub(super) fn areas_neither(&self, dialog: &Dialog, run: &mut Run) -> Turn {
        let mut open = open(run);
        open.several.drain(..open.several.len().min(1));
        keep_open(run, open);
        Turn::say(self.ask(dialog, run))
    }

    /// The rest is let go; what was taken so far is all.
    pub(super) fn areas_enough(&self, dialog: &Dialog, run: &mut Run, slot: &Slot) -> Turn {
        match run.slots.get(slot.id()).cloned() {
            Some(value) => self.fill_echo(dialog, run, slot, value),
            None => Turn::end(End::Cancelled),
        }
    }

    fn areas_taken(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, sure: Vec<String>, open: Open, tapped: bool) -> Turn {
        let clear = sure.is_empty();
        let mut codes = match run.slots.get(slot.id()) {
            Some(Value::Areas(codes)) => codes.clone(),
            _ => Vec::new(),
        };
        codes.extend(sure);
        if open.several.is_empty() && open.unknown.is_empty() {
            let value = Value::Areas(codes);
            let echo = self.shown(slot, Some(&value), run);
            let mut turn = self.fill(dialog, run, slot, value, Turn::default());
            if tapped || turn.end.is_none() {
                // Where the dialog ends, the words stand right above its answer.
                turn.echo.insert(0, echo);
            }
            return turn;
        }
        run.attempts = 0;
        keep_open(run, open);
        if clear {
            return Turn::say(self.ask(dialog, run));
        }
        run.slots.insert(slot.id().to_owned(), Value::Areas(codes));
        Turn::end(End::Partly)
    }

    /// The question, or what is still open of it.
    pub(super) fn ask_areas(&self, run: &Run, slot: &Slot, prompt: Text) -> Utter {
        let open = open(run);
        let mut lines = Vec::new();
        let mut rows: Vec<Vec<Button>> = Vec::new();
        let mut last = Vec::new();
        if !open.unknown.is_empty() {
            lines.push(Text::new("areas-unknown").with("words", listed(&open.unknown)));
        }
        if let Some((first, later)) = open.several.split_first() {
            let count = i64::try_from(first.codes.len()).unwrap_or(i64::MAX);
            lines.push(Text::new("areas-which").with("words", &first.words).with("count", count));
            if !later.is_empty() {
                let words: Vec<String> = later.iter().map(|name| name.words.clone()).collect();
                lines.push(Text::new("areas-which-later").with("words", listed(&words)));
            }
            rows.extend(
                first
                    .codes
                    .iter()
                    .take(BUTTONS)
                    .enumerate()
                    .map(|(i, code)| vec![button(run, Text::new("words").with("words", self.full_name(code)), Tap::Option(i))]),
            );
            last.push(button(run, Text::new("button-neither"), Tap::Neither));
        }
        if lines.is_empty() {
            lines.push(prompt);
        }
        if run.slots.contains_key(slot.id()) {
            last.push(button(run, Text::new("button-that-is-all"), Tap::Enough));
        }
        last.push(button(run, Text::new("button-cancel"), Tap::Cancel));
        rows.push(last);
        Utter { lines, keyboard: Keyboard::Inline(rows) }
    }

    /// Names in full of areas.
    pub(super) fn area_names(&self, codes: &[String]) -> Arg {
        listed(&codes.iter().map(|code| self.full_name(code)).collect::<Vec<_>>())
    }
}

fn open(run: &Run) -> Open {
    match &run.pending {
        Some(Pending::Named { several, unknown }) => Open { several: several.clone(), unknown: unknown.clone() },
        _ => Open::default(),
    }
}

fn keep_open(run: &mut Run, open: Open) {
    let settled = open.several.is_empty() && open.unknown.is_empty();
    run.pending = (!settled).then_some(Pending::Named { several: open.several, unknown: open.unknown });
}
