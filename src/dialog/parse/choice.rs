//! Which option do these words mean? Patterns first, then similarity.
use crate::dialog::definition::Choice;
use crate::dialog::fold::fold;

/// What words say about a list of options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Exactly one option's own label, or its number.
    Exactly(String),
    /// These, the likeliest first; to be confirmed.
    Perhaps(Vec<String>),
    /// Nothing that is known.
    Unknown,
}

/// Below this similarity (0 to 1) a phrase says nothing. Measured on typing errors of one or two characters in
/// phrases of four to twelve.
const SIMILAR: f64 = 0.6;

/// Most proposals shown at once.
const PROPOSALS: usize = 3;

/// Reads words, or an option's number counted from 1. `labels` are the options' labels in every language.
pub fn read(options: &[&Choice], labels: &[Vec<String>], text: &str) -> Meant {
    let text = fold(text);
    if let Ok(number) = text.parse::<usize>() {
        return number.checked_sub(1).and_then(|i| options.get(i)).map_or(Meant::Unknown, |c| Meant::Exactly(c.id.clone()));
    }
    for (choice, labels) in options.iter().zip(labels) {
        if labels.iter().any(|label| fold(label) == text) {
            return Meant::Exactly(choice.id.clone());
        }
    }
    let hits = by_pattern(options, &text);
    if !hits.is_empty() {
        return Meant::Perhaps(hits.into_iter().take(PROPOSALS).collect());
    }
    let mut scored: Vec<(f64, &str)> = options
        .iter()
        .zip(labels)
        .map(|(choice, labels)| {
            (choice.like.iter().chain(labels).map(|p| similarity(&text, &fold(p))).fold(0.0, f64::max), &*choice.id)
        })
        .filter(|(score, _)| *score >= SIMILAR)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    if scored.is_empty() {
        Meant::Unknown
    } else {
        Meant::Perhaps(scored.into_iter().take(PROPOSALS).map(|(_, id)| id.to_owned()).collect())
    }
}

/// Options whose patterns match folded text: dangers first, then the longest hit first.
pub fn by_pattern(options: &[&Choice], folded: &str) -> Vec<String> {
    let mut hits: Vec<(bool, usize, &str)> = options
        .iter()
        .filter_map(|choice| {
            let longest = choice.words.iter().filter_map(|w| w.find(folded)).map(|m| m.len()).max()?;
            Some((choice.danger, longest, &*choice.id))
        })
        .collect();
    hits.sort_by_key(|(danger, longest, _)| std::cmp::Reverse((*danger, *longest)));
    hits.into_iter().map(|(_, _, id)| id.to_owned()).collect()
}

/// How alike two folded texts are; a swap of neighbours counts as one error.
fn similarity(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}
