//! Followers at the site that asks, so that both sides can be set right (FEP-8fcf).

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
use crate::base::{Error, Result};
use crate::domain::statuses::Reader;
use crate::federation::followers::store;
use crate::platform::services::Services;

/// People on a page. Others read ten pages.
const PEOPLE: i64 = 1000;

/// Which page: behind the follower with this number.
#[derive(Debug, Deserialize)]
pub(super) struct Paging {
    after: Option<i64>,
}

/// `GET /users/{username}/followers_synchronization`: to a site, those of its own people who follow; to nobody else.
pub(super) async fn of_asker(
    State(services): State<Services>,
    Path(username): Path<String>,
    Query(paging): Query<Paging>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let Reader::Site { host, .. } = reader else {
        return Err(Error::not_found("collection").into());
    };
    let mut conn = services.db.read().await?;
    let person = find_person(&mut conn, &username).await?;
    let id = services.origin.collection(&person.username, "followers_synchronization");
    let after = AccountId(paging.after.unwrap_or_default());
    let found = store::list_followers_at(&mut conn, person.id, &host, after, PEOPLE).await?;
    let last = found.last().filter(|_| found.len() as i64 == PEOPLE).map(|(last, _)| last.0);
    let ordered_items: Vec<Value> = found.iter().map(|(_, uri)| Value::from(uri.as_str())).collect();
    let behind = |after: i64| url(&format!("{id}?after={after}"));
    if paging.after.is_none() {
        let total_items = store::count_followers_at(&mut conn, person.id, &host).await?;
        let total_items = u64::try_from(total_items).unwrap_or_default();
        let (first, ordered_items) = match last {
            Some(_) => (Some(behind(0)?), Vec::new()),
            None => (None, ordered_items),
        };
        let whole = OrderedCollection { id: url(&id)?, total_items, first, ordered_items };
        return Ok(document(whole, context::plain())?);
    }
    let page = OrderedCollectionPage {
        id: behind(after.0)?,
        part_of: url(&id)?,
        next: last.map(behind).transpose()?,
        prev: None,
        ordered_items,
    };
    Ok(document(page, context::plain())?)
}

fn url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(Error::internal)
}
