//! Inviting another site into the organisation.

use super::known::{forget_after_commit, require_admin};
use super::model::{By, Peer, PeerProfile, PeerState};
use super::store;
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Invites the site that `profile` describes, as it was just fetched. If it had asked us before, both agree from now
/// on. Doing it twice sends the invitation again, since the first one may have come to nothing.
///
/// # Errors
/// [`Error::Forbidden`] if a person does it who is no administrator; [`Error::Conflict`] if the site is blocked here;
/// [`Error::Invalid`] as [`PeerProfile::check`].
pub async fn invite(services: &Services, by: By, profile: PeerProfile) -> Result<Peer> {
    let mut tx = services.db.begin().await?;
    require_admin(&mut tx, by).await?;
    let mut peer = write(services, &mut tx, profile).await?;
    if peer.blocked_at.is_some() {
        return Err(Error::conflict(format!("{} is blocked here; take the block back first", peer.host)));
    }
    match (peer.state, peer.follow_uri.clone()) {
        (PeerState::Accepted, _) => {}
        (PeerState::Requested, Some(uri)) => {
            step(services, &mut tx, &mut peer, PeerState::Accepted, Some(uri.clone())).await?;
            Event::PeerAccepted { peer: peer.id, uri }.emit(services, &mut tx).await?;
        }
        _ => {
            let uri = services.origin.activity(services.ids.next());
            step(services, &mut tx, &mut peer, PeerState::Invited, Some(uri.clone())).await?;
            Event::PeerInvited { peer: peer.id, uri }.emit(services, &mut tx).await?;
        }
    }
    tx.commit().await?;
    Ok(peer)
}

/// Writes what a site says of itself; where the handshake stands does not change.
pub(super) async fn write(services: &Services, tx: &mut Tx, profile: PeerProfile) -> Result<Peer> {
    let profile = profile.check(services.origin.host())?;
    let now = services.clock.now();
    let known = store::find(tx, &profile.host).await?;
    let peer = Peer {
        id: known.as_ref().map_or_else(|| services.ids.next(), |peer| peer.id),
        host: profile.host,
        state: known.as_ref().map_or(PeerState::None, |peer| peer.state),
        actor_uri: Some(profile.actor_uri),
        inbox: Some(profile.inbox),
        name: profile.name,
        colour: profile.colour,
        organisation_uri: profile.organisation_uri,
        follow_uri: known.as_ref().and_then(|peer| peer.follow_uri.clone()),
        blocked_at: known.as_ref().and_then(|peer| peer.blocked_at),
        created_at: known.as_ref().map_or(now, |peer| peer.created_at),
        updated_at: now,
    };
    store::upsert(tx, &peer).await?;
    forget_after_commit(services, tx);
    Ok(peer)
}

/// The handshake goes on.
pub(super) async fn step(
    services: &Services,
    tx: &mut Tx,
    peer: &mut Peer,
    state: PeerState,
    follow_uri: Option<String>,
) -> Result<()> {
    peer.state = state;
    peer.follow_uri = follow_uri;
    peer.updated_at = services.clock.now();
    store::update_state(tx, peer.id, peer.state, peer.follow_uri.as_deref(), peer.updated_at).await?;
    forget_after_commit(services, tx);
    Ok(())
}
