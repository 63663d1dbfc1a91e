//! Rows of the words of people, and asking them.

use super::SPEAKING;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts::Account;
use crate::platform::db::Conn;
use crate::platform::db::words::{Clause, Words, mark};
use crate::{args, sql};

/// Writes the words of an account.
pub async fn upsert(conn: &mut Conn, account: &Account, name_key: &str, body: &str) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO people_documents (account_id, host, name_key, body)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id) DO UPDATE
             SET host = excluded.host, name_key = excluded.name_key, body = excluded.body"
        ),
        args![account.id, account.host, name_key, body],
    )
    .await?;
    Ok(())
}

/// Takes them away.
pub async fn delete(conn: &mut Conn, id: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM people_documents WHERE account_id = $1"), args![id]).await?;
    Ok(())
}

/// The next accounts after `after` that have no words yet.
pub async fn list_without(conn: &mut Conn, after: AccountId, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT a.id
                 FROM accounts a
                 WHERE a.id > $1 AND a.deleted_at IS NULL AND a.kind <> 'application'
                   AND NOT EXISTS (SELECT 1 FROM people_documents p WHERE p.account_id = a.id)
                 ORDER BY a.id
                 LIMIT $2"
            ),
            args![after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whom to list.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Who asks; limited people are shown to those who follow them.
    pub reader: Option<AccountId>,
    /// Only of this site; empty: of ours.
    pub host: Option<&'a str>,
    /// Only whom the reader follows.
    pub followed: bool,
    /// Only who may be suggested.
    pub discoverable: bool,
    /// At most so many.
    pub limit: i64,
    /// After so many.
    pub offset: i64,
}

/// People by name.
pub async fn list(conn: &mut Conn, wanted: &Wanted<'_>) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT p.account_id
                 FROM people_documents p
                 JOIN accounts a ON a.id = p.account_id
                 WHERE a.suspended_at IS NULL AND a.deleted_at IS NULL
                   AND NOT EXISTS (SELECT 1 FROM peers b WHERE b.host = a.host AND b.blocked_at IS NOT NULL)
                   AND ($2 IS NULL OR p.host = $2) AND (NOT $4 OR a.discoverable)
                   AND (a.limited_at IS NULL OR a.id = $1
                        OR EXISTS (SELECT 1 FROM follows f
                                   WHERE f.account_id = $1 AND f.target_id = a.id AND f.accepted))
                   AND (NOT $3 OR EXISTS (SELECT 1 FROM follows f
                                          WHERE f.account_id = $1 AND f.target_id = a.id AND f.accepted))
                 ORDER BY p.name_key, p.account_id
                 LIMIT $5 OFFSET $6"
            ),
            args![
                wanted.reader,
                wanted.host,
                wanted.followed,
                wanted.discoverable,
                wanted.limit,
                wanted.offset
            ],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// People who say in their profile which languages they speak, at most `limit`.
pub async fn list_speaking(conn: &mut Conn, limit: i64) -> Result<Vec<AccountId>> {
    let speaking = Words { all: vec![Clause::Any(vec![mark(SPEAKING, "")])], none: Vec::new() };
    let statement = if conn.is_sqlite() {
        sql!(
            "SELECT rowid -- SQLite only
             FROM people_index
             WHERE people_index MATCH $1
             ORDER BY rowid DESC
             LIMIT $2"
        )
    } else {
        sql!(
            "SELECT account_id -- PostgreSQL only
             FROM people_documents
             WHERE CAST(body AS tsvector) @@ CAST($1 AS tsquery)
             ORDER BY account_id DESC
             LIMIT $2"
        )
    };
    let text = if conn.is_sqlite() { speaking.for_sqlite() } else { speaking.for_postgres() };
    let rows: Vec<(AccountId,)> = conn.all(statement, args![text, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// People of this site (`host` empty) or of all sites (`host` null) who may be suggested: who came last first, or who
/// wrote last.
pub async fn list_directory(
    conn: &mut Conn,
    host: Option<&str>,
    is_new: bool,
    (limit, offset): (i64, i64),
) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT id
                 FROM accounts
                 WHERE id > 0 AND suspended_at IS NULL AND limited_at IS NULL AND deleted_at IS NULL
                   AND NOT EXISTS (SELECT 1 FROM peers p
                                   WHERE p.host = accounts.host AND p.blocked_at IS NOT NULL)
                   AND kind <> 'application' AND discoverable AND ($1 IS NULL OR host = $1)
                 ORDER BY CASE WHEN $2 THEN created_at ELSE COALESCE(last_status_at, 0) END DESC, id DESC
                 LIMIT $3 OFFSET $4"
            ),
            args![host, is_new, limit, offset],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// People with these words: who is called `handle` first, then who is of this site, then by name.
pub async fn find(
    conn: &mut Conn,
    words: &Words,
    handle: &str,
    wanted: &Wanted<'_>,
) -> Result<Vec<AccountId>> {
    let statement = if conn.is_sqlite() {
        sql!(
            "SELECT p.account_id -- SQLite only
             FROM people_index i
             CROSS JOIN people_documents p ON p.account_id = i.rowid
             CROSS JOIN accounts a ON a.id = p.account_id
             WHERE people_index MATCH $7 AND a.suspended_at IS NULL AND a.deleted_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM peers b WHERE b.host = a.host AND b.blocked_at IS NOT NULL)
               AND ($2 IS NULL OR p.host = $2) AND (NOT $4 OR a.discoverable)
               AND (a.limited_at IS NULL OR a.id = $1
                    OR EXISTS (SELECT 1 FROM follows f
                               WHERE f.account_id = $1 AND f.target_id = a.id AND f.accepted))
               AND (NOT $3 OR EXISTS (SELECT 1 FROM follows f
                                      WHERE f.account_id = $1 AND f.target_id = a.id AND f.accepted))
             ORDER BY a.username_key <> $8, p.host <> '', p.name_key, p.account_id
             LIMIT $5 OFFSET $6"
        )
    } else {
        sql!(
            "SELECT p.account_id -- PostgreSQL only
             FROM people_documents p
             JOIN accounts a ON a.id = p.account_id
             WHERE CAST(p.body AS tsvector) @@ CAST($7 AS tsquery) AND a.suspended_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM unnest(CAST($9 AS TEXT[])) AS n (phrase)
                               WHERE POSITION(n.phrase IN p.body) = 0)
               AND a.deleted_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM peers b WHERE b.host = a.host AND b.blocked_at IS NOT NULL)
               AND ($2 IS NULL OR p.host = $2) AND (NOT $4 OR a.discoverable)
               AND (a.limited_at IS NULL OR a.id = $1
                    OR EXISTS (SELECT 1 FROM follows f
                               WHERE f.account_id = $1 AND f.target_id = a.id AND f.accepted))
               AND (NOT $3 OR EXISTS (SELECT 1 FROM follows f
                                      WHERE f.account_id = $1 AND f.target_id = a.id AND f.accepted))
             ORDER BY a.username_key <> $8, p.host <> '', p.name_key, p.account_id
             LIMIT $5 OFFSET $6"
        )
    };
    let mut given = args![
        wanted.reader,
        wanted.host,
        wanted.followed,
        wanted.discoverable,
        wanted.limit,
        wanted.offset,
        if conn.is_sqlite() { words.for_sqlite() } else { words.for_postgres() },
        handle,
    ];
    if !conn.is_sqlite() {
        given.extend(args![words.phrases()]);
    }
    let rows: Vec<(AccountId,)> = conn.all(statement, given).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
