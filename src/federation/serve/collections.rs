//! What a person wrote, who follows, who is followed.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::actor::find_person;
use super::answer::{Refusal, document};
use super::asker::Asker;
use crate::activitystreams::collection::{OrderedCollection, OrderedCollectionPage};
use crate::activitystreams::context;
use crate::base::id::AccountId;
use crate::base::page::Page;
use crate::base::{Error, Result};
use crate::domain::statuses::{Reader, threads};
use crate::domain::timelines::PersonFilter;
use crate::domain::{accounts, follows, statuses, timelines};
use crate::federation::map;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Posts on a page of an outbox.
const POSTS: i64 = 20;

/// People on a page of followers or followed.
const PEOPLE: i64 = 40;

/// Which page of an outbox: `?page=true` for the newest, `&max_id=…` for older ones.
#[derive(Debug, Deserialize)]
pub(super) struct Posts {
    page: Option<String>,
    max_id: Option<i64>,
}

/// Which page of people: `?page=1` and on.
#[derive(Debug, Deserialize)]
pub(super) struct People {
    page: Option<i64>,
}

/// `GET /users/{username}/outbox`: what the asker may read of what the person wrote and reposted.
pub(super) async fn outbox(
    State(services): State<Services>,
    Path(username): Path<String>,
    Query(query): Query<Posts>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, &username).await?;
    let id = services.origin.collection(&person.username, "outbox");
    if query.page.is_none() {
        let total = timelines::count_person(&services, &mut conn, &reader, person.id).await?;
        return Ok(cover(&id, total, Some("page=true"))?);
    }
    let page = Page::before(query.max_id, POSTS);
    let filter = PersonFilter::default();
    let mut posts = timelines::person(&services, &mut conn, &reader, person.id, filter, page).await?;
    threads::name_contexts(&services, &mut conn, &mut posts.statuses).await?;
    let mut items = Vec::new();
    for view in &posts.statuses {
        items.extend(item(&services, view)?);
    }
    let older = posts.span.map(|(_, oldest)| format!("page=true&max_id={oldest}"));
    let this = match query.max_id {
        Some(max_id) => format!("page=true&max_id={max_id}"),
        None => "page=true".to_owned(),
    };
    Ok(leaf(&id, &this, older.as_deref(), items)?)
}

fn item(services: &Services, view: &crate::domain::statuses::StatusView) -> Result<Option<Value>> {
    let written = match &view.reblog {
        Some(_) => map::activity::announce(services, view).map(serde_json::to_value),
        None => map::activity::create(services, view).map(serde_json::to_value),
    };
    match written {
        Ok(value) => Ok(Some(value?)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `GET /users/{username}/featured`: what the person pinned, as far as the asker may read it. There are few: all at once.
pub(super) async fn featured(
    State(services): State<Services>,
    Path(username): Path<String>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, &username).await?;
    let id = url(&services.origin.collection(&person.username, "featured"))?;
    let mut items = Vec::new();
    for view in &statuses::list_pinned(&services, &mut conn, &reader, person.id).await? {
        match map::note::to_wire(&services, view) {
            Ok(note) => items.push(serde_json::to_value(note).map_err(Error::from)?),
            Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let total_items = items.len() as u64;
    let collection = OrderedCollection { id, total_items, first: None, ordered_items: items };
    Ok(document(collection, context::of_objects())?)
}

/// `GET /actor/outbox`: the site itself writes nothing.
pub(super) async fn instance_outbox(State(services): State<Services>) -> Result<Response, Refusal> {
    let id = url(&services.origin.at("/actor/outbox"))?;
    let nothing = OrderedCollection { id, total_items: 0, first: None, ordered_items: Vec::new() };
    Ok(document(nothing, context::plain())?)
}

/// `GET /users/{username}/followers`
pub(super) async fn followers(
    State(services): State<Services>,
    Path(username): Path<String>,
    Query(query): Query<People>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, &username).await?;
    let id = services.origin.collection(&person.username, "followers");
    let Some(page) = page_for(&reader, &query)? else {
        return Ok(cover(&id, person.followers_count, first_for(&reader))?);
    };
    let ids = follows::store::list_followers(&mut conn, person.id, PEOPLE, offset(page)).await?;
    Ok(people(&mut conn, &id, page, ids).await?)
}

/// `GET /users/{username}/following`
pub(super) async fn following(
    State(services): State<Services>,
    Path(username): Path<String>,
    Query(query): Query<People>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, &username).await?;
    let id = services.origin.collection(&person.username, "following");
    let Some(page) = page_for(&reader, &query)? else {
        return Ok(cover(&id, person.following_count, first_for(&reader))?);
    };
    let ids = follows::store::list_following(&mut conn, person.id, PEOPLE, offset(page)).await?;
    Ok(people(&mut conn, &id, page, ids).await?)
}

/// How many they are stands on the profile; who they are is for the organisation alone.
fn first_for(reader: &Reader) -> Option<&'static str> {
    matches!(reader, Reader::Site { member: true, .. }).then_some("page=1")
}

fn page_for(reader: &Reader, query: &People) -> Result<Option<i64>> {
    match (query.page, first_for(reader)) {
        (Some(_), None) => Err(Error::not_found("collection")),
        (page, _) => Ok(page),
    }
}

async fn people(conn: &mut Conn, id: &str, page: i64, ids: Vec<AccountId>) -> Result<Response> {
    let accounts = accounts::store::list(conn, &ids).await?;
    let uris: HashMap<AccountId, String> =
        accounts.into_iter().filter(|a| !a.is_hidden()).map(|account| (account.id, account.uri)).collect();
    let items = ids.iter().filter_map(|id| uris.get(id)).map(|uri| Value::from(uri.as_str())).collect();
    let next = (ids.len() as i64 == PEOPLE).then(|| format!("page={}", page.saturating_add(1)));
    leaf(id, &format!("page={page}"), next.as_deref(), items)
}

fn offset(page: i64) -> i64 {
    page.clamp(1, 100_000).saturating_sub(1).saturating_mul(PEOPLE)
}

/// The collection itself, which only says how to read it.
fn cover(id: &str, total: i64, first: Option<&str>) -> Result<Response> {
    let first = first.map(|first| url(&format!("{id}?{first}"))).transpose()?;
    let total_items = u64::try_from(total).unwrap_or_default();
    let cover = OrderedCollection { id: url(id)?, total_items, first, ordered_items: Vec::new() };
    document(cover, context::plain())
}

/// A page of it; `this` and `next` are queries.
fn leaf(id: &str, this: &str, next: Option<&str>, ordered_items: Vec<Value>) -> Result<Response> {
    let at = |query: &str| url(&format!("{id}?{query}"));
    let page = OrderedCollectionPage {
        id: at(this)?,
        part_of: url(id)?,
        next: next.map(at).transpose()?,
        prev: None,
        ordered_items,
    };
    document(page, context::of_objects())
}

fn url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(Error::internal)
}
