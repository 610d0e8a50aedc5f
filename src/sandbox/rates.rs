//! How much a bot may send, and what happens to one that sends more.
//!
//! Telegram publishes about 30 messages a second in all, about one a second in a chat with short bursts, 20 a minute in a
//! group (<https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>). It does not say how it
//! counts; here every window rolls, and short ones leave room for what a network bunches together and for a burst.
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// So many messages within any span of that length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many at most.
    pub count: usize,
    /// How long.
    pub span: Duration,
}

impl Window {
    /// `count` within any `seconds`.
    pub const fn new(count: usize, seconds: u64) -> Self {
        Self { count, span: Duration::from_secs(seconds) }
    }
}

/// Limits of sending. Messages, copies, forwards and edits count, an album by its files; what is refused does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Of all chats together.
    pub all: Vec<Window>,
    /// Of every chat.
    pub chat: Vec<Window>,
    /// Of a group, besides.
    pub group: Vec<Window>,
    /// Of all chats together, for messages that are paid for.
    pub paid: Vec<Window>,
}

impl Default for Rates {
    /// 30 a second in all, of which a dozen may still have been under way from before; one a second in a chat over a
    /// minute, with bursts of six and an album; 20 a minute in a group.
    fn default() -> Self {
        Self {
            all: vec![Window::new(42, 1), Window::new(162, 5)],
            chat: vec![Window::new(6, 1), Window::new(75, 60)],
            group: vec![Window::new(20, 60)],
            paid: vec![Window::new(1_000, 1)],
        }
    }
}

impl Rates {
    /// No limits: for a test of something else.
    pub fn lifted() -> Self {
        Self { all: Vec::new(), chat: Vec::new(), group: Vec::new(), paid: Vec::new() }
    }
}

/// What was sent of late, in milliseconds of the world's clock.
#[derive(Default)]
pub(super) struct Meter {
    rates: Rates,
    all: VecDeque<i64>,
    paid: VecDeque<i64>,
    chats: HashMap<i64, VecDeque<i64>>,
}

impl Meter {
    pub fn new(rates: Rates) -> Self {
        Self { rates, ..Self::default() }
    }

    /// Counts `messages` to a chat, paid for or not, or says how many milliseconds to wait.
    pub fn take(&mut self, chat: i64, messages: usize, paid: bool, now: i64) -> Result<(), i64> {
        let own = self.chats.entry(chat).or_default();
        let group = if chat < 0 { self.rates.group.as_slice() } else { &[] };
        let (all, rates) = if paid { (&mut self.paid, &self.rates.paid) } else { (&mut self.all, &self.rates.all) };
        let free = free_at(all, rates, now).max(free_at(own, &self.rates.chat, now)).max(free_at(own, group, now));
        if free > now {
            return Err(free - now);
        }
        let longest = [rates, &self.rates.chat, &self.rates.group].into_iter().flatten().map(|w| millis(*w)).max();
        for log in [all, own] {
            log.retain(|at| at.saturating_add(longest.unwrap_or(0)) > now);
            log.extend(std::iter::repeat_n(now, messages));
        }
        Ok(())
    }
}

/// When the next message fits into all windows. An album fits wherever one message does.
fn free_at(log: &VecDeque<i64>, windows: &[Window], now: i64) -> i64 {
    let free = windows.iter().filter_map(|window| {
        let oldest = log.len().checked_sub(window.count)?;
        log.get(oldest).map(|at| at.saturating_add(millis(*window)))
    });
    free.max().unwrap_or(now)
}

fn millis(window: Window) -> i64 {
    i64::try_from(window.span.as_millis()).unwrap_or(i64::MAX)
}
