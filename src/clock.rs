//! The wall clock of the program: that of the machine, which the demo can turn forward.
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::vocabulary::input::Millis;

/// By how much it was turned forward, milliseconds. One clock for the process: a demo is the only thing in its own.
static AHEAD: AtomicI64 = AtomicI64::new(0);

/// Milliseconds since the Unix epoch.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX).saturating_add(AHEAD.load(Ordering::Relaxed))
}

/// Turns it forward, so that a person who tries things out need not wait. Nothing turns it back.
pub fn forward(by: Duration) {
    AHEAD.fetch_add(Millis::try_from(by.as_millis()).unwrap_or_default(), Ordering::Relaxed);
}
