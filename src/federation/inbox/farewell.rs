//! `Delete` of an actor by itself: it often comes when the key that could show it is gone already.

use super::Refusal;
use crate::activitystreams::Activity;
use crate::base::Result;
use crate::base::origin::host_of_uri;
use crate::domain::accounts::{self, Account};
use crate::federation::fetch;
use crate::federation::signatures::SignatureError;
use crate::federation::signer::SignerError;
use crate::platform::services::Services;

/// The actor that takes leave of itself by this activity.
fn leaver(activity: &Activity) -> Option<&str> {
    match activity {
        Activity::Delete(delete) if delete.object.id() == &delete.actor => Some(delete.actor.as_str()),
        _ => None,
    }
}

/// Whether somebody takes leave whom nobody here knows, or who is gone already: there is nothing to do, and nobody to
/// ask.
pub(super) async fn is_of_a_stranger(services: &Services, activity: &Activity) -> Result<bool> {
    let Some(actor) = leaver(activity) else { return Ok(false) };
    let mut conn = services.db.read().await?;
    let known = accounts::store::find_by_uri(&mut conn, actor).await?;
    Ok(known.is_none_or(|account| account.deleted_at.is_some()))
}

/// A farewell whose signature cannot be checked is believed if the actor's own site says that the actor is gone. It is
/// asked once in five minutes.
pub(super) async fn without_key(
    services: &Services,
    activity: &Activity,
    problem: SignerError,
) -> Result<(), Refusal> {
    let checkable =
        !matches!(problem, SignerError::Key(_) | SignerError::Signature(SignatureError::BadSignature(_)));
    let Some(actor) = leaver(activity).filter(|_| !checkable && !problem.is_stranger()) else {
        return Err(problem.into());
    };
    let Some(account) = remote(services, actor).await? else { return Err(problem.into()) };
    let host = host_of_uri(actor).unwrap_or_default();
    if !services.caches.may_refetch(&format!("{actor}#gone"), &host) {
        return Err(problem.into());
    }
    match fetch::is_gone(services, &account).await {
        Ok(true) => {
            let mut tx = services.db.begin().await?;
            accounts::receive::delete(services, &mut tx, account.id).await?;
            tx.commit().await?;
            tracing::info!(actor, "{actor} is gone, as its site says");
            Ok(())
        }
        Err(error) if error.is_temporary() => Err(SignerError::Key(error).into()),
        Ok(false) | Err(_) => Err(problem.into()),
    }
}

async fn remote(services: &Services, actor: &str) -> Result<Option<Account>> {
    let mut conn = services.db.read().await?;
    let account = accounts::store::find_by_uri(&mut conn, actor).await?;
    Ok(account.filter(|account| !account.is_local()))
}
