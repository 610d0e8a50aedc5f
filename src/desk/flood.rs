//! A token bucket a person: whoever writes too fast slows only themselves.
use super::person::Person;
use crate::vocabulary::input::Millis;

/// Tokens of a full bucket, in thousandths: an album of ten and a few words at once.
pub const CAPACITY: i64 = 20_000;
/// Thousandths that come back each second.
pub const REFILL: i64 = 1_000;

/// What becomes of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It is handled.
    Pass,
    /// Too fast, for the first time: the person is told once.
    Warn,
    /// Too fast: silence.
    Drop,
}

/// Takes one token.
pub fn take(person: &mut Person, now: Millis) -> Flow {
    // A clock that jumps back must not empty or fill the bucket.
    let elapsed = (now - person.refilled).clamp(0, 60_000);
    person.tokens = (person.tokens + elapsed * REFILL / 1000).min(CAPACITY);
    person.refilled = now;
    if person.tokens >= 1000 {
        person.tokens -= 1000;
        person.warned = false;
        Flow::Pass
    } else if person.warned {
        Flow::Drop
    } else {
        person.warned = true;
        Flow::Warn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_notice_then_silence_then_it_flows_again() {
        let mut person = Person { tokens: CAPACITY, refilled: 1_000_000, ..Person::default() };
        let flows: Vec<Flow> = (0..23).map(|_| take(&mut person, 1_000_000)).collect();
        assert!(flows.iter().take(20).all(|f| *f == Flow::Pass));
        assert_eq!(flows.get(20..), Some(&[Flow::Warn, Flow::Drop, Flow::Drop][..]));
        assert_eq!(take(&mut person, 1_002_000), Flow::Pass);
    }

    #[test]
    fn a_clock_that_jumps_back_neither_fills_nor_empties() {
        let mut person = Person { tokens: 5_000, refilled: 10_000_000, ..Person::default() };
        assert_eq!(take(&mut person, 1), Flow::Pass);
        assert_eq!(person.tokens, 4_000);
    }
}
