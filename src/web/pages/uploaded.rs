//! Files that were sent before their post (see `upload`): looked after, described, cut, thrown away.
//!
//! Answers are for a script. Without scripts the form of the post does as much of it as can be done.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;

use crate::base::id::MediaId;
use crate::base::{Error, Result};
use crate::domain::media::address::{self, Size};
use crate::domain::media::{self, Cut, Details, Media};
use crate::web::form::Posted;
use crate::web::state::Web;
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/media/{id}", get(look).post(change)).route("/media/{id}/delete", post(throw_away))
}

/// A file as the composer shows it.
#[derive(Debug, Serialize)]
struct Shown {
    id: MediaId,
    /// `image`, `video`, `audio` or `file`.
    kind: String,
    /// `waiting`, `ready` or `failed`.
    state: String,
    /// The small picture, if there is one.
    preview: Option<String>,
    /// What a file is called.
    name: String,
    description: String,
    /// Across and up, each from -1 to 1.
    focus: (f64, f64),
    width: i64,
    height: i64,
    /// Why it failed, or that it is being prepared.
    problem: Option<String>,
}

fn shown(visit: &Visit, media: &Media) -> Shown {
    // A cut picture is another one at the same address.
    let version = media.blob_key.as_deref().map_or("", |key| &key[key.len().saturating_sub(12)..]);
    let has_picture = media.kind == "image" || media.preview_key.is_some();
    let preview = (media.is_ready() && has_picture)
        .then(|| format!("{}?v={}", address::path(media.id, Size::Preview), version.replace('.', "")));
    let problem = match &media.problem {
        Some(problem) => Some(refused(visit, problem)),
        None => (!media.is_ready()).then(|| visit.say("media-waiting")),
    };
    Shown {
        id: media.id,
        kind: media.kind.clone(),
        state: media.state.clone(),
        preview,
        name: media.name.clone(),
        description: media.description.clone(),
        focus: (media.focus_x, media.focus_y),
        width: media.width,
        height: media.height,
        problem,
    }
}

/// `GET /media/{id}`: whether it is ready by now.
async fn look(web: State<Web>, member: Member, Path(id): Path<MediaId>) -> Response {
    answer(&member.visit, media::get_own(web.services(), member.id(), id).await)
}

/// `POST /media/{id}`: what it shows, where to look, and what of it stays.
async fn change(web: State<Web>, member: Member, Path(id): Path<MediaId>, posted: Posted) -> Response {
    answer(&member.visit, changed(&web, &member, id, &posted).await)
}

async fn changed(web: &Web, member: &Member, id: MediaId, posted: &Posted) -> Result<Media> {
    let services = web.services();
    let focus = numbers::<2>(posted, "focus")?.map(|[x, y]| (x, y));
    if let Some([x, y, width, height]) = numbers::<4>(posted, "crop")? {
        media::crop(services, member.id(), id, Cut { x, y, width, height }, focus).await?;
    }
    let details = Details { description: posted.field("description").map(str::to_owned), focus };
    media::describe(services, member.id(), id, details).await
}

/// Numbers with commas between; none if the field was not sent.
fn numbers<const N: usize>(posted: &Posted, field: &'static str) -> Result<Option<[f64; N]>> {
    let Some(text) = posted.some(field) else { return Ok(None) };
    let read: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    let wrong = || Error::invalid(field, format!("must be {N} numbers with commas between"));
    read.and_then(|numbers| numbers.try_into().ok()).map(Some).ok_or_else(wrong)
}

/// `POST /media/{id}/delete`
async fn throw_away(web: State<Web>, member: Member, Path(id): Path<MediaId>, _: Posted) -> Response {
    match media::discard(web.services(), member.id(), id).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => answer(&member.visit, Err(error)),
    }
}

fn refused(visit: &Visit, problem: &str) -> String {
    visit.say_with("media-refused", &[("problem", problem.into())])
}

fn answer(visit: &Visit, result: Result<Media>) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    let (status, problem) = match result {
        Ok(media) => {
            let status = if media.is_ready() { StatusCode::OK } else { StatusCode::ACCEPTED };
            return (status, no_store, Json(shown(visit, &media))).into_response();
        }
        Err(Error::Invalid { field: "file", problem }) => {
            (StatusCode::UNPROCESSABLE_ENTITY, refused(visit, &problem))
        }
        Err(error @ (Error::Invalid { .. } | Error::Conflict { .. } | Error::Forbidden { .. })) => {
            (StatusCode::UNPROCESSABLE_ENTITY, crate::web::failure::sentence(&error.to_string()))
        }
        Err(Error::RateLimited { .. }) => (StatusCode::TOO_MANY_REQUESTS, visit.say("media-too-often")),
        Err(Error::NotFound { .. }) => (StatusCode::NOT_FOUND, visit.say("media-gone")),
        Err(error) => {
            tracing::error!(error = %error.chain(), "A file could not be taken: {}", error.chain());
            (StatusCode::INTERNAL_SERVER_ERROR, visit.say("media-failed"))
        }
    };
    (status, no_store, Json(serde_json::json!({ "problem": problem }))).into_response()
}
