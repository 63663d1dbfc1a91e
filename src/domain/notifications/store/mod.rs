//! Rows of notifications.

pub mod policies;

use std::collections::HashSet;

use serde_json::json;

use super::markers::{Marker, Timeline};
use super::model::{Kind, Notification};
use super::wishes::Ways;
use crate::base::id::{AccountId, NotificationId};
use crate::base::page::Page;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Which notifications; an empty list means no condition.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only these words of [`super::Kind`].
    pub kinds: Vec<String>,
    /// None of these.
    pub exclude: Vec<String>,
    /// Only by this account.
    pub from: Option<AccountId>,
    /// Also those that wait as a request.
    pub with_filtered: bool,
}

/// Adds notifications. The ids of those whose person was not told before.
pub async fn insert_all(
    conn: &mut Conn,
    notifications: impl Iterator<Item = &Notification>,
) -> Result<HashSet<NotificationId>> {
    let rows: Vec<serde_json::Value> = notifications
        .map(|it| {
            json!([
                it.id.0,
                it.account_id.0,
                it.kind.to_string(),
                it.from_account_id.0,
                it.status_id.map(|id| id.0),
                it.report_id.map(|id| id.0),
                it.source,
                it.created_at.0,
                it.filtered
            ])
        })
        .collect();
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let statement = if conn.is_sqlite() {
        sql!(
            "INSERT INTO notifications (id, account_id, kind, from_account_id, status_id, report_id, source, -- SQLite only
                                        created_at, filtered)
             SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
                    json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]'),
                    json_extract(value, '$[6]'), json_extract(value, '$[7]'), json_extract(value, '$[8]')
             FROM json_each($1)
             WHERE TRUE
             ON CONFLICT (account_id, kind, source) DO NOTHING
             RETURNING id"
        )
    } else {
        sql!(
            "INSERT INTO notifications (id, account_id, kind, from_account_id, status_id, report_id, source, -- PostgreSQL only
                                        created_at, filtered)
             SELECT (value->>0)::bigint, (value->>1)::bigint, value->>2, (value->>3)::bigint, (value->>4)::bigint,
                    (value->>5)::bigint, value->>6, (value->>7)::bigint, (value->>8)::boolean
             FROM jsonb_array_elements($1::jsonb)
             ON CONFLICT (account_id, kind, source) DO NOTHING
             RETURNING id"
        )
    };
    let new: Vec<(NotificationId,)> =
        conn.all(statement, args![serde_json::Value::Array(rows).to_string()]).await?;
    Ok(new.into_iter().map(|(id,)| id).collect())
}

/// A page of a person's notifications, newest first.
pub async fn list(
    conn: &mut Conn,
    person: AccountId,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Notification>> {
    let statement = if page.upwards() {
        sql!(
            "SELECT id, account_id, kind, from_account_id, status_id, report_id, source, created_at, filtered
             FROM notifications
             WHERE account_id = $1 AND id < $2 AND id > $3 AND ($5 OR kind IN_LIST($6)) AND NOT (kind IN_LIST($7))
               AND ($8 IS NULL OR from_account_id = $8) AND ($9 OR NOT filtered)
             ORDER BY id
             LIMIT $4"
        )
    } else {
        sql!(
            "SELECT id, account_id, kind, from_account_id, status_id, report_id, source, created_at, filtered
             FROM notifications
             WHERE account_id = $1 AND id < $2 AND id > $3 AND ($5 OR kind IN_LIST($6)) AND NOT (kind IN_LIST($7))
               AND ($8 IS NULL OR from_account_id = $8) AND ($9 OR NOT filtered)
             ORDER BY id DESC
             LIMIT $4"
        )
    };
    let mut rows: Vec<Notification> = conn
        .all(
            statement,
            args![
                person,
                page.upper(),
                page.lower(),
                page.limit,
                filter.kinds.is_empty(),
                filter.kinds,
                filter.exclude,
                filter.from,
                filter.with_filtered
            ],
        )
        .await?;
    if page.upwards() {
        rows.reverse();
    }
    Ok(rows)
}

/// One notification of a person.
pub async fn find(conn: &mut Conn, person: AccountId, id: NotificationId) -> Result<Option<Notification>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, kind, from_account_id, status_id, report_id, source, created_at, filtered
             FROM notifications
             WHERE account_id = $1 AND id = $2"
        ),
        args![person, id],
    )
    .await
}

