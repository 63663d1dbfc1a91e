//! Somebody elsewhere asks to quote a post of this site.

use activitypub_federation::config::Data;
use async_trait::async_trait;

use super::{From, activity, require_own, visible_status};
use crate::activitystreams::Note;
use crate::activitystreams::activity::QuoteRequest;
use crate::base::{Error, Result};
use crate::domain::statuses;
use crate::domain::statuses::consent::{self, Act, Ask, InteractionState, Verdict};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::map::from_note::{self, Author};
use crate::federation::welcome::{self, Welcome};
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(QuoteRequest);

/// Nobody asks for somebody else, and the post that they show is the one that quotes.
fn verify(_: &Services, from: &From<QuoteRequest>) -> Result<()> {
    let request = &from.activity;
    require_own(&from.signer, "instrument", request.instrument.id())?;
    let Some(note) = request.instrument.object() else { return Ok(()) };
    if note.attributed_to != request.actor {
        return Err(Error::forbidden("the post is attributed to somebody else"));
    }
    if note.quoted() != Some(&request.object) {
        return Err(Error::invalid("instrument", "does not quote the object"));
    }
    Ok(())
}

async fn receive(data: &Data<Incoming>, from: From<QuoteRequest>) -> Result<()> {
    data.write(&from.activity.id.clone(), Asking(from)).await
}

struct Asking(From<QuoteRequest>);

#[async_trait]
impl Change for Asking {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let From { activity: request, signer, .. } = &self.0;
        // Who may not see it is told nothing, not even no.
        let target = visible_status(services, tx, signer, request.object.as_str()).await?;
        let Some(target) = target.filter(|target| target.local && target.reblog_of_id.is_none()) else {
            return Ok(Outcome::Ignored("unknown status"));
        };
        let verdict = consent::policy::verdict(tx, &target, signer.account, Act::Quote).await?;
        let ask = Ask {
            act: Act::Quote,
            account: signer.account,
            object_uri: request.instrument.id().to_string(),
            request_uri: Some(request.id.to_string()),
            note: None,
        };
        let asked = consent::interaction::ask_in(services, tx, &target, &ask, verdict).await?;
        let refused = matches!(asked.state, InteractionState::Rejected | InteractionState::Revoked);
        if let (Some(note), false) = (request.instrument.object(), refused || verdict == Verdict::Denied) {
            self.take_in(services, tx, note).await?;
        }
        // The post may have come before the request.
        let known = statuses::store::find_by_uri(tx, &ask.object_uri).await?;
        if let Some(status) = known.filter(|status| status.account_id == signer.account) {
            consent::quote::decided_in(services, tx, &target, &asked, &status).await?;
        }
        Ok(Outcome::Done)
    }
}

impl Asking {
    /// Keeps the post that quotes, so that the author can see what is made of theirs.
    async fn take_in(&self, services: &Services, tx: &mut Tx, note: &Note) -> Result<()> {
        let author = Author::from(&self.0.signer);
        let taken = from_note::read(services, tx, note, &author).await?;
        // What it answers has an author, too, who may not want it.
        if welcome::reply(services, tx, &taken, Some(note), false).await? == Welcome::Yes {
            from_note::write(services, tx, &taken).await?;
        }
        Ok(())
    }
}
