//! Programs that want to be woken. Source: <https://docs.joinmastodon.org/methods/push/>
//!
//! Messages are encrypted as in RFC 8291 only (`standard`), never in the drafts before it.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::ApiResult;
use super::params::Params;
use super::viewer::Program;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::notifications::Kind;
use crate::domain::push::{self, NewSubscription, Owner, Reach, Subscription};
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v1/push/subscription", get(show).post(create).put(change).delete(remove))
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    subscription: Place,
    data: Data,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Place {
    endpoint: String,
    keys: Keys,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Keys {
    p256dh: String,
    auth: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Data {
    alerts: Map<String, Value>,
    policy: Option<String>,
}

impl Data {
    fn alerts(&self) -> Vec<Kind> {
        let on = |value: &Value| match value {
            Value::Bool(on) => *on,
            Value::String(text) => matches!(text.as_str(), "true" | "1" | "on"),
            Value::Number(number) => number.as_i64() == Some(1),
            _ => false,
        };
        self.alerts
            .iter()
            .filter(|(_, value)| on(value))
            .filter_map(|(word, _)| Kind::from_word(word))
            .collect()
    }

    fn reach(&self) -> Result<Reach> {
        let Some(word) = &self.policy else { return Ok(Reach::All) };
        Reach::from_word(word).ok_or(Error::invalid("data[policy]", "is none that there is"))
    }
}

/// The person and the token, if the program may.
fn owner(program: &Program) -> Result<(AccountId, Owner)> {
    let Program(access) = program;
    let person =
        access.person.as_ref().ok_or(Error::forbidden("This method requires an authenticated user"))?;
    if !access.scopes.cover(Scope::Push) {
        return Err(Error::forbidden("This action is outside the authorized scopes: it needs push"));
    }
    Ok((person.account.id, Owner::Token(access.id)))
}

/// `POST /api/v1/push/subscription` · <https://docs.joinmastodon.org/methods/push/#create>
async fn create(
    State(services): State<Services>,
    program: Program,
    Params(wanted): Params<Wanted>,
) -> ApiResult<Json<Value>> {
    let (person, owner) = owner(&program)?;
    let new = NewSubscription {
        alerts: wanted.data.alerts(),
        reach: wanted.data.reach()?,
        endpoint: wanted.subscription.endpoint,
        p256dh: wanted.subscription.keys.p256dh,
        auth: wanted.subscription.keys.auth,
    };
    let subscription = push::subscribe(&services, person, owner, new).await?;
    render(&services, &subscription).await
}

/// `GET /api/v1/push/subscription` · <https://docs.joinmastodon.org/methods/push/#get>
async fn show(State(services): State<Services>, program: Program) -> ApiResult<Json<Value>> {
    let (_, owner) = owner(&program)?;
    let mut conn = services.db.read().await?;
    let found = push::store::find_of(&mut conn, owner).await?;
    drop(conn);
    render(&services, &found.ok_or(Error::not_found("subscription"))?).await
}

/// `PUT /api/v1/push/subscription` · <https://docs.joinmastodon.org/methods/push/#update>
async fn change(
    State(services): State<Services>,
    program: Program,
    Params(wanted): Params<Wanted>,
) -> ApiResult<Json<Value>> {
    let (_, owner) = owner(&program)?;
    let changed =
        push::subscribe::change(&services, owner, &wanted.data.alerts(), wanted.data.reach()?).await?;
    render(&services, &changed).await
}

/// `DELETE /api/v1/push/subscription` · <https://docs.joinmastodon.org/methods/push/#delete>
async fn remove(State(services): State<Services>, program: Program) -> ApiResult<Json<Value>> {
    let (_, owner) = owner(&program)?;
    push::unsubscribe(&services, owner).await?;
    Ok(Json(json!({})))
}

/// Source: <https://docs.joinmastodon.org/entities/WebPushSubscription/>
async fn render(services: &Services, it: &Subscription) -> ApiResult<Json<Value>> {
    let alerts: Map<String, Value> =
        Kind::ALL.iter().map(|kind| (kind.word().to_owned(), it.alerts_of(*kind).into())).collect();
    Ok(Json(json!({
        "id": it.id,
        "endpoint": it.endpoint,
        "standard": true,
        "alerts": alerts,
        "policy": it.policy.word(),
        "server_key": push::public_key(services).await?.unwrap_or_default(),
    })))
}
