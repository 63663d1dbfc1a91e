//! Home: what those one follows wrote, what this site wrote, what the organisation wrote.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::Error;
use crate::domain::timelines;
use crate::web::compose_box;
use crate::web::failure::Answer;
use crate::web::paging::Paging;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Composer, Nav, Pager, Post, SiteChip, Tab};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/", get(following)).route("/timelines/{which}", get(timeline))
}

/// A timeline.
#[derive(Debug, Serialize)]
pub struct Home {
    /// As in "Following".
    pub heading: String,
    /// As in `following`.
    pub tab: &'static str,
    /// The timelines.
    pub tabs: Vec<Tab>,
    /// Only on the first page.
    pub composer: Option<Composer>,
    /// Newest first.
    pub posts: Vec<Post>,
    /// What to say if there are none.
    pub nothing: Nothing,
    /// Older and newer.
    pub pager: Pager,
    /// The other sites that are heard.
    pub sites: Vec<SiteChip>,
}

/// What to say, and where to go, if there is nothing.
#[derive(Debug, Serialize)]
pub struct Nothing {
    /// In a few words.
    pub title: &'static str,
    /// In a sentence.
    pub text: &'static str,
    /// Where to go.
    pub href: Option<&'static str>,
    /// What the way there says.
    pub action: &'static str,
}

impl View for Home {
    const TEMPLATE: &'static str = "pages/home.html";
}

/// How many posts a page has.
const POSTS: i64 = 20;

/// `GET /`
pub async fn following(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    show(&web, &member, *paging, Kind::Following).await
}

/// `GET /timelines/{which}`: `site` or `organisation`
pub async fn timeline(
    web: State<Web>,
    member: Member,
    paging: Query<Paging>,
    Path(which): Path<String>,
) -> Answer {
    let kind = match which.as_str() {
        "site" => Kind::Site,
        "organisation" => Kind::Organisation,
        _ => return Err(Error::not_found("timeline").into()),
    };
    show(&web, &member, *paging, kind).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Following,
    Site,
    Organisation,
}

impl Kind {
    fn path(self) -> &'static str {
        match self {
            Self::Following => "/",
            Self::Site => "/timelines/site",
            Self::Organisation => "/timelines/organisation",
        }
    }

    /// The message that names it.
    fn label(self) -> &'static str {
        match self {
            Self::Following => "home-following",
            Self::Site => "home-site",
            Self::Organisation => "home-organisation",
        }
    }

    fn nothing(self) -> Nothing {
        let (title, text) = match self {
            Self::Following => ("Quiet so far", "Follow a few colleagues, and what they write appears here."),
            Self::Site => {
                ("Nobody wrote yet", "What is written for everybody at this site appears here. Begin!")
            }
            Self::Organisation => (
                "Nobody wrote yet",
                "What is written for the whole organisation appears here, from every site.",
            ),
        };
        let (href, action) = match self {
            Self::Following => ("/people", "Find people"),
            Self::Site | Self::Organisation => ("/compose", "Write a post"),
        };
        Nothing { title, text, href: Some(href), action }
    }
}

async fn show(web: &Web, member: &Member, paging: Paging, kind: Kind) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let page = paging.page(POSTS);
    let timeline = match kind {
        Kind::Following => timelines::home(services, &mut conn, member.id(), page).await?,
        Kind::Site => timelines::local(services, &mut conn, &member.visit.reader(), page).await?,
        Kind::Organisation => {
            timelines::organisation(services, &mut conn, &member.visit.reader(), page).await?
        }
    };
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let tabs = [Kind::Following, Kind::Site, Kind::Organisation];
    let view = Home {
        heading: member.visit.say(kind.label()),
        tab: if kind == Kind::Following { "following" } else { "others" },
        tabs: tabs
            .map(|tab| Tab {
                label: member.visit.say(tab.label()),
                href: tab.path().to_owned(),
                current: tab == kind,
            })
            .into(),
        composer: paging.is_first().then(|| Composer {
            back: kind.path().to_owned(),
            ..compose_box::new_post(web, &member.signed, &lens)
        }),
        posts: lens.posts(&timeline.statuses),
        nothing: kind.nothing(),
        pager: paging.by_time(kind.path(), timeline.span.map(|(a, b)| (a.0, b.0)), timeline.full),
        sites: sites.members().to_vec(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Home, &view).await?)
}
