//! Lists that are honestly empty, since there is nothing of the kind here yet. Clients ask for them at the start
//! and break where the answer is "not found".

use axum::routing::get;
use axum::{Json, Router};

use super::error::ApiResult;
use super::viewer::Viewer;
use crate::platform::services::Services;

/// Path, and the scope that the list will need.
///
/// Sources, in this order: <https://docs.joinmastodon.org/methods/announcements/#get>,
/// <https://docs.joinmastodon.org/methods/bookmarks/#get>, <https://docs.joinmastodon.org/methods/conversations/#get>,
/// <https://docs.joinmastodon.org/methods/domain_blocks/#get>, <https://docs.joinmastodon.org/methods/endorsements/#get>,
/// <https://docs.joinmastodon.org/methods/featured_tags/#get>, <https://docs.joinmastodon.org/methods/filters/#get>,
/// <https://docs.joinmastodon.org/methods/filters/#get-v1>, <https://docs.joinmastodon.org/methods/followed_tags/#get>,
/// <https://docs.joinmastodon.org/methods/lists/#get>, <https://docs.joinmastodon.org/methods/scheduled_statuses/#get>,
/// <https://docs.joinmastodon.org/methods/suggestions/#v1>, <https://docs.joinmastodon.org/methods/suggestions/#v2>
const OF_A_PERSON: &[(&str, &str)] = &[
    ("/api/v1/announcements", "read"),
    ("/api/v1/bookmarks", "read:bookmarks"),
    ("/api/v1/conversations", "read:statuses"),
    ("/api/v1/domain_blocks", "read:blocks"),
    ("/api/v1/endorsements", "read:accounts"),
    ("/api/v1/featured_tags", "read:accounts"),
    ("/api/v2/filters", "read:filters"),
    ("/api/v1/filters", "read:filters"),
    ("/api/v1/followed_tags", "read:follows"),
    ("/api/v1/lists", "read:lists"),
    ("/api/v1/scheduled_statuses", "read:statuses"),
    ("/api/v1/suggestions", "read"),
    ("/api/v2/suggestions", "read"),
];

/// For everybody. Source: <https://docs.joinmastodon.org/methods/trends/>
const OF_THE_SITE: &[&str] =
    &["/api/v1/trends/tags", "/api/v1/trends/statuses", "/api/v1/trends/links", "/api/v1/trends"];

/// Routes of this file.
pub fn routes() -> Router<Services> {
    let mut router = Router::new();
    for (path, scope) in OF_A_PERSON.iter().copied() {
        router = router.route(path, get(move |viewer: Viewer| nothing(viewer, scope)));
    }
    for path in OF_THE_SITE {
        router = router.route(path, get(|| async { Json([(); 0]) }));
    }
    router
}

async fn nothing(viewer: Viewer, scope: &'static str) -> ApiResult<Json<[(); 0]>> {
    viewer.require(scope)?;
    Ok(Json([]))
}
