//! A hasher for tables that are filled once, from our own data. No stranger chooses what goes in, so nobody can make keys collide; what is
//! looked up may come from anywhere.
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are numbers or characters.
pub(crate) type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// Multiplies and folds: the high half of the product depends on every bit of the key.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mix(u64);

/// 2^64 divided by the golden ratio, made odd: spreads neighbouring keys (Knuth, The Art of Computer Programming 3, 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// One step of the hash; [`super::similar`] files names under keys made of it.
pub(crate) fn mix(state: u64, value: u64) -> u64 {
    let product = u128::from(state ^ value).wrapping_mul(u128::from(SPREAD));
    (product as u64) ^ ((product >> 64) as u64).wrapping_add(value)
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.write_u64(u64::from(b)));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = mix(self.0, value);
    }
}
