//! A list: what its members write, who they are, what it is called.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::{Deserialize, Serialize};

use super::act::undoable;
use super::lists::ListForm;
use super::people::rows;
use crate::base::id::{AccountId, ListId};
use crate::base::{Error, Result};
use crate::domain::lists::{self, Change, Pin, PinKind};
use crate::domain::{accounts, follows, timelines};
use crate::platform::db::Conn;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::paging::Paging;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Flash, Nav, Pager, PersonRow, Post, wrong};
use crate::web::visit::Member;

/// Routes of this file.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/lists/{id}", get(show))
        .route("/lists/{id}/edit", get(show_edit).post(save))
        .route("/lists/{id}/{verb}", get(to_list).post(act))
        .route("/lists/{id}/people/{verb}", get(to_members).post(act_on_person))
}

/// How many posts a page has.
const POSTS: i64 = 20;
/// How many people a page has, and a search finds.
const PEOPLE: i64 = 40;

/// What its members write.
#[derive(Debug, Serialize)]
pub struct ListPage {
    /// Ours.
    pub id: ListId,
    /// What it is called.
    pub title: String,
    /// It stands in the rail.
    pub pinned: bool,
    /// Nobody is on it.
    pub no_members: bool,
    /// Newest first.
    pub posts: Vec<Post>,
    /// Older and newer.
    pub pager: Pager,
}

impl View for ListPage {
    const TEMPLATE: &'static str = "pages/list.html";
}

/// `GET /lists/{id}`
async fn show(web: State<Web>, member: Member, paging: Query<Paging>, Path(id): Path<ListId>) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let list = lists::get(&mut conn, member.id(), id).await?;
    let timeline = timelines::list(services, &mut conn, member.id(), id, paging.page(POSTS)).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let path = format!("/lists/{id}");
    let view = ListPage {
        id,
        pinned: is_pinned(&mut conn, member.id(), id).await?,
        no_members: lists::store::count_members(&mut conn, id).await? == 0,
        title: list.title,
        posts: lens.posts(&timeline.statuses),
        pager: paging.by_time(&path, timeline.span.map(|(a, b)| (a.0, b.0)), timeline.full),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

async fn is_pinned(conn: &mut Conn, person: AccountId, id: ListId) -> Result<bool> {
    let pinned = lists::pins::list(conn, person).await?;
    Ok(pinned.iter().any(|entry| entry.kind == PinKind::List && entry.target == id.to_string()))
}

/// Its name and its members.
#[derive(Debug, Serialize)]
pub struct ListEdit {
    /// Ours.
    pub id: ListId,
    /// What it is to be.
    pub form: ListForm,
    /// Who is on it, the latest first.
    pub members: Vec<PersonRow>,
    /// What was looked for.
    pub query: String,
    /// Those of whom the reader follows that are not on it.
    pub found: Vec<PersonRow>,
    /// Further members.
    pub pager: Pager,
}

impl View for ListEdit {
    const TEMPLATE: &'static str = "pages/list_edit.html";
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    offset: Option<i64>,
}

/// `GET /lists/{id}/edit`
async fn show_edit(
    web: State<Web>,
    member: Member,
    Path(id): Path<ListId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut conn = web.services().db.read().await?;
    let list = lists::get(&mut conn, member.id(), id).await?;
    drop(conn);
    let form = ListForm {
        title: list.title,
        replies: list.replies.word(),
        exclusive: list.exclusive,
        ..ListForm::default()
    };
    edit_page(&web, &member, id, &asked, form).await
}

async fn edit_page(web: &Web, member: &Member, id: ListId, asked: &Asked, form: ListForm) -> Answer {
    let me = member.id();
    let query: String = asked.q.trim().chars().take(200).collect();
    let paging = Paging { offset: asked.offset, ..Paging::default() };
    let mut conn = web.services().db.read().await?;
    let members = lists::store::list_members(&mut conn, id, PEOPLE, paging.from()).await?;
    let found = candidates(&mut conn, me, id, &query).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let view = ListEdit {
        id,
        form,
        members: rows(&mut conn, &lens, me, &members).await?,
        found: rows(&mut conn, &lens, me, &found).await?,
        query,
        pager: paging.by_name(&format!("/lists/{id}/edit"), PEOPLE, members.len() as i64 >= PEOPLE),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// Whom one follows and who is not on the list: those who fit what was typed, else those followed last.
async fn candidates(conn: &mut Conn, me: AccountId, id: ListId, query: &str) -> Result<Vec<AccountId>> {
    let found = if query.is_empty() {
        follows::store::list_following(conn, me, PEOPLE, 0).await?
    } else {
        accounts::search(conn, Some(me), query, PEOPLE, 0).await?
    };
    let followed = lists::store::list_addable(conn, me, &found).await?;
    let on_it = lists::store::list_members_among(conn, id, &found).await?;
    Ok(found.into_iter().filter(|person| followed.contains(person) && !on_it.contains(person)).collect())
}

/// `POST /lists/{id}/edit`
async fn save(web: State<Web>, member: Member, Path(id): Path<ListId>, posted: Posted) -> Answer {
    let form = ListForm::read(&posted);
    let change = Change {
        title: Some(form.title.clone()),
        replies: Some(form.replies()),
        exclusive: Some(form.exclusive),
    };
    match lists::change(web.services(), member.id(), id, change).await {
        Ok(_) => {
            let flash = Flash::good(member.visit.say("list-saved"));
            Ok(redirect::saying(&web, &format!("/lists/{id}"), &flash))
        }
        Err(Error::Invalid { field, .. }) => {
            let errors = wrong(field, member.visit.say(&format!("list-wrong-{field}")));
            let form = ListForm { errors, ..form };
            let mut answer = edit_page(&web, &member, id, &Asked::default(), form).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /lists/{id}/{verb}`
async fn act(
    web: State<Web>,
    member: Member,
    Path((id, verb)): Path<(ListId, String)>,
    posted: Posted,
) -> Answer {
    let (services, me) = (web.services(), member.id());
    match verb.as_str() {
        "pin" => lists::pin(services, me, &Pin::list(id)).await?,
        "unpin" => lists::unpin(services, me, &Pin::list(id)).await?,
        "restore" => {
            lists::restore(services, me, id).await?;
            return Ok(redirect::to(&format!("/lists/{id}")));
        }
        "delete" => {
            lists::delete(services, me, id).await?;
            let said = member.visit.say("list-deleted");
            let flash = undoable(&member.visit, said, format!("/lists/{id}/restore"));
            return Ok(redirect::saying(&web, "/lists", &flash));
        }
        _ => return Err(Error::not_found("page").into()),
    }
    Ok(redirect::to(posted.back()))
}

/// `POST /lists/{id}/people/{verb}`
async fn act_on_person(
    web: State<Web>,
    member: Member,
    Path((id, verb)): Path<(ListId, String)>,
    posted: Posted,
) -> Answer {
    let person: AccountId = posted.id("person")?;
    match verb.as_str() {
        "add" => lists::add(web.services(), member.id(), id, &[person]).await?,
        "remove" => lists::remove(web.services(), member.id(), id, &[person]).await?,
        _ => return Err(Error::not_found("page").into()),
    }
    Ok(redirect::to(posted.back()))
}

async fn to_list(Path((id, _)): Path<(ListId, String)>) -> axum::response::Response {
    redirect::to(&format!("/lists/{id}"))
}

async fn to_members(Path((id, _)): Path<(ListId, String)>) -> axum::response::Response {
    redirect::to(&format!("/lists/{id}/edit"))
}
