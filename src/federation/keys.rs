//! The keys of our actors: each has an RSA key, which all understand, and an Ed25519 key.

use url::Url;

use super::signatures::SigningKey;
use super::voice::Voice;
use crate::base::{Error, Result};
use crate::platform::crypto::{KeyKind, KeyPair};

/// The fragment that names the RSA key of an actor. The name that all others use.
const RSA_FRAGMENT: &str = "main-key";

/// The fragment that names the Ed25519 key of an actor.
const ED25519_FRAGMENT: &str = "ed25519-key";

/// Both keys of one of our actors.
#[derive(Debug)]
pub struct ActorKeys {
    pub rsa: SigningKey,
    pub ed25519: SigningKey,
}

impl ActorKeys {
    /// `rsa` and `ed25519` are PKCS#8 in PEM.
    pub fn from_pem(actor: &Url, rsa: &str, ed25519: &str) -> Result<Self> {
        let read = |pem: &str| KeyPair::from_private_pem(pem).map_err(Error::internal);
        Ok(Self {
            rsa: SigningKey { key_id: rsa_key_id(actor), pair: read(rsa)? },
            ed25519: SigningKey { key_id: ed25519_key_id(actor), pair: read(ed25519)? },
        })
    }

    pub fn for_voice(&self, voice: Voice) -> &SigningKey {
        match voice.key() {
            KeyKind::Rsa => &self.rsa,
            KeyKind::Ed25519 => &self.ed25519,
        }
    }
}

pub fn rsa_key_id(actor: &Url) -> Url {
    with_fragment(actor, RSA_FRAGMENT)
}

pub fn ed25519_key_id(actor: &Url) -> Url {
    with_fragment(actor, ED25519_FRAGMENT)
}

fn with_fragment(url: &Url, fragment: &str) -> Url {
    let mut url = url.clone();
    url.set_fragment(Some(fragment));
    url
}
