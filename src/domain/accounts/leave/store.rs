//! Rows of somebody who left: in sets, since there may be many.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Posts lose the likes of this account.
pub async fn uncount_favourites(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE statuses
             SET favourites_count = CASE WHEN favourites_count > 0 THEN favourites_count - 1 ELSE 0 END
             WHERE id IN (SELECT status_id FROM favourites WHERE account_id = $1)"
        ),
        args![id],
    )
    .await?;
    Ok(())
}

/// Forgets the likes.
pub async fn delete_favourites(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM favourites WHERE account_id = $1"), args![id]).await?;
    Ok(())
}

/// Forgets the reactions.
pub async fn delete_reactions(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM reactions WHERE account_id = $1"), args![id]).await?;
    Ok(())
}

/// Posts lose the reposts of this account.
pub async fn uncount_reblogs(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE statuses
             SET reblogs_count = CASE WHEN reblogs_count > 0 THEN reblogs_count - 1 ELSE 0 END
             WHERE id IN (SELECT reblog_of_id FROM statuses WHERE account_id = $1 AND reblog_of_id IS NOT NULL)"
        ),
        args![id],
    )
    .await?;
    Ok(())
}

/// Posts of others lose the answers of this account.
pub async fn uncount_replies(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE statuses
             SET replies_count = (SELECT COUNT(*)
                                  FROM statuses r
                                  WHERE r.in_reply_to_id = statuses.id AND r.account_id <> $1)
             WHERE id IN (SELECT in_reply_to_id FROM statuses WHERE account_id = $1 AND in_reply_to_id IS NOT NULL)"
        ),
        args![id],
    )
    .await?;
    Ok(())
}

/// Remembers that the posts are gone.
pub async fn insert_tombstones(conn: &mut Conn, id: AccountId, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO tombstones (uri, deleted_at, visibility)
             SELECT uri, $2, CASE WHEN local THEN visibility END
             FROM statuses
             WHERE account_id = $1
             ON CONFLICT (uri) DO NOTHING"
        ),
        args![id, now],
    )
    .await?;
    Ok(())
}

/// Forgets the posts and reposts, with all that hangs on them.
pub async fn delete_statuses(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM statuses WHERE account_id = $1"), args![id]).await?;
    conn.execute(sql!("DELETE FROM media WHERE account_id = $1"), args![id]).await?;
    Ok(())
}

/// Those at the other end of a follow lose it.
pub async fn uncount_follows(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET followers_count = CASE WHEN followers_count > 0 THEN followers_count - 1 ELSE 0 END
             WHERE id IN (SELECT target_id FROM follows WHERE account_id = $1 AND accepted)"
        ),
        args![id],
    )
    .await?;
    conn.execute(
        sql!(
            "UPDATE accounts
             SET following_count = CASE WHEN following_count > 0 THEN following_count - 1 ELSE 0 END
             WHERE id IN (SELECT account_id FROM follows WHERE target_id = $1 AND accepted)"
        ),
        args![id],
    )
    .await?;
    Ok(())
}

/// Forgets the follows in both directions.
pub async fn delete_follows(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM follows WHERE account_id = $1 OR target_id = $1"), args![id]).await?;
    Ok(())
}

/// Forgets what others were told of it.
pub async fn delete_notifications(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM notifications WHERE from_account_id = $1"), args![id]).await?;
    Ok(())
}

/// Forgets the public keys: nothing that it signed is believed any more.
pub async fn delete_keys(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM actor_keys WHERE account_id = $1"), args![id]).await?;
    Ok(())
}
