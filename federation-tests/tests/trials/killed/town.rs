//! Three sites with two people each, and two outsiders whom everybody follows and who follow everybody.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use breezeway::testing::{Peer, eventually};
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::ledger::Ledger;
use crate::dice::{Dice, lock};
use crate::process::House;

const PEOPLE: [(usize, &str); 6] = [(0, "ann"), (0, "abe"), (1, "bob"), (1, "bea"), (2, "cas"), (2, "coy")];
pub const OUTSIDERS: [&str; 2] = ["mallory", "trent"];

/// Somebody with an account.
pub struct Person {
    pub house: usize,
    pub name: &'static str,
    pub token: String,
    /// ActivityPub id.
    pub actor: String,
}

/// The sites and everybody who matters.
pub struct Town {
    pub houses: Vec<House>,
    pub people: Vec<Person>,
    pub peer: Peer,
    ledger: Mutex<Ledger>,
}

impl Town {
    /// Builds the sites and lets everybody follow everybody. Nobody is killed yet.
    pub async fn build(_: &Dice) -> Self {
        let mut houses = Vec::new();
        for name in ["engineering", "sales", "legal"] {
            houses.push(House::build(name).await);
        }
        for house in &houses {
            house.starts();
        }
        for house in &houses {
            house.answers().await;
        }
        let mut people = Vec::new();
        for (house, name) in PEOPLE {
            let token = houses[house].person(name, "member");
            let actor = houses[house].at(&format!("/users/{name}")).to_string();
            people.push(Person { house, name, token, actor });
        }
        let peer = Peer::start(&OUTSIDERS).await;
        let mut ledger = Ledger::default();
        ledger.people.resize_with(people.len(), Vec::new);
        let town = Self { houses, people, peer, ledger: Mutex::new(ledger) };
        town.everybody_follows_everybody().await;
        town.peer.forgets();
        town
    }

    /// What was answered so far.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.ledger)
    }

    /// The house of a person.
    pub fn home_of(&self, person: usize) -> &House {
        &self.houses[self.people[person].house]
    }

    /// A person's handle, as it is written anywhere.
    pub fn handle(&self, person: usize) -> String {
        format!("{}@{}", self.people[person].name, self.home_of(person).host())
    }

    /// An outsider's ActivityPub id.
    pub fn outsider(&self, outsider: usize) -> Url {
        self.peer.person(OUTSIDERS[outsider])
    }

    /// The person with this ActivityPub id.
    pub fn person_by_actor(&self, actor: &str) -> Option<usize> {
        self.people.iter().position(|person| person.actor == actor)
    }

    /// Asks as a person until there is an answer that is no failure of the site; then it counts.
    pub async fn asks(
        &self,
        person: usize,
        method: Method,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> (u16, Value) {
        loop {
            if let Some(answer) = self.asks_once(person, method.clone(), path, body, key).await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Asks once; `None` if nobody knows what became of it.
    pub async fn asks_once(
        &self,
        person: usize,
        method: Method,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> Option<(u16, Value)> {
        let token = &self.people[person].token;
        let answer = self.home_of(person).ask(method, path, token, body, key).await;
        let answer = answer.filter(|(status, _)| *status < 500);
        if answer.is_none() {
            self.ledger().unanswered += 1;
        }
        answer
    }

    async fn everybody_follows_everybody(&self) {
        for person in 0..self.people.len() {
            let others =
                (0..self.people.len()).filter(|other| *other != person).map(|other| self.handle(other));
            for handle in others.chain(OUTSIDERS.iter().map(|name| self.peer.handle(name))) {
                self.follow(person, &handle).await;
            }
        }
        for outsider in 0..OUTSIDERS.len() {
            for person in &self.people {
                let follow = self.peer.activity("Follow", &self.outsider(outsider), person.actor.as_str());
                self.peer.letter(&follow).to(&self.houses[person.house].at("/inbox")).await.ok();
            }
        }
        eventually("the outsiders' follows are accepted", async || {
            (self.peer.received_of("Accept").len() == OUTSIDERS.len() * self.people.len()).then_some(())
        })
        .await;
    }

    async fn follow(&self, person: usize, handle: &str) {
        let found = format!("/api/v1/accounts/search?resolve=true&q={handle}");
        let (_, found) = self.asks(person, Method::GET, &found, None, None).await;
        let id = found[0]["id"].as_str().unwrap_or_else(|| panic!("nobody is called {handle}")).to_owned();
        let path = format!("/api/v1/accounts/{id}/follow");
        let (status, answer) = self.asks(person, Method::POST, &path, Some(&json!({})), None).await;
        assert_eq!(status, 200, "{answer}");
        eventually(&format!("{handle} is followed"), async || {
            self.accept_follows().await;
            let path = format!("/api/v1/accounts/relationships?id[]={id}");
            let (_, tie) = self.asks(person, Method::GET, &path, None, None).await;
            (tie[0]["following"] == true).then_some(())
        })
        .await;
    }

    /// The outsiders let everybody follow them.
    async fn accept_follows(&self) {
        for follow in self.peer.received_of("Follow") {
            let asked: Url = follow["object"].as_str().unwrap_or_default().parse().unwrap();
            let by: Url = follow["actor"].as_str().unwrap_or_default().parse().unwrap();
            let accept = self.peer.activity("Accept", &asked, follow.clone());
            self.peer.letter(&accept).to(&by.join("/inbox").unwrap()).await.ok();
            self.peer.forgets();
        }
    }
}
