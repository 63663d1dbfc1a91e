//! People at work: each does one thing after the other, and asks again what died unanswered.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::ledger::{Post, State};
use super::town::Town;
use crate::dice::Dice;

/// Works until `stop`, and finishes what was begun.
pub async fn live(town: Arc<Town>, me: usize, dice: Dice, stop: CancellationToken) {
    let mut worker = Worker { town, me, dice, written: 0 };
    while !stop.is_cancelled() {
        match worker.dice.below(100) {
            0..55 => worker.posts(None).await,
            55..75 => worker.replies().await,
            75..86 => worker.likes().await,
            86..89 => worker.unlikes().await,
            89..95 => worker.edits().await,
            95..98 => worker.deletes().await,
            _ => worker.reposts_a_colleague().await,
        }
        tokio::time::sleep(worker.dice.millis(20, 150)).await;
    }
}

struct Worker {
    town: Arc<Town>,
    me: usize,
    dice: Dice,
    written: usize,
}

impl Worker {
    async fn posts(&mut self, parent: Option<&Value>) {
        self.written += 1;
        let name = self.town.people[self.me].name;
        let mark = format!("{name}-{}", self.written);
        let post = Post {
            mark: mark.clone(),
            version: 0,
            state: State::Unknown,
            id: String::new(),
            uri: String::new(),
            parent: parent.map(|parent| text(parent, "uri")),
            names: parent.and_then(|parent| self.town.person_by_actor(&text(&parent["account"], "uri"))),
        };
        let body =
            json!({ "status": words(&self.town, &post), "in_reply_to_id": parent.map(|p| p["id"].clone()) });
        let at = {
            let mut ledger = self.town.ledger();
            ledger.people[self.me].push(post);
            ledger.people[self.me].len() - 1
        };
        let once =
            self.town.asks_once(self.me, Method::POST, "/api/v1/statuses", Some(&body), Some(&mark)).await;
        let (status, answer) = match once {
            Some(answer) => answer,
            // Some give up: then nobody knows.
            None if self.dice.percent(15) => return,
            None => self.town.asks(self.me, Method::POST, "/api/v1/statuses", Some(&body), Some(&mark)).await,
        };
        let mut ledger = self.town.ledger();
        if status == 404 && parent.is_some() {
            // What it answers was deleted in the meantime; nothing was written.
            ledger.people[self.me].remove(at);
            return;
        }
        assert_eq!(status, 200, "{mark}: {answer}");
        let post = &mut ledger.people[self.me][at];
        (post.state, post.id, post.uri) = (State::There, text(&answer, "id"), text(&answer, "uri"));
    }

    async fn replies(&mut self) {
        if let Some(parent) = self.something_read().await {
            self.posts(Some(&parent)).await;
        }
    }

    async fn likes(&mut self) {
        let Some(status) = self.something_read().await else { return };
        let path = format!("/api/v1/statuses/{}/favourite", text(&status, "id"));
        let (answered, answer) = self.asks(Method::POST, &path, &json!({})).await;
        if answered != 404 {
            assert_eq!(answered, 200, "{answer}");
            let like = (text(&status, "uri"), self.town.people[self.me].actor.clone());
            self.town.ledger().likes.insert(like);
        }
    }

    async fn unlikes(&mut self) {
        let actor = self.town.people[self.me].actor.clone();
        let Some(status) = self.something_read().await else { return };
        let like = (text(&status, "uri"), actor);
        if !self.town.ledger().likes.contains(&like) {
            return;
        }
        let path = format!("/api/v1/statuses/{}/unfavourite", text(&status, "id"));
        let (answered, answer) = self.asks(Method::POST, &path, &json!({})).await;
        if answered != 404 {
            assert_eq!(answered, 200, "{answer}");
            self.town.ledger().likes.remove(&like);
        }
    }

    async fn edits(&mut self) {
        let Some((at, mut post)) = self.something_written() else { return };
        post.version += 1;
        let body = json!({ "status": words(&self.town, &post) });
        let (status, answer) = self.asks(Method::PUT, &format!("/api/v1/statuses/{}", post.id), &body).await;
        assert_eq!(status, 200, "{answer}");
        self.town.ledger().people[self.me][at].version = post.version;
    }

    async fn deletes(&mut self) {
        let Some((at, post)) = self.something_written() else { return };
        let path = format!("/api/v1/statuses/{}", post.id);
        let (status, answer) = self.asks(Method::DELETE, &path, &json!({})).await;
        // 404: the first try was done and died before its answer.
        assert!(matches!(status, 200 | 404), "{status} {answer}");
        self.town.ledger().people[self.me][at].state = State::Gone;
    }

    /// Only of the own site: elsewhere its delivery stands in the same line as the post's.
    async fn reposts_a_colleague(&mut self) {
        let is_colleague = |status: &Value| !text(&status["account"], "acct").contains('@');
        let Some(status) = self.something_read_that(is_colleague).await else { return };
        let path = format!("/api/v1/statuses/{}/reblog", text(&status, "id"));
        let (answered, answer) = self.asks(Method::POST, &path, &json!({})).await;
        if answered != 404 {
            assert_eq!(answered, 200, "{answer}");
            self.town.ledger().reposts.insert((text(&status, "uri"), self.me));
        }
    }

    /// One of the last posts of others in the home.
    async fn something_read(&mut self) -> Option<Value> {
        self.something_read_that(|_| true).await
    }

    async fn something_read_that(&mut self, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        let (status, home) =
            self.town.asks(self.me, Method::GET, "/api/v1/timelines/home?limit=30", None, None).await;
        assert_eq!(status, 200, "{home}");
        let own = &self.town.people[self.me].actor;
        let of_others: Vec<&Value> = home
            .as_array()?
            .iter()
            .filter(|status| {
                status["reblog"].is_null() && status["account"]["uri"] != own.as_str() && fits(status)
            })
            .collect();
        self.dice.one_of(&of_others).map(|status| (*status).clone())
    }

    /// One of the own posts that are there.
    fn something_written(&self) -> Option<(usize, Post)> {
        let ledger = self.town.ledger();
        let there: Vec<(usize, &Post)> = ledger.people[self.me]
            .iter()
            .enumerate()
            .filter(|(_, post)| post.state == State::There)
            .collect();
        self.dice.one_of(&there).map(|(at, post)| (*at, (*post).clone()))
    }

    async fn asks(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        self.town.asks(self.me, method, path, Some(body), None).await
    }
}

fn words(town: &Town, post: &Post) -> String {
    let named = post.names.map(|person| format!(" @{}", town.handle(person))).unwrap_or_default();
    format!("{}{named}", post.words())
}

/// A text field of an entity.
pub fn text(entity: &Value, field: &str) -> String {
    entity[field].as_str().unwrap_or_else(|| panic!("no text {field} in {entity}")).to_owned()
}
