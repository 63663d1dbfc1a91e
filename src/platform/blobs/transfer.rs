//! Brings all blobs from one store to another, and goes on where it was broken off.

use super::{Blobs, Folder, Kept};
use crate::base::Result;

/// What became of one blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was brought over.
    Copied,
    /// It was there already.
    Known,
    /// It was taken away meanwhile.
    Gone,
}

/// Copies what `to` does not have yet; `tell` hears of each, with its size. Copies of other sites' pictures stay:
/// they are fetched again when somebody looks at them. Nothing is removed.
///
/// A blob never changes, so that one of the same name and size is the same.
///
/// # Errors
/// As the stores. What was copied until then is not copied again.
pub async fn transfer(from: &Blobs, to: &Blobs, mut tell: impl FnMut(Step, u64)) -> Result<()> {
    let there: std::collections::HashMap<_, _> =
        to.list().await?.into_iter().map(|kept| (kept.key, kept.size)).collect();
    for Kept { key, size } in from.list().await? {
        if key.folder() == Folder::Copies {
            continue;
        }
        if there.get(&key) == Some(&size) {
            tell(Step::Known, size);
            continue;
        }
        // One at a time: what is read is at most as large as an upload.
        match from.read(&key).await {
            Ok(bytes) => {
                to.put(&key, bytes).await?;
                tell(Step::Copied, size);
            }
            Err(crate::base::Error::NotFound { .. }) => tell(Step::Gone, size),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
