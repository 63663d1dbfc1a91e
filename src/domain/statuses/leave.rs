//! The posts of somebody of this site who left: taken away a batch at a time, so that nobody else waits.
//!
//! No other site is told of each: that the person is gone says it all.

use super::{consent, store};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::media::{self, face};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Takes away the oldest posts and reposts of an account, with their pictures, and in the end the pictures that hang on
/// no post; at most `limit` of them. `false` if nothing was left. The addresses answer that they are gone.
///
/// Files are removed before the commit: if that fails, the rows that name them are taken away by the next run.
///
/// # Errors
/// As the database.
pub async fn forget_in(services: &Services, tx: &mut Tx, account: AccountId, limit: i64) -> Result<bool> {
    let ids = store::list_ids_of(tx, account, limit).await?;
    if ids.is_empty() {
        return forget_uploads_in(services, tx, account, limit).await;
    }
    let pictures = media::store::list_of_statuses(tx, &ids).await?;
    for status in store::list(tx, &ids).await? {
        match (status.reblog_of_id, status.in_reply_to_id) {
            (Some(of), _) => store::update_reblogs_count(tx, of, -1),
            (None, Some(parent)) if consent::reply::counts(tx, &status).await? => {
                store::update_replies_count(tx, parent, -1);
            }
            (None, _) => {}
        }
        let visibility = Some(status.visibility).filter(|_| status.local);
        store::insert_tombstone(tx, &status.uri, visibility, services.clock.now()).await?;
        store::delete(tx, status.id).await?;
    }
    face::forget(services, files(pictures)).await;
    Ok(true)
}

async fn forget_uploads_in(services: &Services, tx: &mut Tx, account: AccountId, limit: i64) -> Result<bool> {
    let uploads = media::store::list_of_account(tx, account, limit).await?;
    let ids: Vec<_> = uploads.iter().map(|upload| upload.id).collect();
    media::store::delete(tx, &ids).await?;
    face::forget(services, files(uploads)).await;
    Ok(!ids.is_empty())
}

fn files(pictures: Vec<media::Media>) -> impl Iterator<Item = String> {
    pictures.into_iter().flat_map(media::Media::keys)
}
