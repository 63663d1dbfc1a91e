//! A post with the conversation around it.

use std::collections::HashSet;

use serde::Serialize;

use crate::base::id::StatusId;
use crate::domain::statuses::consent::Verdict;
use crate::domain::statuses::context::context;
use crate::domain::statuses::{Reader, StatusView, hydrate::hydrate_one, threads};
use crate::domain::timelines::marks::{self, Place};
use crate::federation::fetch;
use crate::web::branches::{Branches, Read};
use crate::web::compose_box;
use crate::web::failure::Answer;
use crate::web::lens::Lens;
use crate::web::pages::thread_news;
use crate::web::passage;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::passage::Way;
use crate::web::views::{Composer, Nav, Person, Post, Reply, ThreadNews};
use crate::web::visit::Visit;

/// A post with the conversation around it.
#[derive(Debug, Serialize)]
pub struct Thread {
    /// As in "Post of Ann".
    pub title: String,
    /// Whether the first post that we have answers one that we do not have.
    pub missing_above: bool,
    /// From the beginning down to the post.
    pub above: Vec<Post>,
    /// The post.
    pub post: Post,
    /// How far it came, for those who may know.
    pub way: Option<Way>,
    /// Where to answer.
    pub composer: Option<Composer>,
    /// In the order of the branches.
    pub replies: Vec<Reply>,
    /// How many replies there are in all.
    pub count: usize,
    /// How many of them came since one was last here.
    pub fresh: usize,
    /// Where the first of these is.
    pub first_fresh: Option<String>,
    /// Who takes part.
    pub people: Vec<Person>,
    /// The first post, for a script that asks for what is new.
    pub conversation: StatusId,
    /// Where to read what comes before all this, if it is too long for one page.
    pub further_up: Option<String>,
    /// Whether not all replies are here.
    pub cut_below: bool,
    /// What is still to come.
    pub news: Vec<ThreadNews>,
}

impl View for Thread {
    const TEMPLATE: &'static str = "pages/thread.html";
}

/// At most so many people of a conversation stand beside it.
const PEOPLE: usize = 12;

/// `GET /@{handle}/{id}`; `handle` is what the address says, which need not be the author's.
pub async fn show(web: &Web, visit: &Visit, handle: &str, id: StatusId) -> Answer {
    let services = web.services();
    let reader = visit.reader();
    let mut conn = services.db.read().await?;
    let view = hydrate_one(services, &mut conn, &reader, id).await?;
    let shown = view.shown();
    if view.reblog.is_some() || shown.account.acct() != handle {
        return Ok(redirect::to(&format!("/@{}/{}", shown.account.acct(), shown.status.id)));
    }
    if shown.poll.is_some() && !shown.status.local && visit.signed.is_some() {
        // Whoever opens the page next, or this one again, reads the new figures.
        let services = services.clone();
        tokio::spawn(async move { fetch::refresh_poll(&services, id).await });
    }
    fetch::look_at_quote_again(services, shown);
    let around = context(services, &mut conn, &reader, id).await?;
    drop(conn);
    let look = threads::opened(services, &reader, &shown.status, &around).await?;
    let mut conn = services.db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let news = match look.filter(|_| visit.signed.is_some()) {
        Some(look) => thread_news::lines(web, &mut conn, visit, &sites, (shown, &around, &look)).await?,
        None => Vec::new(),
    };
    let lens = visit.lens(web, &sites);
    let place = Place::Thread(shown.status.conversation_id);
    let mut read = None;
    if let Some(reader) = reader.person() {
        let mark = marks::find(services, &mut conn, reader, place).await?;
        let largest = around.descendants.iter().map(|view| view.status.id.0).max().unwrap_or_default();
        marks::note(services, reader, place, largest.max(id.0), mark);
        read = mark.map(|mark| Read { up_to: mark.last_read, reader });
    }
    let branches = Branches::of((visit, &lens), &around.descendants, id, read);
    let first = around.ancestors.first().unwrap_or(shown);
    let page = Thread {
        title: visit.say_with("post-of", &[("name", shown.account.name().into())]),
        missing_above: first.status.in_reply_to_uri.is_some() && !around.cut_above,
        above: around.ancestors.iter().map(|view| without_why(lens.post(view))).collect(),
        post: lens.post(shown),
        way: passage::way(&mut conn, visit, &lens, shown).await?,
        composer: answering(web, visit, &lens, shown),
        replies: branches.replies,
        count: branches.count,
        fresh: branches.fresh,
        first_fresh: branches.first_fresh,
        people: people(&lens, std::iter::once(shown).chain(&around.ancestors).chain(&around.descendants)),
        conversation: shown.status.conversation_id,
        further_up: around.cut_above.then(|| lens.post(first).url),
        cut_below: around.cut_below,
        news,
    };
    let nav = if reader == Reader::Anonymous { Nav::Elsewhere } else { Nav::Home };
    Ok(web.page(&mut conn, visit, nav, &page).await?)
}

/// Where to answer, if the author lets the reader.
fn answering(web: &Web, visit: &Visit, lens: &Lens, shown: &StatusView) -> Option<Composer> {
    let signed = visit.signed.as_ref().filter(|_| shown.consent.may_reply != Verdict::Denied)?;
    Some(Composer { back: visit.here.clone(), ..compose_box::reply(web, signed, lens, shown) })
}

/// Its place in the thread says what it answers.
fn without_why(post: Post) -> Post {
    Post { answers: None, ..post }
}

/// Everybody who wrote on this page, each once.
fn people<'a>(lens: &Lens, views: impl Iterator<Item = &'a StatusView>) -> Vec<Person> {
    let mut seen = HashSet::new();
    let accounts = views.map(|view| &view.account).filter(|account| seen.insert(account.id));
    accounts.take(PEOPLE).map(|account| lens.person(account)).collect()
}
