//! What other sites may read here: people, posts, collections, and how to find them.
//!
//! WebFinger, host-meta, NodeInfo and the site's own actor are open, so that two closed sites can find
//! each other's key. Everything else asks who reads: see [`asker`].

mod activity;
mod actor;
mod answer;
mod asker;
mod collections;
mod followers;
mod host_meta;
mod node_info;
mod organisation;
mod picture;
mod stamp;
mod status;
mod thread;
mod webfinger;

use axum::Router;
use axum::routing::get;

use crate::platform::services::Services;

/// Everything that is served to other sites, inboxes aside.
pub fn router() -> Router<Services> {
    Router::new()
        .route("/.well-known/webfinger", get(webfinger::webfinger))
        .route("/.well-known/host-meta", get(host_meta::host_meta))
        .route("/.well-known/nodeinfo", get(node_info::discovery))
        .route("/nodeinfo/2.1", get(node_info::node_info))
        .route("/actor", get(actor::instance_actor))
        .route("/actor/outbox", get(collections::instance_outbox))
        .route("/organisation", get(organisation::organisation))
        .route("/users/{username}", get(actor::person))
        .route("/users/{username}/outbox", get(collections::outbox))
        .route("/users/{username}/followers", get(collections::followers))
        .route("/users/{username}/followers_synchronization", get(followers::of_asker))
        .route("/users/{username}/following", get(collections::following))
        .route("/users/{username}/featured", get(collections::featured))
        .route("/users/{username}/avatar", get(picture::avatar))
        .route("/users/{username}/header", get(picture::header_picture))
        .route("/users/{username}/media/{id}", get(picture::attachment))
        .route("/users/{username}/media/{id}/poster", get(picture::poster))
        .route("/users/{username}/media/{id}/{name}", get(picture::file))
        .route("/users/{username}/statuses/{id}", get(status::note))
        .route("/users/{username}/statuses/{id}/activity", get(status::create))
        .route("/users/{username}/stamps/{id}", get(stamp::stamp))
        .route("/users/{username}/statuses/{id}/replies", get(thread::replies))
        .route("/contexts/{id}", get(thread::thread))
        .route("/activities/{number}", get(activity::announce))
}
