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
        Self {
            id: media.id,
            r#type: if image { "image" } else { "unknown" },
            url: Some(picture::original(services, media)),
            preview_url: Some(picture::preview(services, media)),
            remote_url: media.remote_url.clone(),
            preview_remote_url: None,
            text_url: None,
            meta: Meta {
                original: Size::known(media.width, media.height),
                small: Size::known(media.preview_width, media.preview_height),
                focus: image.then_some(Focus { x: media.focus_x, y: media.focus_y }),
            },
            description: Some(media.description.clone()).filter(|text| !text.is_empty()),
            blurhash: media.blurhash.clone(),
        }
    }
}
