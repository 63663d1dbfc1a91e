//! Posts become visible in the order of their numbers: who asks for what is newer misses nothing.

use breezeway::base::page::Page;
use breezeway::domain::statuses::{self, Draft};
use breezeway::domain::timelines::store::list_home;
use breezeway::testing::each_site;

const WRITERS: usize = 8;
const EACH: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_for_what_is_newer_misses_no_post_that_is_written_meanwhile() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let services = site.services.clone();
                tokio::spawn(async move {
                    for number in 0..EACH {
                        let draft = Draft { text: format!("{writer} says {number}"), ..Draft::default() };
                        statuses::create(&services, ann, draft).await.expect("written");
                    }
                })
            })
            .collect();

        let mut read = vec![0];
        while read.len() <= WRITERS * EACH {
            let done = writers.iter().all(tokio::task::JoinHandle::is_finished);
            let page = Page { min_id: read.last().copied(), ..Page::first(7) };
            let ids = list_home(&mut site.conn().await, ann, page).await.expect("a page");
            assert!(
                !(done && ids.is_empty()),
                "only {} of {} posts were read",
                read.len() - 1,
                WRITERS * EACH
            );
            read.extend(ids.iter().rev().map(|(id, _)| id.0));
        }
        for writer in writers {
            writer.await.expect("a writer");
        }
    })
    .await;
}
