//! The words of a message that wakes a browser or a program: who did what, and no more of a post than everybody here
//! may read.

use serde_json::json;

use super::letters::said;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::base::page::Page;
use crate::base::text::shorten;
use crate::base::words::Language;
use crate::domain::mail;
use crate::domain::notifications::{self, store::Filter};
use crate::domain::push::{Job, Subscription};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// How much of a post is told.
const CHARACTERS: usize = 160;

/// The message for a job; none if there is nothing to say any more, since it was seen or is gone.
///
/// Source: <https://docs.joinmastodon.org/methods/push/#payload>
///
/// # Errors
/// As the database.
pub async fn message(
    services: &Services,
    conn: &mut Conn,
    job: &Job,
    subscription: &Subscription,
) -> Result<Option<Vec<u8>>> {
    let person: AccountId = subscription.account_id;
    if notifications::store::find_read(conn, person).await? >= job.notification_id {
        return Ok(None);
    }
    let id = job.notification_id.0;
    let page = Page { max_id: Some(id.saturating_add(1)), since_id: Some(id - 1), min_id: None, limit: 1 };
    let found = notifications::list(services, conn, person, &Filter::default(), page).await?;
    let Some(line) = found.into_iter().next() else { return Ok(None) };
    let wishes = mail::wishes::get(services, conn, person).await?;
    let tag = if wishes.language.is_empty() { &services.config.mail.language } else { &wishes.language };
    let language = Language::by_tag(tag).unwrap_or_default();
    let said = said(&services.words, language, &line);
    let message = json!({
        "notification_id": line.notification.id,
        "notification_type": line.notification.kind.word(),
        "preferred_locale": language.tag(),
        "title": said.what,
        "body": shorten(&said.text, CHARACTERS),
        "icon": services.origin.at("/favicon.svg"),
        "url": said.path,
    });
    Ok(Some(serde_json::to_vec(&message)?))
}
