//! Where the processor's time goes: the steps of taking an activity in, one after the other, each for the whole mix.
//!
//! The site is opened in this process without a listener and without workers, so that the process's own account is the
//! step's. What reading costs is seen at a site in a process of its own that refuses all of it after the body is read.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures::stream::{self, StreamExt as _};
use http::HeaderValue;
use tower::ServiceExt as _;

use breezeway::activitystreams::activity::Activity;
use breezeway::activitystreams::read;
use breezeway::app::open;
use breezeway::base::Clock;
use breezeway::effects;
use breezeway::federation::gate::Purpose;
use breezeway::federation::signatures::Received;
use breezeway::federation::{inbox, signer};
use breezeway::platform::crypto::{KeyKind, Random};
use breezeway::platform::services::Services;

use super::inbound::send;
use super::mix::{Letter, Mix};
use super::others::Others;
use super::process::{self, Running};

const COUNT: usize = 5_000;
const TOGETHER: usize = 64;

/// Both kinds of signature.
pub async fn measure(others: &Others) -> Result<()> {
    for (name, kind) in [("Ed25519", KeyKind::Ed25519), ("RSA", KeyKind::Rsa)] {
        let site = Running::start().await?;
        let token = site.person("ann").await?;
        let mix = Mix::prepare(&site, &token, others, kind).await?;
        let target = site.url("/inbox")?;
        let warm = mix.letters(others, &target, 100, 400)?;
        let letters = mix.letters(others, &target, 101, COUNT)?;
        let reading = reading(&site, &letters).await?;

        let config = site.settings()?;
        let folder = site.end().await?;
        let services = open::open(config, Clock::system(), Random::system()).await?;
        let (writer, waiting) = inbox::Writer::channel();
        tokio::spawn(inbox::run_writer(services.clone(), waiting));
        let router = inbox::router(services.clone(), writer).await?;
        // Keys are fetched and statements prepared once.
        take(&router, &warm).await?;
        effects::drain(&services).await?;

        let parsing = parsing(&letters)?;
        let verifying = verifying(&services, &letters).await?;
        let taking = cost(take(&router, &letters)).await?;
        let following = cost(Box::pin(async { Ok(effects::drain(&services).await?) })).await?;
        let writing = taking.saturating_sub(parsing + verifying);
        println!(
            "microseconds of CPU for one activity, {name}: read {}, parse {}, verify {}, write {}, effects {}; together {}",
            each(reading),
            each(parsing),
            each(verifying),
            each(writing),
            each(following),
            each(reading + taking + following)
        );
        services.db.close().await;
        drop(folder);
    }
    Ok(())
}

/// Requests that are refused after their body was read: they are announced as something else.
async fn reading(site: &Running, letters: &[Letter]) -> Result<Duration> {
    let mut letters = letters.to_vec();
    for (headers, _) in &mut letters {
        headers.insert("content-type", HeaderValue::from_static("text/plain"));
    }
    let before = site.cpu()?;
    let accepted = send(&site.url("/inbox")?, letters).await?;
    ensure!(accepted == 0, "plain text was accepted");
    Ok(site.cpu()?.saturating_sub(before))
}

fn parsing(letters: &[Letter]) -> Result<Duration> {
    let before = process::cpu_of("self")?;
    for (_, body) in letters {
        let activity: Activity = read(body)?;
        std::hint::black_box(&activity);
    }
    Ok(process::cpu_of("self")?.saturating_sub(before))
}

async fn verifying(services: &Services, letters: &[Letter]) -> Result<Duration> {
    let before = process::cpu_of("self")?;
    for (headers, body) in letters {
        let received = Received {
            method: &Method::POST,
            site: &services.config.site.url,
            target: "/inbox",
            headers,
            body: Some(body),
            now: services.clock.now(),
            skew: services.config.federation.clock_skew,
        };
        signer::authenticate(services, &received, Purpose::Conversation).await?;
    }
    Ok(process::cpu_of("self")?.saturating_sub(before))
}

/// Through the inbox as it stands behind the listener.
async fn take(router: &axum::Router, letters: &[Letter]) -> Result<()> {
    let accepted = stream::iter(letters)
        .map(|(headers, body)| {
            let mut request = Request::new(Body::from(body.clone()));
            *request.method_mut() = Method::POST;
            *request.uri_mut() = "/inbox".parse().expect("a path is an address");
            *request.headers_mut() = headers.clone();
            let router = router.clone();
            async move { router.oneshot(request).await.map(|answer| answer.status()) }
        })
        .buffer_unordered(TOGETHER)
        .filter(|status| std::future::ready(matches!(status, Ok(StatusCode::ACCEPTED))))
        .count()
        .await;
    ensure!(accepted == letters.len(), "only {accepted} of {} were accepted", letters.len());
    Ok(())
}

async fn cost(work: impl Future<Output = Result<()>>) -> Result<Duration> {
    let before = process::cpu_of("self")?;
    work.await.context("the step failed")?;
    Ok(process::cpu_of("self")?.saturating_sub(before))
}

fn each(all: Duration) -> u128 {
    all.as_micros() / COUNT as u128
}
