//! The keys of our actors: each has an RSA key, which all understand, and an Ed25519 key.

use std::sync::Arc;

use super::signatures::SigningKey;
use crate::base::id::AccountId;
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::accounts::keys::{ED25519_FRAGMENT, RSA_FRAGMENT};
use crate::platform::caches::SigningKeys;
use crate::platform::crypto::{KeyKind, KeyPair};
use crate::platform::db::Conn;
use crate::platform::net::Voice;
use crate::platform::services::Services;

/// Both keys of one of our actors, and what they are called.
#[derive(Clone, Debug)]
pub struct ActorKeys {
    rsa_id: String,
    ed25519_id: String,
    keys: Arc<SigningKeys>,
}

impl ActorKeys {
    /// `actor` is the ActivityPub id of their owner.
    pub fn new(actor: &str, keys: Arc<SigningKeys>) -> Self {
        Self { rsa_id: rsa_key_id(actor), ed25519_id: ed25519_key_id(actor), keys }
    }

    pub fn rsa(&self) -> SigningKey<'_> {
        SigningKey { key_id: &self.rsa_id, pair: &self.keys.rsa }
    }

    pub fn ed25519(&self) -> SigningKey<'_> {
        SigningKey { key_id: &self.ed25519_id, pair: &self.keys.ed25519 }
    }

    pub fn for_voice(&self, voice: Voice) -> SigningKey<'_> {
        match voice.key() {
            KeyKind::Rsa => self.rsa(),
            KeyKind::Ed25519 => self.ed25519(),
        }
    }
}

/// The name of an actor's RSA key. All others use the same.
pub fn rsa_key_id(actor: &str) -> String {
    format!("{actor}#{RSA_FRAGMENT}")
}

/// The name of an actor's Ed25519 key.
pub fn ed25519_key_id(actor: &str) -> String {
    format!("{actor}#{ED25519_FRAGMENT}")
}

/// The keys of one of our actors; `uri` is its ActivityPub id.
///
/// # Errors
/// [`Error::NotFound`] if it has none, since it is not ours.
pub async fn of(services: &Services, conn: &mut Conn, account: AccountId, uri: &str) -> Result<ActorKeys> {
    if let Some(known) = services.caches.signing_keys(account.0) {
        return Ok(ActorKeys::new(uri, known));
    }
    if account == INSTANCE_ACTOR {
        services.first_keys.wait().await;
    }
    read(services, conn, account, uri).await
}

/// The same, read again: they may have been replaced.
///
/// # Errors
/// As [`of`].
pub async fn read(services: &Services, conn: &mut Conn, account: AccountId, uri: &str) -> Result<ActorKeys> {
    let (rsa, ed25519) =
        accounts::store::find_private_keys(conn, account).await?.ok_or(Error::not_found("key"))?;
    let parse = |pem: &str| KeyPair::from_private_pem(pem).map_err(Error::internal);
    let keys = Arc::new(SigningKeys { rsa: parse(&rsa)?, ed25519: parse(&ed25519)? });
    services.caches.put_signing_keys(account.0, Arc::clone(&keys));
    Ok(ActorKeys::new(uri, keys))
}
