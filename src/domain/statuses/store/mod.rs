//! Rows of posts. Their likes, reposts, details and the homes they stand in have files of their own beside this.

mod bookmarks;
mod details;
mod favourites;
mod homes;
mod pins;
mod polls;
mod reactions;
mod reblogs;
mod titles;

pub use bookmarks::*;
pub use details::*;
pub use favourites::*;
pub use homes::*;
pub use pins::*;
pub use polls::*;
pub use reactions::*;
pub use reblogs::*;
pub use titles::*;

use std::collections::HashMap;

use serde_json::json;

use super::model::{NewStatus, Parent, Status, Visibility};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Millis, Result};
use crate::platform::db::{Conn, Tx};
use crate::{args, sql};

/// The post, or [`Error::NotFound`]. Does not ask who reads.
pub async fn get(conn: &mut Conn, id: StatusId) -> Result<Status> {
    list(conn, &[id]).await?.pop().ok_or(Error::not_found("status"))
}

/// Those posts that exist, in no order. Does not ask who reads.
pub async fn list(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<Status>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    conn.all(
        sql!(
            "SELECT id, uri, url, account_id, local, visibility, content, source, source_type, spoiler_text, sensitive, language,
                    in_reply_to_id, in_reply_to_account_id, in_reply_to_uri, reblog_of_id, conversation_id, app_id,
                    replies_count, reblogs_count, favourites_count, created_at, edited_at, removed_at, extras
             FROM statuses
             WHERE id IN_LIST($1)"
        ),
        args![ids],
    )
    .await
}

/// By ActivityPub id. Does not ask who reads.
pub async fn find_by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Status>> {
    conn.optional(
        sql!(
            "SELECT id, uri, url, account_id, local, visibility, content, source, source_type, spoiler_text, sensitive, language,
                    in_reply_to_id, in_reply_to_account_id, in_reply_to_uri, reblog_of_id, conversation_id, app_id,
                    replies_count, reblogs_count, favourites_count, created_at, edited_at, removed_at, extras
             FROM statuses
             WHERE uri = $1"
        ),
        args![uri],
    )
    .await
}

/// Parents that were looked for ahead, by ActivityPub id.
struct Parents(HashMap<String, Parent>);

/// Reads at once what [`find_parent`] will be asked on this connection. What is not there yet is looked for again
/// when it is asked for: it may come in between.
pub async fn look_ahead_for_parents(conn: &mut Conn, uris: Vec<String>) -> Result<()> {
    let found: Vec<FoundParent> = conn
        .all(
            sql!(
                "SELECT uri, id, account_id, conversation_id, local,
                        EXISTS (SELECT 1 FROM status_policies p WHERE p.status_id = statuses.id) AS restricted
                 FROM statuses
                 WHERE uri IN_LIST($1) AND reblog_of_id IS NULL"
            ),
            args![uris],
        )
        .await?;
    conn.remember(Parents(found.into_iter().map(|it| (it.uri, it.parent)).collect()));
    Ok(())
}

#[derive(sqlx::FromRow)]
struct FoundParent {
    uri: String,
    #[sqlx(flatten)]
    parent: Parent,
}

/// What a post with this ActivityPub id would be as a parent; reposts are none. Does not ask who reads.
pub async fn find_parent(conn: &mut Conn, uri: &str) -> Result<Option<Parent>> {
    if let Some(known) = conn.remembered::<Parents>().and_then(|parents| parents.0.get(uri)) {
        return Ok(Some(*known));
    }
    conn.optional(
        sql!(
            "SELECT id, account_id, conversation_id, local,
                    EXISTS (SELECT 1 FROM status_policies p WHERE p.status_id = statuses.id) AS restricted
             FROM statuses
             WHERE uri = $1 AND reblog_of_id IS NULL"
        ),
        args![uri],
    )
    .await
}

/// The post's id by its page for people, for search.
pub async fn find_id_by_url(conn: &mut Conn, url: &str) -> Result<Option<StatusId>> {
    let row: Option<(StatusId,)> = conn
        .optional(sql!("SELECT id FROM statuses WHERE uri = $1 AND reblog_of_id IS NULL"), args![url])
        .await?;
    Ok(row.map(|(id,)| id))
}

/// What was known of an address before its post was written.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Traces {
    /// It was deleted before it came.
    pub deleted: bool,
    /// Answers to it came first.
    pub answered: bool,
}

