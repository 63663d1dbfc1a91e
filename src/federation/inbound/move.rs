//! Somebody elsewhere stands at another account from now on. The new account must say so too: it is read afresh.

use activitypub_federation::config::Data;
use async_trait::async_trait;
use url::Url;

use super::{From, activity, author};
use crate::activitystreams::activity::Move;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts::{self, relocate};
use crate::federation::fetch::{self, Budget, FetchError};
use crate::federation::gate::Purpose;
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::origin::host_of;
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Move);

/// Nobody moves somebody else.
fn verify(_: &Services, from: &From<Move>) -> Result<()> {
    if from.activity.object.as_str() != from.signer.actor {
        return Err(Error::forbidden("nobody can move somebody else"));
    }
    if from.activity.target == from.activity.object {
        return Err(Error::invalid("target", "must be another account"));
    }
    Ok(())
}

async fn receive(data: &Data<Incoming>, from: From<Move>) -> Result<()> {
    let From { activity, signer, .. } = from;
    let Some(target) = target(&data.services, &activity.target).await? else {
        tracing::info!(actor = %signer.actor, "{} moved to where this site cannot look", signer.actor);
        return Ok(());
    };
    data.write(&activity.id, Moving { target, signer }).await
}

/// The new account as it is now. None if its site is not spoken with, or it cannot be had.
async fn target(services: &Services, target: &Url) -> Result<Option<AccountId>> {
    if services.origin.owns(target.as_str()) {
        let mut conn = services.db.read().await?;
        return accounts::store::find_id_by_uri(&mut conn, target.as_str()).await;
    }
    match fetch::refresh(services, target, Purpose::Conversation, &Budget::of(4)).await {
        Ok(account) => Ok(Some(account.id)),
        Err(FetchError::Own(error)) => Err(error),
        Err(problem) if problem.is_temporary() => {
            Err(Error::PeerUnavailable { peer: host_of(target).unwrap_or_default() })
        }
        Err(problem) => {
            tracing::info!(%target, "Where somebody moved to cannot be read: {problem}");
            Ok(None)
        }
    }
}

struct Moving {
    target: AccountId,
    signer: Signer,
}

#[async_trait]
impl Change for Moving {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let account = author(tx, &self.signer).await?;
        match relocate::relocate_in(services, tx, &account, self.target).await {
            Ok(_) => Ok(Outcome::Done),
            Err(Error::Invalid { .. }) => Ok(Outcome::Ignored("the new account does not name the old one")),
            Err(Error::Forbidden { .. }) => Ok(Outcome::Ignored("it moved less than 30 days ago")),
            Err(Error::NotFound { .. }) => Ok(Outcome::Ignored("the new account is not shown here")),
            Err(error) => Err(error),
        }
    }
}
