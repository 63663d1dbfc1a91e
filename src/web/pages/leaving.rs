//! Leaving for good: a page that says what that means, and asks for the password.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use crate::base::{Error, Result};
use crate::domain::auth::{self, password};
use crate::platform::limiter::Purpose;
use crate::web::failure::{Answer, sentence};
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, wrong};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/settings/leave", get(show).post(leave))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Leaving {
    /// As in `@ann@engineering.example.org`.
    pub handle: String,
    /// How many posts go.
    pub posts: i64,
    /// What was typed.
    pub form: LeavingForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct LeavingForm {
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Leaving {
    const TEMPLATE: &'static str = "pages/leaving.html";
}

/// `GET /settings/leave`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    page(&web, &member, LeavingForm::default()).await
}

async fn page(web: &Web, member: &Member, form: LeavingForm) -> Answer {
    let account = &member.signed.account;
    let wrong = !form.errors.is_empty();
    let handle = format!("@{}@{}", account.username, web.services().origin.host());
    let view = Leaving { handle, posts: account.statuses_count, form };
    let mut conn = web.services().db.read().await?;
    let mut answer = web.page(&mut conn, &member.visit, Nav::Settings, &view).await?;
    if wrong {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// `POST /settings/leave`
pub async fn leave(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let errors = match go(&web, &member, &posted).await {
        Ok(()) => {
            let flash = Flash::good("Your account is deleted. The other sites are told.");
            return Ok(redirect::saying(&web, "/sign-in", &flash));
        }
        Err(Error::Invalid { field: "sure", .. }) => wrong("sure", "Please say that you mean it."),
        Err(Error::Invalid { .. }) => wrong("password", "This is not your password."),
        Err(Error::Forbidden { reason }) => wrong("form", sentence(&reason)),
        Err(error) => return Err(error.into()),
    };
    page(&web, &member, LeavingForm { errors }).await
}

async fn go(web: &Web, member: &Member, posted: &Posted) -> Result<()> {
    let services = web.services();
    services.limiter.check(Purpose::SignIn, &member.id().to_string())?;
    password::confirm(services, member.id(), posted.get("password")).await?;
    if !posted.checked("sure") {
        return Err(Error::invalid("sure", "must be said"));
    }
    auth::leave(services, member.id()).await
}
