//! How fast Telegram lets a bot write. PURE: time is injected, in milliseconds.
//!
//! Telegram publishes about 30 messages a second in all, one a second per chat with short bursts, 20 a minute per group
//! (<https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>); edits count. It does not say when
//! its seconds begin, so windows roll: between any two moments a window apart no more than its count is let through.
//! A message arrives a little after it was let through, one later than another; a group's minute is a second longer.
use std::collections::{HashMap, VecDeque};

use crate::vocabulary::input::Millis;

/// So many within any span of that length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many at most.
    pub count: usize,
    /// Length in milliseconds.
    pub span: Millis,
}

/// The limits to live within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of all chats together.
    pub all: Window,
    /// Of one group.
    pub group: Window,
    /// Of one chat: how many may come at once …
    pub burst: i64,
    /// … and how long it takes to earn one back, in milliseconds.
    pub every: Millis,
    /// Of all chats together, for messages that are paid for; `None`: none are. They do not count as usual ones.
    pub paid: Option<Window>,
}

/// Which limit of all chats together a message counts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The usual one.
    Usual,
    /// That of messages that are paid for.
    Paid,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            all: Window { count: 30, span: 1_000 },
            group: Window { count: 20, span: 61_000 },
            burst: 4,
            every: 1_000,
            paid: None,
        }
    }
}

impl Limits {
    /// So many messages a second in all, so many a second in one chat (a faster chat may also come in a bigger burst), so many
    /// a minute in one group, so many a second that are paid for. Each above 0.
    pub fn of(all: u32, chat: u32, group: u32, paid: Option<u32>) -> Limits {
        let usual = Limits::default();
        let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Limits {
            all: Window { count: count(all), ..usual.all },
            group: Window { count: count(group), ..usual.group },
            burst: usual.burst.max(i64::from(chat)),
            every: (1_000 / i64::from(chat.max(1))).max(1),
            paid: paid.map(|n| Window { count: count(n), ..usual.all }),
        }
    }
}

/// Remembers what was let through.
#[derive(Debug)]
pub struct Pace {
    limits: Limits,
    all: VecDeque<Millis>,
    paid: VecDeque<Millis>,
    chats: HashMap<i64, Chat>,
    now: Millis,
    /// When a chat that was not written to since has earned back all that it may have spent before a start.
    earned: Millis,
}

#[derive(Debug, Default)]
struct Chat {
    /// When the chat has earned back all that it spent (the "virtual schedule" of a leaky bucket).
    paid: Millis,
    /// Groups only: what was let through within the window.
    window: VecDeque<Millis>,
    /// Telegram said "too many requests": nothing before this moment.
    held: Millis,
}

impl Pace {
    /// Nothing let through yet.
    pub fn new(limits: Limits) -> Pace {
        Pace { limits, all: VecDeque::new(), paid: VecDeque::new(), chats: HashMap::new(), now: Millis::MIN, earned: Millis::MIN }
    }

    /// After a start: a program that was stopped a moment ago may have just used up the window of all chats, and has
    /// forgotten it. A third of it goes evenly over the first window, the first message at once; then everything is as usual.
    /// Likewise a chat gets one message at once, and earns back the rest of its burst.
    pub fn started(limits: Limits, now: Millis) -> Pace {
        let Window { count, span } = limits.all;
        let third = (count / 3).max(1);
        let even = (0..third).map(|n| now - span + span * spent(n) / spent(third));
        let all = even.chain(std::iter::repeat_n(now, count - third)).collect();
        let earned = now.saturating_add(limits.every.saturating_mul(limits.burst.saturating_sub(1).max(0)));
        Pace { all, earned, ..Pace::new(limits) }
    }

