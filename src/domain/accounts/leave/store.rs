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

/// Forgets what it kept for itself.
pub async fn delete_own(conn: &mut Conn, id: AccountId) -> Result<()> {
    for statement in [
        sql!("DELETE FROM home_entries WHERE account_id = $1"),
        sql!("DELETE FROM notifications WHERE account_id = $1"),
        sql!("DELETE FROM markers WHERE account_id = $1"),
        sql!("DELETE FROM reading_marks WHERE account_id = $1"),
        sql!("DELETE FROM mutes WHERE account_id = $1"),
        sql!("DELETE FROM blocks WHERE account_id = $1"),
        sql!("DELETE FROM pins WHERE account_id = $1"),
        sql!("DELETE FROM bookmarks WHERE account_id = $1"),
        sql!("DELETE FROM lists WHERE account_id = $1"),
        sql!("DELETE FROM filters WHERE account_id = $1"),
        sql!("DELETE FROM followed_tags WHERE account_id = $1"),
        sql!("DELETE FROM muted_conversations WHERE account_id = $1"),
        sql!("DELETE FROM rail_pins WHERE account_id = $1"),
        sql!("DELETE FROM idempotency_keys WHERE account_id = $1"),
        sql!("DELETE FROM interactions WHERE account_id = $1"),
        sql!("DELETE FROM drafts WHERE account_id = $1"),
        sql!("DELETE FROM scheduled_statuses WHERE account_id = $1"),
        sql!("DELETE FROM mails WHERE account_id = $1"),
        sql!("DELETE FROM mail_wishes WHERE account_id = $1"),
        sql!("DELETE FROM notification_wishes WHERE account_id = $1"),
        sql!("DELETE FROM notification_policies WHERE account_id = $1"),
        sql!("DELETE FROM notification_permissions WHERE account_id = $1"),
        sql!("DELETE FROM push_subscriptions WHERE account_id = $1"),
    ] {
        conn.execute(statement, args![id]).await?;
    }
    Ok(())
}

/// Inboxes of all people elsewhere who had to do with it, or with whom it had to do.
pub async fn list_inboxes_of_acquaintances(conn: &mut Conn, id: AccountId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "WITH own (id, parent, original, answered) AS (
                     SELECT id, in_reply_to_id, reblog_of_id, in_reply_to_account_id
                     FROM statuses
                     WHERE account_id = $1
                 ),
                 knowing (id) AS (
                     SELECT account_id FROM follows WHERE target_id = $1
                     UNION SELECT target_id FROM follows WHERE account_id = $1
                     UNION SELECT target_id FROM blocks WHERE account_id = $1
                     UNION SELECT answered FROM own
                     UNION SELECT m.account_id FROM mentions m JOIN own ON own.id = m.status_id
                     UNION SELECT s.account_id FROM statuses s JOIN own ON own.original = s.id
                     UNION SELECT s.account_id FROM statuses s JOIN own ON s.in_reply_to_id = own.id
                     UNION SELECT s.account_id FROM statuses s JOIN own ON s.reblog_of_id = own.id
                     UNION SELECT f.account_id FROM favourites f JOIN own ON own.id = f.status_id
                     UNION SELECT s.account_id
                           FROM favourites f
                           JOIN statuses s ON s.id = f.status_id
                           WHERE f.account_id = $1
                     UNION SELECT s.account_id
                           FROM poll_votes v
                           JOIN statuses s ON s.id = v.status_id
                           WHERE v.account_id = $1
                 )
                 SELECT DISTINCT COALESCE(a.shared_inbox, a.inbox)
                 FROM accounts a
                 JOIN knowing ON knowing.id = a.id
                 WHERE a.host <> '' AND a.deleted_at IS NULL"
            ),
            args![id],
        )
        .await?;
    Ok(rows.into_iter().map(|(inbox,)| inbox).collect())
}

/// Shared inboxes of all sites to which something of it went, as far as that is still known.
pub async fn list_inboxes_written_to(conn: &mut Conn, id: AccountId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "SELECT DISTINCT shared_inbox
                 FROM accounts
                 WHERE shared_inbox IS NOT NULL AND deleted_at IS NULL
                   AND host <> ''
                   AND host IN (SELECT r.host
                                FROM activities a
                                JOIN delivered r ON r.activity_id = a.id
                                WHERE a.account_id = $1
                                UNION
                                SELECT d.host
                                FROM activities a
                                JOIN deliveries d ON d.activity_id = a.id
                                WHERE a.account_id = $1)"
            ),
            args![id],
        )
        .await?;
    Ok(rows.into_iter().map(|(inbox,)| inbox).collect())
}
