//! Keys, signatures, digests, random bytes and password hashes, all on one provider (aws-lc-rs).
//!
//! What a signature is made over is not known here; see `federation::signatures`.

mod base58;
mod digest;
mod key_pair;
mod pass;
mod password;
mod pem;
mod random;
mod verifying_key;
mod web_push;

pub use digest::{Sha256, constant_time_eq, sha256};
pub use key_pair::{KeyKind, KeyPair};
pub use pass::Passes;
pub use password::{hash_password, verify_password};
pub use random::Random;
pub use verifying_key::VerifyingKey;
pub use web_push::{PUSH_MAX, PushReceiver, PushSender};

/// Bytes as multibase in base58btc, `z…`, as proofs and keys are written.
pub fn to_multibase(bytes: &[u8]) -> String {
    format!("z{}", base58::encode(bytes))
}

/// Reads what [`to_multibase`] wrote; `None` for another base and for anything longer than a key.
pub fn from_multibase(text: &str) -> Option<Vec<u8>> {
    base58::decode(text.strip_prefix('z')?)
}

/// What can be wrong with a key or a signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    #[error("the key cannot be read: {0}")]
    BadKey(&'static str),
    #[error("a key could not be made")]
    Generation,
    #[error("the message could not be signed")]
    Signing,
    #[error("the signature does not fit the key and the message")]
    BadSignature,
    #[error("the password could not be hashed")]
    Password,
}
