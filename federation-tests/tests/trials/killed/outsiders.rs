//! Outsiders: another program that pushes signed activities into one site's inbox, in order, each until it is taken.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::ledger::{Post, State};
use super::town::{OUTSIDERS, Town};
use crate::dice::Dice;

/// Pushes until `stop`, and finishes what was begun.
pub async fn push(town: Arc<Town>, outsider: usize, house: usize, dice: Dice, stop: CancellationToken) {
    let actor = town.outsider(outsider);
    let mut pusher = Pusher { town, outsider, house, actor, dice, written: 0 };
    while !stop.is_cancelled() {
        match pusher.dice.below(100) {
            0..70 => pusher.creates().await,
            70..80 => pusher.updates().await,
            80..85 => pusher.deletes().await,
            _ => pusher.likes().await,
        }
        tokio::time::sleep(pusher.dice.millis(20, 150)).await;
    }
}

struct Pusher {
    town: Arc<Town>,
    outsider: usize,
    house: usize,
    actor: Url,
    dice: Dice,
    written: usize,
}

impl Pusher {
    async fn creates(&mut self) {
        self.written += 1;
        let mark = format!("{}-{}-{}", OUTSIDERS[self.outsider], self.house, self.written);
        let note = self.town.peer.note(&self.actor, &format!("{mark} v0"), &[]);
        let create = self.town.peer.create(&note);
        self.delivers(&create).await;
        let uri = note["id"].as_str().unwrap_or_default().to_owned();
        let post =
            Post { mark, version: 0, state: State::There, id: String::new(), uri, parent: None, names: None };
        self.town.ledger().outsiders.entry((self.outsider, self.house)).or_default().push(post);
    }

    async fn updates(&mut self) {
        let Some((at, mut post)) = self.something_written() else { return };
        post.version += 1;
        let now = breezeway::base::Clock::system().now().to_rfc3339();
        let note = json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": post.uri, "type": "Note", "attributedTo": self.actor, "content": format!("<p>{}</p>", post.words()),
            "to": [breezeway::testing::peer::PUBLIC], "cc": [format!("{}/followers", self.actor)],
            "published": now, "updated": now,
        });
        self.town.peer.publish(&note);
        self.delivers(&self.town.peer.activity("Update", &self.actor, note)).await;
        self.change(at, |known| known.version = post.version);
    }

    async fn deletes(&mut self) {
        let Some((at, post)) = self.something_written() else { return };
        let tombstone = json!({ "id": post.uri, "type": "Tombstone" });
        self.town.peer.publish(&tombstone);
        self.delivers(&self.town.peer.activity("Delete", &self.actor, tombstone)).await;
        self.change(at, |known| known.state = State::Gone);
    }

    /// Likes a post of the site.
    async fn likes(&mut self) {
        let uris: Vec<String> = {
            let ledger = self.town.ledger();
            let here = (0..self.town.people.len()).filter(|one| self.town.people[*one].house == self.house);
            here.flat_map(|one| ledger.people[one].iter().rev().take(20))
                .filter(|post| post.state == State::There)
                .map(|post| post.uri.clone())
                .collect()
        };
        let Some(uri) = self.dice.one_of(&uris).cloned() else { return };
        self.delivers(&self.town.peer.activity("Like", &self.actor, uri.as_str())).await;
        self.town.ledger().likes.insert((uri, self.actor.to_string()));
    }

    /// Knocks until it is taken. The activity keeps its id; the signature is made anew.
    async fn delivers(&self, activity: &Value) {
        let inbox = self.town.houses[self.house].at("/inbox");
        loop {
            match self.town.peer.letter(activity).try_to(&inbox).await {
                Some(answer) if answer.status == 202 => return,
                Some(answer) if answer.status.is_client_error() => {
                    panic!("{} {}: {activity}", answer.status, answer.text())
                }
                _ => self.town.ledger().unanswered += 1,
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn something_written(&self) -> Option<(usize, Post)> {
        let ledger = self.town.ledger();
        let all = ledger.outsiders.get(&(self.outsider, self.house))?;
        let there: Vec<(usize, &Post)> =
            all.iter().enumerate().filter(|(_, post)| post.state == State::There).collect();
        self.dice.one_of(&there).map(|(at, post)| (*at, (*post).clone()))
    }

    fn change(&self, at: usize, change: impl FnOnce(&mut Post)) {
        if let Some(all) = self.town.ledger().outsiders.get_mut(&(self.outsider, self.house)) {
            change(&mut all[at]);
        }
    }
}
