//! The words and posts of a filter, one by one.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::entities::{FilterKeyword, FilterStatus};
use super::super::error::ApiResult;
use super::super::params::Params;
use super::super::path::Id;
use super::super::viewer::Viewer;
use crate::base::Error;
use crate::base::id::{FilterId, FilterStatusId, FilterWordId, StatusId};
use crate::domain::auth::Scope;
use crate::domain::filters::{self, WordChange};
use crate::domain::statuses;
use crate::platform::services::Services;

/// `GET /api/v2/filters/{id}/keywords` · <https://docs.joinmastodon.org/methods/filters/#keywords-get>
pub async fn words(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterId>,
) -> ApiResult<Json<Vec<FilterKeyword>>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    let view = filters::get(&mut conn, viewer.account.id, id).await?;
    Ok(Json(view.words.into_iter().map(FilterKeyword::from).collect()))
}

/// A word to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Keyword {
    keyword: Option<String>,
    whole_word: Option<bool>,
}

/// `POST /api/v2/filters/{id}/keywords` · <https://docs.joinmastodon.org/methods/filters/#keywords-create>
pub async fn add_word(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterId>,
    Params(form): Params<Keyword>,
) -> ApiResult<Json<FilterKeyword>> {
    viewer.require(Scope::WriteFilters)?;
    let (word, whole) = (form.keyword.unwrap_or_default(), form.whole_word.unwrap_or(true));
    Ok(Json(filters::words::add(&services, viewer.account.id, id, &word, whole).await?.into()))
}

/// `GET /api/v2/filters/keywords/{id}` · <https://docs.joinmastodon.org/methods/filters/#keywords-get-one>
pub async fn word(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterWordId>,
) -> ApiResult<Json<FilterKeyword>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    Ok(Json(filters::words::get(&mut conn, viewer.account.id, id).await?.into()))
}

/// `PUT /api/v2/filters/keywords/{id}` · <https://docs.joinmastodon.org/methods/filters/#keywords-update>
pub async fn change_word(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterWordId>,
    Params(form): Params<Keyword>,
) -> ApiResult<Json<FilterKeyword>> {
    viewer.require(Scope::WriteFilters)?;
    let change = WordChange::Set(id, form.keyword, form.whole_word);
    let word = filters::words::change(&services, viewer.account.id, change).await?;
    Ok(Json(word.ok_or(Error::not_found("keyword"))?.into()))
}

/// `DELETE /api/v2/filters/keywords/{id}` · <https://docs.joinmastodon.org/methods/filters/#keywords-delete>
pub async fn delete_word(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterWordId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteFilters)?;
    filters::words::change(&services, viewer.account.id, WordChange::Remove(id)).await?;
    Ok(Json(json!({})))
}

/// `GET /api/v2/filters/{id}/statuses` · <https://docs.joinmastodon.org/methods/filters/#statuses-get>
pub async fn statuses(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterId>,
) -> ApiResult<Json<Vec<FilterStatus>>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    let view = filters::get(&mut conn, viewer.account.id, id).await?;
    Ok(Json(view.statuses.into_iter().map(FilterStatus::from).collect()))
}

/// Which post.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Post {
    status_id: StatusId,
}

/// `POST /api/v2/filters/{id}/statuses` · <https://docs.joinmastodon.org/methods/filters/#statuses-add>
pub async fn add_status(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterId>,
    Params(post): Params<Post>,
) -> ApiResult<Json<FilterStatus>> {
    viewer.require(Scope::WriteFilters)?;
    let named = statuses::filtered::add(&services, viewer.account.id, id, post.status_id).await?;
    Ok(Json(named.into()))
}

/// `GET /api/v2/filters/statuses/{id}` · <https://docs.joinmastodon.org/methods/filters/#statuses-get-one>
pub async fn status(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterStatusId>,
) -> ApiResult<Json<FilterStatus>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    Ok(Json(filters::words::get_status(&mut conn, viewer.account.id, id).await?.into()))
}

/// `DELETE /api/v2/filters/statuses/{id}` · <https://docs.joinmastodon.org/methods/filters/#statuses-remove>
pub async fn delete_status(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterStatusId>,
) -> ApiResult<Json<FilterStatus>> {
    viewer.require(Scope::WriteFilters)?;
    Ok(Json(filters::words::remove_status(&services, viewer.account.id, id).await?.into()))
}
