//! Ending a peering, or refusing one.

use super::invite::step;
use super::known::require_admin;
use super::model::{By, Peer, PeerState};
use super::store;
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::platform::services::Services;

/// Ends whatever there is with the site at `host`; afterwards nothing is sent to it or taken from it, apart from the
/// word that it is over. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::Forbidden`] if a person does it who is no administrator; [`Error::NotFound`] if there is no such site.
pub async fn remove(services: &Services, by: By, host: &str) -> Result<Peer> {
    let mut tx = services.db.begin().await?;
    require_admin(&mut tx, by).await?;
    let mut peer = store::find(&mut tx, host).await?.ok_or(Error::not_found("site"))?;
    if !matches!(peer.state, PeerState::None | PeerState::Removed) {
        let uri = peer.follow_uri.clone();
        step(services, &mut tx, &mut peer, PeerState::Removed, None).await?;
        Event::PeerRemoved { peer: peer.id, uri }.emit(services, &mut tx).await?;
    }
    tx.commit().await?;
    Ok(peer)
}
