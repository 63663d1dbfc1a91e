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
    let site = Site::start(Options::new(config)).await?;
    println!("Breezeway listens on {}. Stop it with Ctrl-C.", site.url());
    if let Some(first) = link::first_run(site.services()).await? {
        println!("Nobody runs this site yet. Whoever opens this link first becomes its administrator:");
        println!("  {}", first.url);
    }
    asked_to_stop().await?;
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

/// Resolves at Ctrl-C, and at the signal by which services are stopped.
pub async fn asked_to_stop() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    signal::ctrl_c().await
}
