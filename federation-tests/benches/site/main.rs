//! How fast and how small: one real site in a process of its own, and this process as all the other sites.
//!
//! `cargo bench --bench site` prints the figures of docs/performance.md; nothing is asserted about them, only that
//! nothing is lost. Words after `--` choose parts: `start inbound burst reach home search steps`. The site is the release
//! binary, spoken to over loopback, in the open mode; the loader runs on the same cores. With `BREEZEWAY_TEST_POSTGRES`
//! set to a server, the rows are kept there.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and speaks to its own site")]

mod home;
mod inbound;
mod mix;
mod others;
mod process;
mod reach;
mod search;
mod steps;

use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use serde_json::Value;
use url::Url;

use breezeway::base::Clock;
use breezeway::federation::signatures::{Outgoing, SigningKey, Style, sign};
use breezeway::platform::crypto::{KeyKind, KeyPair, sha256};
use others::Others;
use process::Running;

#[tokio::main]
async fn main() -> Result<()> {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |part: &str| chosen.is_empty() || chosen.iter().any(|word| word == part);

    if wanted("start") {
        start().await?;
    }
    let mut site = Running::start().await?;
    let token = site.person("ann").await?;
    let others = Others::start(200).await?;
    if wanted("inbound") {
        inbound::measure(&site, &token, &others).await?;
    }
    if wanted("burst") {
        inbound::burst(&site, &token, &others).await?;
    }
    if wanted("reach") {
        reach::measure(&site, &token, &others).await?;
    }
    println!("resident memory, after all this           {:>8.1} MiB", site.resident()?);
    if wanted("home") || wanted("search") {
        home::measure(&mut site, &token).await?;
        println!("resident memory, after a million posts    {:>8.1} MiB", site.resident()?);
    }
    if wanted("search") {
        search::measure(&mut site, &token).await?;
        println!("resident memory, after the searches        {:>8.1} MiB", site.resident()?);
    }
    site.stop().await?;
    if wanted("steps") {
        Box::pin(steps::measure(&others)).await?;
    }
    Ok(())
}

/// Five new sites and five second starts.
async fn start() -> Result<()> {
    let (mut first, mut second, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let mut site = Running::start().await?;
        first.push(ms(site.first_answer));
        site.restart().await?;
        second.push(ms(site.first_answer));
        tokio::time::sleep(Duration::from_secs(2)).await;
        memory.push(site.resident()?);
        site.stop().await?;
    }
    let all = |figures: &[f64]| figures.iter().map(|it| format!("{it:.0}")).collect::<Vec<_>>().join(" ");
    println!(
        "start to first answer, new data folder    {:>8.0} ms (median of {})",
        median(first.clone()),
        all(&first)
    );
    println!(
        "start to first answer, second start       {:>8.0} ms (median of {})",
        median(second.clone()),
        all(&second)
    );
    println!("resident memory, idle                     {:>8.1} MiB (median of 5)", median(memory));
    Ok(())
}

/// Signs as the key's kind is used: RSA in draft-cavage, Ed25519 in RFC 9421.
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

/// The middle one.
pub(crate) fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Reads a text field of an entity.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> Result<&'a str> {
    value[field].as_str().with_context(|| format!("no {field} in {value}"))
}
