//! Which posts stand in whose home, and at which place: the number of the post, or a later one if it was found before its
//! site sent it.

use serde_json::json;

use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::platform::db::{Conn, Sql, Tx};
use crate::{args, sql};

/// Puts a post into the homes of the author's followers here: of all; for a reply to somebody else, of those who
/// follow that person too; for a direct post, of those mentioned. Not of those who read the author apart, or not in
/// this language. `place` is the post's own number, or a fresh one
/// for what was found before it was sent. Written with the commit, once for all posts of the transaction.
pub fn insert_home_entries(
    tx: &mut Tx,
    (status, place): (StatusId, StatusId),
    author: AccountId,
    to: Option<AccountId>,
    direct: bool,
) {
    let statement = of_posts(tx);
    tx.gather(statement, json!([status.0, place.0, author.0, to.map(|to| to.0), i64::from(direct)]));
}

/// Whether a post is missing from a home that it belongs into, as [`insert_home_entries`] says.
pub async fn is_missing_from_homes(
    conn: &mut Conn,
    status: StatusId,
    author: AccountId,
    to: Option<AccountId>,
    direct: bool,
) -> Result<bool> {
    let row: Option<(AccountId,)> = conn
        .optional(
            sql!(
                "SELECT f.account_id
                 FROM follows f
                 JOIN users u ON u.account_id = f.account_id
                 WHERE f.target_id = $1 AND f.accepted
                   AND (f.target_id = $2 OR f.account_id = $2
                        OR EXISTS (SELECT 1 FROM follows p
                                   WHERE p.account_id = f.account_id AND p.target_id = $2 AND p.accepted))
                   AND NOT EXISTS (SELECT 1 FROM home_entries h
                                   WHERE h.status_id = $3 AND h.account_id = f.account_id)
                   AND (NOT $4 OR EXISTS (SELECT 1 FROM mentions m
                                          WHERE m.status_id = $3 AND m.account_id = f.account_id))
                 LIMIT 1"
            ),
            args![author, to.unwrap_or(author), status, direct],
        )
        .await?;
    Ok(row.is_some())
}

fn of_posts(conn: &Conn) -> Sql {
    if conn.is_sqlite() {
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id) -- SQLite only
             SELECT f.account_id, n.position, n.status
             FROM (SELECT json_extract(value, '$[0]') AS status, json_extract(value, '$[1]') AS position,
                          json_extract(value, '$[2]') AS author, json_extract(value, '$[3]') AS answered,
                          json_extract(value, '$[4]') AS direct
                   FROM json_each($1)) AS n
             CROSS JOIN statuses s ON s.id = n.status
             CROSS JOIN follows f ON f.target_id = n.author
             CROSS JOIN users u ON u.account_id = f.account_id
             WHERE f.accepted
               AND (n.answered IS NULL OR n.answered = n.author OR n.answered = f.account_id
                    OR EXISTS (SELECT 1 FROM follows p
                               WHERE p.account_id = f.account_id AND p.target_id = n.answered AND p.accepted))
               AND (n.direct = 0 OR EXISTS (SELECT 1 FROM mentions m
                                            WHERE m.status_id = n.status AND m.account_id = f.account_id))
               AND NOT EXISTS (SELECT 1
                               FROM list_members m
                               JOIN lists l ON l.id = m.list_id
                               WHERE m.account_id = n.author AND m.owner_id = f.account_id
                                 AND l.exclusive AND l.deleted_at IS NULL)
               AND (f.languages IS NULL OR s.language IS NULL OR f.languages LIKE '%\"' || s.language || '\"%')
             ON CONFLICT DO NOTHING"
        )
    } else {
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id) -- PostgreSQL only
             SELECT f.account_id, n.position, n.status
             FROM (SELECT (value->>0)::bigint AS status, (value->>1)::bigint AS position,
                          (value->>2)::bigint AS author, (value->>3)::bigint AS answered,
                          (value->>4)::bigint AS direct
                   FROM jsonb_array_elements($1::jsonb)) AS n
             JOIN statuses s ON s.id = n.status
             JOIN follows f ON f.target_id = n.author
             JOIN users u ON u.account_id = f.account_id
             WHERE f.accepted
               AND (n.answered IS NULL OR n.answered = n.author OR n.answered = f.account_id
                    OR EXISTS (SELECT 1 FROM follows p
                               WHERE p.account_id = f.account_id AND p.target_id = n.answered AND p.accepted))
               AND (n.direct = 0 OR EXISTS (SELECT 1 FROM mentions m
                                            WHERE m.status_id = n.status AND m.account_id = f.account_id))
               AND NOT EXISTS (SELECT 1
                               FROM list_members m
                               JOIN lists l ON l.id = m.list_id
                               WHERE m.account_id = n.author AND m.owner_id = f.account_id
                                 AND l.exclusive AND l.deleted_at IS NULL)
               AND (f.languages IS NULL OR s.language IS NULL OR f.languages LIKE '%\"' || s.language || '\"%')
             ON CONFLICT DO NOTHING"
        )
    }
}

