//! WebFinger: from a handle to an actor.
//!
//! Spec: <https://www.rfc-editor.org/rfc/rfc7033> and
//! <https://swicg.github.io/activitypub-webfinger/>.

use serde::{Deserialize, Serialize};
use url::Url;

use super::is_activity_type;

/// The type of the answer.
pub const JRD_JSON: &str = "application/jrd+json";

/// The relation under which the actor of a whole site is found (FEP-d556).
pub const SITE_ACTOR: &str = "https://www.w3.org/ns/activitystreams#Service";

/// What is known about a handle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Jrd {
    /// As in `acct:ann@sales.example`: the handle in its one right form.
    pub subject: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub links: Vec<JrdLink>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JrdLink {
    pub rel: String,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

impl Jrd {
    /// The actor: the link `self` of an ActivityPub type.
    pub fn actor(&self) -> Option<Url> {
        let is_actor =
            |link: &&JrdLink| link.rel == "self" && link.kind.as_deref().is_some_and(is_activity_type);
        self.links.iter().find(is_actor).and_then(|link| Url::parse(link.href.as_deref()?).ok())
    }

    /// User and host of the subject, without `acct:`.
    pub fn handle(&self) -> Option<(&str, &str)> {
        self.subject.strip_prefix("acct:")?.rsplit_once('@')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_actor_is_the_self_link_of_the_right_type() {
        let text = r#"{"subject": "acct:ann@sales.example", "links": [
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": "https://sales.example/@ann"},
            {"rel": "self", "type": "text/html", "href": "https://sales.example/wrong"},
            {"rel": "self", "type": "application/activity+json", "href": "https://sales.example/users/ann"},
            {"rel": "http://ostatus.org/schema/1.0/subscribe", "template": "https://sales.example/authorize?uri={uri}"}
        ]}"#;

        let jrd: Jrd = serde_json::from_str(text).expect("readable");

        assert_eq!(jrd.actor().map(String::from).as_deref(), Some("https://sales.example/users/ann"));
        assert_eq!(jrd.handle(), Some(("ann", "sales.example")));
    }
}
