//! What others do with posts of this site: asked, allowed with a stamp, refused, taken back.

use std::time::Duration;

use super::super::hydrate::{StatusView, hydrate};
use super::super::model::{Reader, Status};
use super::super::store as statuses;
use super::policy::{Act, Verdict};
use super::quote::{self, QuoteState};
use super::{reply, store};
use crate::base::id::{AccountId, InteractionId, StatusId};
use crate::base::text::sanitise;
use crate::base::{Error, Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::event::Event;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;
use crate::words;

/// How much of one person may wait for decisions of people here; more is refused.
pub const MOST_PENDING: i64 = 200;

/// How many refusals to one person about one post are remembered, of each kind. Whoever asks again under ever new ids
/// is answered by the policy again.
pub const MOST_REFUSED: i64 = 20;

/// After this long whoever was refused has been told, so that the refusal may be forgotten.
pub const TOLD_BY_THEN: Duration = Duration::from_hours(1);

/// What the author decided, by policy or in person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InteractionState {
    /// Waits for the author.
    Pending,
    /// Allowed; there is a stamp.
    Accepted,
    /// Refused.
    Rejected,
    /// Was allowed; the stamp is gone.
    Revoked,
}

words!(InteractionState {
    Pending = "pending",
    Accepted = "accepted",
    Rejected = "rejected",
    Revoked = "revoked",
});

/// Something that somebody does, or asks to do, with a post of this site.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Interaction {
    /// Ours; also the number of the stamp.
    pub id: InteractionId,
    /// What.
    #[sqlx(try_from = "String")]
    pub kind: Act,
    /// The post of this site.
    pub target_id: StatusId,
    /// Who.
    pub account_id: AccountId,
    /// The quoting post, the reply, the Like.
    pub object_uri: String,
    /// Id of the request; none if they did not ask.
    pub request_uri: Option<String>,
    /// JSON of a reply that waits.
    pub note: Option<String>,
    /// What was decided.
    #[sqlx(try_from = "String")]
    pub state: InteractionState,
    /// When they asked.
    pub created_at: Millis,
    /// When it was decided.
    pub decided_at: Option<Millis>,
}

/// What somebody asks.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What for.
    pub act: Act,
    /// Who.
    pub account: AccountId,
    /// The quoting post, the reply, the Like.
    pub object_uri: String,
    /// Id of the request; none if they did not ask.
    pub request_uri: Option<String>,
    /// JSON of a reply that waits.
    pub note: Option<String>,
}

/// Writes what somebody asks, with what the policy says; the author or the one who asks hears of it. Asking again is
/// answered again with what was decided.
///
/// # Errors
/// As the database.
pub async fn ask_in(
    services: &Services,
    tx: &mut Tx,
    target: &Status,
    ask: &Ask,
    verdict: Verdict,
) -> Result<Interaction> {
    if let Some(mut known) = store::find_interaction(tx, ask.act, &ask.object_uri, ask.account).await? {
        if ask.request_uri.is_some() && known.request_uri != ask.request_uri {
            known.request_uri.clone_from(&ask.request_uri);
            store::update_request(tx, known.id, ask.request_uri.as_deref()).await?;
        }
        if known.state != InteractionState::Pending {
            Event::InteractionDecided { interaction: known.id, again: true }.emit(services, tx).await?;
        }
        return Ok(known);
    }
    let now = services.clock.now();
    let state = match verdict {
        Verdict::Automatic => InteractionState::Accepted,
        // Nobody can decide about so much, and nobody means it.
        Verdict::Manual
            if store::count_pending_of(tx, ask.account, target.account_id).await? >= MOST_PENDING =>
        {
            InteractionState::Rejected
        }
        Verdict::Manual => InteractionState::Pending,
        Verdict::Denied => InteractionState::Rejected,
    };
    let interaction = Interaction {
        id: services.ids.next(),
        kind: ask.act,
        target_id: target.id,
        account_id: ask.account,
        object_uri: ask.object_uri.clone(),
        request_uri: ask.request_uri.clone(),
        note: ask.note.clone().filter(|_| state == InteractionState::Pending),
        state,
        created_at: now,
        decided_at: (state != InteractionState::Pending).then_some(now),
    };
    store::insert_interaction(tx, &interaction).await?;
    if state == InteractionState::Rejected {
        store::delete_refused(tx, &interaction, MOST_REFUSED, now - TOLD_BY_THEN).await?;
    }
    let id = interaction.id;
    let event = match state {
        InteractionState::Pending => Event::InteractionRequested { interaction: id },
        _ => Event::InteractionDecided { interaction: id, again: false },
    };
    event.emit(services, tx).await?;
    Ok(interaction)
}

/// Something that waits for a decision, with all that a page shows of it.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The request.
    pub interaction: Interaction,
    /// Who asks.
    pub account: Account,
    /// The author's post that it is about.
    pub target: Option<StatusView>,
    /// The post that quotes, or the reply, as far as it is here and the author may read it.
    pub post: Option<StatusView>,
    /// The words of a reply of another site, which has no place yet.
    pub content: Option<String>,
}

