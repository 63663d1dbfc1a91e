//! People of all sites: by name, by address, and by what they say of themselves.

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::Result;
use crate::base::id::AccountId;
use crate::base::text::fold;
use crate::domain::accounts::{self, Account, PeopleQuery};
use crate::domain::follows;
use crate::platform::db::Conn;
use crate::web::failure::Answer;
use crate::web::lens::Lens;
use crate::web::paging::Paging;
use crate::web::resolve::{self, Found};
use crate::web::state::{Sites, Web};
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, PersonRow};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/people", get(show))
}

/// The directory, or what a search found.
#[derive(Debug, Default, Serialize)]
#[expect(clippy::struct_field_names, reason = "the word of the template")]
pub struct People {
    /// What was looked for.
    pub query: String,
    /// As in "3 people"; empty where there are more pages.
    pub summary: String,
    /// An address as it may be typed.
    pub example: String,
    /// The site that did not answer.
    pub unreachable: Option<String>,
    /// Sites to choose from.
    pub sites: Vec<Choice>,
    /// Languages to choose from.
    pub languages: Vec<Choice>,
    /// What must stand in the profile.
    pub field: String,
    /// Only whom the reader follows.
    pub followed: bool,
    /// Whether anything but the query narrows the list.
    pub filtered: bool,
    /// Who was found.
    pub people: Vec<PersonRow>,
    /// Further on.
    pub pager: Pager,
}

impl View for People {
    const TEMPLATE: &'static str = "pages/people.html";
}

/// Something to choose.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// In the address.
    pub value: String,
    /// As it is shown.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// How many people a page has.
const PEOPLE: i64 = 40;
/// In the profiles of so many people languages are looked for.
const ASKED_FOR_LANGUAGES: i64 = 300;
/// The most languages to choose from.
const LANGUAGES: usize = 30;
/// This site, in the address.
const HERE: &str = "here";

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    site: String,
    field: String,
    speaks: String,
    followed: String,
    offset: Option<i64>,
}

impl Asked {
    fn query(&self) -> PeopleQuery {
        let short = |text: &str| text.trim().chars().take(200).collect::<String>();
        PeopleQuery {
            text: short(&self.q),
            field: short(&self.field),
            speaks: short(&self.speaks),
            host: match self.site.as_str() {
                "" => None,
                HERE => Some(String::new()),
                host => Some(host.to_owned()),
            },
            followed: !self.followed.is_empty(),
        }
    }

    /// The address of this list, without the page.
    fn address(&self) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        let all = [
            ("q", &self.q),
            ("site", &self.site),
            ("field", &self.field),
            ("speaks", &self.speaks),
            ("followed", &self.followed),
        ];
        pairs.extend_pairs(all.into_iter().filter(|(_, value)| !value.is_empty()));
        let pairs = pairs.finish();
        if pairs.is_empty() { "/people".to_owned() } else { format!("/people?{pairs}") }
    }
}

/// `GET /people`
pub async fn show(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    let services = web.services();
    let query = asked.query();
    let found = resolve::person(&web, &query.text).await?;
    let paging = Paging { offset: asked.offset, ..Paging::default() };
    let mut conn = services.db.read().await?;
    let mut ids =
        accounts::search::find(&mut conn, Some(member.id()), &query, (PEOPLE, paging.from())).await?;
    let full = ids.len() as i64 >= PEOPLE;
    let mut unreachable = None;
    match found {
        Found::Person(id) if !ids.contains(&id) && paging.is_first() => ids.insert(0, id),
        Found::Unreachable(host) => unreachable = Some(host),
        Found::Person(_) | Found::Nobody => {}
    }
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let people = rows(&mut conn, &lens, member.id(), &ids).await?;
    let summary = if paging.is_first() && !full && !people.is_empty() {
        member.visit.say_with("people-count", &[("count", people.len().into())])
    } else {
        String::new()
    };
    let example = sites.members().first().map_or("sales.example.org", |site| site.host.as_str());
    let view = People {
        summary,
        example: format!("name@{example}"),
        sites: choose_site(&member.visit, &sites, &asked.site),
        languages: choose_language(&mut conn, member.id(), &asked.speaks).await?,
        filtered: query.host.is_some()
            || query.followed
            || !query.field.is_empty()
            || !query.speaks.is_empty(),
        field: query.field,
        followed: query.followed,
        query: query.text,
        unreachable,
        people,
        pager: paging.by_name(&asked.address(), PEOPLE, full),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::People, &view).await?)
}

fn choose_site(visit: &Visit, sites: &Sites, chosen: &str) -> Vec<Choice> {
    let here = visit.say_with("people-this-site", &[("name", visit.about.name.clone().into())]);
    let here = Choice { value: HERE.to_owned(), label: here, chosen: chosen == HERE };
    let others = sites.members().iter().map(|site| Choice {
        value: site.host.clone(),
        label: site.name.clone(),
        chosen: chosen == site.host,
    });
    std::iter::once(here).chain(others).collect()
}

/// The languages that people say to speak; the one that is chosen in any case.
async fn choose_language(conn: &mut Conn, reader: AccountId, chosen: &str) -> Result<Vec<Choice>> {
    let speaking = accounts::index::store::list_speaking(conn, ASKED_FOR_LANGUAGES).await?;
    let people = accounts::store::list(conn, &speaking).await?;
    let shown = people.iter().filter(|it| !it.is_hidden() && (it.limited_at.is_none() || it.id == reader));
    let mut languages: Vec<(String, String)> =
        shown.flat_map(accounts::index::languages).map(|said| (fold(&said), said)).collect();
    if !chosen.trim().is_empty() {
        languages.push((fold(chosen.trim()), chosen.trim().to_owned()));
    }
    languages.sort();
    languages.dedup_by(|one, other| one.0 == other.0);
    languages.truncate(LANGUAGES);
    let choice = |(key, label): (String, String)| Choice {
        chosen: key == fold(chosen.trim()),
        value: label.clone(),
        label,
    };
    Ok(languages.into_iter().map(choice).collect())
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
