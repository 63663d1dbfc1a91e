//! Search: posts, people and tags, with what narrows it down.

use axum::Router;
use axum::extract::{Query as Address, State};
use axum::routing::get;
use serde::{Deserialize, Serialize};

use super::people::rows;
use crate::base::Result;
use crate::base::id::StatusId;
use crate::base::text::hashtag_key;
use crate::domain::accounts::{self, PeopleQuery};
use crate::domain::search::{self, Facets, Found, Query, Wanted, What, Why};
use crate::domain::{statuses, timelines};
use crate::platform::db::Conn;
use crate::web::failure::Answer;
use crate::web::highlight::highlight;
use crate::web::lens::Lens;
use crate::web::paging::Paging;
use crate::web::resolve;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, PersonRow, Post, Tab};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/search", get(show))
}

/// How many posts a page has.
const POSTS: usize = 20;
/// How many people or tags a page has.
const NAMES: i64 = 40;
/// How many more would be found without a part is counted up to this.
const HINTED: usize = 100;
/// So many parts are tried.
const HINTS: usize = 4;

/// What was found, or how to look for it.
#[derive(Debug, Default, Serialize)]
pub struct Search {
    /// What was typed.
    pub query: String,
    /// Posts, people, tags.
    pub tabs: Vec<Tab>,
    /// Which one.
    pub tab: &'static str,
    /// As in "12 posts".
    pub summary: String,
    /// Parts that were left out, and why.
    pub problems: Vec<Problem>,
    /// Parts that can be taken away.
    pub parts: Vec<Link>,
    /// What would be found otherwise.
    pub hints: Vec<Link>,
    /// By whom, where and when.
    pub facets: Vec<Facet>,
    /// In how many the facets were counted, if there are more.
    pub counted: String,
    /// Newest first.
    pub posts: Vec<Post>,
    /// By name.
    pub people: Vec<PersonRow>,
    /// Shortest first.
    pub tags: Vec<Link>,
    /// An address as it may be typed.
    pub example: String,
    /// The site that did not answer.
    pub unreachable: Option<String>,
    /// Further on.
    pub pager: Pager,
}

impl View for Search {
    const TEMPLATE: &'static str = "pages/search.html";
}

/// A part that was left out.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// As typed.
    pub part: String,
    /// In a few words.
    pub why: String,
}

/// Somewhere to go on.
#[derive(Debug, Serialize)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// What narrows the search down.
#[derive(Debug, Serialize)]
pub struct Facet {
    /// As in "Written by".
    pub name: String,
    /// What there is, with how much of it.
    pub entries: Vec<(Link, usize)>,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    r#in: String,
    max_id: Option<i64>,
    offset: Option<i64>,
}

/// `GET /search`
pub async fn show(web: State<Web>, member: Member, Address(asked): Address<Asked>) -> Answer {
    let typed: String = asked.q.trim().chars().take(search::query::LONGEST).collect();
    let tab = match asked.r#in.as_str() {
        "people" => "people",
        "tags" => "tags",
        // Who types a handle or a tag means it.
        "" if typed.starts_with('@') => "people",
        _ => "posts",
    };
    let visit = &member.visit;
    let tabs = ["posts", "people", "tags"].map(|it| Tab {
        label: visit.say(&format!("search-{it}")),
        href: address(&typed, it),
        current: it == tab,
    });
    let mut page = Search { query: typed, tabs: tabs.into(), tab, ..Search::default() };
    let found = match tab {
        "people" => Some(resolve::person(&web, &page.query).await?),
        _ => None,
    };
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let example = sites.members().first().map_or("sales.example.org", |site| site.host.as_str());
    page.example = format!("name@{example}");
    let lens = visit.lens(&web, &sites);
    let paging = Paging { offset: asked.offset, ..Paging::default() };
    match found {
        _ if page.query.is_empty() => {}
        Some(found) => people(&mut conn, &member, &lens, (&mut page, &paging, found)).await?,
        None if tab == "tags" => tags(&mut conn, &mut page, &paging).await?,
        None => posts(&web, &mut conn, &member, &lens, (&mut page, asked.max_id.map(StatusId))).await?,
    }
    Ok(web.page(&mut conn, visit, Nav::Elsewhere, &page).await?)
}

