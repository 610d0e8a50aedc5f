//! What a dialog answers, and how its messages are laid out in the chat.
use crate::vocabulary::say::{Keyboard, Place, Text};

use super::definition::Intent;

/// One message of a dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Utter {
    /// Paragraphs.
    pub lines: Vec<Text>,
    /// Buttons.
    pub keyboard: Keyboard,
}

/// The dialog's reaction to one input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// What was understood, a line each.
    pub echo: Vec<Text>,
    /// Messages.
    pub say: Vec<Utter>,
    /// Whether the dialog is over.
    pub end: Option<End>,
    /// The answer to a press, where it needs one of its own.
    pub toast: Option<Text>,
}

/// How a dialog ends, or what it leaves to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything is there: carry it out.
    Finished,
    /// The person gave up.
    Cancelled,
    /// From the beginning, please.
    Restart,
    /// What the present question has so far can be carried out; the question goes on.
    Partly,
    /// Not for the dialog; it goes on.
    Aside(Intent),
}

impl Utter {
    /// A message of one text.
    pub fn new(text: Text, keyboard: Keyboard) -> Utter {
        Utter { lines: vec![text], keyboard }
    }
}

impl Turn {
    /// A turn that says one thing.
    pub fn say(utter: Utter) -> Turn {
        Turn { say: vec![utter], ..Turn::default() }
    }

    /// A turn that only ends.
    pub fn end(end: End) -> Turn {
        Turn { end: Some(end), ..Turn::default() }
    }

    /// Lays the messages out. A press edits the message that it was on; a reply keyboard that is no longer wanted
    /// is taken away by the echo, since a message with inline buttons cannot do it.
    ///
    /// `pressed`: the message with the button. `keyboard`: whether a reply keyboard is showing; updated.
    pub fn lay_out(self, pressed: Option<i64>, keyboard: &mut bool) -> Vec<(Place, Utter)> {
        let mut out = Vec::new();
        let mut say = self.say;
        let mut echo = self.echo;
        let wants_keyboard = say.iter().any(|u| matches!(u.keyboard, Keyboard::Reply(_)));
        let first_is_inline = say.first().is_some_and(|u| matches!(u.keyboard, Keyboard::Inline(_) | Keyboard::None));
        let settles = !say.is_empty() || self.end.is_some();
        if *keyboard && !wants_keyboard && settles && !matches!(self.end, Some(End::Aside(_))) {
            let lines = if echo.is_empty() { vec![Text::new("noted")] } else { std::mem::take(&mut echo) };
            out.push((Place::New, Utter { lines, keyboard: Keyboard::Remove }));
            *keyboard = false;
        }
        *keyboard |= wants_keyboard;
        // What was understood stands apart from the next question.
        if !echo.is_empty() && say.first().is_some_and(|u| !u.lines.is_empty()) && (pressed.is_none() || first_is_inline) {
            echo.push(Text::new("gap"));
        }
        match (pressed, first_is_inline) {
            (Some(message), true) => {
                let mut first = say.remove(0);
                echo.append(&mut first.lines);
                out.push((Place::Edit(message), Utter { lines: echo, keyboard: first.keyboard }));
            }
            (Some(message), false) if !echo.is_empty() => {
                out.push((Place::Edit(message), Utter { lines: echo, keyboard: Keyboard::None }));
            }
            _ => match say.first_mut() {
                Some(first) => {
                    echo.append(&mut first.lines);
                    first.lines = echo;
                }
                None if !echo.is_empty() => out.push((Place::New, Utter { lines: echo, keyboard: Keyboard::None })),
                None => {}
            },
        }
        out.extend(say.into_iter().map(|u| (Place::New, u)));
        out
    }
}
