//! Rows of titles, and the mark on a post that says which side tables have rows for it.

use super::super::extras::Extras;
use super::super::title::{Title, TitleKind};
use crate::base::Result;
use crate::base::id::StatusId;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Marks a post.
pub async fn add_extras(conn: &mut Conn, status: StatusId, extras: Extras) -> Result<()> {
    conn.execute(
        sql!("UPDATE statuses SET extras = extras | $2 WHERE id = $1 AND (extras & $2) <> $2"),
        args![status, extras.bits()],
    )
    .await?;
    Ok(())
}

/// Gives a post a title, or another one.
pub async fn upsert_title(conn: &mut Conn, status: StatusId, title: &Title) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO status_titles (status_id, kind, title)
             VALUES ($1, $2, $3)
             ON CONFLICT (status_id) DO UPDATE SET kind = excluded.kind, title = excluded.title"
        ),
        args![status, title.kind, title.text],
    )
    .await?;
    Ok(())
}

/// Takes the title away.
pub async fn delete_title(conn: &mut Conn, status: StatusId) -> Result<()> {
    conn.execute(sql!("DELETE FROM status_titles WHERE status_id = $1"), args![status]).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    status_id: StatusId,
    #[sqlx(try_from = "String")]
    kind: TitleKind,
    title: String,
}

/// The titles of posts.
pub async fn list_titles(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<(StatusId, Title)>> {
    let rows: Vec<Row> = conn
        .all(
            sql!(
                "SELECT status_id, kind, title
                 FROM status_titles
                 WHERE status_id IN_LIST($1)"
            ),
            args![ids],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.status_id, Title { kind: row.kind, text: row.title })).collect())
}
