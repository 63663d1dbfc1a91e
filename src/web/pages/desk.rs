//! The desk: reports that wait, and reports that are done.

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::id::ReportId;
use crate::base::text::shorten;
use crate::domain::moderation::{self, Category, ReportLine, Reporter, Which};
use crate::web::failure::Answer;
use crate::web::lens::Lens;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, Person, SiteChip, Time};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/desk", get(show)).route("/desk/resolved", get(show_resolved))
}

/// The list.
#[derive(Debug, Serialize)]
pub struct Desk {
    /// `open` or `resolved`.
    pub tab: &'static str,
    /// Oldest first while open, latest first when resolved.
    pub cases: Vec<CaseLine>,
    /// Older and newer.
    pub pager: Pager,
}

/// A report, in a line.
#[derive(Debug, Serialize)]
pub struct CaseLine {
    /// Ours.
    pub id: ReportId,
    /// As in `violation`.
    pub category: &'static str,
    /// Who is reported.
    pub person: Person,
    /// Who reports, if it is a person of this site.
    pub reporter: Option<Person>,
    /// The site whose moderators report.
    pub from_site: Option<SiteChip>,
    /// In the reporter's words.
    pub comment: String,
    /// The beginning of the first post, as plain text.
    pub excerpt: String,
    /// How many posts it names.
    pub posts: usize,
    /// When.
    pub at: Time,
    /// When it was resolved.
    pub resolved: Option<Time>,
}

impl View for Desk {
    const TEMPLATE: &'static str = "pages/desk.html";
}

/// How many reports a page has.
const CASES: i64 = 20;

/// What the address says.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Asked {
    after: Option<ReportId>,
}

/// `GET /desk`
pub async fn show(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    page(&web, &member, asked, Which::Open).await
}

/// `GET /desk/resolved`
pub async fn show_resolved(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    page(&web, &member, asked, Which::Resolved).await
}

async fn page(web: &Web, member: &Member, asked: Asked, which: Which) -> Answer {
    member.require_moderator()?;
    let mut conn = web.services().db.read().await?;
    let reports = moderation::list(&mut conn, member.id(), which, asked.after, CASES).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let (tab, path) = match which {
        Which::Open => ("open", "/desk"),
        Which::Resolved => ("resolved", "/desk/resolved"),
    };
    let more = reports.last().filter(|_| reports.len() as i64 >= CASES);
    let view = Desk {
        tab,
        pager: Pager {
            newer: asked.after.map(|_| path.to_owned()),
            older: more.map(|last| format!("{path}?after={}", last.report.id)),
        },
        cases: reports.iter().map(|report| line(&lens, report)).collect(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}

/// A report as a line.
pub fn line(lens: &Lens, line: &ReportLine) -> CaseLine {
    let (reporter, from_site) = match &line.reporter {
        Reporter::Person(account) => (Some(lens.person(account)), None),
        Reporter::Site { host } => (None, lens.chip(host)),
    };
    CaseLine {
        id: line.report.id,
        category: name_of(line.report.category),
        person: lens.person(&line.target),
        reporter,
        from_site,
        comment: line.report.comment.clone(),
        excerpt: shorten(&line.words, 200),
        posts: line.posts,
        at: lens.time(line.report.created_at),
        resolved: line.report.resolved_at.map(|at| lens.time(at)),
    }
}

fn name_of(category: Category) -> &'static str {
    match category {
        Category::Spam => "spam",
        Category::Legal => "legal",
        Category::Violation => "violation",
        Category::Other => "other",
    }
}
