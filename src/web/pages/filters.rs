//! What one does not want to read: all filters, and one of them.

#![expect(clippy::option_option, reason = "not said, for ever, and for a while are three answers")]

use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use super::act::undoable;
use crate::base::Error;
use crate::base::id::FilterId;
use crate::domain::filters::{self, Action, Change, Context, Contexts, FilterView, NewFilter, WordChange};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Time, wrong};
use crate::web::visit::Member;

/// Routes of this file.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/filters", get(show))
        .route("/filters/new", get(show_new).post(create))
        .route("/filters/{id}", get(show_one).post(save))
        .route("/filters/{id}/{verb}", super::to("/filters").post(act))
}

/// All filters.
#[derive(Debug, Serialize)]
pub struct Filters {
    /// By title.
    pub filters: Vec<Line>,
}

/// A filter, in a line.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Ours.
    pub id: FilterId,
    /// What it is called.
    pub title: String,
    /// As in "cat, dog".
    pub words: String,
    /// How many posts it names.
    pub posts: usize,
    /// It hides what it finds.
    pub hides: bool,
    /// When it ends.
    pub until: Option<Time>,
    /// It has ended.
    pub over: bool,
}

impl View for Filters {
    const TEMPLATE: &'static str = "pages/filters.html";
}

/// A filter, new or not.
#[derive(Debug, Serialize)]
pub struct FilterPage {
    /// None: a new one.
    pub id: Option<FilterId>,
    /// What it is to be.
    pub form: FilterForm,
}

/// What a filter is to be.
#[derive(Debug, Default, Serialize)]
pub struct FilterForm {
    /// What it is called.
    pub title: String,
    /// A line for each.
    pub words: String,
    /// Parts of words too.
    pub parts: String,
    /// Words of [`Context`].
    pub contexts: Vec<&'static str>,
    /// It hides what it finds.
    pub hide: bool,
    /// When it ends, as it is now.
    pub until: Option<Time>,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for FilterPage {
    const TEMPLATE: &'static str = "pages/filter.html";
}

/// `GET /filters`
async fn show(web: State<Web>, member: Member) -> Answer {
    let mut conn = web.services().db.read().await?;
    let all = filters::list(&mut conn, member.id()).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let line = |view: FilterView| Line {
        id: view.filter.id,
        words: view.words.iter().map(|word| word.word.as_str()).collect::<Vec<_>>().join(", "),
        posts: view.statuses.len(),
        hides: view.filter.action == Action::Hide,
        until: view.filter.expires_at.map(|at| lens.time(at)),
        over: !view.filter.is_active(lens.now()),
        title: view.filter.title,
    };
    let view = Filters { filters: all.into_iter().map(line).collect() };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

/// `GET /filters/new`
async fn show_new(web: State<Web>, member: Member) -> Answer {
    let form = FilterForm {
        contexts: Context::ALL.into_iter().map(Context::word).collect(),
        ..FilterForm::default()
    };
    page(&web, &member, None, form).await
}

/// `GET /filters/{id}`
async fn show_one(web: State<Web>, member: Member, Path(id): Path<FilterId>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let view = filters::get(&mut conn, member.id(), id).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    drop(conn);
    let form = FilterForm {
        words: lines(&view, true),
        parts: lines(&view, false),
        contexts: view.filter.contexts.each().map(Context::word).collect(),
        hide: view.filter.action == Action::Hide,
        until: view.filter.expires_at.map(|at| lens.time(at)),
        title: view.filter.title,
        errors: Errors::default(),
    };
    page(&web, &member, Some(id), form).await
}

fn lines(view: &FilterView, whole: bool) -> String {
    let words = view.words.iter().filter(|word| word.whole == whole);
    words.map(|word| word.word.as_str()).collect::<Vec<_>>().join("\n")
}

async fn page(web: &Web, member: &Member, id: Option<FilterId>, form: FilterForm) -> Answer {
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &FilterPage { id, form }).await?)
}

