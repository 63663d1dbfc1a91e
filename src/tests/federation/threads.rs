//! Threads: who is told what of them, and how much of those of rude sites is believed.

use breezeway::base::id::StatusId;
use breezeway::domain::accounts::Account;
use breezeway::domain::statuses::threads::{self, LookUp};
use breezeway::domain::statuses::{self, Draft, Reader, Status, Visibility, context};
use breezeway::testing::{Peer, TestApp};
use http::StatusCode;
use serde_json::{Value, json};
use url::Url;

use super::{befriend, person, post};

/// A closed site with Ann on it, and a peer with Bob and Eve.
struct Scene {
    app: TestApp,
    peer: Peer,
    ann: Account,
}

impl Scene {
    async fn set() -> Self {
        let (app, peer) = (TestApp::start().await, Peer::start(&["bob", "eve"]).await);
        befriend(&app, &peer).await;
        let ann = person(&app, "ann").await;
        Self { app, peer, ann }
    }

    /// A note of Bob's an hour ago; `edit` makes it what the test wants; published as it is then.
    fn note(&self, path: &str, edit: impl FnOnce(&mut Value)) -> Value {
        let mut note = self.peer.note(&self.peer.person("bob"), path, &[]);
        note["id"] = json!(self.peer.url(path));
        note["published"] = json!((self.app.now() - std::time::Duration::from_hours(1)).to_rfc3339());
        edit(&mut note);
        self.peer.publish(&note);
        note
    }

    fn reply(&self, path: &str, to: &str) -> Value {
        self.note(path, |note| note["inReplyTo"] = json!(self.peer.url(to)))
    }

    /// Bob's note comes to the inbox.
    async fn receives(&self, note: &Value) -> Status {
        self.peer.letter(&self.peer.create(note)).to(&self.app.shared_inbox()).await.ok();
        self.known(note["id"].as_str().unwrap()).await.unwrap()
    }

    async fn known(&self, uri: &str) -> Option<Status> {
        let mut conn = self.app.services().db.read().await.unwrap();
        statuses::store::find_by_uri(&mut conn, uri).await.unwrap()
    }

    /// The paths of those of the peer's notes that are here.
    async fn has(&self, paths: &[&str]) -> Vec<String> {
        let mut here = Vec::new();
        for path in paths {
            if self.known(self.peer.url(path).as_str()).await.is_some() {
                here.push((*path).to_owned());
            }
        }
        here
    }

    /// Ann opens the post, and what is looked for then is found or not.
    async fn opens(&self, id: StatusId) -> LookUp {
        self.app.settles().await;
        let services = self.app.services();
        let reader = Reader::Person(self.ann.id);
        let mut conn = services.db.read().await.unwrap();
        let status = statuses::get_visible(services, &mut conn, id, &reader).await.unwrap();
        let around = context::context(services, &mut conn, &reader, id).await.unwrap();
        drop(conn);
        threads::opened(services, &reader, &status, &around).await.unwrap().expect("somebody looks");
        self.app.settles().await;
        let mut conn = services.db.read().await.unwrap();
        threads::store::find(&mut conn, status.conversation_id).await.unwrap().unwrap()
    }
}

