//! Chance that can be had again: the seed is printed, and the variable `BREEZEWAY_TRIAL_SEED` sets it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// SplitMix64: small, and good enough to decide whom to kill.
#[derive(Debug)]
pub struct Dice(AtomicU64);

impl Dice {
    /// From the variable, else from the clock.
    pub fn new() -> Self {
        let given = std::env::var("BREEZEWAY_TRIAL_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| {
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(7, |since| since.as_nanos() as u64)
        });
        println!("BREEZEWAY_TRIAL_SEED={seed}");
        Self(AtomicU64::new(seed))
    }

    /// Dice of one's own, that fall the same for the same seed whatever the others do.
    pub fn fork(&self, name: &str) -> Self {
        let salt = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(AtomicU64::new(self.0.load(Ordering::Relaxed) ^ salt))
    }

    fn next(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut mixed = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`.
    pub fn below(&self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// In so many of a hundred cases.
    pub fn percent(&self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// Between two numbers of milliseconds.
    pub fn millis(&self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.next() % (to - from).max(1))
    }

    /// One of several.
    pub fn one_of<'a, T>(&self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Locks, whatever happened to others.
pub fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
