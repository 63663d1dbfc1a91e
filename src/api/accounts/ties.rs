//! Following, blocking and muting.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::entities::{Account, MutedAccount, Relationship};
use super::super::error::ApiResult;
use super::super::paging::{ACCOUNTS, Paging};
use super::super::params::Params;
use super::super::path::Id;
use super::super::render::{self, Listing};
use super::super::viewer::Viewer;
use crate::base::id::AccountId;
use crate::base::{Error, Millis};
use crate::domain::auth::Scope;
use crate::domain::follows;
use crate::domain::follows::follow::Wishes;
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// What a follower wants.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Follow {
    reblogs: Option<bool>,
    notify: Option<bool>,
    /// Empty: all.
    languages: Option<Vec<String>>,
}

/// `POST /api/v1/accounts/{id}/follow` · <https://docs.joinmastodon.org/methods/accounts/#follow>
pub async fn follow(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
    Params(wanted): Params<Follow>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteFollows)?;
    services.limiter.check(Purpose::Follows, &viewer.account.id.to_string())?;
    let wishes = Wishes { reblogs: wanted.reblogs, notify: wanted.notify, languages: wanted.languages };
    let tie = follows::follow(&services, viewer.account.id, id, wishes).await?;
    Ok(Json(tie.into()))
}

/// `POST /api/v1/accounts/{id}/unfollow` · <https://docs.joinmastodon.org/methods/accounts/#unfollow>
pub async fn unfollow(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteFollows)?;
    Ok(Json(follows::unfollow(&services, viewer.account.id, id).await?.into()))
}

/// `POST /api/v1/accounts/{id}/remove_from_followers` · <https://docs.joinmastodon.org/methods/accounts/#remove_from_followers>
///
/// Somebody who does not follow stays so.
pub async fn remove_from_followers(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteFollows)?;
    match follows::reject(&services, viewer.account.id, id).await {
        Ok(tie) => Ok(Json(tie.into())),
        Err(Error::NotFound { what: "follow request" }) => {
            let mut conn = services.db.read().await?;
            let ties =
                follows::store::list_relationships(&mut conn, viewer.account.id, &[id], services.clock.now())
                    .await?;
            Ok(Json(ties.into_iter().next().unwrap_or_default().into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /api/v1/accounts/{id}/block` · <https://docs.joinmastodon.org/methods/accounts/#block>
pub async fn block(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteBlocks)?;
    Ok(Json(follows::block(&services, viewer.account.id, id).await?.into()))
}

/// `POST /api/v1/accounts/{id}/unblock` · <https://docs.joinmastodon.org/methods/accounts/#unblock>
pub async fn unblock(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteBlocks)?;
    Ok(Json(follows::unblock(&services, viewer.account.id, id).await?.into()))
}

/// How to mute.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Mute {
    notifications: Option<bool>,
    /// Seconds; 0 and nothing: until it is taken back.
    duration: Option<u64>,
}

/// `POST /api/v1/accounts/{id}/mute` · <https://docs.joinmastodon.org/methods/accounts/#mute>
pub async fn mute(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
    Params(wanted): Params<Mute>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteMutes)?;
    let notifications = wanted.notifications.unwrap_or(true);
    let duration = wanted.duration.map(Duration::from_secs);
    let tie = follows::mute(&services, viewer.account.id, id, notifications, duration).await?;
    Ok(Json(tie.into()))
}

/// `POST /api/v1/accounts/{id}/unmute` · <https://docs.joinmastodon.org/methods/accounts/#unmute>
pub async fn unmute(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteMutes)?;
    Ok(Json(follows::unmute(&services, viewer.account.id, id).await?.into()))
}

/// `GET /api/v1/blocks` · <https://docs.joinmastodon.org/methods/blocks/#get>
pub async fn blocks(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<Listing<Account>> {
    viewer.require(Scope::ReadBlocks)?;
    let (limit, offset) = paging.offset(ACCOUNTS);
    let mut conn = services.db.read().await?;
    let ids = follows::store::list_blocks(&mut conn, viewer.account.id, limit, offset).await?;
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    Ok((paging.next_link(&services, ACCOUNTS, ids.len()), Json(accounts)))
}

/// `GET /api/v1/mutes` · <https://docs.joinmastodon.org/methods/mutes/#get>
pub async fn mutes(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<Listing<MutedAccount>> {
    viewer.require(Scope::ReadMutes)?;
    let (limit, offset) = paging.offset(ACCOUNTS);
    let mut conn = services.db.read().await?;
    let now = services.clock.now();
    let mutes = follows::store::list_mutes(&mut conn, viewer.account.id, now, limit, offset).await?;
    let ids: Vec<AccountId> = mutes.iter().map(|(id, _)| *id).collect();
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    let until = |id| mutes.iter().find(|(muted, _)| *muted == id).and_then(|(_, until)| *until);
    let muted = accounts
        .into_iter()
        .map(|account| MutedAccount { mute_expires_at: until(account.id).map(Millis::to_rfc3339), account })
        .collect();
    Ok((paging.next_link(&services, ACCOUNTS, ids.len()), Json(muted)))
}
