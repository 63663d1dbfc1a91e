//! One signed GET, with all that must hold before its answer counts.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use moka::sync::Cache;
use serde_json::Value;
use url::Url;

use super::{Budget, FetchError};
use crate::activitystreams::{self, ACCEPT, is_activity_type, read_value};
use crate::base::Clock;
use crate::federation::keys::ActorKeys;
use crate::federation::origin::{host_of, same_origin};
use crate::federation::signatures::{Outgoing, sign};
use crate::federation::voice::{Voice, Voices, is_refusal};
use crate::platform::net::{Fetched, Get, Http, RequestSigner, Unsigned};

/// How long a failed address is left alone.
const LEAVE_ALONE: Duration = Duration::from_mins(1);

/// Fetches with the signature of the site's own actor. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetcher {
    http: Http,
    clock: Clock,
    keys: Arc<ActorKeys>,
    voices: Voices,
    /// Redirects may lead to another host: only where the site speaks with everybody.
    may_wander: bool,
    failed: Cache<Url, String>,
}

/// What another site says, checked as far as it can be without knowing what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The id, of the same site as the address that answered.
    pub id: Url,
    pub value: Value,
}

impl Fetcher {
    pub fn new(http: Http, clock: Clock, keys: Arc<ActorKeys>, voices: Voices, may_wander: bool) -> Self {
        let failed = Cache::builder().max_capacity(10_000).time_to_live(LEAVE_ALONE).build();
        Self { http, clock, keys, voices, may_wander, failed }
    }

    /// Fetches an ActivityPub document. Whether the host may be spoken to was asked before.
    ///
    /// An address that failed is left alone for a minute.
    pub async fn document(&self, url: &Url, budget: &Budget) -> Result<Document, FetchError> {
        if let Some(problem) = self.failed.get(url) {
            return Err(FetchError::FailedBefore { url: url.clone(), problem });
        }
        let outcome = self.document_now(url, budget).await;
        match &outcome {
            Err(FetchError::Budget) | Ok(_) => {}
            Err(error) => self.failed.insert(url.clone(), error.to_string()),
        }
        outcome
    }

    /// The same for an address that failed a moment ago.
    pub async fn document_now(&self, url: &Url, budget: &Budget) -> Result<Document, FetchError> {
        let fetched = self.knock(url, ACCEPT, budget).await?;
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

    /// Fetches JSON of any type, unsigned, as WebFinger and NodeInfo are served.
    pub async fn json(&self, url: &Url, accept: &str, budget: &Budget) -> Result<Value, FetchError> {
        budget.spend()?;
        let fetched = self.http.get(url, Get::accept(accept)).await?;
        check_status(&fetched)?;
        activitystreams::read_value(&fetched.body)
            .map_err(|problem| FetchError::Unreadable { url: fetched.url, problem })
    }

    /// Signs as the host is known to understand, and once more in the other style if it refuses.
    async fn knock(&self, url: &Url, accept: &str, budget: &Budget) -> Result<Fetched, FetchError> {
        let host = host_of(url).ok_or_else(|| FetchError::NotASite(url.clone()))?;
        let voice = self.voices.towards(&host);
        let first = self.get(url, accept, voice, budget).await?;
        if !is_refusal(first.status) {
            return Ok(first);
        }
        let voice = voice.second_knock();
        let second = self.get(url, accept, voice, budget).await?;
        if second.status.is_success() {
            self.voices.learn(&host, voice);
        }
        Ok(second)
    }

    async fn get(
        &self,
        url: &Url,
        accept: &str,
        voice: Voice,
        budget: &Budget,
    ) -> Result<Fetched, FetchError> {
        budget.spend()?;
        let stay_on = if self.may_wander { None } else { host_of(url) };
        let signer = HopSigner { keys: &self.keys, voice, clock: &self.clock, stay_on };
        Ok(self.http.get(url, Get::accept(accept).signed_by(&signer)).await?)
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
        sign(self.keys.for_voice(self.voice), self.voice.style(), &outgoing)
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
