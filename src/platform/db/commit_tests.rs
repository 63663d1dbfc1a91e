//! A commit that was begun goes on to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Db;
use crate::sql;
use crate::testing::each_db;

/// Commits while the caller hangs up at once; answers whether what comes after the commit was done.
async fn is_done_after_hanging_up(db: &Db) -> bool {
    let done = Arc::new(AtomicBool::new(false));
    let mut tx = db.begin().await.expect("a transaction");
    let insert = sql!("INSERT INTO tombstones (uri, deleted_at) VALUES ('https://a.example/1', 1)");
    tx.execute(insert, Vec::new()).await.expect("a row");
    let mark = Arc::clone(&done);
    tx.after_commit(move || mark.store(true, Ordering::SeqCst));
    let mut commit = Box::pin(tx.commit());
    assert!(futures::poll!(&mut commit).is_pending(), "the commit is under way");
    drop(commit);

    for _ in 0..500 {
        if done.load(Ordering::SeqCst) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

#[tokio::test]
async fn a_commit_is_finished_also_if_whoever_asked_hangs_up() {
    each_db(async |db| {
        assert!(is_done_after_hanging_up(&db).await);
        let mut conn = db.read().await.expect("a connection");
        let count = sql!("SELECT COUNT(*) FROM tombstones");
        let (rows,): (i64,) = conn.one(count, Vec::new()).await.expect("a count");
        assert_eq!(rows, 1);
    })
    .await;
}
