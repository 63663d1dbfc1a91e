//! A report to the moderators.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::moderation::{self, NewReport};
use crate::domain::statuses::hydrate::hydrate_one;
use crate::platform::limiter::Purpose;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Person, Post, wrong};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/report", get(show).post(send))
}

/// The form.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Who is reported.
    pub person: Person,
    /// The post that is reported.
    pub post: Option<Post>,
    /// To choose from.
    pub categories: &'static [Category],
    /// Where to go afterwards.
    pub back: String,
    /// What was typed.
    pub form: ReportForm,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Category {
    /// As the form sends it.
    pub key: &'static str,
    /// In a few words.
    pub label: &'static str,
    /// In a sentence.
    pub hint: &'static str,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct ReportForm {
    /// As in `spam`.
    pub category: String,
    /// In the reporter's words.
    pub comment: String,
    /// Whether the other site is told.
    pub forward: bool,
    /// What could not be taken.
    pub errors: Errors,
}

/// To choose from.
pub const CATEGORIES: &[Category] = &[
    Category {
        key: "violation",
        label: "It breaks our rules",
        hint: "Insults, threats, discrimination, other people's private matters.",
    },
    Category {
        key: "spam",
        label: "It is advertising or noise",
        hint: "The same thing again and again, or nothing to do with work.",
    },
    Category {
        key: "legal",
        label: "It may be against the law",
        hint: "Confidential documents, copyright, personal data.",
    },
    Category { key: "other", label: "Something else", hint: "Say in your words what it is." },
];

impl View for Report {
    const TEMPLATE: &'static str = "pages/report.html";
}

/// What the address says: a post, or a person.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Asked {
    post: Option<StatusId>,
    person: Option<AccountId>,
}

/// `GET /report`
pub async fn show(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    page(&web, &member, asked, ReportForm::default()).await
}

async fn page(web: &Web, member: &Member, asked: Asked, form: ReportForm) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let (person, post) = match (asked.post, asked.person) {
        (Some(id), _) => {
            let view = hydrate_one(services, &mut conn, &member.visit.reader(), id).await?;
            (lens.person(&view.shown().account), Some(lens.post(&view)))
        }
        (None, Some(id)) => (lens.person(&accounts::store::get(&mut conn, id).await?), None),
        (None, None) => return Err(Error::not_found("page").into()),
    };
    let back = post.as_ref().map_or_else(|| person.url.clone(), |post| post.url.clone());
    let view = Report { person, post, categories: CATEGORIES, back, form };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// `POST /report`
pub async fn send(web: State<Web>, member: Member, posted: Posted) -> Answer {
    match report(&web, &member, &posted).await {
        Ok(()) => {
            let flash = Flash::good("Thank you. The moderators of this site look at it.");
            Ok(redirect::saying(&web, posted.back(), &flash))
        }
        Err(Error::Invalid { field: field @ ("comment" | "category"), problem }) => {
            let form = ReportForm {
                category: posted.get("category").to_owned(),
                comment: posted.get("comment").to_owned(),
                forward: posted.checked("forward"),
                errors: wrong(field, format!("This {problem}.")),
            };
            let asked = Asked { post: posted.id("post").ok(), person: posted.id("person").ok() };
            let mut answer = page(&web, &member, asked, form).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

async fn report(web: &Web, member: &Member, posted: &Posted) -> Result<()> {
    let services = web.services();
    let category = moderation::Category::from_word(posted.get("category"));
    let category = category.ok_or(Error::invalid("category", "must be chosen"))?;
    services.limiter.check(Purpose::Reports, &member.id().to_string())?;
    let new = NewReport {
        target: posted.id("person")?,
        statuses: posted.some("post").map(|_| posted.id("post")).transpose()?.into_iter().collect(),
        comment: posted.get("comment").trim().to_owned(),
        category,
        forward: posted.checked("forward"),
    };
    moderation::report(services, member.id(), new).await?;
    Ok(())
}