/// Adds a post. None if the address is known.
pub async fn insert(conn: &mut Conn, status: &NewStatus) -> Result<Option<Traces>> {
    conn.optional(
            sql!(
                "INSERT INTO statuses (id, uri, url, account_id, local, visibility, content, source, source_type, spoiler_text,
                                       sensitive, language, in_reply_to_id, in_reply_to_account_id,
                                       in_reply_to_uri, conversation_id, app_id, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
                 ON CONFLICT (uri) DO NOTHING
                 RETURNING EXISTS (SELECT 1 FROM tombstones t WHERE t.uri = $2) AS deleted,
                           EXISTS (SELECT 1 FROM statuses s
                                   WHERE s.in_reply_to_uri = $2 AND s.in_reply_to_id IS NULL) AS answered"
            ),
            args![
                status.id,
                status.uri,
                status.url,
                status.account_id,
                status.local,
                status.visibility,
                status.content,
                status.source,
                status.source_type,
                status.spoiler_text,
                status.sensitive,
                status.language,
                status.parent.map(|parent| parent.id),
                status.parent.map(|parent| parent.account_id),
                status.in_reply_to_uri,
                status.parent.map_or(status.id, |parent| parent.conversation_id),
                status.app_id,
                status.created_at,
            ],
    )
    .await
}

/// A reply that came before what it answers.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Orphan {
    pub id: StatusId,
    pub account_id: AccountId,
    pub direct: bool,
}

/// The oldest replies that came before this post learn that it is here now, at most `limit`. Those that had to, the
/// oldest first.
pub async fn adopt_orphans(tx: &mut Tx, parent: &Parent, uri: &str, limit: i64) -> Result<Vec<Orphan>> {
    let mut adopted: Vec<Orphan> = tx
        .all(
            sql!(
                "UPDATE statuses
                 SET in_reply_to_id = $1, in_reply_to_account_id = $2
                 WHERE id IN (SELECT id
                              FROM statuses
                              WHERE in_reply_to_uri = $3 AND in_reply_to_id IS NULL AND id <> $1
                              ORDER BY id
                              LIMIT $4)
                 RETURNING id, account_id, visibility = 'direct' AS direct"
            ),
            args![parent.id, parent.account_id, uri, limit],
        )
        .await?;
    adopted.sort_unstable_by_key(|orphan| orphan.id);
    update_replies_count(tx, parent.id, adopted.len() as i64);
    Ok(adopted)
}

/// Counts replies more or less. Written with the commit, once for all replies of the transaction.
pub fn update_replies_count(tx: &mut Tx, id: StatusId, by: i64) {
    let statement = if tx.is_sqlite() {
        sql!(
            "UPDATE statuses -- SQLite only
             SET replies_count = MAX(replies_count + n.by, 0)
             FROM (SELECT json_extract(value, '$[0]') AS id, SUM(json_extract(value, '$[1]')) AS by
                   FROM json_each($1)
                   GROUP BY 1) AS n
             WHERE statuses.id = n.id"
        )
    } else {
        sql!(
            "UPDATE statuses -- PostgreSQL only
             SET replies_count = GREATEST(replies_count + n.by, 0)
             FROM (SELECT (value->>0)::bigint AS id, SUM((value->>1)::bigint)::bigint AS by
                   FROM jsonb_array_elements($1::jsonb)
                   GROUP BY 1) AS n
             WHERE statuses.id = n.id"
        )
    };
    tx.gather(statement, json!([id.0, by]));
}

/// Writes the words of an edit.
pub async fn update_content(conn: &mut Conn, status: &Status) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE statuses
             SET content = $2, source = $3, spoiler_text = $4, sensitive = $5, language = $6, edited_at = $7
             WHERE id = $1"
        ),
        args![
            status.id,
            status.content,
            status.source,
            status.spoiler_text,
            status.sensitive,
            status.language,
            status.edited_at
        ],
    )
    .await?;
    Ok(())
}

/// Forgets a post with all that hangs on it.
pub async fn delete(conn: &mut Conn, id: StatusId) -> Result<()> {
    conn.execute(sql!("DELETE FROM statuses WHERE id = $1"), args![id]).await?;
    Ok(())
}

