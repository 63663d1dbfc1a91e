//! `breezeway peer …`: the handshake with other sites.

use std::time::Duration;

use anyhow::bail;
use clap::Subcommand;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{doctor, say};
use crate::base::origin::host_of;
use crate::base::{Error, Millis, Result};
use crate::domain::event;
use crate::domain::organisation::deliveries::{self, SiteQueue};
use crate::domain::organisation::{self, By, Peer, PeerState};
use crate::effects;
use crate::federation::{delivery, fetch};
use crate::platform::services::Services;

/// How long a server that runs has to take over what is to be sent.
const SERVER_TAKES: Duration = Duration::from_secs(3);

/// How long this command itself tries to send.
const SENDING: Duration = Duration::from_secs(20);

/// What to do with other sites.
#[derive(Debug, Subcommand)]
pub enum PeerCommand {
    /// Ask another site to be in the organisation with this one.
    Invite {
        /// As in sales.example.org.
        host: String,
    },
    /// Accept a site that asked.
    Accept {
        /// As in sales.example.org.
        host: String,
    },
    /// Show all sites and how far the handshake is.
    List,
    /// Show how a site stands to this one: the handshake, what waits for it, what it said last.
    Show {
        /// As in sales.example.org.
        host: String,
        /// As JSON, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Look a site over, from its name to its inbox, and say what to mend.
    Doctor {
        /// As in sales.example.org, or any address on it.
        #[arg(value_name = "HOST")]
        place: String,
        /// As JSON, for programs.
        #[arg(long)]
        json: bool,
    },
    /// End the peering, or refuse a site that asked.
    Remove {
        /// As in sales.example.org.
        host: String,
    },
}

/// Runs the command.
pub async fn run(services: &Services, command: PeerCommand) -> anyhow::Result<()> {
    match command {
        PeerCommand::List => return list(services).await,
        PeerCommand::Show { host, json } => return show(services, &host_from(&host), json).await,
        PeerCommand::Doctor { place, json } => return doctor::run(services, &place, json).await,
        PeerCommand::Invite { host } => invite(services, &host).await?,
        PeerCommand::Accept { host } => accept(services, &host).await?,
        PeerCommand::Remove { host } => {
            let host = host_from(&host);
            match organisation::remove(services, By::Site, &host).await {
                Ok(peer) => println!("{} is no longer in the organisation.", peer.label()),
                Err(error) => return Err(unknown(services, &host, error).await),
            }
        }
    }
    send(services).await
}

async fn invite(services: &Services, place: &str) -> anyhow::Result<()> {
    let host = host_from(place);
    let profile = fetch::site(services, &host).await.map_err(|error| {
        let usual = || "check the name, and that Breezeway runs there".to_owned();
        let remedy = error.remedy().unwrap_or_else(usual);
        anyhow::Error::new(error).context(format!("{host} could not be asked; {remedy}"))
    })?;
    let peer = organisation::invite(services, By::Site, profile).await?;
    if peer.state == PeerState::Accepted {
        println!("{} is in the organisation.", peer.label());
    } else {
        let own = services.origin.host();
        println!("{} is invited. There, somebody must run: breezeway peer accept {own}", peer.label());
    }
    Ok(())
}

async fn accept(services: &Services, place: &str) -> anyhow::Result<()> {
    let host = host_from(place);
    match organisation::accept(services, By::Site, &host).await {
        Ok(peer) => {
            println!("{} is in the organisation.", peer.label());
            Ok(())
        }
        Err(error) => Err(unknown(services, &host, error).await),
    }
}

async fn list(services: &Services) -> anyhow::Result<()> {
    let mut conn = services.db.read().await?;
    let peers = organisation::store::list(&mut conn).await?;
    if peers.is_empty() {
        println!("No other site is known. Ask one with: breezeway peer invite <host>");
    }
    let now = services.clock.now();
    for peer in peers {
        let queue = deliveries::queue(&mut conn, &peer.host).await?;
        let trouble = if queue.is_failing() || queue.dead > 0 {
            format!("  ({})", say::queue(&queue, now))
        } else {
            String::new()
        };
        println!("{:<10} {:<30} {}{trouble}", state(&peer), peer.host, peer.name);
    }
    Ok(())
}

async fn show(services: &Services, host: &str, json: bool) -> anyhow::Result<()> {
    let mut conn = services.db.read().await?;
    let peer = organisation::store::find(&mut conn, host).await?;
    let queue = deliveries::queue(&mut conn, host).await?;
    drop(conn);
    let known = peer.is_some() || queue != SiteQueue::new(host);
    if !known {
        return Err(unknown(services, host, Error::not_found("site")).await);
    }
    let now = services.clock.now();
    let word = peer.as_ref().map_or("none", state);
    if json {
        let name = peer.as_ref().map(|peer| peer.name.as_str());
        let lag = queue.lag(now);
        println!(
            "{}",
            serde_json::json!({ "host": host, "name": name, "state": word, "lag": lag, "queue": queue })
        );
        return Ok(());
    }
    let never = || "never".to_owned();
    let time = |at: Option<Millis>| at.map_or_else(never, |at| say::moment(at, now));
    println!("{host}  {}", peer.map(|peer| peer.name).unwrap_or_default());
    println!("  handshake     {word}");
    println!("  deliveries    {}", say::queue(&queue, now));
    println!("  last success  {}", time(queue.last_success_at));
    if let Some(error) = &queue.last_error {
        println!("  last error    {}: {error}", time(queue.last_error_at));
    }
    if let Some(since) = queue.failing_since {
        println!("  failing since {}, {} attempts", say::moment(since, now), queue.failures);
    }
    if let Some(at) = queue.retry_at.filter(|at| *at > now) {
        println!("  next attempt  {}", say::moment(at, now));
    }
    if let Some(style) = &queue.signature_style {
        println!("  signatures    {style}");
    }
    if queue.dropped > 0 {
        println!("  thrown away   {} dead letters so far", queue.dropped);
    }
    if queue.is_failing() {
        println!("Find out why with: breezeway peer doctor {host}");
    }
    Ok(())
}

fn state(peer: &Peer) -> &'static str {
    if peer.blocked_at.is_some() { "blocked" } else { peer.state.word() }
}

