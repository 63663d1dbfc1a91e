//! What could be meant by the beginning of a name, a tag or a sign: for the script that completes while one types.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::Result;
use crate::base::text::hashtag_key;
use crate::domain::{accounts, follows, timelines};
use crate::platform::db::Conn;
use crate::web::emoji;
use crate::web::failure::Answer;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Person};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/complete", get(complete))
}

/// At most so many.
const MOST: usize = 8;

/// What could be meant.
#[derive(Debug, Serialize)]
pub struct Complete {
    /// The likeliest first.
    pub options: Vec<Choice>,
}

impl View for Complete {
    const TEMPLATE: &'static str = "pages/complete.html";
}

/// One of them.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// What takes the place of what was typed.
    pub insert: String,
    /// Who it is.
    pub person: Option<Person>,
    /// A sign.
    pub sign: &'static str,
    /// What it says.
    pub name: String,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    q: String,
}

/// `GET /complete?kind=person|tag|emoji&q=`
async fn complete(web: State<Web>, member: Member, Query(typed): Query<Typed>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let q: String = typed.q.trim().chars().take(60).collect();
    let options = match typed.kind.as_str() {
        "person" => people(&web, &member, &mut conn, &q).await?,
        "tag" => tags(&mut conn, &q).await?,
        "emoji" => emoji::find(&q, MOST)
            .map(|(sign, name)| Choice { insert: sign.to_owned(), person: None, sign, name: name.to_owned() })
            .collect(),
        _ => Vec::new(),
    };
    let answer = web.page(&mut conn, &member.visit, Nav::Elsewhere, &Complete { options }).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

/// People of all sites whom the reader may find, but for those who block them or whom they block.
async fn people(web: &Web, member: &Member, conn: &mut Conn, q: &str) -> Result<Vec<Choice>> {
    let me = member.id();
    let found = accounts::search::search(conn, Some(me), q, MOST as i64 * 2, 0).await?;
    let apart = follows::store::list_blocked_either_way(conn, me, &found).await?;
    let mut rows = accounts::store::list(conn, &found).await?;
    rows.retain(|account| !account.is_hidden() && !apart.contains(&account.id));
    rows.sort_by_key(|account| found.iter().position(|id| *id == account.id));
    let sites = web.sites(conn).await?;
    let lens = member.visit.lens(web, &sites);
    let choice = |account: &accounts::Account| Choice {
        insert: format!("@{}", account.acct()),
        person: Some(lens.person(account)),
        sign: "",
        name: account.name().to_owned(),
    };
    Ok(rows.iter().take(MOST).map(choice).collect())
}

async fn tags(conn: &mut Conn, q: &str) -> Result<Vec<Choice>> {
    let found = timelines::find_tags(conn, &hashtag_key(q), MOST as i64, 0).await?;
    let choice =
        |(_, name): (String, String)| Choice { insert: format!("#{name}"), person: None, sign: "#", name };
    Ok(found.into_iter().map(choice).collect())
}
