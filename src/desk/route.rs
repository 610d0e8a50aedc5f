//! Which groups hear of a ticket.
use chrono_tz::Tz;

use super::crew::{Crew, CrewKind};
use crate::coverage::Matcher;
use crate::vocabulary::input::Millis;
use crate::vocabulary::lang::Lang;

/// What of a ticket decides who hears of it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Code of the county or town, as far as it is known.
    pub district: Option<&'a str>,
    /// Whether the place is served; `None`: not known.
    pub served: Option<bool>,
    /// Id of the fault.
    pub fault: &'a str,
    /// Language of the customer.
    pub lang: Lang,
}

/// Where a ticket is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To these crews, which are as good as each other; the one that was bound first comes first.
    Crews(Vec<i64>),
    /// Nobody who could take it works now: it waits at the desk, and the first of them begins at this moment.
    Closed(Millis),
    /// As a card at the desk, which hands it on, answers or closes.
    Desk,
}

/// How well a crew fits: the nearer area first, then who names the fault before who takes all, then who speaks the language.
type Rank = (usize, bool, bool);

/// Farther than any area above a place.
const ANYWHERE: usize = 9;

/// Finds the crews.
///
/// A crew fits when it names the place or an area above it, or, where we serve, takes all places, and when it names the fault or
/// takes all faults. Of those that fit, those at work are asked; if nobody is, the ticket waits until the first of them begins.
/// What is not served, or not known to be, goes to a crew only if that crew names the area; otherwise a person at the desk
/// decides.
pub fn route(crews: &[Crew], matcher: &Matcher, wanted: Wanted<'_>, zone: Tz, now: Millis) -> Route {
    let all = candidates(crews, matcher, wanted);
    let at_work: Vec<&(Rank, &Crew)> = all.iter().filter(|(_, crew)| crew.profile.hours.is_open(zone, now)).collect();
    if let Some((best, _)) = at_work.first() {
        return Route::Crews(at_work.iter().filter(|(rank, _)| rank == best).map(|(_, crew)| crew.id).collect());
    }
    let opens = all.iter().filter_map(|(_, crew)| crew.profile.hours.next_open(zone, now)).min();
    opens.map_or(Route::Desk, Route::Closed)
}

fn candidates<'a>(crews: &'a [Crew], matcher: &Matcher, wanted: Wanted<'_>) -> Vec<(Rank, &'a Crew)> {
    let chain = wanted.district.map(|code| chain(matcher, code)).unwrap_or_default();
    let rank = |crew: &Crew| {
        let profile = &crew.profile;
        let near = match crew.areas.is_empty() {
            false => chain.iter().position(|code| crew.areas.contains(code))?,
            true if wanted.served == Some(true) => ANYWHERE,
            true => return None,
        };
        let names = profile.faults.iter().any(|fault| fault == wanted.fault);
        let speaks = profile.langs.is_empty() || profile.langs.contains(&wanted.lang);
        (names || profile.faults.is_empty()).then_some((near, !names, !speaks))
    };
    let active = crews.iter().filter(|c| c.active && c.kind == CrewKind::Crew);
    let mut found: Vec<(Rank, &Crew)> = active.filter_map(|crew| Some((rank(crew)?, crew))).collect();
    found.sort_by_key(|(rank, crew)| (*rank, crew.id));
    found
}

