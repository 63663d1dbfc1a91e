//! Files that are sent while somebody still writes: the script sends each at once and gets its place in the form.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use serde::Serialize;

use super::compose::kept_of;
use crate::base::Error;
use crate::domain::media;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{KeptImage, Nav};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/media", post(upload))
}

/// The place of an upload in a form.
#[derive(Debug, Serialize)]
pub struct Slot {
    /// The upload.
    pub image: KeptImage,
}

impl View for Slot {
    const TEMPLATE: &'static str = "pages/slot.html";
}

/// `POST /media`: takes the file `image` in. What is wrong with it is said in a sentence.
async fn upload(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let file = posted.sent("image").find(|file| !file.bytes.is_empty());
    let file = file.ok_or(Error::invalid("file", "must not be empty"))?;
    let image = match media::upload(web.services(), member.id(), file.clone(), posted.get("alt")).await {
        Ok(image) => image,
        Err(Error::Invalid { problem, .. }) => {
            let said = member.visit.say_with("compose-wrong-image", &[("problem", problem.into())]);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, said).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let mut conn = web.services().db.read().await?;
    let view = Slot { image: kept_of(&image) };
    let answer = web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}
