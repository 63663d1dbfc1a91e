//! Asking a site that did not answer for long whether it is back: one small request, not its whole queue.

use http::StatusCode;
use tracing::info;
use url::Url;

use super::store::{self, HostFailure};
use super::{delay_before, jittered};
use crate::base::Result;
use crate::base::error::chain;
use crate::domain::organisation::deliveries::store as rows;
use crate::platform::net::Get;
use crate::platform::services::Services;

/// An answer longer than this is one, too; nobody reads it.
const ANSWER_BYTES: usize = 64 << 10;

/// Asks. If the host answers, everything that it missed is put back into its place in the queue.
pub async fn probe(services: &Services, host: &str, failures: i64) -> Result<bool> {
    let inbox = store::find_inbox(&mut services.db.read().await?, host).await?;
    match ask(services, host, inbox.as_deref()).await {
        Ok(()) => {
            let mut tx = services.db.begin().await?;
            store::update_host_back(&mut tx, host).await?;
            let count = rows::update_revived(&mut tx, host, services.clock.now()).await?;
            tx.commit().await?;
            services.caches.set_failing(host, false);
            info!(host, count, "{host} is back; {count} deliveries that it missed are sent now");
            Ok(true)
        }
        Err(error) => {
            let settings = &services.config.federation;
            let now = services.clock.now();
            let delay = delay_before(failures + 1, settings.retry_first_delay, settings.retry_max_delay);
            let retry_at = now + jittered(delay, u16::from_be_bytes(services.random.bytes()));
            let failure =
                HostFailure { host, failures: failures + 1, retry_at, not_before: None, error: &error };
            let mut tx = services.db.begin().await?;
            store::update_host_failed(&mut tx, &failure, now).await?;
            store::update_all_dead(&mut tx, host, now - settings.give_up_after, &error, now).await?;
            tx.commit().await?;
            services.caches.set_failing(host, true);
            Ok(false)
        }
    }
}

/// Any answer shows that somebody is there, but for those by which a proxy says that nobody is.
async fn ask(services: &Services, host: &str, inbox: Option<&str>) -> Result<(), String> {
    let base = inbox.map_or_else(|| format!("https://{host}/"), str::to_owned);
    let url = Url::parse(&base).and_then(|base| base.join("/.well-known/nodeinfo"));
    let url = url.map_err(|_| format!("{base} is no address"))?;
    let get = Get::accept("application/json").up_to(ANSWER_BYTES);
    match services.http.get(&url, get).await {
        Ok(answer) if !answer.status.is_server_error() && answer.status != StatusCode::TOO_MANY_REQUESTS => {
            Ok(())
        }
        Ok(answer) => Err(format!("{} to {url}", answer.status)),
        Err(error) => Err(chain(&error)),
    }
}
