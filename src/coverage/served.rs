//! Which areas are served.
use std::collections::BTreeSet;
use std::sync::Arc;

use super::gazetteer::{Gazetteer, Level, PlaceId, parse_code};
use super::location::{Location, Outcome};
use super::matcher::Matcher;

/// The areas served: counties, and towns where service is by town. A code for a whole city or province means everything in it.
/// Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Served {
    codes: Arc<BTreeSet<u32>>,
}

impl Served {
    /// From codes of 6 or 9 digits; anything else is passed over ([`super::seed::check`] reports it).
    pub fn new(codes: impl IntoIterator<Item = String>) -> Self {
        Self { codes: Arc::new(codes.into_iter().filter_map(|code| parse_code(&code)).collect()) }
    }

    /// Codes of the areas, ascending.
    pub fn codes(&self) -> impl Iterator<Item = String> + '_ {
        self.codes.iter().map(u32::to_string)
    }

    /// Is this area served? `None`: part of it is, part is not; or its land now includes a served area that has no code of its own any more;
    /// or the code is unknown and not in the set.
    pub fn covers_code(&self, matcher: &Matcher, code: &str) -> Option<bool> {
        let number = parse_code(code)?;
        let gazetteer = matcher.gazetteer();
        match gazetteer.id(number) {
            Some(place) => self.covers_place(gazetteer, place),
            None => [number, number / 1000].iter().any(|code| self.codes.contains(code)).then_some(true),
        }
    }

    fn covers_place(&self, gazetteer: &Gazetteer, place: PlaceId) -> Option<bool> {
        let served = |id: PlaceId| gazetteer.place(id).is_some_and(|p| self.codes.contains(&p.code));
        if gazetteer.line(place).any(served) {
            return Some(true);
        }
        let number = gazetteer.place(place)?.code;
        if gazetteer.merged.iter().any(|&(old, new)| new == number && self.codes.contains(&old)) {
            return None;
        }
        // A development zone lies across districts: it is served as far as its city is.
        if let Some((Level::Devzone, Some(city))) = gazetteer.place(place).map(|p| (p.level, p.parent)) {
            return self.covers_place(gazetteer, city);
        }
        let mut seen: Option<bool> = None;
        for &child in gazetteer.place(place).map_or(&[][..], |p| &p.children) {
            if gazetteer.place(child).is_none_or(|p| p.level == Level::Devzone) {
                continue;
            }
            let below = self.covers_place(gazetteer, child)?;
            if seen.is_some_and(|s| s != below) {
                return None;
            }
            seen = Some(below);
        }
        Some(seen.unwrap_or(false))
    }

    /// Is this location served? For several candidates, only if they agree; `None` where nothing is known.
    pub fn covers(&self, matcher: &Matcher, location: &Location) -> Option<bool> {
        match location.outcome {
            Outcome::None => None,
            Outcome::Sure | Outcome::Missing => location.code.as_deref().and_then(|code| self.covers_code(matcher, code)),
            Outcome::Several => {
                let mut answers = location.candidates.iter().map(|code| self.covers_code(matcher, code));
                let first = answers.next()??;
                answers.all(|a| a == Some(first)).then_some(first)
            }
        }
    }
}