    /// Lets `cost` messages (an album counts by its files) to `chat` through, or says when to ask again.
    /// A clock that goes backwards counts as standing still.
    ///
    /// # Errors
    /// The moment before which asking again is useless.
    pub fn take(&mut self, lane: Lane, chat: i64, cost: usize, now: Millis) -> Result<(), Millis> {
        let now = self.advance(now);
        let limits = self.limits;
        let cost = cost.clamp(1, limits.all.count.min(limits.group.count).max(1));
        let chat_free = self.chat_free_at(chat, cost, now);
        let (log, window) = self.lane(lane);
        let wait = free_at(log, window, cost, now).max(chat_free);
        if wait > now {
            return Err(wait);
        }
        log.extend(std::iter::repeat_n(now, cost));
        let earned = self.earned;
        let state = self.chats.entry(chat).or_insert_with(|| Chat { paid: earned, ..Chat::default() });
        state.paid = state.paid.max(now).saturating_add(limits.every.saturating_mul(spent(cost)));
        if is_group(chat) {
            state.window.extend(std::iter::repeat_n(now, cost));
        }
        Ok(())
    }

    /// Whether one message to `chat` would be let through at `now`; spends nothing.
    ///
    /// # Errors
    /// The moment before which asking again is useless.
    pub fn ready(&mut self, lane: Lane, chat: i64, now: Millis) -> Result<(), Millis> {
        self.any(lane, now)?;
        let now = self.now;
        let free = self.chat_free_at(chat, 1, now);
        if free > now { Err(free) } else { Ok(()) }
    }

    /// Whether the limit of all chats together leaves nothing at `now`: then no chat needs to be asked.
    ///
    /// # Errors
    /// The moment before which asking again is useless.
    pub fn any(&mut self, lane: Lane, now: Millis) -> Result<(), Millis> {
        let now = self.advance(now);
        let (log, window) = self.lane(lane);
        let free = free_at(log, window, 1, now);
        if free > now { Err(free) } else { Ok(()) }
    }

    /// Telegram asked for a pause in that chat; the others go on.
    pub fn hold(&mut self, chat: i64, until: Millis) {
        let earned = self.earned;
        let state = self.chats.entry(chat).or_insert_with(|| Chat { paid: earned, ..Chat::default() });
        state.held = state.held.max(until);
    }

    /// Forgets chats that have earned back everything. Call it now and then, or memory grows with every chat.
    pub fn sweep(&mut self, now: Millis) {
        let now = self.advance(now);
        let span = self.limits.group.span;
        self.chats.retain(|_, chat| {
            chat.paid > now || chat.held > now || chat.window.back().is_some_and(|last| last.saturating_add(span) > now)
        });
    }

    /// What was let through there, and how much may be. Where nothing may be paid for, everything is as usual.
    fn lane(&mut self, lane: Lane) -> (&mut VecDeque<Millis>, Window) {
        match (lane, self.limits.paid) {
            (Lane::Paid, Some(window)) => (&mut self.paid, window),
            _ => (&mut self.all, self.limits.all),
        }
    }

    fn advance(&mut self, now: Millis) -> Millis {
        self.now = self.now.max(now);
        self.now
    }

    fn chat_free_at(&mut self, chat: i64, cost: usize, now: Millis) -> Millis {
        let limits = self.limits;
        let earned = self.earned;
        let mut fresh = Chat { paid: earned, ..Chat::default() };
        let state = self.chats.get_mut(&chat).unwrap_or(&mut fresh);
        // An album bigger than the burst passes when the chat has earned back everything.
        let fits = limits.burst.saturating_sub(spent(cost)).max(0);
        let bucket = state.paid.saturating_sub(limits.every.saturating_mul(fits));
        let window = if is_group(chat) { free_at(&mut state.window, limits.group, cost, now) } else { now };
        state.held.max(bucket).max(window)
    }
}

/// Telegram's ids of groups are negative.
fn is_group(chat: i64) -> bool {
    chat < 0
}

fn spent(cost: usize) -> i64 {
    i64::try_from(cost).unwrap_or(i64::MAX)
}

/// When `cost` more fit into the window; drops what has left it.
fn free_at(log: &mut VecDeque<Millis>, window: Window, cost: usize, now: Millis) -> Millis {
    while log.front().is_some_and(|first| first.saturating_add(window.span) <= now) {
        log.pop_front();
    }
    let over = (log.len() + cost).saturating_sub(window.count);
    match over.checked_sub(1).and_then(|last| log.get(last)) {
        Some(leaves) => leaves.saturating_add(window.span),
        None => now,
    }
}

#[cfg(test)]
mod tests;
