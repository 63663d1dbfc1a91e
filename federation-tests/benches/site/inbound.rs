//! How much comes in: the mix, as fast as the site takes it, until it stands in the follower's home and all that
//! follows from it is done.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use bytes::Bytes;
use futures::future::try_join_all;
use http::header::HOST;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::{Position, Url};

use breezeway::platform::crypto::KeyKind;

use super::mix::{Letter, Mix};
use super::others::Others;
use super::process::Running;
use super::{median, ms};

/// Activities in one run.
const COUNT: usize = 5_000;
/// Runs, of which the median counts.
const RUNS: usize = 5;
/// Requests under way at once.
const TOGETHER: usize = 64;

/// Five runs for each kind of signature, taking turns.
pub async fn measure(site: &Running, token: &str, others: &Others) -> Result<()> {
    for (name, kind) in [("Ed25519, RFC 9421", KeyKind::Ed25519), ("RSA, draft-cavage", KeyKind::Rsa)] {
        let mix = Mix::prepare(site, token, others, kind).await?;
        let mut runs = Vec::new();
        for run in 0..RUNS {
            runs.push(once(site, token, others, &mix, run).await?);
        }
        let all = runs.iter().map(|run| format!("{:.0}", run.visible)).collect::<Vec<_>>().join(" ");
        println!(
            "inbound mix, {name:<18}          {:>8.0} /s accepted, {:>6.0} /s until visible, {:.2} CPU-s per 1,000{} (median of {RUNS}: {all})",
            median(runs.iter().map(|run| run.accepted)),
            median(runs.iter().map(|run| run.visible)),
            median(runs.iter().map(|run| run.cpu)),
            if site.is_postgres() {
                format!(", of which PostgreSQL {:.2}", median(runs.iter().map(|run| run.server_cpu)))
            } else {
                String::new()
            },
        );
    }
    Ok(())
}

struct Run {
    accepted: f64,
    visible: f64,
    cpu: f64,
    server_cpu: f64,
}

async fn once(site: &Running, token: &str, others: &Others, mix: &Mix, run: usize) -> Result<Run> {
    let inbox = site.url("/inbox")?;
    let letters = mix.letters(others, &inbox, run, COUNT)?;
    let last = mix.last(run, COUNT)?;
    let before_rows = site.statuses().await?;
    let (before, server_before, start) = (site.cpu()?, site.server_cpu()?, Instant::now());
    let accepted = send(&inbox, letters).await?;
    let answered = start.elapsed();
    if accepted != COUNT {
        bail!("only {accepted} of {COUNT} were accepted");
    }
    site.until_home_has(token, &last).await?;
    let visible = start.elapsed();
    // What follows from the last of them is paid for as well.
    site.until_quiet().await?;
    let server = site.server_cpu()?.saturating_sub(server_before);
    let cpu = site.cpu()?.saturating_sub(before) + server;
    let kept = site.statuses().await? - before_rows;
    if kept != COUNT as i64 {
        bail!("of {COUNT} activities that were accepted, {kept} are there");
    }
    let per_thousand = |cpu: Duration| cpu.as_secs_f64() * 1000.0 / COUNT as f64;
    Ok(Run {
        accepted: COUNT as f64 / answered.as_secs_f64(),
        visible: COUNT as f64 / visible.as_secs_f64(),
        cpu: per_thousand(cpu),
        server_cpu: per_thousand(server),
    })
}

