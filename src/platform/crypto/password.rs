//! Password hashes, argon2id. Slow on purpose: call from `spawn_blocking`.
//!
//! Parameters: 19 MiB, two passes, one lane, the first choice of
//! <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>.

use argon2::password_hash::PasswordHasher as _;
use argon2::password_hash::PasswordVerifier as _;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, Version};

use super::{CryptoError, Random};

/// The hash of no password, with the parameters of real ones, so that checking it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A PHC string, `$argon2id$v=19$m=19456,t=2,p=1$…`, with a salt of 16 bytes.
pub fn hash_password(random: &Random, password: &str) -> Result<String, CryptoError> {
    let salt: [u8; 16] = random.bytes();
    let hash =
        hasher().hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| CryptoError::Password)?;
    Ok(hash.to_string())
}

/// Whether `password` is the one behind `hash`.
///
/// Pass `None` where there is no such person: the answer is no, and takes as long as a real one,
/// so that time does not tell who exists. A hash that cannot be read fits no password.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    let parsed = hash.and_then(|hash| PasswordHash::new(hash).ok());
    let known = parsed.is_some();
    let Some(parsed) = parsed.or_else(|| PasswordHash::new(NOBODY).ok()) else {
        return false;
    };
    hasher().verify_password(password.as_bytes(), &parsed).is_ok() && known
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash_password(&Random::system(), "correct horse").expect("hashed");

        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_password("correct horse", Some(&hash)));
        assert!(!verify_password("correct horsf", Some(&hash)));
    }

    #[test]
    fn the_same_password_has_another_hash_each_time() {
        let random = Random::system();

        assert_ne!(hash_password(&random, "a"), hash_password(&random, "a"));
    }

    #[test]
    fn nobody_has_no_password_but_takes_as_long() {
        let nobody = PasswordHash::new(NOBODY).expect("a readable hash");
        let params = Params::try_from(&nobody).expect("readable parameters");

        assert_eq!(params.m_cost(), Params::default().m_cost());
        assert_eq!(params.t_cost(), Params::default().t_cost());
        assert!(!verify_password("", None));
        assert!(!verify_password("", Some("not a hash")));
    }
}
