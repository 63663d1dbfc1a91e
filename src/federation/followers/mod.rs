//! Keeping two sites of one mind about who follows whom (FEP-8fcf), also after one of them came back from a backup.
//!
//! With a post for followers goes a digest of those followers that the author has at the other site ([`offer`]). That
//! site compares it with what it knows ([`compare`]); if the two differ, it reads the list and sets its side right,
//! or tells ours ([`mend`]).
//!
//! Source: <https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md>

mod compare;
mod header;
pub mod mend;
mod offer;
pub mod store;

pub use compare::compare;
pub use header::{Comparison, HEADER};
pub use mend::run;
pub use offer::{Comparing, offer};

use crate::platform::crypto::sha256;

/// SHA-256 of each id, all combined by exclusive or: the order does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of these ids, each once.
    ///
    /// ```
    /// # use breezeway::federation::followers::Digest;
    /// // The example of the proposal.
    /// let ids = [
    ///     "https://testing.example.org/users/1",
    ///     "https://testing.example.org/users/2",
    /// ];
    /// let digest = "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f";
    /// assert_eq!(Digest::of(ids).to_hex(), digest);
    /// ```
    pub fn of<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut digest = Self::default();
        ids.into_iter().for_each(|id| digest.add(id));
        digest
    }

    /// With one more id.
    pub fn add(&mut self, id: &str) {
        for (byte, other) in self.0.iter_mut().zip(sha256(id.as_bytes()).as_bytes()) {
            *byte ^= other;
        }
    }

    /// 64 characters, in lower case.
    pub fn to_hex(self) -> String {
        use std::fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

impl From<[u8; 32]> for Digest {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl From<Digest> for [u8; 32] {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}
