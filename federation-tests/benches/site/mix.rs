//! What comes in: a mix of 60 % posts, 30 % replies and 10 % reposts by twenty people of twenty sites, all followed here.
//!
//! A third of the replies answer posts of this site, so that somebody here is told; the other replies and the reposts
//! are about posts of the mix that came a while before.

use anyhow::{Result, bail};
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};
use url::Url;

use breezeway::base::Clock;
use breezeway::platform::crypto::KeyKind;

use super::others::{Others, PUBLIC};
use super::process::Running;
use super::{sign_with, text};

/// Authors, each on a site of its own.
pub const AUTHORS: usize = 20;
/// Posts of this site that are answered and reposted: enough that nobody reposts one twice in six runs.
const OURS: usize = BACK / 10 * 6;
/// How far back in the mix the answered and reposted posts lie: they have been written by then.
const BACK: usize = 300;

/// A signed request body.
pub type Letter = (HeaderMap, Bytes);

/// The people who write, and what they write about.
pub struct Mix {
    pub authors: Vec<Url>,
    pub kind: KeyKind,
    me: Value,
    ours: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Post,
    Reply,
    Repost,
}

fn sort(number: usize) -> Sort {
    match number % 10 {
        2 | 5 | 9 => Sort::Reply,
        7 => Sort::Repost,
        _ => Sort::Post,
    }
}

impl Mix {
    /// Follows the authors as the person behind `token`, and writes what they will answer.
    pub async fn prepare(site: &Running, token: &str, others: &Others, kind: KeyKind) -> Result<Self> {
        let name = if kind == KeyKind::Rsa { "rsa" } else { "ed" };
        let authors: Vec<Url> = (0..AUTHORS).map(|number| others.person(number, name)).collect();
        for author in &authors {
            let id = site.find(token, &Others::handle(author)).await?;
            site.post(token, &format!("/api/v1/accounts/{id}/follow"), json!({})).await?;
            site.until_following(token, &id).await?;
        }
        let mut ours = Vec::new();
        for number in 0..OURS {
            let post =
                json!({"status": format!("What do you make of figure {number}?"), "visibility": "public"});
            let post = site.post(token, "/api/v1/statuses", post).await?;
            ours.push(text(&post, "uri")?.to_owned());
        }
        let me = site.actor("ann")?.to_string();
        Ok(Self { authors, kind, me: json!(me), ours })
    }

    /// `count` signed activities; `run` makes their ids new.
    pub fn letters(&self, others: &Others, inbox: &Url, run: usize, count: usize) -> Result<Vec<Letter>> {
        let pair = if self.kind == KeyKind::Rsa { &others.rsa } else { &others.ed25519 };
        let key = if self.kind == KeyKind::Rsa { "main-key" } else { "ed25519-key" };
        (0..count)
            .map(|number| {
                let key_id = format!("{}#{key}", self.author(number));
                sign_with(pair, &key_id, inbox, self.activity(run, number).to_string())
            })
            .collect()
    }

    /// The address of the last post among `count` activities of a run.
    pub fn last(&self, run: usize, count: usize) -> Result<String> {
        match (0..count).rev().find(|number| sort(*number) == Sort::Post) {
            Some(number) => Ok(self.note(run, number)),
            None => bail!("no post among {count}"),
        }
    }

    fn author(&self, number: usize) -> &Url {
        &self.authors[(number * 7 + number / 10) % AUTHORS]
    }

    fn note(&self, run: usize, number: usize) -> String {
        format!("{}/notes/{run}-{number}", self.author(number))
    }

    /// A post that was written a while before this number, and by whom; at the beginning one of ours.
    fn earlier(&self, run: usize, number: usize) -> (String, Value) {
        match (0..number.saturating_sub(BACK)).rev().find(|number| sort(*number) == Sort::Post) {
            Some(number) => (self.note(run, number), json!(self.author(number))),
            None => self.ours(run, number),
        }
    }

    fn ours(&self, run: usize, number: usize) -> (String, Value) {
        (self.ours[(run * BACK / 10 + number / 10) % OURS].clone(), self.me.clone())
    }

    /// The activity with this number; the same number gives the same.
    pub fn activity(&self, run: usize, number: usize) -> Value {
        let author = self.author(number);
        let note = self.note(run, number);
        let followers = format!("{author}/followers");
        match sort(number) {
            Sort::Post => create(author, &note, &Value::Null, &followers),
            Sort::Reply if number % 10 == 9 => {
                create(author, &note, &pair(self.ours(run, number)), &followers)
            }
            Sort::Reply => create(author, &note, &pair(self.earlier(run, number)), &followers),
            Sort::Repost => {
                let (object, owner) = self.earlier(run, number);
                json!({
                    "@context": "https://www.w3.org/ns/activitystreams",
                    "id": note, "type": "Announce", "actor": author, "object": object,
                    "to": [PUBLIC], "cc": [followers, owner], "published": now(),
                })
            }
        }
    }
}

fn pair((note, author): (String, Value)) -> Value {
    json!([note, author])
}

fn now() -> String {
    Clock::system().now().to_rfc3339()
}

/// `parent` is null, or the address of a post and its author.
fn create(author: &Url, note: &str, parent: &Value, followers: &str) -> Value {
    let mut cc = vec![json!(followers)];
    let mut tags = Vec::new();
    if !parent.is_null() {
        cc.push(parent[1].clone());
        tags.push(json!({"type": "Mention", "href": parent[1], "name": "@somebody"}));
    }
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{note}/activity"), "type": "Create", "actor": author, "to": [PUBLIC], "cc": cc,
        "published": now(),
        "object": {
            "id": note, "type": "Note", "attributedTo": author, "to": [PUBLIC], "cc": cc, "tag": tags,
            "attachment": [], "published": now(), "inReplyTo": parent[0], "url": note,
            "content": "<p>The figures of last week are in the folder, have a look and say what you make of them \
                        before we meet on Thursday.</p>",
        },
    })
}
