//! Somebody moved to another account: what people of this site decided about the old one holds for the new one.
//!
//! Done in batches, each a transaction of its own: what is done is seen from the rows, so a crash in between loses
//! nothing and does nothing twice.

use super::block::block_in;
use super::follow::{request_in, unfollow_in};
use super::model::Follow;
use super::store;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How many people go along in one transaction.
pub const BATCH: i64 = 100;

/// Carries blocks, mutes and follows of the next people over from `old` to `new`; `true` if there may be more.
///
/// Who blocks the old account blocks the new one too, and who muted it mutes it, except those who follow the new one
/// already. Who follows the old one follows the new one instead, with the same wishes, unless a block stands between.
pub async fn succeed_in(services: &Services, tx: &mut Tx, old: AccountId, new: AccountId) -> Result<bool> {
    let blockers = store::list_blockers_to_carry(tx, old, new, BATCH).await?;
    for person in &blockers {
        let uri = services.origin.activity(services.ids.next());
        block_in(services, tx, *person, new, &uri).await?;
    }
    store::carry_mutes(tx, old, new).await?;
    let follows = store::list_local_follows_of(tx, old, BATCH).await?;
    for follow in &follows {
        go_along(services, tx, follow, new).await?;
    }
    Ok(blockers.len() as i64 == BATCH || follows.len() as i64 == BATCH)
}

async fn go_along(services: &Services, tx: &mut Tx, follow: &Follow, new: AccountId) -> Result<()> {
    let person = follow.account_id;
    let blocked = !store::list_blocked_either_way(tx, person, &[new]).await?.is_empty();
    if person != new && !blocked {
        let wish = Follow {
            account_id: person,
            target_id: new,
            accepted: false,
            uri: services.origin.activity(services.ids.next()),
            show_reblogs: follow.show_reblogs,
            notify: follow.notify,
            languages: follow.languages.clone(),
            created_at: services.clock.now(),
        };
        // Does nothing for those who follow the new account already.
        request_in(services, tx, wish).await?;
        store::carry_lists(tx, person, follow.target_id, new).await?;
    }
    unfollow_in(services, tx, person, follow.target_id).await
}