fn at(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[tokio::test]
async fn the_answers_to_a_post_and_its_thread_are_shown_to_those_who_may_read_it_only() {
    let (app, peer, stranger) =
        (TestApp::start().await, Peer::start(&["bob"]).await, Peer::start(&["mallory"]).await);
    befriend(&app, &peer).await;
    let ann = person(&app, "ann").await;

    for (visibility, status) in [
        (Visibility::Organisation, StatusCode::OK),
        (Visibility::Site, StatusCode::NOT_FOUND),
        (Visibility::Private, StatusCode::NOT_FOUND),
        (Visibility::Direct, StatusCode::NOT_FOUND),
    ] {
        let root = post(&app, &ann, "words", visibility).await.status;
        for address in [
            format!("{}/replies", root.uri),
            format!("{}/replies?page=true", root.uri),
            app.url(&format!("/contexts/{}", root.id)).to_string(),
            app.url(&format!("/contexts/{}?page=true", root.id)).to_string(),
        ] {
            let asked = peer.fetches(&at(&address), &peer.site()).await;
            assert_eq!(asked.status, status, "{visibility} {address}");
            let strange = stranger.fetches(&at(&address), &stranger.site()).await;
            assert_eq!(strange.status, StatusCode::NOT_FOUND, "{visibility} {address}");
            let unsigned = breezeway::testing::http::Http::default()
                .get(at(&address), "application/activity+json")
                .await;
            assert_eq!(unsigned.status, StatusCode::NOT_FOUND, "{visibility} {address}");
        }
    }
}

#[tokio::test]
async fn a_collection_leaves_out_what_the_asker_may_not_read_and_counts_nothing() {
    let (app, peer) = (TestApp::start().await, Peer::start(&["bob"]).await);
    befriend(&app, &peer).await;
    let ann = person(&app, "ann").await;
    let root = post(&app, &ann, "who comes?", Visibility::Organisation).await.status;
    let mut shown = Vec::new();
    for number in 0..90 {
        let visibility = if number % 2 == 0 { Visibility::Organisation } else { Visibility::Private };
        let draft = Draft {
            text: format!("number {number}"),
            visibility: Some(visibility),
            in_reply_to: Some(root.id),
            ..Draft::default()
        };
        let id = statuses::create(app.services(), ann.id, draft).await.unwrap();
        if visibility == Visibility::Organisation {
            shown.push(app.services().origin.status("ann", id));
        }
    }

    let thread = app.url(&format!("/contexts/{}", root.id)).to_string();
    for (address, items) in [(format!("{}/replies", root.uri), "items"), (thread, "orderedItems")] {
        let cover = peer.fetches(&at(&address), &peer.site()).await.json();
        assert!(cover.get("totalItems").is_none(), "{cover}");
        let mut all = Vec::new();
        let mut next = cover["first"].as_str().map(str::to_owned);
        while let Some(address) = next {
            let page = peer.fetches(&at(&address), &peer.site()).await.json();
            assert!(page.get("totalItems").is_none(), "{page}");
            all.extend(page[items].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()));
            next = page["next"].as_str().map(str::to_owned);
        }
        let expected =
            if items == "items" { shown.clone() } else { [vec![root.uri.clone()], shown.clone()].concat() };
        assert_eq!(all, expected, "{address}");
    }
}

#[tokio::test]
async fn only_what_begins_a_thread_here_has_a_collection_of_the_thread() {
    let scene = Scene::set().await;
    let theirs = scene.receives(&scene.note("/notes/root", |_| ())).await;
    let draft = Draft { text: "ours".to_owned(), in_reply_to: Some(theirs.id), ..Draft::default() };
    let reply = statuses::create(scene.app.services(), scene.ann.id, draft).await.unwrap();

    for id in [theirs.id, reply, StatusId(1)] {
        let address = scene.app.url(&format!("/contexts/{id}"));
        let answer = scene.peer.fetches(&address, &scene.peer.site()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}");
    }
}

#[tokio::test]
async fn a_reply_bears_the_name_that_the_first_post_gave_its_thread() {
    let scene = Scene::set().await;
    let name = scene.peer.url("/threads/1").to_string();
    let named = scene.receives(&scene.note("/notes/1", |note| note["context"] = json!(name))).await;
    let nameless = scene.receives(&scene.note("/notes/2", |_| ())).await;
    let odd = scene.receives(&scene.note("/notes/3", |note| note["context"] = json!(["tag:odd", 7]))).await;
    scene.app.settles().await;
    scene.peer.forgets();

    for (to, context) in [(named.id, json!(name)), (nameless.id, Value::Null), (odd.id, Value::Null)] {
        let draft = Draft { text: "yes".to_owned(), in_reply_to: Some(to), ..Draft::default() };
        let id = statuses::create(scene.app.services(), scene.ann.id, draft).await.unwrap();
        let uri = scene.app.services().origin.status("ann", id);
        let note = scene.peer.fetches(&at(&uri), &scene.peer.site()).await.json();
        assert_eq!(note["context"], context, "{note}");
        assert_eq!(note["replies"], json!(format!("{uri}/replies")));
        scene.app.settles().await;
        let sent = scene.peer.received_of("Create").pop().unwrap();
        assert_eq!(sent["object"]["context"], context, "{sent}");
    }
}

#[tokio::test]
async fn the_collection_of_a_thread_brings_what_answers_it_in_whatever_order() {
    let scene = Scene::set().await;
    let ids: Vec<_> =
        ["/notes/3", "/notes/2", "/notes/root", "/notes/1"].map(|path| scene.peer.url(path)).into();
    scene.peer.publish(&json!({
        "id": scene.peer.url("/threads/1"), "type": "OrderedCollection", "orderedItems": ids,
    }));
    let root = scene.note("/notes/root", |note| note["context"] = json!(scene.peer.url("/threads/1")));
    scene.reply("/notes/1", "/notes/root");
    scene.reply("/notes/2", "/notes/1");
    scene.reply("/notes/3", "/notes/2");
    let root = scene.receives(&root).await;

    let look = scene.opens(root.id).await;

    assert_eq!(look.found().len(), 3, "{look:?}");
    assert_eq!(scene.has(&["/notes/1", "/notes/2", "/notes/3"]).await.len(), 3);
    assert_eq!(scene.known(scene.peer.url("/notes/3").as_str()).await.unwrap().conversation_id, root.id);
}

