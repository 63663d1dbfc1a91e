//! Actors: people, programs, groups, sites.

use serde::{Deserialize, Serialize};
use url::Url;

use super::object::{Image, PropertyValue};
use super::reference::Identified;
use super::{one_or_many, reference, time};
use crate::base::Millis;

/// What sort of actor. All of them can be followed (FEP-a974).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ActorKind {
    Person,
    Service,
    Application,
    Group,
    Organization,
}

/// Somebody who acts.
///
/// Spec: <https://www.w3.org/TR/activitypub/#actor-objects>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    #[serde(rename = "type")]
    pub kind: ActorKind,
    pub id: Url,
    pub preferred_username: String,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(default, deserialize_with = "reference::link", skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    #[serde(deserialize_with = "reference::id")]
    pub inbox: Url,
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub outbox: Option<Url>,
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub followers: Option<Url>,
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub following: Option<Url>,
    /// The collection of pinned posts.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub featured: Option<Url>,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Endpoints>,
    #[serde(
        default,
        deserialize_with = "one_or_many::lenient",
        serialize_with = "one_or_many::scalar_if_one",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub public_key: Vec<PublicKey>,
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub assertion_method: Vec<Multikey>,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub icon: Option<Image>,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    #[serde(default, deserialize_with = "one_or_many::lenient")]
    pub attachment: Vec<PropertyValue>,
    /// Following needs consent.
    #[serde(default)]
    pub manually_approves_followers: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discoverable: Option<bool>,
    /// Posts may be found by search (FEP-5feb).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indexable: Option<bool>,
    /// Ids of the same person elsewhere. Who moves here must be among them (FEP-7628).
    #[serde(default, deserialize_with = "reference::ids", skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<Url>,
    /// Who stands for this actor now.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<Url>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Millis>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Millis>,
    /// The handle, `ann@sales.example` (FEP-2c59).
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub webfinger: Option<String>,
    /// The software of the actor, with what it can do beyond the ordinary (FEP-844e).
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub generator: Option<Generator>,
    /// The same, on an actor that is itself an application.
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub implements: Vec<Capability>,
    /// Ours, on a site's own actor: the collection that stands for everybody of the organisation.
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Url>,
    /// Ours, on a site's own actor: the name of the department.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub site_name: Option<String>,
    /// Ours, on a site's own actor: the colour of its chip, `#rrggbb`.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub site_colour: Option<String>,
}

/// Addresses that the actors of a site have in common.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoints {
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub shared_inbox: Option<Url>,
}

/// A key for HTTP signatures, as all servers publish it.
///
/// Spec: <https://docs.joinmastodon.org/spec/activitypub/#publicKey>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKey {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub owner: Url,
    pub public_key_pem: String,
}

/// A key in the newer form, here always Ed25519 (FEP-521a).
///
/// Spec: <https://www.w3.org/TR/cid-1.0/#Multikey>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Multikey", rename_all = "camelCase")]
pub struct Multikey {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub controller: Url,
    pub public_key_multibase: String,
}

/// The software of an actor, as far as it is said on the actor itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Application", rename_all = "camelCase")]
pub struct Generator {
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub implements: Vec<Capability>,
}

/// A specification that the software of an actor follows (FEP-844e).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capability {
    pub href: Url,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Capability {
    /// Signs and understands RFC 9421.
    pub const RFC_9421: &'static str = "https://datatracker.ietf.org/doc/html/rfc9421";

    /// The same with Ed25519.
    pub const RFC_9421_ED25519: &'static str =
        "https://datatracker.ietf.org/doc/html/rfc9421#name-eddsa-using-curve-edwards25";
}

impl Actor {
    pub fn shared_inbox(&self) -> Option<&Url> {
        self.endpoints.as_ref()?.shared_inbox.as_ref()
    }

    /// Whether it says, itself or of its software, that it follows a specification.
    pub fn implements(&self, specification: &str) -> bool {
        let software = self.generator.iter().flat_map(|generator| &generator.implements);
        self.implements.iter().chain(software).any(|capability| capability.href.as_str() == specification)
    }
}

impl Identified for Actor {
    fn id(&self) -> &Url {
        &self.id
    }
}
