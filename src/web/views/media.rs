//! What hangs on a post, as the reader sees it.

use serde::Serialize;

use crate::domain::media::Media as Item;
use crate::domain::media::address::{self, Size};

/// Something that hangs on a post.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Media {
    /// `image`, `video`, `audio`, `file` or `unknown`.
    pub kind: String,
    /// Whether it is looked at where it stands; others are rows below.
    pub seen: bool,
    /// The whole.
    pub url: String,
    /// The small picture; empty if there is none.
    pub preview: String,
    /// The sizes of a picture that a browser may choose from; empty if there is one only.
    pub sizes: String,
    /// What it shows.
    pub alt: String,
    /// What a file is called.
    pub name: String,
    /// Of the small picture, in pixels; 0 if not known.
    pub width: i64,
    /// Of the small picture, in pixels.
    pub height: i64,
    /// A few colours until it loads.
    pub blur: String,
    /// Of a file; 0 if not known.
    pub kilobytes: i64,
    /// As in `1:30`; empty if not known.
    pub length: String,
}

/// The widest preview, in pixels.
const PREVIEW: i64 = 640;
/// The widest of the middle size.
const LARGE: i64 = 1280;

impl From<&Item> for Media {
    fn from(item: &Item) -> Self {
        let (width, height) = match (item.preview_width, item.preview_height) {
            (0, _) | (_, 0) => (item.width, item.height),
            both => both,
        };
        let has_picture =
            item.kind == "image" || item.preview_key.is_some() || item.remote_preview_url.is_some();
        let path = |size| address::path(item.id, size);
        // What cannot be shown is to be had where it is.
        let elsewhere =
            item.remote_url.clone().filter(|url| item.kind == "unknown" && url.starts_with("http"));
        Self {
            kind: item.kind.clone(),
            seen: matches!(item.kind.as_str(), "image" | "video"),
            url: elsewhere.unwrap_or_else(|| path(Size::Original)),
            preview: if has_picture { path(Size::Preview) } else { String::new() },
            sizes: sizes(item),
            alt: item.description.clone(),
            name: item.name.clone(),
            width,
            height,
            blur: item.blurhash.clone().unwrap_or_default(),
            kilobytes: (item.size + 999) / 1000,
            length: length(item.duration_ms),
        }
    }
}

fn sizes(item: &Item) -> String {
    let longest = item.width.max(item.height);
    if item.kind != "image" || item.mime == "image/gif" || longest <= PREVIEW {
        return String::new();
    }
    let wide = |most: i64| (item.width * most.min(longest) + longest / 2) / longest;
    let (preview, large) = (wide(PREVIEW), wide(LARGE));
    let path = |size| address::path(item.id, size);
    format!("{} {preview}w, {} {large}w", path(Size::Preview), path(Size::Large))
}

fn length(milliseconds: i64) -> String {
    let seconds = (milliseconds + 500) / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => String::new(),
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_length_is_said_as_on_a_player() {
        assert_eq!(
            [length(0), length(3_600), length(90_000), length(3_725_000)],
            ["", "0:04", "1:30", "1:02:05"]
        );
    }
}
