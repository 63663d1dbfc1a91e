//! Passes: short texts that let their holder do one thing until a certain time.
//!
//! For addresses of pictures in apps, which load them without saying who asks. Nothing is kept of a pass; it
//! carries its end and a seal that only this site can make.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::base::Millis;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Bytes of the seal; 128 bits cannot be guessed.
const SEAL: usize = 16;

/// Makes passes and knows its own again.
#[derive(Clone)]
pub struct Passes(hmac::Key);

impl Passes {
    /// With a secret of the site, at least 32 random bytes.
    pub fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// A pass for `subject` that holds for at least `lasts`, and a day longer at most: all that are made on
    /// one day are the same, so that addresses with them can be kept.
    pub fn make(&self, subject: &str, now: Millis, lasts: Duration) -> String {
        let end = (now + lasts).0.div_euclid(DAY) + 1;
        format!("{end}.{}", self.seal(subject, end))
    }

    /// Whether `pass` lets its holder at `subject` now.
    pub fn admits(&self, subject: &str, pass: &str, now: Millis) -> bool {
        let Some((end, seal)) = pass.split_once('.') else { return false };
        let Ok(end) = end.parse::<i64>() else { return false };
        let fits = super::constant_time_eq(self.seal(subject, end).as_bytes(), seal.as_bytes());
        fits && now.0 < end.saturating_mul(DAY)
    }

    fn seal(&self, subject: &str, end: i64) -> String {
        let tag = hmac::sign(&self.0, format!("{end} {subject}").as_bytes());
        URL_SAFE_NO_PAD.encode(&tag.as_ref()[..SEAL])
    }
}

impl std::fmt::Debug for Passes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_767_323_045_678);

    #[test]
    fn a_pass_is_for_one_thing_and_one_time() {
        let passes = Passes::new(&[7; 32]);

        let pass = passes.make("media 1", NOW, Duration::from_hours(24));

        assert!(passes.admits("media 1", &pass, NOW));
        assert!(passes.admits("media 1", &pass, NOW + Duration::from_hours(24)));
        assert!(!passes.admits("media 1", &pass, NOW + Duration::from_hours(48)));
        assert!(!passes.admits("media 2", &pass, NOW));
        assert!(!Passes::new(&[8; 32]).admits("media 1", &pass, NOW));
        assert_eq!(pass, passes.make("media 1", NOW + Duration::from_mins(1), Duration::from_hours(24)));
    }

    #[test]
    fn nothing_else_is_a_pass() {
        let passes = Passes::new(&[7; 32]);
        let (end, seal) = ("20460", passes.seal("media 1", 20_460));
        for wrong in [
            String::new(),
            ".".into(),
            format!("{end}."),
            format!("99999999999999999999.{seal}"),
            format!("99999.{seal}"),
            seal,
        ] {
            assert!(!passes.admits("media 1", &wrong, NOW), "{wrong}");
        }
    }
}
