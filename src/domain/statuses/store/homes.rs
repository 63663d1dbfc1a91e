//! Which posts stand in whose home.

use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Puts a post into the homes of the author's followers here: of all; for a reply to somebody else, of those who
/// follow that person too; for a direct post, of those mentioned.
pub async fn insert_home_entries(
    conn: &mut Conn,
    status: StatusId,
    author: AccountId,
    to: Option<AccountId>,
    direct: bool,
) -> Result<u64> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, status_id)
             SELECT f.account_id, $1
             FROM follows f
             JOIN users u ON u.account_id = f.account_id
             WHERE f.target_id = $2 AND f.accepted
               AND ($3 IS NULL OR $3 = $2 OR $3 = f.account_id
                    OR EXISTS (SELECT 1 FROM follows p
                               WHERE p.account_id = f.account_id AND p.target_id = $3 AND p.accepted))
               AND (NOT $4 OR EXISTS (SELECT 1 FROM mentions m
                                      WHERE m.status_id = $1 AND m.account_id = f.account_id))
             ON CONFLICT (account_id, status_id) DO NOTHING"
        ),
        args![status, author, to, direct],
    )
    .await
}

/// Puts the replies to a post that came before it into the homes of those who follow both; `to` wrote the post.
pub async fn insert_home_entries_of_orphans(conn: &mut Conn, parent: StatusId, to: AccountId) -> Result<u64> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, status_id)
             SELECT f.account_id, s.id
             FROM statuses s
             JOIN follows f ON f.target_id = s.account_id
             JOIN users u ON u.account_id = f.account_id
             WHERE s.in_reply_to_id = $1 AND f.accepted
               AND (s.account_id = $2 OR f.account_id = $2
                    OR EXISTS (SELECT 1 FROM follows p
                               WHERE p.account_id = f.account_id AND p.target_id = $2 AND p.accepted))
               AND (s.visibility <> 'direct' OR EXISTS (SELECT 1 FROM mentions m
                                                        WHERE m.status_id = s.id AND m.account_id = f.account_id))
             ON CONFLICT (account_id, status_id) DO NOTHING"
        ),
        args![parent, to],
    )
    .await
}

/// Puts a repost into the homes of the reposter's followers here who want reposts and have not the post itself.
pub async fn insert_home_entries_of_reblog(
    conn: &mut Conn,
    reblog: StatusId,
    by: AccountId,
    of: StatusId,
) -> Result<u64> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, status_id)
             SELECT f.account_id, $1
             FROM follows f
             JOIN users u ON u.account_id = f.account_id
             WHERE f.target_id = $2 AND f.accepted AND f.show_reblogs
               AND NOT EXISTS (SELECT 1 FROM home_entries h
                               WHERE h.account_id = f.account_id AND h.status_id = $3)
             ON CONFLICT (account_id, status_id) DO NOTHING"
        ),
        args![reblog, by, of],
    )
    .await
}

/// Puts a post into one home.
pub async fn insert_home_entry(conn: &mut Conn, account: AccountId, status: StatusId) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, status_id)
             VALUES ($1, $2)
             ON CONFLICT (account_id, status_id) DO NOTHING"
        ),
        args![account, status],
    )
    .await?;
    Ok(())
}

/// In whose homes a post stands.
pub async fn list_homes_of(conn: &mut Conn, status: StatusId) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> =
        conn.all(sql!("SELECT account_id FROM home_entries WHERE status_id = $1"), args![status]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
