//! Hashtags, and which of them one follows. Source: <https://docs.joinmastodon.org/methods/tags/>

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::entities::Tag;
use super::error::ApiResult;
use super::paging::{ACCOUNTS, Paging};
use super::path::Id;
use super::render::Listing;
use super::viewer::{Guest, Viewer};
use crate::base::Error;
use crate::base::text::{hashtag_key, is_hashtag};
use crate::domain::auth::Scope;
use crate::domain::tags;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/followed_tags", get(followed))
        .route("/api/v1/tags/{name}", get(one))
        .route("/api/v1/tags/{name}/follow", post(follow))
        .route("/api/v1/tags/{name}/unfollow", post(unfollow))
}

/// `GET /api/v1/followed_tags` · <https://docs.joinmastodon.org/methods/followed_tags/#get>
async fn followed(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<Listing<Tag>> {
    viewer.require(Scope::ReadFollows)?;
    let (limit, offset) = paging.offset(ACCOUNTS);
    let mut conn = services.db.read().await?;
    let tags = tags::store::list(&mut conn, viewer.account.id, limit, offset).await?;
    let shown: Vec<Tag> = tags
        .iter()
        .map(|tag| Tag { following: true, ..Tag::new(&services, &tag.name, &tag.display) })
        .collect();
    Ok((paging.next_link(&services, ACCOUNTS, shown.len()), Json(shown)))
}

/// `GET /api/v1/tags/{name}` · <https://docs.joinmastodon.org/methods/tags/#get>
async fn one(State(services): State<Services>, guest: Guest, Id(name): Id<String>) -> ApiResult<Json<Tag>> {
    let reader = guest.reader(&services, Scope::Read)?;
    if !is_hashtag(&name) {
        return Err(Error::not_found("tag").into());
    }
    let key = hashtag_key(&name);
    let tag = Tag::new(&services, &key, &name);
    let Some(person) = reader.person() else { return Ok(Json(tag)) };
    let mut conn = services.db.read().await?;
    let following = tags::store::find(&mut conn, person, &key).await?.is_some();
    Ok(Json(Tag { following, ..tag }))
}

/// `POST /api/v1/tags/{name}/follow` · <https://docs.joinmastodon.org/methods/tags/#follow>
async fn follow(
    State(services): State<Services>,
    viewer: Viewer,
    Id(name): Id<String>,
) -> ApiResult<Json<Tag>> {
    viewer.require(Scope::WriteFollows)?;
    let tag = tags::follow(&services, viewer.account.id, &name).await?;
    Ok(Json(Tag { following: true, ..Tag::new(&services, &tag.name, &tag.display) }))
}

/// `POST /api/v1/tags/{name}/unfollow` · <https://docs.joinmastodon.org/methods/tags/#unfollow>
async fn unfollow(
    State(services): State<Services>,
    viewer: Viewer,
    Id(name): Id<String>,
) -> ApiResult<Json<Tag>> {
    viewer.require(Scope::WriteFollows)?;
    if !is_hashtag(&name) {
        return Err(Error::not_found("tag").into());
    }
    tags::unfollow(&services, viewer.account.id, &name).await?;
    Ok(Json(Tag::new(&services, &hashtag_key(&name), &name)))
}
