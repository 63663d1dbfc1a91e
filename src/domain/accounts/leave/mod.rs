//! What becomes of everything that somebody did here after they left.
//!
//! Whoever was of another site takes all of it along at once. Of this site, the account is closed first; what hangs on it
//! goes afterwards, in steps; see `effects::account_left`.

mod store;

use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts::Account;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// Takes away what an account wrote, liked, reposted and followed, set by set, and counts anew what that touches. The
/// addresses of its posts are remembered, so that a late `Create` brings none of them back. Its row stays, emptied,
/// with what our moderators decided; so do reports, and blocks and mutes in both directions.
pub async fn forget_in(services: &Services, tx: &mut Tx, id: AccountId) -> Result<()> {
    let now = services.clock.now();
    store::uncount_reblogs(tx, id).await?;
    store::uncount_replies(tx, id).await?;
    store::insert_tombstones(tx, id, now).await?;
    store::delete_statuses(tx, id).await?;
    forget_ties_in(tx, id).await?;
    super::store::update_deleted(tx, id, now).await
}

/// Closes an account of this site: the profile is empty, nobody finds it, and the name is never given again. Returns the
/// pictures of the profile, which no row names any more.
///
/// # Errors
/// As the database.
pub async fn close_in(services: &Services, tx: &mut Tx, account: &Account) -> Result<Vec<String>> {
    super::store::update_deleted(tx, account.id, services.clock.now()).await?;
    super::receive::forget_after_commit(services, tx, &account.uri);
    Ok([account.avatar_key.clone(), account.header_key.clone()].into_iter().flatten().collect())
}

/// Takes away likes, follows in both directions, and what others were told of the account.
///
/// # Errors
/// As the database.
pub async fn forget_ties_in(tx: &mut Tx, id: AccountId) -> Result<()> {
    store::uncount_favourites(tx, id).await?;
    store::delete_favourites(tx, id).await?;
    store::delete_reactions(tx, id).await?;
    store::uncount_follows(tx, id).await?;
    store::delete_follows(tx, id).await?;
    store::delete_notifications(tx, id).await?;
    store::delete_keys(tx, id).await
}

/// Takes away what an account of this site kept for itself: its home, its notifications, whom it muted and blocked, what
/// it marked, sorted and filtered. Its votes still count, and reports stay with the moderators.
///
/// # Errors
/// As the database.
pub async fn forget_own_in(tx: &mut Tx, id: AccountId) -> Result<()> {
    store::delete_own(tx, id).await
}

/// The inboxes of all other sites that know an account of this site: those of whoever follows it or is followed by it,
/// was named, answered, liked or reposted by it, or did that to its posts; and of every site that got something of it.
///
/// # Errors
/// As the database.
pub async fn inboxes(conn: &mut Conn, id: AccountId) -> Result<Vec<String>> {
    let mut inboxes = store::list_inboxes_of_acquaintances(conn, id).await?;
    inboxes.extend(store::list_inboxes_written_to(conn, id).await?);
    inboxes.sort_unstable();
    inboxes.dedup();
    Ok(inboxes)
}
