//! The other sites as every request needs them: from a cache, by host.

use std::collections::HashMap;
use std::sync::Arc;

use super::model::{By, PeerState, is_welcome};
use super::store;
use crate::base::{Error, Result};
use crate::domain::{accounts, auth};
use crate::platform::caches::{KnownPeer, KnownPeers};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// All sites that are known, by host: names and colours for the chips of people elsewhere, and whether they are
/// spoken to.
pub async fn known(services: &Services, conn: &mut Conn) -> Result<KnownPeers> {
    if let Some(peers) = services.caches.peers() {
        return Ok(peers);
    }
    let peers = store::list(conn).await?;
    let peers: HashMap<String, KnownPeer> = peers
        .into_iter()
        .map(|peer| {
            let known = KnownPeer {
                accepted: peer.state == PeerState::Accepted,
                blocked: peer.blocked_at.is_some(),
                name: peer.name,
                colour: peer.colour,
                actor_uri: peer.actor_uri,
                organisation_uri: peer.organisation_uri,
            };
            (peer.host, known)
        })
        .collect();
    let peers: KnownPeers = Arc::new(peers);
    services.caches.put_peers(Arc::clone(&peers));
    Ok(peers)
}

/// [`super::may_speak`] to the site at `host`.
pub async fn may_speak_to(services: &Services, conn: &mut Conn, host: &str) -> Result<bool> {
    let known = known(services, conn).await?;
    let peer = known.get(host);
    let (accepted, blocked) = peer.map_or((false, false), |peer| (peer.accepted, peer.blocked));
    Ok(is_welcome(services.config.federation.mode, accepted, blocked))
}

/// [`super::may_listen`] to the site at `host`.
pub async fn may_listen_to(services: &Services, conn: &mut Conn, host: &str) -> Result<bool> {
    may_speak_to(services, conn, host).await
}

/// After the commit the next one who asks reads the rows again.
pub fn forget_after_commit(services: &Services, tx: &mut Tx) {
    let services = services.clone();
    tx.after_commit(move || services.caches.forget_peers());
}

/// Other sites are the business of administrators.
pub(super) async fn require_admin(conn: &mut Conn, by: By) -> Result<()> {
    let By::Person(person) = by else { return Ok(()) };
    let user = auth::store::find(conn, person).await?;
    let admin = user.is_some_and(|user| user.role.is_admin() && user.disabled_at.is_none());
    if !admin || accounts::store::get(conn, person).await?.is_hidden() {
        return Err(Error::forbidden("only administrators may connect sites"));
    }
    Ok(())
}
