//! What goes wrong again and again is told when it is new, and then once a minute: a log that repeats itself every second
//! hides what it says.
use std::time::{Duration, Instant};

const AGAIN: Duration = Duration::from_secs(60);

/// What was told last, and when.
#[derive(Debug, Default)]
pub struct News(Option<(String, Instant)>);

impl News {
    /// Whether this is to be told now.
    pub fn is_new(&mut self, what: &str) -> bool {
        self.is_new_at(what, Instant::now())
    }

    /// It is over; whether it was told that something was wrong.
    pub fn over(&mut self) -> bool {
        self.0.take().is_some()
    }

    fn is_new_at(&mut self, what: &str, now: Instant) -> bool {
        let told = self.0.as_ref().is_some_and(|(last, at)| last == what && now.duration_since(*at) < AGAIN);
        if !told {
            self.0 = Some((what.to_owned(), now));
        }
        !told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_told_once_a_minute() {
        let (mut news, start) = (News::default(), Instant::now());
        let mut at = |what: &str, seconds: u64| news.is_new_at(what, start + Duration::from_secs(seconds));
        assert!(at("full", 0) && !at("full", 59) && at("full", 60));
        assert!(at("locked", 61) && !at("locked", 62) && at("full", 63), "something else is new");
        assert!(news.over() && !news.over());
    }
}
