//! The door: sign in, register by a link, choose a new password, sign out.

use super::to;
use axum::Extension;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::client::ClientIp;
use crate::base::{Error, Result};
use crate::domain::auth::session::{self, NewSession};
use crate::domain::auth::{self, Purpose, Registration, link, password};
use crate::domain::mail;
use crate::platform::limiter::Purpose as Counted;
use crate::web::failure::Answer;
use crate::web::flash::own_path;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, wrong};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-out", to("/").post(sign_out))
        .route("/first-run/{code}", get(show_link).post(use_link))
        .route("/join/{code}", get(show_link).post(use_link))
        .route("/new-password/{code}", get(show_link).post(use_link))
}

/// Sign in.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// Where to go afterwards.
    pub back: String,
    /// Whether a lost password can be asked for by mail.
    pub mails: bool,
    /// What was typed.
    pub form: SignInForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct SignInForm {
    /// The short name or the e-mail address.
    pub login: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "pages/sign_in.html";
}

/// Register by a link, or choose a new password.
#[derive(Debug, Serialize)]
pub struct Register {
    /// As in "Welcome".
    pub heading: String,
    /// What this is.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// What the button says.
    pub button: String,
    /// Whether the site gets its name too.
    pub names_site: bool,
    /// Whether an account is made; otherwise only the password changes.
    pub new_person: bool,
    /// The fewest characters of a password.
    pub least: usize,
    /// What was typed.
    pub form: RegisterForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct RegisterForm {
    /// What colleagues call the site.
    pub site_name: String,
    /// What the site is for.
    pub site_description: String,
    /// What colleagues call the person.
    pub display_name: String,
    /// The short name.
    pub username: String,
    /// The e-mail address.
    pub email: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Register {
    const TEMPLATE: &'static str = "pages/register.html";
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    back: String,
}

/// `GET /sign-in`
pub async fn show(web: State<Web>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    if visit.signed.is_some() {
        return Ok(redirect::to(&asked.back));
    }
    let view = SignIn {
        back: own_path(&asked.back).to_owned(),
        mails: web.services().mail.is_on(),
        form: SignInForm::default(),
    };
    sign_in_page(&web, &visit, view).await
}

async fn sign_in_page(web: &Web, visit: &Visit, view: SignIn) -> Answer {
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, visit, Nav::Elsewhere, &view).await?)
}

