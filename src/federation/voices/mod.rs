//! How other sites are addressed, kept across a restart.

pub mod store;

use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::base::Result;
use crate::platform::net::Voice;
use crate::platform::services::Services;

/// Recalls what was learnt before the start.
///
/// # Errors
/// As the database.
pub async fn recall(services: &Services) -> Result<()> {
    let mut conn = services.db.read().await?;
    for (host, word) in store::list(&mut conn).await? {
        if let Some(voice) = Voice::parse(&word) {
            services.caches.voices.recall(&host, voice);
        }
    }
    Ok(())
}

/// Writes down what is learnt, until `stop`.
pub async fn run(services: Services, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            () = services.caches.voices.learnt() => keep(&services).await,
        }
    }
    keep(&services).await;
}

/// What cannot be written is learnt again by the next answer.
async fn keep(services: &Services) {
    let news = services.caches.voices.take_news();
    if news.is_empty() {
        return;
    }
    if let Err(problem) = write(services, &news).await {
        warn!("How to address other sites cannot be kept: {}", problem.chain());
    }
}

async fn write(services: &Services, news: &[(String, Voice)]) -> Result<()> {
    let mut tx = services.db.begin().await?;
    for (host, voice) in news {
        store::upsert(&mut tx, host, voice.word()).await?;
    }
    tx.commit().await
}
