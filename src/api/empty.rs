//! Lists that are honestly empty, since there is nothing of the kind here yet. Clients ask for them at the start
//! and break where the answer is "not found".

use axum::routing::get;
use axum::{Json, Router};

use super::error::ApiResult;
use super::viewer::Viewer;
use crate::domain::auth::Scope;
use crate::platform::services::Services;

/// Path, and the scope that the list will need.
///
/// Sources, in this order: <https://docs.joinmastodon.org/methods/announcements/#get>,
/// <https://docs.joinmastodon.org/methods/conversations/#get>, <https://docs.joinmastodon.org/methods/domain_blocks/#get>,
/// <https://docs.joinmastodon.org/methods/endorsements/#get>, <https://docs.joinmastodon.org/methods/featured_tags/#get>,
/// <https://docs.joinmastodon.org/methods/suggestions/#v1>,
/// <https://docs.joinmastodon.org/methods/suggestions/#v2>
const OF_A_PERSON: &[(&str, Scope)] = &[
    ("/api/v1/announcements", Scope::Read),
    ("/api/v1/conversations", Scope::ReadStatuses),
    ("/api/v1/domain_blocks", Scope::ReadBlocks),
    ("/api/v1/endorsements", Scope::ReadAccounts),
    ("/api/v1/featured_tags", Scope::ReadAccounts),
    ("/api/v1/suggestions", Scope::Read),
    ("/api/v2/suggestions", Scope::Read),
];

/// For everybody. Source: <https://docs.joinmastodon.org/methods/trends/>
const OF_THE_SITE: &[&str] =
    &["/api/v1/trends/tags", "/api/v1/trends/statuses", "/api/v1/trends/links", "/api/v1/trends"];

/// Routes of this file.
pub fn routes() -> Router<Services> {
    let mut router = Router::new();
    for (path, scope) in OF_A_PERSON.iter().copied() {
        router = router.route(path, get(async move |viewer: Viewer| nothing(&viewer, scope)));
    }
    for path in OF_THE_SITE {
        router = router.route(path, get(|| async { Json([(); 0]) }));
    }
    router
}

fn nothing(viewer: &Viewer, scope: Scope) -> ApiResult<Json<[(); 0]>> {
    viewer.require(scope)?;
    Ok(Json([]))
}