/// How many notifications the person has not seen, counted up to `limit`.
pub async fn count_unread(conn: &mut Conn, person: AccountId, limit: i64) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM (SELECT n.id
                       FROM notifications n
                       JOIN users u ON u.account_id = n.account_id
                       WHERE n.account_id = $1 AND n.id > u.read_notification AND NOT n.filtered
                       LIMIT $2) unread"
            ),
            args![person, limit],
        )
        .await?;
    Ok(count)
}

/// The newest notification of a person; 0 if there is none.
pub async fn find_newest(conn: &mut Conn, person: AccountId) -> Result<NotificationId> {
    let (newest,): (Option<NotificationId>,) =
        conn.one(sql!("SELECT MAX(id) FROM notifications WHERE account_id = $1"), args![person]).await?;
    Ok(newest.unwrap_or_default())
}

/// The newest notification that the person has seen; 0 if none.
pub async fn find_read(conn: &mut Conn, person: AccountId) -> Result<NotificationId> {
    let row: Option<(NotificationId,)> = conn
        .optional(sql!("SELECT read_notification FROM users WHERE account_id = $1"), args![person])
        .await?;
    Ok(row.map_or(NotificationId(0), |(id,)| id))
}

/// The person has seen everything up to `id`.
pub async fn update_read(conn: &mut Conn, person: AccountId, id: NotificationId) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE users
             SET read_notification = $2
             WHERE account_id = $1 AND read_notification < $2"
        ),
        args![person, id],
    )
    .await?;
    Ok(())
}

/// Forgets one notification.
pub async fn delete(conn: &mut Conn, person: AccountId, id: NotificationId) -> Result<()> {
    conn.execute(sql!("DELETE FROM notifications WHERE account_id = $1 AND id = $2"), args![person, id])
        .await?;
    Ok(())
}

/// Forgets all notifications of a person.
pub async fn delete_all(conn: &mut Conn, person: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM notifications WHERE account_id = $1"), args![person]).await?;
    Ok(())
}

/// Moves a mark.
pub async fn upsert_marker(
    conn: &mut Conn,
    person: AccountId,
    timeline: Timeline,
    last_read: i64,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO markers (account_id, timeline, last_read, version, updated_at)
             VALUES ($1, $2, $3, 1, $4)
             ON CONFLICT (account_id, timeline)
             DO UPDATE SET last_read = excluded.last_read, version = markers.version + 1,
                           updated_at = excluded.updated_at"
        ),
        args![person, timeline, last_read, now],
    )
    .await?;
    Ok(())
}

/// The marks of a person.
pub async fn list_markers(conn: &mut Conn, person: AccountId) -> Result<Vec<Marker>> {
    conn.all(
        sql!(
            "SELECT timeline, last_read, version, updated_at
             FROM markers
             WHERE account_id = $1
             ORDER BY timeline"
        ),
        args![person],
    )
    .await
}

/// What somebody chose for a kind.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WishRow {
    account_id: AccountId,
    kind: String,
    page: bool,
    push: bool,
    mail: bool,
}

impl WishRow {
    /// Whose, and of what; none for a kind that a newer version wrote.
    pub fn key(&self) -> Option<(AccountId, Kind)> {
        Some((self.account_id, Kind::from_word(&self.kind)?))
    }

    /// How.
    pub fn ways(&self) -> Ways {
        Ways { page: self.page, push: self.push, mail: self.mail }
    }
}

/// What these people chose.
pub async fn list_wishes(conn: &mut Conn, people: &[AccountId]) -> Result<Vec<WishRow>> {
    conn.all(
        sql!(
            "SELECT account_id, kind, page, push, mail
             FROM notification_wishes
             WHERE account_id IN_LIST($1)"
        ),
        args![people],
    )
    .await
}

/// Writes what somebody chose.
pub async fn upsert_wish(conn: &mut Conn, person: AccountId, kind: Kind, ways: Ways) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO notification_wishes (account_id, kind, page, push, mail)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (account_id, kind)
             DO UPDATE SET page = excluded.page, push = excluded.push, mail = excluded.mail"
        ),
        args![person, kind, ways.page, ways.push, ways.mail],
    )
    .await?;
    Ok(())
}
