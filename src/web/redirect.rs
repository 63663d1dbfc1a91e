//! After a form: to the next page, with a word about what happened.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::flash::{self, own_path};
use super::state::Web;
use super::views::Flash;

/// To a page of this site.
pub fn to(path: &str) -> Response {
    let location = HeaderValue::try_from(own_path(path)).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// To a page of this site, which then says `flash`.
pub fn saying(web: &Web, path: &str, flash: &Flash) -> Response {
    let mut answer = to(path);
    let secure = if web.services().config.site.is_secure() { "; Secure" } else { "" };
    let cookie = format!(
        "{}={}; Path=/; Max-Age=120; HttpOnly; SameSite=Lax{secure}",
        flash::COOKIE,
        flash.to_cookie()
    );
    if let Ok(value) = HeaderValue::try_from(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}

/// Back to the post in the list that the form stood in.
pub fn to_post(back: &str, id: crate::base::id::StatusId) -> Response {
    let path = back.split('#').next().unwrap_or("/");
    to(&format!("{path}#p{id}"))
}

/// To what stands behind a page, for other sites.
pub fn to_document(path: &str) -> Response {
    let mut answer = to(path);
    *answer.status_mut() = StatusCode::FOUND;
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    answer
}
