//! Stamps of the people of this site: whoever may read the post may read them.

use axum::extract::{Path, State};
use axum::response::Response;
use url::Url;

use super::answer::{Refusal, document, gone};
use super::asker::Asker;
use crate::activitystreams::context;
use crate::activitystreams::object::{Authorization, AuthorizationKind};
use crate::base::id::InteractionId;
use crate::base::{Error, Result};
use crate::domain::statuses::consent::{self, Act, InteractionState};
use crate::domain::{accounts, statuses};
use crate::platform::services::Services;

/// `GET /users/{username}/stamps/{id}`: a stamp, or what is left of one that was taken back.
pub(super) async fn stamp(
    State(services): State<Services>,
    Path((username, id)): Path<(String, InteractionId)>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let unknown = || Error::not_found("stamp");
    let mut conn = services.db.read().await?;
    let found = consent::store::find_interaction_by_id(&mut conn, id).await?.ok_or_else(unknown)?;
    let target = statuses::get_visible(&services, &mut conn, found.target_id, &reader).await;
    let target = target.map_err(|_| unknown())?;
    let author = accounts::store::get(&mut conn, target.account_id).await?;
    if !author.username.eq_ignore_ascii_case(&username) {
        return Err(unknown().into());
    }
    let uri = format!("{}/{id}", services.origin.collection(&author.username, "stamps"));
    let kind = match (found.kind, found.state) {
        (_, InteractionState::Revoked) => {
            return Ok(gone(&uri, found.decided_at.unwrap_or(found.created_at))?);
        }
        (Act::Quote, InteractionState::Accepted) => AuthorizationKind::Quote,
        (Act::Reply, InteractionState::Accepted) => AuthorizationKind::Reply,
        _ => return Err(unknown().into()),
    };
    let url = |text: &str| Url::parse(text).map_err(Error::internal);
    let stamp = Authorization {
        kind,
        id: url(&uri)?,
        attributed_to: url(&author.uri)?,
        interacting_object: url(&found.object_uri)?,
        interaction_target: url(&target.uri)?,
    };
    Ok(document(stamp, context::of_consent())?)
}
