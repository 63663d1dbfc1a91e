//! Rows of what is found: the words of posts, and asking them.

use serde_json::json;

use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::statuses::Status;
use crate::platform::db::Conn;
use crate::platform::db::words::Words;
use crate::{args, sql};

/// How many of the newest posts PostgreSQL looks through before it asks its index: what stands in many posts is found
/// at once, and what does not is cheap to ask the index for.
const NEWEST: i64 = 1_000;
/// How many it looks through where there is no word to ask the index for.
const NEWEST_WITHOUT_WORD: i64 = 20_000;

/// Writes the words of posts that are still there, all in one statement.
pub async fn upsert(conn: &mut Conn, rows: Vec<(StatusId, String)>) -> Result<()> {
    let rows: Vec<_> = rows.into_iter().map(|(id, body)| json!([id.0, body])).collect();
    let statement = if conn.is_sqlite() {
        sql!(
            "INSERT INTO search_documents (status_id, body) -- SQLite only
             SELECT s.id, json_extract(n.value, '$[1]')
             FROM json_each($1) n
             CROSS JOIN statuses s ON s.id = json_extract(n.value, '$[0]')
             WHERE TRUE
             ON CONFLICT (status_id) DO UPDATE SET body = excluded.body"
        )
    } else {
        sql!(
            "INSERT INTO search_documents (status_id, body) -- PostgreSQL only
             SELECT s.id, n.value->>1
             FROM jsonb_array_elements(CAST($1 AS jsonb)) AS n
             JOIN statuses s ON s.id = CAST(n.value->>0 AS BIGINT)
             ON CONFLICT (status_id) DO UPDATE SET body = excluded.body"
        )
    };
    conn.execute(statement, args![serde_json::Value::Array(rows).to_string()]).await?;
    Ok(())
}

