//! Pictures of people and posts, for other sites to fetch with their signature.
//!
//! For the people of this site there are the addresses of `web`, which ask for a session instead.

use std::str::FromStr as _;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::actor::find_person;
use super::answer::{Refusal, VARY};
use super::asker::Asker;
use crate::base::id::MediaId;
use crate::base::{Error, Result};
use crate::domain::media::sniff::file_mime;
use crate::domain::media::{Media, address};
use crate::domain::statuses::{get_media_by_pass, get_visible_media};
use crate::platform::blobs::{BlobKey, Reading, Wanted};
use crate::platform::services::Services;

/// `GET /users/{username}/avatar`
pub(super) async fn avatar(
    State(services): State<Services>,
    Path(username): Path<String>,
    _: Asker,
) -> Result<Response, Refusal> {
    let person = find_person(&mut services.db.read().await?, &username).await?;
    Ok(send(&services, person.avatar_key.as_deref()).await?)
}

/// `GET /users/{username}/header`
pub(super) async fn header_picture(
    State(services): State<Services>,
    Path(username): Path<String>,
    _: Asker,
) -> Result<Response, Refusal> {
    let person = find_person(&mut services.db.read().await?, &username).await?;
    Ok(send(&services, person.header_key.as_deref()).await?)
}

/// A pass, as servers have it that do not sign when they fetch pictures.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Pass {
    pass: Option<String>,
}

/// `GET /users/{username}/media/{id}`: whoever may read the post may see what hangs on it.
pub(super) async fn attachment(
    State(services): State<Services>,
    Path((username, id)): Path<(String, MediaId)>,
    Query(query): Query<Pass>,
    headers: HeaderMap,
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    let item = find(&services, &username, id, query, asker).await?;
    Ok(part(&services, &item, item.blob_key.as_deref(), &headers).await?)
}

/// `GET /users/{username}/media/{id}/{name}`: the same, for a file with its name.
pub(super) async fn file(
    state: State<Services>,
    Path((username, id, _)): Path<(String, MediaId, String)>,
    query: Query<Pass>,
    headers: HeaderMap,
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    attachment(state, Path((username, id)), query, headers, asker).await
}

/// `GET /users/{username}/media/{id}/poster`: the picture that stands for a video.
pub(super) async fn poster(
    State(services): State<Services>,
    Path((username, id)): Path<(String, MediaId)>,
    Query(query): Query<Pass>,
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    let item = find(&services, &username, id, query, asker).await?;
    Ok(send(&services, item.preview_key.as_deref()).await?)
}

async fn find(
    services: &Services,
    username: &str,
    id: MediaId,
    query: Pass,
    asker: Result<Asker, Refusal>,
) -> Result<Media, Refusal> {
    let has_pass = query.pass.is_some_and(|pass| address::admits(services, id, &pass));
    let reader = if has_pass { None } else { Some(asker?.0) };
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, username).await?;
    let item = match reader {
        None => get_media_by_pass(&mut conn, id).await?,
        Some(reader) => get_visible_media(services, &mut conn, id, &reader).await?,
    };
    if item.account_id != person.id || item.status_id.is_none() {
        return Err(Error::not_found("file").into());
    }
    Ok(item)
}

async fn send(services: &Services, key: Option<&str>) -> Result<Response> {
    let key = BlobKey::from_str(key.ok_or(Error::not_found("file"))?)?;
    Ok(answer(services.blobs.stream(&key).await?, key.mime(), false))
}

/// What hangs on a post, or the part of it that is asked for.
async fn part(services: &Services, item: &Media, key: Option<&str>, headers: &HeaderMap) -> Result<Response> {
    let key = BlobKey::from_str(key.ok_or(Error::not_found("file"))?)?;
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let wanted = range.and_then(Wanted::from_header);
    let reading = match services.blobs.part(&key, wanted).await {
        Err(Error::Invalid { field: "range", .. }) => {
            return Ok(StatusCode::RANGE_NOT_SATISFIABLE.into_response());
        }
        other => other?,
    };
    if !item.is_file() {
        return Ok(answer(reading, key.mime(), wanted.is_some()));
    }
    let mut response = answer(reading, file_mime(&item.mime), wanted.is_some());
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}

fn answer(reading: Reading, mime: &'static str, is_part: bool) -> Response {
    let head = reading.head(is_part);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(mime)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=604800, immutable")),
        (header::VARY, HeaderValue::from_static(VARY)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (head.0, head.1, headers, Body::from_stream(reading.into_stream())).into_response()
}
