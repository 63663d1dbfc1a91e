//! Runs a site until it is told to stop.

use std::path::Path;

use tokio::signal;

use super::config;
use crate::app::{Options, Site, log, open};
use crate::domain::auth::link;

/// `breezeway serve`
pub async fn serve(path: Option<&Path>) -> anyhow::Result<()> {
    let config = config::load(path)?;
    log::start(&config.log)?;
    // Before anything else, so that a stop right after the start is a proper stop too.
    let stop = asked_to_stop()?;
    let site = Site::start(Options::new(config)).await?;
    println!("Breezeway listens on {}. Stop it with Ctrl-C.", site.url());
    if let Some(first) = link::first_run(site.services()).await? {
        println!("Nobody runs this site yet. Whoever opens this link first becomes its administrator:");
        println!("  {}", first.url);
    }
    stop.await;
    site.stop().await;
    Ok(())
}

/// `breezeway migrate`
pub async fn migrate(path: Option<&Path>) -> anyhow::Result<()> {
    let config = config::load(path)?;
    log::start(&config.log)?;
    let db = open::open_database(&config).await?;
    db.migrate().await?;
    db.close().await;
    println!("The tables are up to date.");
    Ok(())
}

/// Listens, from this call on, for Ctrl-C and for the signal by which services are stopped; resolves when one came.
///
/// # Errors
/// If the machine lets nobody listen.
pub fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        // Fails only where nobody can listen; then there is nothing to wait for.
        let _ = signal::ctrl_c().await;
    })
}
