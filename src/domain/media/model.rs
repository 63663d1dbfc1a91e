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
    /// `image` or `unknown`.
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
}
