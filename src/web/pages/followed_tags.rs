//! The hashtags that one follows.

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::Error;
use crate::domain::tags;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::paging::Paging;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Nav, Pager, wrong};
use crate::web::visit::Member;

/// Routes of this file.
pub fn routes() -> Router<Web> {
    Router::new().route("/tags", get(show).post(follow))
}

/// How many tags a page has.
const TAGS: i64 = 100;

/// The page.
#[derive(Debug, Serialize)]
pub struct FollowedTags {
    /// By name.
    pub tags: Vec<TagLine>,
    /// What was typed.
    pub typed: String,
    /// What could not be taken.
    pub errors: Errors,
    /// Further on.
    pub pager: Pager,
}

/// A tag, in a line.
#[derive(Debug, Serialize)]
pub struct TagLine {
    /// In lower case, for the address.
    pub name: String,
    /// As it is written.
    pub display: String,
}

impl View for FollowedTags {
    const TEMPLATE: &'static str = "pages/followed_tags.html";
}

/// `GET /tags`
async fn show(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    page(&web, &member, *paging, (String::new(), Errors::default())).await
}

async fn page(web: &Web, member: &Member, paging: Paging, (typed, errors): (String, Errors)) -> Answer {
    let mut conn = web.services().db.read().await?;
    let followed = tags::store::list(&mut conn, member.id(), TAGS, paging.from()).await?;
    let full = followed.len() as i64 >= TAGS;
    let view = FollowedTags {
        tags: followed.into_iter().map(|tag| TagLine { name: tag.name, display: tag.display }).collect(),
        typed,
        errors,
        pager: paging.by_name("/tags", TAGS, full),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// `POST /tags`
async fn follow(web: State<Web>, member: Member, posted: Posted) -> Answer {
    match tags::follow(web.services(), member.id(), posted.get("tag")).await {
        Ok(_) => Ok(redirect::to("/tags")),
        Err(Error::Invalid { field, .. }) => {
            let errors = wrong(field, member.visit.say(&format!("tags-wrong-{field}")));
            let typed = (posted.get("tag").to_owned(), errors);
            let mut answer = page(&web, &member, Paging::default(), typed).await?;
            *answer.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}
