//! What somebody wrote.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;

use super::super::entities::Status;
use super::super::error::ApiResult;
use super::super::paging::{Paging, STATUSES};
use super::super::params::Params;
use super::super::path::Id;
use super::super::render::{self, Listing};
use super::super::viewer::Guest;
use super::find;
use crate::base::id::AccountId;
use crate::base::text::hashtag_key;
use crate::domain::auth::Scope;
use crate::domain::statuses;
use crate::domain::timelines::{self, PersonFilter};
use crate::federation::fetch;
use crate::platform::services::Services;

/// Which posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    only_media: bool,
    exclude_replies: bool,
    exclude_reblogs: bool,
    pinned: bool,
    tagged: Option<String>,
}

/// `GET /api/v1/accounts/{id}/statuses` · <https://docs.joinmastodon.org/methods/accounts/#statuses>
pub async fn list(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<AccountId>,
    paging: Paging,
    Params(filter): Params<Filter>,
) -> ApiResult<Listing<Status>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let mut conn = services.db.read().await?;
    let account = find::get(&mut conn, id).await?;
    if filter.pinned {
        fetch::featured_soon(&services, &account);
        let pinned = statuses::list_pinned(&services, &mut conn, &reader, id).await?;
        return Ok((HeaderMap::new(), Json(render::views(&services, &pinned))));
    }
    let kinds = PersonFilter {
        exclude_replies: filter.exclude_replies,
        exclude_reblogs: filter.exclude_reblogs,
        only_media: filter.only_media,
    };
    let page = paging.page(STATUSES);
    let mut timeline = timelines::person(&services, &mut conn, &reader, id, kinds, page).await?;
    if let Some(tag) = filter.tagged.as_deref().map(hashtag_key) {
        timeline.statuses.retain(|view| view.tags.iter().any(|(key, _)| *key == tag));
    }
    Ok(render::timeline(&services, &paging, &timeline))
}
