//! How long things take, counted in buckets, as Prometheus wants it. Counting takes no lock and never waits.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counts of durations.
#[derive(Debug)]
pub struct Histogram {
    /// Upper bounds in seconds, ascending.
    bounds: &'static [f64],
    /// One for each bound, and one for what is longer than all of them.
    counts: Vec<AtomicU64>,
    micros: AtomicU64,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Upper bound in seconds, and how many took no longer.
    pub buckets: Vec<(f64, u64)>,
    /// How many in all.
    pub count: u64,
    /// How long all of them took together, in seconds.
    pub sum: f64,
}

impl Histogram {
    /// Nothing is counted yet.
    pub fn new(bounds: &'static [f64]) -> Histogram {
        let counts = (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect();
        Histogram { bounds, counts, micros: AtomicU64::new(0) }
    }

    /// Counts one.
    pub fn observe(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let place = self.bounds.iter().position(|bound| seconds <= *bound).unwrap_or(self.bounds.len());
        if let Some(count) = self.counts.get(place) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// What was counted so far.
    pub fn read(&self) -> Reading {
        let mut count = 0;
        let mut below = self.counts.iter().map(|one| {
            count += one.load(Ordering::Relaxed);
            count
        });
        let buckets = self.bounds.iter().copied().zip(below.by_ref()).collect();
        let count = below.last().unwrap_or_default();
        Reading { buckets, count, sum: Duration::from_micros(self.micros.load(Ordering::Relaxed)).as_secs_f64() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_what_took_no_longer() {
        let histogram = Histogram::new(&[0.1, 1.0]);
        assert_eq!(histogram.read(), Reading { buckets: vec![(0.1, 0), (1.0, 0)], count: 0, sum: 0.0 });
        for millis in [50, 100, 400, 7_000] {
            histogram.observe(Duration::from_millis(millis));
        }
        assert_eq!(histogram.read(), Reading { buckets: vec![(0.1, 2), (1.0, 3)], count: 4, sum: 7.55 });
    }
}
