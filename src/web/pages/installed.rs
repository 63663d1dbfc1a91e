//! What makes the site an app on a phone: manifest, icons, service worker, and the page for when there is no
//! connection.
//!
//! Manifest: <https://www.w3.org/TR/appmanifest/>.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Serialize;
use serde_json::json;

use crate::base::Error;
use crate::web::failure::Answer;
use crate::web::icon;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::theme;
use crate::web::views::Nav;
use crate::web::visit::Visit;

/// Sizes that phones ask for.
const SIZES: [u32; 3] = [180, 192, 512];
const SERVICE_WORKER_ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");
const A_DAY: &str = "public, max-age=86400";

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/manifest.webmanifest", get(manifest))
        .route("/icons/{file}", get(picture))
        .route("/sw.js", get(worker))
        .route("/offline", get(offline))
}

/// The page that a browser keeps for when there is no connection.
#[derive(Debug, Serialize)]
pub struct Offline {}

impl View for Offline {
    const TEMPLATE: &'static str = "pages/offline.html";
}

async fn manifest(web: State<Web>, visit: Visit) -> Answer {
    let (colour, _) = theme::sign(web.accent());
    let icons = SIZES[1..].iter().map(|size| {
        json!({
            "src": format!("/icons/{size}.png"), "sizes": format!("{size}x{size}"), "type": "image/png",
            "purpose": "any maskable",
        })
    });
    let manifest = json!({
        "id": "/",
        "name": visit.about.name,
        "short_name": visit.about.name,
        "description": visit.about.description,
        "lang": visit.language,
        "dir": visit.language.direction(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fcfbf8",
        "theme_color": colour.to_string(),
        "icons": icons.collect::<Vec<_>>(),
        "shortcuts": [
            { "name": visit.say("shell-write"), "url": "/compose" },
            { "name": visit.say("shell-notifications"), "url": "/notifications" },
        ],
    });
    let headers = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, A_DAY)];
    Ok((headers, manifest.to_string()).into_response())
}

async fn picture(web: State<Web>, Path(file): Path<String>) -> Answer {
    let size = SIZES.into_iter().find(|size| file == format!("{size}.png"));
    let size = size.ok_or_else(|| Error::not_found("picture"))?;
    let accent = web.accent();
    let drawn =
        tokio::task::spawn_blocking(move || icon::png(accent, size)).await.map_err(Error::internal)?;
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, A_DAY)];
    Ok((headers, drawn?).into_response())
}

/// The worker names what it keeps, so a new version of the program is a new worker.
async fn worker(web: State<Web>) -> Response {
    let assets = web.assets();
    let kept =
        ["app.css", "app.js", "inter.woff2", "icons.svg"].map(|name| assets.url(name).unwrap_or_default());
    let list = json!(kept).to_string();
    let text = assets.text("sw.js").replace("\"KEPT\"", &list);
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (SERVICE_WORKER_ALLOWED, "/"),
    ];
    (headers, text).into_response()
}

async fn offline(web: State<Web>, visit: Visit) -> Answer {
    let mut conn = web.services().db.read().await?;
    // Kept in the browser for whoever opens it next, so it says nothing of who reads.
    Ok(web.page(&mut conn, &visit.as_stranger(), Nav::Elsewhere, &Offline {}).await?)
}
