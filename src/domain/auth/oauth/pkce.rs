//! Proof that whoever brings a code is the one that asked for it (RFC 7636, S256 only).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::platform::crypto::{constant_time_eq, sha256};

/// Whether a challenge has the shape of a SHA-256 in base64url.
pub fn is_challenge(challenge: &str) -> bool {
    challenge.len() == 43 && URL_SAFE_NO_PAD.decode(challenge).is_ok()
}

/// Whether `verifier` is the one behind `challenge`.
pub fn fits(verifier: &str, challenge: &str) -> bool {
    let shaped = (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    let made = URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes()).as_bytes());
    shaped && constant_time_eq(made.as_bytes(), challenge.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    #[test]
    fn the_example_of_the_standard_fits() {
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

        assert!(is_challenge(challenge));
        assert!(fits(verifier, challenge));
        assert!(!fits("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", challenge));
        assert!(!fits("short", challenge));
        assert!(!is_challenge(verifier.trim_end_matches('k')));
    }
}
