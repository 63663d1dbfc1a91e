//! Rows of threads: their names, what is looked for, and the posts that belong to them.

use super::model::{LookUp, State, Unreached};
use crate::base::id::StatusId;
use crate::base::{Millis, Result};
use crate::platform::db::{Conn, Tx};
use crate::{args, sql};

/// The look-up of a thread.
pub async fn find(conn: &mut Conn, conversation: StatusId) -> Result<Option<LookUp>> {
    conn.optional(
        sql!(
            "SELECT conversation_id, token, cause, state, attempts, viewed_at, finished_at, found, unreachable
             FROM thread_lookups
             WHERE conversation_id = $1"
        ),
        args![conversation],
    )
    .await
}

/// The look-up that goes by this token.
pub async fn find_by_token(conn: &mut Conn, token: &str) -> Result<Option<LookUp>> {
    conn.optional(
        sql!(
            "SELECT conversation_id, token, cause, state, attempts, viewed_at, finished_at, found, unreachable
             FROM thread_lookups
             WHERE token = $1"
        ),
        args![token],
    )
    .await
}

/// The look-ups that are due: first what somebody opened, then the longest waiting. On PostgreSQL they are locked until the transaction ends.
pub async fn list_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<LookUp>> {
    let statement = if conn.is_sqlite() {
        sql!(
            "SELECT conversation_id, token, cause, state, attempts, viewed_at, finished_at, found, unreachable
             FROM thread_lookups
             WHERE due_at <= $1
             ORDER BY (cause = 'view') DESC, due_at
             LIMIT $2"
        )
    } else {
        sql!(
            "SELECT conversation_id, token, cause, state, attempts, viewed_at, finished_at, found, unreachable
             FROM thread_lookups
             WHERE due_at <= $1
             ORDER BY (cause = 'view') DESC, due_at
             LIMIT $2
             FOR UPDATE SKIP LOCKED"
        )
    };
    conn.all(statement, args![now, limit]).await
}

/// Whether anything is due.
pub async fn is_due(conn: &mut Conn, now: Millis) -> Result<bool> {
    let row: Option<(StatusId,)> = conn
        .optional(sql!("SELECT conversation_id FROM thread_lookups WHERE due_at <= $1 LIMIT 1"), args![now])
        .await?;
    Ok(row.is_some())
}

/// Adds a look-up for what stands above a reply, if there is none for its thread.
pub async fn insert_above(conn: &mut Conn, conversation: StatusId, token: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO thread_lookups (conversation_id, token, cause, state, due_at)
             VALUES ($1, $2, 'reply', 'waiting', $3)
             ON CONFLICT (conversation_id) DO NOTHING"
        ),
        args![conversation, token, now],
    )
    .await?;
    Ok(())
}

/// Asks for a whole thread; the token stays.
pub async fn upsert_view(conn: &mut Conn, conversation: StatusId, token: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO thread_lookups (conversation_id, token, cause, state, due_at, viewed_at)
             VALUES ($1, $2, 'view', 'waiting', $3, $3)
             ON CONFLICT (conversation_id) DO UPDATE
             SET cause = 'view', state = 'waiting', due_at = $3, viewed_at = $3, attempts = 0, found = '[]',
                 unreachable = '[]'"
        ),
        args![conversation, token, now],
    )
    .await?;
    Ok(())
}

/// Says when to look (again), if whoever is at it does not come back.
pub async fn update_due(conn: &mut Conn, conversation: StatusId, due_at: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE thread_lookups SET due_at = $2 WHERE conversation_id = $1"),
        args![conversation, due_at],
    )
    .await?;
    Ok(())
}

/// What came of looking.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// All that arrived since it was asked for.
    pub found: &'a [StatusId],
    /// Who could not be reached.
    pub unreachable: &'a [Unreached],
    /// There is nothing to come back for.
    pub whole: bool,
    /// When to try those again; none: not by itself.
    pub due_at: Option<Millis>,
    /// When it was done.
    pub at: Millis,
}

