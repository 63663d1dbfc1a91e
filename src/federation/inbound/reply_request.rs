//! Somebody elsewhere asks to answer a post of this site, whose policy says that it takes consent.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::{From, activity, require_own, visible_status};
use crate::activitystreams::activity::ReplyRequest;
use crate::activitystreams::{Note, Reference};
use crate::base::{Error, Result};
use crate::domain::statuses::consent::{self, Act, Ask, InteractionState};
use crate::federation::fetch::{self, Budget};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::map::from_note::{self, Author};
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(ReplyRequest);

/// Nobody asks for somebody else.
fn verify(_: &Services, from: &From<ReplyRequest>) -> Result<()> {
    require_own(&from.signer, "instrument", from.activity.instrument.id())?;
    from.activity.instrument.object().map_or(Ok(()), |note| check(&from.activity, note))
}

/// The post that they show is theirs, and the one that answers.
fn check(request: &ReplyRequest, note: &Note) -> Result<()> {
    if note.attributed_to != request.actor {
        return Err(Error::forbidden("the post is attributed to somebody else"));
    }
    if note.in_reply_to.as_ref() != Some(&request.object) {
        return Err(Error::invalid("instrument", "does not answer the object"));
    }
    Ok(())
}

async fn receive(data: &Data<Incoming>, from: From<ReplyRequest>) -> Result<()> {
    let From { activity: request, signer, .. } = from;
    let note = match &request.instrument {
        Reference::Object(note) => (**note).clone(),
        Reference::Iri(id) => {
            let note = fetch::note(&data.services, id, &Budget::default()).await?;
            check(&request, &note)?;
            note
        }
    };
    data.write(&request.id.clone(), Asking { request, note, signer }).await
}

struct Asking {
    request: ReplyRequest,
    note: Note,
    signer: Signer,
}

#[async_trait]
impl Change for Asking {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let target = visible_status(services, tx, &self.signer, self.request.object.as_str()).await?;
        let Some(target) = target.filter(|target| target.local && target.reblog_of_id.is_none()) else {
            return Ok(Outcome::Ignored("unknown status"));
        };
        let author = Author::from(&self.signer);
        let taken = from_note::read(services, tx, &self.note, &author).await?;
        let verdict = consent::policy::verdict(tx, &target, self.signer.account, Act::Reply).await?;
        let ask = Ask {
            act: Act::Reply,
            account: self.signer.account,
            object_uri: self.note.id.to_string(),
            request_uri: Some(self.request.id.to_string()),
            note: Some(serde_json::to_string(&self.note)?),
        };
        let asked = consent::interaction::ask_in(services, tx, &target, &ask, verdict).await?;
        if asked.state == InteractionState::Accepted {
            from_note::write(services, tx, &taken).await?;
        }
        Ok(Outcome::Done)
    }
}
