//! Somebody elsewhere lets a person here follow, or another site agrees to be our peer.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::{From, activity};
use crate::activitystreams::Reference;
use crate::activitystreams::activity::{Accept, Answered};
use crate::base::Result;
use crate::domain::organisation;
use crate::domain::{accounts, follows};
use crate::federation::answer;
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::signer::Signer;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

activity!(Accept);

fn verify(services: &Services, from: &From<Accept>) -> Result<()> {
    check_answer(services, &from.activity.object, &from.signer)
}

async fn receive(data: &Data<Incoming>, from: From<Accept>) -> Result<()> {
    if let Some(asked) = answer::find(&data.services, &from.activity.object, &from.signer).await? {
        let settling = asked.accepted(&data.services, &from.signer, from.activity.result.as_ref()).await?;
        return data.write(&from.activity.id, settling).await;
    }
    let answer = Answer { follow: from.activity.object, signer: from.signer };
    data.write(&from.activity.id, answer).await
}

/// An answer is given by the one who was asked, to somebody of this site.
pub(super) fn check_answer(services: &Services, follow: &Reference<Answered>, signer: &Signer) -> Result<()> {
    if let Some(follow) = follow.object().and_then(Answered::follow) {
        if follow.object.as_str() != signer.actor {
            return Err(crate::base::Error::forbidden("only who was asked can answer"));
        }
        if !services.origin.owns(follow.actor.as_str()) {
            return Err(crate::base::Error::forbidden("nobody of this site asked"));
        }
    }
    Ok(())
}

/// The follow of somebody here that an answer is about: by its id, else by who asked whom.
pub(super) async fn find_follow(
    conn: &mut Conn,
    follow: &Reference<Answered>,
    signer: &Signer,
) -> Result<Option<follows::Follow>> {
    if let Some(found) = follows::store::find_by_uri(conn, follow.id().as_str()).await? {
        return Ok(Some(found).filter(|found| found.target_id == signer.account));
    }
    let Some(follow) = follow.object().and_then(Answered::follow) else {
        return Ok(None);
    };
    match accounts::store::find_id_by_uri(conn, follow.actor.as_str()).await? {
        Some(follower) => follows::store::find(conn, follower, signer.account).await,
        None => Ok(None),
    }
}

struct Answer {
    follow: Reference<Answered>,
    signer: Signer,
}

#[async_trait]
impl Change for Answer {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let uri = self.follow.id().as_str();
        let peer = organisation::store::find(tx, &self.signer.host).await?;
        let is_site = peer.is_some_and(|peer| peer.actor_uri.as_deref() == Some(self.signer.actor.as_str()));
        if is_site && organisation::receive::accept(services, tx, &self.signer.host, uri).await? {
            return Ok(Outcome::Done);
        }
        let Some(follow) = find_follow(tx, &self.follow, &self.signer).await? else {
            return Ok(Outcome::Ignored("no such request"));
        };
        follows::follow::accept_in(services, tx, follow.account_id, follow.target_id).await?;
        Ok(Outcome::Done)
    }
}
