//! Accepting a site that asked to be in the organisation.

use super::invite::step;
use super::known::require_admin;
use super::model::{By, Peer, PeerState};
use super::store;
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::platform::services::Services;

/// Accepts the invitation of the site at `host`. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::Forbidden`] if a person does it who is no administrator; [`Error::NotFound`] if the site did not ask;
/// [`Error::Conflict`] if it is blocked here.
pub async fn accept(services: &Services, by: By, host: &str) -> Result<Peer> {
    let mut tx = services.db.begin().await?;
    require_admin(&mut tx, by).await?;
    let mut peer = store::find(&mut tx, host).await?.ok_or(Error::not_found("site"))?;
    if peer.blocked_at.is_some() {
        return Err(Error::conflict(format!("{} is blocked here; take the block back first", peer.host)));
    }
    match (peer.state, peer.follow_uri.clone()) {
        (PeerState::Accepted, _) => {}
        (PeerState::Requested, Some(uri)) => {
            step(services, &mut tx, &mut peer, PeerState::Accepted, Some(uri.clone())).await?;
            Event::PeerAccepted { peer: peer.id, uri }.emit(services, &mut tx).await?;
        }
        _ => return Err(Error::not_found("invitation")),
    }
    tx.commit().await?;
    Ok(peer)
}
