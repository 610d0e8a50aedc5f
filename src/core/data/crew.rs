//! Wishes of admins about crews: `s1:c:…`.
use crate::vocabulary::lang::Lang;

/// What an admin wishes of a crew, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrewWish {
    /// Show all crews.
    All,
    /// Show one.
    One(i64),
    /// Show which faults it repairs.
    Faults(i64),
    /// It repairs this fault, or does no longer; its place in the list of faults, from 1.
    Fault(i64, i64),
    /// It speaks this language, or does no longer.
    Lang(i64, Lang),
    /// Show when it works.
    Hours(i64),
    /// It works as this one of the usual weeks says, from 1.
    Week(i64, i64),
    /// Ask when it works.
    AskHours(i64),
    /// Show its holidays.
    Days(i64),
    /// Ask for a holiday.
    AskDays(i64),
    /// Forget the holiday at this place, from 1.
    DropDays(i64, i64),
    /// It is closed today.
    Today(i64),
    /// Show what it promises.
    Promise(i64),
    /// It answers within so many minutes; 0: as the service does.
    Minutes(i64, i64),
    /// Crews that are as good as each other are asked one after another, or all at once.
    Turns(bool),
}

impl CrewWish {
    pub(super) fn encode(&self) -> String {
        match self {
            CrewWish::All => "s1:c:all".to_owned(),
            CrewWish::One(crew) => format!("s1:c:one:{crew}"),
            CrewWish::Faults(crew) => format!("s1:c:faults:{crew}"),
            CrewWish::Fault(crew, n) => format!("s1:c:fault:{crew}:{n}"),
            CrewWish::Lang(crew, lang) => format!("s1:c:lang:{crew}:{}", lang.tag()),
            CrewWish::Hours(crew) => format!("s1:c:hours:{crew}"),
            CrewWish::Week(crew, n) => format!("s1:c:week:{crew}:{n}"),
            CrewWish::AskHours(crew) => format!("s1:c:askhours:{crew}"),
            CrewWish::Days(crew) => format!("s1:c:days:{crew}"),
            CrewWish::AskDays(crew) => format!("s1:c:askdays:{crew}"),
            CrewWish::DropDays(crew, n) => format!("s1:c:dropdays:{crew}:{n}"),
            CrewWish::Today(crew) => format!("s1:c:today:{crew}"),
            CrewWish::Promise(crew) => format!("s1:c:promise:{crew}"),
            CrewWish::Minutes(crew, minutes) => format!("s1:c:minutes:{crew}:{minutes}"),
            CrewWish::Turns(turns) => format!("s1:c:turns:{}", i64::from(*turns)),
        }
    }

    pub(super) fn decode(parts: &[&str]) -> Option<CrewWish> {
        let id = super::id;
        Some(match *parts {
            ["all"] => CrewWish::All,
            ["one", crew] => CrewWish::One(id(crew)?),
            ["faults", crew] => CrewWish::Faults(id(crew)?),
            ["fault", crew, n] => CrewWish::Fault(id(crew)?, id(n)?),
            ["lang", crew, tag] => CrewWish::Lang(id(crew)?, Lang::ALL.into_iter().find(|l| l.tag() == tag)?),
            ["hours", crew] => CrewWish::Hours(id(crew)?),
            ["week", crew, n] => CrewWish::Week(id(crew)?, id(n)?),
            ["askhours", crew] => CrewWish::AskHours(id(crew)?),
            ["days", crew] => CrewWish::Days(id(crew)?),
            ["askdays", crew] => CrewWish::AskDays(id(crew)?),
            ["dropdays", crew, n] => CrewWish::DropDays(id(crew)?, id(n)?),
            ["today", crew] => CrewWish::Today(id(crew)?),
            ["promise", crew] => CrewWish::Promise(id(crew)?),
            ["minutes", crew, "0"] => CrewWish::Minutes(id(crew)?, 0),
            ["minutes", crew, minutes] => CrewWish::Minutes(id(crew)?, id(minutes)?),
            ["turns", "0"] => CrewWish::Turns(false),
            ["turns", "1"] => CrewWish::Turns(true),
            _ => return None,
        })
    }

    /// Whether it changes who hears of tickets: those that wait are then looked at again.
    pub fn changes(&self) -> bool {
        use CrewWish::{DropDays, Fault, Lang, Today, Week};
        matches!(self, Fault(..) | Lang(..) | Week(..) | DropDays(..) | Today(..))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Setup, Wish};
    use super::*;

    #[test]
    fn wishes_survive_the_round_trip_and_forgeries_do_not() {
        let most = i64::MAX;
        let mut all = vec![CrewWish::All, CrewWish::Turns(true), CrewWish::Turns(false), CrewWish::Minutes(1, 0)];
        let of_one: [fn(i64) -> CrewWish; 8] = [
            CrewWish::One,
            CrewWish::Faults,
            CrewWish::Hours,
            CrewWish::AskHours,
            CrewWish::Days,
            CrewWish::AskDays,
            CrewWish::Today,
            CrewWish::Promise,
        ];
        all.extend(of_one.map(|wish| wish(most)));
        let of_two: [fn(i64, i64) -> CrewWish; 4] = [CrewWish::Fault, CrewWish::Week, CrewWish::DropDays, CrewWish::Minutes];
        all.extend(of_two.map(|wish| wish(most, most)));
        all.extend(Lang::ALL.map(|lang| CrewWish::Lang(7, lang)));
        for wish in all {
            let data = Wish::Setup(Setup::Crew(wish.clone())).encode();
            assert!(data.len() <= 64, "{data}");
            assert_eq!(Wish::decode(&data), Some(Wish::Setup(Setup::Crew(wish))));
        }
        for forged in ["s1:c", "s1:c:one", "s1:c:one:0", "s1:c:lang:1:fr", "s1:c:turns:2", "s1:c:minutes:1:-5"] {
            assert_eq!(Wish::decode(forged), None, "{forged}");
        }
    }
}
