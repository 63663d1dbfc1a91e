//! People of all sites, by name or by address.

use axum::Router;
use axum::routing::get;
use std::collections::HashSet;

use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts::{self, Account};
use crate::domain::follows;
use crate::platform::db::Conn;
use crate::web::failure::Answer;
use crate::web::lens::Lens;
use crate::web::paging::Paging;
use crate::web::resolve::{self, Found};
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, PersonRow};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/people", get(show))
}

/// The directory, or what a search found.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the word of the template")]
pub struct People {
    /// What was looked for.
    pub query: String,
    /// As in "3 people at 2 sites".
    pub summary: String,
    /// An address as it may be typed.
    pub example: String,
    /// The site that did not answer.
    pub unreachable: Option<String>,
    /// Who was found.
    pub people: Vec<PersonRow>,
    /// Further on.
    pub pager: Pager,
}

impl View for People {
    const TEMPLATE: &'static str = "pages/people.html";
}

/// How many people a page has.
const PEOPLE: i64 = 40;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    offset: Option<i64>,
}

/// `GET /people`
pub async fn show(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    let services = web.services();
    let query = asked.q.trim().chars().take(200).collect::<String>();
    let found = resolve::person(&web, &query).await?;
    let paging = Paging { offset: asked.offset, ..Paging::default() };
    let mut conn = services.db.read().await?;
    let mut ids = list(&mut conn, member.id(), &query, &paging).await?;
    let full = ids.len() as i64 >= PEOPLE;
    let mut unreachable = None;
    match found {
        Found::Person(id) if !ids.contains(&id) => ids.insert(0, id),
        Found::Unreachable(host) => unreachable = Some(host),
        Found::Person(_) | Found::Nobody => {}
    }
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let people = rows(&mut conn, &lens, member.id(), &ids).await?;
    let query_part = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", &query).finish();
    let path = if query.is_empty() { "/people".to_owned() } else { format!("/people?{query_part}") };
    let example = sites.members().first().map_or("sales.example.org", |site| site.host.as_str());
    let view = People {
        summary: summary(&people),
        example: format!("name@{example}"),
        query,
        unreachable,
        people,
        pager: paging.by_name(&path, PEOPLE, full),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::People, &view).await?)
}

async fn list(conn: &mut Conn, reader: AccountId, query: &str, paging: &Paging) -> Result<Vec<AccountId>> {
    if query.is_empty() {
        return accounts::store::list_directory(conn, None, PEOPLE, paging.from()).await;
    }
    accounts::search(conn, Some(reader), query, PEOPLE, paging.from()).await
}

/// People as lines of a list, with how `reader` stands to each; in the order of `ids`.
pub async fn rows(
    conn: &mut Conn,
    lens: &Lens,
    reader: AccountId,
    ids: &[AccountId],
) -> Result<Vec<PersonRow>> {
    let mut known = accounts::store::list(conn, ids).await?;
    known.retain(|account| !account.is_hidden());
    let ties = follows::store::list_relationships(conn, reader, ids, lens.now()).await?;
    let by_id = |id: &AccountId| known.iter().find(|account: &&Account| account.id == *id);
    Ok(ids.iter().filter_map(by_id).map(|account| lens.row(account, &ties)).collect())
}

fn summary(people: &[PersonRow]) -> String {
    let sites: HashSet<_> =
        people.iter().map(|row| row.person.site.as_ref().map(|site| &site.host)).collect();
    match (people.len(), sites.len()) {
        (0, _) => "Nobody yet.".to_owned(),
        (1, _) => "1 person".to_owned(),
        (people, 1) => format!("{people} people"),
        (people, sites) => format!("{people} people at {sites} sites"),
    }
}
