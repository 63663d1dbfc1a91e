//! Which posts stand around reported ones: for all of them at once.

use crate::base::Result;
use crate::base::id::StatusId;
use crate::platform::db::Conn;
use crate::{args, sql};

/// The posts above each of `ids`, at most `depth` steps up: the reported post and the one above it, the first of the
/// thread first.
pub async fn list_above(conn: &mut Conn, ids: &[StatusId], depth: i64) -> Result<Vec<(StatusId, StatusId)>> {
    let rows: Vec<(StatusId, StatusId, i64)> = conn
        .all(
            sql!(
                "WITH RECURSIVE above (root, id, parent, depth) AS (
                     SELECT id, id, in_reply_to_id, CAST(0 AS BIGINT)
                     FROM statuses
                     WHERE id IN_LIST($1)
                     UNION ALL
                     SELECT a.root, s.id, s.in_reply_to_id, a.depth + 1
                     FROM statuses s
                     JOIN above a ON s.id = a.parent
                     WHERE a.depth < $2
                 )
                 SELECT root, id, depth
                 FROM above
                 WHERE depth > 0 AND id <> root
                 ORDER BY root, depth DESC"
            ),
            args![ids, depth],
        )
        .await?;
    Ok(rows.into_iter().map(|(root, id, _)| (root, id)).collect())
}

/// The posts below each of `ids`, at most `depth` steps down and `limit` in all: the reported post and the one below
/// it, by time.
pub async fn list_below(
    conn: &mut Conn,
    ids: &[StatusId],
    depth: i64,
    limit: i64,
) -> Result<Vec<(StatusId, StatusId)>> {
    conn.all(
        sql!(
            "WITH RECURSIVE below (root, id, depth) AS (
                 SELECT in_reply_to_id, id, CAST(1 AS BIGINT)
                 FROM statuses
                 WHERE in_reply_to_id IN_LIST($1)
                 UNION ALL
                 SELECT b.root, s.id, b.depth + 1
                 FROM statuses s
                 JOIN below b ON s.in_reply_to_id = b.id
                 WHERE b.depth < $2
             )
             SELECT root, id
             FROM below
             ORDER BY root, id
             LIMIT $3"
        ),
        args![ids, depth, limit],
    )
    .await
}
