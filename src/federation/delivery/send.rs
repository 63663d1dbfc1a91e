//! One POST, signed, and what its answer means.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};
use tracing::{debug, warn};
use url::Url;

use super::store::Waiting;
use crate::activitystreams::ACTIVITY_JSON;
use crate::base::error::chain;
use crate::base::text::clean_line;
use crate::base::{Error, Millis, Result};
use crate::federation::followers::{self, Comparing};
use crate::federation::keys::ActorKeys;
use crate::federation::signatures::{Outgoing, sign_with};
use crate::platform::crypto::{Sha256, sha256};
use crate::platform::net::{Answer, Voice, is_refusal};
use crate::platform::services::Services;

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other site took it.
    Delivered,
    /// Try again; not before `not_before`, if the other site said so.
    Later {
        /// For the log and the delivery view.
        error: String,
        /// From `Retry-After`.
        not_before: Option<Millis>,
        /// The other site is there and will not take this one now, while it may well take others.
        answered: bool,
    },
    /// The other site does not want what was only passed on to it. That says nothing about what else it takes.
    Unwanted {
        /// For the log.
        error: String,
    },
    /// The other site will never take it.
    Never {
        /// For the log and the delivery view.
        error: String,
    },
}

/// Sends one delivery; knocks a second time in the other signature style if the first is refused.
///
/// What is passed on of others is an offer: a site that does not want it has its reasons, and what comes behind does
/// not wait for that.
pub async fn send(services: &Services, keys: &ActorKeys, host: &str, waiting: &Waiting) -> Outcome {
    match knock(services, keys, host, waiting).await {
        Outcome::Never { error } | Outcome::Later { error, answered: true, .. }
            if !services.origin.owns(&waiting.uri) =>
        {
            Outcome::Unwanted { error }
        }
        outcome => outcome,
    }
}

async fn knock(services: &Services, keys: &ActorKeys, host: &str, waiting: &Waiting) -> Outcome {
    let Ok(url) = Url::parse(&waiting.inbox) else {
        return Outcome::Never { error: "the inbox is not a URL".to_owned() };
    };
    let body = Bytes::from(waiting.body.clone());
    let digest = sha256(&body);
    let more = further_headers(services, host, waiting).await;
    let parcel = Parcel { keys, url: &url, digest, body, more };
    let voice = services.caches.voices.towards(host);
    let first = match post(services, &parcel, voice).await {
        Ok(answer) => answer,
        Err(error) => return not_reached(&error),
    };
    if !is_refusal(first.status) {
        return judge(services, &first);
    }
    let second_voice = voice.second_knock();
    match post(services, &parcel, second_voice).await {
        Ok(second) => {
            if second.status.is_success() {
                debug!(host, voice = ?second_voice, "{host} understands {second_voice:?}");
                services.caches.voices.learn(host, second_voice);
            }
            judge(services, &second)
        }
        Err(error) => not_reached(&error),
    }
}

/// What goes out, however it is signed.
struct Parcel<'a> {
    keys: &'a ActorKeys,
    url: &'a Url,
    digest: Sha256,
    body: Bytes,
    more: Vec<(&'static str, String)>,
}

async fn post(services: &Services, parcel: &Parcel<'_>, voice: Voice) -> Result<Answer> {
    let Parcel { keys, url, digest, .. } = *parcel;
    let outgoing = Outgoing { method: &Method::POST, url, digest: Some(digest), now: services.clock.now() };
    let signed = sign_with(keys.for_voice(voice), voice.into(), &outgoing, &parcel.more);
    let mut headers = signed.map_err(Error::internal)?;
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(ACTIVITY_JSON));
    services.http.post(url, headers, parcel.body.clone()).await.map_err(Error::internal)
}

/// Who follows the author at that site, if that is to be compared. A post does not wait for it.
async fn further_headers(services: &Services, host: &str, waiting: &Waiting) -> Vec<(&'static str, String)> {
    let comparing = Comparing::parse(&waiting.comparing);
    match followers::offer(services, waiting.account_id, &waiting.actor, host, comparing).await {
        Ok(value) => value.map(|value| (followers::HEADER, value)).into_iter().collect(),
        Err(problem) => {
            warn!(host, "Followers cannot be compared with {host}: {}", problem.chain());
            Vec::new()
        }
    }
}

fn not_reached(error: &Error) -> Outcome {
    // What went wrong is at the other end or on the way, not on this site.
    let error = std::error::Error::source(error).map_or_else(|| error.to_string(), chain);
    Outcome::Later { error, not_before: None, answered: false }
}

fn judge(services: &Services, answer: &Answer) -> Outcome {
    let status = answer.status;
    if status.is_success() {
        return Outcome::Delivered;
    }
    let words = clean_line(&String::from_utf8_lossy(&answer.body), 300);
    let error = if words.is_empty() { status.to_string() } else { format!("{status}: {words}") };
    if is_final(status) {
        return Outcome::Never { error };
    }
    let not_before = answer.retry_after.as_deref().and_then(|text| retry_after(text, services.clock.now()));
    // Also 503: it may be about this letter alone, as when the other site cannot read a third.
    Outcome::Later { error, not_before, answered: status != StatusCode::TOO_MANY_REQUESTS }
}

/// Whether asking again is in vain. Not for 401 and 403: the other site may not have finished the handshake, or its
/// clock may be wrong; nothing is lost over that.
fn is_final(status: StatusCode) -> bool {
    status == StatusCode::NOT_IMPLEMENTED
        || (status.is_client_error() && !matches!(status.as_u16(), 401 | 403 | 408 | 425 | 429))
}

/// `Retry-After` as seconds or as a date; at most a day.
fn retry_after(text: &str, now: Millis) -> Option<Millis> {
    const DAY: u64 = 24 * 60 * 60;
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(now + std::time::Duration::from_secs(seconds.min(DAY)));
    }
    let at = httpdate::parse_http_date(text).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let at = Millis(i64::try_from(at.as_millis()).ok()?);
    Some(at.min(now + std::time::Duration::from_secs(DAY)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_seconds_or_as_a_date() {
        let now = Millis(1_767_323_045_000);
        assert_eq!(retry_after("120", now), Some(Millis(1_767_323_165_000)));
        assert_eq!(retry_after("Fri, 02 Jan 2026 03:05:05 GMT", now), Some(Millis(1_767_323_105_000)));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("999999999", now), Some(now + std::time::Duration::from_hours(24)));
    }

    #[test]
    fn only_what_can_never_succeed_is_given_up() {
        for (status, expected) in [
            (400, true),
            (404, true),
            (410, true),
            (501, true),
            (401, false),
            (403, false),
            (429, false),
            (500, false),
            (503, false),
        ] {
            assert_eq!(is_final(StatusCode::from_u16(status).expect("a status")), expected, "{status}");
        }
    }
}
