//! Settings, a page for each part: the profile, how pages look, who sees what, how one comes in, what one takes along.

pub mod appearance;
pub mod browser;
pub mod data;
pub mod privacy;
pub mod profile;
pub mod security;

use axum::Router;
use axum::http::StatusCode;

use crate::web::failure::Answer;
use crate::web::state::Web;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .merge(profile::routes())
        .merge(appearance::routes())
        .merge(privacy::routes())
        .merge(security::routes())
        .merge(data::routes())
}

/// The form once more, with what was wrong.
fn refused(answer: Answer) -> Answer {
    answer.map(|mut answer| {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        answer
    })
}
