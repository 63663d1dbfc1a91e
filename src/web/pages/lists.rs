//! One's lists: all of them, a new one, and on which of them somebody stands.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use crate::base::id::{AccountId, ListId};
use crate::base::{Error, Result};
use crate::domain::lists::{self, NewList, PinKind, Replies};
use crate::domain::{accounts, follows};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Person, wrong};
use crate::web::visit::Member;

/// Routes of this file.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/lists", get(show).post(create))
        .route("/lists/with/{person}", get(show_with).post(save_with))
}

/// All lists.
#[derive(Debug, Serialize)]
pub struct Lists {
    /// By title.
    pub lists: Vec<Line>,
    /// A new one.
    pub form: ListForm,
}

/// A list, in a line.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Ours.
    pub id: ListId,
    /// What it is called.
    pub title: String,
    /// Its members do not stand in the home as well.
    pub exclusive: bool,
    /// It stands in the rail.
    pub pinned: bool,
}

/// What a list is to be.
#[derive(Debug, Default, Serialize)]
pub struct ListForm {
    /// What it is called.
    pub title: String,
    /// A word of [`Replies`].
    pub replies: &'static str,
    /// Its members do not stand in the home as well.
    pub exclusive: bool,
    /// What could not be taken.
    pub errors: Errors,
}

impl ListForm {
    /// What was typed.
    pub fn read(posted: &Posted) -> Self {
        Self {
            title: posted.get("title").to_owned(),
            replies: Replies::from_word(posted.get("replies")).unwrap_or_default().word(),
            exclusive: posted.checked("exclusive"),
            errors: Errors::default(),
        }
    }

    /// For the domain.
    pub fn replies(&self) -> Replies {
        Replies::from_word(self.replies).unwrap_or_default()
    }
}

impl View for Lists {
    const TEMPLATE: &'static str = "pages/lists.html";
}

/// `GET /lists`
async fn show(web: State<Web>, member: Member) -> Answer {
    page(&web, &member, ListForm::default()).await
}

async fn page(web: &Web, member: &Member, form: ListForm) -> Answer {
    let mut conn = web.services().db.read().await?;
    let all = lists::store::list(&mut conn, member.id()).await?;
    let pinned = lists::pins::list(&mut conn, member.id()).await?;
    let is_pinned =
        |id: ListId| pinned.iter().any(|entry| entry.kind == PinKind::List && entry.target == id.to_string());
    let line = |list: lists::List| Line {
        id: list.id,
        pinned: is_pinned(list.id),
        title: list.title,
        exclusive: list.exclusive,
    };
    let view = Lists { lists: all.into_iter().map(line).collect(), form };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// `POST /lists`
async fn create(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let form = ListForm::read(&posted);
    let new = NewList { title: form.title.clone(), replies: form.replies(), exclusive: form.exclusive };
    match lists::create(web.services(), member.id(), new).await {
        Ok(list) => Ok(redirect::to(&format!("/lists/{}/edit", list.id))),
        Err(Error::Invalid { field, .. }) => {
            let errors = wrong(field, member.visit.say(&format!("list-wrong-{field}")));
            let mut answer = page(&web, &member, ListForm { errors, ..form }).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

/// On which lists somebody stands.
#[derive(Debug, Serialize)]
pub struct ListsWith {
    /// Who.
    pub person: Person,
    /// Whether the reader follows them: others cannot be on a list.
    pub followed: bool,
    /// All lists of the reader.
    pub lists: Vec<Choice>,
}

/// A list to choose.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// Ours.
    pub id: ListId,
    /// What it is called.
    pub title: String,
    /// The person is on it.
    pub chosen: bool,
}

impl View for ListsWith {
    const TEMPLATE: &'static str = "pages/lists_with.html";
}

/// `GET /lists/with/{person}`
async fn show_with(web: State<Web>, member: Member, Path(person): Path<AccountId>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let account = accounts::store::get(&mut conn, person).await?;
    if account.is_hidden() {
        return Err(Error::not_found("person").into());
    }
    let all = lists::store::list(&mut conn, member.id()).await?;
    let with = lists::store::list_with(&mut conn, member.id(), person).await?;
    let sites = web.sites(&mut conn).await?;
    let view = ListsWith {
        followed: follows::store::find(&mut conn, member.id(), person).await?.is_some(),
        person: member.visit.lens(&web, &sites).person(&account),
        lists: all
            .into_iter()
            .map(|list| Choice { chosen: with.contains(&list), id: list.id, title: list.title })
            .collect(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::People, &view).await?)
}

/// `POST /lists/with/{person}`
async fn save_with(web: State<Web>, member: Member, Path(person): Path<AccountId>, posted: Posted) -> Answer {
    let chosen: Vec<ListId> = posted.all("list").filter_map(|id| id.parse().ok()).collect();
    let account = set_lists(&web, member.id(), person, &chosen).await?;
    let flash = Flash::good(member.visit.say("lists-with-saved"));
    Ok(redirect::saying(&web, &crate::web::lens::page_of(&account), &flash))
}

async fn set_lists(
    web: &Web,
    me: AccountId,
    person: AccountId,
    chosen: &[ListId],
) -> Result<accounts::Account> {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let account = accounts::store::get(&mut conn, person).await?;
    let with: Vec<ListId> =
        lists::store::list_with(&mut conn, me, person).await?.into_iter().map(|list| list.id).collect();
    drop(conn);
    for id in chosen.iter().filter(|id| !with.contains(id)) {
        lists::add(services, me, *id, &[person]).await?;
    }
    for id in with.iter().filter(|id| !chosen.contains(id)) {
        lists::remove(services, me, *id, &[person]).await?;
    }
    Ok(account)
}
