//! Somebody elsewhere takes a follow, like, reaction, repost or block back.

use activitypub_federation::config::Data;
use async_trait::async_trait;
use url::Url;

use super::accept::find_follow;
use super::{From, activity, require_own};
use crate::activitystreams::Reference;
use crate::activitystreams::activity::{Undo, Undone};
use crate::activitystreams::object::Tag;
use crate::activitystreams::reference::NAMELESS;
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::statuses::react;
use crate::domain::{accounts, follows, organisation, statuses};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::map;
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Undo);

fn verify(_: &Services, from: &From<Undo>) -> Result<()> {
    let actor = match from.activity.object.object() {
        Some(Undone::Follow(it)) => &it.actor,
        Some(Undone::Like(it)) => &it.actor,
        Some(Undone::EmojiReact(it)) => &it.actor,
        Some(Undone::Announce(it)) => &it.actor,
        Some(Undone::Block(it)) => &it.actor,
        Some(Undone::Accept(it)) => &it.actor,
        Some(Undone::Other { .. }) | None => return Ok(()),
    };
    if actor.as_str() == from.signer.actor {
        Ok(())
    } else {
        Err(Error::forbidden("nobody can undo what somebody else did"))
    }
}

async fn receive(data: &Data<Incoming>, from: From<Undo>) -> Result<()> {
    let undoing = Undoing { undone: from.activity.object, signer: from.signer };
    data.write(&from.activity.id, undoing).await
}

struct Undoing {
    undone: Reference<Undone>,
    signer: Signer,
}

#[async_trait]
impl Change for Undoing {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let by = self.signer.account;
        match self.undone.object() {
            Some(Undone::Follow(follow)) => self.unfollow(services, tx, &follow.object).await,
            Some(Undone::EmojiReact(it)) => {
                self.unreact(tx, &it.object, it.content.as_deref(), &it.tag).await
            }
            Some(Undone::Like(like)) => match status(tx, &like.object).await? {
                Some(status) => {
                    self.unreact(tx, &like.object, like.sign(), &like.tag).await?;
                    statuses::favourite::unfavourite_in(services, tx, by, status).await?;
                    Ok(Outcome::Done)
                }
                None => self.by_id(services, tx).await,
            },
            Some(Undone::Announce(announce)) => match status(tx, &announce.object).await? {
                Some(status) => {
                    statuses::reblog::unreblog_in(services, tx, by, status).await?;
                    Ok(Outcome::Done)
                }
                None => self.by_id(services, tx).await,
            },
            Some(Undone::Block(block)) => {
                match accounts::store::find_id_by_uri(tx, block.object.as_str()).await? {
                    Some(target) => {
                        follows::block::unblock_in(services, tx, by, target).await?;
                        Ok(Outcome::Done)
                    }
                    None => self.by_id(services, tx).await,
                }
            }
            // Who let somebody follow no longer does.
            Some(Undone::Accept(accept)) => match find_follow(tx, &accept.object, &self.signer).await? {
                Some(follow) => {
                    follows::follow::reject_in(services, tx, follow.account_id, follow.target_id).await?;
                    Ok(Outcome::Done)
                }
                None => Ok(Outcome::Ignored("no such follow")),
            },
            Some(Undone::Other { .. }) | None => self.by_id(services, tx).await,
        }
    }

    /// An activity may arrive after the word that takes it back: then it is too late, like the repeat of one that was
    /// taken in. A site speaks for its own ids only.
    fn taken_back(&self) -> Option<&str> {
        let id = self.undone.id();
        let own = require_own(&self.signer, "object", id).is_ok();
        (own && !id.as_str().ends_with(NAMELESS)).then_some(id.as_str())
    }
}

impl Undoing {
    async fn unfollow(&self, services: &Services, tx: &mut Tx, followed: &Url) -> Result<Outcome> {
        if followed.as_str() == services.origin.instance_actor() {
            let peer = organisation::store::find(tx, &self.signer.host).await?;
            if peer.and_then(|peer| peer.actor_uri).as_deref() != Some(self.signer.actor.as_str()) {
                return Err(Error::forbidden("only the site itself can end a peering"));
            }
            let ended = organisation::receive::undo(services, tx, &self.signer.host).await?;
            return Ok(if ended { Outcome::Done } else { Outcome::Ignored("there was no peering to end") });
        }
        match accounts::store::find_id_by_uri(tx, followed.as_str()).await? {
            Some(target) => {
                follows::follow::unfollow_in(services, tx, self.signer.account, target).await?;
                Ok(Outcome::Done)
            }
            None => self.by_id(services, tx).await,
        }
    }

    /// Takes a sign back: the one that is named, or the one that the undone activity brought.
    async fn unreact(&self, tx: &mut Tx, object: &Url, text: Option<&str>, tags: &[Tag]) -> Result<Outcome> {
        let by = self.signer.account;
        let uri = self.undone.id().as_str();
        let mut gone = react::unreact_by_uri_in(tx, by, uri).await?;
        if let (false, Some(text), Some(status)) = (gone, text, status(tx, object).await?) {
            let keys = map::sign::keys(text, tags, &self.signer.host);
            for key in keys {
                gone |= react::unreact_in(tx, by, status, &key).await?;
            }
        }
        Ok(if gone { Outcome::Done } else { Outcome::Ignored("no such reaction") })
    }

    /// Only the id is known: it may be that of a follow, a repost, a like, a reaction or a block.
    async fn by_id(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let (uri, by) = (self.undone.id().as_str(), self.signer.account);
        if let Some(follow) =
            follows::store::find_by_uri(tx, uri).await?.filter(|follow| follow.account_id == by)
        {
            follows::follow::unfollow_in(services, tx, by, follow.target_id).await?;
            return Ok(Outcome::Done);
        }
        let reblog = statuses::store::find_by_uri(tx, uri).await?.filter(|reblog| reblog.account_id == by);
        if let Some(of) = reblog.and_then(|reblog| reblog.reblog_of_id) {
            statuses::reblog::unreblog_in(services, tx, by, of).await?;
            return Ok(Outcome::Done);
        }
        if let Some(status) = statuses::store::find_favourite_by_uri(tx, by, uri).await? {
            statuses::favourite::unfavourite_in(services, tx, by, status).await?;
            return Ok(Outcome::Done);
        }
        if react::unreact_by_uri_in(tx, by, uri).await? {
            return Ok(Outcome::Done);
        }
        if let Some(target) = follows::store::find_blocked_by_uri(tx, by, uri).await? {
            follows::block::unblock_in(services, tx, by, target).await?;
            return Ok(Outcome::Done);
        }
        Ok(Outcome::Ignored("nothing known by that id"))
    }
}

async fn status(tx: &mut Tx, uri: &Url) -> Result<Option<StatusId>> {
    Ok(statuses::store::find_by_uri(tx, uri.as_str()).await?.map(|status| status.id))
}
