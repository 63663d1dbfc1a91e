//! Asking, allowing, refusing and taking back: quotes and replies.

use url::Url;

use super::{about_post, fresh_id, letter, url};
use crate::activitystreams::activity::{self, Answered, QuoteRequest, ReplyRequest};
use crate::activitystreams::object::Tombstone;
use crate::activitystreams::{Reference, audience, context};
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::domain::statuses::consent::{Act, Interaction};
use crate::domain::statuses::{Status, StatusView};
use crate::federation::delivery::Letter;
use crate::federation::map;
use crate::platform::services::Services;

/// Asks `author`, who wrote `target`, whether `view` may quote it.
pub fn quote_request(
    services: &Services,
    view: &StatusView,
    target: &str,
    author: &Account,
) -> Result<Letter> {
    let note = map::note::to_wire(services, view)?;
    let request = QuoteRequest {
        id: url(&format!("{}/quote", view.status.uri))?,
        actor: note.attributed_to.clone(),
        object: url(target)?,
        instrument: note.into(),
        to: vec![url(&author.uri)?],
    };
    letter(view.account.id, &request.id.clone(), request, context::of_consent())
}

/// Asks `author`, who wrote `target`, whether `view` may stand below it. `view` is as it shall be seen then.
pub fn reply_request(
    services: &Services,
    view: &StatusView,
    target: &str,
    author: &Account,
) -> Result<Letter> {
    let note = map::note::to_wire(services, view)?;
    let request = ReplyRequest {
        id: url(&format!("{}/reply", view.status.uri))?,
        actor: note.attributed_to.clone(),
        object: url(target)?,
        instrument: note.into(),
        to: vec![url(&author.uri)?],
    };
    letter(view.account.id, &request.id.clone(), request, context::of_consent())
}

/// Allows it; `stamp` proves that.
pub fn allow(
    services: &Services,
    (author, asker): (&Account, &Account),
    target: &Status,
    interaction: &Interaction,
    stamp: &str,
) -> Result<Letter> {
    let accept = activity::Accept {
        id: fresh_id(services)?,
        actor: url(&author.uri)?,
        object: answered(asker, target, interaction)?,
        result: Some(url(stamp)?),
        to: vec![url(&asker.uri)?],
    };
    letter(author.id, &accept.id.clone(), accept, context::of_consent())
}

/// Refuses it.
pub fn refuse(
    services: &Services,
    (author, asker): (&Account, &Account),
    target: &Status,
    interaction: &Interaction,
) -> Result<Letter> {
    let reject = activity::Reject {
        id: fresh_id(services)?,
        actor: url(&author.uri)?,
        object: answered(asker, target, interaction)?,
        to: vec![url(&asker.uri)?],
    };
    letter(author.id, &reject.id.clone(), reject, context::of_consent())
}

/// What was asked, told whole but without anybody's words; or what was done without asking.
fn answered(asker: &Account, target: &Status, interaction: &Interaction) -> Result<Reference<Answered>> {
    let instrument: Url = url(&interaction.object_uri)?;
    let Some(id) = &interaction.request_uri else { return Ok(Reference::Iri(instrument)) };
    let (id, actor, object) = (url(id)?, url(&asker.uri)?, url(&target.uri)?);
    let instrument = Reference::Iri(instrument);
    let request = match interaction.kind {
        Act::Quote => Answered::QuoteRequest(QuoteRequest { id, actor, object, instrument, to: Vec::new() }),
        _ => Answered::ReplyRequest(ReplyRequest { id, actor, object, instrument, to: Vec::new() }),
    };
    Ok(request.into())
}

/// Takes a stamp back. Says nothing of what it was for.
pub fn take_back(services: &Services, author: &Account, stamp: &str) -> Result<Letter> {
    let now = services.clock.now();
    let delete = activity::Delete {
        id: url(&format!("{stamp}#delete"))?,
        actor: url(&author.uri)?,
        object: Reference::from(Tombstone { id: url(stamp)?, deleted: Some(now) }),
        to: vec![audience::public()],
        cc: Vec::new(),
        published: Some(now),
    };
    letter(author.id, &delete.id.clone(), delete, context::plain())
}

/// The post again, with what came of its quote. Its words are the same, so `updated` does not change.
pub fn update_consent(services: &Services, view: &StatusView) -> Result<Letter> {
    let mut update = map::activity::update(services, view)?;
    update.id = fresh_id(services)?;
    update.published = Some(services.clock.now());
    let letter = letter(view.account.id, &update.id.clone(), update, context::of_consent())?;
    Ok(about_post(letter, view.status.visibility))
}
