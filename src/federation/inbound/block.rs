//! Somebody elsewhere wants nothing to do with a person here.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::{From, activity};
use crate::activitystreams::activity::Block;
use crate::base::Result;
use crate::domain::{accounts, follows};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Block);

/// Nothing to check that the inbox has not: the actor signed.
#[expect(clippy::unnecessary_wraps, reason = "the same shape as the rules of the other activities")]
fn verify(_: &Services, _: &From<Block>) -> Result<()> {
    Ok(())
}

async fn receive(data: &Data<Incoming>, from: From<Block>) -> Result<()> {
    data.write(&from.activity.id.clone(), Blocking(from)).await
}

struct Blocking(From<Block>);

#[async_trait]
impl Change for Blocking {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let From { activity: block, signer, .. } = &self.0;
        let target = accounts::store::find_by_uri(tx, block.object.as_str()).await?;
        let Some(target) = target.filter(accounts::Account::is_local) else {
            return Ok(Outcome::Ignored("nobody here by that name"));
        };
        follows::block::block_in(services, tx, signer.account, target.id, block.id.as_str()).await?;
        Ok(Outcome::Done)
    }
}
