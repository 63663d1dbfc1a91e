//! The handshake between sites goes on: the other site's own actor hears from ours.

use super::Run;
use crate::base::Result;
use crate::base::id::PeerId;
use crate::base::origin::INSTANCE_ACTOR;
use crate::domain::organisation::{self, Peer};
use crate::federation::outbound;

/// We ask.
pub async fn invited(run: &mut Run<'_>, peer: PeerId, uri: &str) -> Result<()> {
    let Some((_, actor, inbox)) = find(run, peer).await? else {
        return Ok(());
    };
    let ours = run.services.origin.instance_actor();
    let letter = outbound::follow(INSTANCE_ACTOR, &ours, &actor, uri)?;
    run.deliver(&letter, &[inbox]).await
}

/// We agree to what they asked; `uri` is the id of their Follow.
pub async fn accepted(run: &mut Run<'_>, peer: PeerId, uri: &str) -> Result<()> {
    let Some((_, actor, inbox)) = find(run, peer).await? else {
        return Ok(());
    };
    let ours = run.services.origin.instance_actor();
    let letter = outbound::accept(run.services, INSTANCE_ACTOR, &ours, &actor, uri)?;
    run.deliver(&letter, &[inbox]).await
}

/// We end it: our own Follow is undone, theirs is refused.
pub async fn removed(run: &mut Run<'_>, peer: PeerId, uri: Option<&str>) -> Result<()> {
    let (Some(uri), Some((_, actor, inbox))) = (uri, find(run, peer).await?) else {
        return Ok(());
    };
    let ours = run.services.origin.instance_actor();
    let letter = if run.services.origin.owns(uri) {
        outbound::undo_follow(run.services, INSTANCE_ACTOR, &ours, &actor, uri)?
    } else {
        outbound::reject(run.services, INSTANCE_ACTOR, &ours, &actor, uri)?
    };
    run.deliver(&letter, &[inbox]).await
}

async fn find(run: &mut Run<'_>, peer: PeerId) -> Result<Option<(Peer, String, String)>> {
    let peer = organisation::store::get(run.tx, peer).await?;
    Ok(match (peer.actor_uri.clone(), peer.inbox.clone()) {
        (Some(actor), Some(inbox)) => Some((peer, actor, inbox)),
        _ => None,
    })
}
