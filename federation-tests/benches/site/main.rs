//! How fast and how small: one real site in a process of its own, and this process as all the other sites.
//!
//! `cargo bench --bench site` prints the figures of docs/performance.md; nothing is asserted about them. The site is
//! the release binary on SQLite, spoken to over loopback, in the open mode; the loader runs on the same cores.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and speaks to its own site")]

mod others;
mod process;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use futures::stream::{self, StreamExt as _};
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use url::Url;

use breezeway::base::Clock;
use breezeway::federation::signatures::{Outgoing, SigningKey, Style, sign};
use breezeway::platform::crypto::{KeyKind, KeyPair, sha256};
use others::Others;
use process::Running;

/// Posts in one run.
const POSTS: usize = 5_000;
/// Requests under way at once.
const TOGETHER: usize = 64;
/// Home pages read.
const PAGES: usize = 2_000;

#[tokio::main]
async fn main() -> Result<()> {
    let mut site = Running::start().await?;
    println!("start to first answer, new data folder    {:>8.0} ms", ms(site.first_answer));
    site.restart().await?;
    println!("start to first answer, second start       {:>8.0} ms", ms(site.first_answer));
    tokio::time::sleep(Duration::from_secs(2)).await;
    println!("resident memory, idle                     {:>8.1} MiB", site.resident()?);

    let token = site.person("ann").await?;
    let others = Others::start(200).await?;
    for (name, kind) in [("Ed25519, RFC 9421", KeyKind::Ed25519), ("RSA, draft-cavage", KeyKind::Rsa)] {
        inbound(&site, &token, &others, name, kind).await?;
    }
    home(&site, &token).await?;
    for kind in [KeyKind::Rsa, KeyKind::Ed25519] {
        fan_out(&site, &token, &others, kind).await?;
    }
    println!("resident memory, after all this           {:>8.1} MiB", site.resident()?);
    site.stop().await
}

/// Signed Creates of somebody whom a person here follows, until the last one stands in the follower's home.
async fn inbound(site: &Running, token: &str, others: &Others, name: &str, kind: KeyKind) -> Result<()> {
    let author = others.person(0, if kind == KeyKind::Rsa { "rsa" } else { "ed" });
    let id = site.find(token, &Others::handle(&author)).await?;
    site.post(token, &format!("/api/v1/accounts/{id}/follow"), json!({})).await?;
    site.until_following(token, &id).await?;
    let inbox = site.url("/inbox")?;
    let letters = (0..POSTS)
        .map(|number| {
            let create = Others::create(&author, number);
            signed(others, &author, kind, &inbox, create.to_string())
        })
        .collect::<Result<Vec<_>>>()?;
    let last = Others::create(&author, POSTS - 1)["object"]["id"].as_str().unwrap_or_default().to_owned();

    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(TOGETHER).build()?;
    let before = site.cpu()?;
    let start = Instant::now();
    let statuses: Vec<u16> = stream::iter(letters)
        .map(|(headers, body)| {
            let request = client.post(inbox.clone()).headers(headers).body(body);
            async move { request.send().await.map_or(0, |answer| answer.status().as_u16()) }
        })
        .buffer_unordered(TOGETHER)
        .collect()
        .await;
    let accepted = statuses.iter().filter(|status| **status == 202).count();
    let answered = start.elapsed();
    site.until_home_has(token, &last).await?;
    let visible = start.elapsed();
    let cpu = site.cpu()?.saturating_sub(before);
    let kept = site.get(token, &format!("/api/v1/accounts/{id}")).await?["statuses_count"].as_u64();
    if kept != Some(POSTS as u64) {
        bail!("of {POSTS} posts that were accepted, {kept:?} are there");
    }
    if accepted != POSTS {
        bail!("only {accepted} of {POSTS} were accepted; statuses {:?}", &statuses[..8]);
    }
    println!(
        "inbound Creates, {name:<18}  {:>8.0} /s accepted, {:>6.0} /s until visible, {:.2} CPU-s per 1,000",
        POSTS as f64 / answered.as_secs_f64(),
        POSTS as f64 / visible.as_secs_f64(),
        cpu.as_secs_f64() * 1000.0 / POSTS as f64
    );
    Ok(())
}

