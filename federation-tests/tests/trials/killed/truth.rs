//! Comparing what every site shows with what was answered.

use std::collections::{BTreeMap, BTreeSet};

use breezeway::testing::peer::Received;
use breezeway::testing::person::plain;
use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::ledger::{Ledger, Post, State};
use super::people::text;
use super::town::{OUTSIDERS, Town};

/// All that is not as it must be, in words.
pub async fn compare(town: &Town) -> Vec<String> {
    let mut wrong = Vec::new();
    for reader in 0..town.people.len() {
        let home = crawl(town, reader, "/api/v1/timelines/home?limit=40").await;
        homes(town, reader, &home, &mut wrong);
        reposts(town, reader, &home, &mut wrong);
        likes(town, reader, &home, &mut wrong);
        let told = crawl(town, reader, "/api/v1/notifications?types[]=mention&limit=80").await;
        notifications(town, reader, &told, &mut wrong);
        elsewhere(town, reader, &home, &mut wrong).await;
    }
    outside(town, &mut wrong);
    wrong
}

/// A whole list, newest first.
async fn crawl(town: &Town, person: usize, path: &str) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let older = all.last().map(|last| format!("&max_id={}", text(last, "id"))).unwrap_or_default();
        let (status, page) = town.asks(person, Method::GET, &format!("{path}{older}"), None, None).await;
        assert_eq!(status, 200, "{page}");
        match page.as_array() {
            Some(page) if !page.is_empty() => all.extend(page.iter().cloned()),
            _ => return all,
        }
    }
}