/// Posts older than `before` that are no reposts, newest first: for the filling of what was there before.
pub async fn list_older(conn: &mut Conn, before: StatusId, limit: i64) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT id
                 FROM statuses
                 WHERE id < $1
                 ORDER BY id DESC
                 LIMIT $2"
            ),
            args![before, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Where people live; empty: here.
pub async fn list_hosts(conn: &mut Conn, ids: &[AccountId]) -> Result<Vec<(AccountId, String)>> {
    conn.all(sql!("SELECT id, host FROM accounts WHERE id IN_LIST($1)"), args![ids]).await
}

/// Which of the posts quote another.
pub async fn list_quoting_among(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> =
        conn.all(sql!("SELECT status_id FROM status_quotes WHERE status_id IN_LIST($1)"), args![ids]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Numbers of posts, `from` included, `to` not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: StatusId,
    pub to: StatusId,
}

/// The next posts with these words, newest first, whoever may read them.
pub async fn list_with(conn: &mut Conn, words: &Words, range: Range, limit: i64) -> Result<Vec<StatusId>> {
    if conn.is_sqlite() {
        let statement = sql!(
            "SELECT rowid -- SQLite only
             FROM search_index
             WHERE search_index MATCH $1 AND rowid < $2 AND rowid >= $3
             ORDER BY rowid DESC
             LIMIT $4"
        );
        return ids(conn.all(statement, args![words.for_sqlite(), range.to, range.from, limit]).await?);
    }
    let newest = if words.all.is_empty() { NEWEST_WITHOUT_WORD } else { NEWEST };
    let found = list_with_among_newest(conn, words, range, (limit, newest)).await?;
    if found.len() as i64 >= limit || words.all.is_empty() {
        return Ok(found);
    }
    let statement = sql!(
        "WITH found AS MATERIALIZED (
             SELECT status_id -- PostgreSQL only
             FROM search_documents
             WHERE CAST(body AS tsvector) @@ CAST($1 AS tsquery)
               AND NOT EXISTS (SELECT 1 FROM unnest(CAST($5 AS TEXT[])) AS n (phrase)
                               WHERE POSITION(n.phrase IN body) = 0)
               AND NOT EXISTS (SELECT 1 FROM unnest(CAST($6 AS TEXT[])) AS n (phrase)
                               WHERE POSITION(n.phrase IN body) > 0)
         )
         SELECT status_id
         FROM found
         WHERE status_id < $2 AND status_id >= $3
         ORDER BY status_id DESC
         LIMIT $4"
    );
    let given = args![words.for_postgres(), range.to, range.from, limit, words.phrases(), words.no_phrases()];
    ids(conn.all(statement, given).await?)
}

async fn list_with_among_newest(
    conn: &mut Conn,
    words: &Words,
    range: Range,
    (limit, newest): (i64, i64),
) -> Result<Vec<StatusId>> {
    let statement = sql!(
        "SELECT d.status_id -- PostgreSQL only
         FROM (SELECT status_id, body
               FROM search_documents
               WHERE status_id < $2 AND status_id >= $3
               ORDER BY status_id DESC
               LIMIT $7) AS d
         WHERE CAST(d.body AS tsvector) @@ CAST($1 AS tsquery)
           AND NOT EXISTS (SELECT 1 FROM unnest(CAST($5 AS TEXT[])) AS n (phrase)
                           WHERE POSITION(n.phrase IN d.body) = 0)
           AND NOT EXISTS (SELECT 1 FROM unnest(CAST($6 AS TEXT[])) AS n (phrase)
                           WHERE POSITION(n.phrase IN d.body) > 0)
         ORDER BY d.status_id DESC
         LIMIT $4"
    );
    let given =
        args![words.for_postgres(), range.to, range.from, limit, words.phrases(), words.no_phrases(), newest];
    ids(conn.all(statement, given).await?)
}

/// The next posts that somebody likes, with their words, newest post first.
pub async fn list_favourites(
    conn: &mut Conn,
    account: AccountId,
    range: Range,
    limit: i64,
) -> Result<Vec<(StatusId, String)>> {
    conn.all(
        sql!(
            "SELECT d.status_id, d.body
             FROM favourites f
             JOIN search_documents d ON d.status_id = f.status_id
             WHERE f.account_id = $1 AND f.status_id < $2 AND f.status_id >= $3
             ORDER BY f.status_id DESC
             LIMIT $4"
        ),
        args![account, range.to, range.from, limit],
    )
    .await
}

/// The next posts that somebody keeps, with their words, newest post first.
pub async fn list_bookmarks(
    conn: &mut Conn,
    account: AccountId,
    range: Range,
    limit: i64,
) -> Result<Vec<(StatusId, String)>> {
    conn.all(
        sql!(
            "SELECT d.status_id, d.body
             FROM bookmarks b
             JOIN search_documents d ON d.status_id = b.status_id
             WHERE b.account_id = $1 AND b.status_id < $2 AND b.status_id >= $3
             ORDER BY b.status_id DESC
             LIMIT $4"
        ),
        args![account, range.to, range.from, limit],
    )
    .await
}

/// What a post must be beside having the words.
#[derive(Clone, Copy, Debug)]
pub struct Fitting {
    /// Written at this time or later.
    pub from: Millis,
    /// Written before.
    pub to: Millis,
    /// Not written in this time.
    pub except: Option<(Millis, Millis)>,
    /// For the whole organisation.
    pub wide: bool,
    /// Also of those whom the reader muted.
    pub muted: bool,
}

/// Those of the posts that `reader` can find at `now`, newest first. Narrower than what may be read; that is decided
/// elsewhere.
///
/// Found are own posts; of others, what is for everybody here, what is for followers if the reader follows, and what names
/// the reader. Of those who do not want to be found, only what names the reader; nothing of those whom our
/// moderators limited, but for their followers; nothing of the muted.
pub async fn list_findable(
    conn: &mut Conn,
    reader: AccountId,
    among: &[StatusId],
    fitting: Fitting,
    now: Millis,
) -> Result<Vec<Status>> {
    let (except_from, except_to) = fitting.except.unwrap_or((Millis(i64::MAX), Millis(i64::MAX)));
    conn.all(
        sql!(
            "SELECT s.id, s.uri, s.url, s.account_id, s.local, s.visibility, s.content, s.source, s.source_type,
                    s.spoiler_text, s.sensitive, s.language, s.in_reply_to_id, s.in_reply_to_account_id,
                    s.in_reply_to_uri, s.reblog_of_id, s.conversation_id, s.app_id, s.replies_count,
                    s.reblogs_count, s.favourites_count, s.created_at, s.edited_at, s.removed_at, s.extras
             FROM statuses s
             JOIN accounts a ON a.id = s.account_id
             WHERE s.id IN_LIST($2) AND s.removed_at IS NULL AND s.reblog_of_id IS NULL
               AND s.created_at >= $3 AND s.created_at < $4
               AND (s.created_at < $8 OR s.created_at >= $9)
               AND (NOT $5 OR s.visibility IN ('public', 'unlisted', 'organisation'))
               AND a.suspended_at IS NULL AND a.deleted_at IS NULL
               AND (s.account_id = $1
                    OR ((a.limited_at IS NULL
                         OR EXISTS (SELECT 1 FROM follows f
                                    WHERE f.account_id = $1 AND f.target_id = a.id AND f.accepted))
                        AND (EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = $1)
                             OR (a.indexable
                                 AND (s.visibility IN ('public', 'unlisted', 'organisation', 'site')
                                      OR (s.visibility = 'private'
                                          AND EXISTS (SELECT 1 FROM follows f
                                                      WHERE f.account_id = $1 AND f.target_id = a.id
                                                        AND f.accepted)))))
                        AND ($6 OR NOT EXISTS (SELECT 1 FROM mutes u
                                               WHERE u.account_id = $1 AND u.target_id = a.id
                                                 AND (u.expires_at IS NULL OR u.expires_at > $7)))))
             ORDER BY s.id DESC"
        ),
        args![reader, among, fitting.from, fitting.to, fitting.wide, fitting.muted, now, except_from, except_to],
    )
    .await
}

/// Everybody with this name in the handle, with the site, those of this site first.
pub async fn list_by_username(conn: &mut Conn, username: &str) -> Result<Vec<(AccountId, String)>> {
    conn.all(
        sql!(
            "SELECT id, host
             FROM accounts
             WHERE username_key = $1 AND id > 0 AND deleted_at IS NULL
             ORDER BY host, id
             LIMIT 50"
        ),
        args![username],
    )
    .await
}

/// Whether somebody who is known here lives there.
pub async fn is_known_host(conn: &mut Conn, host: &str) -> Result<bool> {
    let row: Option<(AccountId,)> = conn
        .optional(sql!("SELECT id FROM accounts WHERE host = $1 AND host <> '' LIMIT 1"), args![host])
        .await?;
    Ok(row.is_some())
}

#[expect(clippy::unnecessary_wraps, reason = "the last word of each question")]
fn ids(rows: Vec<(StatusId,)>) -> Result<Vec<StatusId>> {
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
