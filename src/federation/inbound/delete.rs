//! Something elsewhere is gone: a post, or a person.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::{From, activity, require_own};
use crate::activitystreams::activity::Delete;
use crate::base::{Error, Result};
use crate::domain::statuses::consent;
use crate::domain::{accounts, statuses};
use crate::federation::forward::{self, Forward, Heard};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::platform::db::Tx;
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

activity!(Delete);

/// A site takes back only what is its own.
fn verify(_: &Services, from: &From<Delete>) -> Result<()> {
    require_own(&from.signer, "object", from.activity.object.id())
}

async fn receive(data: &Data<Incoming>, from: From<Delete>) -> Result<()> {
    let forward = forward(&data.services, &from).await?;
    data.write(&from.activity.id.clone(), Gone(from, forward)).await
}

/// An answer that was passed on is taken back wherever it went.
async fn forward(services: &Services, from: &From<Delete>) -> Result<Option<Forward>> {
    let (delete, body) = (&from.activity, from.sealed.as_deref());
    if body.is_none() {
        return Ok(None);
    }
    let uri = delete.object.id().as_str();
    let status = statuses::store::find_by_uri(&mut services.db.read().await?, uri).await?;
    let Some(parent) = status.and_then(|status| status.in_reply_to_uri) else { return Ok(None) };
    let heard = Heard { id: &delete.id, to: &delete.to, cc: &delete.cc, parent: &parent, body };
    forward::prepare(services, &from.signer, heard).await
}

struct Gone(From<Delete>, Option<Forward>);

#[async_trait]
impl Change for Gone {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let From { activity: delete, signer, .. } = &self.0;
        let uri = delete.object.id().as_str();
        if uri == signer.actor {
            accounts::receive::delete(services, tx, signer.account).await?;
            return Ok(Outcome::Done);
        }
        match statuses::store::find_by_uri(tx, uri).await? {
            Some(status) if status.account_id != signer.account => {
                Err(Error::forbidden("only who wrote it can delete it"))
            }
            Some(status) => {
                if let Some(of) = status.reblog_of_id {
                    statuses::reblog::unreblog_in(services, tx, signer.account, of).await?;
                    Ok(Outcome::Done)
                } else {
                    statuses::delete::delete_in(services, tx, &status).await?;
                    if let Some(forward) = &self.1 {
                        forward.enqueue(services, tx).await?;
                    }
                    Ok(Outcome::Done)
                }
            }
            None if consent::quote::withdrawn_in(services, tx, uri, signer.account).await? => {
                Ok(Outcome::Done)
            }
            // The Create may come later: it is then too late. What is beyond the ration is to come again another day,
            // since what is acknowledged is kept.
            None => {
                services.limiter.check(Purpose::UnknownDeletions, &signer.host)?;
                statuses::store::insert_tombstone(tx, uri, None, services.clock.now()).await?;
                Ok(Outcome::Done)
            }
        }
    }
}
