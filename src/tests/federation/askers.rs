//! Every address that is served to other sites, against everybody who may ask.
//!
//! A new address must be put into the table, and answered for.

use std::collections::BTreeSet;

use breezeway::base::id::{InteractionId, MediaId, StatusId};
use breezeway::domain::accounts::Account;
use breezeway::domain::accounts::update_profile::{Change, update_profile};
use breezeway::domain::follows::{self, Follow};
use breezeway::domain::media;
use breezeway::domain::statuses::consent::{self, Act, Interaction, InteractionState};
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::federation::fetch;
use breezeway::testing::http::{Answer, Http};
use breezeway::testing::{Peer, Person, TestApp};

use bytes::Bytes;

use super::{befriend, block};

/// Who asks, in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    /// Without a signature.
    Nobody,
    /// Signed by a site that never shook hands.
    Stranger,
    /// A peer.
    Peer,
    /// A peer where somebody follows the author.
    Follower,
    /// A peer where somebody is named.
    Named,
    /// A peer that was blocked, where somebody follows and is named.
    Blocked,
}

const ALL: [Who; 6] = [Who::Nobody, Who::Stranger, Who::Peer, Who::Follower, Who::Named, Who::Blocked];

/// What is asked for: the route, where it leads, and for each asker the status on a closed and on an open site.
struct Row {
    route: &'static str,
    path: String,
    closed: [u16; 6],
    open: [u16; 6],
}

const EVERYBODY: [u16; 6] = [200; 6];
const PEERS: [u16; 6] = [404, 404, 200, 200, 200, 404];
const NOBODY: [u16; 6] = [404; 6];
/// An open site speaks with everybody who is not blocked, and shows itself to the unsigned.
const ALL_BUT_BLOCKED: [u16; 6] = [200, 200, 200, 200, 200, 404];
const FOLLOWERS_AND_NAMED: [u16; 6] = [404, 404, 404, 200, 200, 404];
const NAMED: [u16; 6] = [404, 404, 404, 404, 200, 404];

/// A site with Ann, what she wrote, and everybody who may ask.
struct Scene {
    app: TestApp,
    ann: Person,
    peers: [Peer; 5],
}

impl Scene {
    async fn set(app: TestApp) -> Self {
        let ann = app.person("ann").await;
        let mut peers = Vec::new();
        for _ in 0..5 {
            peers.push(Peer::start(&["frank"]).await);
        }
        let peers: [Peer; 5] = peers.try_into().unwrap_or_else(|_| unreachable!());
        for peer in &peers[1..] {
            befriend(&app, peer).await;
        }
        let scene = Self { app, ann, peers };
        scene.shows_a_face().await;
        for peer in [&scene.peers[2], &scene.peers[4]] {
            scene.follows(peer).await;
        }
        scene
    }

    async fn frank(&self, peer: &Peer) -> Account {
        let budget = fetch::Budget::default();
        fetch::handle(self.app.services(), &peer.handle("frank"), &budget).await.unwrap()
    }

