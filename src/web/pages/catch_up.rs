//! Catching up: a box on the home page that says what came since one was last here, and all of it in order, the oldest
//! first.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};

use crate::base::text::excerpt;
use crate::base::{Error, Result};
use crate::domain::accounts::Account;
use crate::domain::timelines::marks::{self, Mark, Place};
use crate::domain::timelines::since::{self, Since};
use crate::platform::db::Conn;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Person, Post, Time};
use crate::web::visit::Member;

use super::to;

/// Where it is kept in the browser that the box is put off, until the next visit.
const COOKIE: &str = "breezeway_caught_up";
/// How long that is kept, in seconds.
const KEPT: i64 = 7 * 24 * 3_600;
/// How many posts a page has.
const POSTS: i64 = 20;
/// More than this are left as "more than".
const LEFT: i64 = 500;
/// How much of a post names its conversation, in characters.
const NAMED: usize = 80;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/catch-up", get(show)).route("/catch-up/later", to("/").post(put_off))
}

/// The box.
#[derive(Debug, Serialize)]
pub struct CatchUp {
    /// As in "26 posts by 11 people at 3 sites".
    pub summary: String,
    /// Since when.
    pub at: Time,
    /// Who wrote last.
    pub faces: Vec<Person>,
    /// What stands out.
    pub lines: Vec<CatchLine>,
}

/// What stands out.
#[derive(Debug, Serialize)]
pub struct CatchLine {
    /// Its sign.
    pub icon: &'static str,
    /// In a sentence.
    pub text: String,
    /// Where to read it.
    pub href: String,
    /// Whose doing.
    pub faces: Vec<Person>,
}

/// All of it, in order.
#[derive(Debug, Serialize)]
pub struct InOrder {
    /// Since when, if one was here before.
    pub at: Option<Time>,
    /// Oldest first.
    pub posts: Vec<Post>,
    /// As in "26 posts are left"; nothing at the end.
    pub left: Option<String>,
    /// Where to read on.
    pub next: Option<String>,
    /// Sites that were not heard of late: there may be more at these.
    pub begins: bool,
}

impl View for InOrder {
    const TEMPLATE: &'static str = "pages/catch_up.html";
}

/// Whether the person does not want to see the box during this visit.
pub(super) fn is_put_off(jar: &CookieJar, mark: &Mark) -> bool {
    jar.get(COOKIE).is_some_and(|cookie| cookie.value() == mark.before_at.0.to_string())
}

/// The box, if there is enough to say.
///
/// # Errors
/// As the database.
pub(super) async fn summary(
    web: &Web,
    conn: &mut Conn,
    member: &Member,
    lens: &Lens,
    mark: &Mark,
) -> Result<Option<CatchUp>> {
    let Some(since) = since::since(web.services(), conn, member.id(), mark).await? else {
        return Ok(None);
    };
    let visit = &member.visit;
    let faces = |people: &[Account]| people.iter().take(3).map(|one| lens.person(one)).collect();
    let mut lines = Vec::new();
    if since.mentions > 0 {
        lines.push(CatchLine {
            icon: "at-sign",
            text: visit.say_with("catch-up-mentions", &[("n", since.mentions.into())]),
            href: "/notifications".to_owned(),
            faces: faces(&since.mentioned_by),
        });
    }
    for busy in &since.conversations {
        let post = lens.post(&busy.post);
        let title = busy.post.title.as_ref().map(|title| title.text.clone());
        let named = [busy.post.status.spoiler_text.clone(), excerpt(&busy.post.status.content, NAMED)];
        let title = title.or_else(|| named.into_iter().find(|text| !text.is_empty()));
        lines.push(CatchLine {
            icon: "messages-square",
            text: visit.say_with(
                "catch-up-conversation",
                &[("n", busy.answers.into()), ("title", title.unwrap_or_default().into())],
            ),
            href: format!("{}#p{}", post.url, busy.first),
            faces: faces(&busy.faces),
        });
    }
    Ok(Some(CatchUp {
        summary: sentence(visit, &since),
        at: lens.time(since.at),
        faces: faces(&since.faces),
        lines,
    }))
}

fn sentence(visit: &crate::web::visit::Visit, since: &Since) -> String {
    let key = if since.more { "catch-up-summary-more" } else { "catch-up-summary" };
    visit.say_with(
        key,
        &[("posts", since.posts.into()), ("people", since.people.into()), ("sites", since.sites.into())],
    )
}

/// From where to read on.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Asked {
    /// After this place in the home.
    after: Option<i64>,
}

/// `GET /catch-up?after=`
pub async fn show(web: State<Web>, member: Member, asked: Query<Asked>) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let mark = marks::find(services, &mut conn, member.id(), Place::Home).await?;
    let mark = mark.filter(Mark::was_here);
    let after = asked.after.or(mark.map(|mark| mark.before_read));
    let Some(after) = after else { return Ok(redirect::to("/")) };
    let timeline = since::in_order(services, &mut conn, member.id(), after, POSTS).await?;
    let newest = timeline.newest();
    let left = match newest {
        Some(newest) => since::left(&mut conn, member.id(), newest, LEFT).await?,
        None => 0,
    };
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let view = InOrder {
        at: mark.map(|mark| lens.time(mark.before_at)),
        posts: lens.posts(&timeline.statuses),
        left: (left > 0).then(|| member.visit.say_with("catch-up-left", &[("n", left.into())])),
        next: newest.filter(|_| left > 0).map(|newest| format!("/catch-up?after={newest}")),
        begins: asked.after.is_none(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Home, &view).await?)
}

/// `POST /catch-up/later`: not during this visit.
pub async fn put_off(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let mark = marks::find(services, &mut conn, member.id(), Place::Home).await?;
    let at = mark.ok_or(Error::not_found("visit"))?.before_at;
    let mut answer: Response = redirect::to(posted.back()).into_response();
    let secure = if services.config.site.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={KEPT}; HttpOnly; SameSite=Lax{secure}", at.0);
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}