/// Writes what came of looking. A view that came meanwhile keeps its turn: `viewed_at` is that of the row when the
/// looking began.
pub async fn update_looked(
    conn: &mut Conn,
    conversation: StatusId,
    viewed_at: Option<Millis>,
    outcome: &Outcome<'_>,
) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE thread_lookups
             SET state = $3, due_at = $4, finished_at = $5, found = $6, unreachable = $7,
                 attempts = CASE WHEN $8 THEN 0 ELSE attempts + 1 END
             WHERE conversation_id = $1 AND COALESCE(viewed_at, 0) <= $2"
        ),
        args![
            conversation,
            viewed_at.unwrap_or_default(),
            if outcome.unreachable.is_empty() { State::Done } else { State::Partial },
            outcome.due_at,
            outcome.at,
            serde_json::to_string(outcome.found)?,
            serde_json::to_string(outcome.unreachable)?,
            outcome.whole,
        ],
    )
    .await?;
    Ok(())
}

/// Forgets what was done before `before` and waits for nothing.
pub async fn delete_done(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM thread_lookups WHERE due_at IS NULL AND finished_at < $1"), args![before])
        .await?;
    Ok(())
}

/// Forgets the look-ups of these threads.
pub async fn delete(conn: &mut Conn, conversations: &[StatusId]) -> Result<()> {
    let delete = sql!("DELETE FROM thread_lookups WHERE conversation_id IN_LIST($1)");
    conn.execute(delete, args![conversations]).await?;
    Ok(())
}

/// The look-up of one of these threads goes on for the thread that they turned out to belong to, if that has none.
pub async fn move_look_up(conn: &mut Conn, from: &[StatusId], to: StatusId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE thread_lookups
             SET conversation_id = $2
             WHERE conversation_id = (SELECT MIN(conversation_id)
                                      FROM thread_lookups
                                      WHERE conversation_id IN_LIST($1))
               AND NOT EXISTS (SELECT 1 FROM thread_lookups t WHERE t.conversation_id = $2)"
        ),
        args![from, to],
    )
    .await?;
    Ok(())
}

/// What threads of other sites are called.
pub async fn list_contexts(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<(StatusId, String)>> {
    conn.all(
        sql!("SELECT conversation_id, uri FROM thread_contexts WHERE conversation_id IN_LIST($1)"),
        args![ids],
    )
    .await
}

/// Notes what a thread is called. Written with the commit, once for all threads of the transaction; for a post that
/// is gone by then not at all.
pub fn put_context(tx: &mut Tx, conversation: StatusId, uri: &str) {
    let statement = if tx.is_sqlite() {
        sql!(
            "INSERT INTO thread_contexts (conversation_id, uri) -- SQLite only
             SELECT s.id, json_extract(n.value, '$[1]')
             FROM json_each($1) n
             JOIN statuses s ON s.id = json_extract(n.value, '$[0]')
             WHERE TRUE
             ON CONFLICT (conversation_id) DO UPDATE
             SET uri = excluded.uri"
        )
    } else {
        sql!(
            "INSERT INTO thread_contexts (conversation_id, uri) -- PostgreSQL only
             SELECT s.id, n.value->>1
             FROM jsonb_array_elements($1::jsonb) n
             JOIN statuses s ON s.id = (n.value->>0)::bigint
             ON CONFLICT (conversation_id) DO UPDATE
             SET uri = excluded.uri"
        )
    };
    tx.gather(statement, serde_json::json!([conversation.0, uri]));
}

/// What one of these threads was called counts for the thread that they turned out to belong to, if that has no name
/// of its own.
pub async fn move_context(conn: &mut Conn, from: &[StatusId], to: StatusId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE thread_contexts
             SET conversation_id = $2
             WHERE conversation_id = (SELECT MIN(conversation_id)
                                      FROM thread_contexts
                                      WHERE conversation_id IN_LIST($1))
               AND EXISTS (SELECT 1 FROM statuses s WHERE s.id = $2)
               AND NOT EXISTS (SELECT 1 FROM thread_contexts t WHERE t.conversation_id = $2)"
        ),
        args![from, to],
    )
    .await?;
    Ok(())
}

