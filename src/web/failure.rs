//! What went wrong, as a page that helps.

use std::sync::Arc;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::pages::error::ErrorPage;
use super::state::Web;
use super::views::Nav;
use super::visit::Visit;
use crate::base::{Error, Millis, Result};

/// Carried out of a handler; the page is made afterwards, when it is known who reads.
pub struct Failure(Arc<Error>);

/// What a handler answers.
pub type Answer = std::result::Result<Response, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(Arc::new(error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut answer = status(&self.0).into_response();
        answer.extensions_mut().insert(self.0);
        answer
    }
}

/// The error that an answer carries, if it carries one.
pub fn of(answer: &mut Response) -> Option<Arc<Error>> {
    answer.extensions_mut().remove::<Arc<Error>>()
}

/// The page for it. Who must sign in first is led there and back.
pub async fn page(web: &Web, visit: &Visit, method: &Method, error: Arc<Error>) -> Response {
    if matches!(*error, Error::Unauthenticated) {
        let back = if *method == Method::GET { visit.here.as_str() } else { "/" };
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("back", back).finish();
        return Redirect::to(&format!("/sign-in?{query}")).into_response();
    }
    let request_id = matches!(*error, Error::Internal(_)).then(|| visit.request_id.clone());
    if let Some(id) = &request_id {
        tracing::error!(request_id = %id, path = %visit.here, error = %error.chain(), "A page failed: {}", error.chain());
    }
    let retry = match *error {
        Error::RateLimited { until } => Some((until.0 - web.services().clock.now().0).max(1_000) / 1_000),
        _ => None,
    };
    let view = describe(&error, request_id, visit, web.services().clock.now());
    match show(web, visit, &view).await {
        Ok(mut answer) => {
            *answer.status_mut() = status(&error);
            if let Some(seconds) = retry {
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            answer
        }
        Err(broken) => bare(&broken),
    }
}

/// Without a template, when even that failed.
pub fn bare(error: &Error) -> Response {
    tracing::error!(error = %error.chain(), "A page could not even say what failed: {}", error.chain());
    (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on this site. Try again in a moment.\n")
        .into_response()
}

async fn show(web: &Web, visit: &Visit, view: &ErrorPage) -> Result<Response> {
    let mut conn = web.services().db.read().await?;
    web.page(&mut conn, visit, Nav::Elsewhere, view).await
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound { .. } => StatusCode::NOT_FOUND,
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::Forbidden { .. } => StatusCode::FORBIDDEN,
        Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::PeerUnavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn describe(error: &Error, request_id: Option<String>, visit: &Visit, now: Millis) -> ErrorPage {
    let (kind, text) = match error {
        Error::NotFound { .. } => ("not-found", visit.say("error-not-found-text")),
        Error::Unauthenticated => ("unauthenticated", visit.say("error-unauthenticated-text")),
        Error::Forbidden { reason } => ("forbidden", visit.sentence(reason)),
        Error::Invalid { problem, .. } => ("invalid", visit.sentence(problem)),
        Error::Conflict { what } => ("conflict", visit.sentence(what)),
        Error::RateLimited { until } => {
            ("rate", visit.say_with("error-rate-text", &[("minutes", minutes(*until, now).into())]))
        }
        Error::PeerUnavailable { peer } => {
            ("peer", visit.say_with("error-peer-text", &[("peer", peer.as_str().into())]))
        }
        Error::Internal(_) => ("internal", visit.say("error-internal-text")),
    };
    ErrorPage { status: status(error).as_u16(), kind, text, request_id, back: None }
}

fn minutes(until: Millis, now: Millis) -> i64 {
    match (until.0 - now.0) / 1_000 {
        ..90 => 1,
        seconds => seconds / 60 + 1,
    }
}

/// With a capital and a full stop.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
