//! Two sites that a program of the first release left behind, with its tables (0001 and 0002), upgrade: what was said
//! and followed stands, what waited is delivered, and the conversation goes on.
//!
//! `old/` holds what two processes of that release wrote on SQLite: Ann and Bob follow each other, have talked, and Ann
//! wrote once more while Bob's site was down. Addresses are the only thing that is changed in it.

use breezeway::testing::person::plain;
use breezeway::testing::{Browser, eventually, text_of};
use reqwest::Method;
use serde_json::{Value, json};

use crate::process::{House, PASSWORD};

const HOSTS: [&str; 2] = ["127.61.0.1:41001", "127.62.0.1:41002"];

/// As if it had been a moment ago: seven days later the queue would be given up, rightly.
const JUST_NOW: &str = "
    UPDATE deliveries SET created_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
    UPDATE hosts SET failing_since = CAST(strftime('%s', 'now') AS INTEGER) * 1000, retry_at = 0
    WHERE failing_since IS NOT NULL;";

struct Person<'a> {
    house: &'a House,
    token: String,
}

impl<'a> Person<'a> {
    fn returns(house: &'a House, name: &str) -> Self {
        let scopes = "read write follow";
        Self { house, token: house.prints(&["token", "create", "--account", name, "--scopes", scopes]) }
    }

    async fn asks(&self, method: Method, path: &str, body: Value) -> Value {
        let answer = self.house.ask(method, path, &self.token, Some(&body), None).await;
        let (status, answer) = answer.expect("the site answers");
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    async fn home(&self) -> Vec<Value> {
        let home = self.asks(Method::GET, "/api/v1/timelines/home?limit=40", Value::Null).await;
        home.as_array().cloned().unwrap_or_default()
    }

    async fn sees(&self, words: &str) -> Value {
        eventually(&format!("{words:?} arrives"), async || {
            self.home().await.into_iter().find(|status| plain(status).contains(words))
        })
        .await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sites_upgrade_one_after_the_other() {
    let (engineering, sales) = (House::empty("engineering"), House::empty("sales"));
    for (house, dump) in
        [(&engineering, include_str!("old/engineering.sql")), (&sales, include_str!("old/sales.sql"))]
    {
        let dump = dump.replace(HOSTS[0], engineering.host()).replace(HOSTS[1], sales.host());
        house.takes_over(&(dump + JUST_NOW)).await;
    }

    engineering.starts();
    engineering.answers().await;
    let ann = Person::returns(&engineering, "ann");
    let for_followers = ann.sees("For those who follow me").await;
    let answer = ann.sees("it is in the shed").await;
    let question = ann.sees("Who has the ladder?").await;
    assert_eq!(answer["in_reply_to_id"], question["id"]);
    assert_eq!((&question["favourites_count"], &question["replies_count"]), (&json!(1), &json!(1)));
    assert_eq!(for_followers["visibility"], "private");
    let path = format!("/api/v1/statuses/{}", text_of(&question, "id"));
    ann.asks(Method::PUT, &path, json!({ "status": "Who had the ladder? #tools" })).await;

    // The other site comes later, and everything waits for it, also what the old program had not delivered.
    sales.starts();
    sales.answers().await;
    let bob = Person::returns(&sales, "bob");
    bob.sees("Written while sales was away").await;
    let seen = bob.sees("Who had the ladder?").await;
    assert_eq!(seen["favourited"], true);

    let words = format!("@ann@{} it still is", engineering.host());
    let reply = json!({ "status": words, "in_reply_to_id": seen["id"] });
    bob.asks(Method::POST, "/api/v1/statuses", reply).await;
    assert_eq!(ann.sees("it still is").await["in_reply_to_id"], question["id"]);
    let poll = json!({ "status": "Lunch?", "poll": { "options": ["soup", "salad"], "expires_in": 3600 } });
    ann.asks(Method::POST, "/api/v1/statuses", poll).await;
    assert_eq!(bob.sees("Lunch?").await["poll"]["options"][1]["title"], "salad");
    let browser = Browser::new(engineering.url.clone());
    let entered =
        browser.submit("/sign-in", "/sign-in", &[("login", "ann@example.org"), ("password", PASSWORD)]).await;
    entered.ok();
    assert!(
        browser.open("/").await.ok().text().contains("it still is"),
        "the old password opens the new pages"
    );
}
