//! Whether the site believes what this one signs, and takes what it posts.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use url::Url;

use super::Visit;
use crate::activitystreams::actor::Actor;
use crate::activitystreams::{ACTIVITY_JSON, read_value};
use crate::federation::signatures::{Outgoing, sign};
use crate::platform::crypto::sha256;
use crate::platform::net::{Answer, Voice};

/// What is tried, the best first.
const VOICES: [(Voice, &str); 2] =
    [(Voice::Rfc9421Ed25519, "RFC 9421 with Ed25519"), (Voice::CavageRsa, "draft-cavage with RSA")];

impl Visit<'_> {
    pub(super) async fn talk(&mut self, actor: &Actor) {
        let listed = self.signed_fetch(actor).await;
        self.peering(listed);
        if !self.may_speak() {
            self.report.skip("inbox", "nothing is posted before both sites are in the organisation");
            self.report.skip("delete", "as above");
            self.report.skip("signatures", "as above");
            return;
        }
        let understood = self.inbox(actor).await;
        if understood.is_empty() {
            return;
        }
        self.delete(actor, understood[0].0).await;
        let mut found = understood.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
        let names: Vec<String> = actor.implements.iter().filter_map(|one| one.name.clone()).collect();
        if !names.is_empty() {
            found = format!("{found}; says that it implements {}", names.join(", "));
        }
        self.report.ok("signatures", &found);
    }

    /// Whether the site lists this one among those of its organisation, if it tells.
    async fn signed_fetch(&mut self, actor: &Actor) -> Option<bool> {
        let url = actor.organisation.clone().filter(|url| self.own_url(url.as_str()).is_some());
        let (url, tells) = url.map_or_else(|| (actor.id.clone(), false), |url| (url, true));
        let mut problem = String::new();
        for (voice, _) in VOICES {
            match self.get(&url, voice).await {
                Ok(fetched) if fetched.status.is_success() => {
                    self.report.ok("signed fetch", &format!("{url} answers to our signature"));
                    return tells.then(|| self.is_listed(&fetched.body));
                }
                Ok(fetched) if tells && matches!(fetched.status.as_u16(), 403 | 404) => {
                    // Our signature is believed; we are only nobody there.
                    self.report.ok("signed fetch", &format!("{url} shows nothing to this site"));
                    return Some(false);
                }
                Ok(fetched) => problem = format!("{url} answers {}", fetched.status),
                Err(why) => problem = why,
            }
        }
        let mend = self.disbelief();
        self.report.fail("signed fetch", &problem, &mend);
        None
    }

    fn is_listed(&self, body: &[u8]) -> bool {
        let ours = self.services.origin.instance_actor();
        let value = read_value(body).unwrap_or(Value::Null);
        let items = value["items"].as_array().or_else(|| value["orderedItems"].as_array());
        items.is_some_and(|items| items.iter().any(|item| item.as_str() == Some(&ours)))
    }

    fn peering(&mut self, listed: Option<bool>) {
        let own = self.services.origin.host();
        let joined = self.peer.as_ref().is_some_and(crate::domain::organisation::Peer::is_member);
        match (listed, joined) {
            (Some(true), true) => self.report.ok("peering", "both sites list each other"),
            (Some(true), false) => {
                let mend = format!("breezeway peer invite {}", self.host);
                self.report.warn("peering", "it lists this site, and this site does not list it", &mend);
            }
            (Some(false), true) => {
                let mend = format!("there, somebody must run: breezeway peer invite {own}");
                self.report.fail("peering", "this site lists it, and it does not list this site", &mend);
            }
            (Some(false), false) => self.report.skip("peering", "the two are not in one organisation"),
            (None, _) => self.report.skip("peering", "it does not tell whom it lists"),
        }
    }

    /// In which ways the site believes a post that changes nothing.
    async fn inbox(&mut self, actor: &Actor) -> Vec<(Voice, &'static str)> {
        let mut understood = Vec::new();
        let mut problem = None;
        for (voice, name) in VOICES {
            match self.post(actor, "Read", json!(actor.id), voice).await {
                Ok(answer) if answer.status.is_success() => understood.push((voice, name)),
                Ok(answer) => {
                    problem.get_or_insert((Some(answer.status), said(&answer)));
                }
                Err(why) => {
                    problem.get_or_insert((None, why));
                }
            }
        }
        match (understood.first(), problem) {
            (Some(_), _) => self.report.ok("inbox", "takes a signed post"),
            (None, Some((status, found))) => {
                let mend = self.what_to_mend(status);
                self.report.fail("inbox", &found, &mend);
            }
            (None, None) => {}
        }
        understood
    }

    /// The site is told that something which never was is gone.
    async fn delete(&mut self, actor: &Actor, voice: Voice) {
        let origin = &self.services.origin;
        let number: i64 = self.services.ids.next();
        let tombstone = json!({ "id": origin.at(&format!("/doctor/{number}")), "type": "Tombstone" });
        match self.post(actor, "Delete", tombstone, voice).await {
            Ok(answer) if answer.status.is_success() => self.report.ok("delete", "takes a deletion"),
            Ok(answer) => {
                let mend = "what is deleted here stays visible there: look at the log of the site";
                self.report.fail("delete", &said(&answer), mend);
            }
            Err(why) => self.report.fail("delete", &why, "ask again: breezeway peer doctor"),
        }
    }

    async fn post(
        &self,
        actor: &Actor,
        kind: &str,
        object: Value,
        voice: Voice,
    ) -> std::result::Result<Answer, String> {
        let (services, url) = (self.services, actor.shared_inbox().unwrap_or(&actor.inbox));
        let ours = services.origin.instance_actor();
        let body = json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": services.origin.activity(services.ids.next()),
            "type": kind,
            "actor": ours,
            "to": [actor.id],
            "object": object,
        });
        let body = Bytes::from(body.to_string());
        let headers = self.headers(url, voice, &body)?;
        let post = services.http.post(url, headers, body);
        self.within(post).await
    }

    fn headers(&self, url: &Url, voice: Voice, body: &[u8]) -> std::result::Result<http::HeaderMap, String> {
        let outgoing = Outgoing {
            method: &Method::POST,
            url,
            digest: Some(sha256(body)),
            now: self.services.clock.now(),
        };
        let mut headers = sign(self.keys.for_voice(voice), voice.into(), &outgoing)
            .map_err(|problem| problem.to_string())?;
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(ACTIVITY_JSON));
        Ok(headers)
    }

    fn what_to_mend(&self, status: Option<StatusCode>) -> String {
        match status.map(|status| status.as_u16()) {
            Some(401) => self.disbelief(),
            Some(403) => format!(
                "it does not speak with this site; there, somebody must run: breezeway peer invite {}",
                self.services.origin.host()
            ),
            Some(404 | 405 | 410) => {
                "nothing is there where its actor says that its inbox is: check site.url there, and the web server \
                 before it"
                    .to_owned()
            }
            Some(413) => "the web server before it takes no bodies of ordinary size; allow 1 MiB".to_owned(),
            Some(429) => "it is asked too often; wait, and ask again".to_owned(),
            Some(503) => format!(
                "it cannot take posts now; often it cannot read the keys of this site: {}",
                self.disbelief()
            ),
            _ => "look at the log of the site".to_owned(),
        }
    }

    fn disbelief(&self) -> String {
        let ours = self.services.origin.instance_actor();
        format!(
            "see that both clocks are right, and that the site can read our key; on its machine: \
             curl -H 'accept: application/activity+json' {ours}"
        )
    }
}

fn said(answer: &Answer) -> String {
    let words = crate::base::text::clean_line(&String::from_utf8_lossy(&answer.body), 200);
    if words.is_empty() { answer.status.to_string() } else { format!("{}: {words}", answer.status) }
}
