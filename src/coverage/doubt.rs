//! What may be told of an address that was not sure: how it was read, never what it says.
use super::fold::fold_char;
use super::location::{Location, Outcome, ReasonKind};
use super::matcher::Matcher;

/// A reading without anything personal: fit for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// How far the text settled the place.
    pub outcome: Outcome,
    /// The areas that spoke for the answer and how they were named: `兴城市(similar) 葫芦岛市(short)`. Names of the gazetteer, not the words typed.
    pub reasons: String,
    /// The text with nothing left of it but the names of areas in it: `辽宁▢2市▢4#3▢1`. A run of Chinese characters becomes `▢`, one of digits `#`, one of
    /// other letters `a`, each with its length; anything else a space.
    pub masked: String,
}

impl Matcher {
    /// How the text is read, without the text.
    pub fn doubt(&self, text: &str) -> Doubt {
        let found = self.locate(text);
        let reason = |r: &super::Reason| {
            let kind = format!("{:?}", r.kind).to_lowercase();
            format!("{}({kind})", self.area(&r.code).map(|a| a.name).unwrap_or_default())
        };
        let reasons = found.reasons.iter().map(reason).collect::<Vec<_>>().join(" ");
        Doubt { outcome: found.outcome, reasons, masked: masked(text, &found) }
    }
}

/// Only names that are written as the gazetteer has them may stay: what merely resembles one is somebody's own word.
fn masked(text: &str, found: &Location) -> String {
    let mut out = String::new();
    let mut left = text;
    for reason in found.reasons.iter().filter(|r| r.kind != ReasonKind::Similar && !r.words.is_empty()) {
        if let Some((before, after)) = left.split_once(reason.words.as_str()) {
            mask(before, &mut out);
            out.push_str(&reason.words);
            left = after;
        }
    }
    mask(left, &mut out);
    out
}

fn mask(text: &str, out: &mut String) {
    let class = |c: char| match fold_char(c) {
        ' ' => ' ',
        c if c.is_numeric() => '#',
        '\u{2e80}'..='\u{9fff}' => '▢',
        _ => 'a',
    };
    let mut run: Option<(char, usize)> = None;
    for c in text.chars().map(class).map(Some).chain([None]) {
        match (run, c) {
            (Some((of, length)), Some(c)) if of == c => run = Some((of, length + 1)),
            (last, next) => {
                match last {
                    Some((' ', _)) => out.push(' '),
                    Some((of, length)) => out.push_str(&format!("{of}{length}")),
                    None => {}
                }
                run = next.map(|c| (c, 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_names_of_areas_is_told() {
        let matcher = Matcher::builtin().unwrap();
        for (text, masked, reasons) in [
            ("鼓楼区中山路５号，王安 13800000000", "鼓楼区▢3#1▢1 ▢2 #11", "鼓楼区(name)"),
            ("葫芦岛兴诚市3号楼 Emily", "葫芦岛▢3#1▢2 a5", "葫芦岛市(short) 兴城市(similar)"),
            ("在哪里", "▢3", ""),
        ] {
            let told = matcher.doubt(text);
            assert_eq!((told.masked.as_str(), told.reasons.as_str()), (masked, reasons), "{text}");
        }
    }
}
