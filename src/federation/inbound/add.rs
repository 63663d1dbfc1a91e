//! Somebody elsewhere pinned posts to the own profile. Other collections are not kept here.

use activitypub_federation::config::Data;
use async_trait::async_trait;
use url::Url;

use super::{From, activity, author, require_own};
use crate::activitystreams::activity::{Add, Collected};
use crate::activitystreams::limits;
use crate::base::{Error, Result};
use crate::domain::follows;
use crate::domain::statuses::{self, pin};
use crate::federation::fetch::{self, Budget, FetchError};
use crate::federation::gate::Purpose;
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::origin::host_of;
use crate::federation::signer::Signer;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

activity!(Add, unnamed);

fn verify(_: &Services, from: &From<Add>) -> Result<()> {
    check(&from.signer, &from.activity.target, &from.activity.object)?;
    let is_own = |object: &Collected| match object {
        Collected::Note(note) => note.attributed_to == from.activity.actor,
        Collected::Iri(_) | Collected::Other => true,
    };
    if from.activity.object.iter().all(is_own) {
        Ok(())
    } else {
        Err(Error::forbidden("only own posts can be pinned"))
    }
}

/// A collection and what is in it are of the site of the actor.
pub(super) fn check(signer: &Signer, target: &Url, objects: &[Collected]) -> Result<()> {
    require_own(signer, "target", target)?;
    if objects.is_empty() {
        return Err(Error::invalid("object", "names nothing"));
    }
    objects.iter().filter_map(Collected::id).try_for_each(|id| require_own(signer, "object", id))
}

async fn receive(data: &Data<Incoming>, from: From<Add>) -> Result<()> {
    let services = &data.services;
    let From { activity, signer, .. } = from;
    if is_wanted(services, &signer, &activity.target).await? {
        let budget = Budget::default();
        for object in activity.object.iter().take(limits::PINNED) {
            read_unknown(services, object, &budget).await?;
        }
    }
    let id = activity.id.clone().unwrap_or_else(|| super::unnamed(services, &signer));
    data.write(&id, Pinning { activity, signer }).await
}

/// Whether it is about the pins of somebody who is read here. Somebody who was read before pins were kept is read again.
async fn is_wanted(services: &Services, signer: &Signer, target: &Url) -> Result<bool> {
    let account = {
        let mut conn = services.db.read().await?;
        if !is_read_here(&mut conn, signer).await? {
            return Ok(false);
        }
        author(&mut conn, signer).await?
    };
    if account.featured_uri.is_some() || !services.caches.may_look(&account.uri) {
        return Ok(account.featured_uri.as_deref() == Some(target.as_str()));
    }
    let actor = Url::parse(&account.uri).map_err(Error::internal)?;
    let fresh = fetch::refresh(services, &actor, Purpose::Conversation, &Budget::of(4)).await;
    Ok(fresh.is_ok_and(|account| account.featured_uri.as_deref() == Some(target.as_str())))
}

async fn is_read_here(conn: &mut Conn, signer: &Signer) -> Result<bool> {
    Ok(signer.member || follows::store::has_followers_here(conn, signer.account).await?)
}

/// Reads a post that is not known, also one that is embedded, with all that must hold for what is fetched; a site that does not answer just now is no reason to lose the pin.
async fn read_unknown(services: &Services, object: &Collected, budget: &Budget) -> Result<()> {
    let Some(id) = object.id() else { return Ok(()) };
    match fetch::status(services, id, budget).await {
        // So many are read for one cause; the others stay unpinned.
        Ok(_) | Err(FetchError::Budget) => Ok(()),
        Err(problem) if problem.is_temporary() => {
            Err(Error::PeerUnavailable { peer: host_of(id).unwrap_or_default() })
        }
        Err(problem) => {
            tracing::info!(%id, "What was pinned cannot be read: {problem}");
            Ok(())
        }
    }
}

struct Pinning {
    activity: Add,
    signer: Signer,
}

#[async_trait]
impl Change for Pinning {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let author = author(tx, &self.signer).await?;
        if author.featured_uri.as_deref() != Some(self.activity.target.as_str()) {
            return Ok(Outcome::Ignored("not the collection of pinned posts of its actor"));
        }
        if !is_read_here(tx, &self.signer).await? {
            return Ok(Outcome::Ignored("nobody here follows them"));
        }
        let mut outcome = Outcome::Ignored("unknown status");
        for object in self.activity.object.iter().take(limits::PINNED) {
            let Some(id) = object.id() else { continue };
            let Some(status) = statuses::store::find_by_uri(tx, id.as_str()).await? else { continue };
            if status.account_id != author.id {
                return Err(Error::forbidden("only own posts can be pinned"));
            }
            let full = statuses::store::list_pins(tx, author.id).await?.len() >= limits::PINNED;
            if pin::problem_with(&status, author.id).is_some() || full {
                continue;
            }
            pin::pin_in(services, tx, &status).await?;
            outcome = Outcome::Done;
        }
        Ok(outcome)
    }
}
