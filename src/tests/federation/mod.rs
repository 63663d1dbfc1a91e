//! What other sites get to see of a site, and what it reads of them.

mod again;
mod ahead;
mod askers;
mod bounds;
mod doctor;
mod fetch;
mod followers;
mod forwarded;
mod golden;
mod golden_activities;
mod golden_consent;
mod golden_objects;
mod golden_peering;
mod golden_threads;
mod proofs;
mod serve;
mod threads;
mod two_sites;
mod writer;

use breezeway::base::id::StatusId;
use breezeway::domain::accounts::{self, Account};
use breezeway::domain::auth;
use breezeway::domain::organisation::{self, Peer as Known, PeerState};
use breezeway::domain::statuses::{self, Draft, StatusView, Visibility};
use breezeway::testing::{Peer, TestApp};

/// A person of the site.
async fn person(app: &TestApp, name: &str) -> Account {
    let person = auth::NewPerson {
        username: name.to_owned(),
        email: format!("{name}@example.org"),
        password: "correct horse battery staple".to_owned(),
        ..auth::NewPerson::default()
    };
    auth::create(app.services(), person).await.unwrap()
}

/// A person that is there already.
async fn person_called(app: &TestApp, name: &str) -> Account {
    let mut conn = app.services().db.read().await.unwrap();
    accounts::store::find_by_handle(&mut conn, name, "").await.unwrap().unwrap()
}

/// A post of the person, as its author sees it.
async fn post(app: &TestApp, author: &Account, text: &str, visibility: Visibility) -> StatusView {
    let draft = Draft { text: text.to_owned(), visibility: Some(visibility), ..Draft::default() };
    let id = statuses::create(app.services(), author.id, draft).await.unwrap();
    view(app, author, id).await
}

async fn view(app: &TestApp, reader: &Account, id: StatusId) -> StatusView {
    let mut conn = app.services().db.read().await.unwrap();
    let reader = statuses::Reader::Person(reader.id);
    statuses::hydrate::hydrate_one(app.services(), &mut conn, &reader, id).await.unwrap()
}

/// Both sites agreed, as far as this one knows.
async fn befriend(app: &TestApp, peer: &Peer) {
    set_standing(app, peer, false).await;
}

/// Our moderators blocked the site.
async fn block(app: &TestApp, peer: &Peer) {
    set_standing(app, peer, true).await;
}

async fn set_standing(app: &TestApp, peer: &Peer, blocked: bool) {
    let now = app.now();
    let known = Known {
        id: app.services().ids.next(),
        host: peer.host(),
        state: PeerState::Accepted,
        actor_uri: Some(peer.site().to_string()),
        inbox: Some(peer.url("/inbox").to_string()),
        name: "Sales".to_owned(),
        colour: String::new(),
        organisation_uri: Some(peer.url("/organisation").to_string()),
        follow_uri: None,
        blocked_at: blocked.then_some(now),
        created_at: now,
        updated_at: now,
    };
    let mut tx = app.services().db.begin().await.unwrap();
    organisation::store::upsert(&mut tx, &known).await.unwrap();
    let id = organisation::store::find(&mut tx, &known.host).await.unwrap().unwrap().id;
    organisation::store::update_blocked(&mut tx, id, known.blocked_at, now).await.unwrap();
    tx.commit().await.unwrap();
    app.services().caches.forget_peers();
}
