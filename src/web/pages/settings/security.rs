//! How a person comes in: the password, the browsers that are signed in, the programs that act for them.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde::Serialize;

use super::browser::Browser;
use super::refused;
use crate::base::Error;
use crate::base::id::{OAuthTokenId, SessionId};
use crate::domain::auth::{apps, password, session, store};
use crate::platform::limiter::Purpose;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::pages::authorize::{ScopeLine, meaning};
use crate::web::pages::to;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Time, wrong};
use crate::web::visit::Member;

/// Where the page is.
const PAGE: &str = "/settings/security";

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route(PAGE, get(show))
        .route("/settings/password", to(PAGE).post(save_password))
        .route("/settings/sessions/end", to(PAGE).post(end_others))
        .route("/settings/sessions/{id}/end", to(PAGE).post(end_session))
        .route("/settings/apps/revoke", to(PAGE).post(revoke_all))
        .route("/settings/apps/{id}/revoke", to(PAGE).post(revoke))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Security {
    /// For the browser's store of passwords.
    pub login: String,
    /// The e-mail address.
    pub email: String,
    /// The fewest characters of a password.
    pub least: usize,
    /// The latest first.
    pub sessions: Vec<SessionLine>,
    /// The latest first.
    pub apps: Vec<AppLine>,
    /// What was typed.
    pub form: SecurityForm,
}

/// What was typed; passwords are not given back.
#[derive(Debug, Default, Serialize)]
pub struct SecurityForm {
    /// What could not be taken.
    pub errors: Errors,
}

/// A browser that is signed in.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    /// Ours.
    pub id: SessionId,
    /// What it is.
    pub browser: Browser,
    /// When it last asked for a page.
    pub seen: Time,
    /// Whether it is this one.
    pub current: bool,
}

/// A program that acts for the person.
#[derive(Debug, Serialize)]
pub struct AppLine {
    /// Ours.
    pub id: OAuthTokenId,
    /// As people call it.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
    /// What it may do.
    pub scopes: Vec<ScopeLine>,
    /// Since when.
    pub since: Time,
    /// When it last did something.
    pub used: Option<Time>,
    /// Whether it was made on the command line.
    pub by_hand: bool,
}

impl View for Security {
    const TEMPLATE: &'static str = "pages/settings/security.html";
}

/// `GET /settings/security`
async fn show(web: State<Web>, member: Member) -> Answer {
    page(&web, &member, Errors::new()).await
}

async fn page(web: &Web, member: &Member, errors: Errors) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let sessions = session::list(services, &mut conn, member.id()).await?;
    let apps = apps::list(&mut conn, member.id()).await?;
    let view = Security {
        login: member.signed.account.username.clone(),
        email: store::get(&mut conn, member.id()).await?.email,
        least: password::MIN,
        sessions: sessions
            .into_iter()
            .map(|session| SessionLine {
                id: session.id,
                browser: Browser::of(&session.user_agent),
                seen: lens.time(session.last_seen_at),
                current: session.id == member.signed.session,
            })
            .collect(),
        apps: apps.into_iter().map(|app| line(&lens, app)).collect(),
        form: SecurityForm { errors },
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

fn line(lens: &Lens, app: apps::App) -> AppLine {
    let scopes = app.scopes.iter();
    AppLine {
        id: app.id,
        name: app.name,
        website: app.website,
        scopes: scopes
            .map(|scope| ScopeLine { name: scope.word().to_owned(), label: meaning(scope) })
            .collect(),
        since: lens.time(app.since),
        used: app.used_at.map(|at| lens.time(at)),
        by_hand: app.by_hand,
    }
}

/// `POST /settings/password`
async fn save_password(web: State<Web>, member: Member, posted: Posted) -> Answer {
    web.services().limiter.check(Purpose::SignIn, &member.id().to_string())?;
    let kept = Some(member.signed.session);
    let (current, new) = (posted.get("current"), posted.get("password"));
    match password::change(web.services(), member.id(), current, new, kept).await {
        Ok(()) => {
            let flash = Flash::good(member.visit.say("settings-password-saved"));
            Ok(redirect::saying(&web, PAGE, &flash))
        }
        Err(Error::Invalid { field, problem }) => {
            let field = if field == "current_password" { "current" } else { "password" };
            let errors = wrong(field, member.visit.wrong("wrong-password", &problem));
            refused(page(&web, &member, errors).await)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/sessions/{id}/end`
async fn end_session(web: State<Web>, member: Member, Path(id): Path<SessionId>, _: Posted) -> Answer {
    session::close(web.services(), member.id(), id).await?;
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say("settings-session-ended"))))
}

/// `POST /settings/sessions/end`
async fn end_others(web: State<Web>, member: Member, _: Posted) -> Answer {
    session::close_others(web.services(), member.id(), Some(member.signed.session)).await?;
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say("settings-sessions-ended"))))
}

/// `POST /settings/apps/{id}/revoke`
async fn revoke(web: State<Web>, member: Member, Path(id): Path<OAuthTokenId>, _: Posted) -> Answer {
    apps::revoke(web.services(), member.id(), id).await?;
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say("settings-app-revoked"))))
}

/// `POST /settings/apps/revoke`
async fn revoke_all(web: State<Web>, member: Member, _: Posted) -> Answer {
    apps::revoke_all(web.services(), member.id()).await?;
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say("settings-apps-revoked"))))
}