/// What was typed.
struct Typed {
    form: FilterForm,
    /// Each with whether it counts only as a whole.
    words: Vec<(String, bool)>,
    contexts: Contexts,
    /// Nothing chosen: as it was.
    lasting: Option<Option<Duration>>,
}

impl Typed {
    fn read(posted: &Posted) -> Self {
        let words = |field: &'static str, whole: bool| {
            let lines = posted.get(field).lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(move |line| (line.to_owned(), whole)).collect::<Vec<_>>()
        };
        let contexts: Vec<Context> = posted.all("context").filter_map(Context::from_word).collect();
        let days = |days: u64| Some(Some(Duration::from_hours(24 * days)));
        Self {
            words: [words("words", true), words("parts", false)].concat(),
            lasting: match posted.get("lasting") {
                "always" => Some(None),
                "day" => days(1),
                "week" => days(7),
                "month" => days(30),
                _ => None,
            },
            form: FilterForm {
                title: posted.get("title").to_owned(),
                words: posted.get("words").to_owned(),
                parts: posted.get("parts").to_owned(),
                contexts: contexts.iter().map(|context| context.word()).collect(),
                hide: posted.get("action") == "hide",
                ..FilterForm::default()
            },
            contexts: contexts.into_iter().collect(),
        }
    }

    fn action(&self) -> Action {
        if self.form.hide { Action::Hide } else { Action::Warn }
    }
}

/// `POST /filters/new`
async fn create(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let typed = Typed::read(&posted);
    let new = NewFilter {
        title: typed.form.title.clone(),
        contexts: typed.contexts,
        action: typed.action(),
        expires_in: typed.lasting.flatten(),
        words: typed.words.clone(),
    };
    let made = filters::create(web.services(), member.id(), new).await.map(drop);
    finish(&web, &member, None, typed, made).await
}

/// `POST /filters/{id}`
async fn save(web: State<Web>, member: Member, Path(id): Path<FilterId>, posted: Posted) -> Answer {
    let typed = Typed::read(&posted);
    let mut conn = web.services().db.read().await?;
    let before = filters::get(&mut conn, member.id(), id).await?;
    drop(conn);
    let gone = before.words.iter().filter(|word| !typed.words.contains(&(word.word.clone(), word.whole)));
    let known =
        |new: &&(String, bool)| !before.words.iter().any(|word| (&word.word, word.whole) == (&new.0, new.1));
    let change = Change {
        title: Some(typed.form.title.clone()),
        contexts: Some(typed.contexts),
        action: Some(typed.action()),
        expires_in: typed.lasting,
        words: gone
            .map(|word| WordChange::Remove(word.id))
            .chain(
                typed.words.iter().filter(known).map(|(word, whole)| WordChange::Add(word.clone(), *whole)),
            )
            .collect(),
    };
    let saved = filters::change(web.services(), member.id(), id, change).await.map(drop);
    finish(&web, &member, Some(id), typed, saved).await
}

async fn finish(
    web: &Web,
    member: &Member,
    id: Option<FilterId>,
    typed: Typed,
    done: crate::base::Result<()>,
) -> Answer {
    match done {
        Ok(()) => {
            let flash = Flash::good(member.visit.say("filter-saved"));
            Ok(redirect::saying(web, "/filters", &flash))
        }
        Err(Error::Invalid { field, .. }) => {
            let errors = wrong(field, member.visit.say(&format!("filter-wrong-{field}")));
            let mut answer = page(web, member, id, FilterForm { errors, ..typed.form }).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /filters/{id}/{verb}`
async fn act(web: State<Web>, member: Member, Path((id, verb)): Path<(FilterId, String)>) -> Answer {
    match verb.as_str() {
        "restore" => {
            filters::restore(web.services(), member.id(), id).await?;
            Ok(redirect::to("/filters"))
        }
        "delete" => {
            filters::delete(web.services(), member.id(), id).await?;
            let said = member.visit.say("filter-deleted");
            let flash = undoable(&member.visit, said, format!("/filters/{id}/restore"));
            Ok(redirect::saying(&web, "/filters", &flash))
        }
        _ => Err(Error::not_found("page").into()),
    }
}
