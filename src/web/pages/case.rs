//! One report with the posts in their conversation, and what to do about it; also the same without a report.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::{Deserialize, Serialize};

use super::desk::{self, CaseLine};
use super::log;
use crate::base::id::{AccountId, ModerationActionId, ReportId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::moderation::{self, ActionView, Grounds, ReportedPost};
use crate::domain::statuses::{context::context, hydrate::hydrate_one};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Person, Post, Time, wrong};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/desk/reports/{id}", get(show_report).post(decide_report))
        .route("/desk/act", get(show).post(decide))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Case {
    /// `open` or `resolved`.
    pub tab: &'static str,
    /// The report, if there is one.
    pub report: Option<CaseLine>,
    /// Who is reported.
    pub person: Person,
    /// As in "Limited since 3 May".
    pub standing: String,
    /// The posts that are reported.
    pub posts: Vec<Accused>,
    /// What was done so far.
    pub history: Vec<Done>,
    /// Where the decision is sent.
    pub action: String,
    /// To choose from.
    pub actions: Vec<Action>,
    /// What was typed.
    pub form: CaseForm,
}

/// A reported post with the conversation around it.
#[derive(Debug, Serialize)]
pub struct Accused {
    /// What came before.
    pub above: Vec<Post>,
    /// The post, unless it is gone.
    pub post: Option<Post>,
    /// What it said when it was reported, as plain text.
    pub words: String,
    /// Whether it is removed from this site.
    pub removed: bool,
    /// What came after.
    pub below: Vec<Post>,
}

/// A line of the history.
#[derive(Debug, Serialize)]
pub struct Done {
    /// As in `limit_person`.
    pub what: &'static str,
    /// Whom it concerns.
    pub person: Option<Person>,
    /// Who did it, unless they are gone.
    pub moderator: Option<Person>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
}