fn address(query: &str, tab: &str) -> String {
    let mut query_part = url::form_urlencoded::Serializer::new(String::new());
    query_part.append_pair("q", query);
    if tab != "posts" {
        query_part.append_pair("in", tab);
    }
    format!("/search?{}", query_part.finish())
}

async fn people(
    conn: &mut Conn,
    member: &Member,
    lens: &Lens,
    (page, paging, found): (&mut Search, &Paging, resolve::Found),
) -> Result<()> {
    let query = PeopleQuery { text: page.query.clone(), ..PeopleQuery::default() };
    let mut ids = accounts::search::find(conn, Some(member.id()), &query, (NAMES, paging.from())).await?;
    page.pager = paging.by_name(&address(&page.query, "people"), NAMES, ids.len() as i64 >= NAMES);
    match found {
        resolve::Found::Person(id) if !ids.contains(&id) && paging.is_first() => ids.insert(0, id),
        resolve::Found::Unreachable(host) => page.unreachable = Some(host),
        resolve::Found::Person(_) | resolve::Found::Nobody => {}
    }
    page.people = rows(conn, lens, member.id(), &ids).await?;
    if !page.people.is_empty() && paging.is_first() && page.pager.older.is_none() {
        page.summary = member.visit.say_with("people-count", &[("count", page.people.len().into())]);
    }
    Ok(())
}

async fn tags(conn: &mut Conn, page: &mut Search, paging: &Paging) -> Result<()> {
    let key = hashtag_key(page.query.trim_start_matches('#'));
    let found = timelines::find_tags(conn, &key, NAMES, paging.from()).await?;
    page.pager = paging.by_name(&address(&page.query, "tags"), NAMES, found.len() as i64 >= NAMES);
    let link = |(key, name): (String, String)| {
        let part: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
        Link { label: name, href: format!("/tags/{}", part.replace('+', "%20")) }
    };
    page.tags = found.into_iter().map(link).collect();
    Ok(())
}

async fn posts(
    web: &Web,
    conn: &mut Conn,
    member: &Member,
    lens: &Lens,
    (page, before): (&mut Search, Option<StatusId>),
) -> Result<()> {
    let (services, visit) = (web.services(), &member.visit);
    let query = Query::parse(&page.query);
    let count = if before.is_none() { search::facets::COUNTED } else { POSTS };
    let wanted = Wanted { before, count, ..Wanted::default() };
    let found = search::find(services, conn, member.id(), &query, wanted).await?;
    let ids: Vec<StatusId> = found.statuses.iter().take(POSTS).map(|status| status.id).collect();
    let views = statuses::hydrate(services, conn, &visit.reader(), &ids).await?;
    let words = query.shown_words();
    page.posts = lens.posts(&views);
    for post in &mut page.posts {
        post.content = highlight(&post.content, &words);
    }
    page.pager = pager(page, &found, before);
    page.problems =
        found.problems.iter().map(|it| Problem { part: it.typed.clone(), why: why(visit, it.why) }).collect();
    page.parts = parts(visit, &query);
    if before.is_some() {
        return Ok(());
    }
    page.summary = summary(visit, "search-count", &found);
    if found.statuses.is_empty() {
        page.hints = hints(web, conn, member, &query).await?;
        return Ok(());
    }
    let facets = search::facets(conn, &found.statuses).await?;
    page.facets = shown(visit, lens, &query, facets);
    if found.next.is_some() {
        page.counted = visit.say_with("search-counted", &[("count", found.statuses.len().into())]);
    }
    Ok(())
}

fn pager(page: &Search, found: &Found, before: Option<StatusId>) -> Pager {
    let path = address(&page.query, "posts");
    let next =
        if found.statuses.len() > POSTS { found.statuses.get(POSTS - 1).map(|it| it.id) } else { found.next };
    Pager { newer: before.map(|_| path.clone()), older: next.map(|next| format!("{path}&max_id={next}")) }
}