    async fn follows(&self, peer: &Peer) {
        let follow = Follow {
            account_id: self.frank(peer).await.id,
            target_id: self.ann.id,
            accepted: true,
            uri: peer.fresh_id("follows").to_string(),
            show_reblogs: true,
            notify: false,
            languages: None,
            created_at: self.app.now(),
        };
        let mut tx = self.app.services().db.begin().await.unwrap();
        follows::store::insert(&mut tx, &follow).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Ann writes to `visibility` with a picture and, if that is for some only, names Frank at two of the peers.
    /// The post and the picture.
    async fn posts(&self, visibility: Visibility) -> (StatusId, MediaId) {
        let mut text = "words".to_owned();
        if matches!(visibility, Visibility::Private | Visibility::Direct) {
            self.frank(&self.peers[3]).await;
            for peer in &self.peers[3..] {
                text = format!("{text} @{}", peer.handle("frank"));
            }
        }
        let picture = self.ann.uploads_picture("A ladder").await["id"].as_str().unwrap().parse().unwrap();
        let draft = Draft { text, visibility: Some(visibility), media: vec![picture], ..Draft::default() };
        (statuses::create(self.app.services(), self.ann.id, draft).await.unwrap(), picture)
    }

    async fn shows_a_face(&self) {
        let services = self.app.services();
        let face = Change {
            avatar_key: Some(Some(media::face::keep_avatar(services, picture()).await.unwrap())),
            header_key: Some(Some(media::face::keep_header(services, picture()).await.unwrap())),
            ..Change::default()
        };
        update_profile(services, self.ann.id, face).await.unwrap();
    }

    async fn asks(&self, who: Who, path: &str) -> Answer {
        let url = self.app.url(path);
        match ALL.iter().position(|known| *known == who).unwrap() {
            0 => Http::default().get(url, "application/activity+json").await,
            at => self.peers[at - 1].fetches(&url, &self.peers[at - 1].site()).await,
        }
    }

    /// After everything was read for the first time, the last of the peers is blocked.
    async fn blocks(&self) {
        block(&self.app, &self.peers[4]).await;
    }

    async fn table(&self) -> Vec<Row> {
        let host = self.app.host();
        let mut rows = vec![
            row("/.well-known/webfinger", format!("?resource=acct:ann@{host}"), EVERYBODY, EVERYBODY),
            row("/.well-known/host-meta", "", EVERYBODY, EVERYBODY),
            row("/.well-known/nodeinfo", "", EVERYBODY, EVERYBODY),
            row("/nodeinfo/2.1", "", EVERYBODY, EVERYBODY),
            row("/actor", "", EVERYBODY, EVERYBODY),
            row("/actor/outbox", "", EVERYBODY, EVERYBODY),
            row("/organisation", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/outbox", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/outbox", "?page=true", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/featured", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/followers", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/followers", "?page=1", PEERS, PEERS),
            row("/users/{username}/followers_synchronization", "", PEERS, [404, 200, 200, 200, 200, 404]),
            row("/users/{username}/following", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/following", "?page=1", PEERS, PEERS),
            row("/users/{username}/featured", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/avatar", "", PEERS, ALL_BUT_BLOCKED),
            row("/users/{username}/header", "", PEERS, ALL_BUT_BLOCKED),
        ];
        for (visibility, closed, open) in [
            (Visibility::Public, PEERS, PEERS),
            (Visibility::Unlisted, PEERS, PEERS),
            (Visibility::Organisation, PEERS, PEERS),
            (Visibility::Site, NOBODY, NOBODY),
            (Visibility::Private, FOLLOWERS_AND_NAMED, FOLLOWERS_AND_NAMED),
            (Visibility::Direct, NAMED, NAMED),
        ] {
            // A closed site writes nothing wider than the organisation. On an open one strangers that sign read
            // what is public; the web only where it was opened, too.
            let open = match visibility {
                Visibility::Public | Visibility::Unlisted => [404, 200, 200, 200, 200, 404],
                _ => open,
            };
            let (id, picture) = self.posts(visibility).await;
            for (route, path) in [
                ("/users/{username}/statuses/{id}", format!("/users/ann/statuses/{id}")),
                ("/users/{username}/statuses/{id}/activity", format!("/users/ann/statuses/{id}/activity")),
                ("/users/{username}/statuses/{id}/replies", format!("/users/ann/statuses/{id}/replies")),
                (
                    "/users/{username}/statuses/{id}/replies",
                    format!("/users/ann/statuses/{id}/replies?page=true"),
                ),
                ("/contexts/{id}", format!("/contexts/{id}")),
                ("/contexts/{id}", format!("/contexts/{id}?page=true")),
                ("/users/{username}/media/{id}", format!("/users/ann/media/{picture}")),
                ("/users/{username}/media/{id}/{name}", format!("/users/ann/media/{picture}/picture.png")),
                ("/users/{username}/media/{id}/poster", format!("/users/ann/media/{picture}/poster")),
            ] {
                rows.push(Row { route, path, closed, open });
            }
            let path = format!("/users/ann/stamps/{}", self.stamps(id).await);
            rows.push(Row { route: "/users/{username}/stamps/{id}", path, closed, open });
            if let Some(number) = self.repost(id, visibility).await {
                let path = format!("/activities/{number}");
                rows.push(Row { route: "/activities/{number}", path, closed, open });
            }
        }
        rows
    }

    /// The number of a stamp on a quote of the post.
    async fn stamps(&self, target: StatusId) -> InteractionId {
        let interaction = Interaction {
            id: self.app.services().ids.next(),
            kind: Act::Quote,
            target_id: target,
            account_id: self.ann.id,
            object_uri: format!("https://sales.example/notes/{target}"),
            request_uri: Some(format!("https://sales.example/requests/{target}")),
            note: None,
            state: InteractionState::Accepted,
            created_at: self.app.now(),
            decided_at: Some(self.app.now()),
        };
        let mut tx = self.app.services().db.begin().await.unwrap();
        consent::store::insert_interaction(&mut tx, &interaction).await.unwrap();
        tx.commit().await.unwrap();
        interaction.id
    }

    /// The number of Ann's own repost, where there can be one.
    async fn repost(&self, id: StatusId, visibility: Visibility) -> Option<String> {
        if matches!(visibility, Visibility::Private | Visibility::Direct | Visibility::Site) {
            return None;
        }
        statuses::reblog(self.app.services(), self.ann.id, id).await.unwrap();
        let mut conn = self.app.services().db.read().await.unwrap();
        let (_, uri) = statuses::store::find_reblog(&mut conn, self.ann.id, id).await.unwrap().unwrap();
        Some(uri.rsplit('/').next().unwrap().to_owned())
    }
}

fn row(route: &'static str, rest: impl AsRef<str>, closed: [u16; 6], open: [u16; 6]) -> Row {
    let path = route.replace("{username}", "ann") + rest.as_ref();
    Row { route, path, closed, open }
}

fn picture() -> Bytes {
    let picture =
        image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(64, 64, image::Rgb([180, 40, 30])));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner().into()
}

/// Every route of `federation/serve`.
fn routes() -> BTreeSet<&'static str> {
    let source = include_str!("../../federation/serve/mod.rs");
    source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn every_address_answers_every_asker_as_it_should() {
    for open in [false, true] {
        let app = if open { TestApp::build().open().start().await } else { TestApp::start().await };
        let scene = Box::pin(Scene::set(app)).await;
        let rows = scene.table().await;
        let tabled: BTreeSet<&str> = rows.iter().map(|row| row.route).collect();
        assert_eq!(tabled, routes(), "an address that is served must stand in the table");
        scene.blocks().await;

        for row in &rows {
            let expected = if open { row.open } else { row.closed };
            for (who, expected) in ALL.into_iter().zip(expected) {
                let answer = scene.asks(who, &row.path).await;
                let seen = (answer.status.as_u16(), answer.text());
                assert_eq!(seen.0, expected, "{who:?} asks for {} (open: {open}): {}", row.path, seen.1);
            }
        }
    }
}

#[tokio::test]
async fn totals_tell_an_asker_what_it_may_read_and_no_more() {
    let scene = Box::pin(Scene::set(TestApp::start().await)).await;
    for visibility in [Visibility::Organisation, Visibility::Site, Visibility::Private, Visibility::Direct] {
        scene.posts(visibility).await;
    }
    let total = async |who, path: &str| scene.asks(who, path).await.json()["totalItems"].clone();
    let read = async |who| {
        let page = scene.asks(who, "/users/ann/outbox?page=true").await.json();
        page["orderedItems"].as_array().unwrap().len()
    };

    assert_eq!((total(Who::Peer, "/users/ann/outbox").await, read(Who::Peer).await), (1.into(), 1));
    assert_eq!((total(Who::Follower, "/users/ann/outbox").await, read(Who::Follower).await), (2.into(), 2));
    // Those who are named read what names them, too, but it is not counted.
    assert_eq!((total(Who::Named, "/users/ann/outbox").await, read(Who::Named).await), (1.into(), 3));
    let info = scene.asks(Who::Nobody, "/nodeinfo/2.1").await.json();
    assert_eq!(
        info["usage"],
        serde_json::json!({ "users": {} }),
        "a closed site does not say how many are there"
    );
}

#[tokio::test]
async fn an_open_site_does_not_say_who_follows_whom() {
    let scene = Box::pin(Scene::set(TestApp::build().open().start().await)).await;

    let cover = scene.asks(Who::Stranger, "/users/ann/followers").await.json();
    let page = scene.asks(Who::Peer, "/users/ann/followers?page=1").await.json();

    assert_eq!(cover["first"], serde_json::Value::Null);
    assert_eq!(page["orderedItems"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_for_some_leaves_a_tombstone_for_nobody() {
    let scene = Box::pin(Scene::set(TestApp::start().await)).await;
    for (visibility, status) in [
        (Visibility::Organisation, 410),
        (Visibility::Site, 404),
        (Visibility::Private, 404),
        (Visibility::Direct, 404),
    ] {
        let (id, _) = scene.posts(visibility).await;
        statuses::delete(scene.app.services(), scene.ann.id, id).await.unwrap();
        let answer = scene.asks(Who::Peer, &format!("/users/ann/statuses/{id}")).await;
        assert_eq!(answer.status.as_u16(), status, "{visibility}");
    }
}

#[tokio::test]
async fn no_answer_to_one_asker_is_kept_for_another() {
    let scene = Box::pin(Scene::set(TestApp::start().await)).await;
    for row in scene.table().await.iter().filter(|row| row.closed != EVERYBODY) {
        for who in [Who::Nobody, Who::Follower] {
            let answer = scene.asks(who, &row.path).await;
            let says = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            let vary = says("vary").unwrap_or_default();
            for name in ["accept", "signature", "signature-input", "authorization"] {
                assert!(vary.contains(name), "{}: {vary}", row.path);
            }
            if answer.status.is_success() {
                assert!(says("cache-control").unwrap().starts_with("private"), "{}", row.path);
            }
        }
    }
}
