//! Leaving for good: a page that says what that means, and asks for the password.

use super::to;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use crate::base::{Error, Result};
use crate::domain::auth::{self, password};
use crate::domain::data::depart;
use crate::platform::limiter::Purpose;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, wrong};
use crate::web::visit::Member;

/// Where the page is.
const PAGE: &str = "/settings/leave";

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route(PAGE, get(show).post(leave)).route("/settings/leave/back", to(PAGE).post(stay))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Leaving {
    /// As in `@ann@engineering.example.org`.
    pub handle: String,
    /// When the account is deleted, if that is said already.
    pub until: Option<String>,
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
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let departure = depart::find(&mut conn, member.id()).await?;
    let until = departure.map(|departure| member.visit.lens(web, &sites).time(departure.run_at).absolute);
    let view = Leaving { handle, until, posts: account.statuses_count, form };
    let mut answer = web.page(&mut conn, &member.visit, Nav::Settings, &view).await?;
    if wrong {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// `POST /settings/leave`
pub async fn leave(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let errors = match go(&web, &member, &posted).await {
        Ok(true) => {
            let flash = Flash::good(member.visit.say("leaving-done"));
            return Ok(redirect::saying(&web, "/sign-in", &flash));
        }
        Ok(false) => {
            let flash = Flash::good(member.visit.say("leaving-asked"));
            return Ok(redirect::saying(&web, PAGE, &flash.undo("/settings/leave/back")));
        }
        Err(Error::Invalid { field: "sure", .. }) => wrong("sure", member.visit.say("leaving-say")),
        Err(Error::Invalid { .. }) => wrong("password", member.visit.say("wrong-own-password")),
        Err(Error::Forbidden { reason }) => wrong("form", member.visit.sentence(&reason)),
        Err(error) => return Err(error.into()),
    };
    page(&web, &member, LeavingForm { errors }).await
}

/// Whether it is done at once.
async fn go(web: &Web, member: &Member, posted: &Posted) -> Result<bool> {
    let services = web.services();
    services.limiter.check(Purpose::SignIn, &member.id().to_string())?;
    password::confirm(services, member.id(), posted.get("password")).await?;
    if !posted.checked("sure") {
        return Err(Error::invalid("sure", "must be said"));
    }
    if posted.get("when") == "now" {
        auth::leave(services, member.id()).await?;
        return Ok(true);
    }
    depart::depart(services, member.id()).await?;
    Ok(false)
}

/// `POST /settings/leave/back`: somebody stays after all.
async fn stay(web: State<Web>, member: Member, _: Posted) -> Answer {
    depart::stay(web.services(), member.id()).await?;
    Ok(redirect::saying(&web, "/settings/data", &Flash::good(member.visit.say("leaving-stayed"))))
}