/// Forgets what these threads were called.
pub async fn delete_contexts(conn: &mut Conn, conversations: &[StatusId]) -> Result<()> {
    let delete = sql!("DELETE FROM thread_contexts WHERE conversation_id IN_LIST($1)");
    conn.execute(delete, args![conversations]).await?;
    Ok(())
}

/// The threads that these posts and those below them are counted to. Posts that answer one another in a circle are
/// looked at once.
pub async fn list_conversations_below(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "WITH RECURSIVE below (id, conversation_id) AS (
                     SELECT id, conversation_id
                     FROM statuses
                     WHERE id IN_LIST($1)
                     UNION
                     SELECT s.id, s.conversation_id
                     FROM statuses s
                     JOIN below b ON s.in_reply_to_id = b.id
                 )
                 SELECT DISTINCT conversation_id
                 FROM below"
            ),
            args![ids],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Counts these posts and those below them to a thread.
pub async fn update_conversation_below(
    conn: &mut Conn,
    ids: &[StatusId],
    conversation: StatusId,
) -> Result<()> {
    conn.execute(
        sql!(
            "WITH RECURSIVE below (id) AS (
                 SELECT id
                 FROM statuses
                 WHERE id IN_LIST($1)
                 UNION
                 SELECT s.id
                 FROM statuses s
                 JOIN below b ON s.in_reply_to_id = b.id
             )
             UPDATE statuses
             SET conversation_id = $2
             WHERE id IN (SELECT id FROM below) AND conversation_id <> $2"
        ),
        args![ids, conversation],
    )
    .await?;
    Ok(())
}

/// The answers to a post after `after`, by id, at most `limit`.
pub async fn list_replies(
    conn: &mut Conn,
    id: StatusId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT id
                 FROM statuses
                 WHERE in_reply_to_id = $1 AND id > $2
                 ORDER BY id
                 LIMIT $3"
            ),
            args![id, after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The posts of the thread that begins with `root`, it among them, after `after`, by id, at most `limit`.
pub async fn list_thread(
    conn: &mut Conn,
    root: StatusId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "WITH RECURSIVE thread (id) AS (
                     SELECT id
                     FROM statuses
                     WHERE id = $1
                     UNION
                     SELECT s.id
                     FROM statuses s
                     JOIN thread t ON s.in_reply_to_id = t.id
                 )
                 SELECT id
                 FROM thread
                 WHERE id > $2
                 ORDER BY id
                 LIMIT $3"
            ),
            args![root, after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A post of a thread, as far as looking for more needs to know it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Member {
    /// Ours.
    pub id: StatusId,
    /// The ActivityPub id.
    pub uri: String,
    /// Written here.
    pub local: bool,
}

/// The posts of the thread that begins with `root`, those near it first, at most `limit`.
pub async fn list_members(conn: &mut Conn, root: StatusId, limit: i64) -> Result<Vec<Member>> {
    conn.all(
        sql!(
            "WITH RECURSIVE thread (id, depth) AS (
                 SELECT id, CAST(0 AS BIGINT)
                 FROM statuses
                 WHERE id = $1
                 UNION ALL
                 SELECT s.id, t.depth + 1
                 FROM statuses s
                 JOIN thread t ON s.in_reply_to_id = t.id
                 WHERE s.id <> $1
             )
             SELECT s.id, s.uri, s.local
             FROM thread t
             JOIN statuses s ON s.id = t.id
             ORDER BY t.depth, s.id
             LIMIT $2"
        ),
        args![root, limit],
    )
    .await
}
