//! Rows of reposts.

use serde_json::json;

use super::super::model::Visibility;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::{Conn, Tx};
use crate::{args, sql};

/// A repost to write.
#[derive(Clone, Debug)]
pub struct NewReblog<'a> {
    /// Ours.
    pub id: StatusId,
    /// Id of the Announce.
    pub uri: &'a str,
    /// Who reposts.
    pub account_id: AccountId,
    /// The reposter is of this site.
    pub local: bool,
    /// The post.
    pub of: StatusId,
    /// As wide as the post.
    pub visibility: Visibility,
    /// When.
    pub created_at: Millis,
}

/// Adds a repost. `false` if this person reposted the post already.
pub async fn insert_reblog(conn: &mut Conn, reblog: &NewReblog<'_>) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO statuses (id, uri, url, account_id, local, visibility, content, reblog_of_id,
                                       conversation_id, created_at)
                 VALUES ($1, $2, $2, $3, $4, $5, '', $6, $1, $7)
                 ON CONFLICT DO NOTHING"
            ),
            args![
                reblog.id,
                reblog.uri,
                reblog.account_id,
                reblog.local,
                reblog.visibility,
                reblog.of,
                reblog.created_at
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// The repost of `of` by `account`.
pub async fn find_reblog(
    conn: &mut Conn,
    account: AccountId,
    of: StatusId,
) -> Result<Option<(StatusId, String)>> {
    conn.optional(
        sql!(
            "SELECT id, uri
             FROM statuses
             WHERE reblog_of_id = $2 AND account_id = $1"
        ),
        args![account, of],
    )
    .await
}

/// Counts reposts more or less. Written with the commit, once for all reposts of the transaction.
pub fn update_reblogs_count(tx: &mut Tx, id: StatusId, by: i64) {
    let statement = if tx.is_sqlite() {
        sql!(
            "UPDATE statuses -- SQLite only
             SET reblogs_count = MAX(reblogs_count + n.by, 0)
             FROM (SELECT json_extract(value, '$[0]') AS id, SUM(json_extract(value, '$[1]')) AS by
                   FROM json_each($1)
                   GROUP BY 1) AS n
             WHERE statuses.id = n.id"
        )
    } else {
        sql!(
            "UPDATE statuses -- PostgreSQL only
             SET reblogs_count = GREATEST(reblogs_count + n.by, 0)
             FROM (SELECT (value->>0)::bigint AS id, SUM((value->>1)::bigint)::bigint AS by
                   FROM jsonb_array_elements($1::jsonb)
                   GROUP BY 1) AS n
             WHERE statuses.id = n.id"
        )
    };
    tx.gather(statement, json!([id.0, by]));
}

/// Who reposted a post, newest first.
pub async fn list_reblogged_by(conn: &mut Conn, id: StatusId, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM statuses
                 WHERE reblog_of_id = $1
                 ORDER BY id DESC
                 LIMIT $2"
            ),
            args![id, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
