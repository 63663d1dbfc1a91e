//! NodeInfo: what runs on a site, without login.
//!
//! Spec: <https://nodeinfo.diaspora.software/ns/schema/2.1> and
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/f1d5/fep-f1d5.md>.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The relation under which version 2.1 is found.
pub const SCHEMA_2_1: &str = "http://nodeinfo.diaspora.software/ns/schema/2.1";

/// The relation under which the actor of the whole site is found (FEP-2677).
pub const APPLICATION: &str = "https://www.w3.org/ns/activitystreams#Application";

/// The type of version 2.1.
pub const NODE_INFO_JSON: &str =
    r#"application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#""#;

/// `/.well-known/nodeinfo`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discovery {
    pub links: Vec<DiscoveryLink>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscoveryLink {
    pub rel: String,
    pub href: String,
}

/// Version 2.1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfo {
    pub version: String,
    pub software: Software,
    pub protocols: Vec<String>,
    pub services: Services,
    pub open_registrations: bool,
    pub usage: Usage,
    #[serde(default)]
    pub metadata: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Software {
    pub name: String,
    pub version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Services {
    pub inbound: Vec<String>,
    pub outbound: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    pub users: Users,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_posts: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_comments: Option<u64>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Users {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_month: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_halfyear: Option<u64>,
}
