//! `needs` says which rows and facts an input wants; `step` decides. PURE.
//!
//! The law of this room: `(world, input, scene) -> step`, and nothing else. No clock (the scene says when it is), no
//! randomness, no database, no network, no Telegram types. The scene's rows are locked when `step` sees them and stay so
//! until what it decided is committed; so whoever wins here has won, with any number of processes.
//!
//! Rights come from the scene (who is the customer, the claimer, an admin, a member of the group, as Telegram said), never
//! from the data of a button, which anyone can forge.
//!
//! An input enters by `private`, `groups`, `presses` or `timers`; `commands` and `finish` lead on. What is done lies in five
//! rooms along a ticket's way: `setup` (the service itself), `reporting`, `claiming`, `dispatching`, `visiting`. They speak through
//! `stage` and `cards`, and begin dialogs through `talk`.
mod cards;
mod claiming;
mod commands;
pub mod data;
pub mod directory;
mod dispatching;
mod finish;
mod groups;
mod needs;
mod notice;
mod presses;
mod private;
mod reporting;
mod retention;
mod rights;
pub mod scene;
mod settings;
mod setup;
mod stage;
mod talk;
mod timers;
mod visiting;

use crate::coverage::Matcher;
use crate::dialog::book::Book;
use crate::dialog::machine::Machine;
use crate::dialog::texts::Texts;
use crate::vocabulary::input::Input;
use claiming::{board, claim, contact, lease, offer, promise, queue, release};
use dispatching::{assign, caller, dispatch, morning, staff};
use reporting::{correct, duplicate, report};
use scene::{Scene, Step};
use setup::{admins, bind, crews, districts, greet, guide, hotline, trial};
use visiting::{appointment, charge, progress, quote, rating, recording, visit};

pub use morning::{LATELY, TIMER as MORNING};
pub use needs::{days, may_offer, may_read, needs, tickets, wants_customer, wants_notice, wants_number};
pub use settings::Settings;
pub use staff::HISTORY;

/// What the core knows for as long as the program runs.
pub struct World {
    /// Dialogs, lists, patterns.
    pub book: Book,
    /// Texts in every language.
    pub texts: Texts,
    /// Finds districts.
    pub matcher: Matcher,
    /// Settings.
    pub settings: Settings,
}

impl World {
    fn machine<'a>(&'a self, scene: &'a Scene) -> Machine<'a> {
        Machine {
            book: &self.book,
            matcher: &self.matcher,
            served: &scene.served,
            labels: &self.texts,
            hour: self.settings.hour(scene.now),
        }
    }
}

/// The one decision function.
pub fn step(world: &World, input: &Input, scene: Scene) -> Step {
    let mut stage = stage::Stage::new(world, scene);
    match input {
        Input::Message(m) if m.private => private::message(&mut stage, input, m),
        Input::Message(m) => groups::message(&mut stage, m),
        Input::Edited(m) if m.private => private::edited(&mut stage, m),
        Input::Edited(_) => {}
        Input::Press(p) => presses::press(&mut stage, input, p),
        Input::Member(change) => groups::member(&mut stage, change),
        Input::BotMember(change) => groups::bot_member(&mut stage, change),
        Input::Migrated { from, to } => groups::migrated(&mut stage, *from, *to),
        Input::Barred { chat } => groups::barred(&mut stage, *chat),
        Input::Timer(timer) => timers::fire(&mut stage, timer),
    }
    stage.finish()
}
