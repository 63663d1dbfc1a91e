//! Somebody confirms an e-mail address by the link that was sent there. A press of the button does it, since mail
//! programs and scanners open links by themselves.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::Error;
use crate::domain::auth::{Purpose, confirm, link};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::Nav;
use crate::web::visit::Visit;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/confirm/{code}", get(show).post(use_link))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Confirm {
    /// The address in question; none once it is done.
    pub address: Option<String>,
    /// Where the form is sent.
    pub action: String,
}

impl View for Confirm {
    const TEMPLATE: &'static str = "pages/confirm.html";
}

/// `GET /confirm/{code}`
pub async fn show(web: State<Web>, visit: Visit, Path(code): Path<String>) -> Answer {
    let link = link::get(web.services(), &code).await.map_err(|error| old(error, &visit))?;
    if link.purpose != Purpose::ConfirmEmail {
        return Err(old(Error::not_found("link"), &visit).into());
    }
    page(&web, &visit, Confirm { address: link.address, action: visit.here.clone() }).await
}

/// `POST /confirm/{code}`
pub async fn use_link(web: State<Web>, visit: Visit, Path(code): Path<String>, _posted: Posted) -> Answer {
    confirm::confirm(web.services(), &code).await.map_err(|error| old(error, &visit))?;
    page(&web, &visit, Confirm { address: None, action: visit.here.clone() }).await
}

fn old(error: Error, visit: &Visit) -> Error {
    match error {
        Error::NotFound { .. } => Error::forbidden(visit.say("confirm-old")),
        other => other,
    }
}

async fn page(web: &Web, visit: &Visit, view: Confirm) -> Answer {
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, visit, Nav::Elsewhere, &view).await?)
}
