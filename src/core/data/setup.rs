//! Wishes of admins about the service itself: `s1:…`.
use super::CrewWish;

/// What an admin's button wishes. None of them is a right: whoever presses must be an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Show a part of the guide.
    Part(Part),
    /// Leave a part of the guide for later, or say that it is fine as it is.
    Settle(Part),
    /// Ask which areas to serve from now on.
    AskServe,
    /// Ask which areas to serve no longer.
    AskUnserve,
    /// Ask which areas alone to serve.
    AskKeep,
    /// Ask whether to serve nothing any more.
    AskClear,
    /// Serve nothing any more.
    Clear,
    /// Show how much is served.
    Served,
    /// Show the names of what is served: this page, counted from 1.
    Districts(i64),
    /// Ask for the hotline.
    AskHotline,
    /// Open a test ticket.
    Trial,
    /// Remove the test ticket with this number.
    EndTrial(i64),
    /// Show the admins.
    Admins,
    /// Make a link for another admin.
    Invite,
    /// Ask whether this admin is to be removed.
    AskDismiss(i64),
    /// Remove this admin.
    Dismiss(i64),
    /// Something about a crew.
    Crew(CrewWish),
}

/// Parts of the guide through the first hour, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The crew's group.
    Groups,
    /// Districts served.
    Districts,
    /// The hotline.
    Hotline,
    /// A test ticket.
    Trial,
    /// More admins.
    Admins,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Part; 5] = [Part::Groups, Part::Districts, Part::Hotline, Part::Trial, Part::Admins];

    /// The word kept in buttons, in the database, and in keys of texts.
    pub fn word(self) -> &'static str {
        match self {
            Part::Groups => "groups",
            Part::Districts => "districts",
            Part::Hotline => "hotline",
            Part::Trial => "trial",
            Part::Admins => "admins",
        }
    }

    fn parse(word: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|p| p.word() == word)
    }
}

impl Setup {
    pub(super) fn encode(&self) -> String {
        match self {
            Setup::Part(part) => format!("s1:part:{}", part.word()),
            Setup::Settle(part) => format!("s1:settle:{}", part.word()),
            Setup::AskServe => "s1:serve".to_owned(),
            Setup::AskUnserve => "s1:unserve".to_owned(),
            Setup::AskKeep => "s1:keep".to_owned(),
            Setup::AskClear => "s1:askclear".to_owned(),
            Setup::Clear => "s1:clear".to_owned(),
            Setup::Served => "s1:served".to_owned(),
            Setup::Districts(page) => format!("s1:districts:{page}"),
            Setup::AskHotline => "s1:hotline".to_owned(),
            Setup::Trial => "s1:trial".to_owned(),
            Setup::EndTrial(number) => format!("s1:endtrial:{number}"),
            Setup::Admins => "s1:admins".to_owned(),
            Setup::Invite => "s1:invite".to_owned(),
            Setup::AskDismiss(id) => format!("s1:askdismiss:{id}"),
            Setup::Dismiss(id) => format!("s1:dismiss:{id}"),
            Setup::Crew(wish) => wish.encode(),
        }
    }

    pub(super) fn decode(parts: &[&str]) -> Option<Setup> {
        Some(match *parts {
            ["part", part] => Setup::Part(Part::parse(part)?),
            ["settle", part] => Setup::Settle(Part::parse(part)?),
            ["serve"] => Setup::AskServe,
            ["unserve"] => Setup::AskUnserve,
            ["keep"] => Setup::AskKeep,
            ["askclear"] => Setup::AskClear,
            ["clear"] => Setup::Clear,
            ["served"] => Setup::Served,
            ["districts", page] => Setup::Districts(super::id(page)?),
            ["hotline"] => Setup::AskHotline,
            ["trial"] => Setup::Trial,
            ["endtrial", number] => Setup::EndTrial(super::id(number)?),
            ["admins"] => Setup::Admins,
            ["invite"] => Setup::Invite,
            ["askdismiss", admin] => Setup::AskDismiss(super::id(admin)?),
            ["dismiss", admin] => Setup::Dismiss(super::id(admin)?),
            ["c", ref wish @ ..] => Setup::Crew(CrewWish::decode(wish)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Wish;
    use super::*;

    #[test]
    fn wishes_survive_the_round_trip_and_forgeries_do_not() {
        let mut all = vec![
            Setup::AskServe,
            Setup::AskUnserve,
            Setup::AskKeep,
            Setup::AskClear,
            Setup::Clear,
            Setup::Served,
            Setup::Districts(1),
            Setup::Districts(i64::MAX),
            Setup::AskHotline,
            Setup::Trial,
            Setup::EndTrial(i64::MAX),
            Setup::Admins,
            Setup::Invite,
            Setup::AskDismiss(7),
            Setup::Dismiss(i64::MAX),
        ];
        all.extend(Part::ALL.map(Setup::Part));
        all.extend(Part::ALL.map(Setup::Settle));
        for wish in all {
            let data = Wish::Setup(wish.clone()).encode();
            assert!(data.len() <= 64);
            assert_eq!(Wish::decode(&data), Some(Wish::Setup(wish)));
        }
        for forged in [
            "s1",
            "s1:",
            "s1:part:all",
            "s1:serve:",
            "s1:serve:211481",
            "s1:districts:0",
            "s1:districts:x",
            "s1:dismiss:0",
            "s2:trial",
        ] {
            assert_eq!(Wish::decode(forged), None, "{forged}");
        }
    }
}
