//! Pictures, videos, sound and files: uploaded, shown, described, thrown away. Source: <https://docs.joinmastodon.org/methods/media/>

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::entities::MediaAttachment;
use super::error::ApiResult;
use super::params::{Params, ParamsAndFiles};
use super::path::Id;
use super::viewer::Viewer;
use crate::base::id::MediaId;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::media::{self, Details, Sent};
use crate::platform::services::Services;

/// What a form may hold beside its file, in bytes.
const FORM: usize = 256 << 10;

/// Routes of this file.
pub fn routes(services: &Services) -> Router<Services> {
    let limit = || DefaultBodyLimit::max(upload_limit(services));
    Router::new()
        .route("/api/v1/media", post(upload).layer(limit()))
        .route("/api/v2/media", post(upload).layer(limit()))
        .route("/api/v1/media/{id}", get(one).put(update).delete(delete))
}

/// How large a request with a file may be, in bytes.
pub fn upload_limit(services: &Services) -> usize {
    services.config.media.largest().as_usize().saturating_add(FORM)
}

/// What somebody says of a picture.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Described {
    description: Option<String>,
    /// As in `0.5,-0.2`.
    focus: Option<String>,
}

impl Described {
    /// The same for the domain.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the focus is none.
    pub fn into_details(self) -> Result<Details> {
        let focus =
            self.focus.filter(|text| !text.trim().is_empty()).map(|text| read_focus(&text)).transpose()?;
        Ok(Details { description: self.description, focus })
    }
}

fn read_focus(text: &str) -> Result<(f64, f64)> {
    let read = |side: &str| side.trim().parse::<f64>().ok();
    let sides = text.split_once(',').and_then(|(x, y)| read(x).zip(read(y)));
    sides.ok_or_else(|| Error::invalid("focus", "must be two numbers from -1 to 1, as in 0.5,-0.2"))
}

/// `POST /api/v2/media` · <https://docs.joinmastodon.org/methods/media/#v2>
///
/// 202 for what is not ready yet: a video. Version 1 is the same.
async fn upload(
    State(services): State<Services>,
    viewer: Viewer,
    ParamsAndFiles(described, mut files): ParamsAndFiles<Described>,
) -> ApiResult<(StatusCode, Json<MediaAttachment>)> {
    viewer.require(Scope::WriteMedia)?;
    let file =
        files.remove("file").ok_or(Error::invalid("file", "must be sent as a file of a multipart form"))?;
    let sent = Sent { bytes: file.bytes, name: file.name };
    let media = media::upload(&services, viewer.account.id, sent, described.into_details()?).await?;
    let status = if media.is_ready() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(MediaAttachment::new(&services, &media))))
}

/// `GET /api/v1/media/{id}` · <https://docs.joinmastodon.org/methods/media/#get>
///
/// 206 while it is not ready, 422 if it could not be made ready.
async fn one(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<MediaId>,
) -> ApiResult<(StatusCode, Json<MediaAttachment>)> {
    viewer.require(Scope::WriteMedia)?;
    let media = media::get_own(&services, viewer.account.id, id).await?;
    if let Some(problem) = &media.problem {
        return Err(Error::invalid("file", problem.clone()).into());
    }
    let status = if media.is_ready() { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
    Ok((status, Json(MediaAttachment::new(&services, &media))))
}

/// `DELETE /api/v1/media/{id}` · <https://docs.joinmastodon.org/methods/media/#delete>
async fn delete(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<MediaId>,
) -> ApiResult<Json<serde_json::Value>> {
    viewer.require(Scope::WriteMedia)?;
    media::discard(&services, viewer.account.id, id).await?;
    Ok(Json(serde_json::json!({})))
}

/// `PUT /api/v1/media/{id}` · <https://docs.joinmastodon.org/methods/media/#update>
async fn update(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<MediaId>,
    Params(described): Params<Described>,
) -> ApiResult<Json<MediaAttachment>> {
    viewer.require(Scope::WriteMedia)?;
    let media = media::describe(&services, viewer.account.id, id, described.into_details()?).await?;
    Ok(Json(MediaAttachment::new(&services, &media)))
}

#[cfg(test)]
mod tests {
    use super::read_focus;

    #[test]
    fn a_focus_is_two_numbers() {
        assert_eq!(read_focus("0.5, -0.2").expect("a focus"), (0.5, -0.2));
        assert!(read_focus("0.5").is_err());
        assert!(read_focus("left,up").is_err());
    }
}