/// "12 posts", or "More than 500 posts".
fn summary(visit: &Visit, key: &str, found: &Found) -> String {
    let key = if found.next.is_some() { format!("{key}-more") } else { key.to_owned() };
    visit.say_with(&key, &[("count", found.statuses.len().into())])
}

fn why(visit: &Visit, why: Why) -> String {
    visit.say(match why {
        Why::NoDate => "search-why-no-date",
        Why::NoSuchThing => "search-why-no-thing",
        Why::NoSuchKind => "search-why-no-kind",
        Why::Nobody => "search-why-nobody",
        Why::Nowhere => "search-why-nowhere",
        Why::TooLong => "search-why-too-long",
    })
}

/// Operators that can be taken away one by one; words are changed in the box.
fn parts(visit: &Visit, query: &Query) -> Vec<Link> {
    let is_operator = |what: &What| !matches!(what, What::Words { .. });
    let operators = query.terms.iter().enumerate().filter(|(_, term)| is_operator(&term.what));
    let link = |(at, term): (usize, &search::query::Term)| Link {
        label: visit.say_with("search-take-away", &[("part", term.typed.clone().into())]),
        href: address(&query.without(at).to_string(), "posts"),
    };
    operators.map(link).collect()
}

/// "Without from:ann there are 12."
async fn hints(web: &Web, conn: &mut Conn, member: &Member, query: &Query) -> Result<Vec<Link>> {
    let (services, visit) = (web.services(), &member.visit);
    let mut hints = Vec::new();
    let begun = query.begun();
    if begun.terms != query.terms {
        let found = search::find(services, conn, member.id(), &begun, Wanted::newest(HINTED)).await?;
        if !found.statuses.is_empty() {
            let href = address(&begun.to_string(), "posts");
            hints.push(Link { label: summary(visit, "search-begun", &found), href });
        }
    }
    if query.terms.len() < 2 {
        return Ok(hints);
    }
    for (at, term) in query.terms.iter().enumerate().rev() {
        let without = query.without(at);
        let found = search::find(services, conn, member.id(), &without, Wanted::newest(HINTED)).await?;
        if found.statuses.is_empty() {
            continue;
        }
        let key = if found.next.is_some() { "search-without-more" } else { "search-without" };
        let told = [("part", term.typed.clone().into()), ("count", found.statuses.len().into())];
        hints.push(Link { label: visit.say_with(key, &told), href: address(&without.to_string(), "posts") });
        if hints.len() == HINTS {
            break;
        }
    }
    Ok(hints)
}

fn shown(visit: &Visit, lens: &Lens, query: &Query, facets: Facets) -> Vec<Facet> {
    let link = |label: String, part: String| Link { label, href: address(&query.with(&part), "posts") };
    let authors = facets
        .authors
        .into_iter()
        .map(|(account, count)| (link(account.name().to_owned(), format!("from:{}", account.acct())), count));
    let sites = facets.sites.into_iter().map(|(host, count)| match lens.chip(&host) {
        Some(chip) => (link(chip.name, format!("in:{host}")), count),
        None => (link(visit.say("search-here"), "in:site".to_owned()), count),
    });
    let months = facets
        .months
        .into_iter()
        .map(|(month, count)| (link(month_name(visit, &month), format!("on:{month}")), count));
    let all = [
        ("search-by-person", authors.collect::<Vec<_>>()),
        ("search-by-site", sites.collect()),
        ("search-by-month", months.collect()),
    ];
    // What is the same for all of them narrows nothing down.
    let narrowing = all.into_iter().filter(|(_, entries)| entries.len() > 1);
    narrowing.map(|(key, entries)| Facet { name: visit.say(key), entries }).collect()
}

fn month_name(visit: &Visit, month: &str) -> String {
    let (year, number) = month.split_once('-').unwrap_or((month, "1"));
    let number: i64 = number.parse().unwrap_or(1);
    visit.say_with("search-month", &[("month", number.into()), ("year", year.to_owned().into())])
}
