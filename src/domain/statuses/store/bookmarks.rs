//! Rows of what people keep, of threads they do not want to hear of, and all marks of a reader at once.

use std::collections::HashSet;

use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Keeps a post. `false` if it was kept.
pub async fn insert_bookmark(
    conn: &mut Conn,
    account: AccountId,
    status: StatusId,
    now: Millis,
) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO bookmarks (account_id, status_id, created_at)
                 VALUES ($1, $2, $3)
                 ON CONFLICT (account_id, status_id) DO NOTHING"
            ),
            args![account, status, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Keeps a post no longer. `false` if it was not kept.
pub async fn delete_bookmark(conn: &mut Conn, account: AccountId, status: StatusId) -> Result<bool> {
    let deleted = conn
        .execute(
            sql!("DELETE FROM bookmarks WHERE account_id = $1 AND status_id = $2"),
            args![account, status],
        )
        .await?;
    Ok(deleted == 1)
}

/// What a person keeps, the latest first.
pub async fn list_bookmarks(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
    offset: i64,
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM bookmarks
                 WHERE account_id = $1
                 ORDER BY created_at DESC, status_id DESC
                 LIMIT $2 OFFSET $3"
            ),
            args![account, limit, offset],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Mutes a thread.
pub async fn insert_muted_conversation(
    conn: &mut Conn,
    account: AccountId,
    conversation: StatusId,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO muted_conversations (account_id, conversation_id, created_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (account_id, conversation_id) DO NOTHING"
        ),
        args![account, conversation, now],
    )
    .await?;
    Ok(())
}

/// Mutes a thread no longer.
pub async fn delete_muted_conversation(
    conn: &mut Conn,
    account: AccountId,
    conversation: StatusId,
) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM muted_conversations WHERE account_id = $1 AND conversation_id = $2"),
        args![account, conversation],
    )
    .await?;
    Ok(())
}

/// Who muted the threads `old` mutes the thread that they became part of.
pub async fn carry_muted_conversations(conn: &mut Conn, old: &[StatusId], new: StatusId) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO muted_conversations (account_id, conversation_id, created_at)
             SELECT account_id, $2, MIN(created_at)
             FROM muted_conversations
             WHERE conversation_id IN_LIST($1)
             GROUP BY account_id
             ON CONFLICT (account_id, conversation_id) DO NOTHING"
        ),
        args![old, new],
    )
    .await?;
    Ok(())
}

/// Which of these people muted the threads of which of these posts.
pub async fn list_thread_mutes(
    conn: &mut Conn,
    people: &[AccountId],
    statuses: &[StatusId],
) -> Result<HashSet<(AccountId, StatusId)>> {
    let rows: Vec<(AccountId, StatusId)> = conn
        .all(
            sql!(
                "SELECT m.account_id, s.id
                 FROM statuses s
                 JOIN muted_conversations m ON m.conversation_id = s.conversation_id
                 WHERE s.id IN_LIST($2) AND m.account_id IN_LIST($1)"
            ),
            args![people, statuses],
        )
        .await?;
    Ok(rows.into_iter().collect())
}

/// What a reader did with posts.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Likes them.
    pub favourited: HashSet<StatusId>,
    /// Reposted them.
    pub reblogged: HashSet<StatusId>,
    /// Keeps them.
    pub bookmarked: HashSet<StatusId>,
    /// Muted these threads.
    pub muted_conversations: HashSet<StatusId>,
}

/// All that a reader did with these posts and threads, in one statement.
pub async fn list_marks(
    conn: &mut Conn,
    account: AccountId,
    ids: &[StatusId],
    conversations: &[StatusId],
) -> Result<Marks> {
    let rows: Vec<(String, StatusId)> = conn
        .all(
            sql!(
                "SELECT 'favourite' AS mark, status_id
                 FROM favourites
                 WHERE account_id = $1 AND status_id IN_LIST($2)
                 UNION ALL
                 SELECT 'reblog', reblog_of_id
                 FROM statuses
                 WHERE account_id = $1 AND reblog_of_id IN_LIST($2)
                 UNION ALL
                 SELECT 'bookmark', status_id
                 FROM bookmarks
                 WHERE account_id = $1 AND status_id IN_LIST($2)
                 UNION ALL
                 SELECT 'mute', conversation_id
                 FROM muted_conversations
                 WHERE account_id = $1 AND conversation_id IN_LIST($3)"
            ),
            args![account, ids, conversations],
        )
        .await?;
    let mut marks = Marks::default();
    for (mark, id) in rows {
        match mark.as_str() {
            "favourite" => marks.favourited.insert(id),
            "reblog" => marks.reblogged.insert(id),
            "bookmark" => marks.bookmarked.insert(id),
            _ => marks.muted_conversations.insert(id),
        };
    }
    Ok(marks)
}
