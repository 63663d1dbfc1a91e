//! Somebody elsewhere wrote a post, or voted in a poll.

mod vote;

use activitypub_federation::config::Data;
use async_trait::async_trait;
use url::Url;

use super::{From, activity, blocks, require_own};
use crate::activitystreams::activity::Create;
use crate::activitystreams::{Note, Reference, limits};
use crate::base::{Error, Result};
use crate::domain::follows;
use crate::domain::statuses::{self, threads};
use crate::federation::fetch::{self, Budget};
use crate::federation::forward::{self, Forward, Heard};
use crate::federation::inbox::{Asks, Change, Incoming, Outcome};
use crate::federation::map::from_note::{self, Author, Taken};
use crate::federation::signer::Signer;
use crate::federation::welcome::{self, Welcome};
use crate::platform::db::Tx;
use crate::platform::services::Services;
use vote::Voting;

activity!(Create);

/// Nobody writes in the name of somebody else.
fn verify(_: &Services, from: &From<Create>) -> Result<()> {
    require_own(&from.signer, "object", from.activity.object.id())?;
    match from.activity.object.object() {
        Some(note) if note.attributed_to != from.activity.actor => {
            Err(Error::forbidden("the post is attributed to somebody else"))
        }
        _ => Ok(()),
    }
}

async fn receive(data: &Data<Incoming>, from: From<Create>) -> Result<()> {
    let id = from.activity.id;
    match from.activity.object {
        Reference::Object(note) if note.is_vote() => {
            data.write(&id, Voting { note: *note, signer: from.signer }).await
        }
        Reference::Object(note) => {
            let proved = welcome::is_proved(&data.services, &note).await?;
            let (signer, body) = (from.signer, from.sealed.as_deref());
            let forward = match &note.in_reply_to {
                Some(parent) => {
                    let (to, cc) = (&note.to, &note.cc);
                    let heard = Heard { id: &id, to, cc, parent: parent.as_str(), body };
                    forward::prepare(&data.services, &signer, heard).await?
                }
                None => None,
            };
            data.write(&signer.remembers(&id), Writing { note: *note, signer, forward, proved }).await
        }
        // Only named: it is read from its site, with all that must hold for what is fetched.
        Reference::Iri(object) => {
            let note = fetch::note(&data.services, &object, &Budget::default()).await?;
            if note.attributed_to.as_str() != from.signer.actor {
                return Err(Error::forbidden("the post is attributed to somebody else"));
            }
            if note.is_vote() {
                return data.write(&id, Voting { note, signer: from.signer }).await;
            }
            let proved = welcome::is_proved(&data.services, &note).await?;
            let signer = from.signer;
            data.write(&signer.remembers(&id), Writing { note, signer, forward: None, proved }).await
        }
    }
}

/// Takes a post in as its `Create` would. A reply that needs a stamp waits for the `Create`, which looks at it.
pub(super) async fn take_in(services: &Services, tx: &mut Tx, note: Note, signer: Signer) -> Result<Outcome> {
    Writing { note, signer, forward: None, proved: false }.apply(services, tx).await
}

struct Writing {
    note: Note,
    signer: Signer,
    forward: Option<Forward>,
    /// It carries a stamp that holds of whom it answers.
    proved: bool,
}

#[async_trait]
impl Change for Writing {
    fn asks(&self) -> Option<Asks> {
        Some(Asks {
            by: self.signer.account,
            parent: self.note.in_reply_to.as_ref().map(Url::to_string),
            named: self.note.mentions().take(limits::TAGS).map(|mention| mention.href.to_string()).collect(),
        })
    }

    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let author = Author::from(&self.signer);
        let taken = from_note::read(services, tx, &self.note, &author).await?;
        if !self.concerns_somebody(tx, &taken).await? {
            return Ok(Outcome::Ignored("nobody here follows, is named or answered"));
        }
        match welcome::reply(services, tx, &taken, Some(&self.note), self.proved).await? {
            Welcome::Yes => {}
            Welcome::Waits => return Ok(Outcome::Ignored("its place is for the author to give")),
            Welcome::No => return Ok(Outcome::Ignored("who is answered does not want it")),
        }
        // What is passed on comes before what its author's site has yet to send: it is known, but in nobody's home.
        let new = if self.signer.passed_on {
            from_note::write_found(services, tx, &taken).await?
        } else {
            from_note::write(services, tx, &taken).await?
        };
        if !new {
            if !self.signer.passed_on {
                statuses::write::fill_homes_of_known(services, tx, &taken.status).await?;
            }
            return Ok(Outcome::Known);
        }
        if let Some(forward) = &self.forward {
            forward.enqueue(services, tx).await?;
        }
        threads::ask_above_in(services, tx, &taken.status).await?;
        Ok(Outcome::Done)
    }
}

impl Writing {
    /// What nobody asked for is not kept: only posts of the organisation, of people followed here, that name
    /// somebody here, or answer a post of this site or of people followed here.
    async fn concerns_somebody(&self, tx: &mut Tx, taken: &Taken) -> Result<bool> {
        let author = self.signer.account;
        if self.signer.member && taken.status.visibility != statuses::Visibility::Direct {
            return Ok(true);
        }
        if let Some(parent) = taken.status.parent
            && parent.local
            && !blocks(tx, parent.account_id, author).await?
        {
            return Ok(true);
        }
        if taken.names_somebody_here {
            return Ok(true);
        }
        if follows::store::has_followers_here(tx, author).await? {
            return Ok(true);
        }
        // Who follows somebody follows their conversations: such answers come from the site of whom they answer.
        match taken.status.parent {
            Some(parent) => follows::store::has_followers_here(tx, parent.account_id).await,
            None => Ok(false),
        }
    }
}
