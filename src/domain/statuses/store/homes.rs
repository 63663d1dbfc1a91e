//! Which posts stand in whose home, and at which place: the number of the post, or a later one if it was found before its
//! site sent it.

use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Puts a post into the homes of the author's followers here: of all; for a reply to somebody else, of those who
/// follow that person too; for a direct post, of those mentioned. `place` is the post's own number, or a fresh one
/// for what was found before it was sent.
pub async fn insert_home_entries(
    conn: &mut Conn,
    (status, place): (StatusId, StatusId),
    author: AccountId,
    to: Option<AccountId>,
    direct: bool,
) -> Result<u64> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id)
             SELECT f.account_id, $5, $1
             FROM follows f
             JOIN users u ON u.account_id = f.account_id
             WHERE f.target_id = $2 AND f.accepted
               AND ($3 IS NULL OR $3 = $2 OR $3 = f.account_id
                    OR EXISTS (SELECT 1 FROM follows p
                               WHERE p.account_id = f.account_id AND p.target_id = $3 AND p.accepted))
               AND (NOT $4 OR EXISTS (SELECT 1 FROM mentions m
                                      WHERE m.status_id = $1 AND m.account_id = f.account_id))
             ON CONFLICT DO NOTHING"
        ),
        args![status, author, to, direct, place],
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
            "INSERT INTO home_entries (account_id, position, status_id)
             SELECT f.account_id, $1, $1
             FROM follows f
             JOIN users u ON u.account_id = f.account_id
             WHERE f.target_id = $2 AND f.accepted AND f.show_reblogs
               AND NOT EXISTS (SELECT 1 FROM home_entries h
                               WHERE h.account_id = f.account_id AND h.status_id = $3)
             ON CONFLICT DO NOTHING"
        ),
        args![reblog, by, of],
    )
    .await
}

/// Puts a post into one home.
pub async fn insert_home_entry(conn: &mut Conn, account: AccountId, status: StatusId) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id)
             VALUES ($1, $2, $2)
             ON CONFLICT DO NOTHING"
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
