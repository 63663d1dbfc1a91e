//! Rows of notifications.

use super::markers::{Marker, Timeline};
use super::model::Notification;
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
}

/// Adds a notification. `false` if the person was told before.
pub async fn insert(conn: &mut Conn, notification: &Notification) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO notifications (id, account_id, kind, from_account_id, status_id, report_id, source,
                                            created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (account_id, kind, source) DO NOTHING"
            ),
            args![
                notification.id,
                notification.account_id,
                notification.kind,
                notification.from_account_id,
                notification.status_id,
                notification.report_id,
                notification.source,
                notification.created_at
            ],
        )
        .await?;
    Ok(inserted == 1)
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
            "SELECT id, account_id, kind, from_account_id, status_id, report_id, source, created_at
             FROM notifications
             WHERE account_id = $1 AND id < $2 AND id > $3 AND ($5 OR kind IN_LIST($6)) AND NOT (kind IN_LIST($7))
               AND ($8 IS NULL OR from_account_id = $8)
             ORDER BY id
             LIMIT $4"
        )
    } else {
        sql!(
            "SELECT id, account_id, kind, from_account_id, status_id, report_id, source, created_at
             FROM notifications
             WHERE account_id = $1 AND id < $2 AND id > $3 AND ($5 OR kind IN_LIST($6)) AND NOT (kind IN_LIST($7))
               AND ($8 IS NULL OR from_account_id = $8)
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
                filter.from
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
            "SELECT id, account_id, kind, from_account_id, status_id, report_id, source, created_at
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
                       WHERE n.account_id = $1 AND n.id > u.read_notification
                       LIMIT $2) unread"
            ),
            args![person, limit],
        )
        .await?;
    Ok(count)
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