fn signed(
    others: &Others,
    author: &Url,
    kind: KeyKind,
    inbox: &Url,
    body: String,
) -> Result<(HeaderMap, Bytes)> {
    match kind {
        KeyKind::Rsa => sign_with(&others.rsa, &format!("{author}#main-key"), inbox, body),
        KeyKind::Ed25519 => sign_with(&others.ed25519, &format!("{author}#ed25519-key"), inbox, body),
    }
}

pub(crate) fn sign_with(
    pair: &KeyPair,
    key_id: &str,
    inbox: &Url,
    body: String,
) -> Result<(HeaderMap, Bytes)> {
    let style = match pair.kind() {
        KeyKind::Rsa => Style::Cavage,
        KeyKind::Ed25519 => Style::Rfc9421,
    };
    let body = Bytes::from(body);
    let outgoing = Outgoing {
        method: &Method::POST,
        url: inbox,
        digest: Some(sha256(&body)),
        now: Clock::system().now(),
    };
    let mut headers = sign(SigningKey { key_id, pair }, style, &outgoing)?;
    headers.insert("content-type", HeaderValue::from_static("application/activity+json"));
    Ok((headers, body))
}

/// The follower's home, one page after the other and eight at once.
async fn home(site: &Running, token: &str) -> Result<()> {
    for together in [1, 8] {
        let before = site.cpu()?;
        let start = Instant::now();
        let mut times: Vec<Duration> = stream::iter(0..PAGES)
            .map(|_| async {
                let start = Instant::now();
                let page = site.get(token, "/api/v1/timelines/home?limit=20").await;
                assert_eq!(
                    page.ok().and_then(|page| page.as_array().map(Vec::len)),
                    Some(20),
                    "a whole page"
                );
                start.elapsed()
            })
            .buffer_unordered(together)
            .collect()
            .await;
        times.sort_unstable();
        println!(
            "home, 20 posts, {together} at once                  {:>8.0} /s, median {:.1} ms, 99 % {:.1} ms, {:.2} CPU-s per 1,000",
            PAGES as f64 / start.elapsed().as_secs_f64(),
            ms(times[PAGES / 2]),
            ms(times[PAGES * 99 / 100]),
            site.cpu()?.saturating_sub(before).as_secs_f64() * 1000.0 / PAGES as f64
        );
    }
    Ok(())
}

/// A post of a person here until the last of the followers' sites has it.
async fn fan_out(site: &Running, token: &str, others: &Others, kind: KeyKind) -> Result<()> {
    let name = if kind == KeyKind::Rsa { "rsa" } else { "ed" };
    for sites in [50, 200] {
        for number in 0..sites {
            let follower = others.person(number, name);
            let follow = others.follow(&follower, &site.actor("ann")?);
            let inbox = site.url("/users/ann/inbox")?;
            let (headers, body) = signed(others, &follower, kind, &inbox, follow.to_string())?;
            let client = reqwest::Client::builder().no_proxy().build()?;
            let status = client.post(inbox).headers(headers).body(body).send().await?.status();
            if status != 202 {
                bail!("the follow of {follower} was answered with {status}");
            }
        }
        others.until_accepted(sites).await?;
        let mut runs = Vec::new();
        for run in 0..5 {
            others.forget();
            let start = Instant::now();
            site.post(token, "/api/v1/statuses", json!({"status": format!("to {sites} sites, {run}")}))
                .await?;
            let answered = start.elapsed();
            let reached = others.until_reached(sites, start).await?;
            runs.push((reached, answered));
        }
        runs.sort_unstable();
        let (reached, answered) = runs[runs.len() / 2];
        println!(
            "a post to {sites:>3} sites, {:<7}                {:>8.0} ms until the last has it (median of 5; answered after {:.0} ms)",
            if kind == KeyKind::Rsa { "RSA" } else { "Ed25519" },
            ms(reached),
            ms(answered)
        );
        for number in 0..sites {
            let follower = others.person(number, name);
            let undo = others.undo_follow(&follower, &site.actor("ann")?);
            let inbox = site.url("/users/ann/inbox")?;
            let (headers, body) = signed(others, &follower, kind, &inbox, undo.to_string())?;
            let client = reqwest::Client::builder().no_proxy().build()?;
            client.post(inbox).headers(headers).body(body).send().await?.error_for_status()?;
        }
    }
    Ok(())
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Reads a text field of an entity.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> Result<&'a str> {
    value[field].as_str().with_context(|| format!("no {field} in {value}"))
}
