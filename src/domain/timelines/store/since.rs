//! What came since a person was here, in bounded sets.

use std::collections::HashSet;

use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::platform::db::Conn;
use crate::{args, sql};

/// What came into a home after the place `after`, newest first, at most `limit`.
pub async fn list_home_after(
    conn: &mut Conn,
    person: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM home_entries
                 WHERE account_id = $1 AND position > $2
                 ORDER BY position DESC
                 LIMIT $3"
            ),
            args![person, after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Posts after `after` that name the person, newest first, at most `limit`.
pub async fn list_mentions_after(
    conn: &mut Conn,
    person: AccountId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM mentions
                 WHERE account_id = $1 AND status_id > $2
                 ORDER BY status_id DESC
                 LIMIT $3"
            ),
            args![person, after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The conversations among `among` in which the person wrote something after `after`.
pub async fn list_own_conversations(
    conn: &mut Conn,
    person: AccountId,
    after: StatusId,
    among: &[StatusId],
) -> Result<HashSet<StatusId>> {
    if among.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT DISTINCT conversation_id
                 FROM statuses
                 WHERE account_id = $1 AND id > $2 AND reblog_of_id IS NULL AND conversation_id IN_LIST($3)"
            ),
            args![person, after, among],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
