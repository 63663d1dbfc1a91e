//! Settings: the profile, the password, where one is signed in.

use super::to;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use crate::base::id::SessionId;
use crate::base::{Error, Result};
use crate::domain::accounts::update_profile::{Change, update_profile};
use crate::domain::auth::{password, session};
use crate::domain::media::face::keep_avatar;
use crate::web::failure::{Answer, sentence};
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Time, wrong};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/settings", get(show))
        .route("/settings/profile", to("/settings").post(save_profile))
        .route("/settings/password", to("/settings").post(save_password))
        .route("/settings/sessions/{id}/end", to("/settings").post(end_session))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Settings {
    /// What is set.
    pub form: SettingsForm,
    /// For the browser's store of passwords.
    pub login: String,
    /// The fewest characters of a password.
    pub least: usize,
    /// The latest first.
    pub sessions: Vec<SessionLine>,
}

/// What is set.
#[derive(Debug, Default, Serialize)]
pub struct SettingsForm {
    /// The name that others see.
    pub display_name: String,
    /// As it was typed.
    pub bio: String,
    /// Whether one is asked before somebody follows.
    pub locked: bool,
    /// Whether one is listed.
    pub discoverable: bool,
    /// Whether one's posts may be found by search.
    pub indexable: bool,
    /// What could not be taken.
    pub errors: Errors,
}

/// A browser that is signed in.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    /// Ours.
    pub id: SessionId,
    /// As in "Firefox on Linux".
    pub browser: String,
    /// When it last asked for a page.
    pub seen: Time,
    /// Whether it is this one.
    pub current: bool,
}

impl View for Settings {
    const TEMPLATE: &'static str = "pages/settings.html";
}

/// `GET /settings`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    let form = as_it_is(&member);
    page(&web, &member, form).await
}

fn as_it_is(member: &Member) -> SettingsForm {
    let account = &member.signed.account;
    SettingsForm {
        display_name: account.display_name.clone(),
        bio: account.note_source.clone(),
        locked: account.locked,
        discoverable: account.discoverable,
        indexable: account.indexable,
        errors: Errors::new(),
    }
}

async fn page(web: &Web, member: &Member, form: SettingsForm) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let sessions = session::list(services, &mut conn, member.id()).await?;
    let view = Settings {
        form,
        login: member.signed.account.username.clone(),
        least: password::MIN,
        sessions: sessions
            .into_iter()
            .map(|session| SessionLine {
                id: session.id,
                browser: browser(&session.user_agent),
                seen: lens.time(session.last_seen_at),
                current: session.id == member.signed.session,
            })
            .collect(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

/// `POST /settings/profile`
pub async fn save_profile(web: State<Web>, member: Member, posted: Posted) -> Answer {
    match change_profile(&web, &member, &posted).await {
        Ok(()) => Ok(redirect::saying(&web, "/settings", &Flash::good("Your profile is saved."))),
        Err(error @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
            let errors = match &error {
                Error::Invalid { field: "display_name", problem } => {
                    wrong("display_name", format!("The name {problem}."))
                }
                Error::Invalid { field: "note", problem } => wrong("bio", format!("The text {problem}.")),
                other => wrong("avatar", sentence(&other.to_string())),
            };
            let form = SettingsForm {
                display_name: posted.get("display_name").to_owned(),
                bio: posted.get("bio").to_owned(),
                locked: posted.checked("locked"),
                discoverable: posted.checked("discoverable"),
                indexable: posted.checked("indexable"),
                errors,
            };
            refused(page(&web, &member, form).await)
        }
        Err(error) => Err(error.into()),
    }
}

async fn change_profile(web: &Web, member: &Member, posted: &Posted) -> Result<()> {
    let services = web.services();
    let photo = posted.files("avatar").find(|file| !file.is_empty());
    let avatar_key = match photo {
        Some(file) => Some(Some(keep_avatar(services, file.clone()).await?)),
        None => posted.checked("remove_avatar").then_some(None),
    };
    let change = Change {
        display_name: Some(posted.get("display_name").to_owned()),
        note: Some(posted.get("bio").replace("\r\n", "\n")),
        locked: Some(posted.checked("locked")),
        discoverable: Some(posted.checked("discoverable")),
        indexable: Some(posted.checked("indexable")),
        avatar_key,
        ..Change::default()
    };
    update_profile(services, member.id(), change).await?;
    Ok(())
}

/// `POST /settings/password`
pub async fn save_password(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let kept = Some(member.signed.session);
    let (current, new) = (posted.get("current"), posted.get("password"));
    match password::change(web.services(), member.id(), current, new, kept).await {
        Ok(()) => {
            let flash = Flash::good("Your password is changed, and every other browser is signed out.");
            Ok(redirect::saying(&web, "/settings", &flash))
        }
        Err(Error::Invalid { field, problem }) => {
            let field = if field == "current_password" { "current" } else { "password" };
            let errors = wrong(field, format!("The password {problem}."));
            refused(page(&web, &member, SettingsForm { errors, ..as_it_is(&member) }).await)
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(answer: Answer) -> Answer {
    answer.map(|mut answer| {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        answer
    })
}

/// `POST /settings/sessions/{id}/end`
pub async fn end_session(
    web: State<Web>,
    member: Member,
    Path(id): Path<SessionId>,
    _posted: Posted,
) -> Answer {
    session::close(web.services(), member.id(), id).await?;
    Ok(redirect::saying(&web, "/settings", &Flash::good("That browser is signed out.")))
}

/// As in "Firefox on Linux", from what the browser says it is.
fn browser(user_agent: &str) -> String {
    let first_of = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    let program = first_of(&[
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first_of(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => "Another program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_by_its_name() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(browser(chrome), "Chrome on Linux");
        assert_eq!(browser("curl/8"), "Another program");
    }
}
