//! Rows of rails.

use super::super::pins::Pin;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Puts something into a rail, below what is there. `false` if it was there.
pub async fn insert_pin(conn: &mut Conn, account: AccountId, pin: &Pin) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO rail_pins (account_id, kind, target, position)
                 SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1
                 FROM rail_pins
                 WHERE account_id = $1
                 ON CONFLICT (account_id, kind, target) DO NOTHING"
            ),
            args![account, pin.kind, pin.target],
        )
        .await?;
    Ok(inserted == 1)
}

/// Takes something out of a rail.
pub async fn delete_pin(conn: &mut Conn, account: AccountId, pin: &Pin) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM rail_pins WHERE account_id = $1 AND kind = $2 AND target = $3"),
        args![account, pin.kind, pin.target],
    )
    .await?;
    Ok(())
}

/// How much stands in a rail.
pub async fn count_pins(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) =
        conn.one(sql!("SELECT COUNT(*) FROM rail_pins WHERE account_id = $1"), args![account]).await?;
    Ok(count)
}

/// What stands in a rail: kind, target, and the title of the list, or how the person writes the tag.
pub async fn list_pins(conn: &mut Conn, account: AccountId) -> Result<Vec<(String, String, Option<String>)>> {
    conn.all(
        sql!(
            "SELECT p.kind, p.target,
                    CASE p.kind
                        WHEN 'list' THEN (SELECT l.title FROM lists l
                                          WHERE l.account_id = p.account_id AND l.deleted_at IS NULL
                                            AND CAST(l.id AS TEXT) = p.target)
                        ELSE (SELECT t.display FROM followed_tags t
                              WHERE t.account_id = p.account_id AND t.name = p.target)
                    END
             FROM rail_pins p
             WHERE p.account_id = $1
             ORDER BY p.position, p.kind, p.target"
        ),
        args![account],
    )
    .await
}
