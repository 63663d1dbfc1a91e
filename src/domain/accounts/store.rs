//! Rows of accounts and their keys.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::index;
use super::model::{Account, NewAccount};
use crate::base::id::AccountId;
use crate::base::{Error, Millis, Result};
use crate::platform::db::{Conn, Tx};
use crate::{args, sql};

/// The account, or [`Error::NotFound`].
pub async fn get(conn: &mut Conn, id: AccountId) -> Result<Account> {
    list(conn, &[id]).await?.pop().ok_or(Error::not_found("account"))
}

/// The account of somebody who is still there, or [`Error::NotFound`]: a request may have begun before they left.
pub async fn get_present(conn: &mut Conn, id: AccountId) -> Result<Account> {
    let account = get(conn, id).await?;
    if account.deleted_at.is_some() { Err(Error::not_found("account")) } else { Ok(account) }
}

/// Those accounts that exist, in no order.
pub async fn list(conn: &mut Conn, ids: &[AccountId]) -> Result<Vec<Account>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    conn.all(
        sql!(
            "SELECT id, username, host, kind, uri, url, display_name, note, note_source, fields, avatar_key,
                    avatar_url, header_key, header_url, locked, discoverable, inbox, shared_inbox, followers_uri,
                    featured_uri, moved_to_id, indexable, statuses_count, followers_count, following_count, last_status_at, limited_at, suspended_at,
                    deleted_at, created_at, updated_at, fetched_at,
                    EXISTS (SELECT 1 FROM peers p WHERE p.host = accounts.host AND p.blocked_at IS NOT NULL)
                        AS site_blocked
             FROM accounts
             WHERE id IN_LIST($1)"
        ),
        args![ids],
    )
    .await
}

/// By ActivityPub id.
pub async fn find_by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Account>> {
    conn.optional(
        sql!(
            "SELECT id, username, host, kind, uri, url, display_name, note, note_source, fields, avatar_key,
                    avatar_url, header_key, header_url, locked, discoverable, inbox, shared_inbox, followers_uri,
                    featured_uri, moved_to_id, indexable, statuses_count, followers_count, following_count, last_status_at, limited_at, suspended_at,
                    deleted_at, created_at, updated_at, fetched_at,
                    EXISTS (SELECT 1 FROM peers p WHERE p.host = accounts.host AND p.blocked_at IS NOT NULL)
                        AS site_blocked
             FROM accounts
             WHERE uri = $1"
        ),
        args![uri],
    )
    .await
}

/// By handle; `host` is empty for this site. Case does not matter.
pub async fn find_by_handle(conn: &mut Conn, username: &str, host: &str) -> Result<Option<Account>> {
    conn.optional(
        sql!(
            "SELECT id, username, host, kind, uri, url, display_name, note, note_source, fields, avatar_key,
                    avatar_url, header_key, header_url, locked, discoverable, inbox, shared_inbox, followers_uri,
                    featured_uri, moved_to_id, indexable, statuses_count, followers_count, following_count, last_status_at, limited_at, suspended_at,
                    deleted_at, created_at, updated_at, fetched_at,
                    EXISTS (SELECT 1 FROM peers p WHERE p.host = accounts.host AND p.blocked_at IS NOT NULL)
                        AS site_blocked
             FROM accounts
             WHERE username_key = $1 AND host = $2"
        ),
        args![username.to_lowercase(), host.to_lowercase()],
    )
    .await
}

/// Which account an ActivityPub id belongs to.
pub async fn find_id_by_uri(conn: &mut Conn, uri: &str) -> Result<Option<AccountId>> {
    let row: Option<(AccountId,)> =
        conn.optional(sql!("SELECT id FROM accounts WHERE uri = $1"), args![uri]).await?;
    Ok(row.map(|(id,)| id))
}

/// Accounts that were looked for ahead, by ActivityPub id.
struct KnownUris(HashMap<String, AccountId>);

/// Reads at once what [`list_ids_by_uri`] will be asked on this connection. Who is not known yet is looked for again
/// when asked for.
pub async fn look_ahead_for_ids(conn: &mut Conn, uris: Vec<String>) -> Result<()> {
    let found = list_ids_by_uri(conn, uris).await?;
    conn.remember(KnownUris(found.into_iter().map(|(id, uri)| (uri, id)).collect()));
    Ok(())
}

/// The ids of those of `uris` that are known and not gone, with their addresses.
pub async fn list_ids_by_uri(conn: &mut Conn, uris: Vec<String>) -> Result<Vec<(AccountId, String)>> {
    if uris.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(KnownUris(known)) = conn.remembered::<KnownUris>()
        && uris.iter().all(|uri| known.contains_key(uri))
    {
        return Ok(uris.into_iter().filter_map(|uri| Some((*known.get(&uri)?, uri))).collect());
    }
    conn.all(sql!("SELECT id, uri FROM accounts WHERE uri IN_LIST($1) AND deleted_at IS NULL"), args![uris])
        .await
}

