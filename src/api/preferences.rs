//! How a person likes to read and write.

use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::entities::default_visibility;
use super::error::ApiResult;
use super::viewer::Viewer;
use crate::domain::auth::Scope;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v1/preferences", get(preferences))
}

/// `GET /api/v1/preferences` · <https://docs.joinmastodon.org/methods/preferences/#get>
async fn preferences(viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.require(Scope::ReadAccounts)?;
    let settings = &viewer.user.settings;
    Ok(Json(json!({
        "posting:default:visibility": default_visibility(&viewer.user),
        "posting:default:sensitive": viewer.user.default_sensitive,
        "posting:default:language": viewer.user.default_language,
        "posting:default:quote_policy": quote_policy(settings.quotes.as_deref()),
        "reading:expand:media": "default",
        "reading:expand:spoilers": false,
        "reading:autoplay:gifs": settings.autoplay,
    })))
}

/// In the words of Mastodon, which has none for "people mentioned" and "one by one".
fn quote_policy(word: Option<&str>) -> &'static str {
    match word {
        None | Some("public") => "public",
        Some("followers") => "followers",
        Some(_) => "nobody",
    }
}
