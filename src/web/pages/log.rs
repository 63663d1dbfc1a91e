//! The log: what moderators did, and the way to undo it.

use super::to;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::id::{ModerationActionId, ReportId};
use crate::domain::moderation::{self, ActionKind, ActionView};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::paging::Paging;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Flash, Nav, Pager, Person, Time};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/desk/log", get(show)).route("/desk/log/{id}/undo", to("/desk/log").post(undo))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Log {
    /// Latest first.
    pub entries: Vec<Entry>,
    /// Older and newer.
    pub pager: Pager,
}

/// A line.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Ours.
    pub id: ModerationActionId,
    /// As in `suspend_person`.
    pub what: &'static str,
    /// Whom.
    pub person: Option<Person>,
    /// Which site.
    pub host: Option<String>,
    /// Where the post is.
    pub post: Option<String>,
    /// The report that led to it.
    pub report: Option<ReportId>,
    /// Why.
    pub reason: String,
    /// Who did it, unless they are gone.
    pub moderator: Option<Person>,
    /// When.
    pub at: Time,
    /// Whether it was undone.
    pub undone: bool,
    /// Whether it can be undone.
    pub may_undo: bool,
}

impl View for Log {
    const TEMPLATE: &'static str = "pages/log.html";
}

/// How many lines a page has.
const ENTRIES: i64 = 30;

/// `GET /desk/log`
pub async fn show(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    member.require_moderator()?;
    let mut conn = web.services().db.read().await?;
    let actions = moderation::log(&mut conn, member.id(), paging.page(ENTRIES)).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let span = actions.first().zip(actions.last()).map(|(first, last)| (first.action.id.0, last.action.id.0));
    let view = Log {
        pager: paging.by_time("/desk/log", span, actions.len() as i64 >= ENTRIES),
        entries: actions.iter().map(|action| entry(&lens, action)).collect(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}

/// `POST /desk/log/{id}/undo`
pub async fn undo(
    web: State<Web>,
    member: Member,
    Path(id): Path<ModerationActionId>,
    posted: Posted,
) -> Answer {
    member.require_moderator()?;
    moderation::undo(web.services(), member.id(), id, posted.get("reason")).await?;
    Ok(redirect::saying(&web, posted.back(), &Flash::good(member.visit.say("log-undid"))))
}

fn entry(lens: &Lens, view: &ActionView) -> Entry {
    let action = &view.action;
    Entry {
        id: action.id,
        what: name_of(action.kind),
        person: view.person.as_ref().map(|person| lens.person(person)),
        host: action.host.clone(),
        post: action
            .status_id
            .zip(view.person.as_ref())
            .map(|(id, person)| format!("/@{}/{id}", person.acct())),
        report: action.report_id,
        reason: action.reason.clone(),
        moderator: view.moderator.as_ref().map(|person| lens.person(person)),
        at: lens.time(action.created_at),
        undone: view.undone_by.is_some(),
        may_undo: view.can_be_undone(),
    }
}

/// What was done: names how a line begins.
pub fn name_of(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Undo => "undo-done",
        other => other.word(),
    }
}
