//! Reading posts: one, several, the thread around one, what was typed, and what was said before.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;

use super::super::async_refreshes;
use super::super::entities::{Account, Context, PollTitles, Status, StatusEdit, StatusSource, headed};
use super::super::error::ApiResult;
use super::super::params::Params;
use super::super::path::Id;
use super::super::render;
use super::super::viewer::{Guest, Viewer};
use crate::base::Error;
use crate::base::id::StatusId;
use crate::domain::auth::Scope;
use crate::domain::statuses::{self, hydrate::hydrate_one, threads};
use crate::platform::services::Services;

/// `GET /api/v1/statuses/{id}` · <https://docs.joinmastodon.org/methods/statuses/#get>
pub async fn one(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    render::status(&services, &reader, id).await
}

/// Which posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ids {
    /// At most 40.
    id: Vec<StatusId>,
}

/// `GET /api/v1/statuses` · <https://docs.joinmastodon.org/methods/statuses/#index>
pub async fn many(
    State(services): State<Services>,
    guest: Guest,
    Params(wanted): Params<Ids>,
) -> ApiResult<Json<Vec<Status>>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let mut ids = wanted.id;
    ids.truncate(40);
    let mut conn = services.db.read().await?;
    Ok(Json(render::statuses_of(&services, &mut conn, &reader, &ids).await?))
}

/// `GET /api/v1/statuses/{id}/context` · <https://docs.joinmastodon.org/methods/statuses/#context>
///
/// While other sites are asked for more, the header `Mastodon-Async-Refresh` says after what to ask.
pub async fn context(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<StatusId>,
) -> ApiResult<(HeaderMap, Json<Context>)> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let mut conn = services.db.read().await?;
    let status = statuses::get_visible(&services, &mut conn, id, &reader).await?;
    let status = match status.reblog_of_id {
        Some(of) => statuses::get_visible(&services, &mut conn, of, &reader).await?,
        None => status,
    };
    let thread = statuses::context::context(&services, &mut conn, &reader, status.id).await?;
    let context = Context {
        ancestors: render::views(&services, &thread.ancestors),
        descendants: render::views(&services, &thread.descendants),
    };
    drop(conn);
    let look = threads::opened(&services, &reader, &status, &thread).await?;
    Ok((async_refreshes::header(&services, &reader, look).await?, Json(context)))
}

/// `GET /api/v1/statuses/{id}/source` · <https://docs.joinmastodon.org/methods/statuses/#source>
pub async fn source(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<StatusSource>> {
    viewer.require(Scope::ReadStatuses)?;
    let mut conn = services.db.read().await?;
    let status = statuses::get_visible(&services, &mut conn, id, &viewer.reader()).await?;
    if status.account_id != viewer.account.id {
        return Err(Error::not_found("status").into());
    }
    Ok(Json(StatusSource {
        id,
        text: status.source,
        spoiler_text: status.spoiler_text,
        content_type: status.source_type,
    }))
}

/// `GET /api/v1/statuses/{id}/history` · <https://docs.joinmastodon.org/methods/statuses/#history>
///
/// Oldest first, the version of now last. Earlier versions show the pictures of now: only words are kept.
pub async fn history(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Vec<StatusEdit>>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let mut conn = services.db.read().await?;
    let view = hydrate_one(&services, &mut conn, &reader, id).await?;
    let versions = statuses::store::list_edits(&mut conn, id).await?;
    let now = Status::new(&services, &view);
    let account = Account::new(&services, &view.account);
    let poll = now.poll.as_ref().map(PollTitles::of);
    let version = |content: String, spoiler_text: String, sensitive: bool, created_at: String| StatusEdit {
        content,
        spoiler_text,
        sensitive,
        created_at,
        account: account.clone(),
        poll: poll.clone(),
        media_attachments: now.media_attachments.clone(),
        emojis: [],
        quote: None,
    };
    let mut history: Vec<StatusEdit> = versions
        .into_iter()
        .map(|old| (with_title(&old), old))
        .map(|(content, old)| version(content, old.spoiler_text, old.sensitive, old.created_at.to_rfc3339()))
        .collect();
    let at = now.edited_at.clone().unwrap_or_else(|| now.created_at.clone());
    history.push(version(now.content.clone(), now.spoiler_text.clone(), now.sensitive, at));
    Ok(Json(history))
}

fn with_title(old: &statuses::store::Version) -> String {
    if old.title.is_empty() { old.content.clone() } else { headed(&old.title, &old.content) }
}