/// Puts a repost into the homes of the reposter's followers here who want reposts and have not the post itself; with
/// the commit, after all posts of the transaction.
pub fn insert_home_entries_of_reblog(tx: &mut Tx, reblog: StatusId, by: AccountId, of: StatusId) {
    let statement = if tx.is_sqlite() {
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id) -- SQLite only
             SELECT f.account_id, s.id, s.id
             FROM (SELECT json_extract(value, '$[0]') AS reblog, json_extract(value, '$[1]') AS author,
                          json_extract(value, '$[2]') AS post
                   FROM json_each($1)) AS n
             CROSS JOIN statuses s ON s.id = n.reblog
             CROSS JOIN statuses o ON o.id = n.post
             CROSS JOIN follows f ON f.target_id = n.author
             CROSS JOIN users u ON u.account_id = f.account_id
             WHERE f.accepted AND f.show_reblogs
               AND NOT EXISTS (SELECT 1 FROM home_entries h
                               WHERE h.status_id = n.post AND h.account_id = f.account_id)
               AND NOT EXISTS (SELECT 1
                               FROM list_members m
                               JOIN lists l ON l.id = m.list_id
                               WHERE m.account_id = n.author AND m.owner_id = f.account_id
                                 AND l.exclusive AND l.deleted_at IS NULL)
               AND (f.languages IS NULL OR o.language IS NULL OR f.languages LIKE '%\"' || o.language || '\"%')
             ON CONFLICT DO NOTHING"
        )
    } else {
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id) -- PostgreSQL only
             SELECT f.account_id, s.id, s.id
             FROM (SELECT (value->>0)::bigint AS reblog, (value->>1)::bigint AS author,
                          (value->>2)::bigint AS post
                   FROM jsonb_array_elements($1::jsonb)) AS n
             JOIN statuses s ON s.id = n.reblog
             JOIN statuses o ON o.id = n.post
             JOIN follows f ON f.target_id = n.author
             JOIN users u ON u.account_id = f.account_id
             WHERE f.accepted AND f.show_reblogs
               AND NOT EXISTS (SELECT 1 FROM home_entries h
                               WHERE h.status_id = n.post AND h.account_id = f.account_id)
               AND NOT EXISTS (SELECT 1
                               FROM list_members m
                               JOIN lists l ON l.id = m.list_id
                               WHERE m.account_id = n.author AND m.owner_id = f.account_id
                                 AND l.exclusive AND l.deleted_at IS NULL)
               AND (f.languages IS NULL OR o.language IS NULL OR f.languages LIKE '%\"' || o.language || '\"%')
             ON CONFLICT DO NOTHING"
        )
    };
    let posts = of_posts(tx);
    tx.gather_after(posts, statement, json!([reblog.0, by.0, of.0]));
}

/// Puts a post that everybody here may read into the homes of those who follow one of its tags; after all posts of the
/// transaction were put where their authors are followed. What is written by somebody limited comes into no home so.
pub fn insert_home_entries_of_tags(tx: &mut Tx, status: StatusId, place: StatusId) {
    let statement = if tx.is_sqlite() {
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id) -- SQLite only
             SELECT t.account_id, n.position, n.status
             FROM (SELECT json_extract(value, '$[0]') AS status, json_extract(value, '$[1]') AS position
                   FROM json_each($1)) AS n
             CROSS JOIN status_tags st ON st.status_id = n.status
             CROSS JOIN followed_tags t ON t.name = st.name
             CROSS JOIN statuses s ON s.id = n.status
             CROSS JOIN accounts a ON a.id = s.account_id
             WHERE s.visibility IN ('public', 'organisation', 'site') AND a.limited_at IS NULL
             ON CONFLICT DO NOTHING"
        )
    } else {
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id) -- PostgreSQL only
             SELECT t.account_id, n.position, n.status
             FROM (SELECT (value->>0)::bigint AS status, (value->>1)::bigint AS position
                   FROM jsonb_array_elements($1::jsonb)) AS n
             JOIN status_tags st ON st.status_id = n.status
             JOIN followed_tags t ON t.name = st.name
             JOIN statuses s ON s.id = n.status
             JOIN accounts a ON a.id = s.account_id
             WHERE s.visibility IN ('public', 'organisation', 'site') AND a.limited_at IS NULL
             ON CONFLICT DO NOTHING"
        )
    };
    let posts = of_posts(tx);
    tx.gather_after(posts, statement, json!([status.0, place.0]));
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
