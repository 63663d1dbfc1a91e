//! Home: what those one follows wrote, what this site wrote, what the organisation wrote.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};

use crate::base::page::Page;
use crate::base::{Error, Result};
use crate::domain::timelines::marks::{self, Mark, Place};
use crate::domain::timelines::{self, Timeline};
use crate::platform::db::Conn;
use crate::web::compose_box;
use crate::web::failure::Answer;
use crate::web::pages::catch_up::{self, CatchUp};
use crate::web::paging::Paging;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Composer, Nav, Pager, Post, SiteChip, Tab, Time};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(following))
        .route("/timelines/{which}", get(timeline))
        .route("/timelines/{which}/new", get(newer))
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
    /// What came since one was last here; on the first page, if that is long ago.
    pub catch_up: Option<CatchUp>,
    /// Newest first.
    pub posts: Vec<Post>,
    /// Where one stopped reading.
    pub line: Option<Line>,
    /// Where a script asks for what is newer; on the first page.
    pub live: Option<Live>,
    /// What to say if there are none.
    pub nothing: Nothing,
    /// Older and newer.
    pub pager: Pager,
    /// The other sites that are heard.
    pub sites: Vec<SiteChip>,
}

/// Where one stopped reading the last time.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Above the post with this index.
    pub above: usize,
    /// When.
    pub at: Time,
}

/// What a script needs to know to ask for what is newer.
#[derive(Debug, Serialize)]
pub struct Live {
    /// As in `home`.
    pub list: &'static str,
    /// Where the newest post stands.
    pub newest: i64,
}

/// What to say, and where to go, if there is nothing.
#[derive(Debug, Serialize)]
pub struct Nothing {
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub text: String,
    /// Where to go.
    pub href: Option<&'static str>,
    /// What the way there says.
    pub action: String,
}

impl View for Home {
    const TEMPLATE: &'static str = "pages/home.html";
}

/// Posts that came while a page was open, to be put on top of it.
#[derive(Debug, Serialize)]
pub struct Newer {
    /// Newest first.
    pub posts: Vec<Post>,
    /// Where the newest stands.
    pub newest: i64,
    /// There are more than these: the page is better opened anew.
    pub more: bool,
}

impl View for Newer {
    const TEMPLATE: &'static str = "pages/newer.html";
}

/// How many posts a page has.
const POSTS: i64 = 20;
/// How many posts are put on top of a page at once.
const NEWER: i64 = 40;

/// `GET /`
pub async fn following(web: State<Web>, member: Member, paging: Query<Paging>, jar: CookieJar) -> Answer {
    show(&web, &member, *paging, Kind::Following, &jar).await
}

/// `GET /timelines/{which}`: `site` or `organisation`
pub async fn timeline(
    web: State<Web>,
    member: Member,
    paging: Query<Paging>,
    jar: CookieJar,
    Path(which): Path<String>,
) -> Answer {
    show(&web, &member, *paging, Kind::called(&which)?, &jar).await
}

/// What a script has already.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Asked {
    /// Where the newest post stands that it has.
    since: i64,
}

/// `GET /timelines/{which}/new?since=`: a piece of a page, with what is newer.
pub async fn newer(
    web: State<Web>,
    member: Member,
    asked: Query<Asked>,
    Path(which): Path<String>,
) -> Answer {
    let kind = if which == "home" { Kind::Following } else { Kind::called(&which)? };
    let services = web.services();
    let mut conn = services.db.read().await?;
    let page = Page { since_id: Some(asked.since), ..Page::first(NEWER) };
    let timeline = kind.read(&web, &mut conn, &member, page).await?;
    let newest = timeline.newest().unwrap_or(asked.since);
    if !timeline.full {
        marks::note(services, member.id(), kind.place(), newest, None);
    }
    let sites = web.sites(&mut conn).await?;
    let posts = member.visit.lens(&web, &sites).posts(&timeline.statuses);
    let view = Newer { posts, newest, more: timeline.full };
    Ok(web.page(&mut conn, &member.visit, Nav::Home, &view).await?)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Following,
    Site,
    Organisation,
}

