//! Consent: who is asked hears of it, who asked gets the answer, and others hear what became of a quote.

use super::{Run, told};
use crate::activitystreams::Note;
use crate::base::Result;
use crate::base::id::{InteractionId, StatusId};
use crate::domain::accounts::{self, Account};
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::statuses::consent::{self, Act, Interaction, InteractionState, QuoteState, quote};
use crate::domain::statuses::{self, Reader, Status, StatusView, Visibility, audience, hydrate};
use crate::federation::map::from_note::{self, Author};
use crate::federation::outbound;

/// Somebody asks: the author decides.
pub async fn requested(run: &mut Run<'_>, id: InteractionId) -> Result<()> {
    let Some((interaction, target, author)) = load(run, id).await? else { return Ok(()) };
    let kind = match interaction.kind {
        Act::Quote => Kind::QuoteRequest,
        _ => Kind::ReplyRequest,
    };
    tell(run, &interaction, &target, &author, kind).await
}

/// Tells the author, by the post that quotes if they may read it, otherwise by their own.
async fn tell(
    run: &mut Run<'_>,
    interaction: &Interaction,
    target: &Status,
    author: &Account,
    kind: Kind,
) -> Result<()> {
    let reader = Reader::Person(author.id);
    let status = match statuses::store::find_by_uri(run.tx, &interaction.object_uri).await? {
        Some(known) => statuses::get_visible(run.services, run.tx, known.id, &reader).await.ok(),
        None => None,
    };
    if kind == Kind::Quote && status.is_none() {
        return Ok(());
    }
    let status = Some(status.map_or(target.id, |status| status.id));
    let message = Message { to: author.id, kind, from: interaction.account_id, status, report: None };
    run.notify(message);
    Ok(())
}

/// It was decided. Whoever asks `again` is answered alone.
pub async fn decided(run: &mut Run<'_>, id: InteractionId, again: bool) -> Result<()> {
    let Some((interaction, target, author)) = load(run, id).await? else { return Ok(()) };
    let asker = accounts::store::get(run.tx, interaction.account_id).await?;
    let stamp = quote::stamp_uri(run.services, run.tx, &target, &interaction).await?;
    if interaction.state == InteractionState::Accepted {
        take_reply_in(run, &interaction, &asker).await?;
        if interaction.kind == Act::Quote {
            tell(run, &interaction, &target, &author, Kind::Quote).await?;
        }
    }
    let letter = match interaction.state {
        InteractionState::Pending => return Ok(()),
        InteractionState::Revoked if !again => {
            let letter = outbound::take_back(run.services, &author, &stamp)?;
            let mut inboxes = audience::inboxes(run.tx, &target).await?;
            if !asker.is_local() {
                inboxes.push(asker.delivery_inbox().to_owned());
            }
            inboxes.sort_unstable();
            inboxes.dedup();
            return run.deliver(&letter, &inboxes).await;
        }
        _ if asker.is_local() => return Ok(()),
        InteractionState::Accepted => {
            outbound::allow(run.services, (&author, &asker), &target, &interaction, &stamp)?
        }
        InteractionState::Rejected | InteractionState::Revoked => {
            outbound::refuse(run.services, (&author, &asker), &target, &interaction)?
        }
    };
    run.deliver(&letter, &[asker.delivery_inbox().to_owned()]).await
}

/// A reply that waited takes its place.
async fn take_reply_in(run: &mut Run<'_>, interaction: &Interaction, asker: &Account) -> Result<()> {
    let Some(note) = interaction.note.as_ref().filter(|_| interaction.kind == Act::Reply) else {
        return Ok(());
    };
    let note: Note = serde_json::from_str(note)?;
    let taken = from_note::read(run.services, run.tx, &note, &Author::from(asker)).await?;
    from_note::write(run.services, run.tx, &taken).await?;
    consent::store::clear_note(run.tx, interaction.id).await
}

async fn load(run: &mut Run<'_>, id: InteractionId) -> Result<Option<(Interaction, Status, Account)>> {
    let Some(interaction) = consent::store::find_interaction_by_id(run.tx, id).await? else {
        return Ok(None);
    };
    let target = statuses::store::get(run.tx, interaction.target_id).await?;
    let author = accounts::store::get(run.tx, target.account_id).await?;
    Ok(Some((interaction, target, author)))
}

/// Others, who have the post of ours, hear what came of its quote, and who may do what with it.
pub async fn changed(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    told::changed(run, id);
    let Some(view) = own(run, id).await? else { return Ok(()) };
    if view.status.visibility == Visibility::Site {
        return Ok(());
    }
    let inboxes = audience::inboxes(run.tx, &view.status).await?;
    let letter = outbound::update_consent(run.services, &view)?;
    run.deliver(&letter, &inboxes).await
}

/// Asks the author at another site whether a post of ours may quote theirs.
pub async fn ask_to_quote(run: &mut Run<'_>, view: &StatusView) -> Result<()> {
    let Some(quote) = view.consent.quote.as_ref().filter(|quote| quote.state == QuoteState::Pending) else {
        return Ok(());
    };
    let Some(quoted) = quote.quoted_id else { return Ok(()) };
    let target = statuses::store::get(run.tx, quoted).await?;
    let author = accounts::store::get(run.tx, target.account_id).await?;
    if author.is_local() {
        return Ok(());
    }
    let letter = outbound::quote_request(run.services, view, &target.uri, &author)?;
    run.deliver(&letter, &[author.delivery_inbox().to_owned()]).await
}

/// Asks the author at another site whether a reply of ours may stand below their post.
pub async fn reply_held(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    let Some(mut view) = own(run, id).await? else { return Ok(()) };
    let Some(approval) = consent::store::find_approval(run.tx, id).await? else { return Ok(()) };
    let Some(parent) = view.status.in_reply_to_id else { return Ok(()) };
    let parent = statuses::store::get(run.tx, parent).await?;
    let author = accounts::store::get(run.tx, parent.account_id).await?;
    view.status.visibility = approval.visibility;
    let letter = outbound::reply_request(run.services, &view, &parent.uri, &author)?;
    run.deliver(&letter, &[author.delivery_inbox().to_owned()]).await
}

async fn own(run: &mut Run<'_>, id: StatusId) -> Result<Option<StatusView>> {
    let Some(status) = statuses::store::list(run.tx, &[id]).await?.pop() else { return Ok(None) };
    let reader = Reader::Person(status.account_id);
    Ok(hydrate(run.services, run.tx, &reader, &[id]).await?.pop())
}
