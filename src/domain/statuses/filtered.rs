//! Posts held against what their reader does not want to read.

use super::hydrate::StatusView;
use super::model::Reader;
use super::read;
use crate::base::Result;
use crate::base::id::{AccountId, FilterId, StatusId};
use crate::base::text::to_plain;
use crate::domain::filters::model::Named;
use crate::domain::filters::{self, Action, Compiled, Context};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Says of each post what the reader's filters find in it, and leaves out what they hide; never for own posts. Without
/// a place, where somebody asked for just these posts, everything is said and nothing is left out.
///
/// # Errors
/// As the database.
pub async fn apply(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    place: Option<Context>,
    views: &mut Vec<StatusView>,
) -> Result<()> {
    let Some(person) = reader.person() else { return Ok(()) };
    if views.is_empty() {
        return Ok(());
    }
    let compiled = filters::of(services, conn, person).await?;
    if compiled.is_empty() {
        return Ok(());
    }
    let now = services.clock.now();
    views.retain_mut(|view| {
        if view.shown().account.id == person {
            return true;
        }
        view.filtered = hits(&compiled, view, place, now);
        if let Some(of) = view.reblog.as_deref_mut() {
            of.filtered.clone_from(&view.filtered);
        }
        place.is_none() || view.filtered.iter().all(|hit| hit.filter.action != Action::Hide)
    });
    Ok(())
}

/// Has a person's filter name a post that the person may read. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`crate::base::Error::NotFound`] for a filter that is not one's own, and for a post that may not be read.
pub async fn add(
    services: &Services,
    person: AccountId,
    filter: FilterId,
    status: StatusId,
) -> Result<Named> {
    let mut conn = services.db.read().await?;
    let status = read::get_visible(services, &mut conn, status, &Reader::Person(person)).await?;
    drop(conn);
    filters::words::add_status(services, person, filter, status.reblog_of_id.unwrap_or(status.id)).await
}

fn hits(
    compiled: &Compiled,
    view: &StatusView,
    place: Option<Context>,
    now: crate::base::Millis,
) -> Vec<filters::Hit> {
    let shown = view.shown();
    compiled.hits(&[shown.status.id], &text_of(shown), place, now)
}

/// Everything of a post that is words. A line between them, so that none grow together.
fn text_of(view: &StatusView) -> String {
    let mut text = to_plain(&view.status.content);
    let title = view.title.iter().map(|title| title.text.as_str());
    let options = view.poll.iter().flat_map(|poll| poll.options.iter().map(|option| option.title.as_str()));
    let pictures = view.media.iter().map(|media| media.description.as_str());
    for part in title.chain([view.status.spoiler_text.as_str()]).chain(options).chain(pictures) {
        text.push('\n');
        text.push_str(part);
    }
    text
}
