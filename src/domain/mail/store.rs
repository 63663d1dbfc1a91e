//! Rows of mails, and of what people wish about them.

use super::model::{Outcome, QueuedMail, Wishes};
use crate::base::id::{AccountId, MailId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a mail. `false` if one of this source was there.
pub async fn insert(conn: &mut Conn, mail: &QueuedMail, source: &str) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO mails (id, account_id, address, about, source, created_at, run_at, give_up_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (source) DO NOTHING"
            ),
            args![
                mail.id,
                mail.account_id,
                mail.address,
                mail.about,
                source,
                mail.created_at,
                mail.run_at,
                mail.give_up_at
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// The mails that are due, the oldest first.
pub async fn list_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<QueuedMail>> {
    conn.all(
        sql!(
            "SELECT id, account_id, address, about, created_at, run_at, give_up_at, attempts
             FROM mails
             WHERE run_at <= $1 AND done_at IS NULL
             ORDER BY run_at
             LIMIT $2"
        ),
        args![now, limit],
    )
    .await
}

/// Takes a mail as it was read. `false` if somebody was faster.
pub async fn update_taken(conn: &mut Conn, mail: &QueuedMail, until: Millis) -> Result<bool> {
    let taken = conn
        .execute(
            sql!(
                "UPDATE mails
                 SET run_at = $3, attempts = attempts + 1
                 WHERE id = $1 AND run_at = $2 AND done_at IS NULL"
            ),
            args![mail.id, mail.run_at, until],
        )
        .await?;
    Ok(taken == 1)
}

/// A mail is done: what it was about is no longer needed.
pub async fn update_done(conn: &mut Conn, id: MailId, outcome: Outcome, now: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE mails SET done_at = $2, outcome = $3, about = '' WHERE id = $1 AND done_at IS NULL"),
        args![id, now, outcome],
    )
    .await?;
    Ok(())
}

/// Puts a mail off.
pub async fn update_failed(conn: &mut Conn, id: MailId, run_at: Millis, problem: &str) -> Result<()> {
    conn.execute(
        sql!("UPDATE mails SET run_at = $2, last_error = $3 WHERE id = $1 AND done_at IS NULL"),
        args![id, run_at, problem],
    )
    .await?;
    Ok(())
}

/// What became of a mail, if it is done.
pub async fn find_outcome(conn: &mut Conn, source: &str) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> =
        conn.optional(sql!("SELECT outcome FROM mails WHERE source = $1"), args![source]).await?;
    Ok(row.and_then(|(outcome,)| outcome))
}

/// How many mails wait.
pub async fn count_waiting(conn: &mut Conn) -> Result<i64> {
    let (count,): (i64,) =
        conn.one(sql!("SELECT COUNT(*) FROM mails WHERE done_at IS NULL"), args![]).await?;
    Ok(count)
}

/// Forgets mails that were done long ago.
pub async fn delete_done(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM mails WHERE done_at < $1"), args![before]).await?;
    Ok(())
}

/// What these people wish, as far as they ever said so.
pub async fn list_wishes(conn: &mut Conn, people: &[AccountId]) -> Result<Vec<Wishes>> {
    conn.all(
        sql!(
            "SELECT account_id, digest, hour, weekday, next_at, last_at, zone, language, quiet_from, quiet_until,
                    news_off, told_up_to
             FROM mail_wishes
             WHERE account_id IN_LIST($1)"
        ),
        args![people],
    )
    .await
}

/// Those of these people whose address is known to be theirs.
pub async fn list_confirmed(conn: &mut Conn, people: &[AccountId]) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM users
                 WHERE account_id IN_LIST($1) AND email_confirmed_at IS NOT NULL AND disabled_at IS NULL"
            ),
            args![people],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Writes what a person wishes. What was told stays told.
pub async fn upsert_wishes(conn: &mut Conn, wishes: &Wishes) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO mail_wishes (account_id, digest, hour, weekday, next_at, last_at, zone, language, quiet_from,
                                      quiet_until, news_off, told_up_to)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (account_id)
             DO UPDATE SET digest = excluded.digest, hour = excluded.hour, weekday = excluded.weekday,
                           next_at = excluded.next_at, zone = excluded.zone, language = excluded.language,
                           quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
                           news_off = excluded.news_off"
        ),
        args![
            wishes.account_id,
            wishes.digest,
            wishes.hour,
            wishes.weekday,
            wishes.next_at,
            wishes.last_at,
            wishes.zone,
            wishes.language,
            wishes.quiet_from,
            wishes.quiet_until,
            wishes.news_off,
            wishes.told_up_to
        ],
    )
    .await?;
    Ok(())
}

/// Those with an address of their own who never said what they wish.
pub async fn list_without_wishes(conn: &mut Conn, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT u.account_id
                 FROM users u
                 WHERE u.email_confirmed_at IS NOT NULL AND u.disabled_at IS NULL
                   AND NOT EXISTS (SELECT 1 FROM mail_wishes w WHERE w.account_id = u.account_id)
                 LIMIT $1"
            ),
            args![limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Those whose digest is due.
pub async fn list_digests_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<Wishes>> {
    conn.all(
        sql!(
            "SELECT account_id, digest, hour, weekday, next_at, last_at, zone, language, quiet_from, quiet_until,
                    news_off, told_up_to
             FROM mail_wishes
             WHERE next_at <= $1
             ORDER BY next_at
             LIMIT $2"
        ),
        args![now, limit],
    )
    .await
}

/// Takes a digest that is due: the next one is at `next`. `false` if somebody was faster.
pub async fn update_digest(
    conn: &mut Conn,
    wishes: &Wishes,
    next: Option<Millis>,
    now: Millis,
) -> Result<bool> {
    let taken = conn
        .execute(
            sql!(
                "UPDATE mail_wishes
                 SET next_at = $3, last_at = $4
                 WHERE account_id = $1 AND next_at = $2"
            ),
            args![wishes.account_id, wishes.next_at, next, now],
        )
        .await?;
    Ok(taken == 1)
}

/// A mail told of notifications up to this one. Never goes back.
pub async fn update_told(conn: &mut Conn, person: AccountId, up_to: i64) -> Result<()> {
    conn.execute(
        sql!("UPDATE mail_wishes SET told_up_to = $2 WHERE account_id = $1 AND told_up_to < $2"),
        args![person, up_to],
    )
    .await?;
    Ok(())
}
