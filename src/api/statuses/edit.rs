//! Editing a post.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::entities::Status;
use super::super::error::ApiResult;
use super::super::media::Described;
use super::super::params::Params;
use super::super::path::Id;
use super::super::polls::Asked;
use super::super::viewer::Viewer;
use super::super::{remote, render};
use super::consent::Policies;
use super::create::format;
use crate::base::id::{MediaId, StatusId};
use crate::domain::auth::Scope;
use crate::domain::media;
use crate::domain::statuses::consent::policy::change as allow;
use crate::domain::statuses::{Edit, edit as change};
use crate::platform::services::Services;

/// What to change; what is not said stays.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Changes {
    status: Option<String>,
    content_type: Option<String>,
    spoiler_text: Option<String>,
    sensitive: Option<bool>,
    language: Option<String>,
    media_ids: Option<Vec<MediaId>>,
    media_attributes: Vec<MediaAttributes>,
    title: Option<String>,
    poll: Option<Asked>,
    #[serde(flatten)]
    policies: Policies,
}

/// What an own picture of the post shows, said anew.
#[derive(Debug, Deserialize)]
pub struct MediaAttributes {
    id: MediaId,
    #[serde(flatten)]
    described: Described,
}

/// `PUT /api/v1/statuses/{id}` · <https://docs.joinmastodon.org/methods/statuses/#edit>
pub async fn edit(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
    Params(changes): Params<Changes>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteStatuses)?;
    for attributes in changes.media_attributes {
        let details = attributes.described.into_details()?;
        media::describe(&services, viewer.account.id, attributes.id, details).await?;
    }
    let format = format(changes.content_type.as_deref());
    if let Some(text) = &changes.status {
        remote::introduce(&services, text, format.unwrap_or_default()).await?;
    }
    let edit = Edit {
        text: changes.status,
        format,
        spoiler_text: changes.spoiler_text,
        sensitive: changes.sensitive,
        language: changes.language.filter(|code| !code.is_empty()),
        media: changes.media_ids,
        title: changes.title,
        poll: changes.poll.map(Into::into),
    };
    let policies = changes.policies.into_change()?;
    change(&services, viewer.account.id, id, edit).await?;
    allow(&services, viewer.account.id, id, policies).await?;
    render::status(&services, &viewer.reader(), id).await
}
