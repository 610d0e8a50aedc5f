//! The promise 承诺: somebody has claimed the ticket and contacted the customer within a set time. PURE arithmetic.
use serde::{Deserialize, Serialize};

use crate::vocabulary::input::Millis;

/// The clock of a ticket's promise. What is left of it runs only while somebody works and nobody waits for the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// Since when it runs.
    pub from: Millis,
    /// Time that may pass, milliseconds.
    pub span: Millis,
    /// Time that had passed when it was last stopped, milliseconds.
    #[serde(default)]
    pub passed: Millis,
    /// Since when it stands still, because the customer has to say something first.
    #[serde(default)]
    pub paused: Option<Millis>,
    /// The last of [`Mark`]s that was told, in percent; 0: none.
    #[serde(default)]
    pub told: i64,
}

/// A moment on the way to the end of the promised time, and beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Half of the time is over: the crew is told.
    Half,
    /// Most of it: the crew is told, and the customer is told the truth.
    Most,
    /// All of it: dispatchers are told.
    Over,
    /// More than all of it, and still nothing: admins are told.
    Long,
}

/// Percent of the time after which each comes.
const MARKS: [(Mark, i64); 4] = [(Mark::Half, 50), (Mark::Most, 80), (Mark::Over, 100), (Mark::Long, 130)];

impl Mark {
    /// Percent of the time after which it comes.
    pub fn percent(self) -> i64 {
        MARKS.iter().find(|(mark, _)| *mark == self).map_or(0, |(_, percent)| *percent)
    }
}

impl Promised {
    /// A clock that begins to run.
    pub fn new(from: Millis, span: Millis) -> Promised {
        Promised { from, span, ..Promised::default() }
    }

    /// Time of the next mark, counted from the beginning of the clock; `None`: all were told.
    pub fn next(&self) -> Option<Millis> {
        MARKS.iter().find(|(_, percent)| *percent > self.told).map(|(_, percent)| self.at(*percent))
    }

    /// The latest mark that is reached after `passed` milliseconds and was not told. Earlier ones that nobody was told of, as
    /// after a night in which the program was down, are left out.
    pub fn reached(&mut self, passed: Millis) -> Option<Mark> {
        let (mark, percent) = *MARKS.iter().rfind(|(_, percent)| self.at(*percent) <= passed)?;
        let new = percent > self.told;
        self.told = self.told.max(percent);
        new.then_some(mark)
    }

    /// What is left of the time after `passed` milliseconds; below 0: it is over.
    pub fn left(&self, passed: Millis) -> Millis {
        self.span - passed
    }

    fn at(&self, percent: i64) -> Millis {
        self.span / 100 * percent + self.span % 100 * percent / 100
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE: Millis = 60_000;

    #[test]
    fn each_mark_is_told_once_and_in_order() {
        let mut promised = Promised::new(0, 30 * MINUTE);
        assert_eq!(promised.next(), Some(15 * MINUTE));
        assert_eq!(promised.reached(15 * MINUTE - 1), None);
        assert_eq!((promised.reached(15 * MINUTE), promised.reached(16 * MINUTE)), (Some(Mark::Half), None));
        assert_eq!(promised.next(), Some(24 * MINUTE));
        assert_eq!(promised.reached(24 * MINUTE), Some(Mark::Most));
        assert_eq!(promised.reached(30 * MINUTE), Some(Mark::Over));
        assert_eq!(promised.next(), Some(39 * MINUTE));
        assert_eq!((promised.reached(39 * MINUTE), promised.next()), (Some(Mark::Long), None));
        assert_eq!(promised.left(39 * MINUTE), -9 * MINUTE);
    }

    #[test]
    fn after_a_long_sleep_only_the_latest_is_told() {
        let mut promised = Promised::new(0, 30 * MINUTE);
        assert_eq!(promised.reached(33 * MINUTE), Some(Mark::Over));
        assert_eq!(promised.reached(24 * MINUTE), None, "a clock that went back tells nothing again");
    }

    proptest! {
        #[test]
        fn whatever_the_clock_does_marks_only_rise(span in 0i64..10_000_000_000, times in prop::collection::vec(0i64..20_000_000_000, 0..20)) {
            let mut promised = Promised::new(0, span);
            let told: Vec<Mark> = times.iter().filter_map(|passed| promised.reached(*passed)).collect();
            prop_assert!(told.windows(2).all(|pair| pair[0] < pair[1]));
            if let Some(next) = promised.next() {
                prop_assert!(promised.clone().reached(next).is_some());
            }
        }
    }
}