/// Something that can be done.
#[derive(Debug, Serialize)]
pub struct Action {
    /// As the form sends it.
    pub key: &'static str,
    /// As in `limit`: names what it says.
    pub word: &'static str,
    /// Whom or what it concerns.
    pub about: String,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct CaseForm {
    /// What was chosen.
    pub act: String,
    /// Why.
    pub reason: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Case {
    const TEMPLATE: &'static str = "pages/case.html";
}

/// How much of the conversation around a post stands on the page, when there is no report.
const ABOVE: usize = 10;
const BELOW: usize = 20;

/// What the address says: a post, or a person.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Asked {
    post: Option<StatusId>,
    person: Option<AccountId>,
}

/// `GET /desk/reports/{id}`
pub async fn show_report(web: State<Web>, member: Member, Path(id): Path<ReportId>) -> Answer {
    report_page(&web, &member, id, CaseForm::default()).await
}

async fn report_page(web: &Web, member: &Member, id: ReportId, form: CaseForm) -> Answer {
    member.require_moderator()?;
    let services = web.services();
    let mut conn = services.db.read().await?;
    let case = moderation::case(services, &mut conn, member.id(), id).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let line = desk::line(&lens, &case.line);
    let view = Case {
        tab: if line.resolved.is_some() { "resolved" } else { "open" },
        person: line.person.clone(),
        standing: standing(&member.visit, &case.line.target),
        posts: case.posts.iter().map(|post| accused(&lens, post)).collect(),
        history: done(&lens, &case.history),
        action: format!("/desk/reports/{id}"),
        actions: actions(&case.line.target, line.resolved.is_none()),
        report: Some(line),
        form,
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}

/// `GET /desk/act`: the same without a report.
pub async fn show(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    bare_page(&web, &member, asked, CaseForm::default()).await
}

async fn bare_page(web: &Web, member: &Member, asked: Asked, form: CaseForm) -> Answer {
    member.require_moderator()?;
    let mut conn = web.services().db.read().await?;
    let account = target_of(web, member, asked).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let posts = match asked.post {
        Some(id) => vec![with_conversation(web, member, &lens, id).await?],
        None => Vec::new(),
    };
    let history = moderation::case::history(&mut conn, member.id(), account.id).await?;
    let query = asked.post.map_or_else(|| format!("person={}", account.id), |post| format!("post={post}"));
    let view = Case {
        tab: "",
        report: None,
        person: lens.person(&account),
        standing: standing(&member.visit, &account),
        posts,
        history: done(&lens, &history),
        action: format!("/desk/act?{query}"),
        actions: actions(&account, false),
        form,
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}

async fn with_conversation(web: &Web, member: &Member, lens: &Lens, id: StatusId) -> Result<Accused> {
    let (services, reader) = (web.services(), member.visit.reader());
    let mut conn = services.db.read().await?;
    let view = hydrate_one(services, &mut conn, &reader, id).await?;
    let around = context(services, &mut conn, &reader, id).await?;
    let from = around.ancestors.len().saturating_sub(ABOVE);
    Ok(Accused {
        above: lens.posts(&around.ancestors[from..]),
        post: Some(lens.post(&view)),
        words: String::new(),
        removed: false,
        below: around.descendants.iter().take(BELOW).map(|view| lens.post(view)).collect(),
    })
}

async fn target_of(web: &Web, member: &Member, asked: Asked) -> Result<Account> {
    let mut conn = web.services().db.read().await?;
    match (asked.post, asked.person) {
        (Some(id), _) => {
            let view = hydrate_one(web.services(), &mut conn, &member.visit.reader(), id).await?;
            Ok(view.shown().account.clone())
        }
        (None, Some(id)) => accounts::store::get(&mut conn, id).await,
        (None, None) => Err(Error::not_found("page")),
    }
}

/// `POST /desk/reports/{id}`
pub async fn decide_report(
    web: State<Web>,
    member: Member,
    Path(id): Path<ReportId>,
    posted: Posted,
) -> Answer {
    member.require_moderator()?;
    let services = web.services();
    let mut conn = services.db.read().await?;
    let target = moderation::case(services, &mut conn, member.id(), id).await?.line.target;
    drop(conn);
    match carry_out(&web, &member, &target, &posted, Some(id)).await {
        Ok(action) => Ok(redirect::saying(&web, "/desk", &said(&member.visit, action))),
        Err(error) => refused(report_page(&web, &member, id, refill(&member.visit, &posted, error)?).await),
    }
}

/// `POST /desk/act`
pub async fn decide(web: State<Web>, member: Member, Query(asked): Query<Asked>, posted: Posted) -> Answer {
    member.require_moderator()?;
    let target = target_of(&web, &member, asked).await?;
    match carry_out(&web, &member, &target, &posted, None).await {
        Ok(action) => Ok(redirect::saying(&web, "/desk/log", &said(&member.visit, action))),
        Err(error) => refused(bare_page(&web, &member, asked, refill(&member.visit, &posted, error)?).await),
    }
}

async fn carry_out(
    web: &Web,
    member: &Member,
    target: &Account,
    posted: &Posted,
    report: Option<ReportId>,
) -> Result<Option<ModerationActionId>> {
    let (services, me) = (web.services(), member.id());
    let grounds = Grounds {
        reason: posted.get("reason").trim().to_owned(),
        report,
        resolve: posted.checked("resolve"),
    };
    let act = posted.get("act");
    if let Some(id) = act.strip_prefix("remove_post:") {
        let id: StatusId = id.parse().map_err(|_| Error::invalid("act", "is not an id"))?;
        return moderation::remove_post(services, me, id, grounds).await.map(Some);
    }
    match (act, report) {
        ("limit_person", _) => moderation::limit_person(services, me, target.id, grounds).await.map(Some),
        ("suspend_person", _) => moderation::suspend_person(services, me, target.id, grounds).await.map(Some),
        ("block_site", _) if !target.is_local() => {
            moderation::block_site(services, me, &target.host, grounds).await.map(Some)
        }
        ("none", Some(report)) => {
            moderation::resolve(services, me, report, posted.get("reason")).await?;
            Ok(None)
        }
        _ => Err(Error::invalid("act", "must be chosen")),
    }
}

fn said(visit: &Visit, action: Option<ModerationActionId>) -> Flash {
    match action {
        Some(id) => Flash::good(visit.say("case-done")).undo(format!("/desk/log/{id}/undo")),
        None => Flash::good(visit.say("case-resolved")),
    }
}

fn refill(visit: &Visit, posted: &Posted, error: Error) -> Result<CaseForm> {
    let errors = match error {
        Error::Invalid { field: "act", .. } => wrong("act", visit.say("case-choose")),
        Error::Invalid { problem, .. } => wrong("reason", visit.wrong("wrong-reason", &problem)),
        error @ (Error::Forbidden { .. } | Error::Conflict { .. }) => {
            wrong("act", visit.sentence(&error.to_string()))
        }
        error => return Err(error),
    };
    Ok(CaseForm { act: posted.get("act").to_owned(), reason: posted.get("reason").to_owned(), errors })
}

fn refused(answer: Answer) -> Answer {
    answer.map(|mut answer| {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        answer
    })
}

fn accused(lens: &Lens, reported: &ReportedPost) -> Accused {
    Accused {
        above: lens.posts(&reported.above),
        post: reported.post.as_ref().map(|post| lens.post(post)),
        words: reported.snapshot.content.clone(),
        removed: reported.post.as_ref().is_some_and(|post| post.status.removed_at.is_some()),
        below: lens.posts(&reported.below),
    }
}

fn done(lens: &Lens, history: &[ActionView]) -> Vec<Done> {
    history
        .iter()
        .map(|view| Done {
            what: log::name_of(view.action.kind),
            person: view.person.as_ref().map(|person| lens.person(person)),
            moderator: view.moderator.as_ref().map(|person| lens.person(person)),
            reason: view.action.reason.clone(),
            at: lens.time(view.action.created_at),
        })
        .collect()
}

fn standing(visit: &Visit, account: &Account) -> String {
    match (account.suspended_at, account.limited_at) {
        (Some(at), _) => visit.say_with("case-suspended", &[("day", at.to_date().into())]),
        (None, Some(at)) => visit.say_with("case-limited", &[("day", at.to_date().into())]),
        (None, None) => visit.say("case-free"),
    }
}

fn actions(account: &Account, open_report: bool) -> Vec<Action> {
    let name = account.name();
    let mut actions = Vec::new();
    let mut offer = |key, word, about: &str| actions.push(Action { key, word, about: about.to_owned() });
    if account.limited_at.is_none() {
        offer("limit_person", "limit", name);
    }
    if account.suspended_at.is_none() {
        offer("suspend_person", "suspend", name);
    }
    if !account.is_local() {
        offer("block_site", "block", &account.host);
    }
    if open_report {
        offer("none", "none", "");
    }
    actions
}