/// All posts of an account, oldest first, at most `limit`: for those who left.
pub async fn list_ids_of(conn: &mut Conn, account: AccountId, limit: i64) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT id
                 FROM statuses
                 WHERE account_id = $1
                 ORDER BY id
                 LIMIT $2"
            ),
            args![account, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Remembers that an address is gone; `visibility` is who could read it, if it was ours.
pub async fn insert_tombstone(
    conn: &mut Conn,
    uri: &str,
    visibility: Option<Visibility>,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO tombstones (uri, deleted_at, visibility)
             VALUES ($1, $2, $3)
             ON CONFLICT (uri) DO NOTHING"
        ),
        args![uri, now, visibility.map(|it| it.to_string())],
    )
    .await?;
    Ok(())
}

/// Addresses of other sites that are gone since before `before`, at most `limit`.
pub async fn list_old_tombstones(conn: &mut Conn, before: Millis, limit: i64) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!("SELECT uri FROM tombstones WHERE visibility IS NULL AND deleted_at < $1 LIMIT $2"),
            args![before, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(uri,)| uri).collect())
}

/// Forgets that these are gone.
pub async fn delete_tombstones(conn: &mut Conn, uris: Vec<String>) -> Result<()> {
    conn.execute(sql!("DELETE FROM tombstones WHERE uri IN_LIST($1)"), args![uris]).await?;
    Ok(())
}

/// When a post of ours was deleted, and who could read it before; if it was.
pub async fn find_own_tombstone(conn: &mut Conn, uri: &str) -> Result<Option<(Millis, Visibility)>> {
    let row: Option<(Millis, String)> = conn
        .optional(
            sql!(
                "SELECT deleted_at, visibility
                 FROM tombstones
                 WHERE uri = $1 AND visibility IS NOT NULL"
            ),
            args![uri],
        )
        .await?;
    Ok(row.and_then(|(at, visibility)| Some((at, Visibility::try_from(visibility).ok()?))))
}

/// When an address was deleted, if it was.
pub async fn find_tombstone(conn: &mut Conn, uri: &str) -> Result<Option<Millis>> {
    let row: Option<(Millis,)> =
        conn.optional(sql!("SELECT deleted_at FROM tombstones WHERE uri = $1"), args![uri]).await?;
    Ok(row.map(|(at,)| at))
}

/// Our moderators remove (or bring back) a post. `false` if that was so already.
pub async fn update_removed(conn: &mut Conn, id: StatusId, at: Option<Millis>) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE statuses
                 SET removed_at = $2
                 WHERE id = $1 AND (removed_at IS NULL) <> ($2 IS NULL)"
            ),
            args![id, at],
        )
        .await?;
    Ok(touched == 1)
}

/// The posts above `id`, the first of the thread first, at most `limit`.
pub async fn list_ancestors(conn: &mut Conn, id: StatusId, limit: i64) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId, i64)> = conn
        .all(
            sql!(
                "WITH RECURSIVE above (id, parent, depth) AS (
                     SELECT id, in_reply_to_id, CAST(0 AS BIGINT)
                     FROM statuses
                     WHERE id = $1
                     UNION ALL
                     SELECT s.id, s.in_reply_to_id, a.depth + 1
                     FROM statuses s
                     JOIN above a ON s.id = a.parent
                     WHERE a.depth < $2
                 )
                 -- Posts of other sites may answer one another in a circle.
                 SELECT id, MIN(depth)
                 FROM above
                 WHERE depth > 0 AND id <> $1
                 GROUP BY id
                 ORDER BY MIN(depth) DESC"
            ),
            args![id, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id, _)| id).collect())
}

/// The posts below `id` with what each answers, those near the top first, at most `limit`. Stops there, however many
/// there are.
pub async fn list_descendants(
    conn: &mut Conn,
    id: StatusId,
    limit: i64,
) -> Result<Vec<(StatusId, StatusId)>> {
    conn.all(
        sql!(
            "WITH RECURSIVE below (id, parent, depth) AS (
                 SELECT id, in_reply_to_id, CAST(1 AS BIGINT)
                 FROM statuses
                 WHERE in_reply_to_id = $1
                 UNION ALL
                 SELECT s.id, s.in_reply_to_id, b.depth + 1
                 FROM statuses s
                 JOIN below b ON s.in_reply_to_id = b.id
                 WHERE b.depth < $2 AND s.id <> $1
             )
             SELECT id, parent
             FROM (SELECT id, parent, depth FROM below LIMIT $2) AS found
             ORDER BY depth, id"
        ),
        args![id, limit],
    )
    .await
}
