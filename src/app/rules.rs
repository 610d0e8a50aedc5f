//! From settings as they are set to rules as they are counted.
use crate::config;
use crate::desk::claims::Claims;
use crate::desk::keep::Keep;
use crate::desk::visit::Visits;

const HOUR: i64 = 3_600_000;

/// In milliseconds.
pub(super) fn periods(set: config::Keep) -> Keep {
    let days = |days: i64| days * 24 * HOUR;
    Keep { session: set.session * HOUR, card: set.card * HOUR, media: days(set.media), contact: days(set.contact) }
}

/// What keeps claims honest.
pub(super) fn claims(set: config::Desk) -> Claims {
    const MINUTE: i64 = 60_000;
    let count = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
    Claims { jobs: count(set.jobs), releases: count(set.releases), cool_down: set.cool_down * MINUTE, lease: set.lease * MINUTE }
}

/// The times of a visit.
pub(super) fn visits(set: config::Desk) -> Visits {
    Visits { confirm: set.confirm * HOUR, ..Visits::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_periods_are_the_usual_ones_everywhere() {
        assert_eq!(periods(config::Keep::default()), Keep::default());
        assert_eq!(claims(config::Desk::default()), Claims::default());
        assert_eq!(visits(config::Desk::default()), Visits::default());
    }
}