/// Those among the accounts who are of this site and have not left.
pub async fn list_local_among(conn: &mut Conn, ids: &[AccountId]) -> Result<HashSet<AccountId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!("SELECT id FROM accounts WHERE id IN_LIST($1) AND host = '' AND deleted_at IS NULL"),
            args![ids],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds an account. `false` if the address or the handle is taken.
pub async fn insert(conn: &mut Conn, id: AccountId, account: &NewAccount, now: Millis) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO accounts (id, username, username_key, host, kind, uri, url, display_name, note, fields,
                                       avatar_url, header_url, locked, discoverable, inbox, shared_inbox, outbox,
                                       followers_uri, following_uri, featured_uri, also_known_as, indexable,
                                       created_at, updated_at, fetched_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                         $21, $22, $23, $24, $24)
                 ON CONFLICT DO NOTHING"
            ),
            args![
                id,
                account.username,
                account.username.to_lowercase(),
                account.host,
                account.kind,
                account.uri,
                account.url,
                account.display_name,
                account.note,
                serde_json::to_string(&account.fields)?,
                account.avatar_url,
                account.header_url,
                account.locked,
                account.discoverable,
                account.inbox,
                account.shared_inbox,
                account.outbox,
                account.followers_uri,
                account.following_uri,
                account.featured_uri,
                serde_json::to_string(&account.also_known_as)?,
                account.indexable,
                account.created_at,
                now,
            ],
        )
        .await?;
    if inserted == 1 {
        index::write(conn, id).await?;
    }
    Ok(inserted == 1)
}

/// Writes what the origin says now over what it said before. What our moderators decided stays.
pub async fn update_remote(conn: &mut Conn, id: AccountId, account: &NewAccount, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET kind = $2, url = $3, display_name = $4, note = $5, fields = $6, avatar_url = $7, header_url = $8,
                 locked = $9, discoverable = $10, inbox = $11, shared_inbox = $12, outbox = $13,
                 followers_uri = $14, following_uri = $15, updated_at = $16, fetched_at = $16, deleted_at = NULL,
                 featured_uri = $17, also_known_as = $18, indexable = $19
             WHERE id = $1"
        ),
        args![
            id,
            account.kind,
            account.url,
            account.display_name,
            account.note,
            serde_json::to_string(&account.fields)?,
            account.avatar_url,
            account.header_url,
            account.locked,
            account.discoverable,
            account.inbox,
            account.shared_inbox,
            account.outbox,
            account.followers_uri,
            account.following_uri,
            now,
            account.featured_uri,
            serde_json::to_string(&account.also_known_as)?,
            account.indexable,
        ],
    )
    .await?;
    index::write(conn, id).await
}

/// A person of this site changes the own profile.
pub async fn update_profile(conn: &mut Conn, account: &Account) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET display_name = $2, note = $3, note_source = $4, fields = $5, avatar_key = $6, header_key = $7,
                 locked = $8, discoverable = $9, kind = $10, updated_at = $11, indexable = $12
             WHERE id = $1 AND deleted_at IS NULL"
        ),
        args![
            account.id,
            account.display_name,
            account.note,
            account.note_source,
            account.fields,
            account.avatar_key,
            account.header_key,
            account.locked,
            account.discoverable,
            account.kind,
            account.updated_at,
            account.indexable,
        ],
    )
    .await?;
    index::write(conn, account.id).await
}

/// Something about the actor changed that stands in other rows.
pub async fn update_changed(conn: &mut Conn, id: AccountId, now: Millis) -> Result<()> {
    conn.execute(sql!("UPDATE accounts SET updated_at = $2 WHERE id = $1"), args![id, now]).await?;
    Ok(())
}

/// Marks an account as gone and empties its profile.
pub async fn update_deleted(conn: &mut Conn, id: AccountId, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET deleted_at = $2, display_name = '', note = '', note_source = '', fields = '[]', avatar_key = NULL,
                 also_known_as = '[]',
                 avatar_url = NULL, header_key = NULL, header_url = NULL, followers_count = 0, following_count = 0,
                 statuses_count = 0
             WHERE id = $1"
        ),
        args![id, now],
    )
    .await?;
    index::write(conn, id).await
}

