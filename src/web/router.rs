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
use super::pages;
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
    let largest = services.config.media.largest().as_usize() + FORM_SPARE_BYTES;
    let form = form.max(largest);
    let web = Web::new(services);
    // A large file takes longer to come than a page may take; a client that pauses is given up all the same.
    let files = pages::upload::routes()
        .merge(pages::uploaded::routes())
        .layer(middleware::from_fn_with_state(web.clone(), around))
        .layer(DefaultBodyLimit::max(largest));
    pages()
        .layer(middleware::from_fn_with_state(web.clone(), around))
        .merge(colours())
        .layer(DefaultBodyLimit::max(form))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .merge(files)
        .with_state(web)
}

fn pages() -> Router<Web> {
    Router::new()
        .merge(pages::act::routes())
        .merge(pages::authorize::routes())
        .merge(pages::card_of_post::routes())
        .merge(pages::case::routes())
        .merge(pages::catch_up::routes())
        .merge(pages::complete::routes())
        .merge(pages::compose::routes())
        .merge(pages::confirm::routes())
        .merge(pages::desk::routes())
        .merge(pages::door::routes())
        .merge(pages::drafts::routes())
        .merge(pages::forgot::routes())
        .merge(pages::home::routes())
        .merge(pages::installed::routes())
        .merge(pages::invitations::routes())
        .merge(pages::keyboard::routes())
        .merge(pages::leaving::routes())
        .merge(pages::live::routes())
        .merge(pages::log::routes())
        .merge(pages::moving::routes())
        .merge(pages::notifications::routes())
        .merge(pages::palette::routes())
        .merge(pages::people::routes())
        .merge(pages::profile::routes())
        .merge(pages::report::routes())
        .merge(pages::requests::routes())
        .merge(pages::search::routes())
        .merge(pages::settings::routes())
        .merge(pages::settings_notifications::routes())
        .merge(pages::site::routes())
        .merge(pages::sites::routes())
        .merge(pages::filters::routes())
        .merge(pages::followed_tags::routes())
        .merge(pages::kept::routes())
        .merge(pages::list::routes())
        .merge(pages::lists::routes())
        .merge(pages::muted::routes())
        .merge(pages::tag::routes())
        .merge(pages::thread_news::routes())
        .merge(pages::unsubscribe::routes())
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
