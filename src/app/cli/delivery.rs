//! `breezeway delivery …`: what waits for other sites, what was given up, and what became of a post.

use anyhow::bail;
use clap::{Args, Subcommand};
use url::Url;

use super::peer::host_from;
use super::say;
use crate::base::id::{DeliveryId, StatusId};
use crate::domain::organisation::By;
use crate::domain::organisation::deliveries::{self, DeadLetter, Which};
use crate::platform::services::Services;

/// How many dead letters are read at once.
const PAGE: i64 = 500;

/// What to do with deliveries.
#[derive(Debug, Subcommand)]
pub enum DeliveryCommand {
    /// Show what waits for each site, and what was given up and why.
    List {
        /// Only for this site.
        host: Option<String>,
        /// As JSON, for programs.
        #[arg(long)]
        json: bool,
    },
    /// Send again what was given up.
    Retry(Chosen),
    /// Throw away what was given up. The trace of a post goes on to say so.
    Drop(Chosen),
    /// Show what became of a post at each site.
    Trace {
        /// The address of the post, as in https://eng.example.org/@ann/115000000000000001.
        post: String,
        /// As JSON, for programs.
        #[arg(long)]
        json: bool,
    },
}

/// Which dead letters.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Chosen {
    /// By their numbers, as `delivery list` shows them.
    ids: Vec<DeliveryId>,
    /// All for one site.
    #[arg(long)]
    host: Option<String>,
    /// All.
    #[arg(long)]
    all: bool,
}

impl Chosen {
    fn which(self) -> Which {
        match self.host {
            Some(host) => Which::Of(host_from(&host)),
            None if self.all => Which::All,
            None => Which::These(self.ids),
        }
    }
}

/// Runs the command.
pub async fn run(services: &Services, command: DeliveryCommand) -> anyhow::Result<()> {
    match command {
        DeliveryCommand::List { host, json } => list(services, host.as_deref(), json).await,
        DeliveryCommand::Retry(chosen) => {
            let count = deliveries::retry(services, By::Site, &chosen.which()).await?;
            println!("{}", counted(count, "is sent", "are sent", "as soon as `breezeway serve` runs here"));
            Ok(())
        }
        DeliveryCommand::Drop(chosen) => {
            let count = deliveries::discard(services, By::Site, &chosen.which()).await?;
            println!("{}", counted(count, "is thrown away", "are thrown away", "for good"));
            Ok(())
        }
        DeliveryCommand::Trace { post, json } => trace(services, &post, json).await,
    }
}

fn counted(count: usize, one: &str, many: &str, how: &str) -> String {
    match count {
        0 => "There is no such dead letter.".to_owned(),
        1 => format!("1 dead letter {one} {how}."),
        _ => format!("{count} dead letters {many} {how}."),
    }
}

async fn list(services: &Services, host: Option<&str>, json: bool) -> anyhow::Result<()> {
    let host = host.map(host_from);
    let mut conn = services.db.read().await?;
    let mut queues = deliveries::queues(&mut conn).await?;
    queues.retain(|queue| host.as_ref().is_none_or(|host| *host == queue.host));
    let dead = all_dead(services, host.as_deref().unwrap_or_default()).await?;
    if json {
        println!("{}", serde_json::json!({ "sites": queues, "dead_letters": dead }));
        return Ok(());
    }
    let now = services.clock.now();
    if queues.is_empty() {
        println!("Nothing was ever sent{}.", host.map(|host| format!(" to {host}")).unwrap_or_default());
    }
    for queue in &queues {
        println!("{:<30} {}", queue.host, say::queue(queue, now));
    }
    if !dead.is_empty() {
        println!("\nGiven up; send again with `breezeway delivery retry <number>`:");
    }
    for letter in &dead {
        let about = letter.about.as_deref().unwrap_or(&letter.activity);
        println!("{}  {} of {about} to {}", letter.id, letter.kind, letter.host);
        println!("    {} ({}): {}", say::moment(letter.dead_at, now), say::cause(letter.cause), letter.error);
    }
    Ok(())
}

async fn all_dead(services: &Services, host: &str) -> anyhow::Result<Vec<DeadLetter>> {
    let mut conn = services.db.read().await?;
    let mut all: Vec<DeadLetter> = Vec::new();
    loop {
        let after = all.last().map_or(DeliveryId(0), |letter| letter.id);
        let page = deliveries::store::list_dead(&mut conn, host, after, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

async fn trace(services: &Services, post: &str, json: bool) -> anyhow::Result<()> {
    let Some(uri) = post_uri(services, post) else {
        bail!(
            "{post:?} is no post of this site; write its address, as in {}",
            services.origin.status_page("ann", StatusId(115_000_000_000_000_001))
        );
    };
    let mut conn = services.db.read().await?;
    let trace = deliveries::trace(&mut conn, &uri).await?;
    if json {
        println!("{}", serde_json::json!({ "post": uri, "passages": trace.passages }));
        return Ok(());
    }
    if trace.passages.is_empty() {
        let days = services.config.federation.keep_traces.as_secs() / 86_400;
        bail!("nothing is known of {uri}: it was sent to no other site, or longer than {days} days ago");
    }
    let now = services.clock.now();
    for passage in &trace.passages {
        println!("{:<8} {:<30} {}", passage.kind, passage.host, say::passage(passage, now));
    }
    Ok(())
}

/// The ActivityPub id of what somebody copied from a browser: the page of a post, or the id itself.
fn post_uri(services: &Services, text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let origin = &services.origin;
    if !origin.owns(url.as_str()) {
        return None;
    }
    let mut parts = url.path_segments()?;
    match (parts.next()?.strip_prefix('@'), parts.next()) {
        (Some(name), Some(id)) => Some(origin.status(name, id.parse().ok()?)),
        _ => Some(origin.at(url.path())),
    }
}
