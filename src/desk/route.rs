//! Which group hears of a ticket.
use crate::coverage::Matcher;

use super::crew::{Crew, CrewKind};

/// Where a ticket is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route<'a> {
    /// To this crew.
    Crew(&'a Crew),
    /// As a card at the desk, which hands it on, answers or closes.
    Desk,
}

/// Finds the crew: the one that names the district most closely, else, where we serve, the first that covers all.
///
/// What is not served, or not known to be, goes to a crew only if that crew names the area; otherwise a person at the
/// desk decides.
pub fn route<'a>(crews: &'a [Crew], matcher: &Matcher, district: Option<&str>, served: Option<bool>) -> Route<'a> {
    let active = || crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew);
    let chain = district.map(|code| chain(matcher, code)).unwrap_or_default();
    let named = active().filter_map(|c| Some((chain.iter().position(|code| c.areas.contains(code))?, c)));
    if let Some((_, crew)) = named.min_by_key(|(distance, crew)| (*distance, crew.id)) {
        return Route::Crew(crew);
    }
    match active().filter(|c| c.areas.is_empty()).min_by_key(|c| c.id) {
        Some(crew) if served == Some(true) => Route::Crew(crew),
        _ => Route::Desk,
    }
}

/// Whether two crews are named for the very same, so that only one of them hears of a ticket there: is it `crew`? `None`:
/// neither takes anything from the other. A crew whose `id` is 0 is about to be added, behind all others.
///
/// Where one names the nearer area, or one names an area and the other all, both have their own.
pub fn rival(crew: &Crew, other: &Crew) -> Option<bool> {
    let both = |c: &Crew| c.active && c.kind == CrewKind::Crew;
    let same = crew.areas.iter().any(|area| other.areas.contains(area)) || crew.areas.is_empty() && other.areas.is_empty();
    (both(crew) && both(other) && same).then_some(crew.id != 0 && crew.id < other.id)
}

/// The area and everything above it, nearest first.
fn chain(matcher: &Matcher, code: &str) -> Vec<String> {
    let mut chain = vec![code.to_owned()];
    let mut at = code.to_owned();
    // A town, its county, prefecture and province: no chain is longer.
    for _ in 0..4 {
        match matcher.area(&at).and_then(|a| a.parent) {
            Some(parent) => {
                chain.push(parent.clone());
                at = parent;
            }
            None => break,
        }
    }
    chain
}

/// The group of the desk, if one is bound.
pub fn desk(crews: &[Crew]) -> Option<&Crew> {
    crews.iter().filter(|c| c.active && c.kind == CrewKind::Desk).min_by_key(|c| c.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crew(id: i64, areas: &[&str]) -> Crew {
        let areas = areas.iter().map(|a| (*a).to_owned()).collect();
        Crew { id, chat: -id, kind: CrewKind::Crew, title: String::new(), areas, active: true }
    }

    #[test]
    fn the_closest_name_wins_and_strangers_go_to_the_desk() {
        let matcher = Matcher::builtin().unwrap();
        let crews = [crew(1, &[]), crew(2, &["210000"]), crew(3, &["211481", "211400"]), crew(4, &["211481"])];
        let to = |district: Option<&str>, served| match route(&crews, &matcher, district, served) {
            Route::Crew(c) => c.id,
            Route::Desk => 0,
        };
        assert_eq!(to(Some("211481"), Some(true)), 3, "the county itself, the older crew first");
        assert_eq!(to(Some("210102"), Some(true)), 2, "the province");
        assert_eq!(to(Some("210102"), Some(false)), 2, "a crew that names the area takes it, served or not");
        assert_eq!(to(Some("610621"), Some(true)), 1, "everywhere else that we serve");
        assert_eq!(to(Some("610621"), Some(false)), 0);
        assert_eq!(to(None, None), 0);
    }

    #[test]
    fn of_two_crews_for_the_same_the_older_hears_of_it() {
        let matcher = Matcher::builtin().unwrap();
        let heard = |crews: &[Crew]| match route(crews, &matcher, Some("211481"), Some(true)) {
            Route::Crew(c) => c.id,
            Route::Desk => 0,
        };
        for areas in [&[][..], &["211481"], &["211481", "610621"]] {
            let (first, second) = (crew(1, areas), crew(2, areas));
            assert_eq!(heard(&[second.clone(), first.clone()]), 1);
            assert_eq!((rival(&first, &second), rival(&second, &first)), (Some(true), Some(false)));
            assert_eq!(rival(&crew(0, areas), &second), Some(false), "a new one comes last");
        }
        assert_eq!(rival(&crew(1, &[]), &crew(2, &["211481"])), None);
        assert_eq!(rival(&crew(1, &["210000"]), &crew(2, &["211481"])), None);
        let mut gone = crew(1, &[]);
        gone.active = false;
        assert_eq!(rival(&crew(2, &[]), &gone), None);
        gone = crew(1, &[]);
        gone.kind = CrewKind::Desk;
        assert_eq!(rival(&crew(2, &[]), &gone), None);
    }

    #[test]
    fn a_group_that_lost_the_bot_hears_of_nothing() {
        let matcher = Matcher::builtin().unwrap();
        let mut gone = crew(1, &[]);
        gone.active = false;
        assert_eq!(route(&[gone], &matcher, Some("211481"), Some(true)), Route::Desk);
    }
}
