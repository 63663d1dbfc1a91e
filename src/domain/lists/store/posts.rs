//! Which posts stand in a list.
//!
//! A list has no rows of its own for its posts: the newest of each member are merged, of which the index gives the
//! next one at a time. Five hundred members cost five hundred looks into the index, however much they wrote.

use super::super::model::List;
use crate::base::Result;
use crate::base::id::StatusId;
use crate::base::page::Page;
use crate::platform::db::{Conn, Sql};
use crate::{args, sql};

/// The posts and reposts of a list's members, newest first: those that the owner wants of each, with the replies that
/// the list holds.
pub async fn list_posts(conn: &mut Conn, list: &List, page: Page) -> Result<Vec<StatusId>> {
    let statement = match (conn.is_sqlite(), page.upwards()) {
        (true, false) => downwards_on_sqlite(),
        (true, true) => upwards_on_sqlite(),
        (false, false) => downwards_on_postgres(),
        (false, true) => upwards_on_postgres(),
    };
    let rows: Vec<(StatusId,)> = conn
        .all(statement, args![list.id, page.upper(), page.lower(), page.limit, list.replies, list.account_id])
        .await?;
    let mut ids: Vec<StatusId> = rows.into_iter().map(|(id,)| id).collect();
    if page.upwards() {
        ids.reverse();
    }
    Ok(ids)
}

/// A recursion whose queue is sorted: it takes the newest post, and puts the next one of its author into its place.
fn downwards_on_sqlite() -> Sql {
    sql!(
        "WITH RECURSIVE members (account_id, reblogs, languages) AS ( -- SQLite only
             SELECT m.account_id, f.show_reblogs AS reblogs, f.languages
             FROM list_members m
             JOIN follows f ON f.account_id = m.owner_id AND f.target_id = m.account_id
             WHERE m.list_id = $1 AND f.accepted
         ),
         merged (id, account_id, reblogs, languages) AS (
             SELECT (SELECT s.id
                     FROM statuses s
                     WHERE s.account_id = m.account_id AND s.id < $2 AND s.id > $3
                       AND s.visibility <> 'direct' AND (m.reblogs OR s.reblog_of_id IS NULL)
                       AND (m.languages IS NULL OR s.language IS NULL
                            OR m.languages LIKE '%\"' || s.language || '\"%')
                       AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                            OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                            OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                            WHERE p.account_id = $6 AND p.accepted
                                                              AND p.target_id = s.in_reply_to_account_id))
                            OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                        WHERE o.list_id = $1
                                                          AND o.account_id = s.in_reply_to_account_id)))
                     ORDER BY s.id DESC
                     LIMIT 1),
                    m.account_id, m.reblogs, m.languages
             FROM members m
             UNION ALL
             SELECT (SELECT s.id
                     FROM statuses s
                     WHERE s.account_id = p.account_id AND s.id < p.id AND s.id > $3
                       AND s.visibility <> 'direct' AND (p.reblogs OR s.reblog_of_id IS NULL)
                       AND (p.languages IS NULL OR s.language IS NULL
                            OR p.languages LIKE '%\"' || s.language || '\"%')
                       AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                            OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                            OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                            WHERE p.account_id = $6 AND p.accepted
                                                              AND p.target_id = s.in_reply_to_account_id))
                            OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                        WHERE o.list_id = $1
                                                          AND o.account_id = s.in_reply_to_account_id)))
                     ORDER BY s.id DESC
                     LIMIT 1),
                    p.account_id, p.reblogs, p.languages
             FROM merged p
             WHERE p.id IS NOT NULL
             ORDER BY 1 DESC NULLS LAST
             LIMIT $4
         )
         SELECT id
         FROM merged
         WHERE id IS NOT NULL
         ORDER BY id DESC"
    )
}

/// The same from the oldest on.
fn upwards_on_sqlite() -> Sql {
    sql!(
        "WITH RECURSIVE members (account_id, reblogs, languages) AS ( -- SQLite only
             SELECT m.account_id, f.show_reblogs AS reblogs, f.languages
             FROM list_members m
             JOIN follows f ON f.account_id = m.owner_id AND f.target_id = m.account_id
             WHERE m.list_id = $1 AND f.accepted
         ),
         merged (id, account_id, reblogs, languages) AS (
             SELECT (SELECT s.id
                     FROM statuses s
                     WHERE s.account_id = m.account_id AND s.id < $2 AND s.id > $3
                       AND s.visibility <> 'direct' AND (m.reblogs OR s.reblog_of_id IS NULL)
                       AND (m.languages IS NULL OR s.language IS NULL
                            OR m.languages LIKE '%\"' || s.language || '\"%')
                       AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                            OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                            OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                            WHERE p.account_id = $6 AND p.accepted
                                                              AND p.target_id = s.in_reply_to_account_id))
                            OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                        WHERE o.list_id = $1
                                                          AND o.account_id = s.in_reply_to_account_id)))
                     ORDER BY s.id ASC
                     LIMIT 1),
                    m.account_id, m.reblogs, m.languages
             FROM members m
             UNION ALL
             SELECT (SELECT s.id
                     FROM statuses s
                     WHERE s.account_id = p.account_id AND s.id < $2 AND s.id > p.id
                       AND s.visibility <> 'direct' AND (p.reblogs OR s.reblog_of_id IS NULL)
                       AND (p.languages IS NULL OR s.language IS NULL
                            OR p.languages LIKE '%\"' || s.language || '\"%')
                       AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                            OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                            OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                            WHERE p.account_id = $6 AND p.accepted
                                                              AND p.target_id = s.in_reply_to_account_id))
                            OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                        WHERE o.list_id = $1
                                                          AND o.account_id = s.in_reply_to_account_id)))
                     ORDER BY s.id ASC
                     LIMIT 1),
                    p.account_id, p.reblogs, p.languages
             FROM merged p
             WHERE p.id IS NOT NULL
             ORDER BY 1 ASC NULLS LAST
             LIMIT $4
         )
         SELECT id
         FROM merged
         WHERE id IS NOT NULL
         ORDER BY id ASC"
    )
}