/// The first two words of a post.
fn words(status: &Value) -> String {
    plain(status).split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// Every author's posts stand in the reader's home once each, in their order and last version.
fn homes(town: &Town, reader: usize, home: &[Value], wrong: &mut Vec<String>) {
    let ledger = town.ledger();
    let mut by_author: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for status in home.iter().rev().filter(|status| status["reblog"].is_null()) {
        let entry = (text(status, "uri"), words(status));
        by_author.entry(text(&status["account"], "uri")).or_default().push(entry);
    }
    let house = town.people[reader].house;
    let reads = &town.people[reader].name;
    for (author, person) in town.people.iter().enumerate() {
        let shown = by_author.remove(&person.actor).unwrap_or_default();
        list(&format!("{reads} reads {}", person.name), &ledger, &ledger.people[author], &shown, wrong);
    }
    for (outsider, name) in OUTSIDERS.iter().enumerate() {
        let Some(accepted) = ledger.outsiders.get(&(outsider, house)) else { continue };
        // What was sent to other sites only may have been fetched for a thread.
        let here: BTreeSet<&str> = accepted.iter().map(|post| post.uri.as_str()).collect();
        let mut shown = by_author.remove(town.outsider(outsider).as_str()).unwrap_or_default();
        shown.retain(|(uri, _)| here.contains(uri.as_str()));
        list(&format!("{reads} reads {name}"), &ledger, accepted, &shown, wrong);
    }
    if !by_author.is_empty() {
        wrong.push(format!("{reads} reads strangers: {:?}", by_author.keys()));
    }
}

/// One author's posts as answered and as shown.
fn list(who: &str, ledger: &Ledger, answered: &[Post], shown: &[(String, String)], wrong: &mut Vec<String>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (uri, words) in shown {
        if !seen.insert(mark(words)) {
            wrong.push(format!("{who}: {words} twice"));
        }
        match answered.iter().find(|post| post.mark == mark(words)) {
            None => wrong.push(format!("{who}: {words} was never written ({uri})")),
            Some(post) if post.state == State::Gone => wrong.push(format!("{who}: {words} was deleted")),
            Some(post) if post.words() != *words => {
                wrong.push(format!("{who}: {words} instead of {}", post.words()));
            }
            Some(_) => {}
        }
    }
    for post in answered.iter().filter(|post| is_for_every_home(ledger, post)) {
        if !seen.contains(post.mark.as_str()) {
            let kind = if post.parent.is_some() { "reply" } else { "post" };
            wrong.push(format!("{who}: the {kind} {} is missing ({})", post.mark, post.uri));
        }
    }
    let order: Vec<usize> = shown
        .iter()
        .filter_map(|(_, words)| answered.iter().position(|post| post.mark == mark(words)))
        .collect();
    for pair in order.windows(2).filter(|pair| pair[0] > pair[1]) {
        wrong.push(format!("{who}: {} stands before {}", answered[pair[0]].mark, answered[pair[1]].mark));
    }
}

fn mark(words: &str) -> &str {
    words.split_whitespace().next().unwrap_or_default()
}

/// Answered, and no answer to something that is gone or that is not everywhere.
fn is_for_every_home(ledger: &Ledger, post: &Post) -> bool {
    let everywhere = |parent: &String| {
        ledger.people.iter().flatten().any(|post| post.uri == *parent && post.state == State::There)
    };
    post.state == State::There && post.parent.as_ref().is_none_or(everywhere)
}

/// What need not stand in the home must be at the site all the same.
async fn elsewhere(town: &Town, reader: usize, home: &[Value], wrong: &mut Vec<String>) {
    let shown: BTreeSet<String> = home.iter().map(|status| text(status, "uri")).collect();
    let asked: Vec<String> = {
        let ledger = town.ledger();
        let there = ledger.people.iter().flatten().filter(|post| post.state == State::There);
        there.filter(|post| !shown.contains(&post.uri)).map(|post| post.uri.clone()).collect()
    };
    for uri in asked {
        let path = format!("/api/v2/search?type=statuses&resolve=false&q={uri}");
        let (_, found) = town.asks(reader, Method::GET, &path, None, None).await;
        if found["statuses"][0]["uri"] != uri.as_str() {
            wrong.push(format!("{} finds no {uri}", town.people[reader].name));
        }
    }
}

/// Each repost of a colleague stands in the home of those who have it as a repost, once, and never twice.
fn reposts(town: &Town, reader: usize, home: &[Value], wrong: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for status in home.iter().filter(|status| status["reblog"].is_object()) {
        let repost = (text(&status["account"], "uri"), text(&status["reblog"], "uri"));
        if !seen.insert(repost.clone()) {
            wrong.push(format!("{} reads a repost twice: {repost:?}", town.people[reader].name));
        }
    }
}

/// At its own site every post has exactly the likes and reposts that were answered.
fn likes(town: &Town, reader: usize, home: &[Value], wrong: &mut Vec<String>) {
    let ledger = town.ledger();
    let shown: BTreeMap<String, &Value> = home
        .iter()
        .filter(|status| status["reblog"].is_null())
        .map(|status| (text(status, "uri"), status))
        .collect();
    for post in ledger.people[reader].iter().filter(|post| post.state == State::There) {
        let Some(status) = shown.get(&post.uri) else { continue };
        let liked = ledger.likes_of(&post.uri);
        if status["favourites_count"] != liked.len() {
            wrong
                .push(format!("{} has {} likes instead of {liked:?}", post.mark, status["favourites_count"]));
        }
        let reposted = ledger.reposts.iter().filter(|(of, _)| *of == post.uri).count();
        if status["reblogs_count"] != reposted {
            wrong
                .push(format!("{} has {} reposts instead of {reposted}", post.mark, status["reblogs_count"]));
        }
    }
}

/// Whoever is named hears of it, once.
fn notifications(town: &Town, reader: usize, told: &[Value], wrong: &mut Vec<String>) {
    let ledger = town.ledger();
    let mut heard: BTreeMap<String, usize> = BTreeMap::new();
    for note in told.iter().filter(|note| note["type"] == "mention") {
        *heard.entry(text(&note["status"], "uri")).or_default() += 1;
    }
    for post in ledger.people.iter().flatten() {
        if post.state != State::There || post.names != Some(reader) {
            continue;
        }
        let times = heard.get(&post.uri).copied().unwrap_or_default();
        if times != 1 {
            wrong.push(format!("{} heard {times} times of {}", town.people[reader].name, post.mark));
        }
    }
}

/// Whether the actor's own site sent it.
fn is_signed_at_home(received: &Received) -> bool {
    let actor: Url = text(&received.body, "actor").parse().unwrap();
    let names = ["signature", "signature-input"];
    let mut headers = names.iter().filter_map(|name| received.headers.get(*name)?.to_str().ok());
    headers.any(|header| header.contains(actor.authority()))
}

/// The other program has every post in its last version and every like, in order, and no deleted post.
fn outside(town: &Town, wrong: &mut Vec<String>) {
    let ledger = town.ledger();
    let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    let mut all = Vec::new();
    for received in town.peer.received() {
        // What another site passes on comes when it comes.
        if received.body["type"] == "Create" && is_signed_at_home(&received) {
            let (actor, post) = (text(&received.body, "actor"), text(&received.body["object"], "id"));
            let posts = sent.entry(actor).or_default();
            if !posts.contains(&post) {
                posts.push(post);
            }
        }
        if ids.insert(received.body["id"].to_string()) {
            all.push(received.body);
        }
    }
    for activity in &all {
        let object = &activity["object"];
        match activity["type"].as_str() {
            Some("Create") => {
                last.insert(text(object, "id"), words(object));
            }
            Some("Update") if object["type"] == "Note" => {
                last.insert(text(object, "id"), words(object));
            }
            Some("Delete") => {
                last.remove(object["id"].as_str().or(object.as_str()).unwrap_or_default());
            }
            _ => {}
        }
    }
    for (person, posts) in town.people.iter().zip(&ledger.people) {
        let order = sent.remove(&person.actor).unwrap_or_default();
        let expected: Vec<&Post> = posts.iter().filter(|post| !post.uri.is_empty()).collect();
        let places: Vec<usize> =
            order.iter().filter_map(|uri| expected.iter().position(|post| post.uri == *uri)).collect();
        for pair in places.windows(2).filter(|pair| pair[0] >= pair[1]) {
            let (early, late) = (&expected[pair[0]].mark, &expected[pair[1]].mark);
            wrong.push(format!("outside, {early} arrived before {late}"));
        }
        for post in expected {
            match (post.state, last.get(&post.uri)) {
                (State::There, Some(words)) if *words == post.words() => {}
                (State::There, shown) => wrong.push(format!("outside, {} is {shown:?}", post.words())),
                (State::Gone, Some(_)) => wrong.push(format!("outside, {} was not deleted", post.mark)),
                _ => {}
            }
        }
    }
}
