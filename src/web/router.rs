//! Which address is which page.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tower_http::timeout::TimeoutLayer;

use super::failure::{Answer, Failure};
use super::pages::{
    act, authorize, case, compose, desk, door, home, invitations, leaving, log, moving, notifications,
};
use super::pages::{people, profile, report, requests, settings, site, sites, tag, thread_news};
use super::redirect;
use super::state::Web;
use super::theme;
use super::visit::around;
use crate::base::Error;
use crate::base::id::StatusId;
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
        .route("/", get(home::following))
        .route("/timelines/{which}", get(home::timeline))
        .route("/tags/{name}", get(tag::show))
        .route("/compose", get(compose::show).post(compose::send))
        .route("/posts/{id}/edit", get(compose::show_edit).post(compose::send_edit))
        .route("/posts/{id}/{verb}", get(to_post).post(act::on_post))
        .route("/threads/{token}", get(thread_news::ask))
        .route("/people", get(people::show))
        .route("/people/{id}/{verb}", to("/people").post(act::on_person))
        .route("/notifications", get(notifications::show))
        .route("/requests", get(requests::show))
        .route("/requests/{id}/{verb}", to("/requests").post(requests::decide))
        .route("/report", get(report::show).post(report::send))
        .route("/@{handle}", get(profile::show))
        .route("/@{handle}/{rest}", get(profile::show_part))
        .merge(door_pages())
        .merge(desk_pages())
        .fallback(nowhere)
}

fn door_pages() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(door::show).post(door::sign_in))
        .route("/sign-out", to("/").post(door::sign_out))
        .route("/first-run/{code}", get(door::show_link).post(door::use_link))
        .route("/join/{code}", get(door::show_link).post(door::use_link))
        .route("/new-password/{code}", get(door::show_link).post(door::use_link))
        .route("/oauth/authorize", get(authorize::show).post(authorize::decide))
        // Mastodon answers with the slash too, and toot relies on it.
        .route("/oauth/authorize/", get(authorize::show).post(authorize::decide))
        .route("/settings", get(settings::show))
        .route("/settings/profile", to("/settings").post(settings::save_profile))
        .route("/settings/password", to("/settings").post(settings::save_password))
        .route("/settings/moving", get(moving::show))
        .route("/settings/aliases", to("/settings/moving").post(moving::add_alias))
        .route("/settings/aliases/remove", to("/settings/moving").post(moving::remove_alias))
        .route("/settings/move", to("/settings/moving").post(moving::relocate))
        .route("/settings/stay", to("/settings/moving").post(moving::stay))
        .route("/settings/leave", get(leaving::show).post(leaving::leave))
        .route("/settings/sessions/{id}/end", to("/settings").post(settings::end_session))
}

fn desk_pages() -> Router<Web> {
    Router::new()
        .route("/desk", get(desk::show))
        .route("/desk/resolved", get(desk::show_resolved))
        .route("/desk/reports/{id}", get(case::show_report).post(case::decide_report))
        .route("/desk/act", get(case::show).post(case::decide))
        .route("/desk/log", get(log::show))
        .route("/desk/log/{id}/undo", to("/desk/log").post(log::undo))
        .route("/desk/sites", get(sites::show).post(sites::invite))
        .route("/desk/sites/{id}", get(site::show))
        .route("/desk/sites/{id}/{verb}", get(to_site).post(sites::act))
        .route("/desk/invitations", get(invitations::show).post(invitations::make))
}

/// Whoever comes to the address of a form by a reload, or by typing, is led to the page on which the form stands.
fn to(page: &'static str) -> MethodRouter<Web> {
    get(async move || redirect::to(page))
}

async fn to_post(Path((id, _)): Path<(StatusId, String)>) -> Response {
    // The page of a post finds its author by itself.
    redirect::to(&format!("/@-/{id}"))
}

async fn to_site(Path((host, _)): Path<(String, String)>) -> Response {
    redirect::to(&format!("/desk/sites/{host}"))
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
