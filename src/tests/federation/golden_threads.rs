//! Threads on the wire, as they are kept in `docs/federation`.

use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::{Peer, TestApp};

use super::golden::{check, read};
use super::{befriend, person, view};

#[tokio::test]
async fn the_answers_to_a_post_and_a_thread_are_written_as_documented() {
    let (app, peer) = (TestApp::start().await, Peer::start(&["bob"]).await);
    befriend(&app, &peer).await;
    let (ann, cas) = (person(&app, "ann").await, person(&app, "cas").await);
    let draft = |text: &str, visibility| Draft {
        text: text.to_owned(),
        language: Some("en".to_owned()),
        visibility: Some(visibility),
        ..Draft::default()
    };
    let first =
        statuses::create(app.services(), ann.id, draft("Where is the key?", Visibility::Organisation));
    let first = first.await.unwrap();
    let answer = |text, visibility| Draft { in_reply_to: Some(first), ..draft(text, visibility) };
    let under = statuses::create(app.services(), cas.id, answer("Under the mat.", Visibility::Organisation));
    let under = under.await.unwrap();
    let secret =
        statuses::create(app.services(), cas.id, answer("But hush!", Visibility::Site)).await.unwrap();
    let root = view(&app, &ann, first).await.status.uri;
    let mut theirs = peer.note(&peer.person("bob"), "On the hook.", &[]);
    theirs["id"] = peer.url("/notes/1").as_str().into();
    theirs["inReplyTo"] = root.as_str().into();
    peer.letter(&peer.create(&theirs)).to(&app.shared_inbox()).await.ok();
    let (first, under, host) = (first.to_string(), under.to_string(), peer.host());
    let sales = format!("http://{host}");
    let changing = [
        (first.as_str(), "115825762713542656"),
        (under.as_str(), "115825762713608192"),
        (sales.as_str(), "https://sales.example"),
    ];

    let context = app.url(&format!("/contexts/{first}")).to_string();
    for (name, address) in [
        ("replies", format!("{root}/replies")),
        ("replies-page", format!("{root}/replies?page=true")),
        ("thread", context.clone()),
        ("thread-page", format!("{context}?page=true")),
    ] {
        let document = read(&peer, &address).await;
        assert!(!document.to_string().contains(&secret.to_string()), "{document}");
        check(name, &app, document, &changing);
    }
    let reply = format!("{}/users/cas/statuses/{under}", app.services().origin.base());
    check("note-reply", &app, read(&peer, &reply).await, &changing);
}
