//! Mails of one kind end: by one `POST` of the mail program (RFC 8058), or by a button on a page. Nobody signs in for it;
//! the link was sent to one address only.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::Error;
use crate::base::id::AccountId;
use crate::domain::mail::{Stream, unsubscribe};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::Nav;
use crate::web::visit::Visit;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/unsubscribe/{person}/{stream}/{pass}", get(show).post(stop))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Unsubscribe {
    /// As in `news`.
    pub stream: &'static str,
    /// Whether it is done.
    pub done: bool,
    /// Where the form is sent.
    pub action: String,
}

impl View for Unsubscribe {
    const TEMPLATE: &'static str = "pages/unsubscribe.html";
}

/// `GET /unsubscribe/{person}/{stream}/{pass}`: asks, since programs open links by themselves.
pub async fn show(
    web: State<Web>,
    visit: Visit,
    Path((person, stream, pass)): Path<(AccountId, String, String)>,
) -> Answer {
    let stream =
        unsubscribe::read(web.services(), person, &stream, &pass).map_err(|error| wrong(error, &visit))?;
    page(&web, &visit, stream, false).await
}

/// `POST /unsubscribe/{person}/{stream}/{pass}`
pub async fn stop(
    web: State<Web>,
    visit: Visit,
    Path((person, stream, pass)): Path<(AccountId, String, String)>,
    _posted: Posted,
) -> Answer {
    let stream = unsubscribe::unsubscribe(web.services(), person, &stream, &pass)
        .await
        .map_err(|error| wrong(error, &visit))?;
    page(&web, &visit, stream, true).await
}

fn wrong(error: Error, visit: &Visit) -> Error {
    match error {
        Error::NotFound { .. } => Error::forbidden(visit.say("unsubscribe-old")),
        other => other,
    }
}

async fn page(web: &Web, visit: &Visit, stream: Stream, done: bool) -> Answer {
    let view = Unsubscribe { stream: stream.word(), done, action: visit.here.clone() };
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, visit, Nav::Elsewhere, &view).await?)
}
