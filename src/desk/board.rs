//! The board of a busy group: one living message with the most urgent tickets, where a card for each of them would come too
//! late. Telegram takes twenty messages a minute in a group; what is more than that waits.
use crate::vocabulary::input::Millis;

/// So many messages may wait for a group before a ticket goes on its board: once the minute's are used up, they leave three
/// seconds apart, and behind so many a card of its own would be seen after half a minute.
pub const BUSY: i64 = 8;
/// Tickets that are shown at a time.
pub const SHOWN: i64 = 10;

/// A board is brought up to date no more often: twelve times a minute leaves the group eight other messages.
const STEP: Millis = 5_000;
/// Edits notify nobody, so with new tickets it comes anew, no more often than this. Without, the times on it are renewed.
const MINUTE: Millis = 60_000;
/// The same when nothing new has come for an hour.
const QUIET: Millis = 600_000;
const HOUR: Millis = 3_600_000;

/// When a board that has changed at `now` is brought up to date: at a moment that all changes of the next seconds share.
pub fn soon(now: Millis) -> Millis {
    next(now, STEP)
}

/// When a board that does not change is looked at again. `newest`: when the last ticket came on it.
pub fn later(now: Millis, newest: Millis) -> Millis {
    next(now, if now - newest < HOUR { MINUTE } else { QUIET })
}

/// Whether a board that was due then comes anew, at the end of the chat.
pub fn comes_anew(due: Millis, newest: Millis) -> bool {
    due.rem_euclid(MINUTE) == 0 && newest > due - MINUTE
}

fn next(now: Millis, step: Millis) -> Millis {
    now - now.rem_euclid(step) + step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_the_same_seconds_are_shown_together() {
        assert_eq!([soon(0), soon(1), soon(4_999), soon(5_000)], [5_000, 5_000, 5_000, 10_000]);
    }

    #[test]
    fn a_board_comes_anew_once_a_minute_and_only_with_something_new() {
        let anew = |newest| (1..=24).map(|n| n * STEP).filter(|due| comes_anew(*due, newest)).collect::<Vec<_>>();
        assert_eq!(anew(30_000), [60_000]);
        assert_eq!(anew(60_001), [60_000, 120_000], "what comes while it is sent is on the next one");
        assert_eq!(anew(-MINUTE), Vec::<Millis>::new());
    }

    #[test]
    fn a_quiet_board_is_looked_at_seldom() {
        assert_eq!(later(70_000, 65_000), 120_000);
        assert_eq!(later(HOUR + 1, 0), HOUR + QUIET);
    }
}
