//! What an attachment is.

use crate::base::Millis;
use crate::base::id::{AccountId, MediaId, StatusId};

/// An attachment, here or at another site.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Media {
    /// Ours.
    pub id: MediaId,
    /// Who uploaded it, or wrote the post.
    pub account_id: AccountId,
    /// The post; none until it is posted.
    pub status_id: Option<StatusId>,
    /// Place on the post, from 0.
    pub position: i64,
    /// `image`, `video`, `audio`, `file` or `unknown`.
    pub kind: String,
    /// As in `image/jpeg`.
    pub mime: String,
    /// Blob, if it is here.
    pub blob_key: Option<String>,
    /// Blob of the preview, if it is here.
    pub preview_key: Option<String>,
    /// Where it lives, if elsewhere.
    pub remote_url: Option<String>,
    /// Alternative text; may be empty.
    pub description: String,
    /// Pixels; 0 if not known.
    pub width: i64,
    /// Pixels; 0 if not known.
    pub height: i64,
    /// Pixels of the preview.
    pub preview_width: i64,
    /// Pixels of the preview.
    pub preview_height: i64,
    /// -1 (left) to 1 (right).
    pub focus_x: f64,
    /// -1 (bottom) to 1 (top).
    pub focus_y: f64,
    /// A few colours to show before it loads.
    pub blurhash: Option<String>,
    /// Bytes.
    pub size: i64,
    /// When it was uploaded or seen first, or taken off its post.
    pub created_at: Millis,
    /// `waiting`, `ready` or `failed`.
    pub state: String,
    /// Why it failed.
    pub problem: Option<String>,
    /// What a file is called, made safe; empty for others.
    pub name: String,
    /// How long a video or a sound is; 0 if not known.
    pub duration_ms: i64,
    /// Blob of at most 1280 pixels a side, if the picture is larger.
    pub large_key: Option<String>,
    /// Blob of what was sent, while it waits to be written anew. Nobody is shown it.
    pub source_key: Option<String>,
    /// The picture that stands for a video of another site.
    pub remote_preview_url: Option<String>,
}

/// It is being written anew.
pub const WAITING: &str = "waiting";
/// It can be posted and looked at.
pub const READY: &str = "ready";
/// It could not be written anew.
pub const FAILED: &str = "failed";

impl Media {
    /// The files that go when it goes.
    pub fn keys(self) -> impl Iterator<Item = String> {
        [self.blob_key, self.preview_key, self.large_key, self.source_key].into_iter().flatten()
    }

    /// Whether it can be posted and looked at.
    pub fn is_ready(&self) -> bool {
        self.state == READY
    }

    /// Whether it hides behind its address what a browser would show: it is to be kept, not opened.
    pub fn is_file(&self) -> bool {
        !matches!(self.kind.as_str(), "image" | "video" | "audio")
    }
}