/// Counts a post more or less (`by` is 1 or -1); `at` is the time of a new one.
///
/// Written with the commit, once for all posts of the transaction.
pub fn update_statuses_count(tx: &mut Tx, id: AccountId, by: i64, at: Option<Millis>) {
    let statement = if tx.is_sqlite() {
        sql!(
            "UPDATE accounts -- SQLite only
             SET statuses_count = MAX(statuses_count + n.by, 0),
                 last_status_at = CASE WHEN n.at IS NULL THEN last_status_at
                                       WHEN last_status_at IS NULL OR last_status_at < n.at THEN n.at
                                       ELSE last_status_at END
             FROM (SELECT json_extract(value, '$[0]') AS id, SUM(json_extract(value, '$[1]')) AS by,
                          MAX(json_extract(value, '$[2]')) AS at
                   FROM json_each($1)
                   GROUP BY 1) AS n
             WHERE accounts.id = n.id"
        )
    } else {
        sql!(
            "UPDATE accounts -- PostgreSQL only
             SET statuses_count = GREATEST(statuses_count + n.by, 0),
                 last_status_at = CASE WHEN n.at IS NULL THEN last_status_at
                                       WHEN last_status_at IS NULL OR last_status_at < n.at THEN n.at
                                       ELSE last_status_at END
             FROM (SELECT (value->>0)::bigint AS id, SUM((value->>1)::bigint)::bigint AS by,
                          MAX((value->>2)::bigint) AS at
                   FROM jsonb_array_elements($1::jsonb)
                   GROUP BY 1) AS n
             WHERE accounts.id = n.id"
        )
    };
    tx.gather(statement, json!([id.0, by, at.map(|at| at.0)]));
}

/// Counts the follows of both ends again.
pub async fn update_follow_counts(conn: &mut Conn, follower: AccountId, target: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET following_count = (SELECT COUNT(*) FROM follows WHERE account_id = $1 AND accepted)
             WHERE id = $1"
        ),
        args![follower],
    )
    .await?;
    conn.execute(
        sql!(
            "UPDATE accounts
             SET followers_count = (SELECT COUNT(*) FROM follows WHERE target_id = $1 AND accepted)
             WHERE id = $1"
        ),
        args![target],
    )
    .await?;
    Ok(())
}

/// Our moderators limit (or no longer limit) a person. `false` if that was so already.
pub async fn update_limited(conn: &mut Conn, id: AccountId, at: Option<Millis>) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE accounts
                 SET limited_at = $2
                 WHERE id = $1 AND (limited_at IS NULL) <> ($2 IS NULL)"
            ),
            args![id, at],
        )
        .await?;
    Ok(touched == 1)
}

/// Our moderators suspend (or no longer suspend) a person. `false` if that was so already.
pub async fn update_suspended(conn: &mut Conn, id: AccountId, at: Option<Millis>) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE accounts
                 SET suspended_at = $2
                 WHERE id = $1 AND (suspended_at IS NULL) <> ($2 IS NULL)"
            ),
            args![id, at],
        )
        .await?;
    Ok(touched == 1)
}

/// A public key of an actor.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ActorKey {
    /// Its address.
    pub key_id: String,
    /// Whose.
    pub account_id: AccountId,
    /// `rsa` or `ed25519`.
    pub kind: String,
    /// PEM (SPKI) or Multikey.
    pub public_key: String,
    /// When it was read from the origin.
    pub fetched_at: Millis,
}

/// By its address.
pub async fn find_key(conn: &mut Conn, key_id: &str) -> Result<Option<ActorKey>> {
    conn.optional(
        sql!(
            "SELECT key_id, account_id, kind, public_key, fetched_at
             FROM actor_keys
             WHERE key_id = $1"
        ),
        args![key_id],
    )
    .await
}

/// The public keys of an actor.
pub async fn list_keys(conn: &mut Conn, account: AccountId) -> Result<Vec<ActorKey>> {
    conn.all(
        sql!(
            "SELECT key_id, account_id, kind, public_key, fetched_at
             FROM actor_keys
             WHERE account_id = $1
             ORDER BY key_id"
        ),
        args![account],
    )
    .await
}

/// Replaces the public keys of an actor by those that it has now.
pub async fn replace_keys(
    conn: &mut Conn,
    account: AccountId,
    keys: &[(String, String, String)],
    now: Millis,
) -> Result<()> {
    conn.execute(sql!("DELETE FROM actor_keys WHERE account_id = $1"), args![account]).await?;
    for (key_id, kind, public_key) in keys {
        conn.execute(
            sql!(
                "INSERT INTO actor_keys (key_id, account_id, kind, public_key, fetched_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (key_id) DO NOTHING"
            ),
            args![key_id, account, kind, public_key, now],
        )
        .await?;
    }
    Ok(())
}

/// Keeps the private keys of an actor of ours, in place of those that it had: PKCS#8 PEM of RSA and Ed25519.
pub async fn insert_private_keys(
    conn: &mut Conn,
    account: AccountId,
    rsa: &str,
    ed25519: &str,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO private_keys (account_id, rsa, ed25519)
             VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE SET rsa = excluded.rsa, ed25519 = excluded.ed25519"
        ),
        args![account, rsa, ed25519],
    )
    .await?;
    Ok(())
}

/// The private keys of an actor of ours: RSA and Ed25519, PKCS#8 PEM.
pub async fn find_private_keys(conn: &mut Conn, account: AccountId) -> Result<Option<(String, String)>> {
    conn.optional(sql!("SELECT rsa, ed25519 FROM private_keys WHERE account_id = $1"), args![account]).await
}
