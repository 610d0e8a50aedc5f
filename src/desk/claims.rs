//! What keeps claims honest: how many jobs one may have, how often one may give back, how long one may stay silent.
use crate::vocabulary::input::Millis;

/// How long a release counts against whoever gave a job back.
pub const COUNTED: Millis = 24 * 3_600_000;
/// A danger cannot wait as long for its technician's call.
const DANGER: i64 = 4;
/// Where nothing is promised, the call may come this many times later.
const PLANNED: i64 = 6;

/// The rules, as the operator has set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Most jobs that one technician may have at a time.
    pub jobs: usize,
    /// So many releases within [`COUNTED`] are too many.
    pub releases: usize,
    /// How long whoever gave back too often claims nothing, from the last release on, milliseconds.
    pub cool_down: Millis,
    /// How long a claimer may take to contact the customer before they are asked, milliseconds.
    pub lease: Millis,
}

impl Default for Claims {
    fn default() -> Claims {
        Claims { jobs: 5, releases: 3, cool_down: 60 * 60_000, lease: 20 * 60_000 }
    }
}

impl Claims {
    /// Until when somebody claims nothing, who gave jobs back at these moments (ascending).
    pub fn cools_until(&self, releases: &[Millis], now: Millis) -> Option<Millis> {
        let counted = releases.iter().filter(|at| **at > now - COUNTED).count();
        let until = releases.last()? + self.cool_down;
        (counted >= self.releases && until > now).then_some(until)
    }

    /// How long the claimer of a ticket may stay silent before they are asked; half as long again, and it is offered again.
    pub fn patience(&self, danger: bool, promised: bool) -> Millis {
        match (danger, promised) {
            (true, _) => self.lease / DANGER,
            (false, true) => self.lease,
            (false, false) => self.lease * PLANNED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Millis = 60_000;

    #[test]
    fn three_releases_in_a_day_are_too_many_for_an_hour() {
        let rules = Claims::default();
        let now = 2 * COUNTED;
        assert_eq!(rules.cools_until(&[], now), None);
        assert_eq!(rules.cools_until(&[now - 2, now - 1], now), None);
        let three = [now - 90 * MINUTE, now - 70 * MINUTE, now - 10 * MINUTE];
        assert_eq!(rules.cools_until(&three, now), Some(now + 50 * MINUTE));
        assert_eq!(rules.cools_until(&three, now + 50 * MINUTE), None, "the hour is over");
        assert_eq!(rules.cools_until(&[now - COUNTED, now - 2, now - 1], now), None, "the first was a day ago");
    }

    #[test]
    fn a_danger_waits_least_and_a_plan_longest() {
        let rules = Claims::default();
        assert_eq!(
            [(true, true), (true, false), (false, true), (false, false)].map(|(d, p)| rules.patience(d, p) / MINUTE),
            [5, 5, 20, 120]
        );
    }
}
