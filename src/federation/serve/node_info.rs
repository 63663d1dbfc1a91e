//! NodeInfo: what runs here, without login.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::answer::{Refusal, open};
use crate::activitystreams::node_info::{
    APPLICATION, Discovery, DiscoveryLink, NODE_INFO_JSON, NodeInfo, SCHEMA_2_1, Services as Bridges,
    Software, Usage, Users,
};
use crate::base::Result;
use crate::base::config::FederationMode;
use crate::domain::instance;
use crate::platform::services::Services;

/// Who was seen within a month counts as active.
const MONTH: Duration = Duration::from_hours(30 * 24);

/// Who was seen within half a year counts as active in that half year.
const HALF_YEAR: Duration = Duration::from_hours(180 * 24);

/// `GET /.well-known/nodeinfo`
pub(super) async fn discovery(State(services): State<Services>) -> Response {
    let link = |rel: &str, href: String| DiscoveryLink { rel: rel.to_owned(), href };
    let links = vec![
        link(SCHEMA_2_1, services.origin.at("/nodeinfo/2.1")),
        link(APPLICATION, services.origin.instance_actor()),
    ];
    open("application/json", Discovery { links })
}

/// `GET /nodeinfo/2.1`
pub(super) async fn node_info(State(services): State<Services>) -> Result<Response, Refusal> {
    let config = &services.config;
    let info = NodeInfo {
        version: "2.1".to_owned(),
        software: Software {
            name: "breezeway".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            repository: Some(config.site.source_url.to_string()),
            homepage: None,
        },
        protocols: vec!["activitypub".to_owned()],
        services: Bridges::default(),
        open_registrations: false,
        usage: usage(&services).await?,
        metadata: json!({
            "nodeName": config.site.name,
            "nodeDescription": config.site.description,
            // Apps made with megalodon know a server of Mastodon's API by this.
            "upstream": { "name": "mastodon" },
        }),
    };
    Ok(open(NODE_INFO_JSON, info))
}

/// How many people and posts: a closed site does not tell strangers.
async fn usage(services: &Services) -> Result<Usage> {
    let config = &services.config;
    if config.federation.mode == FederationMode::Closed && !config.site.open_to_web {
        return Ok(Usage::default());
    }
    let now = services.clock.now();
    let mut conn = services.db.read().await?;
    let (people, month, posts, _) = instance::store::figures(&mut conn, now - MONTH).await?;
    let (_, half_year, _, _) = instance::store::figures(&mut conn, now - HALF_YEAR).await?;
    let count = |figure: i64| Some(u64::try_from(figure).unwrap_or_default());
    Ok(Usage {
        users: Users { total: count(people), active_month: count(month), active_halfyear: count(half_year) },
        local_posts: count(posts),
        local_comments: Some(0),
    })
}
