//! How a person likes to read and write.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::error::ApiResult;
use super::viewer::Viewer;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v1/preferences", get(preferences))
}

/// `GET /api/v1/preferences` · <https://docs.joinmastodon.org/methods/preferences/#get>
async fn preferences(State(_services): State<Services>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.require("read:accounts")?;
    Ok(Json(json!({
        "posting:default:visibility": "public",
        "posting:default:sensitive": false,
        "posting:default:language": null,
        "posting:default:quote_policy": "nobody",
        "reading:expand:media": "default",
        "reading:expand:spoilers": false,
        "reading:autoplay:gifs": false,
    })))
}
