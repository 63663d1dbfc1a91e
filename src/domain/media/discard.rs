//! A person throws away an upload that was not posted.

use super::describe::get_own;
use super::{Media, face, store};
use crate::base::id::{AccountId, MediaId};
use crate::base::{Error, Result};
use crate::platform::services::Services;

/// Removes an own upload with its files. One that hangs on a post goes with the post.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs; [`Error::Conflict`] if it hangs on a post.
///
/// Source: <https://docs.joinmastodon.org/methods/media/#delete>
pub async fn discard(services: &Services, account: AccountId, id: MediaId) -> Result<()> {
    let media: Media = get_own(services, account, id).await?;
    let mut tx = services.db.begin().await?;
    if !store::delete_unattached(&mut tx, id, account).await? {
        return Err(Error::conflict("this file is part of a post; edit the post to take it off"));
    }
    tx.commit().await?;
    face::forget(services, media.keys()).await;
    Ok(())
}
