//! Posts of this site.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer::{Refusal, document, gone, to_page, wants_page};
use super::asker::{Asker, ties_of};
use crate::activitystreams::context;
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::statuses::hydrate::hydrate_one;
use crate::domain::statuses::{self, Reader, StatusView, Visibility, may_read, threads};
use crate::federation::map;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// `GET /users/{username}/statuses/{id}`: a note, or a tombstone.
pub(super) async fn note(
    State(services): State<Services>,
    Path((username, id)): Path<(String, StatusId)>,
    headers: HeaderMap,
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    if wants_page(&headers) {
        return Ok(to_page(&services.origin.status_page(&username, id)));
    }
    let Asker(reader) = asker?;
    let mut conn = services.db.read().await?;
    match find(&services, &mut conn, &reader, &username, id).await {
        Ok(view) => {
            let note = map::note::to_wire(&services, &view)?;
            let words = context::of_note(&note);
            Ok(document(note, words)?)
        }
        Err(error @ Error::NotFound { .. }) => {
            let uri = services.origin.status(&username, id);
            match statuses::store::find_own_tombstone(&mut conn, &uri).await? {
                Some((at, visibility)) if could_read(&services, &reader, visibility) => Ok(gone(&uri, at)?),
                _ => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the asker could read the post when it was there. Who follows or was mentioned then is not kept: for
/// what was narrower than the organisation, nobody learns that it was.
fn could_read(services: &Services, reader: &Reader, visibility: Visibility) -> bool {
    may_read(visibility, ties_of(services, reader))
}

/// `GET /users/{username}/statuses/{id}/activity`: the `Create` of it.
pub(super) async fn create(
    State(services): State<Services>,
    Path((username, id)): Path<(String, StatusId)>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let view = find(&services, &mut conn, &reader, &username, id).await?;
    let create = map::activity::create(&services, &view)?;
    let words = create.object.object().map_or_else(context::of_objects, context::of_note);
    Ok(document(create, words)?)
}

/// A post written here by that person, as far as the reader may read it.
pub(super) async fn find(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    username: &str,
    id: StatusId,
) -> Result<StatusView> {
    let mut view = hydrate_one(services, conn, reader, id).await?;
    let is_it =
        view.status.local && view.reblog.is_none() && view.account.username.eq_ignore_ascii_case(username);
    if !is_it {
        return Err(Error::not_found("status"));
    }
    threads::name_contexts(services, conn, std::slice::from_mut(&mut view)).await?;
    Ok(view)
}
