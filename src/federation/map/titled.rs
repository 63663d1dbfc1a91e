//! Posts with a title, and those that are only shown by title and link: which type they are on the wire, and what
//! their title, words and warning are.

use super::consent::without_fallback;
use crate::activitystreams::object::{DocumentKind, NoteKind};
use crate::activitystreams::{Note, limits};
use crate::base::text::{clean_line, sanitise, to_plain};
use crate::base::{Error, Result};
use crate::domain::statuses::{StatusView, Title, TitleKind};

/// The type of a post of this site.
pub fn kind(view: &StatusView) -> NoteKind {
    match (&view.poll, &view.title) {
        (Some(_), _) => NoteKind::Question,
        (None, Some(title)) => match title.kind {
            TitleKind::Article => NoteKind::Article,
            TitleKind::Page => NoteKind::Page,
        },
        (None, None) => NoteKind::Note,
    }
}

/// The title of a post of another site, if it is of a type that has one. A note has none.
pub fn title(note: &Note) -> Option<Title> {
    let kind = match note.kind {
        NoteKind::Article | NoteKind::Question => TitleKind::Article,
        NoteKind::Page => TitleKind::Page,
        _ => return None,
    };
    Title::received(kind, &to_plain(note.name.as_deref()?), limits::TITLE)
}

/// The words, as HTML that is safe to show. What is neither note, poll, article nor page is shown by title and link.
///
/// # Errors
/// [`Error::Invalid`] if they are too long.
pub fn content(note: &Note) -> Result<String> {
    let html = words(note);
    if html.len() > limits::CONTENT {
        return Err(Error::invalid("content", format!("has more than {} bytes", limits::CONTENT)));
    }
    match note.kind {
        NoteKind::Note | NoteKind::Question if note.quoted().is_some() => {
            Ok(sanitise(&without_fallback(&html)).into_string())
        }
        NoteKind::Note | NoteKind::Question => Ok(sanitise(&html).into_string()),
        NoteKind::Article | NoteKind::Page => Ok(sanitise(&(html + &links(note))).into_string()),
        NoteKind::Event | NoteKind::Image | NoteKind::Audio | NoteKind::Video => {
            let name = clean_line(note.name.as_deref().unwrap_or_default(), limits::SUMMARY);
            let address = note.url.as_ref().unwrap_or(&note.id).as_str();
            let title = format!("<p><strong>{}</strong></p>", escaped(&name));
            Ok(sanitise(&(title + &link(address))).into_string())
        }
    }
}

/// Content; else what it was written as; else, of an article, its preview (FEP-b2b8) or summary; else its name.
fn words(note: &Note) -> String {
    if let Some(html) = note.html().filter(|html| !html.trim().is_empty()) {
        return html.to_owned();
    }
    let plain =
        note.misskey_content.as_deref().or(note.source.as_ref().map(|source| source.content.as_str()));
    if let Some(text) = plain.filter(|text| !text.trim().is_empty()) {
        return paragraphs(text);
    }
    if matches!(note.kind, NoteKind::Article | NoteKind::Page) {
        let preview = note.preview.as_ref().and_then(|preview| preview.html());
        let summary = note.summary.as_deref().filter(|_| !note.sensitive);
        return preview.or(summary).unwrap_or_default().to_owned();
    }
    note.name.as_deref().filter(|_| note.kind == NoteKind::Note).map(paragraphs).unwrap_or_default()
}

/// Lemmy's pages are about a link, which is an attachment.
fn links(note: &Note) -> String {
    let links = note.attachment.iter().filter(|document| document.kind == DocumentKind::Link);
    links.filter_map(|document| document.url.as_ref()).take(3).map(|url| link(url.as_str())).collect()
}

/// The content warning. The summary of what has a title sums it up, unless it is marked as sensitive.
pub fn warning(note: &Note) -> String {
    let is_warning = match note.kind {
        NoteKind::Note | NoteKind::Question => true,
        NoteKind::Article | NoteKind::Page => note.sensitive,
        _ => false,
    };
    let summary = note.summary.as_deref().filter(|_| is_warning).unwrap_or_default();
    clean_line(&to_plain(summary), limits::SUMMARY)
}

fn paragraphs(text: &str) -> String {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let lines = blocks.map(|block| escaped(block).replace('\n', "<br>"));
    lines.flat_map(|block| ["<p>".to_owned(), block, "</p>".to_owned()]).collect()
}

fn link(address: &str) -> String {
    let address = escaped(address);
    format!("<p><a href=\"{address}\">{address}</a></p>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
