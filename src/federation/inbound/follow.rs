//! Somebody elsewhere wants to follow a person here, or another site wants to be our peer.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::{From, activity, blocks};
use crate::activitystreams::activity::Follow;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::domain::organisation::{self, PeerProfile};
use crate::domain::{accounts, follows};
use crate::federation::fetch;
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Follow);

fn verify(services: &Services, from: &From<Follow>) -> Result<()> {
    if services.origin.owns(from.activity.object.as_str()) {
        Ok(())
    } else {
        Err(Error::invalid("object", "is not of this site"))
    }
}

async fn receive(data: &Data<Incoming>, from: From<Follow>) -> Result<()> {
    let Follow { id, object, actor, .. } = from.activity;
    if object.as_str() == data.services.origin.instance_actor() {
        let profile = fetch::profile(&data.services, &actor).await?;
        return data.write(&id, Handshake { profile, uri: id.to_string() }).await;
    }
    let request =
        Request { follower: from.signer.account, followed: object.to_string(), uri: id.to_string() };
    data.write(&id, request).await
}

/// Another site wants to be our peer.
struct Handshake {
    profile: PeerProfile,
    uri: String,
}

#[async_trait]
impl Change for Handshake {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        organisation::receive::invitation(services, tx, self.profile.clone(), &self.uri).await?;
        Ok(Outcome::Done)
    }
}

/// Somebody wants to follow.
struct Request {
    follower: AccountId,
    followed: String,
    uri: String,
}

#[async_trait]
impl Change for Request {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let Some(target) = accounts::store::find_by_uri(tx, &self.followed).await? else {
            return Ok(Outcome::Ignored("unknown person"));
        };
        if !target.is_local() || target.is_hidden() {
            return Ok(Outcome::Ignored("nobody here by that name"));
        }
        let (account, uri) = (self.follower, self.uri.clone());
        if blocks(tx, target.id, account).await? {
            Event::FollowRejected { account, target: target.id, uri }.emit(services, tx).await?;
            return Ok(Outcome::Done);
        }
        if let Some(mut known) = follows::store::find(tx, account, target.id).await? {
            // They forgot that they follow, or that they asked: what they call it now counts, and they hear again.
            known.uri.clone_from(&uri);
            follows::store::update_wishes(tx, &known).await?;
            if known.accepted {
                Event::FollowAccepted { account, target: target.id, uri }.emit(services, tx).await?;
            }
            return Ok(Outcome::Done);
        }
        let follow = follows::Follow {
            account_id: account,
            target_id: target.id,
            accepted: false,
            uri,
            show_reblogs: true,
            notify: false,
            languages: None,
            created_at: services.clock.now(),
        };
        follows::follow::request_in(services, tx, follow).await?;
        Ok(Outcome::Done)
    }
}
