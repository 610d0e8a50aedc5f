//! From the files of `dialogs/` to what they define; every problem with its line.
use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::definition::{Choice, Dialog, Finish, Intent, OptionList, Problem, Slot, Source};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DialogFile {
    finish: Spanned<Finish>,
    #[serde(default)]
    review: bool,
    #[serde(default)]
    mixed: bool,
    slot: Vec<Slot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    option: Vec<ChoiceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceEntry {
    id: Spanned<String>,
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    like: Vec<String>,
    #[serde(default)]
    danger: bool,
    #[serde(default)]
    served: Option<bool>,
    #[serde(default)]
    typed: bool,
    #[serde(default)]
    day: Option<i64>,
    #[serde(default)]
    hours: Option<(u16, u16)>,
    #[serde(default)]
    minutes: Option<i64>,
    #[serde(default)]
    promise: Option<i64>,
    #[serde(default)]
    quoted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    intent: Vec<IntentEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntentEntry {
    id: Intent,
    words: Vec<Spanned<String>>,
}

/// One parsed file.
pub(super) enum Parsed {
    Dialog(Dialog),
    List(OptionList),
    Patterns(Vec<(Intent, Regex)>),
}

/// Line of a byte offset, counted from 1.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

impl Source {
    /// File name without its ending.
    pub(super) fn stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(&*self.name, |(stem, _)| stem)
    }

    fn problem(&self, offset: usize, what: impl Into<String>) -> Problem {
        Problem { file: self.name.clone(), line: line_at(&self.text, offset), what: what.into() }
    }

    fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, Vec<Problem>> {
        toml::from_str(&self.text).map_err(|e| {
            vec![self.problem(e.span().map_or(0, |s| s.start), format!("{}; correct it", e.message().replace('\n', " ")))]
        })
    }

    /// Compiles a pattern that is matched against folded text, case aside.
    fn pattern(&self, word: &Spanned<String>) -> Result<Regex, Problem> {
        Regex::new(&format!("(?i){}", word.get_ref())).map_err(|_| {
            self.problem(word.span().start, format!("the pattern {:?} is not a regular expression; correct it", word.get_ref()))
        })
    }

    /// Parses the file by what it holds.
    pub(super) fn parse(&self) -> Result<Parsed, Vec<Problem>> {
        let table: toml::Table = self.read()?;
        if table.contains_key("slot") {
            let file: DialogFile = self.read()?;
            Ok(Parsed::Dialog(Dialog {
                id: self.stem().to_owned(),
                finish: file.finish.into_inner(),
                review: file.review,
                mixed: file.mixed,
                slots: file.slot,
                file: self.name.clone(),
            }))
        } else if table.contains_key("option") {
            self.parse_list().map(Parsed::List)
        } else if table.contains_key("intent") {
            self.parse_patterns().map(Parsed::Patterns)
        } else {
            Err(vec![self.problem(0, "holds neither [[slot]], [[option]] nor [[intent]]; add one or remove the file")])
        }
    }

    fn parse_list(&self) -> Result<OptionList, Vec<Problem>> {
        let file: ListFile = self.read()?;
        let mut problems = Vec::new();
        let mut options = Vec::new();
        for entry in file.option {
            let words = entry.words.iter().filter_map(|w| self.pattern(w).map_err(|p| problems.push(p)).ok()).collect();
            options.push(Choice {
                line: line_at(&self.text, entry.id.span().start),
                id: entry.id.into_inner(),
                words,
                like: entry.like,
                danger: entry.danger,
                served: entry.served,
                typed: entry.typed,
                day: entry.day,
                hours: entry.hours,
                minutes: entry.minutes,
                promise: entry.promise,
                quoted: entry.quoted,
            });
        }
        if problems.is_empty() { Ok(OptionList { name: self.stem().to_owned(), options }) } else { Err(problems) }
    }

    fn parse_patterns(&self) -> Result<Vec<(Intent, Regex)>, Vec<Problem>> {
        let file: PatternFile = self.read()?;
        let mut problems = Vec::new();
        let mut patterns = Vec::new();
        for entry in &file.intent {
            for word in &entry.words {
                match self.pattern(word) {
                    Ok(regex) => patterns.push((entry.id, regex)),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        if problems.is_empty() { Ok(patterns) } else { Err(problems) }
    }
}