#[tokio::test]
async fn a_collection_that_never_ends_or_goes_round_is_left_after_a_while() {
    let scene = Scene::set().await;
    for page in 0..40 {
        scene.peer.publish(&json!({
            "id": scene.peer.url(&format!("/endless/{page}")), "type": "CollectionPage",
            "items": [scene.peer.url(&format!("/notes/nothing-{page}"))],
            "next": scene.peer.url(&format!("/endless/{}", page + 1)),
        }));
    }
    for (page, next) in [("/round/1", "/round/2"), ("/round/2", "/round/1")] {
        scene.peer.publish(&json!({
            "id": scene.peer.url(page), "type": "CollectionPage", "items": [], "next": scene.peer.url(next),
        }));
    }
    let root = scene.note("/notes/root", |note| {
        note["replies"] = json!({ "type": "Collection", "first": {
            "type": "CollectionPage", "items": [scene.peer.url("/notes/1")], "next": scene.peer.url("/endless/0"),
        } });
    });
    scene.reply("/notes/1", "/notes/root");
    scene.note("/notes/1", |note| {
        note["inReplyTo"] = json!(scene.peer.url("/notes/root"));
        note["replies"] = json!({ "type": "Collection", "id": "x", "first": scene.peer.url("/round/1") });
    });
    let root = scene.receives(&root).await;

    let look = scene.opens(root.id).await;

    assert_eq!((look.found().len(), look.unreachable().len()), (1, 0), "{look:?}");
    let fetched = scene.peer.fetched();
    let count = |part: &str| fetched.iter().filter(|path| path.contains(part)).count();
    assert_eq!(count("/endless/"), 8, "beside the collection and its first page, which are embedded");
    assert_eq!(count("/round/"), 2, "no page twice");
}

#[tokio::test]
async fn no_look_fetches_more_than_its_share() {
    let scene = Scene::set().await;
    let many: Vec<String> = (0..150).map(|number| format!("/notes/many-{number}")).collect();
    for path in &many {
        scene.reply(path, "/notes/root");
    }
    let items: Vec<_> = many.iter().map(|path| scene.peer.url(path)).collect();
    let pages: Vec<_> = items.chunks(75).collect();
    let root = scene.note("/notes/root", |note| {
        note["replies"] = json!({ "type": "Collection", "first": {
            "type": "CollectionPage", "items": pages[0], "next": scene.peer.url("/page/2"),
        } });
    });
    scene
        .peer
        .publish(&json!({ "id": scene.peer.url("/page/2"), "type": "CollectionPage", "items": pages[1] }));
    let root = scene.receives(&root).await;
    scene.app.settles().await;
    let before = scene.peer.fetched().len();

    let look = scene.opens(root.id).await;

    let fetched = scene.peer.fetched().len() - before;
    assert_eq!(fetched, 100, "the share of one site");
    assert_eq!(look.found().len(), 98, "less the first post and a page");
}

#[tokio::test]
async fn nobody_is_believed_about_the_words_of_others() {
    let scene = Scene::set().await;
    let other = Peer::start(&["zoe"]).await;
    befriend(&scene.app, &other).await;
    let stranger = Peer::start(&["mallory"]).await;
    let mut zoe = other.note(&other.person("zoe"), "my own words", &[]);
    zoe["inReplyTo"] = json!(scene.peer.url("/notes/root"));
    other.publish(&zoe);
    let mut twisted = zoe.clone();
    twisted["content"] = json!("words that she never said");
    let mut mallory = stranger.note(&stranger.person("mallory"), "hello", &[]);
    mallory["inReplyTo"] = json!(scene.peer.url("/notes/root"));
    stranger.publish(&mallory);
    let own = scene.reply("/notes/own", "/notes/root");
    let unrelated = scene.note("/notes/unrelated", |_| ());
    let root = scene.note("/notes/root", |note| {
        let items = json!([twisted, mallory, own, unrelated]);
        note["replies"] =
            json!({ "type": "Collection", "first": { "type": "CollectionPage", "items": items } });
    });
    let root = scene.receives(&root).await;

    scene.opens(root.id).await;

    let known = scene.known(zoe["id"].as_str().unwrap()).await.unwrap();
    assert!(known.content.contains("my own words"), "{}", known.content);
    assert!(scene.known(mallory["id"].as_str().unwrap()).await.is_none());
    assert_eq!(stranger.fetched(), [""; 0], "a closed site asks no stranger");
    assert_eq!(scene.has(&["/notes/own", "/notes/unrelated"]).await, ["/notes/own"]);
}

