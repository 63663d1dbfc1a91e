//! With whom this site speaks. Closed by default: with the sites that shook hands and with no others.

use super::fetch::FetchError;
use crate::base::Result;
use crate::base::config::FederationMode;
use crate::domain::organisation;
use crate::platform::caches::KnownPeer;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// What for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Anything between people.
    Conversation,
    /// Becoming peers: the instance actor of a stranger may be read.
    Handshake,
}

/// How another site stands to this one.
#[derive(Clone, Debug)]
pub struct Standing {
    /// May be spoken to and listened to.
    pub allowed: bool,
    /// Is in the organisation: shook hands, and is not blocked.
    pub member: bool,
    /// What is known of it.
    pub peer: Option<KnownPeer>,
}

/// How `host` stands to this site.
pub async fn standing(
    services: &Services,
    conn: &mut Conn,
    host: &str,
    purpose: Purpose,
) -> Result<Standing> {
    let peer = organisation::known(services, conn).await?.get(host).cloned();
    Ok(judge(services, peer, purpose))
}

fn judge(services: &Services, peer: Option<KnownPeer>, purpose: Purpose) -> Standing {
    let blocked = peer.as_ref().is_some_and(|peer| peer.blocked);
    let member = !blocked && peer.as_ref().is_some_and(|peer| peer.accepted);
    let open = services.config.federation.mode == FederationMode::Open || purpose == Purpose::Handshake;
    Standing { allowed: !blocked && (member || open), member, peer }
}

/// Refuses hosts that this site does not speak with.
pub async fn check(services: &Services, host: &str, purpose: Purpose) -> Result<Standing, FetchError> {
    let standing = match services.caches.peers() {
        Some(peers) => judge(services, peers.get(host).cloned(), purpose),
        None => standing(services, &mut services.db.read().await?, host, purpose).await?,
    };
    if standing.allowed { Ok(standing) } else { Err(FetchError::NotAllowed { host: host.to_owned() }) }
}
