//! The password is lost: asks for a mail with a link. The answer is the same whether or not there is such a person.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Router};
use serde::Serialize;

use crate::base::Error;
use crate::base::client::ClientIp;
use crate::domain::mail;
use crate::platform::limiter::Purpose as Counted;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Nav, wrong};
use crate::web::visit::Visit;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/forgot", get(show).post(ask))
}

/// The page.
#[derive(Debug, Default, Serialize)]
pub struct Forgot {
    /// Whether mails leave this site.
    pub mails: bool,
    /// Whether it was asked.
    pub asked: bool,
    /// What was typed.
    pub form: ForgotForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct ForgotForm {
    /// The short name or the e-mail address.
    pub login: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Forgot {
    const TEMPLATE: &'static str = "pages/forgot.html";
}

/// `GET /forgot`
pub async fn show(web: State<Web>, visit: Visit) -> Answer {
    let view = Forgot { mails: web.services().mail.is_on(), ..Forgot::default() };
    page(&web, &visit, &view).await
}

/// `POST /forgot`
pub async fn ask(
    web: State<Web>,
    visit: Visit,
    client: Option<Extension<ClientIp>>,
    posted: Posted,
) -> Answer {
    let services = web.services();
    let login = posted.get("login").trim();
    if let Some(Extension(ClientIp(address))) = client {
        services.limiter.check(Counted::Register, &format!("reset from {address}"))?;
    }
    services.limiter.check(Counted::Register, &format!("reset of {}", login.to_lowercase()))?;
    let mails = services.mail.is_on();
    match mail::ask_reset(services, login).await {
        Ok(()) => page(&web, &visit, &Forgot { mails, asked: true, form: ForgotForm::default() }).await,
        Err(Error::Invalid { .. }) => {
            let form = ForgotForm {
                login: login.to_owned(),
                errors: wrong("login", visit.say("forgot-login-wrong")),
            };
            let mut answer = page(&web, &visit, &Forgot { mails, asked: false, form }).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(web: &Web, visit: &Visit, view: &Forgot) -> Answer {
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &visit.as_stranger(), Nav::Elsewhere, view).await?)
}
