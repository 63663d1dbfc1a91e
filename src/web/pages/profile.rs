//! A person's page: of this site or of another.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::routing::get;
use serde::Serialize;

use super::people::rows;
use super::thread;
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::accounts::picture::header_path;
use crate::domain::accounts::{self, Account};
use crate::domain::follows;
use crate::domain::statuses;
use crate::domain::timelines::{self, PersonFilter};
use crate::federation::fetch;
use crate::platform::db::Conn;
use crate::web::failure::Answer;
use crate::web::lens::{Lens, page_of, tie};
use crate::web::paging::Paging;
use crate::web::redirect;
use crate::web::resolve::{self, Found};
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, Person, PersonRow, Post, Tab, Tie, Time};
use crate::web::visit::Visit;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/@{handle}", get(show)).route("/@{handle}/{rest}", get(show_part))
}

/// A person's page.
#[derive(Debug, Serialize)]
pub struct Profile {
    /// The person.
    pub person: Person,
    /// How the reader stands to them; `None` for one's own page.
    pub tie: Option<Tie>,
    /// What the reader wants to read of them, if the reader follows.
    pub wishes: Option<Wishes>,
    /// When a mute ends by itself.
    pub muted_until: Option<Time>,
    /// The picture on top.
    pub cover: Option<String>,
    /// Pictures of the posts, in the tab of media.
    pub pictures: Vec<Picture>,
    /// In the tab about the person: whom they follow and who follows them, the latest.
    pub circle: Option<Circle>,
    /// Whether it is the reader's own.
    pub own: bool,
    /// Where the person stands now, if they moved.
    pub moved_to: Option<Person>,
    /// As in "Moderator".
    pub role: Option<&'static str>,
    /// What they say about themselves; HTML, sanitised.
    pub about: String,
    /// As in "Office: 2.14"; values are HTML, sanitised.
    pub fields: Vec<Field>,
    /// As in "January 2026".
    pub since: Option<String>,
    /// The page at their own site.
    pub origin: Option<String>,
    /// Why something is not as usual.
    pub notice: Option<String>,
    /// Posts, following, followers.
    pub tabs: Vec<Tab>,
    /// What the person pinned, on the first page.
    pub pinned: Vec<Post>,
    /// Newest first.
    pub posts: Vec<Post>,
    /// In the tabs of people.
    pub people: Vec<PersonRow>,
    /// What to say if there are none.
    pub nothing: String,
    /// And a sentence more.
    pub nothing_text: String,
    /// Older and newer.
    pub pager: Pager,
}

/// What somebody reads of a person.
#[derive(Debug, Serialize)]
pub struct Wishes {
    /// Their reposts too.
    pub reposts: bool,
    /// Hears of each post.
    pub notify: bool,
    /// As in "de, en"; empty for all.
    pub languages: String,
}

/// A picture that leads to its post.
#[derive(Debug, Serialize)]
pub struct Picture {
    /// The small one.
    pub preview: String,
    /// What it shows.
    pub alt: String,
    /// The post.
    pub href: String,
}

/// Those around a person.
#[derive(Debug, Serialize)]
pub struct Circle {
    /// Whom they follow.
    pub following: Vec<PersonRow>,
    /// Who follows them.
    pub followers: Vec<PersonRow>,
}

/// A line under a profile.
#[derive(Debug, Serialize)]
pub struct Field {
    /// As in "Office".
    pub name: String,
    /// HTML, sanitised.
    pub value: String,
}

impl View for Profile {
    const TEMPLATE: &'static str = "pages/profile.html";
}

/// How many posts a page has.
const POSTS: i64 = 20;
/// How many people a page has.
const PEOPLE: i64 = 40;

/// `GET /@{handle}`
pub async fn show(
    web: State<Web>,
    visit: Visit,
    paging: Query<Paging>,
    Path(handle): Path<String>,
    headers: HeaderMap,
) -> Answer {
    if is_another_site(&headers) {
        return Ok(redirect::to_document(&format!("/users/{handle}")));
    }
    Box::pin(person(&web, &visit, &handle, *paging, Part::Posts)).await
}

