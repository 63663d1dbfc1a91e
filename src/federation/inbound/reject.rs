//! Somebody elsewhere refuses a follower here or ends what was accepted; or another site no longer wants to be our peer.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::accept::{check_answer, find_follow};
use super::{From, activity};
use crate::activitystreams::Reference;
use crate::activitystreams::activity::{Answered, Reject};
use crate::base::Result;
use crate::domain::{follows, organisation};
use crate::federation::answer;
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Reject);

fn verify(services: &Services, from: &From<Reject>) -> Result<()> {
    check_answer(services, &from.activity.object, &from.signer)
}

async fn receive(data: &Data<Incoming>, from: From<Reject>) -> Result<()> {
    if let Some(asked) = answer::find(&data.services, &from.activity.object, &from.signer).await? {
        let settling = asked.rejected();
        return data.write(&from.activity.id, settling).await;
    }
    let answer = Answer { follow: from.activity.object, signer: from.signer };
    data.write(&from.activity.id, answer).await
}

struct Answer {
    follow: Reference<Answered>,
    signer: Signer,
}

#[async_trait]
impl Change for Answer {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let ours = services.origin.instance_actor();
        let to_site = self
            .follow
            .object()
            .and_then(Answered::follow)
            .is_some_and(|follow| follow.actor.as_str() == ours);
        let peer = organisation::store::find(tx, &self.signer.host).await?;
        let is_site = peer.is_some_and(|peer| peer.actor_uri.as_deref() == Some(self.signer.actor.as_str()));
        if to_site && is_site {
            let ended = organisation::receive::reject(services, tx, &self.signer.host).await?;
            return Ok(if ended { Outcome::Done } else { Outcome::Ignored("there was no peering to end") });
        }
        let Some(follow) = find_follow(tx, &self.follow, &self.signer).await? else {
            return Ok(Outcome::Ignored("no such follow"));
        };
        follows::follow::reject_in(services, tx, follow.account_id, follow.target_id).await?;
        Ok(Outcome::Done)
    }
}
