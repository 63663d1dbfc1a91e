//! Which posts stand in a timeline. Newest first, whichever way the page was asked for.

pub mod marks;
pub mod since;

use super::PersonFilter;
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::base::page::Page;
use crate::platform::db::Conn;
use crate::{args, sql};

/// A person's home: posts, and where each stands in it. A post that was found before its site sent it stands where it
/// came, not at its number.
pub async fn list_home(conn: &mut Conn, person: AccountId, page: Page) -> Result<Vec<(StatusId, i64)>> {
    let statement = if page.upwards() {
        sql!(
            "SELECT status_id, position
             FROM home_entries
             WHERE account_id = $1 AND position < $2 AND position > $3
             ORDER BY position
             LIMIT $4"
        )
    } else {
        sql!(
            "SELECT status_id, position
             FROM home_entries
             WHERE account_id = $1 AND position < $2 AND position > $3
             ORDER BY position DESC
             LIMIT $4"
        )
    };
    let page = Page {
        max_id: find_place(conn, person, page.max_id).await?,
        since_id: find_place(conn, person, page.since_id).await?,
        min_id: find_place(conn, person, page.min_id).await?,
        ..page
    };
    let mut rows: Vec<(StatusId, i64)> =
        conn.all(statement, args![person, page.upper(), page.lower(), page.limit]).await?;
    if page.upwards() {
        rows.reverse();
    }
    Ok(rows)
}

/// Where a post stands in a home; one that is not in it, where it would.
async fn find_place(conn: &mut Conn, person: AccountId, id: Option<i64>) -> Result<Option<i64>> {
    let Some(id) = id else { return Ok(None) };
    let place: Option<(i64,)> = conn
        .optional(
            sql!("SELECT position FROM home_entries WHERE status_id = $1 AND account_id = $2"),
            args![id, person],
        )
        .await?;
    Ok(Some(place.map_or(id, |(place,)| place)))
}

/// Posts of this site that are for everybody on it.
pub async fn list_local(conn: &mut Conn, page: Page) -> Result<Vec<StatusId>> {
    let statement = if page.upwards() {
        sql!(
            "SELECT id
             FROM statuses
             WHERE local AND reblog_of_id IS NULL AND visibility IN ('public', 'organisation', 'site')
               AND id < $1 AND id > $2 AND (in_reply_to_id IS NULL OR in_reply_to_account_id = account_id)
             ORDER BY id
             LIMIT $3"
        )
    } else {
        sql!(
            "SELECT id
             FROM statuses
             WHERE local AND reblog_of_id IS NULL AND visibility IN ('public', 'organisation', 'site')
               AND id < $1 AND id > $2 AND (in_reply_to_id IS NULL OR in_reply_to_account_id = account_id)
             ORDER BY id DESC
             LIMIT $3"
        )
    };
    let rows = conn.all(statement, args![page.upper(), page.lower(), page.limit]).await?;
    Ok(newest_first(rows, page))
}

/// Posts of all sites that are for the whole organisation.
pub async fn list_organisation(conn: &mut Conn, page: Page) -> Result<Vec<StatusId>> {
    let statement = if page.upwards() {
        sql!(
            "SELECT id
             FROM statuses
             WHERE reblog_of_id IS NULL AND visibility IN ('public', 'organisation')
               AND id < $1 AND id > $2 AND (in_reply_to_uri IS NULL OR in_reply_to_account_id = account_id)
             ORDER BY id
             LIMIT $3"
        )
    } else {
        sql!(
            "SELECT id
             FROM statuses
             WHERE reblog_of_id IS NULL AND visibility IN ('public', 'organisation')
               AND id < $1 AND id > $2 AND (in_reply_to_uri IS NULL OR in_reply_to_account_id = account_id)
             ORDER BY id DESC
             LIMIT $3"
        )
    };
    let rows = conn.all(statement, args![page.upper(), page.lower(), page.limit]).await?;
    Ok(newest_first(rows, page))
}

