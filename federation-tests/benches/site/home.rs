//! A home of somebody who follows 5,000 people, with ten thousand, a hundred thousand and a million posts in it.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use breezeway::base::Clock;
use breezeway::platform::db::{Db, Tx};
use breezeway::{args, sql};
use futures::stream::{self, StreamExt as _};

use super::process::Running;
use super::{ms, text};

/// Whom the reader follows.
const FOLLOWED: i64 = 5_000;
/// Home pages read, one after the other.
const PAGES: usize = 2_000;
/// Bits below the milliseconds in an id.
const LOW_BITS: u32 = 16;
/// Where the made-up rows begin: far below anything that the site makes itself.
const FIRST_AUTHOR: i64 = 1_000;

/// Fills the site step by step and reads.
pub async fn measure(site: &mut Running, token: &str) -> Result<()> {
    let me = text(&site.get(token, "/api/v1/accounts/verify_credentials").await?, "id")?.parse()?;
    let end = Clock::system().now().0 - 60_000;
    let db = site.db().await?;
    people(&db, me, end).await?;
    let mut from = 0;
    for count in [10_000, 100_000, 1_000_000] {
        posts(&db, me, (from, count), end).await?;
        from = count;
        // Fresh connections, as after a night: nothing of the filling is in their caches.
        site.restart().await?;
        for (name, at) in [("newest", None), ("anywhere", Some(end))] {
            read(site, token, count, name, at).await?;
        }
    }
    together(site, token).await?;
    db.close().await;
    Ok(())
}

async fn people(db: &Db, me: i64, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    tx.execute(
        sql!(
            "INSERT INTO accounts (id, username, username_key, host, kind, uri, url, display_name, created_at, updated_at)
             WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $2)
             SELECT i, 'p' || i, 'p' || i, 'site' || (i % 50) || '.example.org', 'person', 'https://site' || (i % 50) || '.example.org/users/p' || i,
                    'https://site' || (i % 50) || '.example.org/@p' || i, 'Person ' || i, CAST($3 AS BIGINT), CAST($3 AS BIGINT)
             FROM n"
        ),
        args![FIRST_AUTHOR, FIRST_AUTHOR + FOLLOWED - 1, now],
    )
    .await?;
    tx.execute(
        sql!(
            "INSERT INTO follows (account_id, target_id, accepted, uri, created_at)
             SELECT CAST($1 AS BIGINT), id, TRUE, 'urn:follow:' || id, CAST($2 AS BIGINT)
             FROM accounts
             WHERE id >= $3 AND id < $4"
        ),
        args![me, now, FIRST_AUTHOR, FIRST_AUTHOR + FOLLOWED],
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Posts number `from` to `to`, a second apart, the last one at `end` when a million is reached; three in ten answer
/// another, one in ten is a repost.
async fn posts(db: &Db, me: i64, (from, to): (i64, i64), end: i64) -> Result<()> {
    let mut start = from;
    while start < to {
        let stop = (start + 50_000).min(to);
        let mut tx = db.begin().await?;
        insert(&mut tx, me, (start, stop), end).await?;
        tx.commit().await?;
        start = stop;
    }
    Ok(())
}

async fn insert(tx: &mut Tx, me: i64, (from, to): (i64, i64), end: i64) -> Result<()> {
    // Number 0 is the newest, so that every step makes the home longer at its far end.
    let shift = 1_i64 << LOW_BITS;
    tx.execute(
        sql!(
            "INSERT INTO statuses (id, uri, url, account_id, local, visibility, content, in_reply_to_id, in_reply_to_account_id,
                                   in_reply_to_uri, reblog_of_id, conversation_id, created_at)
             WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $2)
             SELECT (CAST($3 AS BIGINT) - i * 1000) * $4 + 1, 'https://site.example.org/notes/' || i, 'https://site.example.org/notes/' || i,
                    CAST($5 AS BIGINT) + (i * 7919) % $6, FALSE, 'organisation',
                    '<p>Post number ' || i || ': the figures of last week are in the folder, have a look before we meet on Thursday in room' || (i % 20) || ' about theme' || (i % 1000) || '.</p>',
                    NULL, NULL,
                    CASE WHEN i % 10 IN (1, 3, 6) THEN 'https://elsewhere.example.org/' || i END,
                    CASE WHEN i % 10 = 9 THEN (CAST($3 AS BIGINT) - (i - 1) * 1000) * $4 + 1 END,
                    (CAST($3 AS BIGINT) - i * 1000) * $4 + 1, CAST($3 AS BIGINT) - i * 1000
             FROM n"
        ),
        args![from, to - 1, end, shift, FIRST_AUTHOR, FOLLOWED],
    )
    .await?;
    tx.execute(
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id)
             SELECT CAST($1 AS BIGINT), id, id
             FROM statuses
             WHERE id >= $2 AND id <= $3 AND account_id >= $4 AND account_id < $5"
        ),
        args![
            me,
            (end - (to - 1) * 1000) * shift,
            (end - from * 1000) * shift + 1,
            FIRST_AUTHOR,
            FIRST_AUTHOR + FOLLOWED
        ],
    )
    .await?;
    Ok(())
}

/// The newest page again and again, or pages anywhere in the home.
async fn read(site: &Running, token: &str, count: i64, name: &str, end: Option<i64>) -> Result<()> {
    let mut times = Vec::with_capacity(PAGES);
    let before = site.cpu()?;
    for number in 0..PAGES as i64 {
        let from = end.map_or(String::new(), |end| {
            let place = (number * 7_919_993) % (count - 100);
            format!("&max_id={}", (end - place * 1000) << LOW_BITS)
        });
        let start = Instant::now();
        let page = site.get(token, &format!("/api/v1/timelines/home?limit=20{from}")).await?;
        times.push(start.elapsed());
        let length = page.as_array().map_or(0, Vec::len);
        ensure!(length == 20, "a page of {length}");
    }
    report(&format!("home, {count} posts, {name}"), times, site.cpu()?.saturating_sub(before));
    Ok(())
}

async fn together(site: &Running, token: &str) -> Result<()> {
    let before = site.cpu()?;
    let times: Vec<Duration> = stream::iter(0..PAGES)
        .map(|_| async {
            let start = Instant::now();
            site.get(token, "/api/v1/timelines/home?limit=20").await.map(|_| start.elapsed())
        })
        .buffer_unordered(8)
        .collect::<Vec<_>>()
        .await
        .into_iter()
        .collect::<Result<_>>()?;
    report("the same, eight at once", times, site.cpu()?.saturating_sub(before));
    Ok(())
}

pub(super) fn report(name: &str, mut times: Vec<Duration>, cpu: Duration) {
    times.sort_unstable();
    println!(
        "{name:<40}  median {:.1} ms, 99 % {:.1} ms, {:.2} CPU-s per 1,000",
        ms(times[times.len() / 2]),
        ms(times[times.len() * 99 / 100]),
        cpu.as_secs_f64() * 1000.0 / times.len() as f64
    );
}
