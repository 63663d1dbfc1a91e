//! A post with the conversation around it.

use std::collections::HashMap;

use serde::Serialize;

use crate::base::id::StatusId;
use crate::domain::statuses::consent::Verdict;
use crate::domain::statuses::context::{Context, context};
use crate::domain::statuses::{Reader, StatusView, hydrate::hydrate_one, threads};
use crate::federation::fetch;
use crate::web::compose_box;
use crate::web::failure::Answer;
use crate::web::lens::Lens;
use crate::web::pages::thread_news;
use crate::web::passage;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::passage::Way;
use crate::web::views::{Composer, Nav, Post, Reply, ThreadNews};
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

/// How far an answer is set in at most.
const DEEPEST: u8 = 4;

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
    let first = around.ancestors.first().unwrap_or(shown);
    let page = Thread {
        title: format!("Post of {}", shown.account.name()),
        missing_above: first.status.in_reply_to_uri.is_some() && !around.cut_above,
        above: around.ancestors.iter().map(|view| without_why(lens.post(view))).collect(),
        post: lens.post(shown),
        way: passage::way(&mut conn, visit, &lens, shown).await?,
        composer: answering(web, visit, &lens, shown),
        replies: replies(&lens, &around, id),
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

fn replies(lens: &Lens, around: &Context, root: StatusId) -> Vec<Reply> {
    below(around, root)
        .map(|(view, depth)| {
            let post = lens.post(view);
            // What is set in no further has to say what it answers.
            Reply { post: if depth < DEEPEST { without_why(post) } else { post }, depth }
        })
        .collect()
}

/// Its place in the thread says what it answers.
fn without_why(post: Post) -> Post {
    Post { answers: None, ..post }
}

/// The answers with how far each is set in.
fn below(around: &Context, root: StatusId) -> impl Iterator<Item = (&StatusView, u8)> {
    let mut depths: HashMap<StatusId, u8> = HashMap::new();
    around.descendants.iter().map(move |view| {
        let parent = view.status.in_reply_to_id.filter(|parent| *parent != root);
        let depth = parent.and_then(|parent| depths.get(&parent)).map_or(0, |depth| depth + 1).min(DEEPEST);
        depths.insert(view.status.id, depth);
        (view, depth)
    })
}
