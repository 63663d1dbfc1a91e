//! What hangs on a post: pictures, videos, sound, files.

use jiff::SignedDuration;
use url::Url;

use super::url;
use crate::activitystreams::limits;
use crate::activitystreams::object::{Document, DocumentKind, Image};
use crate::base::Result;
use crate::base::text::{clean_line, to_plain};
use crate::domain::accounts::Account;
use crate::domain::media::address::pass_for_servers;
use crate::domain::media::{Media, model};
use crate::domain::statuses::model::NewStatus;
use crate::platform::services::Services;

/// The longest name of a file that is kept, in characters.
const NAME: usize = 100;
/// Nothing that people watch is longer, in milliseconds: a day.
const LONGEST: i64 = 24 * 60 * 60 * 1000;

/// An attachment of a post of this site, as other sites see it.
pub(super) fn to_wire(services: &Services, author: &Account, media: &Media) -> Result<Document> {
    let pass = pass_for_servers(services, media);
    let path = format!("{}/{}", services.origin.collection(&author.username, "media"), media.id);
    let pixels = |side: i64| u32::try_from(side).ok().filter(|side| *side > 0);
    let centred = media.focus_x == 0.0 && media.focus_y == 0.0;
    let kind = match media.kind.as_str() {
        "video" => DocumentKind::Video,
        "audio" => DocumentKind::Audio,
        _ => DocumentKind::Document,
    };
    // The name of a file is the last part of its address: that is where others look for it.
    let place = match media.kind.as_str() {
        "file" => format!("{path}/{}", segment(&media.name)),
        _ => path.clone(),
    };
    let has_poster = kind == DocumentKind::Video && media.preview_key.is_some();
    let poster = has_poster.then(|| url(&format!("{path}/poster{pass}"))).transpose()?;
    Ok(Document {
        kind,
        media_type: Some(media.mime.clone()),
        url: Some(url(&format!("{place}{pass}"))?),
        name: Some(media.description.clone()).filter(|text| !text.is_empty()),
        summary: None,
        width: pixels(media.width),
        height: pixels(media.height),
        blurhash: media.blurhash.clone(),
        focal_point: if centred { Vec::new() } else { vec![media.focus_x, media.focus_y] },
        duration: (media.duration_ms > 0).then(|| format!("PT{:.3}S", media.duration_ms as f64 / 1000.0)),
        icon: poster.map(|url| Image { media_type: Some("image/jpeg".to_owned()), url: Some(url) }),
    })
}

/// A name as a part of an address.
fn segment(name: &str) -> String {
    url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20")
}

/// What hangs on a post of another site; none if it is nowhere to be had.
pub(super) fn from_wire(
    services: &Services,
    status: &NewStatus,
    position: usize,
    document: &Document,
) -> Option<Media> {
    let url = document.url.as_ref()?;
    let mime = document.media_type.clone().unwrap_or_default();
    let text = document.name.as_deref().or(document.summary.as_deref()).unwrap_or_default();
    let focus = |axis: usize| document.focal_point.get(axis).copied().unwrap_or_default().clamp(-1.0, 1.0);
    let kind = kind(&mime, document.kind);
    let poster = document.icon.as_ref().and_then(|icon| icon.url.as_ref()).filter(|_| kind == "video");
    Some(Media {
        id: services.ids.next(),
        account_id: status.account_id,
        status_id: Some(status.id),
        position: position as i64,
        kind: kind.to_owned(),
        mime: clean_line(&mime, 100),
        blob_key: None,
        preview_key: None,
        remote_url: Some(url.to_string()),
        description: limits::cut(&to_plain(text), limits::DESCRIPTION).to_owned(),
        width: i64::from(document.width.unwrap_or_default()),
        height: i64::from(document.height.unwrap_or_default()),
        preview_width: 0,
        preview_height: 0,
        focus_x: focus(0),
        focus_y: focus(1),
        blurhash: document.blurhash.clone().filter(|hash| hash.len() <= 100),
        size: 0,
        created_at: status.created_at,
        state: model::READY.to_owned(),
        problem: None,
        name: if kind == "file" { name_in(url) } else { String::new() },
        duration_ms: document.duration.as_deref().and_then(milliseconds).unwrap_or_default(),
        large_key: None,
        source_key: None,
        remote_preview_url: poster.map(Url::to_string).filter(|url| url.len() <= limits::ADDRESS),
    })
}

/// What it is here. Many call everything a document and leave the rest to the media type.
fn kind(mime: &str, said: DocumentKind) -> &'static str {
    let family = mime.split('/').next().unwrap_or_default();
    match (family, said) {
        // A page that looks like a picture.
        _ if mime.starts_with("image/svg") => "file",
        ("image", _) | ("", DocumentKind::Image) => "image",
        ("video", _) | ("", DocumentKind::Video) => "video",
        ("audio", _) | ("", DocumentKind::Audio) => "audio",
        ("", _) => "unknown",
        _ => "file",
    }
}

/// The last part of an address, if it looks like the name of a file.
fn name_in(url: &Url) -> String {
    let last = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let bytes = format!("n={}", last.replace('+', "%2B"));
    let name = url::form_urlencoded::parse(bytes.as_bytes()).next().map(|(_, name)| name.into_owned());
    clean_line(&name.filter(|name| name.contains('.')).unwrap_or_default(), NAME)
}

fn milliseconds(text: &str) -> Option<i64> {
    let duration: SignedDuration = text.parse().ok()?;
    i64::try_from(duration.as_millis()).ok().filter(|length| (0..=LONGEST).contains(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_is_follows_from_the_type_and_then_from_what_it_is_called() {
        for (mime, said, expected) in [
            ("image/png", DocumentKind::Document, "image"),
            ("image/svg+xml", DocumentKind::Image, "file"),
            ("", DocumentKind::Image, "image"),
            ("video/mp4", DocumentKind::Document, "video"),
            ("", DocumentKind::Video, "video"),
            ("audio/ogg", DocumentKind::Image, "audio"),
            ("application/pdf", DocumentKind::Document, "file"),
            ("text/html", DocumentKind::Video, "file"),
            ("", DocumentKind::Document, "unknown"),
        ] {
            assert_eq!(kind(mime, said), expected, "{mime} {said:?}");
        }
    }

    #[test]
    fn a_name_goes_into_an_address_and_comes_back() {
        for name in ["Plan 2026.pdf", "a+b&c=d?e#f.txt", "Übersicht.ods", "50 %.csv"] {
            let url: Url =
                format!("https://a.example/users/ann/media/1/{}?pass=x", segment(name)).parse().unwrap();
            assert_eq!(name_in(&url), name);
        }
        assert_eq!(name_in(&"https://a.example/media/123".parse().unwrap()), "");
    }

    #[test]
    fn a_length_is_read_if_it_makes_sense() {
        assert_eq!(milliseconds("PT1M30.5S"), Some(90_500));
        assert_eq!(milliseconds("-PT1S"), None);
        assert_eq!(milliseconds("PT99999999H"), None);
        assert_eq!(milliseconds("long"), None);
    }
}
