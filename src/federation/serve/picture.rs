//! Pictures of people and posts, for other sites to fetch with their signature.
//!
//! For the people of this site there are the addresses of `web`, which ask for a session instead.

use std::str::FromStr as _;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::actor::find_person;
use super::answer::Refusal;
use super::asker::Asker;
use crate::base::id::MediaId;
use crate::base::{Error, Result};
use crate::domain::media;
use crate::domain::statuses::read::get_visible;
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

/// `GET /users/{username}/media/{id}`: whoever may read the post may see what hangs on it.
pub(super) async fn attachment(
    State(services): State<Services>,
    Path((username, id)): Path<(String, MediaId)>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, &username).await?;
    let item = media::store::get(&mut conn, id).await?;
    let post = item.status_id.filter(|_| item.account_id == person.id).ok_or(Error::not_found("file"))?;
    get_visible(&services, &mut conn, post, &reader).await?;
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
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((headers, Body::from_stream(reading.into_stream())).into_response())
}
