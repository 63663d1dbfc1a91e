//! Editing a post: here, or because its origin says so. Earlier versions are kept.

use super::create::{Words, attach};
use super::model::Status;
use super::poll::NewPoll;
use super::title::Title;
use super::{store, write_extras};
use crate::base::id::{AccountId, MediaId, StatusId};
use crate::base::text::{self, Format};
use crate::base::{Error, Millis, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How many earlier versions of a post of another site are kept, besides the first.
pub const MOST_VERSIONS: i64 = 50;

/// What to change. `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// Plain text or Markdown.
    pub text: Option<String>,
    /// How to read it; if not given, as before.
    pub format: Option<Format>,
    /// Content warning.
    pub spoiler_text: Option<String>,
    /// Cover media at first.
    pub sensitive: Option<bool>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Attachments, in order.
    pub media: Option<Vec<MediaId>>,
    /// The title; empty takes it away.
    pub title: Option<String>,
    /// What it asks. Other options, or choosing another number of them, starts the counting anew.
    pub poll: Option<NewPoll>,
}

/// A person of this site edits an own post. Who sees it does not change.
///
/// # Errors
/// [`Error::NotFound`] if there is no such post of this person; [`Error::Invalid`] as for a new one.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#edit>
pub async fn edit(services: &Services, author: AccountId, id: StatusId, edit: Edit) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let before = store::get(&mut tx, id).await?;
    if before.account_id != author || before.reblog_of_id.is_some() || before.removed_at.is_some() {
        return Err(Error::not_found("status"));
    }
    let author = accounts::store::get(&mut tx, author).await?;
    let mut after = before.clone();
    after.source = edit.text.unwrap_or(after.source);
    after.spoiler_text = edit.spoiler_text.map_or(after.spoiler_text, |text| text.trim().to_owned());
    after.sensitive = edit.sensitive.unwrap_or(after.sensitive) || !after.spoiler_text.is_empty();
    after.language = edit.language.or(after.language);
    let limit = services.config.limits.status_characters as usize;
    if text::count_characters(&after.source) + after.spoiler_text.chars().count() > limit {
        return Err(Error::invalid("status", format!("must have at most {limit} characters")));
    }
    let format = edit.format.unwrap_or(Format::from_media_type(&before.source_type));
    format.media_type().clone_into(&mut after.source_type);
    let words = Words::work_out(services, &mut tx, &author, &after.source, format).await?;
    after.content = words.content;
    if let Some(media) = &edit.media {
        if media.len() > services.config.limits.attachments as usize {
            return Err(Error::invalid("media_ids", "are too many"));
        }
        store::detach_media(&mut tx, id, media, services.clock.now()).await?;
        attach(&mut tx, author.id, id, media).await?;
    }
    let title = match &edit.title {
        Some(text) => Title::typed(text)?,
        None => write_extras::find_title(&mut tx, &before).await?,
    };
    let pictures = crate::domain::media::store::list_of_statuses(&mut tx, &[id]).await?;
    if after.source.trim().is_empty() && pictures.is_empty() && title.is_none() {
        return Err(Error::invalid("status", "must not be empty"));
    }
    let now = services.clock.now();
    if let Some(poll) = edit.poll {
        if !pictures.is_empty() {
            return Err(Error::invalid("poll", "cannot stand beside attachments"));
        }
        let poll = poll.check(&services.config.limits)?;
        write_extras::ask_again(&mut tx, &before, &poll, now).await?;
    }
    let details = Details { mentions: words.mentions, tags: words.tags, title, at: now };
    apply_in(services, &mut tx, &before, after, details).await?;
    tx.commit().await
}

/// What an edit changes beside the words.
#[derive(Clone, Debug)]
pub struct Details {
    /// Those mentioned now.
    pub mentions: Vec<AccountId>,
    /// Hashtags now.
    pub tags: Vec<(String, String)>,
    /// The title now.
    pub title: Option<Title>,
    /// When it was edited, at its origin.
    pub at: Millis,
}

/// Writes an edit inside a transaction and keeps the version before it. What our moderators decided stays.
pub async fn apply_in(
    services: &Services,
    tx: &mut Tx,
    before: &Status,
    mut after: Status,
    details: Details,
) -> Result<()> {
    // Two edits within a millisecond are two versions all the same.
    let previous = before.edited_at.unwrap_or(before.created_at);
    after.edited_at = Some(Millis(details.at.0.max(previous.0 + 1)));
    let title = write_extras::find_title(tx, before).await?;
    store::insert_edit(tx, before, title.as_ref()).await?;
    if !before.local {
        store::delete_edits_between(tx, before.id, MOST_VERSIONS).await?;
    }
    if title != details.title {
        write_extras::entitle(tx, after.id, details.title.as_ref()).await?;
    }
    store::update_content(tx, &after).await?;
    store::delete_mentions(tx, after.id).await?;
    store::insert_mentions(tx, after.id, &details.mentions).await?;
    store::delete_tags(tx, after.id).await?;
    store::insert_tags(tx, after.id, &details.tags).await?;
    Event::StatusUpdated { status: after.id }.emit(services, tx).await
}
