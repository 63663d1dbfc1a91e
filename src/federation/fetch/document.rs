//! One signed GET, with all that must hold before its answer counts.

use http::{HeaderMap, StatusCode};
use serde_json::Value;
use url::Url;

use super::{Budget, FetchError};
use crate::activitystreams::{ACCEPT, is_activity_type, read_value};
use crate::base::config::FederationMode;
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Clock, Result};
use crate::federation::keys::{self, ActorKeys};
use crate::federation::origin::{host_of, same_origin};
use crate::federation::signatures::{Outgoing, sign};
use crate::platform::caches::{Caches, Failure};
use crate::platform::net::{Fetched, Get, Http, RequestSigner, Streamed, Unsigned, Voice, is_refusal};
use crate::platform::services::Services;

/// Fetches with the signature of the site's own actor. Cheap to make.
#[derive(Clone, Debug)]
pub struct Fetcher {
    http: Http,
    clock: Clock,
    keys: ActorKeys,
    caches: Caches,
    /// Redirects may lead to another host: only where the site speaks with everybody.
    may_wander: bool,
}

/// The fetcher of this site.
pub async fn fetcher(services: &Services) -> Result<Fetcher> {
    let mut conn = services.db.read().await?;
    let actor = services.origin.instance_actor();
    let keys = keys::of(services, &mut conn, INSTANCE_ACTOR, &actor).await?;
    Ok(Fetcher {
        http: services.http.clone(),
        clock: services.clock.clone(),
        keys,
        caches: services.caches.clone(),
        may_wander: services.config.federation.mode == FederationMode::Open,
    })
}

/// What another site says, checked as far as it can be without knowing what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The id, of the same site as the address that answered.
    pub id: Url,
    pub value: Value,
}

impl Fetcher {
    /// Fetches an ActivityPub document. Whether the host may be spoken to was asked before.
    ///
    /// An address that failed is left alone for a minute.
    pub async fn document(&self, url: &Url, budget: &Budget) -> Result<Document, FetchError> {
        if let Some(Failure { problem, temporary }) = self.caches.failure(url.as_str()) {
            return Err(FetchError::FailedBefore { url: url.clone(), problem, temporary });
        }
        let outcome = self.document_now(url, budget).await;
        match &outcome {
            Err(FetchError::Budget) | Ok(_) => {}
            Err(error) => self.caches.put_failure(url.as_str(), error.to_string(), error.is_temporary()),
        }
        outcome
    }

    /// The same for an address that failed a moment ago.
    pub async fn document_now(&self, url: &Url, budget: &Budget) -> Result<Document, FetchError> {
        let fetched = self.knock(url, Get::accept(ACCEPT), budget).await?;
        check_status(&fetched)?;
        if !is_activity_type(&fetched.content_type) {
            let content_type = fetched.content_type.chars().take(100).collect();
            return Err(FetchError::ContentType { url: fetched.url, content_type });
        }
        let value = read_value(&fetched.body)
            .map_err(|problem| FetchError::Unreadable { url: fetched.url.clone(), problem })?;
        let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
        match Url::parse(id) {
            Ok(id) if same_origin(&id, &fetched.url) => Ok(Document { id, value }),
            _ => Err(FetchError::WrongId { url: fetched.url, id: id.chars().take(200).collect() }),
        }
    }

    /// Fetches anything, signed, up to `max_body` bytes.
    pub async fn bytes(&self, url: &Url, accept: &str, max_body: usize) -> Result<Fetched, FetchError> {
        let fetched = self.knock(url, Get::accept(accept).up_to(max_body), &Budget::of(2)).await?;
        check_status(&fetched)?;
        Ok(fetched)
    }

    /// Fetches anything, signed, to be handed on as it comes: `get` says what is wanted and how much.
    pub async fn stream(&self, url: &Url, get: Get<'_>) -> Result<Streamed, FetchError> {
        let host = host_of(url).ok_or_else(|| FetchError::NotASite(url.clone()))?;
        let voice = self.caches.voices.towards(&host);
        let mut streamed = self.stream_once(url, get, voice).await?;
        if is_refusal(streamed.status) {
            streamed = self.stream_once(url, get, voice.second_knock()).await?;
        }
        match streamed.status {
            StatusCode::OK | StatusCode::PARTIAL_CONTENT => Ok(streamed),
            StatusCode::GONE => Err(FetchError::Gone(streamed.url)),
            status => Err(FetchError::Status { url: streamed.url, status }),
        }
    }

    async fn stream_once(&self, url: &Url, get: Get<'_>, voice: Voice) -> Result<Streamed, FetchError> {
        let stay_on = if self.may_wander { None } else { host_of(url) };
        let signer = HopSigner { keys: &self.keys, voice, clock: &self.clock, stay_on };
        Ok(self.http.stream(url, get.signed_by(&signer)).await?)
    }

    /// Fetches JSON of any type, as WebFinger and NodeInfo are served. Nobody asks for a signature there; ours
    /// keeps redirects on the site.
    pub async fn json(&self, url: &Url, accept: &str, budget: &Budget) -> Result<Value, FetchError> {
        let host = host_of(url).ok_or_else(|| FetchError::NotASite(url.clone()))?;
        let voice = self.caches.voices.towards(&host);
        let fetched = self.get(url, Get::accept(accept), voice, budget).await?;
        check_status(&fetched)?;
        read_value(&fetched.body).map_err(|problem| FetchError::Unreadable { url: fetched.url, problem })
    }

    /// Signs as the host is known to understand, and once more in the other style if it refuses.
    async fn knock(&self, url: &Url, get: Get<'_>, budget: &Budget) -> Result<Fetched, FetchError> {
        let host = host_of(url).ok_or_else(|| FetchError::NotASite(url.clone()))?;
        let voice = self.caches.voices.towards(&host);
        let first = self.get(url, get, voice, budget).await?;
        if !is_refusal(first.status) {
            return Ok(first);
        }
        let voice = voice.second_knock();
        let second = self.get(url, get, voice, budget).await?;
        if second.status.is_success() {
            self.caches.voices.learn(&host, voice);
        }
        Ok(second)
    }

    async fn get(
        &self,
        url: &Url,
        get: Get<'_>,
        voice: Voice,
        budget: &Budget,
    ) -> Result<Fetched, FetchError> {
        budget.spend()?;
        let stay_on = if self.may_wander { None } else { host_of(url) };
        let signer = HopSigner { keys: &self.keys, voice, clock: &self.clock, stay_on };
        Ok(self.http.get(url, get.signed_by(&signer)).await?)
    }
}

/// Signs each hop, and lets none leave the site where that is not allowed.
struct HopSigner<'a> {
    keys: &'a ActorKeys,
    voice: Voice,
    clock: &'a Clock,
    stay_on: Option<String>,
}

impl RequestSigner for HopSigner<'_> {
    fn sign(&self, request: Unsigned<'_>) -> Result<HeaderMap, String> {
        if self.stay_on.is_some() && host_of(request.url) != self.stay_on {
            return Err(format!("it was sent on to {}, another site", request.url));
        }
        let outgoing =
            Outgoing { method: request.method, url: request.url, digest: None, now: self.clock.now() };
        sign(self.keys.for_voice(self.voice), self.voice.into(), &outgoing)
            .map_err(|problem| problem.to_string())
    }
}

fn check_status(fetched: &Fetched) -> Result<(), FetchError> {
    match fetched.status {
        StatusCode::GONE => Err(FetchError::Gone(fetched.url.clone())),
        status if status.is_success() => Ok(()),
        status => Err(FetchError::Status { url: fetched.url.clone(), status }),
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
