//! Rows of policies, quotes, replies that wait, and what others ask.

use super::interaction::{Interaction, InteractionState};
use super::policy::{Act, Policy};
use super::quote::{Quote, QuoteState};
use super::reply::{Approval, ApprovalState};
use crate::base::id::{AccountId, InteractionId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::statuses::model::Visibility;
use crate::platform::db::Conn;
use crate::{args, sql};

/// One of several things that hang on a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Extra {
    /// The post.
    pub status_id: StatusId,
    /// `quote`, `policy`, `approval` or `count`.
    pub part: String,
    /// A state, or the JSON of a policy.
    pub state: String,
    /// What is quoted.
    pub uri: Option<String>,
    /// The stamp.
    pub stamp: Option<String>,
    /// What is quoted, or how many quote.
    pub other: Option<i64>,
    /// When that was.
    pub at: Millis,
}

/// All that hangs on these posts, in one statement: most posts have nothing of it.
pub async fn list_extras(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<Extra>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    conn.all(
        sql!(
            "SELECT status_id, 'quote' AS part, state, quoted_uri AS uri, stamp_uri AS stamp, quoted_id AS other,
                    updated_at AS at
             FROM status_quotes
             WHERE status_id IN_LIST($1)
             UNION ALL
             SELECT status_id, 'policy', policy, NULL, NULL, NULL, 0
             FROM status_policies
             WHERE status_id IN_LIST($1)
             UNION ALL
             SELECT status_id, 'approval', state, NULL, stamp_uri, NULL, 0
             FROM status_approvals
             WHERE status_id IN_LIST($1)
             UNION ALL
             SELECT quoted_id, 'count', 'accepted', NULL, NULL, COUNT(*), 0
             FROM status_quotes
             WHERE quoted_id IN_LIST($1) AND state = 'accepted'
             GROUP BY quoted_id"
        ),
        args![ids],
    )
    .await
}

/// What a post says of who may do what; `None` if it says nothing.
pub async fn find_policy(conn: &mut Conn, status: StatusId) -> Result<Option<Policy>> {
    let row: Option<(String,)> =
        conn.optional(sql!("SELECT policy FROM status_policies WHERE status_id = $1"), args![status]).await?;
    Ok(row.and_then(|(policy,)| serde_json::from_str(&policy).ok()))
}

/// Writes it; one that says nothing is no row.
pub async fn write_policy(conn: &mut Conn, status: StatusId, policy: &Policy) -> Result<()> {
    if policy.is_default() {
        conn.execute(sql!("DELETE FROM status_policies WHERE status_id = $1"), args![status]).await?;
        return Ok(());
    }
    let text = serde_json::to_string(policy)?;
    conn.execute(
        sql!(
            "INSERT INTO status_policies (status_id, policy)
             VALUES ($1, $2)
             ON CONFLICT (status_id) DO UPDATE SET policy = excluded.policy"
        ),
        args![status, text],
    )
    .await?;
    Ok(())
}

/// What a post quotes.
pub async fn find_quote(conn: &mut Conn, status: StatusId) -> Result<Option<Quote>> {
    conn.optional(
        sql!(
            "SELECT status_id, quoted_uri, quoted_id, state, stamp_uri, request_uri, updated_at
             FROM status_quotes
             WHERE status_id = $1"
        ),
        args![status],
    )
    .await
}

/// The quote of this site that a request was about.
pub async fn find_quote_by_request(conn: &mut Conn, request: &str) -> Result<Option<Quote>> {
    conn.optional(
        sql!(
            "SELECT status_id, quoted_uri, quoted_id, state, stamp_uri, request_uri, updated_at
             FROM status_quotes
             WHERE request_uri = $1"
        ),
        args![request],
    )
    .await
}

/// The quotes that rest on a stamp.
pub async fn list_quotes_by_stamp(conn: &mut Conn, stamp: &str) -> Result<Vec<Quote>> {
    conn.all(
        sql!(
            "SELECT status_id, quoted_uri, quoted_id, state, stamp_uri, request_uri, updated_at
             FROM status_quotes
             WHERE stamp_uri = $1
             ORDER BY status_id
             LIMIT 100"
        ),
        args![stamp],
    )
    .await
}

