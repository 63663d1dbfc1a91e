//! Attachments. Source: <https://docs.joinmastodon.org/entities/MediaAttachment/>

use serde::Serialize;

use super::picture;
use crate::base::id::MediaId;
use crate::domain::media::Media;
use crate::platform::services::Services;

/// An attachment.
#[derive(Clone, Debug, Serialize)]
pub struct MediaAttachment {
    pub id: MediaId,
    pub r#type: &'static str,
    pub url: Option<String>,
    pub preview_url: Option<String>,
    pub remote_url: Option<String>,
    pub preview_remote_url: Option<String>,
    pub text_url: Option<String>,
    pub meta: Meta,
    pub description: Option<String>,
    pub blurhash: Option<String>,
}

/// Sizes and focus.
#[derive(Clone, Debug, Serialize)]
pub struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<Focus>,
    /// As in `0:01:30.50`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<String>,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
}

/// A size in pixels.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "named as on the wire")]
pub struct Size {
    pub width: i64,
    pub height: i64,
    pub size: String,
    pub aspect: f64,
}

/// The point that matters: from -1 (left, bottom) to 1 (right, top).
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Focus {
    pub x: f64,
    pub y: f64,
}

impl Size {
    fn known(width: i64, height: i64) -> Option<Self> {
        (width > 0 && height > 0).then(|| Self {
            width,
            height,
            size: format!("{width}x{height}"),
            aspect: width as f64 / height as f64,
        })
    }
}

impl MediaAttachment {
    /// As everybody who may see its post sees it.
    pub fn new(services: &Services, media: &Media) -> Self {
        let image = media.kind == "image";
        let has_picture = image || media.preview_key.is_some() || media.remote_preview_url.is_some();
        Self {
            id: media.id,
            r#type: match media.kind.as_str() {
                "image" => "image",
                "video" => "video",
                "audio" => "audio",
                _ => "unknown",
            },
            // While it is written anew there is nothing to be had.
            url: media.is_ready().then(|| picture::original(services, media)),
            preview_url: (media.is_ready() && has_picture).then(|| picture::preview(services, media)),
            remote_url: media.remote_url.clone(),
            preview_remote_url: None,
            text_url: None,
            meta: Meta {
                original: Size::known(media.width, media.height),
                small: Size::known(media.preview_width, media.preview_height),
                focus: image.then_some(Focus { x: media.focus_x, y: media.focus_y }),
                length: (media.duration_ms > 0).then(|| length(media.duration_ms)),
                duration: (media.duration_ms > 0).then(|| media.duration_ms as f64 / 1000.0),
            },
            description: [&media.description, &media.name].into_iter().find(|text| !text.is_empty()).cloned(),
            blurhash: media.blurhash.clone(),
        }
    }
}

fn length(milliseconds: i64) -> String {
    let (seconds, hundredths) = (milliseconds / 1000, milliseconds % 1000 / 10);
    format!("{}:{:02}:{:02}.{hundredths:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_length_is_written_as_on_a_clock() {
        assert_eq!(length(90_500), "0:01:30.50");
        assert_eq!(length(3_600_000), "1:00:00.00");
    }
}
