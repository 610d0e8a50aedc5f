//! Questions of a broadcast: what is said, and in which area.
use crate::vocabulary::html;
use crate::vocabulary::input::Post;
use crate::vocabulary::say::Text;

use super::definition::{Dialog, Kind, Slot};
use super::fold::clean;
use super::machine::Machine;
use super::session::{Pending, Run};
use super::turn::Turn;
use super::value::Value;

/// Telegram's limits of what a bot sends, in UTF-16 units once parsed: of a text, of the caption of a file
/// (<https://core.telegram.org/bots/api#sendmessage>, `#sendphoto`). People may write longer captions than bots.
pub const LONGEST_TEXT: usize = 4096;
/// See [`LONGEST_TEXT`].
pub const LONGEST_CAPTION: usize = 1024;
/// Most characters of the name of an area.
const NAME: usize = 60;

/// The longest words that may go with a post.
pub fn longest(post: &Post) -> usize {
    if post.media.is_some() { LONGEST_CAPTION } else { LONGEST_TEXT }
}

impl Machine<'_> {
    /// A message to be sent to many, as it came.
    pub(super) fn posted(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, post: Post) -> Turn {
        let most = longest(&post);
        let length = html::visible(&post.html);
        if length > most {
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let why = Text::new("post-long").with("length", count(length)).with("most", count(most));
            return self.again(dialog, run, slot, why);
        }
        if length == 0 && post.media.is_none() {
            return self.again(dialog, run, slot, self.again_key(dialog, slot));
        }
        self.fill(dialog, run, slot, Value::Post(post), Turn::default())
    }

    /// A name of an area of any level; asks back when several have it.
    pub(super) fn area_words(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, text: &str) -> Turn {
        let text = clean(text, NAME);
        let codes = match &self.matcher.named(&text)[..] {
            [one] => one.codes.clone(),
            // The question is for one area: read together they may be one.
            _ => {
                let found = self.matcher.locate(&text);
                found.code.into_iter().chain(found.candidates).collect()
            }
        };
        match &codes[..] {
            [code] => self.fill_area(dialog, run, slot, code.clone()),
            [_, ..] => {
                run.pending = Some(Pending::Areas(codes));
                Turn::say(self.ask(dialog, run))
            }
            [] => {
                run.pending = None;
                self.again(dialog, run, slot, self.again_key(dialog, slot))
            }
        }
    }

    /// The area is settled.
    pub(super) fn fill_area(&self, dialog: &Dialog, run: &mut Run, slot: &Slot, code: String) -> Turn {
        let name = self.matcher.full_name(&code).unwrap_or_default();
        self.fill_echo(dialog, run, slot, Value::Area { code, name })
    }

    /// Whether the present question takes a whole message as it is.
    pub fn takes_post(&self, run: &Run) -> bool {
        let slot = self.book.dialog(&run.dialog).and_then(|dialog| self.asked(dialog, run));
        slot.is_some_and(|slot| slot.kind == Kind::Post)
    }
}
