//! Rows of polls, their options and votes.

use super::super::poll::{Poll, PollOption, ReceivedPoll};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a poll.
pub async fn insert_poll(conn: &mut Conn, poll: &Poll) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO polls (status_id, multiple, hide_totals, expires_at, voters_count, ended_at, fetched_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        args![
            poll.status_id,
            poll.multiple,
            poll.hide_totals,
            poll.expires_at,
            poll.voters_count,
            poll.ended_at,
            poll.fetched_at
        ],
    )
    .await?;
    Ok(())
}

/// Adds the options of a poll, each with its votes.
pub async fn insert_poll_options(conn: &mut Conn, status: StatusId, options: &[(String, i64)]) -> Result<()> {
    for (position, (title, votes)) in options.iter().enumerate() {
        conn.execute(
            sql!(
                "INSERT INTO poll_options (status_id, position, title, votes_count)
                 VALUES ($1, $2, $3, $4)"
            ),
            args![status, position as i64, title, *votes],
        )
        .await?;
    }
    Ok(())
}

/// Forgets a poll with its options and votes.
pub async fn delete_poll(conn: &mut Conn, status: StatusId) -> Result<()> {
    conn.execute(sql!("DELETE FROM polls WHERE status_id = $1"), args![status]).await?;
    Ok(())
}

/// The polls of posts, in no order.
pub async fn list_polls(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<Poll>> {
    conn.all(
        sql!(
            "SELECT status_id, multiple, hide_totals, expires_at, voters_count, ended_at, fetched_at
             FROM polls
             WHERE status_id IN_LIST($1)"
        ),
        args![ids],
    )
    .await
}

/// The options of polls, in order.
pub async fn list_poll_options(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<PollOption>> {
    conn.all(
        sql!(
            "SELECT status_id, position, title, votes_count
             FROM poll_options
             WHERE status_id IN_LIST($1)
             ORDER BY status_id, position"
        ),
        args![ids],
    )
    .await
}

/// What somebody chose in polls, by place.
pub async fn list_votes_of(
    conn: &mut Conn,
    account: AccountId,
    ids: &[StatusId],
) -> Result<Vec<(StatusId, i64)>> {
    conn.all(
        sql!(
            "SELECT status_id, position
             FROM poll_votes
             WHERE status_id IN_LIST($1) AND account_id = $2
             ORDER BY status_id, position"
        ),
        args![ids, account],
    )
    .await
}

/// What somebody chose in a poll: the option, and the id of the vote.
pub async fn list_ballot(
    conn: &mut Conn,
    status: StatusId,
    account: AccountId,
) -> Result<Vec<(String, String)>> {
    conn.all(
        sql!(
            "SELECT o.title, v.uri
             FROM poll_votes v
             JOIN poll_options o ON o.status_id = v.status_id AND o.position = v.position
             WHERE v.status_id = $1 AND v.account_id = $2
             ORDER BY v.position"
        ),
        args![status, account],
    )
    .await
}

/// Those who voted, each once.
pub async fn list_voters(conn: &mut Conn, status: StatusId) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(sql!("SELECT DISTINCT account_id FROM poll_votes WHERE status_id = $1"), args![status])
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether somebody voted in a poll.
pub async fn has_voted(conn: &mut Conn, status: StatusId, account: AccountId) -> Result<bool> {
    let row: Option<(i64,)> = conn
        .optional(
            sql!("SELECT position FROM poll_votes WHERE status_id = $1 AND account_id = $2 LIMIT 1"),
            args![status, account],
        )
        .await?;
    Ok(row.is_some())
}

/// Makes others wait who want to vote in the same poll.
pub async fn lock_poll(conn: &mut Conn, status: StatusId) -> Result<()> {
    conn.execute(sql!("UPDATE polls SET multiple = multiple WHERE status_id = $1"), args![status]).await?;
    Ok(())
}

/// Adds a vote. `false` if it is there.
pub async fn insert_vote(
    conn: &mut Conn,
    status: StatusId,
    (account, position): (AccountId, i64),
    uri: &str,
    now: Millis,
) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO poll_votes (status_id, account_id, position, uri, created_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (status_id, account_id, position) DO NOTHING"
            ),
            args![status, account, position, uri, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Counts votes for an option.
pub async fn update_option_votes(conn: &mut Conn, status: StatusId, position: i64, by: i64) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE poll_options
             SET votes_count = votes_count + $3
             WHERE status_id = $1 AND position = $2"
        ),
        args![status, position, by],
    )
    .await?;
    Ok(())
}