/// What waits for the decision of `author`, newest first.
///
/// # Errors
/// As the database.
pub async fn waiting(
    services: &Services,
    conn: &mut Conn,
    author: AccountId,
    limit: i64,
) -> Result<Vec<Waiting>> {
    let reader = Reader::Person(author);
    let mut waiting = Vec::new();
    for interaction in store::list_pending(conn, author, limit).await? {
        let post = statuses::find_by_uri(conn, &interaction.object_uri).await?;
        let mut ids = vec![interaction.target_id];
        ids.extend(post.as_ref().map(|post| post.id));
        let views = hydrate(services, conn, &reader, &ids).await?;
        let of = |id: StatusId| views.iter().find(|view| view.status.id == id).cloned();
        let mut content = words(interaction.note.as_deref());
        if let Some(post) = post.as_ref().filter(|post| post.account_id == interaction.account_id) {
            content = content.or_else(|| Some(post.content.clone()));
        }
        waiting.push(Waiting {
            account: accounts::store::get(conn, interaction.account_id).await?,
            target: of(interaction.target_id),
            post: post.and_then(|post| of(post.id)),
            content,
            interaction,
        });
    }
    Ok(waiting)
}

/// The words of a reply that waits.
fn words(note: Option<&str>) -> Option<String> {
    let note: serde_json::Value = serde_json::from_str(note?).ok()?;
    Some(sanitise(note.get("content")?.as_str()?).into_string())
}

/// One that concerns a post of `author`.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn get_own(conn: &mut Conn, author: AccountId, id: InteractionId) -> Result<Interaction> {
    let found = store::find_interaction_by_id(conn, id).await?.ok_or(Error::not_found("request"))?;
    let target = statuses::get(conn, found.target_id).await?;
    if target.account_id == author { Ok(found) } else { Err(Error::not_found("request")) }
}

/// The author allows what was asked. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if nobody asked that; [`Error::Conflict`] if it was refused or taken back.
pub async fn accept(services: &Services, author: AccountId, id: InteractionId) -> Result<()> {
    decide(services, author, id, InteractionState::Accepted).await
}

/// The author refuses what was asked.
///
/// # Errors
/// As [`accept`].
pub async fn reject(services: &Services, author: AccountId, id: InteractionId) -> Result<()> {
    decide(services, author, id, InteractionState::Rejected).await
}

async fn decide(
    services: &Services,
    author: AccountId,
    id: InteractionId,
    state: InteractionState,
) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let interaction = get_own(&mut tx, author, id).await?;
    if interaction.state == state {
        return Ok(());
    }
    if interaction.state != InteractionState::Pending {
        return Err(Error::conflict("this was decided before"));
    }
    decide_in(services, &mut tx, &interaction, state).await?;
    tx.commit().await
}

/// The author of `quoted` takes back that `quoting` may quote it.
///
/// # Errors
/// [`Error::NotFound`] if the post is not an own one, or is not quoted by that.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#revoke_quote>
pub async fn revoke(
    services: &Services,
    author: AccountId,
    quoted: StatusId,
    quoting: StatusId,
) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let target = statuses::get(&mut tx, quoted).await?;
    let quote = store::find_quote(&mut tx, quoting).await?.filter(|quote| quote.quoted_id == Some(quoted));
    let (true, Some(quote)) = (target.account_id == author, quote) else {
        return Err(Error::not_found("status"));
    };
    if quote.state == QuoteState::Revoked {
        return Ok(());
    }
    let status = statuses::get(&mut tx, quoting).await?;
    let known = store::find_interaction(&mut tx, Act::Quote, &status.uri, status.account_id).await?;
    match known.filter(|known| known.target_id == target.id) {
        Some(known) => {
            let state = match known.state {
                InteractionState::Pending => InteractionState::Rejected,
                _ => InteractionState::Revoked,
            };
            decide_in(services, &mut tx, &known, state).await?;
        }
        None => quote::settle_in(services, &mut tx, &status, QuoteState::Revoked, None).await?,
    }
    tx.commit().await
}

async fn decide_in(
    services: &Services,
    tx: &mut Tx,
    interaction: &Interaction,
    state: InteractionState,
) -> Result<()> {
    store::update_decided(tx, interaction.id, state, services.clock.now()).await?;
    let status = statuses::find_by_uri(tx, &interaction.object_uri).await?;
    if let Some(status) = status.filter(|status| status.account_id == interaction.account_id) {
        let target = statuses::get(tx, interaction.target_id).await?;
        let accepted = state == InteractionState::Accepted;
        let stamp =
            if accepted { Some(quote::stamp_uri(services, tx, &target, interaction).await?) } else { None };
        match interaction.kind {
            Act::Quote => {
                quote::settle_in(services, tx, &status, as_quote(state), stamp.as_deref()).await?;
            }
            Act::Reply if accepted => reply::publish_in(services, tx, &status, stamp.as_deref()).await?,
            Act::Reply => reply::refused_in(tx, &status).await?,
            Act::Like | Act::Announce => {}
        }
    }
    Event::InteractionDecided { interaction: interaction.id, again: false }.emit(services, tx).await
}

/// What a decision means for the quote.
pub fn as_quote(state: InteractionState) -> QuoteState {
    match state {
        InteractionState::Pending => QuoteState::Pending,
        InteractionState::Accepted => QuoteState::Accepted,
        InteractionState::Rejected => QuoteState::Rejected,
        InteractionState::Revoked => QuoteState::Revoked,
    }
}