/// The host of what somebody typed: a host, or any address on it.
pub fn host_from(place: &str) -> String {
    let place = place.trim();
    match Url::parse(place) {
        Ok(url) if matches!(url.scheme(), "https" | "http") => host_of(&url),
        _ => place.trim_end_matches('/').to_lowercase(),
    }
}

/// Says which sites there are, if the one that was named is not one of them.
async fn unknown(services: &Services, host: &str, error: Error) -> anyhow::Error {
    if !matches!(error, Error::NotFound { .. }) {
        return error.into();
    }
    let known = async {
        let mut conn = services.db.read().await?;
        organisation::store::list(&mut conn).await
    };
    let hosts: Vec<String> = known.await.unwrap_or_default().into_iter().map(|peer| peer.host).collect();
    let hint = if hosts.is_empty() { "no other site is known".to_owned() } else { hosts.join(", ") };
    anyhow::anyhow!("{host} did not ask and is not known ({hint}); ask it with: breezeway peer invite {host}")
}

/// Waits until what was done has reached the other site: by the server that runs, or, if none does, by this command.
pub(super) async fn send(services: &Services) -> anyhow::Result<()> {
    if nothing_waits_within(services, SERVER_TAKES).await? {
        return Ok(());
    }
    let stop = CancellationToken::new();
    effects::drain(services).await?;
    let runner = tokio::spawn(delivery::run(services.clone(), stop.clone()));
    let sent = nothing_waits_within(services, SENDING).await?;
    stop.cancel();
    runner.await?;
    if !sent {
        bail!("the other site did not answer yet; it is told as soon as `breezeway serve` runs here");
    }
    Ok(())
}

async fn nothing_waits_within(services: &Services, limit: Duration) -> anyhow::Result<bool> {
    match tokio::time::timeout(limit, nothing_waits(services)).await {
        Ok(done) => Ok(done.map(|()| true)?),
        Err(_) => Ok(false),
    }
}

async fn nothing_waits(services: &Services) -> Result<()> {
    loop {
        let mut conn = services.db.read().await?;
        let events = event::store::count(&mut conn).await?;
        let (deliveries, _) = delivery::store::count(&mut conn).await?;
        drop(conn);
        if events + deliveries == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_may_be_named_by_host_or_address() {
        assert_eq!(host_from("https://Sales.example.org/about"), "sales.example.org");
        assert_eq!(host_from("http://127.0.0.1:4102"), "127.0.0.1:4102");
        assert_eq!(host_from("127.0.0.1:4102"), "127.0.0.1:4102");
        assert_eq!(host_from("Sales.example.org/"), "sales.example.org");
    }
}
