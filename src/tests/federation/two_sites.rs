//! Two sites in one process, through the domain and the wire, without the client API.

use breezeway::base::id::{AccountId, StatusId};
use breezeway::base::page::Page;
use breezeway::domain::organisation::{self, model::By};
use breezeway::domain::statuses::{self, Draft, Reader, StatusView};
use breezeway::domain::{accounts, follows, timelines};
use breezeway::federation::fetch;
use breezeway::testing::{TestApp, eventually};

/// Two sites that shook hands.
async fn two_sites() -> (TestApp, TestApp) {
    let eng = TestApp::build().named("Engineering").start().await;
    let sales = TestApp::build().named("Sales").start().await;
    peer(&eng, &sales).await;
    (eng, sales)
}

async fn peer(one: &TestApp, other: &TestApp) {
    let profile = fetch::site(one.services(), &other.host()).await.unwrap();
    organisation::invite(one.services(), By::Site, profile).await.unwrap();
    eventually("the invitation arrives", async || {
        (other.peer_state(&one.host()).await.as_deref() == Some("requested")).then_some(())
    })
    .await;
    organisation::accept(other.services(), By::Site, &one.host()).await.unwrap();
    eventually("the answer arrives", async || {
        (one.peer_state(&other.host()).await.as_deref() == Some("accepted")).then_some(())
    })
    .await;
}

async fn find(app: &TestApp, handle: &str) -> AccountId {
    fetch::handle(app.services(), handle, &fetch::Budget::default()).await.unwrap().id
}

async fn home(app: &TestApp, person: AccountId) -> Vec<StatusView> {
    let mut conn = app.services().db.read().await.unwrap();
    timelines::home(app.services(), &mut conn, person, Page::first(20)).await.unwrap().statuses
}

async fn write(app: &TestApp, person: AccountId, text: &str, to: Option<StatusId>) -> StatusId {
    let draft = Draft { text: text.to_owned(), in_reply_to: to, ..Draft::default() };
    statuses::create(app.services(), person, draft).await.unwrap()
}

#[tokio::test]
async fn a_follower_elsewhere_reads_answers_and_likes() {
    let (eng, sales) = two_sites().await;
    let ann = eng.person("ann").await.id;
    let bob = sales.person("bob").await.id;
    let ann_there = find(&sales, &format!("ann@{}", eng.host())).await;
    follows::follow(sales.services(), bob, ann_there, follows::follow::Wishes::default()).await.unwrap();
    eventually("the follow is accepted", async || {
        let mut conn = sales.services().db.read().await.unwrap();
        follows::store::find(&mut conn, bob, ann_there).await.unwrap()?.accepted.then_some(())
    })
    .await;

    let post = write(&eng, ann, "Hello from engineering", None).await;
    let seen = eventually("the post arrives", async || home(&sales, bob).await.pop()).await;
    assert_eq!(seen.status.content, "<p>Hello from engineering</p>");

    statuses::favourite(sales.services(), bob, seen.status.id).await.unwrap();
    let reply = write(&sales, bob, &format!("@ann@{} welcome", eng.host()), Some(seen.status.id)).await;
    let _ = reply;
    eventually("the like arrives", async || {
        let mut conn = eng.services().db.read().await.unwrap();
        let status = statuses::store::get(&mut conn, post).await.unwrap();
        (status.favourites_count == 1 && status.replies_count == 1).then_some(())
    })
    .await;
    let mut conn = eng.services().db.read().await.unwrap();
    let context =
        statuses::context::context(eng.services(), &mut conn, &Reader::Person(ann), post).await.unwrap();
    assert_eq!(context.descendants.len(), 1);
    let bob_here = accounts::store::find_by_handle(&mut conn, "bob", &sales.host()).await.unwrap().unwrap();
    assert_eq!(context.descendants[0].account.id, bob_here.id);
    drop(conn);

    statuses::delete(eng.services(), ann, post).await.unwrap();
    eventually("the post goes", async || {
        let gone = home(&sales, bob).await.iter().all(|view| view.status.id != seen.status.id);
        gone.then_some(())
    })
    .await;
}
