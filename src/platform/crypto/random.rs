//! Random bytes and tokens. Injected, so that a test can repeat itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::sha256;

/// Where random bytes come from. Cheap to clone; clones of a seeded source share its position.
#[derive(Clone, Debug)]
pub struct Random(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Seeded { seed: u64, drawn: Arc<AtomicU64> },
}

impl Random {
    /// The operating system's generator.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The same bytes on each run. For tests: anybody can guess them.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded { seed, drawn: Arc::new(AtomicU64::new(0)) })
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            Source::System => {
                aws_lc_rs::rand::fill(bytes).expect("invariant: the system has random bytes");
            }
            Source::Seeded { seed, drawn } => {
                for chunk in bytes.chunks_mut(32) {
                    let position = drawn.fetch_add(1, Ordering::Relaxed);
                    let block = sha256(&[seed.to_be_bytes(), position.to_be_bytes()].concat());
                    chunk.copy_from_slice(&block.as_bytes()[..chunk.len()]);
                }
            }
        }
    }

    /// A secret for a cookie, a link or a client: 256 bits in 43 characters that fit a URL.
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A name that need not be secret: 16 hexadecimal characters, unlikely to repeat.
    pub fn short_id(&self) -> String {
        format!("{:016x}", u64::from_be_bytes(self.bytes()))
    }

    /// A number below `limit`; 0 if `limit` is 0. Good enough for jitter, not for lotteries.
    pub fn below(&self, limit: u64) -> u64 {
        u64::from_be_bytes(self.bytes()).checked_rem(limit).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_do_not_repeat() {
        let random = Random::system();

        assert_ne!(random.token(), random.token());
        assert_eq!(random.token().len(), 43);
    }

    #[test]
    fn a_seed_repeats_its_bytes() {
        let (first, again) = (Random::seeded(7), Random::seeded(7));

        assert_eq!(first.bytes::<40>(), again.bytes::<40>());
        assert_ne!(first.token(), first.clone().token());
        assert_ne!(first.short_id(), Random::seeded(8).short_id());
    }

    #[test]
    fn numbers_stay_below_their_limit() {
        let random = Random::seeded(1);

        assert!((0..100).all(|_| random.below(10) < 10));
        assert_eq!(random.below(0), 0);
    }
}
