//! How soon a post of a person here is at the last of the followers' sites; also beside sites that take the connection
//! and never answer.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::json;
use url::Url;

use breezeway::platform::crypto::KeyKind;

use super::others::Others;
use super::process::Running;
use super::{ms, sign_with};

/// Posts for each figure, of which the median counts.
const RUNS: usize = 5;

/// 50 and 200 sites, with RSA and with Ed25519; then 50 beside 10 that hang.
pub async fn measure(site: &Running, token: &str, others: &Others) -> Result<()> {
    for kind in [KeyKind::Rsa, KeyKind::Ed25519] {
        for sites in [50, 200] {
            follow(site, others, kind, sites).await?;
            let (reached, answered) = posts(site, token, others, sites).await?;
            println!(
                "a post to {sites:>3} sites, {:<7}                {:>8.0} ms until the last has it (median of {RUNS}; answered after {:.0} ms)",
                name(kind),
                ms(reached),
                ms(answered)
            );
            unfollow(site, others, kind, sites).await?;
        }
    }
    for kind in [KeyKind::Rsa, KeyKind::Ed25519] {
        beside_hanging(site, token, others, kind).await?;
    }
    Ok(())
}

/// The last ten of sixty hang; the first fifty must not notice.
async fn beside_hanging(site: &Running, token: &str, others: &Others, kind: KeyKind) -> Result<()> {
    let (live, all) = (50, 60);
    follow(site, others, kind, all).await?;
    others.hang(live..all);
    let (reached, _) = posts(site, token, others, live).await?;
    println!(
        "a post to {live} sites beside {} that hang, {:<7} {:>6.0} ms until the last of the {live} has it (median of {RUNS})",
        all - live,
        name(kind),
        ms(reached)
    );
    others.hang(0..0);
    unfollow(site, others, kind, all).await
}

/// The median time until the last site had it, and until the writer was answered.
async fn posts(site: &Running, token: &str, others: &Others, sites: usize) -> Result<(Duration, Duration)> {
    let mut runs = Vec::new();
    for run in 0..RUNS {
        others.forget();
        let start = Instant::now();
        site.post(token, "/api/v1/statuses", json!({"status": format!("to {sites} sites, {run}")})).await?;
        let answered = start.elapsed();
        let reached = others.until_reached(sites, start).await?;
        runs.push((reached, answered));
    }
    runs.sort_unstable();
    Ok(runs[RUNS / 2])
}

async fn follow(site: &Running, others: &Others, kind: KeyKind, sites: usize) -> Result<()> {
    others.forget();
    for number in 0..sites {
        let follower = others.person(number, short(kind));
        say(site, others, kind, &follower, &others.follow(&follower, &site.actor("ann")?)).await?;
    }
    others.until_accepted(sites).await
}

async fn unfollow(site: &Running, others: &Others, kind: KeyKind, sites: usize) -> Result<()> {
    for number in 0..sites {
        let follower = others.person(number, short(kind));
        say(site, others, kind, &follower, &others.undo_follow(&follower, &site.actor("ann")?)).await?;
    }
    Ok(())
}

async fn say(
    site: &Running,
    others: &Others,
    kind: KeyKind,
    who: &Url,
    what: &serde_json::Value,
) -> Result<()> {
    let inbox = site.url("/users/ann/inbox")?;
    let (pair, key) = match kind {
        KeyKind::Rsa => (&others.rsa, "main-key"),
        KeyKind::Ed25519 => (&others.ed25519, "ed25519-key"),
    };
    let (headers, body) = sign_with(pair, &format!("{who}#{key}"), &inbox, what.to_string())?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let status = client.post(inbox).headers(headers).body(body).send().await?.status();
    if status != 202 {
        bail!("{what} was answered with {status}");
    }
    Ok(())
}

fn short(kind: KeyKind) -> &'static str {
    if kind == KeyKind::Rsa { "rsa" } else { "ed" }
}

fn name(kind: KeyKind) -> &'static str {
    if kind == KeyKind::Rsa { "RSA" } else { "Ed25519" }
}
