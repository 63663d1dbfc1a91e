//! Two sites shake hands.

use breezeway::base::Error;
use breezeway::domain::Event;
use breezeway::domain::auth::Role;
use breezeway::domain::organisation::{self, By, Peer, PeerState, receive};
use breezeway::testing::Rooms;
use breezeway::testing::each_site;
use breezeway::testing::rooms::SALES;

const THEIR_FOLLOW: &str = "https://sales.example.org/activities/1";

async fn is_asked(site: &Rooms) -> Peer {
    let mut tx = site.services.db.begin().await.unwrap();
    let peer = receive::invitation(&site.services, &mut tx, Rooms::site(SALES), THEIR_FOLLOW).await.unwrap();
    tx.commit().await.unwrap();
    peer
}

async fn speaks(site: &Rooms) -> bool {
    organisation::may_speak_to(&site.services, &mut site.conn().await, SALES).await.unwrap()
}

#[tokio::test]
async fn an_invitation_that_is_accepted_makes_peers() {
    each_site(async |site| {
        let peer = organisation::invite(&site.services, By::Site, Rooms::site(SALES)).await.unwrap();
        let uri = peer.follow_uri.clone().unwrap();

        assert_eq!(site.events().await, [Event::PeerInvited { peer: peer.id, uri: uri.clone() }]);
        assert!(!speaks(&site).await);

        let mut tx = site.services.db.begin().await.unwrap();
        assert!(
            !receive::accept(&site.services, &mut tx, SALES, "https://eng.example.org/other").await.unwrap()
        );
        assert!(receive::accept(&site.services, &mut tx, SALES, &uri).await.unwrap());
        assert!(!receive::accept(&site.services, &mut tx, SALES, &uri).await.unwrap());
        tx.commit().await.unwrap();

        assert_eq!(site.events().await, [Event::PeerConfirmed { peer: peer.id }]);
        assert!(speaks(&site).await);
    })
    .await;
}

#[tokio::test]
async fn a_site_that_asks_waits_for_an_administrator() {
    each_site(async |site| {
        let (ann, boss) = (site.person("ann").await, site.staff("boss", Role::Admin).await);
        let peer = is_asked(&site).await;
        is_asked(&site).await;

        assert_eq!(site.events().await, [Event::PeerRequested { peer: peer.id }]);
        assert!(!speaks(&site).await);
        let refused = organisation::accept(&site.services, By::Person(ann), SALES).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));

        organisation::accept(&site.services, By::Person(boss), SALES).await.unwrap();
        organisation::accept(&site.services, By::Person(boss), SALES).await.unwrap();

        let accepted = Event::PeerAccepted { peer: peer.id, uri: THEIR_FOLLOW.to_owned() };
        assert_eq!(site.events().await, [accepted]);
        assert!(speaks(&site).await);
    })
    .await;
}

#[tokio::test]
async fn sites_that_invite_each_other_agree() {
    each_site(async |site| {
        organisation::invite(&site.services, By::Site, Rooms::site(SALES)).await.unwrap();
        site.events().await;

        let peer = is_asked(&site).await;

        assert_eq!(peer.state, PeerState::Accepted);
        let accepted = Event::PeerAccepted { peer: peer.id, uri: THEIR_FOLLOW.to_owned() };
        assert_eq!(site.events().await, std::slice::from_ref(&accepted));

        is_asked(&site).await;
        assert_eq!(site.events().await, [accepted], "a site that forgot is told again");
    })
    .await;
}

#[tokio::test]
async fn inviting_a_site_that_asked_accepts_it() {
    each_site(async |site| {
        is_asked(&site).await;

        let peer = organisation::invite(&site.services, By::Site, Rooms::site(SALES)).await.unwrap();

        assert_eq!(peer.state, PeerState::Accepted);
    })
    .await;
}

#[tokio::test]
async fn after_parting_nothing_is_spoken_until_they_ask_anew() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        site.events().await;
        assert!(speaks(&site).await);

        let peer = organisation::remove(&site.services, By::Site, SALES).await.unwrap();
        organisation::remove(&site.services, By::Site, SALES).await.unwrap();

        assert!(matches!(&site.events().await[..], [Event::PeerRemoved { uri: Some(_), .. }]));
        assert!(!speaks(&site).await);
        assert_eq!(peer.state, PeerState::Removed);
        assert_eq!(is_asked(&site).await.state, PeerState::Requested);
        assert!(!speaks(&site).await);
    })
    .await;
}

#[tokio::test]
async fn the_other_site_parts_by_reject_or_undo() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let mut tx = site.services.db.begin().await.unwrap();

        assert!(receive::undo(&site.services, &mut tx, SALES).await.unwrap());
        assert!(!receive::reject(&site.services, &mut tx, SALES).await.unwrap());
        assert!(!receive::reject(&site.services, &mut tx, "unknown.example").await.unwrap());
        tx.commit().await.unwrap();

        assert!(!speaks(&site).await);
    })
    .await;
}

#[tokio::test]
async fn names_and_colours_come_from_the_cache_and_change_with_the_row() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let known = organisation::known(&site.services, &mut site.conn().await).await.unwrap();
        assert_eq!((known[SALES].name.as_str(), known[SALES].colour.as_str()), ("Sales", "#aa3311"));

        let mut tx = site.services.db.begin().await.unwrap();
        let mut profile = Rooms::site(SALES);
        profile.name = "Sales and Service".to_owned();
        receive::refresh(&site.services, &mut tx, profile).await.unwrap();
        tx.commit().await.unwrap();

        let known = organisation::known(&site.services, &mut site.conn().await).await.unwrap();
        assert_eq!(known[SALES].name, "Sales and Service");
        assert!(known[SALES].accepted);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_takes_the_place_of_a_site_that_was_settled_with() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let mut eve = Rooms::site(SALES);
        eve.actor_uri = format!("https://{SALES}/users/eve");

        let mut tx = site.services.db.begin().await.unwrap();
        let refused = receive::invitation(&site.services, &mut tx, eve, THEIR_FOLLOW).await;
        drop(tx);

        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        let peer = organisation::store::find(&mut site.conn().await, SALES).await.unwrap().unwrap();
        assert_eq!(peer.actor_uri, Some(format!("https://{SALES}/actor")));
        assert!(speaks(&site).await);
    })
    .await;
}

#[tokio::test]
async fn what_a_site_says_of_itself_does_not_lift_its_block() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let mut tx = site.services.db.begin().await.unwrap();
        let stale = organisation::store::find(&mut tx, SALES).await.unwrap().unwrap();
        let now = site.services.clock.now();
        organisation::store::update_blocked(&mut tx, stale.id, Some(now), now).await.unwrap();

        organisation::store::upsert(&mut tx, &stale).await.unwrap();

        let peer = organisation::store::find(&mut tx, SALES).await.unwrap().unwrap();
        assert!(peer.blocked_at.is_some());
    })
    .await;
}
