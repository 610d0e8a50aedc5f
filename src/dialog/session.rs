//! What the bot remembers of a conversation between two messages. Sealed at rest.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::dialog::value::Value;
use crate::vocabulary::input::{Media, Millis, Post};
use crate::vocabulary::say::Text;

/// A person's conversation with the bot.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The dialog that is running.
    #[serde(default)]
    pub run: Option<Run>,
    /// How many dialogs this person has begun; the number of the last one.
    #[serde(default)]
    pub runs: i64,
    /// Album whose first part was answered, where no dialog collects it: the others are not.
    #[serde(default)]
    pub album: Option<String>,
    /// The guide through the first hour was opened here: its card follows what is done.
    #[serde(default)]
    pub guide: bool,
    /// What this person last wanted to send to many, and the number of that notice: kept for another audience.
    #[serde(default)]
    pub draft: Option<(i64, Post)>,
    /// The state could not be read (an older program, another key): said once, then begun anew.
    #[serde(skip)]
    pub unreadable: bool,
}

/// A running dialog.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Id of the dialog.
    pub dialog: String,
    /// Number of the run within the session; part of every button, so that old buttons are known as such.
    pub number: i64,
    /// Ticket that the dialog is about (done, cancel, correct, claim), if any.
    #[serde(default)]
    pub ticket: Option<i64>,
    /// What was agreed on for the ticket, as it is shown, where that can be an answer.
    #[serde(default)]
    pub quoted: Option<String>,
    /// Crew that the dialog is about, if any.
    #[serde(default)]
    pub crew: Option<i64>,
    /// Begun with a dispatcher's right, which a message in private cannot prove again.
    #[serde(default)]
    pub desk: bool,
    /// That right was an admin's, and ends when they stop being one.
    #[serde(default)]
    pub admin: bool,
    /// Filled slots.
    pub slots: BTreeMap<String, Value>,
    /// Slots that the person skipped.
    #[serde(default)]
    pub skipped: BTreeSet<String>,
    /// Slot being asked for; `None` at the review card.
    pub asking: Option<String>,
    /// A question within the question, such as "which of these districts?".
    #[serde(default)]
    pub pending: Option<Pending>,
    /// Counts questions; part of every button.
    pub question: i64,
    /// How often the present question was not understood.
    #[serde(default)]
    pub attempts: u32,
    /// Slots answered so far, oldest first, for *back*.
    #[serde(default)]
    pub trail: Vec<String>,
    /// Whether the person came from the review card and returns to it.
    #[serde(default)]
    pub reviewing: bool,
    /// Whether a reply keyboard is showing.
    #[serde(default)]
    pub keyboard: bool,
    /// Words that came early, for slots that are asked for later.
    #[serde(default)]
    pub hints: BTreeMap<String, String>,
    /// What the person said besides filling slots, in their own words.
    #[serde(default)]
    pub heard: Vec<String>,
    /// Album being collected.
    #[serde(default)]
    pub album: Option<String>,
    /// What its parts gave rise to, said once with the question.
    #[serde(default)]
    pub note: Option<Text>,
    /// A part of what was said is carried out already: to give up the dialog does not undo it.
    #[serde(default)]
    pub carried: bool,
    /// The open ticket with the same fault that the person was told of.
    #[serde(default)]
    pub hinted: Option<i64>,
    /// Whether the timer that reminds of silence is set.
    #[serde(default)]
    pub watched: bool,
    /// When the person last said something.
    pub at: Millis,
}

/// Areas of one name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Namesakes {
    /// The name as written.
    pub words: String,
    /// Their codes.
    pub codes: Vec<String>,
}

/// A question within a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// Did you mean one of these options?
    Options(Vec<String>),
    /// Which of these districts? (address as typed, codes)
    Districts {
        /// The address as typed.
        typed: String,
        /// Codes of the candidates.
        codes: Vec<String>,
        /// Shared place, degrees north and east.
        location: Option<(f64, f64)>,
    },
    /// Which district of this area?
    Level {
        /// The address as typed.
        typed: String,
        /// Code of the province, prefecture or by-town area that is known.
        code: String,
        /// Shared place, degrees north and east.
        location: Option<(f64, f64)>,
    },
    /// The street is still wanted.
    Street {
        /// The address as typed so far; empty when only a place was shared.
        typed: String,
        /// Codes of the district, or of the nearest ones when only a place was shared.
        codes: Vec<String>,
        /// Shared place, degrees north and east.
        location: Option<(f64, f64)>,
    },
    /// Which of these areas? (codes)
    Areas(Vec<String>),
    /// Of several areas that were named, these are still open.
    Named {
        /// Names that several areas have; the first is being asked for.
        several: Vec<Namesakes>,
        /// Names that no area has.
        unknown: Vec<String>,
    },
    /// The person wants to type it.
    Typing,
    /// Files collected so far for a question that takes several.
    Files {
        /// What was said besides.
        text: String,
        /// The files.
        media: Vec<Media>,
    },
}
