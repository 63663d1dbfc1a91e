//! Rows of followed tags.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// A tag that somebody follows.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FollowedTag {
    /// Key, in lower case.
    pub name: String,
    /// As the person wrote it.
    pub display: String,
}

/// Follows a tag. `false` if it was followed.
pub async fn insert(conn: &mut Conn, account: AccountId, tag: &FollowedTag, now: Millis) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO followed_tags (account_id, name, display, created_at)
                 VALUES ($1, $2, $3, $4)
                 ON CONFLICT (account_id, name) DO NOTHING"
            ),
            args![account, tag.name, tag.display, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// No longer follows a tag. `false` if it was not followed.
pub async fn delete(conn: &mut Conn, account: AccountId, name: &str) -> Result<bool> {
    let deleted = conn
        .execute(sql!("DELETE FROM followed_tags WHERE account_id = $1 AND name = $2"), args![account, name])
        .await?;
    Ok(deleted == 1)
}

/// The tag, if the person follows it.
pub async fn find(conn: &mut Conn, account: AccountId, name: &str) -> Result<Option<FollowedTag>> {
    conn.optional(
        sql!("SELECT name, display FROM followed_tags WHERE account_id = $1 AND name = $2"),
        args![account, name],
    )
    .await
}

/// How many tags the person follows.
pub async fn count(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) =
        conn.one(sql!("SELECT COUNT(*) FROM followed_tags WHERE account_id = $1"), args![account]).await?;
    Ok(count)
}

/// The tags that the person follows, by name.
pub async fn list(conn: &mut Conn, account: AccountId, limit: i64, offset: i64) -> Result<Vec<FollowedTag>> {
    conn.all(
        sql!(
            "SELECT name, display
             FROM followed_tags
             WHERE account_id = $1
             ORDER BY name
             LIMIT $2 OFFSET $3"
        ),
        args![account, limit, offset],
    )
    .await
}

/// Which of these tags the person follows.
pub async fn list_among(conn: &mut Conn, account: AccountId, names: &[String]) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!("SELECT name FROM followed_tags WHERE account_id = $1 AND name IN_LIST($2)"),
            args![account, names],
        )
        .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// Puts the newest posts with a tag into a home, at most `limit`: those that everybody here may read, of authors who
/// are not limited.
pub async fn fill_home(conn: &mut Conn, account: AccountId, name: &str, limit: i64) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id)
             SELECT $1, t.id, t.id
             FROM (SELECT s.id
                   FROM status_tags st
                   JOIN statuses s ON s.id = st.status_id
                   JOIN accounts a ON a.id = s.account_id
                   WHERE st.name = $2 AND s.visibility IN ('public', 'organisation', 'site')
                     AND a.limited_at IS NULL
                   ORDER BY st.status_id DESC
                   LIMIT $3) t
             WHERE TRUE
             ON CONFLICT DO NOTHING"
        ),
        args![account, name, limit],
    )
    .await?;
    Ok(())
}

/// Takes the posts with a tag out of a home, except those of whom the person follows, and with another tag that the
/// person follows.
pub async fn clear_home(conn: &mut Conn, account: AccountId, name: &str) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM home_entries
             WHERE account_id = $1
               AND EXISTS (SELECT 1 FROM status_tags st
                           WHERE st.status_id = home_entries.status_id AND st.name = $2)
               AND NOT EXISTS (SELECT 1 FROM statuses s
                               WHERE s.id = home_entries.status_id AND s.account_id = $1)
               AND NOT EXISTS (SELECT 1
                               FROM statuses s
                               JOIN follows f ON f.target_id = s.account_id AND f.account_id = $1 AND f.accepted
                               WHERE s.id = home_entries.status_id)
               AND NOT EXISTS (SELECT 1
                               FROM status_tags st
                               JOIN followed_tags t ON t.name = st.name AND t.account_id = $1
                               WHERE st.status_id = home_entries.status_id)"
        ),
        args![account, name],
    )
    .await?;
    Ok(())
}
