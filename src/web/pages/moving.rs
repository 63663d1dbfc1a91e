//! Moving to another department: which accounts elsewhere are one's own, and where one stands now.

use super::to;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use crate::base::{Error, Result};
use crate::domain::accounts::{self, relocate};
use crate::domain::auth::password;
use crate::federation::fetch;
use crate::platform::limiter::Purpose;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Person, wrong};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/settings/moving", get(show))
        .route("/settings/aliases", to("/settings/moving").post(add_alias))
        .route("/settings/aliases/remove", to("/settings/moving").post(remove_alias))
        .route("/settings/move", to("/settings/moving").post(relocate))
        .route("/settings/stay", to("/settings/moving").post(stay))
}

/// Where the page is.
const PAGE: &str = "/settings/moving";

/// The page.
#[derive(Debug, Serialize)]
pub struct Moving {
    /// Other accounts of the same person.
    pub aliases: Vec<Alias>,
    /// Where the person stands now.
    pub moved_to: Option<Person>,
    /// What was typed.
    pub form: MovingForm,
}

/// Another account of the same person.
#[derive(Debug, Serialize)]
pub struct Alias {
    /// Its ActivityPub id.
    pub uri: String,
    /// As in `@ann@sales.example.org`.
    pub name: String,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct MovingForm {
    /// The account that moves here.
    pub alias: String,
    /// The account to move to.
    pub target: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Moving {
    const TEMPLATE: &'static str = "pages/moving.html";
}

/// `GET /settings/moving`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    page(&web, &member, MovingForm::default()).await
}

async fn page(web: &Web, member: &Member, form: MovingForm) -> Answer {
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let mut aliases = Vec::new();
    for uri in relocate::store::find_aliases(&mut conn, member.id()).await? {
        let known = accounts::store::find_by_uri(&mut conn, &uri).await?;
        let name = known.map_or_else(|| uri.clone(), |account| format!("@{}", account.acct()));
        aliases.push(Alias { uri, name });
    }
    let target: Vec<_> = member.signed.account.moved_to_id.into_iter().collect();
    let moved_to = accounts::store::list(&mut conn, &target).await?.pop().map(|target| lens.person(&target));
    let wrong = !form.errors.is_empty();
    let view = Moving { aliases, moved_to, form };
    let mut answer = web.page(&mut conn, &member.visit, Nav::Settings, &view).await?;
    if wrong {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// `POST /settings/aliases`: an account elsewhere is one's own, so that it may move here.
pub async fn add_alias(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let typed = posted.get("alias").trim();
    match with_alias(&web, &member, typed).await {
        Ok(()) => {
            let flash = Flash::good(member.visit.say("moving-alias-saved"));
            Ok(redirect::saying(&web, PAGE, &flash))
        }
        Err(error) => {
            let errors = wrong("alias", said(&member.visit, error)?);
            page(&web, &member, MovingForm { alias: typed.to_owned(), errors, ..MovingForm::default() }).await
        }
    }
}

async fn with_alias(web: &Web, member: &Member, typed: &str) -> Result<()> {
    let services = web.services();
    let alias = fetch::resolve(services, typed).await.map_err(Error::from)?;
    let Some(fetch::Found::Account(alias)) = alias else { return Err(Error::not_found("account")) };
    let mut aliases = relocate::store::find_aliases(&mut services.db.read().await?, member.id()).await?;
    aliases.push(alias.uri);
    relocate::set_aliases(services, member.id(), aliases).await
}

/// `POST /settings/aliases/remove`
pub async fn remove_alias(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let services = web.services();
    let mut aliases = relocate::store::find_aliases(&mut services.db.read().await?, member.id()).await?;
    aliases.retain(|alias| alias != posted.get("uri"));
    relocate::set_aliases(services, member.id(), aliases).await?;
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say("moving-alias-removed"))))
}

/// `POST /settings/move`
pub async fn relocate(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let typed = posted.get("target").trim();
    let errors = match go(&web, &member, typed, posted.get("password")).await {
        Ok(name) => {
            let flash = Flash::good(member.visit.say_with("moving-done", &[("who", name.into())]));
            return Ok(redirect::saying(&web, PAGE, &flash));
        }
        Err(Error::Invalid { field: "current_password", .. }) => {
            wrong("password", member.visit.say("wrong-own-password"))
        }
        Err(error) => wrong("target", said(&member.visit, error)?),
    };
    page(&web, &member, MovingForm { target: typed.to_owned(), errors, ..MovingForm::default() }).await
}

async fn go(web: &Web, member: &Member, typed: &str, typed_password: &str) -> Result<String> {
    let services = web.services();
    services.limiter.check(Purpose::SignIn, &member.id().to_string())?;
    password::confirm(services, member.id(), typed_password).await?;
    let target = fetch::afresh(services, typed).await.map_err(Error::from)?;
    relocate::relocate(services, member.id(), target.id).await?;
    Ok(format!("@{}", target.acct()))
}

/// `POST /settings/stay`: the move is taken back.
pub async fn stay(web: State<Web>, member: Member, _posted: Posted) -> Answer {
    relocate::stay(web.services(), member.id()).await?;
    let flash = Flash::good(member.visit.say("moving-stayed"));
    Ok(redirect::saying(&web, PAGE, &flash))
}

/// What was wrong with an account, in a sentence; other errors are errors of the page.
fn said(visit: &Visit, error: Error) -> Result<String> {
    match error {
        Error::NotFound { .. } => Ok(visit.say("moving-nobody")),
        Error::Invalid { field: "alias" | "target", problem } => Ok(visit.wrong("wrong-account", &problem)),
        Error::Invalid { .. } => Ok(visit.say("moving-no-account")),
        Error::Forbidden { reason } => Ok(visit.sentence(&reason)),
        Error::PeerUnavailable { peer } => Ok(visit.say_with("moving-silent", &[("site", peer.into())])),
        error => Err(error),
    }
}
