//! What the site says of itself: NodeInfo, WebFinger, its own actor and that actor's keys.

use serde::Deserialize as _;
use serde_json::Value;

use super::Visit;
use crate::activitystreams::actor::{Actor, ActorKind};
use crate::activitystreams::webfinger::Jrd;
use crate::activitystreams::{is_activity_type, read_value};
use crate::federation::fetch::{Budget, finger};
use crate::federation::gate::Purpose;
use crate::platform::crypto::VerifyingKey;
use crate::platform::net::{Fetched, Get, Inspected};

/// What to do when one of the well-known addresses does not answer.
const FORWARD: &str =
    "the web server before Breezeway must hand on everything, /.well-known/ too; see config/proxy";

impl Visit<'_> {
    pub(super) async fn node_info(&mut self, seen: &Inspected) {
        match self.software(seen).await {
            Ok((software, true)) => self.report.ok("nodeinfo", &software),
            Ok((software, false)) => {
                self.report.fail("nodeinfo", &format!("{software} does not speak ActivityPub"), FORWARD);
            }
            // Nothing depends on it.
            Err(problem) => self.report.warn("nodeinfo", &problem, FORWARD),
        }
    }

    /// Name and version, and whether it speaks ActivityPub.
    async fn software(&self, seen: &Inspected) -> Result<(String, bool), String> {
        if !seen.status.is_success() {
            return Err(format!("/.well-known/nodeinfo answers {}", seen.status));
        }
        let discovery: Value = serde_json::from_slice(&seen.body).map_err(|_| "it is not JSON".to_owned())?;
        let links = discovery["links"].as_array().cloned().unwrap_or_default();
        let is_info = |link: &&Value| link["rel"].as_str().is_some_and(|rel| rel.contains("/ns/schema/"));
        let href = links.iter().rev().filter(is_info).find_map(|link| self.own_url(link["href"].as_str()?));
        let url = href.ok_or("it leads to no document on the site")?;
        let fetch = self.services.http.get(&url, Get::accept("application/json"));
        let fetched = self.within(fetch).await?;
        if !fetched.status.is_success() {
            return Err(format!("{url} answers {}", fetched.status));
        }
        let info: Value = serde_json::from_slice(&fetched.body).map_err(|_| format!("{url} is not JSON"))?;
        let word = |name: &str| info["software"][name].as_str().unwrap_or("?").to_owned();
        let speaks =
            info["protocols"].as_array().is_some_and(|all| all.iter().any(|one| one == "activitypub"));
        Ok((format!("{} {}", word("name"), word("version")), speaks))
    }

    /// The site's own actor, if it has a sound one.
    pub(super) async fn identity(&mut self) -> Option<Actor> {
        let id = self.web_finger().await?;
        let actor = match self.actor(&id).await {
            Ok(actor) => actor,
            Err(problem) => {
                let mend = "its own actor must be an Application at the host that is asked, and be served as \
                            application/activity+json without a login; check site.url there";
                self.report.fail("actor", &problem, mend);
                return None;
            }
        };
        let name = actor.site_name.clone().or_else(|| actor.name.clone()).unwrap_or_default();
        self.report.ok("actor", &format!("{} {name}", actor.id));
        self.keys(&actor).then_some(actor)
    }

    async fn web_finger(&mut self) -> Option<url::Url> {
        let (host, services, budget) = (self.host.clone(), self.services, Budget::of(4));
        let mut problem = String::new();
        for resource in [format!("acct:{host}@{host}"), self.base.to_string()] {
            let asked = finger(services, &host, &resource, Purpose::Handshake, &budget);
            match self.within(asked).await.map(|jrd: Jrd| jrd.actor()) {
                Ok(Some(id)) => {
                    self.report.ok("webfinger", &format!("{resource} is {id}"));
                    return Some(id);
                }
                Ok(None) => problem = format!("{resource} names no actor"),
                Err(why) => problem = why,
            }
        }
        self.report.fail("webfinger", &problem, FORWARD);
        None
    }

    async fn actor(&self, id: &url::Url) -> Result<Actor, String> {
        if self.own_url(id.as_str()).is_none() {
            return Err(format!("{id} is of another site"));
        }
        let voice = self.services.caches.voices.towards(&self.host);
        let fetched: Fetched = self.get(id, voice).await?;
        if !fetched.status.is_success() {
            return Err(format!("{id} answers {}", fetched.status));
        }
        if !is_activity_type(&fetched.content_type) {
            return Err(format!("{id} is of the type {:?}, not ActivityPub", fetched.content_type));
        }
        let value = read_value(&fetched.body).map_err(|problem| format!("{id}: {problem}"))?;
        let actor =
            Actor::deserialize(&value).map_err(|problem| format!("{id} is not an actor: {problem}"))?;
        let inbox = actor.shared_inbox().unwrap_or(&actor.inbox);
        if actor.kind != ActorKind::Application {
            return Err(format!("{id} is a {:?}, not the site's own actor", actor.kind));
        }
        if actor.id != *id {
            return Err(format!("{id} says that its id is {}", actor.id));
        }
        if self.own_url(inbox.as_str()).is_none() {
            return Err(format!("its inbox {inbox} is of another site"));
        }
        Ok(actor)
    }

    fn keys(&mut self, actor: &Actor) -> bool {
        let rsa = actor.public_key.iter().any(|key| VerifyingKey::from_pem(&key.public_key_pem).is_ok());
        let ed25519 = actor
            .assertion_method
            .iter()
            .any(|key| VerifyingKey::from_multibase(&key.public_key_multibase).is_ok());
        let mend = "its actor must have a publicKey (PEM) that can be read; nothing that it signs is believed without";
        match (rsa, ed25519) {
            (true, true) => self.report.ok("keys", "RSA and Ed25519"),
            (true, false) => self.report.ok("keys", "RSA"),
            (false, true) => self.report.warn("keys", "Ed25519 alone, which few others understand", mend),
            (false, false) => self.report.fail("keys", "none that can be read", mend),
        }
        rsa || ed25519
    }
}
