//! Policies, and what waits because of them.
//!
//! Source: <https://docs.joinmastodon.org/methods/notifications/#get-policy>

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::entities::{Account, Status};
use super::super::error::ApiResult;
use super::super::params::Params;
use super::super::path::Id;
use super::super::viewer::Viewer;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::notifications::policy::{self, Request};
use crate::domain::notifications::{Policy, Verdict, store};
use crate::domain::statuses::{Reader, hydrate};
use crate::platform::services::Services;

/// Most that one page shows.
const MOST: i64 = 80;

/// What somebody decides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Decided {
    #[serde(rename = "for_not_following")]
    not_following: Option<String>,
    #[serde(rename = "for_not_followers")]
    not_followers: Option<String>,
    #[serde(rename = "for_new_accounts")]
    new_accounts: Option<String>,
    #[serde(rename = "for_private_mentions")]
    private_mentions: Option<String>,
    #[serde(rename = "for_limited_accounts")]
    limited_accounts: Option<String>,
}

/// `GET /api/v2/notifications/policy` · <https://docs.joinmastodon.org/methods/notifications/#get-policy>
pub async fn show(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.require(Scope::ReadNotifications)?;
    render(&services, viewer.account.id).await
}

/// `PATCH /api/v2/notifications/policy` · <https://docs.joinmastodon.org/methods/notifications/#update-the-filtering-policy-for-notifications>
pub async fn decide(
    State(services): State<Services>,
    viewer: Viewer,
    Params(decided): Params<Decided>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    let mut conn = services.db.read().await?;
    let before = policy::get(&mut conn, viewer.account.id).await?;
    drop(conn);
    let after = Policy {
        account_id: before.account_id,
        not_following: verdict(decided.not_following, before.not_following)?,
        not_followers: verdict(decided.not_followers, before.not_followers)?,
        new_accounts: verdict(decided.new_accounts, before.new_accounts)?,
        private_mentions: verdict(decided.private_mentions, before.private_mentions)?,
        limited: verdict(decided.limited_accounts, before.limited)?,
    };
    policy::decide(&services, after).await?;
    render(&services, viewer.account.id).await
}

fn verdict(word: Option<String>, before: Verdict) -> Result<Verdict> {
    let Some(word) = word else { return Ok(before) };
    Verdict::from_word(&word).ok_or(Error::invalid("policy", "must be accept, filter or drop"))
}

async fn render(services: &Services, person: AccountId) -> ApiResult<Json<Value>> {
    let mut conn = services.db.read().await?;
    let policy = policy::get(&mut conn, person).await?;
    let (requests, notifications) = store::policies::count_requests(&mut conn, person).await?;
    Ok(Json(json!({
        "for_not_following": policy.not_following.word(),
        "for_not_followers": policy.not_followers.word(),
        "for_new_accounts": policy.new_accounts.word(),
        "for_private_mentions": policy.private_mentions.word(),
        "for_limited_accounts": policy.limited.word(),
        "summary": {
            "pending_requests_count": requests,
            "pending_notifications_count": notifications,
        },
    })))
}

/// `GET /api/v1/notifications/requests` · <https://docs.joinmastodon.org/methods/notifications/#get-requests>
pub async fn requests(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Vec<Value>>> {
    viewer.require(Scope::ReadNotifications)?;
    let mut conn = services.db.read().await?;
    let found = policy::list_requests(&mut conn, viewer.account.id, MOST).await?;
    drop(conn);
    Ok(Json(entities(&services, &viewer, &found).await?))
}

/// `GET /api/v1/notifications/requests/{id}` · <https://docs.joinmastodon.org/methods/notifications/#get-one-request>
pub async fn request(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::ReadNotifications)?;
    let mut conn = services.db.read().await?;
    let found = policy::get_request(&mut conn, viewer.account.id, id).await?;
    drop(conn);
    let entity = entities(&services, &viewer, &[found]).await?.pop();
    Ok(Json(entity.ok_or(Error::not_found("notification request"))?))
}

/// `GET /api/v1/notifications/requests/merged`: what was accepted is there at once.
pub async fn merged(viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.require(Scope::ReadNotifications)?;
    Ok(Json(json!({ "merged": true })))
}

/// `POST /api/v1/notifications/requests/{id}/accept` · <https://docs.joinmastodon.org/methods/notifications/#accept-request>
pub async fn accept(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    policy::accept(&services, viewer.account.id, &[id]).await?;
    Ok(Json(json!({})))
}

/// `POST /api/v1/notifications/requests/{id}/dismiss` · <https://docs.joinmastodon.org/methods/notifications/#dismiss-request>
pub async fn dismiss(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    policy::dismiss(&services, viewer.account.id, &[id]).await?;
    Ok(Json(json!({})))
}

/// Several at once.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Several {
    id: Vec<AccountId>,
}

/// `POST /api/v1/notifications/requests/accept` · <https://docs.joinmastodon.org/methods/notifications/#accept-multiple-requests>
pub async fn accept_all(
    State(services): State<Services>,
    viewer: Viewer,
    Params(several): Params<Several>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    policy::accept(&services, viewer.account.id, &several.id).await?;
    Ok(Json(json!({})))
}

/// `POST /api/v1/notifications/requests/dismiss` · <https://docs.joinmastodon.org/methods/notifications/#dismiss-multiple-requests>
pub async fn dismiss_all(
    State(services): State<Services>,
    viewer: Viewer,
    Params(several): Params<Several>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    policy::dismiss(&services, viewer.account.id, &several.id).await?;
    Ok(Json(json!({})))
}

/// Source: <https://docs.joinmastodon.org/entities/NotificationRequest/>
async fn entities(services: &Services, viewer: &Viewer, found: &[Request]) -> Result<Vec<Value>> {
    let mut conn = services.db.read().await?;
    let posts: Vec<_> = found.iter().filter_map(|one| one.last_status).collect();
    let posts = hydrate(services, &mut conn, &Reader::Person(viewer.account.id), &posts).await?;
    let entity = |one: &Request| {
        let last = posts.iter().find(|post| Some(post.status.id) == one.last_status);
        json!({
            "id": one.account.id,
            "created_at": one.created_at.to_rfc3339(),
            "updated_at": one.updated_at.to_rfc3339(),
            "account": Account::new(services, &one.account),
            "notifications_count": one.count.to_string(),
            "last_status": last.map(|post| Status::new(services, post)),
        })
    };
    Ok(found.iter().map(entity).collect())
}
