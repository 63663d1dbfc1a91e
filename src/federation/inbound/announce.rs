//! Somebody elsewhere reposted. What is reposted is read from its own site, never from the one that repeats it.

use activitypub_federation::config::Data;
use async_trait::async_trait;
use url::Url;

use super::{From, activity, visible_status};
use crate::activitystreams::activity::Announce;
use crate::base::{Error, Result};
use crate::domain::statuses::consent::Act;
use crate::domain::{follows, statuses};
use crate::federation::fetch::{self, Budget};
use crate::federation::inbox::{Asks, Change, Incoming, Outcome};
use crate::federation::origin::host_of;
use crate::federation::signer::Signer;
use crate::federation::welcome;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

activity!(Announce);

/// Nothing to check that the inbox has not: the actor signed.
#[expect(clippy::unnecessary_wraps, reason = "the same shape as the rules of the other activities")]
fn verify(_: &Services, _: &From<Announce>) -> Result<()> {
    Ok(())
}

async fn receive(data: &Data<Incoming>, from: From<Announce>) -> Result<()> {
    let services = &data.services;
    let object = &from.activity.object;
    if !services.origin.owns(object.as_str()) && is_missing_and_wanted(services, object, &from.signer).await?
    {
        read_original(services, object).await?;
    }
    data.write(&from.activity.id.clone(), Repeating(from)).await
}

async fn is_missing_and_wanted(services: &Services, object: &Url, signer: &Signer) -> Result<bool> {
    let mut conn = services.db.read().await?;
    let known = statuses::store::find_parent(&mut conn, object.as_str()).await?.is_some();
    Ok(!known && is_wanted(&mut conn, signer).await?)
}

/// Reads the post; a site that does not answer just now is no reason to lose the repost.
async fn read_original(services: &Services, object: &Url) -> Result<()> {
    match fetch::status(services, object, &Budget::default()).await {
        Ok(_) => Ok(()),
        Err(problem) if problem.is_temporary() => {
            Err(Error::PeerUnavailable { peer: host_of(object).unwrap_or_default() })
        }
        Err(problem) => {
            tracing::info!(%object, "What was reposted cannot be read: {problem}");
            Ok(())
        }
    }
}

/// Whether somebody here would see it: the site is of the organisation, or somebody follows the reposter.
async fn is_wanted(conn: &mut Conn, signer: &Signer) -> Result<bool> {
    Ok(signer.member || follows::store::has_followers_here(conn, signer.account).await?)
}

struct Repeating(From<Announce>);

#[async_trait]
impl Change for Repeating {
    fn asks(&self) -> Option<Asks> {
        Some(Asks { by: self.0.signer.account, ..Asks::default() })
    }

    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let From { activity: announce, signer, .. } = &self.0;
        let Some(status) = visible_status(services, tx, signer, announce.object.as_str()).await? else {
            return Ok(Outcome::Ignored("unknown status"));
        };
        if !status.local && !is_wanted(tx, signer).await? {
            return Ok(Outcome::Ignored("nobody here follows the reposter"));
        }
        if !welcome::mark(services, tx, &status, signer.account, (Act::Announce, announce.id.as_str()))
            .await?
        {
            return Ok(Outcome::Ignored("the author does not want it"));
        }
        let now = services.clock.now();
        let at = announce.published.filter(|at| *at <= now).unwrap_or(now);
        let uri = announce.id.as_str();
        match statuses::reblog::reblog_in(services, tx, signer.account, &status, uri, at).await {
            Ok(_) => Ok(Outcome::Done),
            Err(Error::Forbidden { .. }) => Ok(Outcome::Ignored("the post is not for everybody")),
            Err(error) => Err(error),
        }
    }
}
