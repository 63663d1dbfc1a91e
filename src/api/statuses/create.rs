//! Writing a post.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};

use super::super::entities::{ScheduledStatus, Status};
use super::super::error::ApiResult;
use super::super::params::{Params, blank_is_none};
use super::super::polls::Asked;
use super::super::viewer::Viewer;
use super::super::{remote, render, scheduled_statuses};
use super::consent::Policies;
use crate::base::id::{MediaId, StatusId};
use crate::base::text::Format;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::auth::Settings;
use crate::domain::statuses::consent::{Policy, Rule};
use crate::domain::statuses::scheduled::{Plan, plan};
use crate::domain::statuses::{Draft, Visibility, create as write};
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// What somebody typed, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewStatus {
    status: Option<String>,
    content_type: Option<String>,
    spoiler_text: Option<String>,
    sensitive: Option<bool>,
    language: Option<String>,
    visibility: Option<String>,
    local_only: Option<bool>,
    #[serde(deserialize_with = "blank_is_none")]
    in_reply_to_id: Option<StatusId>,
    media_ids: Option<Vec<MediaId>>,
    title: Option<String>,
    poll: Option<Asked>,
    scheduled_at: Option<String>,
    #[serde(deserialize_with = "blank_is_none")]
    quoted_status_id: Option<StatusId>,
    #[serde(flatten)]
    policies: Policies,
}

/// The post, or the plan of one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Written {
    Now(Box<Status>),
    Later(Box<ScheduledStatus>),
}

/// `POST /api/v1/statuses` · <https://docs.joinmastodon.org/methods/statuses/#create>
///
/// A time that is over means now, as with Mastodon.
pub async fn create(
    State(services): State<Services>,
    viewer: Viewer,
    headers: HeaderMap,
    Params(typed): Params<NewStatus>,
) -> ApiResult<Json<Written>> {
    viewer.require(Scope::WriteStatuses)?;
    services.limiter.check(Purpose::Posts, &viewer.account.id.to_string())?;
    let later = scheduled_statuses::time(typed.scheduled_at.as_deref())?;
    let draft = draft(&viewer, &headers, typed)?;
    remote::introduce(&services, &draft.text, draft.format).await?;
    if let Some(run_at) = later.filter(|at| *at > services.clock.now()) {
        let id = plan(&services, viewer.account.id, Plan { draft, run_at, form: None }).await?;
        let planned = scheduled_statuses::show(&services, &viewer, id).await?;
        return Ok(Json(Written::Later(Box::new(planned))));
    }
    let id = write(&services, viewer.account.id, draft).await?;
    let Json(status) = render::status(&services, &viewer.reader(), id).await?;
    Ok(Json(Written::Now(Box::new(status))))
}

fn draft(viewer: &Viewer, headers: &HeaderMap, typed: NewStatus) -> Result<Draft> {
    let user = &viewer.user;
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::trim);
    Ok(Draft {
        text: typed.status.unwrap_or_default(),
        format: format(typed.content_type.as_deref()).unwrap_or_default(),
        spoiler_text: typed.spoiler_text.unwrap_or_default(),
        sensitive: typed.sensitive.unwrap_or(user.default_sensitive),
        language: typed.language.filter(|code| !code.is_empty()).or_else(|| user.default_language.clone()),
        visibility: visibility(typed.visibility.as_deref(), typed.local_only)?
            .or_else(|| Visibility::from_word(&user.default_visibility)),
        in_reply_to: typed.in_reply_to_id,
        media: typed.media_ids.unwrap_or_default(),
        title: typed.title.unwrap_or_default(),
        poll: typed.poll.map(Into::into),
        app: viewer.app,
        idempotency_key: key.filter(|key| !key.is_empty()).map(str::to_owned),
        quote: typed.quoted_status_id,
        policy: typed.policies.into_change()?.of(usual_policy(&user.settings)),
    })
}

/// Who may answer and quote, as the person set it for new posts.
fn usual_policy(settings: &Settings) -> Policy {
    let rule = |word: &Option<String>| word.as_deref().and_then(Rule::from_word);
    Policy { reply: rule(&settings.replies), quote: rule(&settings.quotes), ..Policy::default() }
}

/// `text/plain` or `text/markdown`; nothing if the client did not say.
pub fn format(content_type: Option<&str>) -> Option<Format> {
    content_type.filter(|text| !text.is_empty()).map(Format::from_media_type)
}

/// Mastodon's words, and two of our own: `organisation` and `site`. `local_only` keeps on this site what would be for all.
fn visibility(word: Option<&str>, local_only: Option<bool>) -> Result<Option<Visibility>> {
    let chosen = match word.map(str::trim).filter(|word| !word.is_empty()) {
        None => None,
        Some("local") => Some(Visibility::Site),
        Some(word) => Some(Visibility::from_word(word).ok_or_else(|| {
            Error::invalid("visibility", "must be public, unlisted, organisation, site, private or direct")
        })?),
    };
    if local_only != Some(true) {
        return Ok(chosen);
    }
    Ok(Some(chosen.map_or(Visibility::Site, |chosen| chosen.narrower(Visibility::Site))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_only_never_widens() {
        let with = |word, local_only| visibility(word, local_only).expect("known");

        assert_eq!(with(Some("public"), Some(true)), Some(Visibility::Site));
        assert_eq!(with(None, Some(true)), Some(Visibility::Site));
        assert_eq!(with(Some("direct"), Some(true)), Some(Visibility::Direct));
        assert_eq!(with(Some("unlisted"), None), Some(Visibility::Unlisted));
        assert_eq!(with(Some(""), Some(false)), None);
        assert!(visibility(Some("everybody"), None).is_err());
    }
}
