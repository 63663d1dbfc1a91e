//! What one keeps, and what one likes.

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Serialize;

use crate::domain::statuses::bookmark::{Kept, list_bookmarks, list_favourites};
use crate::web::failure::Answer;
use crate::web::paging::Paging;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, Post};
use crate::web::visit::Member;

/// Routes of this file.
pub fn routes() -> Router<Web> {
    Router::new().route("/bookmarks", get(bookmarks)).route("/favourites", get(favourites))
}

/// How many posts a page has.
const POSTS: i64 = 20;

/// The page of either.
#[derive(Debug, Serialize)]
pub struct KeptPosts {
    /// Whether it is what one likes, and not what one keeps.
    pub likes: bool,
    /// The latest mark first.
    pub posts: Vec<Post>,
    /// How many of this page may not be read any more.
    pub hidden: usize,
    /// Further on.
    pub pager: Pager,
}

impl View for KeptPosts {
    const TEMPLATE: &'static str = "pages/kept.html";
}

/// `GET /bookmarks`
async fn bookmarks(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let kept = list_bookmarks(web.services(), &mut conn, member.id(), POSTS, paging.from()).await?;
    drop(conn);
    page(&web, &member, *paging, kept, false).await
}

/// `GET /favourites`
async fn favourites(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let kept = list_favourites(web.services(), &mut conn, member.id(), POSTS, paging.from()).await?;
    drop(conn);
    page(&web, &member, *paging, kept, true).await
}

async fn page(web: &Web, member: &Member, paging: Paging, kept: Kept, likes: bool) -> Answer {
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let path = if likes { "/favourites" } else { "/bookmarks" };
    let view = KeptPosts {
        likes,
        // Asked for by the reader, they stand there unfolded.
        posts: lens.posts(&kept.statuses).into_iter().map(|post| Post { filtered: None, ..post }).collect(),
        hidden: kept.looked_at - kept.statuses.len(),
        pager: paging.by_name(path, POSTS, kept.looked_at as i64 >= POSTS),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}
