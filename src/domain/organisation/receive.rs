//! The other side of the handshake: what instance actors of other sites say.
//!
//! Who says it was checked before, by `federation`: `host` is where the signing actor lives. A blocked site is not
//! heard at all.

use super::invite::{step, write};
use super::model::{Peer, PeerProfile, PeerState};
use super::store;
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// The `Follow` of another site's instance actor. If we had invited it, both agree from now on; if both agreed
/// before, it is told so again, since it seems to have forgotten. Otherwise our administrators decide.
///
/// # Errors
/// [`Error::Forbidden`] if the site is blocked here; [`Error::Invalid`] as [`PeerProfile::check`].
pub async fn invitation(
    services: &Services,
    tx: &mut Tx,
    profile: PeerProfile,
    follow_uri: &str,
) -> Result<Peer> {
    if let Some(peer) = store::find(tx, &profile.host).await? {
        refuse_blocked(&peer)?;
        refuse_impostor(&peer, &profile)?;
    }
    let mut peer = write(services, tx, profile).await?;
    let uri = follow_uri.to_owned();
    match peer.state {
        PeerState::Invited | PeerState::Accepted => {
            step(services, tx, &mut peer, PeerState::Accepted, Some(uri.clone())).await?;
            Event::PeerAccepted { peer: peer.id, uri }.emit(services, tx).await?;
        }
        PeerState::None | PeerState::Requested | PeerState::Removed => {
            let news = peer.state != PeerState::Requested;
            step(services, tx, &mut peer, PeerState::Requested, Some(uri)).await?;
            if news {
                Event::PeerRequested { peer: peer.id }.emit(services, tx).await?;
            }
        }
    }
    Ok(peer)
}

/// The `Accept` of our invitation. `false`, and nothing changed, if we did not send that invitation.
///
/// # Errors
/// [`Error::Forbidden`] if the site is blocked here.
pub async fn accept(services: &Services, tx: &mut Tx, host: &str, follow_uri: &str) -> Result<bool> {
    let Some(mut peer) = store::find(tx, host).await? else { return Ok(false) };
    refuse_blocked(&peer)?;
    if peer.state != PeerState::Invited || peer.follow_uri.as_deref() != Some(follow_uri) {
        return Ok(false);
    }
    step(services, tx, &mut peer, PeerState::Accepted, Some(follow_uri.to_owned())).await?;
    Event::PeerConfirmed { peer: peer.id }.emit(services, tx).await?;
    Ok(true)
}

/// The `Reject` of our invitation, or of what both agreed on. Which `Follow` it names does not matter: each side may
/// end it at any time, and the two may remember different ones if they invited each other at once. `false` if there
/// was nothing to end.
pub async fn reject(services: &Services, tx: &mut Tx, host: &str) -> Result<bool> {
    end(services, tx, host).await
}

/// The `Undo` of the other site's `Follow`; as [`reject`].
pub async fn undo(services: &Services, tx: &mut Tx, host: &str) -> Result<bool> {
    end(services, tx, host).await
}

/// No event: the other side knows already, and nothing else follows from it.
async fn end(services: &Services, tx: &mut Tx, host: &str) -> Result<bool> {
    let Some(mut peer) = store::find(tx, host).await? else { return Ok(false) };
    if matches!(peer.state, PeerState::None | PeerState::Removed) {
        return Ok(false);
    }
    step(services, tx, &mut peer, PeerState::Removed, None).await?;
    Ok(true)
}

/// What another site says of itself now: its name, colour and addresses. Nothing if it is not known.
///
/// # Errors
/// [`Error::Invalid`] as [`PeerProfile::check`].
pub async fn refresh(services: &Services, tx: &mut Tx, profile: PeerProfile) -> Result<()> {
    if store::find(tx, &profile.host).await?.is_some() {
        write(services, tx, profile).await?;
    }
    Ok(())
}

/// While we invited a site or agreed with it, its actor is the one that our administrators meant.
fn refuse_impostor(peer: &Peer, profile: &PeerProfile) -> Result<()> {
    let settled = matches!(peer.state, PeerState::Invited | PeerState::Accepted);
    let same = peer.actor_uri.as_ref().is_none_or(|known| *known == profile.actor_uri);
    if settled && !same {
        return Err(Error::forbidden("this site is known by another actor; end the peering first"));
    }
    Ok(())
}

fn refuse_blocked(peer: &Peer) -> Result<()> {
    if peer.blocked_at.is_some() {
        return Err(Error::forbidden("this site does not listen to yours"));
    }
    Ok(())
}
