//! What was written under a hashtag.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::Error;
use crate::base::text::hashtag_key;
use crate::domain::lists::{self, Pin, PinKind};
use crate::domain::{tags, timelines};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::paging::Paging;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, Post};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/tags/{name}", get(show)).route("/tags/{name}/{verb}", get(to_tag).post(act))
}

/// How many posts a page has.
const POSTS: i64 = 20;

/// The page.
#[derive(Debug, Serialize)]
pub struct Tag {
    /// Without the `#`.
    pub name: String,
    /// Whether the reader follows it.
    pub followed: bool,
    /// Whether it stands in the reader's rail.
    pub pinned: bool,
    /// In lower case, for the address.
    pub key: String,
    /// Newest first.
    pub posts: Vec<Post>,
    /// Older and newer.
    pub pager: Pager,
}

impl View for Tag {
    const TEMPLATE: &'static str = "pages/tag.html";
}

/// `GET /tags/{name}`
pub async fn show(
    web: State<Web>,
    member: Member,
    paging: Query<Paging>,
    Path(name): Path<String>,
) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let key = hashtag_key(&name);
    let reader = member.visit.reader();
    let timeline = timelines::tag(services, &mut conn, &reader, &key, paging.page(POSTS)).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let path = member.visit.here.split('?').next().unwrap_or("/").to_owned();
    let rail = lists::pins::of(services, &mut conn, member.id()).await?;
    let view = Tag {
        followed: tags::store::find(&mut conn, member.id(), &key).await?.is_some(),
        pinned: rail.iter().any(|entry| entry.kind == PinKind::Tag && entry.target == key),
        posts: lens.posts(&timeline.statuses),
        pager: paging.by_time(&path, timeline.span.map(|(a, b)| (a.0, b.0)), timeline.full),
        name,
        key,
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// `POST /tags/{name}/{verb}`
async fn act(
    web: State<Web>,
    member: Member,
    Path((name, verb)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (services, me) = (web.services(), member.id());
    match verb.as_str() {
        "follow" => drop(tags::follow(services, me, &name).await?),
        "unfollow" => {
            tags::unfollow(services, me, &name).await?;
            let said = member.visit.say_with("tags-unfollowed", &[("name", name.as_str().into())]);
            let flash = super::act::undoable(&member.visit, said, page_of(&name) + "/follow");
            return Ok(redirect::saying(&web, posted.back(), &flash));
        }
        "pin" => lists::pin(services, me, &Pin::tag(&name)).await?,
        "unpin" => lists::unpin(services, me, &Pin::tag(&name)).await?,
        _ => return Err(Error::not_found("page").into()),
    }
    Ok(redirect::to(posted.back()))
}

async fn to_tag(Path((name, _)): Path<(String, String)>) -> axum::response::Response {
    redirect::to(&page_of(&name))
}

fn page_of(name: &str) -> String {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    format!("/tags/{name}")
}
