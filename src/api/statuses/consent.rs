//! Who quotes a post, taking that back, and who may do what with it.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;

use super::super::entities::Status;
use super::super::error::ApiResult;
use super::super::paging::{Paging, STATUSES};
use super::super::params::Params;
use super::super::path::Id;
use super::super::render;
use super::super::viewer::Viewer;
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::statuses;
use crate::domain::statuses::consent::policy::{Change, change};
use crate::domain::statuses::consent::{self, Rule};
use crate::platform::services::Services;

/// Who may do what: Mastodon's parameter for quotes, and three of our own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the parameters are called so")]
pub struct Policies {
    quote_approval_policy: Option<String>,
    reply_policy: Option<String>,
    favourite_policy: Option<String>,
    reblog_policy: Option<String>,
}

impl Policies {
    /// What is said; nothing said stays as it is.
    ///
    /// # Errors
    /// [`Error::Invalid`] for words that are none.
    pub fn into_change(self) -> Result<Change> {
        Ok(Change {
            quote: rule("quote_approval_policy", self.quote_approval_policy)?,
            reply: rule("reply_policy", self.reply_policy)?,
            like: rule("favourite_policy", self.favourite_policy)?,
            announce: rule("reblog_policy", self.reblog_policy)?,
        })
    }
}

fn rule(field: &'static str, word: Option<String>) -> Result<Option<Rule>> {
    let Some(word) = word.filter(|word| !word.trim().is_empty()) else { return Ok(None) };
    let rule = Rule::from_word(word.trim());
    let unknown = || Error::invalid(field, "must be public, followers, mentioned, nobody or manual");
    rule.ok_or_else(unknown).map(Some)
}

/// `GET /api/v1/statuses/{id}/quotes` · <https://docs.joinmastodon.org/methods/statuses/#quotes>
pub async fn quotes(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
    paging: Paging,
) -> ApiResult<render::Listing<Status>> {
    viewer.require(Scope::ReadStatuses)?;
    let (limit, offset) = paging.offset(STATUSES);
    let mut conn = services.db.read().await?;
    let status = statuses::get_visible(&services, &mut conn, id, &viewer.reader()).await?;
    let of = status.reblog_of_id.unwrap_or(status.id);
    let ids = consent::store::list_quoting(&mut conn, of, limit + offset).await?;
    let ids: Vec<StatusId> = ids.into_iter().skip(offset as usize).collect();
    let quoting = render::statuses_of(&services, &mut conn, &viewer.reader(), &ids).await?;
    Ok((paging.next_link(&services, STATUSES, ids.len()), Json(quoting)))
}

/// `POST /api/v1/statuses/{id}/quotes/{quoting}/revoke` · <https://docs.joinmastodon.org/methods/statuses/#revoke_quote>
pub async fn revoke(
    State(services): State<Services>,
    viewer: Viewer,
    Path((id, quoting)): Path<(String, String)>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteStatuses)?;
    let known = |text: &str| text.parse::<StatusId>().map_err(|_| Error::not_found("status"));
    let (id, quoting) = (known(&id)?, known(&quoting)?);
    consent::interaction::revoke(&services, viewer.account.id, id, quoting).await?;
    render::status(&services, &viewer.reader(), quoting).await
}

/// `PUT /api/v1/statuses/{id}/interaction_policy` · <https://docs.joinmastodon.org/methods/statuses/#interaction_policy>
pub async fn interaction_policy(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
    Params(policies): Params<Policies>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteStatuses)?;
    change(&services, viewer.account.id, id, policies.into_change()?).await?;
    render::status(&services, &viewer.reader(), id).await
}
