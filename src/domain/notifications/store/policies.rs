//! Rows of policies, and of what waits because of them.

use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::notifications::policy::Policy;
use crate::platform::db::Conn;
use crate::{args, sql};

/// The policies of these people, as far as they ever decided.
pub async fn list(conn: &mut Conn, people: &[AccountId]) -> Result<Vec<Policy>> {
    conn.all(
        sql!(
            "SELECT account_id, not_following, not_followers, new_accounts, private_mentions, limited
             FROM notification_policies
             WHERE account_id IN_LIST($1)"
        ),
        args![people],
    )
    .await
}

/// Writes a policy.
pub async fn upsert(conn: &mut Conn, policy: &Policy) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO notification_policies (account_id, not_following, not_followers, new_accounts,
                                                private_mentions, limited)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account_id)
             DO UPDATE SET not_following = excluded.not_following, not_followers = excluded.not_followers,
                           new_accounts = excluded.new_accounts, private_mentions = excluded.private_mentions,
                           limited = excluded.limited"
        ),
        args![
            policy.account_id,
            policy.not_following,
            policy.not_followers,
            policy.new_accounts,
            policy.private_mentions,
            policy.limited
        ],
    )
    .await?;
    Ok(())
}

/// Who of these takes notifications of whom, whatever the policy says.
pub async fn list_permissions(conn: &mut Conn, people: &[AccountId]) -> Result<Vec<(AccountId, AccountId)>> {
    conn.all(
        sql!(
            "SELECT account_id, from_account_id
             FROM notification_permissions
             WHERE account_id IN_LIST($1)"
        ),
        args![people],
    )
    .await
}

/// Somebody is taken, whatever the policy says.
pub async fn insert_permission(
    conn: &mut Conn,
    person: AccountId,
    from: AccountId,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO notification_permissions (account_id, from_account_id, created_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (account_id, from_account_id) DO NOTHING"
        ),
        args![person, from, now],
    )
    .await?;
    Ok(())
}

/// What waited of somebody is told.
pub async fn update_unfiltered(conn: &mut Conn, person: AccountId, from: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE notifications
             SET filtered = FALSE
             WHERE account_id = $1 AND from_account_id = $2 AND filtered"
        ),
        args![person, from],
    )
    .await?;
    Ok(())
}

/// What waited of somebody is forgotten.
pub async fn delete_filtered(conn: &mut Conn, person: AccountId, from: &[AccountId]) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM notifications WHERE account_id = $1 AND from_account_id IN_LIST($2) AND filtered"),
        args![person, from],
    )
    .await?;
    Ok(())
}

/// Notifications of somebody that wait.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Waiting {
    /// By whom.
    pub from_account_id: AccountId,
    /// How many.
    pub count: i64,
    /// The first.
    pub created_at: Millis,
    /// The last.
    pub updated_at: Millis,
    /// The last post.
    pub last_status: Option<StatusId>,
}

/// Of whom notifications wait, the latest first.
pub async fn list_requests(conn: &mut Conn, person: AccountId, limit: i64) -> Result<Vec<Waiting>> {
    conn.all(
        sql!(
            "SELECT from_account_id, COUNT(*) AS count, MIN(created_at) AS created_at, MAX(created_at) AS updated_at,
                    MAX(status_id) AS last_status
             FROM notifications
             WHERE account_id = $1 AND filtered
             GROUP BY from_account_id
             ORDER BY MAX(id) DESC
             LIMIT $2"
        ),
        args![person, limit],
    )
    .await
}

/// Of how many people something waits, and how much.
pub async fn count_requests(conn: &mut Conn, person: AccountId) -> Result<(i64, i64)> {
    conn.one(
        sql!(
            "SELECT COUNT(DISTINCT from_account_id), COUNT(*)
             FROM notifications
             WHERE account_id = $1 AND filtered"
        ),
        args![person],
    )
    .await
}
