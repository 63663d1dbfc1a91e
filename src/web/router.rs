//! Which address is which page.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::timeout::TimeoutLayer;

use super::failure::{Answer, Failure};
use super::pages::{
    act, authorize, case, complete, compose, desk, door, drafts, home, invitations, leaving, log, moving,
    notifications, people, profile, report, requests, settings, site, sites, tag, thread_news, upload,
};
use super::state::Web;
use super::theme;
use super::visit::around;
use crate::base::Error;
use crate::platform::services::Services;

/// A form may bring so many images of the largest size, and some text.
const FORM_SPARE_BYTES: usize = 1 << 20;
/// Nobody waits longer than this for a page.
const LONGEST: Duration = Duration::from_secs(30);

/// All pages of a site.
pub fn router(services: Services) -> Router {
    let limits = &services.config.limits;
    let form = services.config.media.max_size.as_usize() * limits.attachments as usize + FORM_SPARE_BYTES;
    let web = Web::new(services);
    pages()
        .layer(middleware::from_fn_with_state(web.clone(), around))
        .merge(colours())
        .layer(DefaultBodyLimit::max(form))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .with_state(web)
}

fn pages() -> Router<Web> {
    Router::new()
        .merge(act::routes())
        .merge(authorize::routes())
        .merge(case::routes())
        .merge(complete::routes())
        .merge(compose::routes())
        .merge(desk::routes())
        .merge(door::routes())
        .merge(drafts::routes())
        .merge(home::routes())
        .merge(invitations::routes())
        .merge(leaving::routes())
        .merge(log::routes())
        .merge(moving::routes())
        .merge(notifications::routes())
        .merge(people::routes())
        .merge(profile::routes())
        .merge(report::routes())
        .merge(requests::routes())
        .merge(settings::routes())
        .merge(site::routes())
        .merge(sites::routes())
        .merge(tag::routes())
        .merge(thread_news::routes())
        .merge(upload::routes())
        .fallback(nowhere)
}

fn colours() -> Router<Web> {
    Router::new()
        .route("/theme.css", get(theme_css))
        .route("/favicon.svg", get(favicon))
        .route("/assets/{file}", get(asset))
}

async fn nowhere() -> Failure {
    Error::not_found("page").into()
}

async fn asset(web: State<Web>, Path(file): Path<String>) -> Response {
    web.assets().answer(&file)
}

async fn theme_css(web: State<Web>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    Ok((headers, sites.sheet().to_owned()).into_response())
}

async fn favicon(web: State<Web>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    (headers, theme::favicon(web.accent())).into_response()
}