/// Whether two crews hear of the same tickets: they name an area that is the same, or both take all.
pub fn share(crew: &Crew, other: &Crew) -> bool {
    let both = |c: &Crew| c.active && c.kind == CrewKind::Crew;
    let same = crew.areas.iter().any(|area| other.areas.contains(area)) || crew.areas.is_empty() && other.areas.is_empty();
    both(crew) && both(other) && same
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
    use crate::desk::crew::Profile;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;
    /// Monday, 2 March 2026, 14:00 in Shanghai.
    const NOW: Millis = 1_772_431_200_000;
    const HOUR: Millis = 3_600_000;

    fn crew(id: i64, areas: &[&str]) -> Crew {
        let areas = areas.iter().map(|a| (*a).to_owned()).collect();
        Crew { id, chat: -id, kind: CrewKind::Crew, title: String::new(), areas, active: true, profile: Profile::default() }
    }

    fn with(mut crew: Crew, change: impl FnOnce(&mut Profile)) -> Crew {
        change(&mut crew.profile);
        crew
    }

    fn to(crews: &[Crew], district: Option<&str>, served: Option<bool>, now: Millis) -> Route {
        let wanted = Wanted { district, served, fault: "leak", lang: Lang::Zh };
        route(crews, &Matcher::builtin().unwrap(), wanted, ZONE, now)
    }

    fn crews(ids: &[i64]) -> Route {
        Route::Crews(ids.to_vec())
    }

    #[test]
    fn the_closest_name_wins_and_strangers_go_to_the_desk() {
        let all = [crew(1, &[]), crew(2, &["210000"]), crew(3, &["211481", "211400"]), crew(4, &["211481"])];
        assert_eq!(to(&all, Some("211481"), Some(true), NOW), crews(&[3, 4]), "the county itself: both");
        assert_eq!(to(&all, Some("210102"), Some(true), NOW), crews(&[2]), "the province");
        assert_eq!(to(&all, Some("210102"), Some(false), NOW), crews(&[2]), "a crew that names the area takes it, served or not");
        assert_eq!(to(&all, Some("610621"), Some(true), NOW), crews(&[1]), "everywhere else that we serve");
        assert_eq!(to(&all, Some("610621"), Some(false), NOW), Route::Desk);
        assert_eq!(to(&all, None, None, NOW), Route::Desk);
    }

    #[test]
    fn a_trade_and_a_language_decide_among_neighbours() {
        let leaks = with(crew(2, &["211481"]), |p| p.faults = vec!["leak".into()]);
        let locks = with(crew(3, &["211481"]), |p| p.faults = vec!["key_lost".into()]);
        let english = with(crew(4, &["211481"]), |p| p.langs = vec![Lang::En]);
        let at = |all: &[Crew]| to(all, Some("211481"), Some(true), NOW);
        assert_eq!(at(&[crew(1, &["211481"]), leaks.clone(), locks.clone()]), crews(&[2]), "who names the fault");
        assert_eq!(at(std::slice::from_ref(&locks)), Route::Desk, "nobody repairs it");
        assert_eq!(at(&[english.clone(), crew(5, &["211481"])]), crews(&[5]), "who speaks the language");
        assert_eq!(at(std::slice::from_ref(&english)), crews(&[4]), "a language keeps nobody from coming");
        assert_eq!(at(&[locks, crew(6, &[])]), crews(&[6]), "a crew for everything stands in");
    }

    #[test]
    fn who_does_not_work_is_not_asked_and_the_ticket_waits_for_the_first() {
        let hours =
            |from: u16, to: u16| move |p: &mut Profile| p.hours.week.iter_mut().for_each(|day| day.push((from * 60, to * 60)));
        let morning = with(crew(1, &["211481"]), hours(6, 12));
        let day = with(crew(2, &["210000"]), hours(9, 18));
        let at = |all: &[Crew], now| to(all, Some("211481"), Some(true), now);
        let both = [morning.clone(), day];
        assert_eq!(at(&both, NOW - 4 * HOUR), crews(&[1]), "ten o'clock: the nearer");
        assert_eq!(at(&both, NOW), crews(&[2]), "two o'clock: who is at work");
        assert_eq!(at(&both, NOW + 5 * HOUR), Route::Closed(NOW + 16 * HOUR), "seven: tomorrow at six");
        let never = with(morning, |p| p.hours.week = [vec![(0, 0)], vec![], vec![], vec![], vec![], vec![], vec![]]);
        assert_eq!(at(&[never], NOW), Route::Desk, "hours that never come");
    }

    #[test]
    fn crews_share_what_both_are_named_for() {
        for areas in [&[][..], &["211481"], &["211481", "610621"]] {
            assert!(share(&crew(1, areas), &crew(2, areas)));
        }
        assert!(!share(&crew(1, &[]), &crew(2, &["211481"])) && !share(&crew(1, &["210000"]), &crew(2, &["211481"])));
        let mut gone = crew(1, &[]);
        gone.active = false;
        assert!(!share(&crew(2, &[]), &gone));
        assert_eq!(to(&[gone], Some("211481"), Some(true), NOW), Route::Desk, "a group that lost the bot hears of nothing");
    }
}