#[tokio::test]
async fn what_is_for_some_only_is_kept_only_for_those_of_them_who_are_here() {
    let scene = Scene::set().await;
    let bob = scene.peer.person("bob");
    let followers = json!([format!("{bob}/followers")]);
    let to = |path: &str, to: Value| {
        scene.note(path, |note| {
            note["inReplyTo"] = json!(scene.peer.url("/notes/root"));
            note["to"] = to;
            note["cc"] = json!([]);
        })
    };
    let items = json!([
        to("/notes/followers", followers),
        to("/notes/eve", json!([scene.peer.person("eve")])),
        to("/notes/ann", json!([scene.app.actor("ann")])),
        to("/notes/nobody", json!([])),
    ]);
    let root = scene.note("/notes/root", |note| {
        note["replies"] = json!({ "type": "Collection", "items": items });
    });
    let root = scene.receives(&root).await;

    scene.opens(root.id).await;

    let paths = ["/notes/followers", "/notes/eve", "/notes/ann", "/notes/nobody"];
    assert_eq!(scene.has(&paths).await, ["/notes/ann"]);
    let services = scene.app.services();
    let mut conn = services.db.read().await.unwrap();
    let secret = scene.known(scene.peer.url("/notes/ann").as_str()).await.unwrap();
    let cas = Reader::Person(person(&scene.app, "cas").await.id);
    assert!(statuses::get_visible(services, &mut conn, secret.id, &cas).await.is_err());
}

#[tokio::test]
async fn mistyped_collections_bring_nothing_and_harm_nothing() {
    let scene = Scene::set().await;
    let elsewhere = Peer::start(&[]).await;
    befriend(&scene.app, &elsewhere).await;
    elsewhere.publish(&json!({
        "id": elsewhere.url("/c"), "type": "Collection", "items": [scene.peer.url("/notes/1")],
    }));
    scene.reply("/notes/1", "/notes/root");
    for (number, replies) in [
        json!(7),
        json!([]),
        json!("no address"),
        json!({ "type": "Person" }),
        json!({ "type": "Collection", "items": [7, null, { "type": "Note" }] }),
        json!({ "type": "Collection", "first": scene.peer.url("/nowhere") }),
        json!(elsewhere.url("/c")),
        json!({ "type": "Collection", "first": elsewhere.url("/c") }),
        json!({ "type": "Collection", "items": [scene.app.url("/users/ann/statuses/1")] }),
    ]
    .into_iter()
    .enumerate()
    {
        let root = scene.note(&format!("/notes/odd-{number}"), |note| note["replies"] = replies.clone());
        let root = scene.receives(&root).await;

        let look = scene.opens(root.id).await;

        assert!(look.found().is_empty() && look.unreachable().is_empty(), "{replies}: {look:?}");
        assert!(!look.is_running(), "{replies}");
    }
    assert_eq!(elsewhere.fetched(), [""; 0], "a list of another site is not read");
}

#[tokio::test]
async fn ancestors_of_many_levels_arrive_and_stand_in_nobody_s_home() {
    let scene = Scene::set().await;
    scene.note("/notes/0", |_| ());
    for level in 1..=10 {
        scene.reply(&format!("/notes/{level}"), &format!("/notes/{}", level - 1));
    }
    let last = scene.reply("/notes/11", "/notes/10");
    scene.receives(&last).await;

    scene.app.settles().await;

    let services = scene.app.services();
    let last = scene.known(last["id"].as_str().unwrap()).await.unwrap();
    let mut conn = services.db.read().await.unwrap();
    let around = context::context(services, &mut conn, &Reader::Person(scene.ann.id), last.id).await.unwrap();
    assert_eq!(around.ancestors.len(), 11);
    let root = &around.ancestors[0].status;
    assert_eq!(last.conversation_id, root.id, "one thread from its first post on");
    assert!(around.ancestors.iter().all(|view| view.status.conversation_id == root.id));
    assert!(around.ancestors.iter().all(|view| view.status.replies_count == 1));
    assert!(statuses::store::list_homes_of(&mut conn, root.id).await.unwrap().is_empty());
    assert!(root.id < last.id, "old posts stand where their time puts them");
}

#[tokio::test]
async fn posts_that_answer_one_another_in_a_circle_are_taken_in_once() {
    let scene = Scene::set().await;
    let one = scene.reply("/notes/1", "/notes/2");
    scene.reply("/notes/2", "/notes/1");
    let selfish = scene.reply("/notes/3", "/notes/3");

    let one = scene.receives(&one).await;
    let selfish = scene.receives(&selfish).await;
    scene.app.settles().await;

    assert_eq!(scene.has(&["/notes/1", "/notes/2", "/notes/3"]).await.len(), 3);
    for id in [one.id, selfish.id] {
        let look = scene.opens(id).await;
        assert!(!look.is_running());
    }
}
