//! Keys of our actors: each has an RSA key, which all understand, and an Ed25519 key.

use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Millis, Result};
use crate::domain::event::Event;
use crate::platform::crypto::KeyPair;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// The fragment that names the RSA key of an actor. The name that all others use.
pub const RSA_FRAGMENT: &str = "main-key";

/// The fragment that names the Ed25519 key of an actor.
pub const ED25519_FRAGMENT: &str = "ed25519-key";

/// Both key pairs of a new actor.
#[derive(Debug)]
pub struct NewKeys {
    rsa: KeyPair,
    ed25519: KeyPair,
}

impl NewKeys {
    /// Makes both pairs, on a thread where some 50 ms of work hinder nobody.
    ///
    /// # Errors
    /// [`Error::Internal`] if the machine cannot make keys.
    pub async fn generate() -> Result<Self> {
        let make = || Ok(Self { rsa: KeyPair::generate_rsa()?, ed25519: KeyPair::generate_ed25519()? });
        tokio::task::spawn_blocking(make)
            .await
            .map_err(Error::internal)?
            .map_err(|error: crate::platform::crypto::CryptoError| Error::internal(error))
    }

    /// The public halves for an actor: address, kind, key.
    pub fn public(&self, actor: &str) -> Result<Vec<(String, String, String)>> {
        let rsa = self.rsa.public_pem().map_err(Error::internal)?;
        let ed25519 = self.ed25519.public_multibase().ok_or_else(|| Error::internal("no Multikey"))?;
        Ok(vec![
            (format!("{actor}#{RSA_FRAGMENT}"), "rsa".to_owned(), rsa),
            (format!("{actor}#{ED25519_FRAGMENT}"), "ed25519".to_owned(), ed25519),
        ])
    }

    /// Keeps both halves of both pairs.
    pub async fn insert(&self, tx: &mut Tx, account: AccountId, actor: &str, now: Millis) -> Result<()> {
        let rsa = self.rsa.to_private_pem().map_err(Error::internal)?;
        let ed25519 = self.ed25519.to_private_pem().map_err(Error::internal)?;
        store::insert_private_keys(tx, account, &rsa, &ed25519).await?;
        store::replace_keys(tx, account, &self.public(actor)?, now).await
    }
}

/// Gives an actor of this site new keys under the same names. Other sites hear of it by an `Update`, signed with the new
/// key: who knows only the old one reads the actor again, once. What waits to be delivered is signed when it is sent, so
/// nothing needs the old key any more.
///
/// # Errors
/// [`Error::NotFound`] if the actor is not of this site; [`Error::Internal`] if the machine cannot make keys.
pub async fn rotate(services: &Services, account: AccountId) -> Result<()> {
    let keys = NewKeys::generate().await?;
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let actor = store::get(&mut tx, account).await?;
    if !actor.is_local() || actor.deleted_at.is_some() {
        return Err(Error::not_found("account"));
    }
    keys.insert(&mut tx, account, &actor.uri, now).await?;
    store::update_changed(&mut tx, account, now).await?;
    Event::AccountUpdated { account }.emit(services, &mut tx).await?;
    let (caches, uri) = (services.caches.clone(), actor.uri);
    tx.after_commit(move || {
        caches.forget_signing_keys(account.0);
        caches.forget_actor(&uri);
    });
    tx.commit().await
}
