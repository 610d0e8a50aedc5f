//! From periods as they are set to periods as they are counted.
use crate::config;
use crate::desk::keep::Keep;

const HOUR: i64 = 3_600_000;

/// In milliseconds.
pub(super) fn periods(set: config::Keep) -> Keep {
    let days = |days: i64| days * 24 * HOUR;
    Keep { session: set.session * HOUR, card: set.card * HOUR, media: days(set.media), contact: days(set.contact) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_periods_are_the_usual_ones_everywhere() {
        assert_eq!(periods(config::Keep::default()), Keep::default());
    }
}
