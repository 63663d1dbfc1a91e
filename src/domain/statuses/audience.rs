//! Where a post of this site goes: the inboxes of those who may see it elsewhere.
//!
//! Whether a site may be spoken to at all is decided when the delivery is written; see `federation::delivery`.

use std::collections::BTreeSet;

use super::model::{Status, Visibility};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::{accounts, follows, organisation};
use crate::platform::db::Conn;

use super::store;

/// The inboxes, each once: shared ones where there are such.
pub async fn inboxes(conn: &mut Conn, status: &Status) -> Result<Vec<String>> {
    if status.visibility == Visibility::Site {
        return Ok(Vec::new());
    }
    let mut inboxes = BTreeSet::new();
    let named = named(conn, status).await?;
    inboxes.extend(follows::store::list_inboxes_of(conn, &named).await?);
    if status.visibility != Visibility::Direct {
        inboxes.extend(follows::store::list_follower_inboxes(conn, status.account_id).await?);
    }
    if matches!(status.visibility, Visibility::Public | Visibility::Unlisted | Visibility::Organisation) {
        inboxes.extend(organisation::store::list_inboxes(conn).await?);
    }
    Ok(inboxes.into_iter().collect())
}

/// Those whom the post names or answers, or whose post it reposts.
async fn named(conn: &mut Conn, status: &Status) -> Result<Vec<AccountId>> {
    let mut named: Vec<AccountId> =
        store::list_mentions(conn, &[status.id]).await?.into_iter().map(|(_, account)| account).collect();
    if status.visibility != Visibility::Direct {
        named.extend(status.in_reply_to_account_id);
    }
    if let Some(of) = status.reblog_of_id {
        named.push(store::get(conn, of).await?.account_id);
    }
    Ok(named)
}

/// Where the news go that a post is pinned to the profile: to whom may read it, whoever was named in it.
pub async fn inboxes_of_pin(conn: &mut Conn, status: &Status) -> Result<Vec<String>> {
    match status.visibility {
        Visibility::Site | Visibility::Direct => Ok(Vec::new()),
        Visibility::Private => follows::store::list_follower_inboxes(conn, status.account_id).await,
        Visibility::Public | Visibility::Unlisted | Visibility::Organisation => {
            inboxes_of_person(conn, status.account_id).await
        }
    }
}

/// Where somebody's own news go (a changed profile, leaving): the followers' sites and the organisation.
pub async fn inboxes_of_person(conn: &mut Conn, account: AccountId) -> Result<Vec<String>> {
    let account = accounts::store::get(conn, account).await?;
    let mut inboxes = BTreeSet::new();
    inboxes.extend(follows::store::list_follower_inboxes(conn, account.id).await?);
    inboxes.extend(organisation::store::list_inboxes(conn).await?);
    Ok(inboxes.into_iter().collect())
}