/// Posts them all over as many connections as are under way together; returns how many were accepted. Bare HTTP/1.1:
/// what the loader spends is taken from the site, which runs on the same cores.
pub async fn send(inbox: &Url, letters: Vec<Letter>) -> Result<usize> {
    let addresses = inbox.socket_addrs(|| None)?;
    let letters = Mutex::new(letters.into_iter());
    let connections = (0..TOGETHER).map(|_| async {
        let stream = TcpStream::connect(&addresses[..]).await?;
        stream.set_nodelay(true)?;
        let (mut sender, connection) = handshake::<_, Full<Bytes>>(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let mut accepted = 0;
        while let Some(letter) = next(&letters) {
            sender.ready().await?;
            let answer = sender.send_request(request(inbox, letter)?).await?;
            accepted += usize::from(answer.status() == StatusCode::ACCEPTED);
            answer.into_body().collect().await?;
        }
        connection.abort();
        Ok::<usize, anyhow::Error>(accepted)
    });
    Ok(try_join_all(connections).await?.into_iter().sum())
}

fn next(letters: &Mutex<std::vec::IntoIter<Letter>>) -> Option<Letter> {
    letters.lock().unwrap_or_else(PoisonError::into_inner).next()
}

fn request(inbox: &Url, (headers, body): Letter) -> Result<Request<Full<Bytes>>> {
    let mut request = Request::post(inbox.path()).body(Full::new(body))?;
    *request.headers_mut() = headers;
    request.headers_mut().insert(HOST, inbox[Position::BeforeHost..Position::AfterPort].parse()?);
    Ok(request)
}

/// The follower reads while a burst comes in: going down the pages, no post comes twice and none that stood there
/// at the beginning is left out; asking for what is newer, every post of the burst comes once.
pub async fn burst(site: &Running, token: &str, others: &Others) -> Result<()> {
    let mix = Mix::prepare(site, token, others, KeyKind::Ed25519).await?;
    let inbox = site.url("/inbox")?;
    let letters = mix.letters(others, &inbox, RUNS, COUNT)?;
    let top = |page: &[String]| page.first().cloned().unwrap_or_default();
    let old = pages(site, token, "max_id", None, 400).await?;
    let start = Instant::now();
    let sending = tokio::spawn({
        let inbox = inbox.clone();
        async move { send(&inbox, letters).await }
    });
    let mut newest = top(&old);
    let mut came = Vec::new();
    let mut walks = 0;
    while !sending.is_finished() || !came.is_empty() && walks == 0 {
        came.extend(newer(site, token, &mut newest).await?);
        let walk = pages(site, token, "max_id", None, 200).await?;
        no_repeats(&walk)?;
        walks += 1;
    }
    let accepted = sending.await??;
    let down = pages(site, token, "max_id", Some(&top(&old)), 400 - 1).await?;
    if down[..] != old[1..=down.len()] {
        bail!("what stood in the home before the burst is read in another order afterwards");
    }
    came.extend(newer(site, token, &mut newest).await?);
    no_repeats(&came)?;
    let all = site.home_entries_after(&top(&old)).await?;
    if came.len() as i64 != all {
        bail!("of {all} posts that came into the home, {} were read", came.len());
    }
    println!(
        "burst of {accepted} in {:.0} ms             {:>8} read by asking for newer ones, {walks} walks down the pages: none twice, none left out",
        ms(start.elapsed()),
        came.len()
    );
    Ok(())
}

/// Everything newer than what is known, oldest first.
async fn newer(site: &Running, token: &str, newest: &mut String) -> Result<Vec<String>> {
    let mut came = Vec::new();
    loop {
        let path = format!("/api/v1/timelines/home?limit=40&min_id={newest}");
        let mut page = ids(&site.get(token, &path).await?);
        let Some(first) = page.first().cloned() else { return Ok(came) };
        *newest = first;
        page.reverse();
        came.extend(page);
    }
}

/// Pages downwards until `count` posts are read or nothing is left.
async fn pages(
    site: &Running,
    token: &str,
    by: &str,
    from: Option<&str>,
    count: usize,
) -> Result<Vec<String>> {
    let mut read: Vec<String> = Vec::new();
    let mut from = from.map(str::to_owned);
    while read.len() < count {
        let limit = (count - read.len()).min(40);
        let after = from.map_or(String::new(), |from| format!("&{by}={from}"));
        let page = ids(&site.get(token, &format!("/api/v1/timelines/home?limit={limit}{after}")).await?);
        let Some(last) = page.last().cloned() else { break };
        from = Some(last);
        read.extend(page);
    }
    Ok(read)
}

fn ids(page: &serde_json::Value) -> Vec<String> {
    let page = page.as_array().map(Vec::as_slice).unwrap_or_default();
    page.iter().filter_map(|status| status["id"].as_str().map(str::to_owned)).collect()
}

fn no_repeats(read: &[String]) -> Result<()> {
    let unique: std::collections::HashSet<_> = read.iter().collect();
    if unique.len() != read.len() {
        bail!("{} of {} posts were read twice", read.len() - unique.len(), read.len());
    }
    Ok(())
}
