//! Somebody elsewhere liked a status. A like of a status we do not know is ignored.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::emoji_react::react;
use super::{From, activity, visible_status};
use crate::activitystreams::activity::Like;
use crate::base::Result;
use crate::domain::statuses;
use crate::domain::statuses::consent::Act;
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::map;
use crate::federation::welcome;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Like);

/// Nothing to check that the inbox has not: the actor signed.
#[expect(clippy::unnecessary_wraps, reason = "the same shape as the rules of the other activities")]
fn verify(_: &Services, _: &From<Like>) -> Result<()> {
    Ok(())
}

async fn receive(data: &Data<Incoming>, from: From<Like>) -> Result<()> {
    data.write(&from.activity.id.clone(), Marking(from)).await
}

struct Marking(From<Like>);

#[async_trait]
impl Change for Marking {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let From { activity: like, signer, .. } = &self.0;
        // Misskey and its kin send a sign with the like.
        let sign = like.sign().and_then(|text| map::sign::read(text, &like.tag, &signer.host));
        if let Some(sign) = sign.filter(|sign| !map::sign::is_plain_like(sign)) {
            return react(services, tx, signer, (&like.id, &like.object), &sign).await;
        }
        let Some(status) = visible_status(services, tx, signer, like.object.as_str()).await? else {
            return Ok(Outcome::Ignored("unknown status"));
        };
        if !welcome::mark(services, tx, &status, signer.account, (Act::Like, like.id.as_str())).await? {
            return Ok(Outcome::Ignored("the author does not want it"));
        }
        statuses::favourite::favourite_in(services, tx, signer.account, status.id, like.id.as_str()).await?;
        Ok(Outcome::Done)
    }
}
