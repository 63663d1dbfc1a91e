//! Lists: people whom one reads apart. Source: <https://docs.joinmastodon.org/methods/lists/>

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entities::{Account, List, Status};
use super::error::ApiResult;
use super::paging::{ACCOUNTS, Paging, STATUSES};
use super::params::{Params, blank_is_none};
use super::path::Id;
use super::render::{self, Listing};
use super::viewer::Viewer;
use crate::base::id::{AccountId, ListId};
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::lists::{self, Change, NewList, Replies};
use crate::domain::timelines;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/lists", get(all).post(create))
        .route("/api/v1/lists/{id}", get(one).put(change).delete(delete))
        .route("/api/v1/lists/{id}/accounts", get(members).post(add).delete(remove))
        .route("/api/v1/accounts/{id}/lists", get(with))
        .route("/api/v1/timelines/list/{id}", get(timeline))
}

/// `GET /api/v1/lists` · <https://docs.joinmastodon.org/methods/lists/#get>
async fn all(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Vec<List>>> {
    viewer.require(Scope::ReadLists)?;
    let mut conn = services.db.read().await?;
    let lists = lists::store::list(&mut conn, viewer.account.id).await?;
    Ok(Json(lists.into_iter().map(List::from).collect()))
}

/// `GET /api/v1/accounts/{id}/lists` · <https://docs.joinmastodon.org/methods/accounts/#lists>
async fn with(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Vec<List>>> {
    viewer.require(Scope::ReadLists)?;
    let mut conn = services.db.read().await?;
    let lists = lists::store::list_with(&mut conn, viewer.account.id, id).await?;
    Ok(Json(lists.into_iter().map(List::from).collect()))
}

/// `GET /api/v1/lists/{id}` · <https://docs.joinmastodon.org/methods/lists/#get-one>
async fn one(State(services): State<Services>, viewer: Viewer, Id(id): Id<ListId>) -> ApiResult<Json<List>> {
    viewer.require(Scope::ReadLists)?;
    let mut conn = services.db.read().await?;
    Ok(Json(lists::get(&mut conn, viewer.account.id, id).await?.into()))
}

/// What a list is to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    title: Option<String>,
    replies_policy: Option<String>,
    exclusive: Option<bool>,
}

impl Form {
    fn replies(&self) -> Result<Option<Replies>> {
        let read = |word: &String| {
            let problem = "must be one of followed, list, none";
            Replies::from_word(word).ok_or_else(|| Error::invalid("replies_policy", problem))
        };
        self.replies_policy.as_ref().filter(|word| !word.is_empty()).map(read).transpose()
    }
}

/// `POST /api/v1/lists` · <https://docs.joinmastodon.org/methods/lists/#create>
async fn create(
    State(services): State<Services>,
    viewer: Viewer,
    Params(form): Params<Form>,
) -> ApiResult<Json<List>> {
    viewer.require(Scope::WriteLists)?;
    let new = NewList {
        replies: form.replies()?.unwrap_or_default(),
        exclusive: form.exclusive.unwrap_or(false),
        title: form.title.unwrap_or_default(),
    };
    Ok(Json(lists::create(&services, viewer.account.id, new).await?.into()))
}

/// `PUT /api/v1/lists/{id}` · <https://docs.joinmastodon.org/methods/lists/#update>
async fn change(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ListId>,
    Params(form): Params<Form>,
) -> ApiResult<Json<List>> {
    viewer.require(Scope::WriteLists)?;
    let change = Change { replies: form.replies()?, title: form.title, exclusive: form.exclusive };
    Ok(Json(lists::change(&services, viewer.account.id, id, change).await?.into()))
}

/// `DELETE /api/v1/lists/{id}` · <https://docs.joinmastodon.org/methods/lists/#delete>
async fn delete(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ListId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteLists)?;
    lists::delete(&services, viewer.account.id, id).await?;
    Ok(Json(json!({})))
}

/// How many members; 0 means all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct HowMany {
    #[serde(deserialize_with = "blank_is_none")]
    limit: Option<i64>,
}

/// `GET /api/v1/lists/{id}/accounts` · <https://docs.joinmastodon.org/methods/lists/#accounts>
async fn members(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ListId>,
    paging: Paging,
    Params(wanted): Params<HowMany>,
) -> ApiResult<Listing<Account>> {
    viewer.require(Scope::ReadLists)?;
    let everybody = wanted.limit == Some(0);
    let (limit, offset) = if everybody { (lists::members::MOST, 0) } else { paging.offset(ACCOUNTS) };
    let mut conn = services.db.read().await?;
    lists::get(&mut conn, viewer.account.id, id).await?;
    let ids = lists::store::list_members(&mut conn, id, limit, offset).await?;
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    let looked_at = if everybody { 0 } else { ids.len() };
    Ok((paging.next_link(&services, ACCOUNTS, looked_at), Json(accounts)))
}

/// Who.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct People {
    account_ids: Vec<AccountId>,
}

/// `POST /api/v1/lists/{id}/accounts` · <https://docs.joinmastodon.org/methods/lists/#accounts-add>
async fn add(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ListId>,
    Params(people): Params<People>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteLists)?;
    lists::add(&services, viewer.account.id, id, &people.account_ids).await?;
    Ok(Json(json!({})))
}

/// `DELETE /api/v1/lists/{id}/accounts` · <https://docs.joinmastodon.org/methods/lists/#accounts-remove>
async fn remove(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ListId>,
    Params(people): Params<People>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteLists)?;
    lists::remove(&services, viewer.account.id, id, &people.account_ids).await?;
    Ok(Json(json!({})))
}

/// `GET /api/v1/timelines/list/{id}` · <https://docs.joinmastodon.org/methods/timelines/#list>
async fn timeline(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ListId>,
    paging: Paging,
) -> ApiResult<Listing<Status>> {
    viewer.require(Scope::ReadLists)?;
    let mut conn = services.db.read().await?;
    let page = paging.page(STATUSES);
    let timeline = timelines::list(&services, &mut conn, viewer.account.id, id, page).await?;
    Ok(render::timeline(&services, &paging, &timeline))
}