/// Writes what a post quotes.
pub async fn upsert_quote(conn: &mut Conn, quote: &Quote) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO status_quotes (status_id, quoted_uri, quoted_id, state, stamp_uri, request_uri, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (status_id) DO UPDATE
             SET quoted_uri = excluded.quoted_uri, quoted_id = excluded.quoted_id, state = excluded.state,
                 stamp_uri = excluded.stamp_uri, updated_at = excluded.updated_at"
        ),
        args![
            quote.status_id,
            quote.quoted_uri,
            quote.quoted_id,
            quote.state,
            quote.stamp_uri,
            quote.request_uri,
            quote.updated_at
        ],
    )
    .await?;
    Ok(())
}

/// Writes how far the consent has come.
pub async fn update_quote(
    conn: &mut Conn,
    status: StatusId,
    state: QuoteState,
    stamp: Option<&str>,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE status_quotes
             SET state = $2, stamp_uri = $3, updated_at = $4
             WHERE status_id = $1"
        ),
        args![status, state, stamp, now],
    )
    .await?;
    Ok(())
}

/// Whether nobody has looked at the stamp since `before`; whoever is told so is the one to look.
pub async fn claim_look(conn: &mut Conn, status: StatusId, before: Millis, now: Millis) -> Result<bool> {
    let changed = conn
        .execute(
            sql!("UPDATE status_quotes SET updated_at = $3 WHERE status_id = $1 AND updated_at <= $2"),
            args![status, before, now],
        )
        .await?;
    Ok(changed == 1)
}

/// What is quoted has come here.
pub async fn update_quoted(conn: &mut Conn, status: StatusId, quoted: StatusId) -> Result<()> {
    conn.execute(sql!("UPDATE status_quotes SET quoted_id = $2 WHERE status_id = $1"), args![status, quoted])
        .await?;
    Ok(())
}

/// The posts that quote this one with consent, newest first.
pub async fn list_quoting(conn: &mut Conn, quoted: StatusId, limit: i64) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM status_quotes
                 WHERE quoted_id = $1 AND state = 'accepted'
                 ORDER BY status_id DESC
                 LIMIT $2"
            ),
            args![quoted, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds a reply that waits.
pub async fn insert_approval(conn: &mut Conn, approval: &Approval) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO status_approvals (status_id, state, visibility, request_uri, stamp_uri)
             VALUES ($1, $2, $3, $4, $5)"
        ),
        args![
            approval.status_id,
            approval.state,
            approval.visibility,
            approval.request_uri,
            approval.stamp_uri
        ],
    )
    .await?;
    Ok(())
}

/// How far the consent to a reply has come, if it had to ask.
pub async fn find_approval(conn: &mut Conn, status: StatusId) -> Result<Option<Approval>> {
    conn.optional(
        sql!(
            "SELECT status_id, state, visibility, request_uri, stamp_uri
             FROM status_approvals
             WHERE status_id = $1"
        ),
        args![status],
    )
    .await
}

/// The reply that a request was about.
pub async fn find_approval_by_request(conn: &mut Conn, request: &str) -> Result<Option<Approval>> {
    conn.optional(
        sql!(
            "SELECT status_id, state, visibility, request_uri, stamp_uri
             FROM status_approvals
             WHERE request_uri = $1"
        ),
        args![request],
    )
    .await
}

/// Writes how far the consent to a reply has come.
pub async fn update_approval(
    conn: &mut Conn,
    status: StatusId,
    state: ApprovalState,
    stamp: Option<&str>,
) -> Result<()> {
    conn.execute(
        sql!("UPDATE status_approvals SET state = $2, stamp_uri = $3 WHERE status_id = $1"),
        args![status, state, stamp],
    )
    .await?;
    Ok(())
}

/// Lets a reply that waited be seen by those it was meant for.
pub async fn update_visibility(conn: &mut Conn, status: StatusId, visibility: Visibility) -> Result<()> {
    conn.execute(sql!("UPDATE statuses SET visibility = $2 WHERE id = $1"), args![status, visibility])
        .await?;
    Ok(())
}

/// Adds what somebody asks.
pub async fn insert_interaction(conn: &mut Conn, it: &Interaction) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO interactions (id, kind, target_id, account_id, object_uri, request_uri, note, state,
                                       created_at, decided_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        args![
            it.id,
            it.kind,
            it.target_id,
            it.account_id,
            it.object_uri,
            it.request_uri,
            it.note,
            it.state,
            it.created_at,
            it.decided_at
        ],
    )
    .await?;
    Ok(())
}

