//! Sends a message to a push service, and does what its answer asks for.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tracing::warn;

use super::model::{Job, Subscription};
use super::store;
use super::subscribe::{check_endpoint, sender};
use crate::base::{Error, Result};
use crate::platform::crypto::PushReceiver;
use crate::platform::services::Services;

/// How long a push service keeps a message for a browser that sleeps, in seconds.
const TTL: &str = "86400";

/// How often a message is tried.
const MOST_ATTEMPTS: i64 = 8;

/// After so many messages in a row that were not taken, a subscription ends.
const MOST_FAILURES: i64 = 30;

/// For how long a token towards a push service holds; at most a day (RFC 8292, 2).
const TOKEN_LASTS: Duration = Duration::from_hours(12);

/// What an answer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// It was taken.
    Done,
    /// The browser no longer wants to be woken.
    Gone,
    /// This message is never taken.
    Drop,
    /// Later perhaps.
    Again,
}

/// Sends `message` for a job that was taken, and finishes the job or puts it off.
///
/// # Errors
/// As the database. That it was not taken is no error.
pub async fn send(services: &Services, job: &Job, subscription: &Subscription, message: &[u8]) -> Result<()> {
    let next = match post(services, subscription, message).await {
        Ok(next) => next,
        Err(Error::Invalid { .. }) => Next::Gone,
        Err(problem) => {
            warn!("A push service did not take a message: {}", problem.chain());
            Next::Again
        }
    };
    let mut tx = services.db.begin().await?;
    match next {
        Next::Done => {
            store::delete_job(&mut tx, job).await?;
            store::update_failures(&mut tx, subscription.id, 0).await?;
        }
        Next::Gone => store::delete(&mut tx, subscription.id).await?,
        Next::Again if job.attempts < MOST_ATTEMPTS => {
            let delay = Duration::from_secs(30) * (1 << job.attempts.clamp(0, 10));
            store::update_job_failed(&mut tx, job, services.clock.now() + delay).await?;
        }
        Next::Drop | Next::Again if subscription.failures + 1 >= MOST_FAILURES => {
            store::delete(&mut tx, subscription.id).await?;
        }
        Next::Drop | Next::Again => {
            store::delete_job(&mut tx, job).await?;
            store::update_failures(&mut tx, subscription.id, subscription.failures + 1).await?;
        }
    }
    tx.commit().await
}

/// A message about which there is nothing to say any more.
///
/// # Errors
/// As the database.
pub async fn forget(services: &Services, job: &Job) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_job(&mut tx, job).await?;
    tx.commit().await
}

async fn post(services: &Services, subscription: &Subscription, message: &[u8]) -> Result<Next> {
    // The settings may allow less than when it was made.
    let url = check_endpoint(services, &subscription.endpoint)?;
    let receiver = PushReceiver::parse(&subscription.p256dh, &subscription.auth)
        .map_err(|_| Error::invalid("subscription", "has no keys"))?;
    let body = receiver.encrypt(&services.random, message).map_err(Error::internal)?;
    let authorization = sender(services)
        .await?
        .authorization(
            &url.origin().ascii_serialization(),
            &contact(services),
            services.clock.now() + TOKEN_LASTS,
        )
        .map_err(Error::internal)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("aes128gcm"));
    headers.insert(header::AUTHORIZATION, HeaderValue::try_from(authorization).map_err(Error::internal)?);
    headers.insert(HeaderName::from_static("ttl"), HeaderValue::from_static(TTL));
    headers.insert(HeaderName::from_static("urgency"), HeaderValue::from_static("normal"));
    let answer = services.http.post(&url, headers, Bytes::from(body)).await.map_err(Error::internal)?;
    Ok(judge(answer.status))
}

/// Source: RFC 8030, 5 and 7.3
fn judge(status: StatusCode) -> Next {
    match status.as_u16() {
        200..=299 => Next::Done,
        404 | 410 => Next::Gone,
        408 | 429 | 500..=599 => Next::Again,
        _ => Next::Drop,
    }
}

fn contact(services: &Services) -> String {
    let contact = &services.config.push.contact;
    if contact.is_empty() { services.origin.base().to_owned() } else { format!("mailto:{contact}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_asks_for_one_thing() {
        for (status, next) in [
            (201, Next::Done),
            (202, Next::Done),
            (404, Next::Gone),
            (410, Next::Gone),
            (429, Next::Again),
            (503, Next::Again),
            (301, Next::Drop),
            (400, Next::Drop),
            (403, Next::Drop),
            (413, Next::Drop),
        ] {
            assert_eq!(judge(StatusCode::from_u16(status).expect("a status")), next, "{status}");
        }
    }
}
