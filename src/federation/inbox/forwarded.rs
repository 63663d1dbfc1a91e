//! What somebody passes on: signed by another than who did it.
//!
//! It is believed for the sake of a proof of its actor; else what it is about is read from where it belongs. Whoever
//! passes it on, and the actor's site, must be spoken with. Their word alone changes nothing here.

use axum::http::StatusCode;
use tracing::info;
use url::Url;

use super::Refusal;
use crate::activitystreams::Reference;
use crate::activitystreams::activity::{Activity, Create, Delete, Undone, Update, Updated};
use crate::base::Result;
use crate::domain::statuses::Visibility;
use crate::domain::{accounts, statuses};
use crate::federation::fetch::{self, Budget, FetchError};
use crate::federation::gate::Purpose;
use crate::federation::origin::same_origin;
use crate::federation::signer::{Signer, SignerError};
use crate::federation::vouch;
use crate::platform::services::Services;

/// The activity as it is believed, and who did it; none if it changes nothing here.
pub(super) async fn believed(
    services: &Services,
    activity: Activity,
    forwarder: &Signer,
    body: &[u8],
) -> Result<Option<(Activity, Signer)>, Refusal> {
    let Some(actor) = activity.actor().cloned() else { return Ok(None) };
    if !is_passed_on(&activity) || services.origin.owns(actor.as_str()) {
        return Err(not_theirs(&actor, forwarder));
    }
    match vouch::by_proof(services, &actor, body).await {
        Ok(signer) => return Ok(Some((activity, signer))),
        Err(problem) if problem.is_stranger() || problem.is_temporary() => return Err(problem.into()),
        Err(problem) => {
            info!(%actor, forwarder = %forwarder.actor, "Passed on without a proof that holds: {problem}");
        }
    }
    match activity {
        Activity::Create(create) => written(services, create).await,
        Activity::Update(update) => changed(services, update).await,
        Activity::Delete(delete) => deleted(services, delete, forwarder).await,
        _ => Err(not_theirs(&actor, forwarder)),
    }
}

/// What sites pass on of one another: what is written for more than one, and what follows from it. What concerns
/// two alone, as a follow, goes from one to the other.
fn is_passed_on(activity: &Activity) -> bool {
    match activity {
        Activity::Create(_)
        | Activity::Update(_)
        | Activity::Delete(_)
        | Activity::Announce(_)
        | Activity::EmojiReact(_)
        | Activity::Like(_) => true,
        Activity::Undo(undo) => {
            matches!(undo.object.object(), Some(Undone::Like(_) | Undone::Announce(_)))
        }
        _ => false,
    }
}

fn not_theirs(actor: &Url, forwarder: &Signer) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, format!("signed by {} in the name of {actor}", forwarder.actor))
}

fn cannot_be_read(problem: FetchError) -> Refusal {
    SignerError::Key(problem).into()
}

/// A post that is not known yet is read from its site.
async fn written(services: &Services, create: Create) -> Result<Option<(Activity, Signer)>, Refusal> {
    let (id, actor) = (create.object.id().clone(), create.actor);
    own(&id, &actor)?;
    if is_known(services, &id).await? {
        return Ok(None);
    }
    let budget = Budget::default();
    let note = fetch::note(services, &id, &budget).await.map_err(cannot_be_read)?;
    written_by(&note.attributed_to, &actor)?;
    let signer = author(services, &actor, &budget).await?;
    let (to, cc, published) = (note.to.clone(), note.cc.clone(), note.published);
    let create = Create { id: own_id(services)?, actor, object: Reference::from(note), to, cc, published };
    Ok(Some((Activity::Create(create), signer)))
}

/// A post or an actor that is known is read again from its site.
async fn changed(services: &Services, update: Update) -> Result<Option<(Activity, Signer)>, Refusal> {
    let (id, actor) = (update.object.id().clone(), update.actor);
    own(&id, &actor)?;
    let budget = Budget::default();
    let object = if id == actor {
        if accounts::store::find_id_by_uri(&mut services.db.read().await?, id.as_str()).await?.is_none() {
            return Ok(None);
        }
        Reference::Iri(id)
    } else {
        if !is_known(services, &id).await? {
            return Ok(None);
        }
        let note = fetch::note(services, &id, &budget).await.map_err(cannot_be_read)?;
        written_by(&note.attributed_to, &actor)?;
        if note.updated.is_none() {
            return Ok(None);
        }
        Reference::from(Updated::Note(Box::new(note)))
    };
    let signer = author(services, &actor, &budget).await?;
    let update = Update { id: own_id(services)?, actor, object, ..update };
    Ok(Some((Activity::Update(update), signer)))
}

/// A post or an actor that is known is gone if its site says so.
async fn deleted(
    services: &Services,
    delete: Delete,
    forwarder: &Signer,
) -> Result<Option<(Activity, Signer)>, Refusal> {
    let (id, actor) = (delete.object.id().clone(), delete.actor.clone());
    own(&id, &actor)?;
    let account = accounts::store::find_by_uri(&mut services.db.read().await?, actor.as_str()).await?;
    let Some(account) = account else { return Ok(None) };
    let known = statuses::store::find_by_uri(&mut services.db.read().await?, id.as_str()).await?;
    if id != actor && known.is_none() {
        return Ok(None);
    }
    let absence = fetch::absence(services, &id).await.map_err(cannot_be_read)?;
    // A whole person goes only by a plain word of their site. So does what is not for everybody: that this site's own
    // actor is not shown it says nothing.
    let shown_to_all = known.is_some_and(|known| {
        matches!(known.visibility, Visibility::Public | Visibility::Unlisted | Visibility::Organisation)
    });
    if absence == fetch::Absence::There || (absence == fetch::Absence::Missing && !shown_to_all) {
        return Err(not_theirs(&actor, forwarder));
    }
    let signer = vouch::by_origin(&account, vouch::standing(services, &actor).await?);
    let delete = Delete { id: own_id(services)?, ..delete };
    Ok(Some((Activity::Delete(delete), signer)))
}

fn own(id: &Url, actor: &Url) -> Result<(), Refusal> {
    if same_origin(id, actor) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::FORBIDDEN, format!("{id} is not of the same site as {actor}")))
}

fn written_by(author: &Url, actor: &Url) -> Result<(), Refusal> {
    if author == actor {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::UNAUTHORIZED, format!("what {author} wrote, in the name of {actor}")))
}

async fn is_known(services: &Services, id: &Url) -> Result<bool> {
    let mut conn = services.db.read().await?;
    Ok(statuses::store::find_by_uri(&mut conn, id.as_str()).await?.is_some())
}

async fn author(services: &Services, actor: &Url, budget: &Budget) -> Result<Signer, Refusal> {
    let read = fetch::actor(services, actor, Purpose::Conversation, budget).await;
    let standing = vouch::standing(services, actor).await?;
    Ok(vouch::by_origin(&read.map_err(cannot_be_read)?, standing))
}

/// The id that the forwarder names is not remembered: the activity with that id may still come.
fn own_id(services: &Services) -> Result<Url, Refusal> {
    let id = services.origin.activity(services.ids.next());
    Url::parse(&id).map_err(|error| crate::base::Error::internal(error).into())
}
