//! Our posts as notes.

use std::collections::BTreeMap;

use url::Url;

use super::audience::{self, Circle};
use super::{attachment, question, titled, url};
use crate::activitystreams::Note;
use crate::activitystreams::object::{Hashtag, Mention, Source, Tag};
use crate::base::{Error, Result};
use crate::domain::statuses::StatusView;
use crate::platform::services::Services;

/// A post of this site, as other sites see it.
///
/// # Errors
/// [`Error::NotFound`] for a post that does not leave this site.
pub fn to_wire(services: &Services, view: &StatusView) -> Result<Note> {
    let status = &view.status;
    let (to, cc) = addressed(services, view)?.ok_or(Error::not_found("status"))?;
    let mut content_map = BTreeMap::new();
    if let Some(language) = &status.language {
        content_map.insert(language.clone(), status.content.clone());
    }
    let source = (!status.source.is_empty())
        .then(|| Source { content: status.source.clone(), media_type: status.source_type.clone() });
    let (one_of, any_of) = view.poll.as_ref().map(question::choices).unwrap_or_default();
    let poll = view.poll.as_ref();
    let mut note = Note {
        kind: titled::kind(view),
        id: url(&status.uri)?,
        url: Some(url(&status.url)?),
        attributed_to: url(&view.account.uri)?,
        to,
        cc,
        name: view.title.as_ref().map(|title| title.text.clone()),
        summary: Some(status.spoiler_text.clone()).filter(|text| !text.is_empty()),
        sensitive: status.sensitive,
        content: Some(status.content.clone()),
        content_map,
        source,
        misskey_content: None,
        preview: None,
        in_reply_to: status.in_reply_to_uri.as_deref().map(url).transpose()?,
        replies: Some(url(&format!("{}/replies", status.uri))?),
        context: context_of(services, view)?,
        published: Some(status.created_at),
        updated: status.edited_at,
        tag: tags(services, view)?,
        attachment: view
            .media
            .iter()
            .map(|media| attachment::to_wire(services, &view.account, media))
            .collect::<Result<_>>()?,
        one_of,
        any_of,
        end_time: poll.and_then(|poll| poll.poll.expires_at),
        closed: poll.and_then(question::closed),
        voters_count: poll.and_then(question::voters),
        quote: None,
        quote_url: None,
        quote_uri: None,
        misskey_quote: None,
        quote_authorization: None,
        reply_authorization: None,
        interaction_policy: None,
    };
    super::consent::add_to_wire(services, view, &mut note)?;
    Ok(note)
}

/// What the thread is called: a post that answers nothing begins one.
fn context_of(services: &Services, view: &StatusView) -> Result<Option<Url>> {
    let status = &view.status;
    let own = status.in_reply_to_uri.is_none().then(|| services.origin.thread(status.id));
    view.context.clone().or(own).as_deref().map(url).transpose()
}

/// `to` and `cc` of a post or repost of this site; none if it does not leave it.
pub(super) fn addressed(services: &Services, view: &StatusView) -> Result<Option<(Vec<Url>, Vec<Url>)>> {
    let followers = services.origin.collection(&view.account.username, "followers");
    let circle = Circle {
        followers: url(view.account.followers_uri.as_deref().unwrap_or(&followers))?,
        organisation: url(&services.origin.organisation())?,
        mentioned: view.mentions.iter().map(|account| url(&account.uri)).collect::<Result<_>>()?,
        thread: thread(view).map(url).transpose()?,
    };
    Ok(audience::to_wire(view.status.visibility, circle))
}

/// The followers of somebody elsewhere whom it answers.
fn thread(view: &StatusView) -> Option<&str> {
    view.in_reply_to_account.as_ref().filter(|account| !account.is_local())?.followers_uri.as_deref()
}

fn tags(services: &Services, view: &StatusView) -> Result<Vec<Tag>> {
    let own = services.origin.host();
    let mut tags = Vec::new();
    for account in &view.mentions {
        let host = if account.is_local() { own } else { &account.host };
        let name = Some(format!("@{}@{host}", account.username));
        tags.push(Tag::Mention(Mention { href: url(&account.uri)?, name }));
    }
    for (key, display) in &view.tags {
        let href = Some(url(&services.origin.at(&format!("/tags/{key}")))?);
        tags.push(Tag::Hashtag(Hashtag { href, name: format!("#{display}") }));
    }
    Ok(tags)
}
