//! Finding people, posts and hashtags.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::accounts::{Wanted, find_accounts};
use super::entities::{Search, Status, Tag};
use super::error::ApiResult;
use super::params::Params;
use super::viewer::Viewer;
use super::{remote, render};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::base::text::hashtag_key;
use crate::domain::auth::Scope;
use crate::domain::statuses::hydrate;
use crate::domain::{search, tags, timelines};
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v2/search", get(find))
}

/// What somebody types.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    q: String,
    r#type: Option<String>,
    resolve: bool,
    following: bool,
    limit: Option<i64>,
    offset: Option<i64>,
    account_id: Option<AccountId>,
    max_id: Option<i64>,
    min_id: Option<i64>,
}

/// As deep as programs may go by leaving out; further with `max_id`.
const DEEPEST: i64 = 1_000;

impl Query {
    fn wants(&self, kind: &str) -> bool {
        self.r#type.as_deref().is_none_or(|wanted| wanted.is_empty() || wanted == kind)
    }

    /// An address names one thing; nobody is called that.
    fn is_address(&self) -> bool {
        self.q.starts_with("https://") || self.q.starts_with("http://")
    }
}

/// `GET /api/v2/search` · <https://docs.joinmastodon.org/methods/search/#v2>
async fn find(
    State(services): State<Services>,
    viewer: Viewer,
    Params(mut query): Params<Query>,
) -> ApiResult<Json<Search>> {
    viewer.require(Scope::ReadSearch)?;
    query.q = query.q.trim().to_owned();
    let mut found = Search { accounts: Vec::new(), statuses: Vec::new(), hashtags: Vec::new() };
    if query.q.is_empty() {
        return Ok(Json(found));
    }
    if query.is_address() {
        by_address(&services, &viewer, &query, &mut found).await?;
        return Ok(Json(found));
    }
    let limit = query.limit.unwrap_or(20).clamp(1, 40);
    let offset = query.offset.unwrap_or(0).max(0);
    if query.wants("accounts") {
        let followed_by = query.following.then_some(viewer.account.id);
        let reader = Some(viewer.account.id);
        let wanted = Wanted { limit, offset, resolve: query.resolve, reader, followed_by };
        let ids = find_accounts(&services, &query.q, wanted).await?;
        let mut conn = services.db.read().await?;
        found.accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    }
    if query.wants("statuses") && !query.q.starts_with('@') {
        found.statuses = statuses(&services, &viewer, &query, limit, offset.min(DEEPEST)).await?;
    }
    if query.wants("hashtags") && !query.q.contains('@') {
        let key = hashtag_key(query.q.trim_start_matches('#'));
        let mut conn = services.db.read().await?;
        let tags = timelines::find_tags(&mut conn, &key, limit, offset).await?;
        let keys: Vec<String> = tags.iter().map(|(key, _)| key.clone()).collect();
        let followed = tags::store::list_among(&mut conn, viewer.account.id, &keys).await?;
        let tag = |(key, name): &(String, String)| Tag {
            following: followed.contains(key),
            ..Tag::new(&services, key, name)
        };
        found.hashtags = tags.iter().map(tag).collect();
    }
    Ok(Json(found))
}

/// Posts with the words, as the search page has them: operators are understood, newest first.
async fn statuses(
    services: &Services,
    viewer: &Viewer,
    query: &Query,
    limit: i64,
    offset: i64,
) -> Result<Vec<Status>> {
    let parsed = search::Query::parse(&query.q);
    let me = viewer.account.id;
    let wanted = search::Wanted {
        before: query.max_id.map(StatusId),
        after: query.min_id.map(StatusId),
        by: query.account_id,
        count: (limit + offset) as usize,
    };
    let mut conn = services.db.read().await?;
    let found = search::find(services, &mut conn, me, &parsed, wanted).await?;
    let ids: Vec<StatusId> = found.statuses.iter().skip(offset as usize).map(|status| status.id).collect();
    let views = hydrate(services, &mut conn, &viewer.reader(), &ids).await?;
    Ok(views.iter().map(|view| Status::new(services, view)).collect())
}

async fn by_address(services: &Services, viewer: &Viewer, query: &Query, found: &mut Search) -> Result<()> {
    match remote::address(services, &query.q, query.resolve).await? {
        Some(remote::Found::Account(account)) if query.wants("accounts") => {
            let mut conn = services.db.read().await?;
            found.accounts = render::accounts_of(services, &mut conn, &[account]).await?;
        }
        Some(remote::Found::Status(status)) if query.wants("statuses") => {
            let mut conn = services.db.read().await?;
            let views = hydrate(services, &mut conn, &viewer.reader(), &[status]).await?;
            found.statuses = views.iter().map(|view| Status::new(services, view)).collect();
        }
        _ => {}
    }
    Ok(())
}
