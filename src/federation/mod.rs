//! Between the domain and the wire: what other sites send, fetch and receive.

pub mod fetch;
pub mod keys;
pub mod origin;
pub mod signatures;
pub mod voice;

use std::ops::Deref;
use std::sync::Arc;

use url::Url;

use self::fetch::Fetcher;
use self::keys::ActorKeys;
use self::voice::Voices;
use crate::base::config::FederationMode;
use crate::base::id::AccountId;
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::organisation::{self, Peer};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// What one site needs to speak with others. Clones are cheap and share everything.
#[derive(Clone)]
pub struct Federation(Arc<Parts>);

/// What it is made of.
pub struct Parts {
    /// The site.
    pub services: Services,
    /// GETs, signed by the site's own actor.
    pub fetcher: Fetcher,
    /// How other hosts like to be addressed.
    pub voices: Voices,
    /// Keys of our actors, parsed.
    keys: moka::sync::Cache<i64, Arc<ActorKeys>>,
}

impl Deref for Federation {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Federation {
    /// For a site whose own actor and its keys are in the database.
    ///
    /// # Errors
    /// [`Error::NotFound`] if they are not.
    pub async fn new(services: Services) -> Result<Self> {
        let mut conn = services.db.read().await?;
        let keys = Arc::new(read_keys(&mut conn, INSTANCE_ACTOR).await?);
        drop(conn);
        let voices = Voices::default();
        let may_wander = services.config.federation.mode == FederationMode::Open;
        let fetcher = Fetcher::new(
            services.http.clone(),
            services.clock.clone(),
            Arc::clone(&keys),
            voices.clone(),
            may_wander,
        );
        let cache = moka::sync::Cache::new(5_000);
        cache.insert(INSTANCE_ACTOR.0, keys);
        Ok(Self(Arc::new(Parts { services, fetcher, voices, keys: cache })))
    }

    /// The keys of an actor of ours.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it has none.
    pub async fn keys_of(&self, conn: &mut Conn, account: AccountId) -> Result<Arc<ActorKeys>> {
        if let Some(keys) = self.keys.get(&account.0) {
            return Ok(keys);
        }
        let keys = Arc::new(read_keys(conn, account).await?);
        self.keys.insert(account.0, Arc::clone(&keys));
        Ok(keys)
    }

    /// Whether this site speaks with `host` and listens to it: in the closed mode with accepted peers, in the open
    /// mode with everybody who is not blocked.
    pub fn may_speak(&self, peer: Option<&Peer>) -> bool {
        match self.services.config.federation.mode {
            FederationMode::Closed => peer.is_some_and(Peer::is_member),
            FederationMode::Open => peer.is_none_or(|peer| peer.blocked_at.is_none()),
        }
    }

    /// As [`Federation::may_speak`], for a host by name.
    ///
    /// # Errors
    /// As the database.
    pub async fn may_speak_with(&self, conn: &mut Conn, host: &str) -> Result<bool> {
        let peer = organisation::store::find(conn, host).await?;
        Ok(self.may_speak(peer.as_ref()))
    }
}

async fn read_keys(conn: &mut Conn, account: AccountId) -> Result<ActorKeys> {
    let (rsa, ed25519) =
        accounts::store::find_private_keys(conn, account).await?.ok_or(Error::not_found("private key"))?;
    let owner = accounts::store::get(conn, account).await?;
    let actor = Url::parse(&owner.uri).map_err(Error::internal)?;
    ActorKeys::from_pem(&actor, &rsa, &ed25519)
}