/// Posts under a hashtag, except those for followers or those mentioned only.
pub async fn list_tag(conn: &mut Conn, key: &str, page: Page) -> Result<Vec<StatusId>> {
    let statement = if page.upwards() {
        sql!(
            "SELECT status_id
             FROM status_tags
             JOIN statuses ON statuses.id = status_id
             WHERE name = $1 AND status_id < $2 AND status_id > $3
               AND visibility IN ('public', 'unlisted', 'organisation', 'site')
             ORDER BY status_id
             LIMIT $4"
        )
    } else {
        sql!(
            "SELECT status_id
             FROM status_tags
             JOIN statuses ON statuses.id = status_id
             WHERE name = $1 AND status_id < $2 AND status_id > $3
               AND visibility IN ('public', 'unlisted', 'organisation', 'site')
             ORDER BY status_id DESC
             LIMIT $4"
        )
    };
    let rows = conn.all(statement, args![key, page.upper(), page.lower(), page.limit]).await?;
    Ok(newest_first(rows, page))
}

/// Hashtags under which everybody here can find something: key and as written; `like` is escaped with `!`.
pub async fn search_tags(
    conn: &mut Conn,
    like: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<(String, String)>> {
    conn.all(
        sql!(
            "SELECT t.name, MAX(t.display)
             FROM status_tags t
             JOIN statuses s ON s.id = t.status_id
             WHERE t.name LIKE $1 ESCAPE '!' AND s.removed_at IS NULL
               AND s.visibility IN ('public', 'unlisted', 'organisation', 'site')
             GROUP BY t.name
             ORDER BY LENGTH(t.name), t.name
             LIMIT $2 OFFSET $3"
        ),
        args![like, limit, offset],
    )
    .await
}

/// How much one person wrote and reposted with one of these visibilities.
pub async fn count_person(conn: &mut Conn, account: AccountId, visibilities: &[String]) -> Result<i64> {
    if visibilities.is_empty() {
        return Ok(0);
    }
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM statuses
                 WHERE account_id = $1 AND removed_at IS NULL AND visibility IN_LIST($2)"
            ),
            args![account, visibilities.to_vec()],
        )
        .await?;
    Ok(count)
}

/// What one person wrote.
pub async fn list_person(
    conn: &mut Conn,
    account: AccountId,
    filter: PersonFilter,
    page: Page,
) -> Result<Vec<StatusId>> {
    let statement = if page.upwards() {
        sql!(
            "SELECT id
             FROM statuses
             WHERE account_id = $1 AND id < $2 AND id > $3
               AND (NOT $5 OR in_reply_to_uri IS NULL OR in_reply_to_account_id = $1)
               AND (NOT $6 OR reblog_of_id IS NULL)
               AND (NOT $7 OR EXISTS (SELECT 1 FROM media m WHERE m.status_id = statuses.id))
             ORDER BY id
             LIMIT $4"
        )
    } else {
        sql!(
            "SELECT id
             FROM statuses
             WHERE account_id = $1 AND id < $2 AND id > $3
               AND (NOT $5 OR in_reply_to_uri IS NULL OR in_reply_to_account_id = $1)
               AND (NOT $6 OR reblog_of_id IS NULL)
               AND (NOT $7 OR EXISTS (SELECT 1 FROM media m WHERE m.status_id = statuses.id))
             ORDER BY id DESC
             LIMIT $4"
        )
    };
    let rows = conn
        .all(
            statement,
            args![
                account,
                page.upper(),
                page.lower(),
                page.limit,
                filter.exclude_replies,
                filter.exclude_reblogs,
                filter.only_media
            ],
        )
        .await?;
    Ok(newest_first(rows, page))
}

fn newest_first(rows: Vec<(StatusId,)>, page: Page) -> Vec<StatusId> {
    let mut ids: Vec<StatusId> = rows.into_iter().map(|(id,)| id).collect();
    if page.upwards() {
        ids.reverse();
    }
    ids
}