/// How much of somebody waits for the decisions of `author`.
pub async fn count_pending_of(conn: &mut Conn, account: AccountId, author: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM interactions i
                 JOIN statuses s ON s.id = i.target_id
                 WHERE i.account_id = $1 AND i.state = 'pending' AND s.account_id = $2"
            ),
            args![account, author],
        )
        .await?;
    Ok(count)
}

/// Forgets what was refused to somebody about a post before `before`, but for the latest `most` of a kind.
pub async fn delete_refused(conn: &mut Conn, of: &Interaction, most: i64, before: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM interactions
             WHERE account_id = $1 AND target_id = $2 AND kind = $3 AND state = 'rejected' AND decided_at < $5
               AND id <= (SELECT i.id
                          FROM interactions i
                          WHERE i.account_id = $1 AND i.target_id = $2 AND i.kind = $3 AND i.state = 'rejected'
                          ORDER BY i.id DESC
                          LIMIT 1
                          OFFSET $4)"
        ),
        args![of.account_id, of.target_id, of.kind, most, before],
    )
    .await?;
    Ok(())
}

/// Likes and reposts that were refused before `before`, at most `limit`.
pub async fn list_refused_marks(
    conn: &mut Conn,
    before: InteractionId,
    limit: i64,
) -> Result<Vec<InteractionId>> {
    let rows: Vec<(InteractionId,)> = conn
        .all(
            sql!(
                "SELECT id
                 FROM interactions
                 WHERE id < $1 AND kind IN ('like', 'announce') AND state = 'rejected'
                 ORDER BY id
                 LIMIT $2"
            ),
            args![before, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Forgets these.
pub async fn delete_interactions(conn: &mut Conn, ids: &[InteractionId]) -> Result<()> {
    conn.execute(sql!("DELETE FROM interactions WHERE id IN_LIST($1)"), args![ids]).await?;
    Ok(())
}

/// What somebody asked before.
pub async fn find_interaction(
    conn: &mut Conn,
    kind: Act,
    object: &str,
    account: AccountId,
) -> Result<Option<Interaction>> {
    conn.optional(
        sql!(
            "SELECT id, kind, target_id, account_id, object_uri, request_uri, note, state, created_at, decided_at
             FROM interactions
             WHERE object_uri = $1 AND kind = $2 AND account_id = $3"
        ),
        args![object, kind, account],
    )
    .await
}

/// By its number.
pub async fn find_interaction_by_id(conn: &mut Conn, id: InteractionId) -> Result<Option<Interaction>> {
    conn.optional(
        sql!(
            "SELECT id, kind, target_id, account_id, object_uri, request_uri, note, state, created_at, decided_at
             FROM interactions
             WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// What waits for the decision of an author, newest first.
pub async fn list_pending(conn: &mut Conn, author: AccountId, limit: i64) -> Result<Vec<Interaction>> {
    conn.all(
        sql!(
            "SELECT i.id, i.kind, i.target_id, i.account_id, i.object_uri, i.request_uri, i.note, i.state,
                    i.created_at, i.decided_at
             FROM interactions i
             JOIN statuses s ON s.id = i.target_id
             WHERE i.state = 'pending' AND s.account_id = $1
             ORDER BY i.id DESC
             LIMIT $2"
        ),
        args![author, limit],
    )
    .await
}

/// They asked again, under another id.
pub async fn update_request(conn: &mut Conn, id: InteractionId, request: Option<&str>) -> Result<()> {
    conn.execute(sql!("UPDATE interactions SET request_uri = $2 WHERE id = $1"), args![id, request]).await?;
    Ok(())
}

/// Writes a decision. The words of a reply are kept until it is taken in.
pub async fn update_decided(
    conn: &mut Conn,
    id: InteractionId,
    state: InteractionState,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!("UPDATE interactions SET state = $2, decided_at = $3 WHERE id = $1"),
        args![id, state, now],
    )
    .await?;
    Ok(())
}

/// The words of a reply are no longer needed.
pub async fn clear_note(conn: &mut Conn, id: InteractionId) -> Result<()> {
    conn.execute(sql!("UPDATE interactions SET note = NULL WHERE id = $1"), args![id]).await?;
    Ok(())
}