/// `POST /sign-in`
pub async fn sign_in(
    web: State<Web>,
    visit: Visit,
    client: Option<Extension<ClientIp>>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let login = posted.get("login").trim();
    count_attempt(&web, client, login)?;
    match auth::sign_in(web.services(), login, posted.get("password"), user_agent(&headers)).await {
        Ok(new) => Ok(signed_in(&web, posted.back(), &new)),
        Err(Error::Forbidden { reason }) => {
            let form = SignInForm { login: login.to_owned(), errors: wrong("form", visit.sentence(&reason)) };
            let view = SignIn { back: posted.back().to_owned(), mails: web.services().mail.is_on(), form };
            let mut answer = sign_in_page(&web, &visit, view).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

/// By address and by name, so that neither one place nor one name is tried again and again.
fn count_attempt(web: &Web, client: Option<Extension<ClientIp>>, login: &str) -> Result<()> {
    let limiter = &web.services().limiter;
    if let Some(Extension(ClientIp(address))) = client {
        limiter.check(Counted::SignIn, &format!("address {address}"))?;
    }
    limiter.check(Counted::SignIn, &format!("name {}", login.to_lowercase()))?;
    Ok(())
}

fn signed_in(web: &Web, back: &str, new: &NewSession) -> Response {
    let mut answer = redirect::to(back);
    set_session(web, &mut answer, &new.token, session::LASTS.as_secs());
    answer
}

fn set_session(web: &Web, answer: &mut Response, token: &str, seconds: u64) {
    let secure = if web.services().config.site.is_secure() { "; Secure" } else { "" };
    let name = web.services().config.site.session_cookie();
    let cookie = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::try_from(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn user_agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// `POST /sign-out`
pub async fn sign_out(web: State<Web>, member: Member, _posted: Posted) -> Answer {
    session::close(web.services(), member.id(), member.signed.session).await?;
    let mut answer = redirect::saying(&web, "/sign-in", &Flash::good(member.visit.say("door-signed-out")));
    set_session(&web, &mut answer, "", 0);
    Ok(answer)
}

/// `GET /first-run/{code}`, `/join/{code}`, `/new-password/{code}`
pub async fn show_link(web: State<Web>, visit: Visit, Path(code): Path<String>) -> Answer {
    let view = link_page(&web, &visit, &code, RegisterForm::default()).await?;
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &visit.as_stranger(), Nav::Elsewhere, &view).await?)
}

/// The form behind a link.
async fn link_page(web: &Web, visit: &Visit, code: &str, form: RegisterForm) -> Result<Register> {
    let link = link::get(web.services(), code).await.map_err(|error| match error {
        Error::NotFound { .. } => {
            Error::forbidden("This link was used already or is too old. Ask for a new one where you got it.")
        }
        other => other,
    })?;
    let (heading, lead, button) = match link.purpose {
        Purpose::FirstRun => ("door-first-run", "door-first-run-lead", "door-first-run-button"),
        Purpose::Invitation => ("door-join", "door-join-lead", "door-join-button"),
        Purpose::ResetPassword => ("door-reset", "door-reset-lead", "door-reset-button"),
        Purpose::ConfirmEmail => return Err(Error::not_found("link")),
    };
    Ok(Register {
        heading: visit.say_with(heading, &[("site", visit.about.name.as_str().into())]),
        lead: visit.say(lead),
        action: visit.here.clone(),
        button: visit.say(button),
        names_site: link.purpose == Purpose::FirstRun,
        new_person: link.purpose != Purpose::ResetPassword,
        least: password::MIN,
        form,
    })
}

/// `POST` to the same addresses
pub async fn use_link(
    web: State<Web>,
    visit: Visit,
    Path(code): Path<String>,
    client: Option<Extension<ClientIp>>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    if let Some(Extension(ClientIp(address))) = client {
        web.services().limiter.check(Counted::Register, &format!("address {address}"))?;
    }
    match enter(&web, &code, user_agent(&headers), &posted).await {
        Ok(new) => Ok(signed_in(&web, "/", &new)),
        Err(error @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
            let view = link_page(&web, &visit, &code, refill(&visit, &posted, &error)).await?;
            let mut conn = web.services().db.read().await?;
            let mut answer = web.page(&mut conn, &visit.as_stranger(), Nav::Elsewhere, &view).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

async fn enter(web: &Web, code: &str, user_agent: &str, posted: &Posted) -> Result<NewSession> {
    let services = web.services();
    let id = match link::get(services, code).await?.purpose {
        Purpose::ResetPassword => link::use_for_password(services, code, posted.get("password")).await?,
        Purpose::ConfirmEmail => return Err(Error::not_found("link")),
        Purpose::FirstRun | Purpose::Invitation => {
            let registration = Registration {
                username: posted.get("username").trim().to_owned(),
                email: posted.get("email").trim().to_owned(),
                password: posted.get("password").to_owned(),
                display_name: posted.get("display_name").trim().to_owned(),
                site_name: posted.some("site_name").map(str::to_owned),
                site_description: posted.some("site_description").map(str::to_owned),
            };
            let id = auth::register(services, code, registration).await?.id;
            // Whoever was invited by mail at this very address has confirmed it already.
            mail::ask_confirmation(services, id).await?;
            id
        }
    };
    session::open(services, id, user_agent).await
}

fn refill(visit: &Visit, posted: &Posted, error: &Error) -> RegisterForm {
    let errors = match error {
        Error::Invalid { field, problem } => match *field {
            "site_name" => wrong("site_name", visit.wrong("wrong-name", problem)),
            "username" => wrong("username", visit.wrong("wrong-username", problem)),
            "email" => wrong("email", visit.wrong("wrong-address", problem)),
            "password" => wrong("password", visit.wrong("wrong-password", problem)),
            "display_name" => wrong("display_name", visit.wrong("wrong-name", problem)),
            _ => wrong("form", visit.sentence(problem)),
        },
        other => wrong("form", visit.sentence(&other.to_string())),
    };
    RegisterForm {
        site_name: posted.get("site_name").to_owned(),
        site_description: posted.get("site_description").to_owned(),
        display_name: posted.get("display_name").to_owned(),
        username: posted.get("username").to_owned(),
        email: posted.get("email").to_owned(),
        errors,
    }
}