/// Sets the votes for an option, as its origin counts them.
pub async fn update_option_total(conn: &mut Conn, status: StatusId, position: i64, votes: i64) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE poll_options
             SET votes_count = $3
             WHERE status_id = $1 AND position = $2"
        ),
        args![status, position, votes],
    )
    .await?;
    Ok(())
}

/// Counts people who voted; `changed` of a poll of this site: others are to hear of it.
pub async fn update_voters(
    conn: &mut Conn,
    status: StatusId,
    by: i64,
    changed: Option<Millis>,
) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE polls
             SET voters_count = voters_count + $2, changed_at = COALESCE(changed_at, $3)
             WHERE status_id = $1"
        ),
        args![status, by, changed],
    )
    .await?;
    Ok(())
}

/// Changes what an edit may change without counting anew. An end that was told may come again.
pub async fn update_poll_terms(
    conn: &mut Conn,
    status: StatusId,
    hide_totals: bool,
    expires_at: Option<Millis>,
) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE polls
             SET hide_totals = $2, expires_at = $3, ended_at = NULL
             WHERE status_id = $1"
        ),
        args![status, hide_totals, expires_at],
    )
    .await?;
    Ok(())
}

/// Takes over what its origin says of a poll.
pub async fn update_poll_figures(
    conn: &mut Conn,
    status: StatusId,
    received: &ReceivedPoll,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE polls
             SET hide_totals = $2, expires_at = $3, voters_count = $4, fetched_at = $5
             WHERE status_id = $1"
        ),
        args![status, received.hide_totals, received.expires_at, received.voters_count, now],
    )
    .await?;
    Ok(())
}

/// Notes that the figures were asked for.
pub async fn update_poll_fetched(conn: &mut Conn, status: StatusId, now: Millis) -> Result<()> {
    conn.execute(sql!("UPDATE polls SET fetched_at = $2 WHERE status_id = $1"), args![status, now]).await?;
    Ok(())
}

/// Polls whose time is over and whose end was not told.
pub async fn list_polls_to_end(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM polls
                 WHERE ended_at IS NULL AND expires_at IS NOT NULL AND expires_at <= $1
                 ORDER BY expires_at
                 LIMIT $2"
            ),
            args![now, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Polls with votes that others have not heard of, of which they heard nothing since `told_before`.
pub async fn list_polls_to_tell(conn: &mut Conn, told_before: Millis, limit: i64) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM polls
                 WHERE changed_at IS NOT NULL AND (told_at IS NULL OR told_at <= $1)
                 ORDER BY changed_at
                 LIMIT $2"
            ),
            args![told_before, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A poll has ended; what was counted is told with that. `false` if that was so already.
pub async fn update_poll_ended(conn: &mut Conn, status: StatusId, now: Millis) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE polls
                 SET ended_at = $2, changed_at = NULL, told_at = $2
                 WHERE status_id = $1 AND ended_at IS NULL"
            ),
            args![status, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Others hear of the votes. `false` if there is nothing new to hear.
pub async fn update_poll_told(conn: &mut Conn, status: StatusId, now: Millis) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE polls
                 SET changed_at = NULL, told_at = $2
                 WHERE status_id = $1 AND changed_at IS NOT NULL"
            ),
            args![status, now],
        )
        .await?;
    Ok(touched == 1)
}
