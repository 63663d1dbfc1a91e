//! A running site: started, addressed, stopped. Several run in one process; they share nothing.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, info, warn};
use url::Url;

use super::StartError;
use super::{http, listen, open, workers};
use crate::base::Clock;
use crate::base::config::Config;
use crate::federation::{inbox, voices};
use crate::platform::crypto::Random;
use crate::platform::services::Services;

/// How long open requests and running work may take to finish when the site stops.
const GRACE: Duration = Duration::from_secs(5);

/// What a site is started with.
#[derive(Debug)]
pub struct Options {
    /// Settings.
    pub config: Config,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub random: Random,
    /// Where to listen, if it is open already; else `server.listen` is opened.
    pub listener: Option<TcpListener>,
}

impl Options {
    /// With the machine's clock and chance.
    pub fn new(config: Config) -> Self {
        Self { config, clock: Clock::system(), random: Random::system(), listener: None }
    }
}

/// A running site. Dropped, it goes on running; see [`Site::stop`].
pub struct Site {
    services: Services,
    address: SocketAddr,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Site {
    /// Opens the database, listens, and begins to answer. A port 0 in the configuration becomes whatever port is
    /// free, also in the public address.
    ///
    /// # Errors
    /// [`StartError`], which says what to do.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let mut config = options.config;
        let listener = match options.listener {
            Some(listener) => listener,
            None => listen(config.server.listen).await?,
        };
        let address = listener
            .local_addr()
            .map_err(|source| StartError::Listen { address: config.server.listen, source })?;
        config.server.listen = address;
        take_port(&mut config.site.url, address);

        let services = open::prepare(config, options.clock, options.random).await?;
        voices::recall(&services).await.map_err(StartError::Other)?;
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let (writer, waiting) = inbox::Writer::channel();
        tasks.spawn(inbox::run_writer(services.clone(), waiting));
        let postponed = inbox::run_postponed(services.clone(), writer.clone(), stop.clone());
        let inbox = inbox::router(services.clone(), writer).await.map_err(StartError::Other)?;
        let router = http::router(&services, inbox);
        tasks.spawn(answer(listener, router, services.clone(), stop.clone(), tasks.clone()));
        tasks.spawn(first_keys(services.clone()));
        tasks.spawn(async move {
            if let Err(problem) = postponed.await {
                error!("What waits for other sites is not tried: {}", problem.chain());
            }
        });
        workers::spawn(&services, &stop, &tasks);
        tasks.close();
        info!(url = services.origin.base(), %address, "{} listens on {address}", services.origin.base());
        Ok(Self { services, address, stop, tasks })
    }

    /// The services, for whoever stands beside the site: the command line, a test.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The public address.
    pub fn url(&self) -> &Url {
        &self.services.config.site.url
    }

    /// Takes no new requests, lets what runs finish (five seconds at most), and closes the database.
    pub async fn stop(self) {
        self.stop.cancel();
        self.services.hub.close();
        if tokio::time::timeout(GRACE, self.tasks.wait()).await.is_err() {
            warn!("Some requests did not finish within {} s and were cut off", GRACE.as_secs());
        }
        self.services.db.close().await;
        info!("{} stopped", self.services.origin.base());
    }
}

/// Makes the keys of a new site beside its first answers.
async fn first_keys(services: Services) {
    if let Err(problem) = open::make_first_keys(&services).await {
        error!("The keys of this site cannot be made, it cannot speak with others: {}", problem.chain());
    }
}

async fn answer(
    listener: TcpListener,
    router: axum::Router,
    services: Services,
    stop: CancellationToken,
    tasks: TaskTracker,
) {
    listen::serve(listener, router, &services.config.server, stop, tasks).await;
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|source| StartError::Listen { address, source })
}

/// Puts the port that was found into a public address with port 0.
fn take_port(url: &mut Url, address: SocketAddr) {
    if url.port() == Some(0) {
        // Refused only for URLs without a host, which the configuration does not let through.
        let _ = url.set_port(Some(address.port()));
    }
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("services", &self.services).finish_non_exhaustive()
    }
}
