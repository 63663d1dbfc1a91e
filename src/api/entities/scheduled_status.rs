//! Planned posts. Source: <https://docs.joinmastodon.org/entities/ScheduledStatus/>

use std::collections::HashMap;

use serde::Serialize;

use super::MediaAttachment;
use crate::base::id::{MediaId, OAuthAppId, ScheduledId, StatusId};
use crate::domain::media::Media;
use crate::domain::statuses::scheduled::Planned;
use crate::platform::services::Services;

/// A planned post.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduledStatus {
    pub id: ScheduledId,
    pub scheduled_at: String,
    pub params: Params,
    pub media_attachments: Vec<MediaAttachment>,
}

/// What the post will be made of, as it was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Params {
    pub text: String,
    pub poll: Option<Poll>,
    pub media_ids: Option<Vec<MediaId>>,
    pub sensitive: bool,
    pub spoiler_text: Option<String>,
    pub visibility: Option<&'static str>,
    pub in_reply_to_id: Option<StatusId>,
    pub quoted_status_id: Option<StatusId>,
    pub language: Option<String>,
    pub application_id: Option<OAuthAppId>,
    pub scheduled_at: Option<String>,
    pub idempotency: Option<String>,
    pub with_rate_limit: bool,
    pub title: Option<String>,
}

/// What it asks.
#[derive(Clone, Debug, Serialize)]
pub struct Poll {
    pub options: Vec<String>,
    pub expires_in: String,
    pub multiple: bool,
    pub hide_totals: bool,
}

impl ScheduledStatus {
    /// As its author sees it. `media` are the uploads that are there, in any order.
    pub fn new(services: &Services, planned: Planned, media: &HashMap<MediaId, Media>) -> Self {
        let words = planned.words;
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let attached = words.media.iter().filter_map(|id| media.get(id));
        Self {
            id: planned.id,
            scheduled_at: planned.run_at.to_rfc3339(),
            media_attachments: attached.map(|media| MediaAttachment::new(services, media)).collect(),
            params: Params {
                text: words.text,
                poll: words.poll.map(|poll| Poll {
                    options: poll.options,
                    expires_in: poll.seconds.to_string(),
                    multiple: poll.multiple,
                    hide_totals: poll.hide_totals,
                }),
                media_ids: Some(words.media).filter(|ids| !ids.is_empty()),
                sensitive: words.sensitive,
                spoiler_text: some(words.spoiler_text),
                visibility: words.visibility.map(crate::domain::statuses::Visibility::word),
                in_reply_to_id: words.in_reply_to,
                quoted_status_id: words.quote,
                language: words.language,
                application_id: words.app,
                scheduled_at: None,
                idempotency: None,
                with_rate_limit: false,
                title: some(words.title),
            },
        }
    }
}
