//! What was written under a hashtag.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use serde::Serialize;

use crate::domain::timelines;
use crate::web::failure::Answer;
use crate::web::paging::Paging;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, Post};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/tags/{name}", get(show))
}

/// How many posts a page has.
const POSTS: i64 = 20;

/// The page.
#[derive(Debug, Serialize)]
pub struct Tag {
    /// Without the `#`.
    pub name: String,
    /// Newest first.
    pub posts: Vec<Post>,
    /// Older and newer.
    pub pager: Pager,
}

impl View for Tag {
    const TEMPLATE: &'static str = "pages/tag.html";
}

/// `GET /tags/{name}`
pub async fn show(
    web: State<Web>,
    member: Member,
    paging: Query<Paging>,
    Path(name): Path<String>,
) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let key = name.to_lowercase();
    let reader = member.visit.reader();
    let timeline = timelines::tag(services, &mut conn, &reader, &key, paging.page(POSTS)).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let path = member.visit.here.split('?').next().unwrap_or("/").to_owned();
    let view = Tag {
        posts: lens.posts(&timeline.statuses),
        pager: paging.by_time(&path, timeline.span.map(|(a, b)| (a.0, b.0)), timeline.full),
        name,
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}
