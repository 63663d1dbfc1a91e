//! Pictures of people and posts, for other sites to fetch with their signature.
//!
//! For the people of this site there are the addresses of `web`, which ask for a session instead.

use std::str::FromStr as _;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::actor::find_person;
use super::answer::{Refusal, VARY};
use super::asker::Asker;
use crate::base::id::MediaId;
use crate::base::{Error, Result};
use crate::domain::media::address;
use crate::domain::statuses::{get_media_by_pass, get_visible_media};
use crate::platform::blobs::BlobKey;
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
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    let has_pass = query.pass.is_some_and(|pass| address::admits(&services, id, &pass));
    let reader = if has_pass { None } else { Some(asker?.0) };
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, &username).await?;
    let item = match reader {
        None => get_media_by_pass(&mut conn, id).await?,
        Some(reader) => get_visible_media(&services, &mut conn, id, &reader).await?,
    };
    if item.account_id != person.id || item.status_id.is_none() {
        return Err(Error::not_found("file").into());
    }
    drop(conn);
    Ok(send(&services, item.blob_key.as_deref()).await?)
}

async fn send(services: &Services, key: Option<&str>) -> Result<Response> {
    let key = BlobKey::from_str(key.ok_or(Error::not_found("file"))?)?;
    let reading = services.blobs.stream(&key).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(key.mime())),
        (header::CONTENT_LENGTH, HeaderValue::from(reading.length)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=604800, immutable")),
        (header::VARY, HeaderValue::from_static(VARY)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((headers, Body::from_stream(reading.into_stream())).into_response())
}
