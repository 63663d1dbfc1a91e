//! Our side: the digest that goes with a delivery.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Comparison, Digest, store};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::services::Services;

/// Whether an activity takes the digest along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comparing {
    /// No.
    #[default]
    Never,
    /// It is for followers only: who are they?
    Always,
    /// It reaches sites that may or may not have followers: once in an hour for each author and site, and after each
    /// start. So a site that believes in followers whom we forgot hears of it, too.
    AtTimes,
}

impl Comparing {
    /// As it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Always => "always",
            Self::AtTimes => "at times",
        }
    }

    /// Reads [`Comparing::word`].
    pub fn parse(word: &str) -> Self {
        match word {
            "always" => Self::Always,
            "at times" => Self::AtTimes,
            _ => Self::Never,
        }
    }
}

/// The value of the header for an activity of `account`, whose ActivityPub id is `actor`, to `host`; none if it
/// goes without.
///
/// The digests for all hosts come from one query and are kept for some seconds, so that two hundred sites ask once.
///
/// # Errors
/// As the database.
pub async fn offer(
    services: &Services,
    account: AccountId,
    actor: &str,
    host: &str,
    comparing: Comparing,
) -> Result<Option<String>> {
    let wanted = match comparing {
        Comparing::Never => false,
        Comparing::Always => true,
        Comparing::AtTimes => services.caches.may_compare(account.0, host),
    };
    if !wanted {
        return Ok(None);
    }
    let digest = Digest::from(digests(services, account).await?.get(host).copied().unwrap_or_default());
    let (all, theirs) = (format!("{actor}/followers"), format!("{actor}/followers_synchronization"));
    Ok(Some(Comparison::write(&all, &digest.to_hex(), &theirs)))
}

async fn digests(services: &Services, account: AccountId) -> Result<Arc<HashMap<String, [u8; 32]>>> {
    if let Some(known) = services.caches.follower_digests(account.0) {
        return Ok(known);
    }
    let mut digests: HashMap<String, Digest> = HashMap::new();
    let mut conn = services.db.read().await?;
    for (host, uri) in store::list_followers_elsewhere(&mut conn, account).await? {
        digests.entry(host).or_default().add(&uri);
    }
    let digests = Arc::new(digests.into_iter().map(|(host, digest)| (host, digest.into())).collect());
    services.caches.put_follower_digests(account.0, Arc::clone(&digests));
    Ok(digests)
}
