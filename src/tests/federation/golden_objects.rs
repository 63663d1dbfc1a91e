//! Polls, votes, articles and pages as this site sends them, kept in `docs/federation`.

use std::time::Duration;

use breezeway::domain::statuses::{self, Draft, Edit, NewPoll, Title, TitleKind, write_extras};
use serde_json::json;

use super::golden_activities::Scene;

fn lunch() -> Draft {
    let poll = NewPoll {
        options: vec!["Soup".to_owned(), "Salad".to_owned()],
        expires_in: Duration::from_hours(24),
        ..NewPoll::default()
    };
    Draft {
        text: "What is for lunch?".to_owned(),
        language: Some("en".to_owned()),
        poll: Some(poll),
        ..Draft::default()
    }
}

#[tokio::test]
async fn polls_are_written_as_documented() {
    let scene = Scene::set().await;
    let post = statuses::create(scene.app.services(), scene.ann, lunch()).await.unwrap();
    scene.sent("Create", "create-question").await;

    let mut conn = scene.app.services().db.read().await.unwrap();
    let uri = statuses::store::get(&mut conn, post).await.unwrap().uri;
    drop(conn);
    let mallory = scene.peer.person("mallory");
    let vote = json!({
        "id": scene.peer.fresh_id("votes"), "type": "Note", "attributedTo": mallory, "name": "Salad",
        "inReplyTo": uri, "to": [scene.app.actor("ann")],
    });
    let answer =
        scene.peer.letter(&scene.peer.activity("Create", &mallory, vote)).to(&scene.app.shared_inbox()).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    scene.sent("Update", "update-question").await;

    let edit = Edit { text: Some("What is for dinner?".to_owned()), ..Edit::default() };
    statuses::edit(scene.app.services(), scene.ann, post, edit).await.unwrap();
    scene.sent("Update", "update-question-words").await;
    statuses::delete(scene.app.services(), scene.ann, post).await.unwrap();
    scene.sent("Delete", "delete").await;
}

#[tokio::test]
async fn votes_are_written_as_documented() {
    let scene = Scene::set().await;
    let mallory = scene.peer.person("mallory");
    let mut question = scene.peer.note(&mallory, "Tea?", &[scene.app.actor("ann").as_str()]);
    question["type"] = json!("Question");
    question["id"] = json!(scene.peer.url("/notes/1"));
    question["oneOf"] = json!([{ "type": "Note", "name": "Yes" }, { "type": "Note", "name": "No" }]);
    let answer = scene.peer.letter(&scene.peer.create(&question)).to(&scene.app.shared_inbox()).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let mut conn = scene.app.services().db.read().await.unwrap();
    let uri = question["id"].as_str().unwrap();
    let poll = statuses::store::find_by_uri(&mut conn, uri).await.unwrap().unwrap().id;
    drop(conn);

    statuses::vote(scene.app.services(), scene.ann, poll, &[1]).await.unwrap();

    scene.sent("Create", "vote").await;
}

#[tokio::test]
async fn titled_posts_are_written_as_documented() {
    let scene = Scene::set().await;
    let services = scene.app.services();
    let article = Draft {
        text: "First we test.".to_owned(),
        title: "How we ship".to_owned(),
        language: Some("en".to_owned()),
        ..Draft::default()
    };
    let post = statuses::create(services, scene.ann, article.clone()).await.unwrap();
    scene.sent("Create", "create-article").await;
    let edit = Edit {
        title: Some("How we ship now".to_owned()),
        spoiler_text: Some("process".to_owned()),
        ..Edit::default()
    };
    statuses::edit(services, scene.ann, post, edit).await.unwrap();
    scene.sent("Update", "update-article").await;
    statuses::delete(services, scene.ann, post).await.unwrap();
    scene.sent("Delete", "delete").await;

    // The same in a space is a page.
    let post = statuses::create(services, scene.ann, article).await.unwrap();
    scene.sent("Create", "create-article").await;
    let mut tx = services.db.begin().await.unwrap();
    let title = Title { kind: TitleKind::Page, text: "How we ship".to_owned() };
    write_extras::entitle(&mut tx, post, Some(&title)).await.unwrap();
    tx.commit().await.unwrap();
    let edit = Edit { text: Some("First we think.".to_owned()), ..Edit::default() };
    statuses::edit(services, scene.ann, post, edit).await.unwrap();
    scene.sent("Update", "update-page").await;
    let view = super::view(&scene.app, &super::person_called(&scene.app, "ann").await, post).await;
    let created = breezeway::federation::outbound::create(services, &view).unwrap();
    scene.matches("create-page", serde_json::from_str(&created.body).unwrap());
}
