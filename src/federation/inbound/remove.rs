//! Somebody elsewhere took posts off the own profile.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::add::check;
use super::{From, activity, author};
use crate::activitystreams::activity::{Collected, Remove};
use crate::activitystreams::limits;
use crate::base::{Error, Result};
use crate::domain::statuses::{self, pin};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Remove, unnamed);

fn verify(_: &Services, from: &From<Remove>) -> Result<()> {
    check(&from.signer, &from.activity.target, &from.activity.object)
}

async fn receive(data: &Data<Incoming>, from: From<Remove>) -> Result<()> {
    let From { activity, signer, .. } = from;
    let id = activity.id.clone().unwrap_or_else(|| super::unnamed(&data.services, &signer));
    data.write(&id, Unpinning { activity, signer }).await
}

struct Unpinning {
    activity: Remove,
    signer: Signer,
}

#[async_trait]
impl Change for Unpinning {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let author = author(tx, &self.signer).await?;
        if author.featured_uri.as_deref() != Some(self.activity.target.as_str()) {
            return Ok(Outcome::Ignored("not the collection of pinned posts of its actor"));
        }
        let mut outcome = Outcome::Ignored("unknown status");
        for id in self.activity.object.iter().take(limits::PINNED).filter_map(Collected::id) {
            let Some(status) = statuses::store::find_by_uri(tx, id.as_str()).await? else { continue };
            if status.account_id != author.id {
                return Err(Error::forbidden("only own posts can be pinned"));
            }
            pin::unpin_in(services, tx, &status).await?;
            outcome = Outcome::Done;
        }
        Ok(outcome)
    }
}
