//! Dialogs, option lists and patterns as they stand in `dialogs/*.toml`.
use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

/// A file of `dialogs/`, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// File name, such as `report.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Something wrong in a file of `dialogs/`: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File name.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// A dialog: slots to fill in order, then perhaps a review, then a finish.
#[derive(Clone, Debug)]
pub struct Dialog {
    /// Its id; also the prefix of its text keys.
    pub id: String,
    /// What happens with the answers.
    pub finish: Finish,
    /// Whether everything is shown for review before the finish.
    pub review: bool,
    /// Whether one message may fill several slots.
    pub mixed: bool,
    /// The slots.
    pub slots: Vec<Slot>,
    /// File it came from.
    pub file: String,
}

/// What the program does with a finished dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// Makes a ticket.
    Submit,
    /// Makes a ticket for somebody who phones.
    Call,
    /// Registers a technician, then claims the ticket that brought them.
    Claim,
    /// Answers what a stage of the visit demands.
    #[serde(alias = "done")]
    Visit,
    /// Says what the work will cost.
    Quote,
    /// Says why a quote is declined.
    Decline,
    /// A word to a rating.
    Rate,
    /// Gives the job back.
    Release,
    /// Offers times to come.
    Offer,
    /// Says which time would do instead.
    Wish,
    /// Calls the ticket off.
    Cancel,
    /// Corrects phone or address of the ticket.
    Correct,
    /// Says that the fault is still there.
    NotFixed,
    /// Sends the customer a word from the desk.
    Answer,
    /// Closes the ticket at the desk.
    Close,
    /// Sets the hotline.
    Hotline,
    /// Serves areas from now on.
    Serve,
    /// Serves areas no longer.
    Unserve,
    /// Serves these areas and no others.
    Keep,
    /// Makes a notice to many.
    Broadcast,
    /// Says when a crew works.
    CrewHours,
    /// Names days on which a crew works otherwise.
    CrewDays,
}

/// A value to collect.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Id, unique in the dialog.
    pub id: Spanned<String>,
    /// What kind of value.
    pub kind: Kind,
    /// Option list (`choice` only): file name without `.toml`.
    #[serde(default)]
    pub options: Option<String>,
    /// Buttons in a row.
    #[serde(default = "two")]
    pub columns: usize,
    /// May be skipped.
    #[serde(default)]
    pub optional: bool,
    /// May not be skipped when this holds, although optional.
    #[serde(default)]
    pub required_if: Option<Condition>,
    /// Asked only when this holds.
    #[serde(default)]
    pub only_if: Option<Condition>,
    /// Cleared when one of these changes.
    #[serde(default)]
    pub depends: Vec<String>,
    /// A number for everybody to dial (`phone` only): service numbers and extensions count, see [`super::parse::hotline`].
    #[serde(default)]
    pub service: bool,
    /// Offers a button that shares one's own place (`address`) or contact (`phone`).
    #[serde(default = "yes")]
    pub share: bool,
    /// Words that are only like an option are words (`choice_or_words` only): 明天晚上 is not 今天晚上.
    #[serde(default)]
    pub literal: bool,
    /// Never asked for on its own: filled along with another, or edited from the review.
    #[serde(default)]
    pub silent: bool,
    /// How often a misunderstood answer is asked again before help is offered.
    #[serde(default = "three")]
    pub attempts: u32,
    /// Most files (`report`) or characters (`words`, `name`).
    #[serde(default)]
    pub max: Option<usize>,
}

fn yes() -> bool {
    true
}
fn two() -> usize {
    2
}
fn three() -> u32 {
    3
}

/// Kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One of a list, by button, number or words.
    Choice,
    /// One of a list, or any words.
    ChoiceOrWords,
    /// Any words.
    Words,
    /// Words and files.
    Report,
    /// An address.
    Address,
    /// A phone number.
    Phone,
    /// A person's name.
    Name,
    /// A message to be sent to many, as it is: text with its formatting, or one file with a caption.
    Post,
    /// A province, prefecture, county or town.
    Area,
    /// Several of them.
    Areas,
}

/// Holds when a slot's chosen option is one of `is` (if there are any) and none of `not`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The slot.
    pub slot: Spanned<String>,
    /// The options.
    #[serde(default)]
    pub is: Vec<String>,
    /// The options with which it does not hold.
    #[serde(default)]
    pub not: Vec<String>,
}

/// A list to choose from.
#[derive(Clone, Debug)]
pub struct OptionList {
    /// Name: the file without `.toml`; also the prefix of its text keys.
    pub name: String,
    /// The options in order.
    pub options: Vec<Choice>,
}

/// An option of a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Id, kept in tickets.
    pub id: String,
    /// Words that mean it, as regular expressions on folded text.
    pub words: Vec<Regex>,
    /// Phrases that it is compared with for similarity.
    pub like: Vec<String>,
    /// Dangerous: emergency numbers are shown at once.
    pub danger: bool,
    /// Offered only when the address is served, or only when it is not.
    pub served: Option<bool>,
    /// Asks to type it instead of being a value itself.
    pub typed: bool,
    /// A day, counted from the report: 0 today, 1 tomorrow.
    pub day: Option<i64>,
    /// Hours of that day, begin and end.
    pub hours: Option<(u16, u16)>,
    /// Minutes from now.
    pub minutes: Option<i64>,
    /// Minutes within which somebody answers, where it is this fault; else as the crew or the service does.
    pub promise: Option<i64>,
    /// Offered only where a quote was accepted; its text may name the amount (`quote`).
    pub quoted: bool,
    /// Line in the file.
    pub line: usize,
}

/// Something that a person may say at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Give up the dialog.
    Cancel,
    /// To the question before.
    Back,
    /// Leave this question out.
    Skip,
    /// That is all (files), or: submit (review).
    Enough,
    /// Say the question again.
    Repeat,
    /// What can I do?
    Help,
    /// A person, please.
    Human,
    /// From the beginning.
    Restart,
    /// Something that I said was wrong.
    Correct,
    /// Good morning.
    Hello,
    /// Thank you.
    Thanks,
    /// How do my tickets stand?
    Status,
    /// I want to report a fault.
    Report,
}
