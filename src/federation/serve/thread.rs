//! The answers to a post, and threads that began here: ids, each page as far as the asker may read.
//!
//! Nothing says how many there are: that would count what the asker may not know.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use url::Url;

use super::answer::{Refusal, document, to_page, wants_page};
use super::asker::Asker;
use super::status::find;
use crate::activitystreams::context;
use crate::activitystreams::thread::{Replies, RepliesPage, Thread, ThreadPage};
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::statuses::hydrate::hydrate_one;
use crate::domain::statuses::{Status, threads};
use crate::platform::services::Services;

/// Posts on a page.
const POSTS: usize = 40;

/// Which page: `?page=true` for the oldest, `&after=…` for what was written after that post.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    page: Option<String>,
    after: Option<StatusId>,
}

/// `GET /users/{username}/statuses/{id}/replies`
pub(super) async fn replies(
    State(services): State<Services>,
    Path((username, id)): Path<(String, StatusId)>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    if wants_page(&headers) {
        return Ok(to_page(&services.origin.status_page(&username, id)));
    }
    let Asker(reader) = asker?;
    let mut conn = services.db.read().await?;
    let post = find(&services, &mut conn, &reader, &username, id).await?.status;
    let own = url(&format!("{}/replies", post.uri))?;
    if wanted.page.is_none() {
        let first = url(&format!("{own}?page=true"))?;
        return Ok(document(Replies { id: own, first }, context::plain())?);
    }
    let span = (wanted.after.unwrap_or_default(), POSTS);
    let (posts, more) = threads::replies(&services, &mut conn, &reader, id, span).await?;
    let leaf = Leaf::of(&own, wanted.after, &posts, more)?;
    let page = RepliesPage { id: leaf.id, part_of: own, next: leaf.next, items: leaf.items };
    Ok(document(page, context::plain())?)
}

/// `GET /contexts/{id}`, by the number of the thread's first post.
pub(super) async fn thread(
    State(services): State<Services>,
    Path(id): Path<StatusId>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    let Asker(reader) = asker?;
    let mut conn = services.db.read().await?;
    let root = hydrate_one(&services, &mut conn, &reader, id).await?;
    if !threads::is_ours(&root.status) {
        return Err(Error::not_found("thread").into());
    }
    if wants_page(&headers) {
        return Ok(to_page(&root.status.url));
    }
    let own = url(&services.origin.thread(id))?;
    if wanted.page.is_none() {
        let first = url(&format!("{own}?page=true"))?;
        let thread = Thread { id: own, attributed_to: url(&root.account.uri)?, first };
        return Ok(document(thread, context::plain())?);
    }
    let span = (wanted.after.unwrap_or_default(), POSTS);
    let (posts, more) = threads::posts(&services, &mut conn, &reader, id, span).await?;
    let leaf = Leaf::of(&own, wanted.after, &posts, more)?;
    let page = ThreadPage { id: leaf.id, part_of: own, next: leaf.next, ordered_items: leaf.items };
    Ok(document(page, context::plain())?)
}

/// What the pages of both have in common.
struct Leaf {
    id: Url,
    next: Option<Url>,
    items: Vec<Url>,
}

impl Leaf {
    fn of(own: &Url, after: Option<StatusId>, posts: &[Status], more: bool) -> Result<Self> {
        let at = |after: Option<StatusId>| match after {
            Some(after) => url(&format!("{own}?page=true&after={after}")),
            None => url(&format!("{own}?page=true")),
        };
        let last = posts.last().map(|post| post.id).filter(|_| more);
        Ok(Self {
            id: at(after)?,
            next: last.map(|last| at(Some(last))).transpose()?,
            // An id that is no address was taken in before anybody looked; it helps nobody.
            items: posts.iter().filter_map(|post| Url::parse(&post.uri).ok()).collect(),
        })
    }
}

fn url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(Error::internal)
}
