//! What becomes of everything that somebody did here after they left.

mod store;

use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Takes away what an account wrote, liked, reposted and followed, set by set, and counts anew what that touches. The
/// addresses of its posts are remembered, so that a late `Create` brings none of them back. Its row stays, emptied,
/// with what our moderators decided; so do reports, and blocks and mutes in both directions.
pub async fn forget_in(services: &Services, tx: &mut Tx, id: AccountId) -> Result<()> {
    let now = services.clock.now();
    store::uncount_favourites(tx, id).await?;
    store::delete_favourites(tx, id).await?;
    store::delete_reactions(tx, id).await?;
    store::uncount_reblogs(tx, id).await?;
    store::uncount_replies(tx, id).await?;
    store::insert_tombstones(tx, id, now).await?;
    store::delete_statuses(tx, id).await?;
    store::uncount_follows(tx, id).await?;
    store::delete_follows(tx, id).await?;
    store::delete_notifications(tx, id).await?;
    store::delete_keys(tx, id).await?;
    super::store::update_deleted(tx, id, now).await
}
