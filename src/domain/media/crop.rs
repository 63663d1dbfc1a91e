//! A person cuts a picture before posting it.
//!
//! What was uploaded is not kept, so the cut is made from our own file, for good. The new files have new names: what is
//! at a name never changes.

use bytes::Bytes;

use super::describe::get_own;
use super::upload::{keep_all, take_over};
use super::{Details, Media, face, model, store};
use crate::base::id::{AccountId, MediaId};
use crate::base::{Error, Result};
use crate::platform::blobs::BlobKey;
use crate::platform::images::Part;
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// Which part of a picture stays: all from 0 to 1, from the corner left above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// Where it begins, from the left.
    pub x: f64,
    /// Where it begins, from above.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Cut {
    fn checked(self) -> Result<Part> {
        let sides = [self.x, self.y, self.width, self.height];
        let within = sides.iter().all(|side| side.is_finite() && (0.0..=1.0).contains(side));
        let inside = self.x + self.width <= 1.0001 && self.y + self.height <= 1.0001;
        if within && inside && self.width > 0.0 && self.height > 0.0 {
            Ok(Part { x: self.x, y: self.y, width: self.width, height: self.height })
        } else {
            Err(Error::invalid("crop", "must lie within the picture: four numbers from 0 to 1"))
        }
    }
}

/// Keeps only a part of an own picture that is not posted yet, and says where to look in it.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs; [`Error::Conflict`] if it is posted or no picture that stands still;
/// [`Error::Invalid`] if the part is not within it.
pub async fn crop(
    services: &Services,
    account: AccountId,
    id: MediaId,
    cut: Cut,
    focus: Option<(f64, f64)>,
) -> Result<Media> {
    let part = cut.checked()?;
    let focus = Details { description: None, focus }.checked(services)?.focus;
    let before = get_own(services, account, id).await?;
    let key = croppable(&before)?;
    services.limiter.check(Purpose::Media, &account.to_string())?;
    let bytes: Bytes = services.blobs.read(&key).await?;
    let done = services.images.part(bytes, part).await?;
    let made = keep_all(services, &done).await?;
    let mut after = before.clone();
    take_over(&mut after, &done, made);
    (after.focus_x, after.focus_y) = focus.unwrap_or_default();

    let mut tx = services.db.begin().await?;
    let now = store::get(&mut tx, id).await?;
    if now.blob_key != before.blob_key || !store::update_file(&mut tx, &after, model::READY).await? {
        face::forget(services, after.keys()).await;
        return Err(changed());
    }
    tx.commit().await?;
    face::forget(services, before.keys()).await;
    Ok(after)
}

fn changed() -> Error {
    Error::conflict("this picture was posted or changed meanwhile")
}

fn croppable(media: &Media) -> Result<BlobKey> {
    if media.status_id.is_some() {
        return Err(Error::conflict("a picture that is posted cannot be cut; add it anew"));
    }
    if media.kind != "image" || media.mime == "image/gif" {
        return Err(Error::conflict("only a picture that stands still can be cut"));
    }
    media.blob_key.as_deref().ok_or(Error::not_found("attachment"))?.parse()
}
