//! Three departments as three programs: they shake hands, talk, and moderate.

use breezeway::testing::person::plain;
use breezeway::testing::{Browser, eventually, text_of};
use reqwest::Method;
use serde_json::{Value, json};

use crate::process::{House, PASSWORD};

/// Somebody at one of the houses.
struct Person<'a> {
    house: &'a House,
    name: &'static str,
    token: String,
}

impl<'a> Person<'a> {
    fn moves_in(house: &'a House, name: &'static str, role: &str) -> Self {
        Self { house, name, token: house.person(name, role) }
    }

    fn handle(&self) -> String {
        format!("{}@{}", self.name, self.house.host())
    }

    async fn asks(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        self.house.ask(method, path, &self.token, body.as_ref(), None).await.expect("the site answers")
    }

    async fn gets(&self, path: &str) -> Value {
        let (status, answer) = self.asks(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    async fn does(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.asks(Method::POST, path, Some(body)).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    async fn follows(&self, other: &Person<'_>) {
        let found = self.gets(&format!("/api/v1/accounts/search?resolve=true&q={}", other.handle())).await;
        let id = text_of(&found[0], "id");
        self.does(&format!("/api/v1/accounts/{id}/follow"), json!({})).await;
        eventually("the follow is accepted", async || {
            let tie = self.gets(&format!("/api/v1/accounts/relationships?id[]={id}")).await;
            (tie[0]["following"] == true).then_some(())
        })
        .await;
    }

    async fn posts(&self, text: &str, answers: Option<&Value>) -> Value {
        let parent = answers.map(|status| status["id"].clone());
        self.does("/api/v1/statuses", json!({ "status": text, "in_reply_to_id": parent })).await
    }

    async fn sees(&self, text: &str) -> Value {
        eventually(&format!("{} sees {text}", self.name), async || {
            let home = self.gets("/api/v1/timelines/home?limit=40").await;
            home.as_array()?.iter().find(|status| plain(status).contains(text)).cloned()
        })
        .await
    }

    async fn hears(&self, kind: &str) -> Value {
        eventually(&format!("{} hears of a {kind}", self.name), async || {
            let told = self.gets("/api/v1/notifications").await;
            told.as_array()?.iter().find(|one| one["type"] == kind).cloned()
        })
        .await
    }

    async fn looks_at(&self, status: &Value) -> u16 {
        self.asks(Method::GET, &format!("/api/v1/statuses/{}", text_of(status, "id")), None).await.0
    }
}

async fn shake_hands(one: &House, other: &House) {
    one.prints(&["peer", "invite", other.host()]);
    eventually("the invitation arrives", async || {
        other.prints(&["peer", "list"]).contains(one.host()).then_some(())
    })
    .await;
    other.prints(&["peer", "accept", one.host()]);
    eventually("the acceptance arrives", async || {
        one.prints(&["peer", "show", other.host(), "--json"]).contains("\"accepted\"").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_departments_talk_and_moderate() {
    let mut houses = Vec::new();
    for name in ["engineering", "sales", "legal"] {
        houses.push(House::build_with(name, &[]).await);
    }
    let [engineering, sales, legal] = houses.as_slice() else { unreachable!("three were built") };
    for house in &houses {
        house.starts();
    }
    for house in &houses {
        house.answers().await;
    }
    let ann = Person::moves_in(engineering, "ann", "member");
    let bob = Person::moves_in(sales, "bob", "member");
    let cas = Person::moves_in(legal, "cas", "member");
    let judge = Person::moves_in(sales, "judge", "moderator");
    shake_hands(engineering, sales).await;
    shake_hands(engineering, legal).await;
    shake_hands(sales, legal).await;

    converse(&ann, &bob, &cas).await;
    moderate(&ann, &bob, &cas, &judge).await;
}

async fn converse(ann: &Person<'_>, bob: &Person<'_>, cas: &Person<'_>) {
    for (follower, followed) in [(bob, ann), (cas, ann), (cas, bob), (ann, bob)] {
        follower.follows(followed).await;
    }
    let question = ann.posts("Who has the ladder?", None).await;
    let seen = bob.sees("Who has the ladder?").await;
    bob.posts(&format!("@{} it is in the shed", ann.handle()), Some(&seen)).await;
    let told = ann.hears("mention").await;
    assert_eq!(told["status"]["in_reply_to_id"], question["id"]);
    cas.sees("it is in the shed").await;
    let seen = cas.sees("Who has the ladder?").await;
    cas.does(&format!("/api/v1/statuses/{}/favourite", text_of(&seen, "id")), json!({})).await;
    ann.hears("favourite").await;

    let path = format!("/api/v1/statuses/{}", text_of(&question, "id"));
    let (status, _) = ann.asks(Method::PUT, &path, Some(json!({ "status": "Found the ladder" }))).await;
    assert_eq!(status, 200);
    bob.sees("Found the ladder").await;
    let seen = cas.sees("Found the ladder").await;
    assert_eq!(ann.asks(Method::DELETE, &path, None).await.0, 200);
    eventually("it is gone at legal, too", async || (cas.looks_at(&seen).await == 404).then_some(())).await;
}

/// Cas reports Bob's words to Bob's own site, whose moderator takes them away there. What other sites keep is theirs.
async fn moderate(ann: &Person<'_>, bob: &Person<'_>, cas: &Person<'_>, judge: &Person<'_>) {
    let rude = bob.posts("a rude word", None).await;
    let at_legal = cas.sees("a rude word").await;
    let at_engineering = ann.sees("a rude word").await;
    let report = json!({
        "account_id": at_legal["account"]["id"], "status_ids": [at_legal["id"]], "comment": "rude", "forward": true,
    });
    cas.does("/api/v1/reports", report).await;
    judge.hears("admin.report").await;

    let desk = Browser::new(judge.house.url.clone());
    desk.submit("/sign-in", "/sign-in", &[("login", "judge@example.org"), ("password", PASSWORD)]).await.ok();
    let page = desk.open("/desk").await.ok().text();
    let case = page.split("href=\"").find(|part| part.starts_with("/desk/reports/")).expect("a case");
    let case = case.split('"').next().unwrap();
    let act = format!("remove_post:{}", text_of(&rude, "id"));
    desk.submit(case, case, &[("act", &act), ("reason", "rude"), ("resolve", "1")]).await.ok();

    eventually("it is gone at sales", async || (bob.looks_at(&rude).await == 404).then_some(())).await;
    assert_eq!(ann.looks_at(&at_engineering).await, 200);
    assert_eq!(cas.looks_at(&at_legal).await, 200);
}