impl Kind {
    fn called(name: &str) -> Result<Self> {
        match name {
            "site" => Ok(Self::Site),
            "organisation" => Ok(Self::Organisation),
            _ => Err(Error::not_found("timeline")),
        }
    }

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

    /// What `/live` calls it.
    fn list(self) -> &'static str {
        match self {
            Self::Following => "home",
            Self::Site => "site",
            Self::Organisation => "organisation",
        }
    }

    fn place(self) -> Place {
        match self {
            Self::Following => Place::Home,
            Self::Site => Place::Site,
            Self::Organisation => Place::Organisation,
        }
    }

    async fn read(self, web: &Web, conn: &mut Conn, member: &Member, page: Page) -> Result<Timeline> {
        let (services, reader) = (web.services(), member.visit.reader());
        match self {
            Self::Following => timelines::home(services, conn, member.id(), page).await,
            Self::Site => timelines::local(services, conn, &reader, page).await,
            Self::Organisation => timelines::organisation(services, conn, &reader, page).await,
        }
    }

    fn nothing(self, member: &Member) -> Nothing {
        let (what, href, action) = match self {
            Self::Following => ("following", "/people", "home-find-people"),
            Self::Site => ("site", "/compose", "home-write"),
            Self::Organisation => ("organisation", "/compose", "home-write"),
        };
        Nothing {
            title: member.visit.say(&format!("home-empty-{what}")),
            text: member.visit.say(&format!("home-empty-{what}-text")),
            href: Some(href),
            action: member.visit.say(action),
        }
    }
}

async fn show(web: &Web, member: &Member, paging: Paging, kind: Kind, jar: &CookieJar) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let timeline = kind.read(web, &mut conn, member, paging.page(POSTS)).await?;
    let mark = marks::find(services, &mut conn, member.id(), kind.place()).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let newest = timeline.newest().unwrap_or_default();
    let mut catch_up = None;
    if paging.is_first() {
        marks::note(services, member.id(), kind.place(), newest, mark);
        if let Some(mark) = mark.filter(|mark| kind == Kind::Following && !catch_up::is_put_off(jar, mark)) {
            catch_up = catch_up::summary(web, &mut conn, member, &lens, &mark).await?;
        }
    }
    let tabs = [Kind::Following, Kind::Site, Kind::Organisation];
    let label = |tab: Kind| Tab {
        label: member.visit.say(tab.label()),
        href: tab.path().to_owned(),
        current: tab == kind,
    };
    let view = Home {
        heading: member.visit.say(kind.label()),
        tab: if kind == Kind::Following { "following" } else { "others" },
        tabs: tabs.map(label).into(),
        composer: paging.is_first().then(|| Composer {
            back: kind.path().to_owned(),
            ..compose_box::new_post(web, &member.signed, &lens)
        }),
        catch_up,
        posts: lens.posts(&timeline.statuses),
        line: line(&timeline, mark.as_ref())
            .zip(mark)
            .map(|(above, mark)| Line { above, at: lens.time(mark.before_at) }),
        live: paging.is_first().then(|| Live { list: kind.list(), newest }),
        nothing: kind.nothing(member),
        pager: paging.by_time(kind.path(), timeline.span.map(|(a, b)| (a.0, b.0)), timeline.full),
        sites: sites.members().to_vec(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Home, &view).await?)
}

/// Which post of the page is the first that was there at the end of the visit before this one, if newer ones stand above.
fn line(timeline: &Timeline, mark: Option<&Mark>) -> Option<usize> {
    let mark = mark.filter(|mark| mark.was_here())?;
    let seen = |id| timeline.place_of(id) <= mark.before_read;
    timeline.statuses.iter().position(|view| seen(view.status.id)).filter(|above| *above > 0)
}
