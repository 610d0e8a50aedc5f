//! Chance that can be repeated.

/// Names the seed of a run.
const SEED: &str = "BAOXIU_SEED";

/// A small generator of its own: a test needs no better one.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Seeded by `BAOXIU_SEED`, else by the clock; says by what, so that the run can be repeated.
    pub fn seeded(whose: &str) -> Random {
        Random::of(Random::first(whose))
    }

    /// The seed by which [`Random::seeded`] would be seeded.
    pub fn first(whose: &str) -> u64 {
        let given = std::env::var(SEED).ok().map(|seed| seed.parse().expect("BAOXIU_SEED is a number"));
        let seed = given.unwrap_or_else(|| {
            let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            u64::from(since.subsec_nanos()) ^ u64::from(std::process::id())
        });
        println!("{whose}: {SEED}={seed}");
        seed
    }

    pub fn of(seed: u64) -> Random {
        // Neighbouring seeds must not begin alike, and the generator cannot leave 0.
        Random(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
