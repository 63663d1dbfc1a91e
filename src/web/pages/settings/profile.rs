//! The profile: what others see of a person.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use serde::Serialize;

use super::refused;
use crate::base::text::to_plain;
use crate::base::{Error, Result};
use crate::domain::accounts::update_profile::{Change, update_profile};
use crate::domain::media::face::{keep_avatar, keep_header};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, wrong};
use crate::web::visit::{Member, Visit};

/// Where the page is.
const PAGE: &str = "/settings/profile";

/// The most lines of a profile.
const LINES: usize = 8;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/settings", get(show)).route(PAGE, get(show).post(save))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct ProfileSettings {
    /// The picture above the profile.
    pub header: Option<String>,
    /// What is set.
    pub form: ProfileForm,
}

/// What is set.
#[derive(Debug, Default, Serialize)]
pub struct ProfileForm {
    /// The name that others see.
    pub display_name: String,
    /// As it was typed.
    pub bio: String,
    /// Lines of name and value; some are empty, to be filled.
    pub lines: Vec<LineForm>,
    /// What could not be taken.
    pub errors: Errors,
}

/// A line of the profile.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LineForm {
    /// As in "Pronouns".
    pub name: String,
    /// As in "she, her".
    pub value: String,
}

impl View for ProfileSettings {
    const TEMPLATE: &'static str = "pages/settings/profile.html";
}

/// `GET /settings/profile`
async fn show(web: State<Web>, member: Member) -> Answer {
    let account = &member.signed.account;
    let lines = account.fields();
    let form = ProfileForm {
        display_name: account.display_name.clone(),
        bio: account.note_source.clone(),
        lines: lines
            .into_iter()
            .map(|line| LineForm { value: to_plain(&line.value), name: line.name })
            .collect(),
        errors: Errors::new(),
    };
    page(&web, &member, form).await
}

async fn page(web: &Web, member: &Member, mut form: ProfileForm) -> Answer {
    let room = (form.lines.len() + 2).clamp(4, LINES);
    form.lines.resize(room.max(form.lines.len()), LineForm::default());
    let account = &member.signed.account;
    let header = account.header_key.as_ref().map(|_| header_address(account));
    let view = ProfileSettings { header, form };
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

fn header_address(account: &crate::domain::accounts::Account) -> String {
    format!("/headers/{}?v={}", account.id, account.updated_at.0)
}

/// `POST /settings/profile`
async fn save(web: State<Web>, member: Member, posted: Posted) -> Answer {
    match change(&web, &member, &posted).await {
        Ok(()) => {
            let me = format!("/@{}", member.signed.account.username);
            let flash = Flash::good(member.visit.say("settings-profile-saved"));
            Ok(redirect::saying(&web, PAGE, &flash.link(me, member.visit.say("settings-profile-see"))))
        }
        Err(error @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
            let form = ProfileForm {
                display_name: posted.get("display_name").to_owned(),
                bio: posted.get("bio").to_owned(),
                lines: lines(&posted).into_iter().map(|(name, value)| LineForm { name, value }).collect(),
                errors: errors(&member.visit, &error),
            };
            refused(page(&web, &member, form).await)
        }
        Err(error) => Err(error.into()),
    }
}

fn errors(visit: &Visit, error: &Error) -> Errors {
    match error {
        Error::Invalid { field: "display_name", problem } => {
            wrong("display_name", visit.wrong("wrong-name", problem))
        }
        Error::Invalid { field: "note", problem } => wrong("bio", visit.wrong("wrong-text", problem)),
        Error::Invalid { field: "fields", problem } => wrong("lines", visit.wrong("wrong-lines", problem)),
        Error::Invalid { field: "header", problem } => wrong("header", visit.wrong("wrong-picture", problem)),
        Error::Invalid { problem, .. } => wrong("avatar", visit.wrong("wrong-picture", problem)),
        other => wrong("avatar", visit.sentence(&other.to_string())),
    }
}

fn lines(posted: &Posted) -> Vec<(String, String)> {
    let (names, values) = (posted.all("line_name"), posted.all("line_value"));
    let typed = names.zip(values).map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    typed.filter(|(name, value)| !name.is_empty() || !value.is_empty()).collect()
}

async fn change(web: &Web, member: &Member, posted: &Posted) -> Result<()> {
    let services = web.services();
    let picked = |name| posted.files(name).find(|file| !file.is_empty()).cloned();
    let avatar_key = match picked("avatar") {
        Some(file) => Some(Some(keep_avatar(services, file).await?)),
        None => posted.checked("remove_avatar").then_some(None),
    };
    let header_key = match picked("header") {
        Some(file) => Some(Some(keep_header(services, file).await.map_err(of_header)?)),
        None => posted.checked("remove_header").then_some(None),
    };
    let change = Change {
        display_name: Some(posted.get("display_name").to_owned()),
        note: Some(posted.get("bio").replace("\r\n", "\n")),
        fields: Some(lines(posted)),
        avatar_key,
        header_key,
        ..Change::default()
    };
    update_profile(services, member.id(), change).await?;
    Ok(())
}

fn of_header(error: Error) -> Error {
    match error {
        Error::Invalid { problem, .. } => Error::Invalid { field: "header", problem },
        other => other,
    }
}