/// `GET /@{handle}/{rest}`: a post by its number, or another part of the profile.
pub async fn show_part(
    web: State<Web>,
    visit: Visit,
    paging: Query<Paging>,
    Path((handle, rest)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    if is_another_site(&headers) {
        return Ok(redirect::to_document(&format!("/users/{handle}/statuses/{rest}")));
    }
    let part = match rest.as_str() {
        "replies" => Part::Replies,
        "media" => Part::Media,
        "about" => Part::About,
        "following" => Part::Following,
        "followers" => Part::Followers,
        number => {
            let id: StatusId = number.parse().map_err(|_| Error::not_found("page"))?;
            return thread::show(&web, &visit, &handle, id).await;
        }
    };
    Box::pin(person(&web, &visit, &handle, *paging, part)).await
}

/// Whether the reader is a program of another site: it asks for ActivityPub and not for a page.
fn is_another_site(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wants = |kind: &str| accept.contains(kind);
    (wants("application/activity+json") || wants("application/ld+json")) && !wants("text/html")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Posts,
    Replies,
    Media,
    About,
    Following,
    Followers,
}

impl Part {
    /// Those that are tabs. Who follows whom hangs on the last one.
    const TABS: [Self; 4] = [Self::Posts, Self::Replies, Self::Media, Self::About];

    fn tab(self) -> Self {
        if matches!(self, Self::Following | Self::Followers) { Self::About } else { self }
    }

    fn path(self, page: &str) -> String {
        match self {
            Self::Posts => page.to_owned(),
            Self::Replies => format!("{page}/replies"),
            Self::Media => format!("{page}/media"),
            Self::About => format!("{page}/about"),
            Self::Following => format!("{page}/following"),
            Self::Followers => format!("{page}/followers"),
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Posts => "profile-tab-posts",
            Self::Replies => "profile-tab-replies",
            Self::Media => "profile-tab-media",
            Self::About | Self::Following | Self::Followers => "profile-tab-about",
        }
    }
}

async fn person(web: &Web, visit: &Visit, handle: &str, paging: Paging, part: Part) -> Answer {
    let account = find(web, visit, handle).await?;
    let services = web.services();
    let mut conn = services.db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = visit.lens(web, &sites);
    let mut view = head(visit, &lens, &account, part);
    if let Some(signed) = visit.signed.as_ref().filter(|signed| signed.account.id != account.id) {
        let ties =
            follows::store::list_relationships(&mut conn, signed.account.id, &[account.id], lens.now())
                .await?;
        view.tie = ties.first().map(tie);
        view.wishes = ties.first().filter(|tie| tie.following || tie.requested).map(|tie| Wishes {
            reposts: tie.showing_reblogs || tie.requested,
            notify: tie.notifying,
            languages: tie.languages.join(", "),
        });
        view.muted_until = ties.first().and_then(|tie| tie.muting_until).map(|at| lens.time(at));
    }
    if let Some(target) = account.moved_to_id {
        let target = accounts::store::list(&mut conn, &[target]).await?.pop();
        view.moved_to = target.filter(|target| !target.is_hidden()).map(|target| lens.person(&target));
    }
    let path = part.path(&page_of(&account));
    match part {
        Part::About => view.circle = circle(&mut conn, visit, &lens, &account).await?,
        Part::Posts | Part::Replies | Part::Media => {
            let media = part == Part::Media;
            let filter = PersonFilter {
                exclude_replies: part == Part::Posts,
                exclude_reblogs: media,
                only_media: media,
            };
            let page = paging.page(POSTS);
            let reader = visit.reader();
            let timeline = timelines::person(services, &mut conn, &reader, account.id, filter, page).await?;
            view.posts = lens.posts(&timeline.statuses);
            if media {
                view.pictures = view.posts.drain(..).flat_map(pictures).collect();
            }
            if part == Part::Posts && paging.is_first() {
                fetch::featured_soon(services, &account);
                let pinned = statuses::list_pinned(services, &mut conn, &reader, account.id).await?;
                put_on_top(&mut view, lens.posts(&pinned));
            }
            view.pager = paging.by_time(&path, timeline.span.map(|(a, b)| (a.0, b.0)), timeline.full);
        }
        Part::Following | Part::Followers => {
            fill_people(&mut conn, visit, &lens, &mut view, (&account, part, paging)).await?;
        }
    }
    Ok(web.page(&mut conn, visit, Nav::People, &view).await?)
}

/// What of a post the tab of media shows: nothing that its author, or a filter of the reader, covers.
fn pictures(post: Post) -> Vec<Picture> {
    if post.sensitive || !post.warning.is_empty() || post.filtered.is_some() {
        return Vec::new();
    }
    let (images, href) = (post.media, post.url);
    images
        .into_iter()
        .map(|image| Picture { preview: image.preview, alt: image.alt, href: href.clone() })
        .collect()
}

/// How many of those around a person their page shows.
const NEAREST: i64 = 6;

/// Whom they follow and who follows them; for people of this site only.
async fn circle(conn: &mut Conn, visit: &Visit, lens: &Lens, account: &Account) -> Result<Option<Circle>> {
    let Some(signed) = &visit.signed else { return Ok(None) };
    let me = signed.account.id;
    let following = follows::store::list_following(conn, account.id, NEAREST, 0).await?;
    let followers = follows::store::list_followers(conn, account.id, NEAREST, 0).await?;
    Ok(Some(Circle {
        following: rows(conn, lens, me, &following).await?,
        followers: rows(conn, lens, me, &followers).await?,
    }))
}

/// Pinned posts stand first, and only there.
fn put_on_top(view: &mut Profile, pinned: Vec<Post>) {
    view.posts.retain(|post| post.reposted_by.is_some() || pinned.iter().all(|first| first.id != post.id));
    view.pinned = pinned.into_iter().map(|post| Post { on_top: true, ..post }).collect();
}

async fn fill_people(
    conn: &mut Conn,
    visit: &Visit,
    lens: &Lens,
    view: &mut Profile,
    (account, part, paging): (&Account, Part, Paging),
) -> Result<()> {
    let signed = visit.signed.as_ref().ok_or(Error::Unauthenticated)?;
    let ids = match part {
        Part::Following => follows::store::list_following(conn, account.id, PEOPLE, paging.from()).await?,
        _ => follows::store::list_followers(conn, account.id, PEOPLE, paging.from()).await?,
    };
    view.pager = paging.by_name(&part.path(&page_of(account)), PEOPLE, ids.len() as i64 >= PEOPLE);
    view.people = rows(conn, lens, signed.account.id, &ids).await?;
    Ok(())
}

/// The person behind a handle. Who is signed in may also look up people of other sites that nobody here met yet.
async fn find(web: &Web, visit: &Visit, handle: &str) -> Result<Account> {
    let services = web.services();
    let (name, host) = handle.split_once('@').unwrap_or((handle, ""));
    let host = if host.eq_ignore_ascii_case(services.origin.host()) { "" } else { host };
    let mut conn = services.db.read().await?;
    let known = accounts::store::find_by_handle(&mut conn, name, &host.to_ascii_lowercase()).await?;
    let found = match known {
        Some(account) => account,
        None if host.is_empty() || visit.signed.is_none() => return Err(Error::not_found("person")),
        None => {
            drop(conn);
            match resolve::person(web, handle).await? {
                Found::Person(id) => accounts::store::get(&mut services.db.read().await?, id).await?,
                Found::Unreachable(peer) => return Err(Error::PeerUnavailable { peer }),
                Found::Nobody => return Err(Error::not_found("person")),
            }
        }
    };
    let site_is_open = services.config.site.open_to_web && found.is_local();
    if visit.signed.is_none() && !site_is_open {
        return Err(Error::Unauthenticated);
    }
    let is_moderator = visit.signed.as_ref().is_some_and(|signed| signed.is_moderator());
    if found.deleted_at.is_some() || found.id.0 < 0 || (found.is_hidden() && !is_moderator) {
        return Err(Error::not_found("person"));
    }
    Ok(found)
}

fn head(visit: &Visit, lens: &Lens, account: &Account, part: Part) -> Profile {
    let person = lens.person(account);
    let own = visit.signed.as_ref().is_some_and(|signed| signed.account.id == account.id);
    let notice = match (account.suspended_at, account.limited_at) {
        (Some(_), _) => Some(visit.say("profile-suspended")),
        (None, Some(_)) => Some(visit.say("profile-limited")),
        (None, None) => None,
    };
    let (nothing, nothing_text) = match part {
        Part::Posts | Part::Replies | Part::About => ("profile-nothing", "profile-nothing-text"),
        Part::Media => ("profile-nothing-media", "profile-nothing-media-text"),
        Part::Following => ("profile-nobody", "profile-nobody-following"),
        Part::Followers => ("profile-nobody", "profile-nobody-followers"),
    };
    let page = page_of(account);
    Profile {
        tie: None,
        wishes: None,
        muted_until: None,
        cover: header_path(account),
        pictures: Vec::new(),
        circle: None,
        own,
        moved_to: None,
        role: None,
        about: account.note.clone(),
        fields: account
            .fields()
            .into_iter()
            .map(|field| Field { name: field.name, value: field.value })
            .collect(),
        since: Some(account.created_at.timestamp().strftime("%B %Y").to_string()),
        origin: (!account.is_local() && account.url.starts_with("http")).then(|| account.url.clone()),
        notice,
        tabs: Part::TABS
            .map(|tab| Tab {
                label: visit.say(tab.label()),
                href: tab.path(&page),
                current: tab == part.tab(),
            })
            .into(),
        pinned: Vec::new(),
        posts: Vec::new(),
        people: Vec::new(),
        nothing: visit.say(nothing),
        nothing_text: visit.say_with(nothing_text, &[("name", person.name.as_str().into())]),
        pager: Pager::default(),
        person,
    }
}