/// Only those can stand on the page whose newest post is among the newest.
fn downwards_on_postgres() -> Sql {
    sql!(
        "WITH members AS ( -- PostgreSQL only
             SELECT m.account_id, f.show_reblogs AS reblogs, f.languages
             FROM list_members m
             JOIN follows f ON f.account_id = m.owner_id AND f.target_id = m.account_id
             WHERE m.list_id = $1 AND f.accepted
         ),
         heads AS (
             SELECT m.account_id, m.reblogs, m.languages
             FROM members m
             CROSS JOIN LATERAL (SELECT s.id
                                 FROM statuses s
                                 WHERE s.account_id = m.account_id AND s.id < $2 AND s.id > $3
                                   AND s.visibility <> 'direct' AND (m.reblogs OR s.reblog_of_id IS NULL)
                                   AND (m.languages IS NULL OR s.language IS NULL
                                        OR m.languages LIKE '%\"' || s.language || '\"%')
                                   AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                                        OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                                        OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                                        WHERE p.account_id = $6 AND p.accepted
                                                                          AND p.target_id = s.in_reply_to_account_id))
                                        OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                                    WHERE o.list_id = $1
                                                                      AND o.account_id = s.in_reply_to_account_id)))
                                 ORDER BY s.id DESC
                                 LIMIT 1) head
             ORDER BY head.id DESC
             LIMIT $4
         )
         SELECT found.id
         FROM heads h
         CROSS JOIN LATERAL (SELECT s.id
                             FROM statuses s
                             WHERE s.account_id = h.account_id AND s.id < $2 AND s.id > $3
                               AND s.visibility <> 'direct' AND (h.reblogs OR s.reblog_of_id IS NULL)
                               AND (h.languages IS NULL OR s.language IS NULL
                                    OR h.languages LIKE '%\"' || s.language || '\"%')
                               AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                                    OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                                    OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                                    WHERE p.account_id = $6 AND p.accepted
                                                                      AND p.target_id = s.in_reply_to_account_id))
                                    OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                                WHERE o.list_id = $1
                                                                  AND o.account_id = s.in_reply_to_account_id)))
                             ORDER BY s.id DESC
                             LIMIT $4) found
         ORDER BY found.id DESC
         LIMIT $4"
    )
}

/// The same from the oldest on.
fn upwards_on_postgres() -> Sql {
    sql!(
        "WITH members AS ( -- PostgreSQL only
             SELECT m.account_id, f.show_reblogs AS reblogs, f.languages
             FROM list_members m
             JOIN follows f ON f.account_id = m.owner_id AND f.target_id = m.account_id
             WHERE m.list_id = $1 AND f.accepted
         ),
         heads AS (
             SELECT m.account_id, m.reblogs, m.languages
             FROM members m
             CROSS JOIN LATERAL (SELECT s.id
                                 FROM statuses s
                                 WHERE s.account_id = m.account_id AND s.id < $2 AND s.id > $3
                                   AND s.visibility <> 'direct' AND (m.reblogs OR s.reblog_of_id IS NULL)
                                   AND (m.languages IS NULL OR s.language IS NULL
                                        OR m.languages LIKE '%\"' || s.language || '\"%')
                                   AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                                        OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                                        OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                                        WHERE p.account_id = $6 AND p.accepted
                                                                          AND p.target_id = s.in_reply_to_account_id))
                                        OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                                    WHERE o.list_id = $1
                                                                      AND o.account_id = s.in_reply_to_account_id)))
                                 ORDER BY s.id ASC
                                 LIMIT 1) head
             ORDER BY head.id ASC
             LIMIT $4
         )
         SELECT found.id
         FROM heads h
         CROSS JOIN LATERAL (SELECT s.id
                             FROM statuses s
                             WHERE s.account_id = h.account_id AND s.id < $2 AND s.id > $3
                               AND s.visibility <> 'direct' AND (h.reblogs OR s.reblog_of_id IS NULL)
                               AND (h.languages IS NULL OR s.language IS NULL
                                    OR h.languages LIKE '%\"' || s.language || '\"%')
                               AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = s.account_id
                                    OR ($5 <> 'none' AND s.in_reply_to_account_id = $6)
                                    OR ($5 = 'followed' AND EXISTS (SELECT 1 FROM follows p
                                                                    WHERE p.account_id = $6 AND p.accepted
                                                                      AND p.target_id = s.in_reply_to_account_id))
                                    OR ($5 = 'list' AND EXISTS (SELECT 1 FROM list_members o
                                                                WHERE o.list_id = $1
                                                                  AND o.account_id = s.in_reply_to_account_id)))
                             ORDER BY s.id ASC
                             LIMIT $4) found
         ORDER BY found.id ASC
         LIMIT $4"
    )
}
